/*
 * finder_results_view.h - private to finder: the list of services, its filters, its map.
 */
#pragma once
#include "finder_ask.h"
#include "finder_card_view.h"
#include "finder_pins.h"

/* One box of the filters. */
struct finder_filter_value {
    const char *name; /* of the field */
    struct str value, label, lang;
    int64_t n;
    bool is_chosen;
    struct str id;
};
struct finder_filter {
    struct str title;
    struct finder_filter_value *values;
    int n_values;
};

/* A filter that is on, with the address without it. */
struct finder_chip {
    struct str label, path;
};

struct finder_hidden {
    const char *name;
    struct str value;
};

struct finder_option {
    int value;
    struct str label;
    bool is_chosen;
};

/* The bar on top: what, where, how far. */
struct finder_bar {
    const char *action;
    struct str what, where;
    struct finder_option *kms;
    int n_kms;
    bool has_caps;
    struct str where_problem;   /* beside the field */
    struct finder_hidden *kept; /* filters that go on with a new search: none; order does */
    int n_kept;
};

struct finder_place_choice {
    struct str label, note, path;
};

struct finder_page_link {
    struct str label, path;
    bool is_current;
};

struct finder_results_view {
    struct frame *frame;
    struct finder_bar bar;
    struct str title, subtitle; /* "6 servizi vicino a Ivrea"; "Per «...», entro 10 km" */
    struct str *notes;          /* what was understood, corrected, widened: a sentence each */
    int n_notes;
    struct finder_link *maybe; /* "forse cercavi" */
    int n_maybe;
    bool is_urgent, is_violence;
    struct finder_place_choice *places; /* which comune? */
    int n_places;
    bool is_where_unknown;
    struct finder_link elsewhere; /* the same without a place */
    struct finder_groups groups;  /* when nothing is asked */
    struct finder_cards cards;
    int n_total;
    bool is_empty;
    struct finder_link *tries; /* what may be tried instead */
    int n_tries;
    struct finder_filter *filters;
    int n_filters;
    int64_t n_chosen;
    struct finder_hidden *kept;
    int n_kept;
    struct finder_chip *chips;
    int n_chips;
    struct str clear_path;
    struct finder_map_view map;
    struct finder_page_link *pages;
    int n_pages;
    struct str previous_path, next_path;
    struct str print_path, phone_path, list_path;
    struct str csv_path, sheet_path, points_path, news_path; /* the same as files; empty: there are none */
    struct str comune_name, comune_path,
        board_path; /* who answers where I live; the sheet to hang up */
    struct str tell_path;
    struct str desks_path; /* where somebody listens, near the comune asked; empty: no such page */
    bool has_messages;
    struct str today;
};

void finder_fill_bar(struct web *w, const struct finder_ask *a, struct finder_bar *out);
void finder_fill_filters(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                         struct finder_results_view *v);
enum status finder_fill_map(struct ctx *c, const struct finder_ask *a,
                            const struct search_answer *r, const struct finder_cards *cards,
                            struct finder_map_view *out);
/* Beside the results: where the picture's frame is. */
struct finder_window {
    double lat, lon; /* of its middle */
    int km;          /* half its width */
};
