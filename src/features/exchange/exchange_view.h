/*
 * exchange_view.h - private to exchange: what its pages show.
 */
#pragma once
#include "exchange_check.h"
#include "web/frame.h"

struct exchange_source_refusal {
    struct str where, words; /* "riga 12: phones.number" */
};

struct exchange_source {
    struct str name, url, kind, every, when, why; /* in words */
    const char *state_key;                        /* NULL: not asked yet */
    bool is_failed;
    int n_read, n_new, n_changed, n_gone, n_refused;
    struct exchange_source_refusal *refusals;
    int n_refusals;
};

struct exchange_sources_view {
    struct frame *frame;
    struct exchange_source *list;
    int n_list;
};

struct exchange_check_line {
    struct str where, words;
    int n_more;
};

struct exchange_check_group {
    const char *title_key, *id;
    struct exchange_check_line *lines;
    int n_lines;
};

struct exchange_check_view {
    struct frame *frame;
    struct str address, text; /* as typed */
    struct str error;
    bool is_done, is_good;
    const char *verdict_key;
    struct str why;
    int n_rows, n_errors, n_warnings, n_advice;
    struct exchange_check_group *groups;
    int n_groups;
};
