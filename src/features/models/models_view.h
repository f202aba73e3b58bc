/*
 * models_view.h - private to models: what its pages show.
 */
#pragma once
#include "models.h"
#include "web/frame.h"

struct models_card {
    struct str code, name, owner, summary, copies, changed;
    bool is_demo;
};

struct models_list_view {
    struct frame *frame;
    struct models_card *cards;
    int n_cards;
};

struct models_option {
    struct str value, label;
    bool is_chosen;
};

struct models_field_view {
    struct str name, label, text, words, error; /* text as typed; words for people */
    bool is_long, is_choice, is_needed;
    struct models_option *options;
    int n_options;
    struct str own; /* differences: what the entry reads */
};

struct models_copy_view {
    struct str name, body, path, differences;
};

struct models_show_view {
    struct frame *frame;
    struct models_card card;
    struct models_field_view *fields;
    int n_fields;
    struct models_copy_view *copies;
    int n_copies;
    struct str done;
    bool is_open, is_orphan;
    bool may_write; /* who is here keeps the model */
    struct str own_path; /* the differences of one's own copy; empty: no key, or no copy */
};

struct models_edit_view {
    struct frame *frame;
    struct str action, error, code;
    struct models_field_view *fields;
    int n_fields, n_errors;
};

struct models_differences_view {
    struct frame *frame;
    struct str name, slug, model, code, done;
    struct models_field_view *fields;
    int n_fields;
    bool is_open;
};
