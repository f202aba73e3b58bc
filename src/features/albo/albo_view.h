/*
 * albo_view.h - private to albo: what its pages show.
 */
#pragma once
#include "albo.h"
#include "web/frame.h"

struct albo_option {
    struct str value, label;
    bool is_chosen;
};

struct albo_card_view {
    struct str name, path, kind, section, runts, comune, phone, themes, services;
    bool is_self_help, is_responsible, is_managing, is_demo;
};

struct albo_list_view {
    struct frame *frame;
    struct albo_card_view *cards;
    int n_cards, n_all;
    struct str words;
    struct albo_option *kinds, *sections, *themes, *districts;
    int n_kinds, n_sections, n_themes, n_districts;
    bool self_help, responsible, is_filtered;
    struct str before, after, csv; /* addresses; empty: none */
};

/* The fields of a proposal as typed, with what is wrong with each. */
struct albo_propose_view {
    struct frame *frame;
    struct str name, runts, tax_id, comune, street, what, phone, email, website, code;
    struct str name_error, kind_error, tax_id_error, comune_error, what_error, phone_error, email_error, website_error,
        runts_error, street_error, read_error, form_error, code_error;
    struct albo_option *kinds, *sections, *themes;
    int n_kinds, n_sections, n_themes, n_errors;
    bool self_help, responsible, asks_meant;
    int what_max;
};

struct albo_follow_view {
    struct frame *frame;
    struct str code, name, received, answered, answer_by, answer, answered_by, path;
    bool is_new, is_late, is_approved, is_refused;
    int keep_days;
};

struct albo_hint_view {
    struct str name, path, why;
};

struct albo_proposal_view {
    int64_t proposal_id;
    struct str name, kind, section, runts, tax_id, comune, street, what, phone, email, website, themes, received, answer_by;
    bool self_help, responsible, is_late, is_waiting;
};

struct albo_manage_view {
    struct frame *frame;
    struct str holder, done;
    struct albo_proposal_view *waiting;
    int n_waiting;
    int64_t n_pairs;
};

struct albo_one_view {
    struct frame *frame;
    struct albo_proposal_view p;
    struct albo_hint_view *hints;
    int n_hints;
    struct str words, words_error, error;
    /* after a yes */
    bool is_approved, was_mailed;
    struct str path, key;
};

struct albo_own_view {
    struct frame *frame;
    struct str name, path, runts, done;
    struct albo_option *sections, *themes;
    int n_sections, n_themes;
    bool self_help, responsible;
};
