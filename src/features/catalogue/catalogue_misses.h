/*
 * catalogue_misses.h - the table of searches that found nothing, for `search`, which counts them.
 *
 * Kept    need, area, month, how many. What may be counted and what may be shown of it says
 *         features/search/search_misses.h. Months are those of the calendar.
 */
#pragma once
#include "store/ctx.h"
#include <stdint.h>

struct miss {
    struct str need; /* slug; empty: no need was understood */
    int64_t area_id; /* comune, or the district for its rest; 0: no place was asked */
    bool is_rest;    /* the other comuni of the district together: made by search, never kept */
    int year, month;
    int n;
};

/* Adds its number to what is there; in a write transaction. */
enum status catalogue_miss_put(struct ctx *c, const struct miss *m);
/* Of the months before that one, newest first. */
enum status catalogue_misses_before(struct ctx *c, int year, int month, struct miss **out,
                                    int *n_out);
enum status catalogue_misses_drop(struct ctx *c, int year, int month);
