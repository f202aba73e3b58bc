/* jobs.c - planning, leasing and running jobs. */
#include "core/jobs/jobs.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "jobs_sql.h"
#include <string.h>
#include <time.h>

enum { FIRST_PAUSE_MS = 60 * 1000, MAX_PAUSE_MS = 6 * 3600 * 1000, MEMORY_BYTES = 256 * 1024 * 1024 };
enum { LONG_US = 10000, REST_TIMES = 2, MOST_REST_US = 500000 };
static const int64_t NEVER = INT64_C(9007199254740991);
static const int64_t UNKNOWN_PAUSE_MS = 24 * 3600 * 1000;

static enum status check(const char *name, struct str key)
{
    return *name == '\0' || strlen(name) > JOBS_NAME_MAX || key.n > JOBS_KEY_MAX ? ST_INVALID : ST_OK;
}

enum status jobs_add(struct ctx *c, const char *name, struct str key, int64_t run_at)
{
    const struct jobs_job_add_in in = {
        .name = str_of(name), .key = key, .run_at = run_at == 0 ? c->now_ms : run_at};
    const enum status st = check(name, key);

    return st == ST_OK ? jobs_sql_job_add(c, &in, NULL) : st;
}

enum status jobs_move(struct ctx *c, const char *name, struct str key, int64_t run_at)
{
    const struct jobs_job_move_in in = {.name = str_of(name), .key = key, .run_at = run_at};
    const enum status st = check(name, key);

    return st == ST_OK ? jobs_sql_job_move(c, &in, NULL) : st;
}

enum status jobs_remove(struct ctx *c, const char *name, struct str key)
{
    return jobs_sql_job_remove(c, &(struct jobs_job_remove_in){.name = str_of(name), .key = key}, NULL);
}

enum status jobs_list(struct ctx *c, struct jobs_row **out, int *n_out)
{
    struct jobs_job_all_row *rows;
    const enum status st = jobs_sql_job_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct jobs_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct jobs_row){.name = rows[i].name,
                                      .key = rows[i].key,
                                      .run_at = rows[i].run_at < NEVER ? rows[i].run_at : c->now_ms,
                                      .is_at_work = rows[i].lease_until > c->now_ms,
                                      .n_tries = (int)rows[i].tries,
                                      .last_error = rows[i].last_error};
    return ST_OK;
}

/* ---- transactions of a handler ---- */

struct work {
    struct arena *mem;
    enum status (*run)(struct ctx *c, void *arg);
    void *arg;
    int64_t fixed_ms; /* 0: the clock's */
};

static enum status do_work(struct db_tx *tx, void *arg)
{
    const struct work *k = arg;
    struct ctx c = ctx_new(k->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    if (k->fixed_ms != 0) {
        c.now_ms = k->fixed_ms;
        c.today = clock_day_at(c.now_ms);
    }
    return k->run(&c, k->arg);
}

static enum status read_work(struct db *d, struct work *k)
{
    struct db_tx *tx;
    enum status st = db_read_begin(d, &tx);

    if (st != ST_OK)
        return st;
    st = do_work(tx, k);
    db_read_end(tx);
    return st;
}

enum status jobs_read(struct job_run *run, enum status (*work)(struct ctx *c, void *arg), void *arg)
{
    return read_work(run->db, &(struct work){run->mem, work, arg, run->fixed_ms});
}

/* A job that writes piece after piece would never leave another program's writes (an import) a turn. */
static void rest(int64_t worked_us)
{
    const int64_t us = worked_us * REST_TIMES < MOST_REST_US ? worked_us * REST_TIMES : MOST_REST_US;

    if (worked_us >= LONG_US)
        nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL);
}

enum status jobs_write(struct job_run *run, enum status (*work)(struct ctx *c, void *arg), void *arg)
{
    struct work k = {run->mem, work, arg, run->fixed_ms};
    const int64_t from = clock_mono_us();
    const enum status st = db_write(run->db, do_work, &k);

    rest(clock_mono_us() - from);
    return st;
}

struct holding {
    const struct job_run *run;
    int64_t until;
};

static enum status hold(struct ctx *c, void *arg)
{
    const struct holding *h = arg;
    const struct jobs_job_hold_in in = {.job_id = h->run->job_id, .lease = h->run->lease, .until = h->until};
    int64_t n = 0;
    const enum status st = jobs_sql_job_hold(c, &in, &n);

    return st == ST_OK && n == 0 ? ST_CONFLICT : st;
}

enum status jobs_hold(struct job_run *run)
{
    struct holding h = {run, (run->fixed_ms != 0 ? run->fixed_ms : clock_now_ms()) + JOBS_LEASE_MS};

    return jobs_write(run, hold, &h);
}

bool jobs_must_stop(const struct job_run *run)
{
    return run->stop != NULL && atomic_load(run->stop);
}

/* ---- running ---- */

static const struct job_kind *find_kind(const struct jobs_hands *h, struct str name)
{
    for (int i = 0; i < h->n_features; i++)
        for (int k = 0; k < h->features[i]->n_jobs; k++)
            if (str_eq_z(name, h->features[i]->jobs[k].name))
                return &h->features[i]->jobs[k];
    return NULL;
}

static enum status plan(struct ctx *c, void *arg)
{
    const struct jobs_hands *h = arg;
    enum status st = ST_OK;

