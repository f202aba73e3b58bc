/*
 * regulations_view.h - private to regulations: what its pages show.
 */
#pragma once
#include "regulations.h"
#include "web/frame.h"

struct regulations_compare_view {
    struct frame *frame;
};
