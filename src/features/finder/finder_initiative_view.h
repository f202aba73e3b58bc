/*
 * finder_initiative_view.h - private to finder: what documents of 2018-2020 named, is it still
 * there?
 */
#pragma once
#include "finder_view.h"

struct finder_initiative_line {
    struct str slug, name, kind, what, year;
    struct str said; /* "3 persone dicono che c'è ancora"; empty: nobody has answered */
    struct finder_link *bodies;
    int n_bodies;
};

struct finder_initiatives_view {
    struct frame *frame;
    struct finder_initiative_line *lines;
    int n_lines, n_answered;
};

struct finder_initiative_view {
    struct frame *frame;
    struct finder_initiative_line line;
    struct str document;
    struct finder_link project; /* label empty: none */
    int64_t here, gone, unsure;
    struct str last_on, last; /* empty: nobody has answered */
    struct str problem;
    bool is_done;
};
