/*
 * kept.h - finished public pages kept in memory until the data change.
 *
 * Why     a page of a comune asks a dozen queries and a template; a thousand people ask for the
 * same page while nothing changes. Measured: docs/decisions/0006. Which   answers of rows that a
 * browser may keep too (CACHE_REVALIDATE, CACHE_SHORT), to nobody in particular, that looked at no
 * header of the request. Nothing about a person is ever here. Fresh   an entry holds for one
 * version of the data (db_data_version), one day, and a minute. Memory  at most max_bytes; the page
 * asked for longest ago goes first. An answer being sent holds its page until kept_release. Threads
 * every call may come from any thread.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "web/metrics.h"

struct kept_pages;

struct kept_answer {
    struct str body;
    struct str tag;
    struct str type;
    bool is_packed;
};

struct kept; /* one page; opaque */

struct kept_pages *kept_new(struct arena *mem, int64_t max_bytes, struct metrics *m);
void kept_end(struct kept_pages *all);

/* NULL when it is not there or not fresh. */
struct kept *kept_find(struct kept_pages *all, struct str key, int64_t version);
const struct kept_answer *kept_answer_of(const struct kept *k);
/* Copies everything. A page larger than an eighth of the whole is not kept. */
void kept_put(struct kept_pages *all, struct str key, int64_t version, const struct kept_answer *a);
void kept_release(struct kept *k); /* NULL is fine */
int64_t kept_bytes(struct kept_pages *all);
