/*
 * finder_needs_view.h - private to finder: the needs in their groups.
 */
#pragma once
#include "finder_view.h"

struct finder_need_view {
    struct str id, label, help;
};

struct finder_group_view {
    struct str id, icon, label, help;
    struct finder_need_view *needs;
    int n_needs;
};

struct finder_needs_view {
    struct frame *frame;
    struct finder_group_view *groups;
    int n_groups;
};
