/*
 * programme_view.h - private to programme: what its pages show, all words in the language asked.
 */
#pragma once
#include "core/places/places.h"
#include "programme.h"
#include "web/frame.h"

struct programme_link {
    struct str label;
    struct str path; /* of this site; empty: no page of its own */
};

struct programme_option {
    struct str value, label;
    bool is_chosen;
};

struct programme_line {
    struct str slug, title, lead_name;
    int64_t population;
    struct str surveyed; /* "giugno 2020" */
    struct programme_link *bodies;
    int n_bodies;
    struct str *kinds;
    int n_kinds;
};

struct programme_phase_view {
    struct str months, words;
};

struct programme_list_view {
    struct frame *frame;
    struct programme_line *lines;
    int n_lines;
    int n_all;
    bool is_filtered;
    struct str words;    /* as typed */
    struct str csv_path; /* of this list as a file, with the same filter */
    struct programme_option *kinds, *sizes, *districts;
    int n_kinds, n_sizes, n_districts;
    struct programme_phase_view *phases;
    int n_phases;
    struct str *measures;
    int n_measures;
};

struct programme_number {
    struct str activity, indicator;
    struct str amount; /* "circa 450 persone" */
    struct str people, measured, note;
    struct str section, snippet;
};

/* Numbers of one kind are one table: targets apart from design, status and context. */
struct programme_numbers {
    struct str id, title, caption;
    struct programme_number *rows;
    int n_rows;
};

struct programme_initiative_view {
    struct str name, kind, what, year;
};

struct programme_project_view {
    struct frame *frame;
    struct str title, lead_name, area_name, size, surveyed;
    struct str code, path; /* of this page */
    int64_t population;
    int64_t n_comuni_stated;
    struct programme_link *bodies, *districts;
    int n_bodies, n_districts;
    struct str *kinds;
    int n_kinds;
    bool has_targets;
    struct programme_numbers *numbers;
    int n_numbers;
    struct programme_initiative_view *initiatives;
    int n_initiatives;
};

/* Words of a value of the tables: programme_words(c, "unit-", "persons"). */
struct str programme_words(struct ctx *c, const char *group, struct str code);
/* "2020-06" as "giugno 2020". */
struct str programme_month(struct ctx *c, struct str month);
/* "circa 450 persone". */
struct str programme_amount(struct ctx *c, const struct programme_target *t);

/* A body or a district that places does not know keeps its code as label and has no path. */
struct programme_link programme_body_link(struct ctx *c, struct str body_code);
struct programme_link programme_district_link(struct ctx *c, int64_t district_no);
struct programme_filter programme_read_filter(struct web *w);
