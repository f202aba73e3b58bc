/*
 * router.h - the one table of all rows: checked at the start, searched by segments.
 *
 * Match   a word wins over a value (":istat") at the same place, and the search goes back when the
 *         word leads nowhere.
 * Memory  all in the arena given to router_new; nothing changes afterwards, so threads share it.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "web/feature.h"
#include "web/request_target.h"

struct router;

struct router_match {
    const struct route *route[POST + 1]; /* by enum web_method; NULL: no such method here */
    int index[POST + 1];                 /* of the row over the whole program */
    struct str values[TARGET_SEGMENTS];  /* of the segments that begin with ':', in order */
};

/* ST_INVALID with a sentence that names the feature and the row. */
enum status router_new(struct arena *mem, const struct feature *const *features, int n_features,
                       struct router **out, struct str *why);
/* Paths that the server answers itself and no row may take. */
extern const char *const router_reserved[];

bool router_find(const struct router *r, const struct str *segments, int n_segments,
                 struct router_match *out);
const struct route *router_row(const struct router *r, int i); /* NULL past the last */
int router_n_rows(const struct router *r);
/* Which value of a match the name of a row's path is; -1 when it has none such. */
int router_value_index(const struct route *row, const char *name);
