/*
 * courses_view.h - private to courses: what its page shows.
 */
#pragma once
#include "web/frame.h"

struct courses_row {
    struct str slug, name, runs, places, starts, ends; /* places: the number, or empty: not said */
    bool has_ended, are_old;
};

struct courses_view {
    struct frame *frame;
    struct str holder, done, error;
    struct courses_row *rows;
    int n_rows;
};
