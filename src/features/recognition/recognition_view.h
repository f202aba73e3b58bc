/*
 * recognition_view.h - private to recognition: what its pages show.
 */
#pragma once
#include "recognition.h"
#include "recognition_bars.h"
#include "web/frame.h"

struct recognition_bar_view {
    struct str what, value, must;
    bool is_known, is_met;
};

struct recognition_tick {
    int64_t at;
    struct str label;
};

struct recognition_point { /* of the curve, in the table below it */
    struct str sure, precision, recall;
};

struct recognition_bin_view {
    struct str words, n; /* "Di 100 coppie date per sicure all’89 %, 97 lo sono." */
    struct str between;  /* "tra 96,6 % e 97,6 %" */
    int64_t x, y;
    struct str whisker; /* path */
};

struct recognition_group_view {
    struct str name, errors, between, found, n; /* errors of 100 links: "1,5", "tra 0,9 e 2,4" */
    int64_t y, text_y, width;
    struct str whisker;
};

struct recognition_level_view {
    struct str finding, stranger, household; /* "+14,0 bit, cioè 16.000 volte più probabile ..." */
};

struct recognition_field_view {
    struct str name;
    struct recognition_level_view *levels;
    int n_levels;
    int64_t y, text_y, for_x, for_width, against_x, against_width;
    struct str for_words, against_words; /* "+14", "-10" */
    int64_t for_text_x, against_text_x;
};

struct recognition_line {
    struct str words;
};

/* What a page says of one model and its judgement. */
struct recognition_said {
    struct str verdict, data, origin;
    bool has_quality, has_model;
    struct recognition_bar_view *bars;
    int n_bars;
    struct str made, wrong, queue, queue_words, missed; /* of 1,000 records */
    bool has_queue;
    struct str precision_path, recall_path, cut_path, review_path, cut_percent, review_percent, precision, recall;
    int64_t cut_x, review_x;
    struct recognition_tick *ticks;
    struct recognition_point *points;
    struct recognition_bin_view *bins;
    struct recognition_group_view *groups;
    struct recognition_tick *group_ticks;
    struct str groups_box, groups_grid, gap_words;
    int64_t groups_foot;
    struct recognition_field_view *fields;
    struct str fields_box, fields_zero;
    struct recognition_line *strongest, *weak;
    int n_ticks, n_points, n_bins, n_groups, n_group_ticks, n_fields, n_strongest, n_weak;
};

/* Fills what the part {{> judgement}} shows. */
void recognition_say(struct ctx *c, const struct recognition_model *m, struct recognition_said *out);
/* The parts of it. */
void recognition_draw(struct ctx *c, const struct people_quality *q, double review, struct recognition_said *out);
void recognition_weigh(struct ctx *c, const struct people_model *m, struct recognition_said *out);

struct str recognition_percent(struct ctx *c, double share, int n_decimals); /* "98,5 %" */
struct str recognition_at(struct ctx *c, double share); /* "all’85 %" */
struct str recognition_filled(struct ctx *c, const char *key, const struct text_arg *args, int n);
struct str recognition_bar_words(struct ctx *c, int kind);
struct str recognition_bar_value(struct ctx *c, int kind, const struct recognition_bar *b);

struct recognition_page_view {
    struct frame *frame;
    struct recognition_said said;
};

/* ---- for who keeps the portal ---- */

struct recognition_row_view {
    int64_t id;
    struct str label, brought, bars;
    bool is_used, may_take;
};

struct recognition_error_view {
    struct str words, to; /* to: "#modello" */
};

struct recognition_list_view {
    struct frame *frame;
    struct str done, label, label_error, model_error, quality_error;
    struct recognition_row_view *rows, *gone;
    struct recognition_error_view *errors;
    int n_rows, n_gone, n_errors;
    bool may_choose;
};

struct recognition_option {
    int64_t id;
    struct str label;
    bool is_chosen;
};

struct recognition_pair_view { /* one measure of the two */
    struct str what, here, there, change;
};

struct recognition_one_view {
    struct frame *frame;
    int64_t id;
    struct str label, done, brought, drift, against;
    bool is_used, may_choose, may_take, is_far, has_drift;
    struct recognition_option *others;
    struct recognition_pair_view *pairs;
    int n_others, n_pairs;
    struct recognition_said said;
};
