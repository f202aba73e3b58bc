/*
 * twins_view.h - private to twins: what its pages show.
 */
#pragma once
#include "twins.h"
#include "web/frame.h"

/* One side of a pair. */
struct twins_side_view {
    struct str name, body, where, path, phone; /* body empty: it is an organisation */
};

struct twins_pair_line {
    int64_t pair_id;
    struct twins_side_view a, b;
    struct str kind;      /* "Due schede", "Due enti" */
    struct str why;       /* reasons with commas */
    struct str asked;     /* "Caritas dice che sono la stessa"; empty */
    struct str answered;  /* who said that they are two, and when; empty */
    int score;
    bool is_mine;         /* it waits for the other side: this one has answered */
};

struct twins_list_view {
    struct frame *frame;
    struct str holder; /* whose key it is */
    struct twins_pair_line *lines, *answered;
    int n_lines, n_answered;
    struct str done;   /* what was done a moment ago; empty */
    bool decides;
};

struct twins_field_view {
    struct str name, label, a, b;
    bool takes_b;
};

struct twins_history_line {
    struct str when, what, was, now, by;
};

struct twins_pair_view {
    struct frame *frame;
    struct twins_pair_line pair;
    struct twins_field_view *fields;
    int n_fields;
    int64_t a_id, b_id, kept_id;
    struct str error;  /* words; empty */
    struct str asked_name;
    bool is_service, may_decide, is_open, is_different, was_asked, keeps_b;
};

struct twins_join_line {
    int64_t join_id;
    struct str kind, merged, kept, path, when, by, parted;
};

struct twins_joins_view {
    struct frame *frame;
    struct twins_join_line *lines;
    int n_lines;
    bool was_done;
};

struct twins_join_view {
    struct frame *frame;
    struct twins_join_line join;
    struct twins_history_line *merged_lines, *kept_lines;
    int n_merged_lines, n_kept_lines;
    struct str error;
    bool is_parted, was_done, is_service;
};
