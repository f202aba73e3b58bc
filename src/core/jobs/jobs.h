/*
 * jobs.h - work that is done later: mails, feeds on schedule, the daily round of a slice.
 *
 * Why     what is slow or may fail must not hold up who asked for it, and must not be lost when the
 *         machine goes down in the middle of it.
 * How     a row per job, unique by name and key. A worker leases the row (two nodes never do one job
 *         at once), runs the handler that a slice has put in its table (struct job_kind, in
 *         web/feature.h), and takes the row away when it went well. When the worker dies, the lease
 *         ends after JOBS_LEASE_MS and another one begins anew: a handler may run twice.
 * Slow    a handler gets the database, not a transaction: it reads (jobs_read), does what is slow,
 *         writes what came of it (jobs_write). Longer than half a lease: jobs_hold on the way, and
 *         give up on anything but ST_OK, for somebody else has it by then.
 * Clock   instants of the wall clock. What runs by itself (every_s) is never planned further away
 *         than its rhythm, whatever the clock has done meanwhile.
 */
#pragma once
#include "store/ctx.h"
#include "web/feature.h"

enum {
    JOBS_LEASE_MS = 5 * 60 * 1000,
    JOBS_NAME_MAX = 60, /* bytes */
    JOBS_KEY_MAX = 200,
    JOBS_WHY_MAX = 500
};

/* Plans it, in the transaction at hand (write); run_at 0: now. The same name and key is one job: the
 * earlier instant stands. One that is at work just now is run once more afterwards. */
enum status jobs_add(struct ctx *c, const char *name, struct str key, int64_t run_at);
/* At that instant, not the earlier of the two (write): a rhythm that was changed. */
enum status jobs_move(struct ctx *c, const char *name, struct str key, int64_t run_at);
/* Takes it away (write); one at work runs to its end. */
enum status jobs_remove(struct ctx *c, const char *name, struct str key);

struct jobs_row {
    struct str name, key;
    int64_t run_at;
    bool is_at_work;
    int n_tries;           /* since it last went well */
    struct str last_error; /* empty: none */
};
enum status jobs_list(struct ctx *c, struct jobs_row **out, int *n_out); /* by run_at */

/* ---- inside a handler ---- */

/* A transaction of its own, as the keeper; c->mem is run->mem. The status of work. After a write that took long (10 ms)
 * the job rests twice as long, half a second at most: others write in between, an import beside the portal too. */
enum status jobs_read(struct job_run *run, enum status (*work)(struct ctx *c, void *arg), void *arg);
enum status jobs_write(struct job_run *run, enum status (*work)(struct ctx *c, void *arg), void *arg);
/* The lease begins anew. ST_CONFLICT: it had ended and somebody else has taken the job. */
enum status jobs_hold(struct job_run *run);
/* The portal is being stopped: come to an end soon, with ST_BUSY when there is more to do. */
bool jobs_must_stop(const struct job_run *run);

/* ---- for who runs them: the thread in app, a command, a test ---- */

struct jobs_hands {
    struct db *db;
    const struct feature *const *features;
    int n_features;
    const struct outside *outside;
    const atomic_bool *stop; /* becomes true when the portal is being stopped; NULL: never */
};
/* Sees to it that what runs by itself is planned: at each start. */
enum status jobs_plan(const struct jobs_hands *h);
/* Runs the job that is due longest. now_ms: the instant for it and its transactions; 0: the clock's. False:
 * none was due, somebody else was quicker, or the database
 * could not be asked. */
bool jobs_run_one(const struct jobs_hands *h, int64_t now_ms);