    for (int i = 0; i < h->n_features; i++)
        for (int k = 0; st == ST_OK && k < h->features[i]->n_jobs; k++) {
            const struct job_kind *kind = &h->features[i]->jobs[k];

            if (kind->every_s > 0)
                st = jobs_sql_job_ensure(c,
                                         &(struct jobs_job_ensure_in){
                                             .name = str_of(kind->name),
                                             .run_at = c->now_ms,
                                             .latest = c->now_ms + (int64_t)kind->every_s * 1000,
                                             .lease_latest = c->now_ms + JOBS_LEASE_MS},
                                         NULL);
        }
    return st;
}

enum status jobs_plan(const struct jobs_hands *h)
{
    struct jobs_hands hands = *h;
    struct work k = {arena_new(0), plan, &hands, 0};
    const enum status st = db_write(h->db, do_work, &k);

    arena_free(k.mem);
    return st;
}

struct taking {
    int64_t now_ms, lease;
    struct jobs_job_due_row row;
    bool is_taken;
};

static enum status due(struct ctx *c, void *arg)
{
    struct taking *t = arg;

    return jobs_sql_job_due(c, &(struct jobs_job_due_in){.now = t->now_ms}, &t->row);
}

static enum status take(struct ctx *c, void *arg)
{
    struct taking *t = arg;
    const struct jobs_job_take_in in = {.job_id = t->row.job_id,
                                        .now = t->now_ms,
                                        .lease = t->lease,
                                        .until = t->now_ms + JOBS_LEASE_MS,
                                        .never = NEVER};
    int64_t n = 0;
    const enum status st = jobs_sql_job_take(c, &in, &n);

    t->is_taken = n == 1;
    return st;
}

struct giving_back {
    const struct job_run *run;
    int64_t run_at; /* NEVER: it is done */
    int64_t tries;
    struct str why;
};

static enum status give_back(struct ctx *c, void *arg)
{
    const struct giving_back *g = arg;
    const struct job_run *r = g->run;
    int64_t n = 0;
    enum status st = ST_OK;

    if (g->run_at == NEVER)
        st = jobs_sql_job_done(
            c, &(struct jobs_job_done_in){.job_id = r->job_id, .lease = r->lease, .never = NEVER}, &n);
    if (st != ST_OK || n > 0)
        return st;
    return jobs_sql_job_again(c,
                              &(struct jobs_job_again_in){.job_id = r->job_id,
                                                          .lease = r->lease,
                                                          .run_at = g->run_at,
                                                          .tries = g->tries,
                                                          .last_error = g->why},
                              NULL);
}

static int64_t pause_after(int n_tries)
{
    int64_t ms = FIRST_PAUSE_MS;

    for (int i = 1; i < n_tries && ms < MAX_PAUSE_MS; i++)
        ms *= 2;
    return ms < MAX_PAUSE_MS ? ms : MAX_PAUSE_MS;
}

/* What stands in the row once the handler has come back. */
static struct giving_back outcome(const struct job_run *run, const struct job_kind *kind, enum status st)
{
    struct giving_back g = {.run = run, .run_at = run->again_at, .tries = run->n_tries};

    if (st == ST_OK || st == ST_BUSY) {
        g.tries = st == ST_OK ? 0 : run->n_tries - 1;
        if (g.run_at == 0 && (kind->every_s > 0 && run->key.n == 0))
            g.run_at = run->now_ms + (int64_t)kind->every_s * 1000;
        else if (g.run_at == 0)
            g.run_at = st == ST_OK ? NEVER : run->now_ms + FIRST_PAUSE_MS;
        return g;
    }
    g.why = run->why.n > 0 ? str_head(run->why, JOBS_WHY_MAX) : str_of(status_name(st));
    while (g.why.n > 0 && !str_is_utf8(g.why))
        g.why.n--;
    if (g.run_at == 0)
        g.run_at = run->now_ms + pause_after(run->n_tries);
    return g;
}

static void run_taken(const struct jobs_hands *h, struct job_run *run, struct str name)
{
    const struct job_kind *kind = find_kind(h, name);
    struct giving_back g;

    if (kind == NULL) { /* of a slice that was taken away, or of a newer program beside this one */
        g = (struct giving_back){run, run->now_ms + UNKNOWN_PAUSE_MS, run->n_tries,
                                 STR("this program has no such job")};
    } else {
        const enum status st = kind->run(run);

        if (st != ST_OK && st != ST_BUSY)
            log_event(LOG_WARN, "job-failed", LOG_Z("job", kind->name), LOG_Z("status", status_name(st)),
                      LOG_INT("tries", run->n_tries), LOG_END);
        g = outcome(run, kind, st);
    }
    if (jobs_write(run, give_back, &g) != ST_OK)
        log_event(LOG_WARN, "job-not-noted", LOG_INT("job", run->job_id), LOG_END); /* its lease will end */
}

bool jobs_run_one(const struct jobs_hands *h, int64_t now_ms)
{
    struct taking t = {.now_ms = now_ms != 0 ? now_ms : clock_now_ms()};
    struct job_run run = {.db = h->db,
                          .outside = h->outside,
                          .stop = h->stop,
                          .fixed_ms = now_ms,
                          .mem = arena_new(MEMORY_BYTES)};
    uint32_t lease = 0;

    while (lease == 0)
        random_bytes(&lease, sizeof lease);
    t.lease = lease;
    if (read_work(h->db, &(struct work){run.mem, due, &t, now_ms}) == ST_OK && jobs_write(&run, take, &t) == ST_OK &&
        t.is_taken) {
        run.key = t.row.key;
        run.n_tries = (int)t.row.tries + 1;
        run.now_ms = t.now_ms;
        run.job_id = t.row.job_id;
        run.lease = t.lease;
        run_taken(h, &run, t.row.name);
    }
    arena_free(run.mem);
    return t.is_taken;
}
