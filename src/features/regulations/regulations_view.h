/*
 * regulations_view.h - private to regulations: what its pages show.
 */
#pragma once
#include "regulations_plan.h"
#include "web/frame.h"

struct regulations_option {
    struct str value, label;
    bool is_chosen;
};

/* ---- a chart: what is paid by ISEE, one line for each regulation ---- */
struct regulations_mark {
    int x, y;
    bool is_open; /* the sum does not hold here but from here on */
};
struct regulations_line {
    struct str letter, label, path, dash;
    struct str look; /* class of its colour */
    int at_x, at_y;   /* of its letter */
    struct regulations_mark *marks;
    int n_marks;
};
struct regulations_tick {
    int at;
    struct str label;
};
struct regulations_cell {
    struct str words;
    bool is_other; /* not as most have it */
};
struct regulations_row {
    struct str label;
    struct regulations_cell *cells;
    int n_cells;
    bool is_different; /* not the same in all */
};
struct regulations_chart {
    struct str title, finding; /* what it shows, in a sentence */
    struct regulations_line *lines;
    int n_lines;
    struct regulations_tick *xs, *ys;
    int n_xs, n_ys;
    struct regulations_row *rows; /* the same numbers as a table: by ISEE */
    int n_rows;
};

/* ---- side by side ---- */
struct regulations_column {
    struct str letter, body, body_path, title, path, district;
    bool is_invented;
};
struct regulations_step_view {
    struct str words;
};
struct regulations_answer_view {
    struct str letter, body, district, unit, month, note; /* note: what is missing, or why nothing is given */
    struct regulations_step_view *steps;
    int n_steps;
};
struct regulations_disparity {
    struct str name; /* a district, or all */
    struct str low, high, ratio, spread, low_month, high_month, month_ratio;
    int n;
};
struct regulations_compare_view {
    struct frame *frame;
    struct regulations_option *kinds;
    int n_kinds;
    struct str kind, kind_words, invented, error, own_path, csv_path, xlsx_path, harmonise;
    struct regulations_column *columns;
    int n_columns;
    struct regulations_row *rows;
    int n_rows;
    struct regulations_disparity *districts;
    int n_districts;
    struct str isee, age, adults, minors, times; /* of the household, as typed */
    struct str isee_error, age_error, adults_error, minors_error, times_error;
    struct regulations_answer_view *answers;
    int n_answers;
    bool was_asked, is_support;
    struct regulations_chart chart;
};

/* ---- one ---- */
struct regulations_field_view {
    struct str name, label, hint, value, error, suffix;
    bool is_choice, is_day, is_number;
    struct regulations_option *options;
    int n_options;
};
/* The facts a text asks, as a form; after it was sent, the answer. */
struct regulations_try_view {
    struct regulations_field_view *fields;
    int n_fields;
    struct regulations_field_view *scale, *services; /* of a plan of care: the questions, and what it holds */
    int n_scale, n_services;
    struct regulations_plan_view plan;
    bool was_asked, has_plan;
    struct str verdict, amount;
    struct regulations_step_view *steps;
    int n_steps;
};
struct regulations_fact_view {
    struct str label, words;
};
struct regulations_version_view {
    int version;
    struct str when, how, title;
    bool is_now, is_invented, is_open;
};
struct regulations_house_view {
    struct str who, isee, amount;
};
struct regulations_show_view {
    struct frame *frame;
    struct str slug, title, body, body_path, district, kind, kind_path, valid, source, where, text, done, error;
    bool is_invented, may_write;
    int version;
    struct regulations_step_view *sentences; /* in words */
    int n_sentences;
    struct regulations_fact_view *facts;     /* parameters */
    int n_facts;
    struct regulations_step_view *jumps;
    int n_jumps;
    struct regulations_chart chart;
    struct regulations_version_view *versions;
    int n_versions;
    struct str edit_path;
    struct regulations_try_view trial;
};

/* ---- behind the key ---- */
struct regulations_own_row {
    struct str kind, title, path, state;
    bool is_there, is_invented;
};
struct regulations_own_view {
    struct frame *frame;
    struct str body, done;
    struct regulations_own_row *rows;
    int n_rows;
};

struct regulations_band_view {
    struct str no, from, to, value, error;
    bool is_to_out;
};
struct regulations_item_view {
    struct str no, label, some_label, all_label, some, all, error;
};
struct regulations_example_view {
    struct str no, isee, children, times, wanted, cost, error;
    bool is_some;
};
struct regulations_edit_view {
    struct frame *frame;
    struct str body, kind, kind_words, slug, error, at_line, text, clash, suffix;
    struct str bands_label, bands_hint;
    struct regulations_item_view *items;
    int n_items;
    struct regulations_field_view *prices;
    int n_prices;
    int version;
    bool is_text, is_plan, has_bands, was_invented, has_errors, is_previewed, has_problem_list;
    struct regulations_option *patterns, *models; /* models: value is the address of a copy */
    int n_patterns, n_models;
    struct regulations_field_view *fields;
    int n_fields;
    struct regulations_band_view *bands;
    int n_bands;
    struct regulations_example_view *examples;
    int n_examples;
    struct regulations_step_view *errors; /* summary on top */
    int n_errors;
    struct str made; /* the text the form makes */
    struct regulations_house_view *houses;
    int n_houses;
    struct regulations_step_view *jumps;
    int n_jumps;
    struct regulations_chart chart;
};
