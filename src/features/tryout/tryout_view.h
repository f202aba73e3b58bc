/*
 * tryout_view.h - private: what the pages of /prova show.
 */
#pragma once
#include "base/str.h"
#include "web/frame.h"

struct tryout_form_view {
    struct frame *frame;
    struct str text, error;
    bool is_file_wrong; /* what is to be mended came in a file */
};

struct tryout_pin {
    int x, y, r;
    struct str label; /* how many */
    struct str name;  /* "Ivrea: 3 servizi" */
    struct str town;  /* written under it; empty where there is no room */
    int below;        /* where that stands */
};

struct tryout_map_view {
    struct str picture, title;
    int w, h;
    struct tryout_pin *pins;
    int n_pins;
};

struct tryout_town {
    struct str name;
    int n;
};

struct tryout_criterion {
    struct str label, how;
    int n, all, percent;
};

struct tryout_lack {
    struct str label, lines; /* "righe 3, 8, 12" */
    int n;
};

struct tryout_service {
    struct str name, body, summary, phones, first_phone, email, url, hours, place, eligibility, fees;
    int64_t line;
};

struct tryout_need_view {
    struct str id, label;
    struct tryout_service *services;
    int n_services;
};

struct tryout_option {
    const char *value;
    struct str label;
    bool is_chosen;
};

struct tryout_column_view {
    int nth;
    struct str name, example;
    bool is_person, is_unsure;
    struct tryout_option *options;
    int n_options;
};

struct tryout_said {
    struct str field, typed, words;
    bool is_bad, is_warned; /* else it was mended */
};

struct tryout_problem_row {
    int64_t line;
    struct str name;
    struct tryout_said *said;
    int n_said;
};

struct tryout_twin {
    int64_t line, same_as;
    struct str name;
};

struct tryout_view {
    struct frame *frame;
    struct str text, key_of; /* whose key the browser holds; empty: none */
    int n_services, n_ready, n_same, n_not_read, n_mended, n_warned, n_unplaced, n_nameless, n_above, n_sections, score;
    bool has_map;
    struct tryout_map_view map;
    struct tryout_town *towns;
    struct str bare_names; /* comuni around without a service */
    int n_bare;
    struct tryout_criterion *criteria;
    struct tryout_lack *lacks;
    struct tryout_need_view *needs;
    struct tryout_column_view *columns;
    struct tryout_problem_row *problems, *mended_rows;
    struct tryout_twin *twins;
    int n_towns, n_criteria, n_lacks, n_needs, n_columns, n_problems, n_mended_rows, n_twins;
    int n_more_problems; /* rows beyond those shown */
};
