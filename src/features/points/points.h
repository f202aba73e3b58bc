/*
 * points.h - welfare points: places where somebody listens first and says whom to ask.
 *
 * What    an offered entry that answers POINTS_NEED and has a place that may be told. No table of its own: the need
 *         is ticked in Schede, comes with feeds, goes out with the API, as any other.
 * Order   with a comune asked: who serves it first, then the nearest; else by district, then by comune and name.
 * Memory  c->mem.
 */
#pragma once
#include "features/search/search.h"

#define POINTS_NEED "non-so-a-chi-chiedere"

enum { POINTS_NEAR = 20 }; /* with a comune asked, so many at most */

struct points_ask {
    int64_t comune_id;   /* 0: all */
    struct str language; /* code of one spoken beside Italian; empty: any */
    bool open_now;
};

struct points_point {
    struct service *service;
    const struct location *place;
    struct str district, district_slug; /* empty: not known */
    const struct search_hit *hit;       /* hours now, distance, reasons */
};

enum status points_find(struct ctx *c, const struct points_ask *ask, struct points_point **out, int *n_out);
/* Codes spoken at any of all points, each once, in order of code. */
enum status points_languages(struct ctx *c, struct str **out, int *n_out);
