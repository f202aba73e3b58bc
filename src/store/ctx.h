/*
 * ctx.h - what one piece of work needs, handed down in one pointer: no mutable globals.
 *
 * Who     the router makes one per request, the command line one per job, tests their own.
 * Memory  c->mem lives until the answer is sent (or the job is done).
 */
#pragma once
#include "base/arena.h"
#include "base/problems.h"
#include "base/status.h"
#include "base/text.h"
#include <stdint.h>

struct db_tx;

/* Who asks. The web floor carries it and knows no more of it; core/access fills it. */
struct actor {
    int64_t account_id; /* 0: nobody has signed in */
    int64_t body_id;    /* the body acted for; 0: none */
    uint64_t rights;    /* bits of enum right; a keeper at the command line has all */
};

extern const struct actor actor_anyone; /* a citizen who has not signed in */
extern const struct actor actor_keeper; /* the administrator at the command line */

struct ctx {
    struct arena *mem;
    struct db_tx *tx; /* the one transaction, opened by the router; NULL when the row asks none */
    const struct actor *actor;
    int64_t now_ms; /* one instant for the whole piece of work */
    int today;      /* day number in Europe/Rome */
    enum lang lang;
    struct problems problems; /* what the person can fix */
};

struct ctx ctx_new(struct arena *mem, const struct actor *actor, enum lang lang);

/* Notes one problem about the whole and returns st: return fail(c, ST_CONFLICT, "x.y"); */
enum status fail(struct ctx *c, enum status st, const char *key);
