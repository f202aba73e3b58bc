/*
 * upkeep_view.h - private to upkeep: what its pages show.
 */
#pragma once
#include "core/links/links.h"
#include "features/catalogue/catalogue_edit.h"
#include "upkeep_calls.h"
#include "web/frame.h"

struct upkeep_option {
    struct str value, label;
    bool is_chosen;
};

struct upkeep_fact {
    struct str label, words;
};

/* What a citizen said of an entry. */
struct upkeep_said {
    struct str what, words, day;
};

/* One field of the form that corrects an entry. */
struct upkeep_field {
    const char *name;    /* "phones": the fields are "f-phones" and "v-phones" */
    struct str label, text, sum, problem;
    bool is_long;        /* several lines */
    int n_rows;
    struct upkeep_option *options; /* of a choice; none: text */
    int n_options;
};

/* An entry as citizens see it, in short. */
struct upkeep_card {
    struct str id, name, path, summary, seen;
    struct upkeep_fact *facts;
    struct upkeep_said *said;
    struct upkeep_option *rhythms;
    int n_facts, n_said, n_rhythms;
    struct str missing;     /* "orari, che cosa portare"; empty: nothing */
    struct str fresh;       /* "Confermata il 3 marzo 2026, per telefono." */
    struct str next;        /* the day it is due */
    int score;
    struct upkeep_score_view quality;
    bool is_due;
    struct str edit_path;
};

struct upkeep_edit_view {
    struct frame *frame;
    struct str action, back_path, id, name, path, opened;
    struct upkeep_field *fields;
    int n_fields;
    struct upkeep_said *said;
    int n_said;
    bool has_problems, has_conflicts, is_call;
    struct str conflict; /* what somebody else wrote meanwhile */
};

struct upkeep_confirm_view {
    struct frame *frame;
    struct str action, name, opened, until;
    struct upkeep_card *due, *others;
    int n_due, n_others;
    struct str done, undo_batch; /* what was done a moment ago */
    int n_changed;               /* entries that read otherwise than what was shown: left out */
    bool was_undone, was_ended;
};

struct upkeep_correct_view {
    struct frame *frame;
    struct str slug, name, path, words, what_problem, words_problem, form_problem;
    struct upkeep_option *whats;
    int n_whats, words_max;
    struct str *warnings; /* what may be about a person, to be read before it is sent so */
    int n_warnings;
    bool is_done;
};

/* Shares of one row as a bar: widths of a hundred. */
struct upkeep_bar {
    int fresh, due, sunk, due_at, sunk_at;
};
struct upkeep_figure_row {
    struct str name, path; /* path empty: not a page */
    int n, n_fresh, n_due, n_sunk, n_verified, score;
    struct str fresh_share;          /* "82 %" */
    struct str wrong;                /* "1 su 12 (fra 1 % e 36 %)"; empty: nothing was checked */
    struct str minutes;              /* "4 min"; empty: nothing was measured */
    struct upkeep_bar bar;
};
struct upkeep_freshness_view {
    struct frame *frame;
    struct upkeep_figure_row all, *rows;
    int n_rows, n_all;
    struct upkeep_option *ways;      /* by district, managing body, body: value is the path */
    int n_ways;
    struct str caption, csv_path, previous_path, next_path;
    struct upkeep_fact *criteria;    /* the ten of the score */
    int n_criteria;
    bool has_checks, is_demo;
};

/* One entry of a body to be called. */
struct upkeep_call_card {
    struct upkeep_card card;
    struct str wrong_id;        /* of the group of choices of the sample */
    struct upkeep_option *wrongs;
    int n_wrongs;
    bool is_sunk, is_listed;
};
/* One body to be called. */
struct upkeep_call_view {
    struct str action, id, name, path, phone, why, mail_words, calls, sheet_path, opened;
    struct upkeep_call_card *list;
    int n_list;
    bool wants_address, is_check;
    struct str email, email_problem;
};
struct upkeep_hidden {
    struct str id, name, day, why;
};
struct upkeep_calls_view {
    struct frame *frame;
    struct str name, month, done, undo_batch, problem, action;
    struct upkeep_option *bodies; /* for the Region: whose list */
    int n_bodies;
    struct str chosen;
    struct upkeep_call_view *silent, *checks;
    struct upkeep_hidden *hidden;
    int n_silent, n_checks, n_hidden, n_drawn, n_done, n_waiting;
    bool was_undone, is_region;
};
/* "Non esiste piu'" of the last entry for a need: why. */
struct upkeep_hide_view {
    struct frame *frame;
    struct str id, name, why, problem, need, action;
};
struct upkeep_sheet_view {
    struct frame *frame;
    struct str name, phone, why, back_path, manager;
    struct upkeep_call_card *list;
    int n_list;
};

/* ---- cards ---- */
/* s as catalogue_service or catalogue_cards read it. */
enum status upkeep_fill_card(struct ctx *c, const struct service *s, const struct upkeep_entry *e, struct upkeep_card *out);
/* Open corrections as people read them. */
void upkeep_fill_said(struct ctx *c, const struct upkeep_correction *list, int n, struct upkeep_said **out, int *n_out);
struct str upkeep_fresh_words(struct ctx *c, const struct service *s, int verified_on);
/* "phone" -> "Telefono". */
struct str upkeep_what_words(struct ctx *c, enum correction_what what);
struct str upkeep_fill(struct ctx *c, const char *key, const char *name, struct str value);

/* ---- correcting in place: the same form for a body and for who telephones ---- */
void upkeep_fill_fields(struct web *w, const struct service *s, bool is_typed, struct upkeep_edit_view *v);
/* Reads the form and writes what was changed. ST_INVALID: show it again. *out_batch undoes it. */
struct upkeep_saving {
    const struct service *s;
    enum edit_how how;
    struct str by, batch;
    struct edit_outcome outcome;
};
enum status upkeep_save_fields(struct web *w, struct upkeep_saving *save);
/* Words of what two editors wrote; empty: they were not at odds. */
struct str upkeep_conflict_words(struct ctx *c, const struct edit_outcome *o);
/* "una-12" with "una-": 12; 0: another act. */
int64_t upkeep_act_id(struct str act, const char *before);
struct str upkeep_problem_words(struct ctx *c, const char *field);
