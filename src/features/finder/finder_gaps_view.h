/*
 * finder_gaps_view.h - private to finder: Cosa manca qui, for one area and for all.
 */
#pragma once
#include "finder_view.h"

struct finder_gaps_option {
    struct str value, label;
    bool is_chosen;
};

/* One area in the table of all. */
struct finder_gaps_row {
    struct finder_link area;
    struct str district; /* of a comune; may be empty */
    int n_missing, n_needs;
    int n, n_comuni, n_comuni_without; /* with a need chosen */
};

/* Searches without an answer of one month, for one need, in one place. */
struct finder_miss_line {
    struct str month, need, where;
    int n;
};

struct finder_misses {
    struct finder_miss_line *list; /* newest month first */
    int n_list;
    int least; /* smaller numbers are not shown */
};

struct finder_gaps_view {
    struct frame *frame;
    struct str where; /* typed, and not understood as one comune */
    struct finder_link *hits;
    int n_hits;
    bool is_searched; /* hits say what was found, also nothing */
    struct finder_gaps_option *needs;
    int n_needs;
    struct str need, need_label; /* empty: all needs together */
    bool is_by_comune;
    struct str other_path; /* the same by comune, or by district */
    struct finder_gaps_row *rows;
    int n_rows; /* of this page of the table */
    struct str previous_path, next_path; /* empty: there is none */
    int n_all, n_with_none; /* rows that miss something (or the need chosen) */
    struct str csv_path;
    int reach_km;
    struct finder_misses misses;
};

/* One need of one area. */
struct finder_gap_line {
    struct finder_link need;
    struct str group;
    int n, n_remote;
    int n_comuni, n_comuni_without;
    struct str neighbours; /* "Banchette 2, Pavone Canavese nessuno" */
    struct str nearest;    /* "Torino, 45,2 km"; empty: nowhere in the catalogue */
};

struct finder_gaps_area_view {
    struct frame *frame;
    struct str name;
    struct finder_link area; /* its own page */
    bool is_district;
    int n_needs, n_missing, n_present;
    struct finder_gap_line *missing, *present;
    struct str csv_path, path;
    int reach_km;
    struct finder_misses misses;
};
