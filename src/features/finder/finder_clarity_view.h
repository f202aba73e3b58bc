/*
 * finder_clarity_view.h - private to finder: the two questions that follow the stars.
 */
#pragma once
#include "finder_view.h"

struct finder_clarity_option {
    struct str value, label;
    bool is_chosen;
};

struct finder_clarity_view {
    struct frame *frame;
    struct str slug, name;
    bool is_done;
    struct str code; /* of the note the words became; empty: none */
    bool is_positive;
    struct finder_clarity_option *stars, *choices;
    int n_stars, n_choices;
    struct str words, problem, words_problem;
    int words_max;
};
