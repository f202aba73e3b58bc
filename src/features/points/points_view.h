/*
 * points_view.h - private to points: what its page shows.
 */
#pragma once
#include "features/finder/finder_pins.h"
#include "web/frame.h"

struct points_link {
    struct str label, path;
};

struct points_language {
    struct str code, label;
    bool is_chosen;
};

struct points_card {
    int rank; /* the number of its pin */
    struct str name, path, body, where, km, hours, now, languages, phone;
    struct points_link *helps;
    int n_helps;
    const char *now_css;
    bool is_demo, is_elsewhere;
    struct str district, district_path; /* set on the first of a district, or of those for others */
    bool begins;
};

struct points_view {
    struct frame *frame;
    struct str title, where, where_problem, where_css, map_path;
    struct points_link *comuni; /* which one is meant */
    int n_comuni;
    struct points_language *languages;
    int n_languages;
    struct points_card *cards;
    int n_cards;
    struct finder_map_view map;
    bool open_now, is_asked, is_near, has_demo;
};
