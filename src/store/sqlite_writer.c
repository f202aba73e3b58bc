/*
 * The one writer thread: jobs from all threads, many to a commit.
 *
 * Each job runs in a savepoint of its own, so that one that fails leaves no trace in the others'
 * commit; nobody is answered before the commit is on the disk. A group closes when nobody waits,
 * when it is long or when it has lasted.
 */
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "store/sqlite_private.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    MAX_GROUP = 512,
    GROUP_US = 20000,       /* how long the first of a group may wait for the commit to begin */
    CHECKPOINT_PAGES = 1000,
    RESTART_PAGES = 16384   /* 64 MB of log: wait a little for readers so that it starts over */
};

/* ---- the queue ---- */

static void queue_add(struct writer *w, struct job_node *n)
{
    n->before = w->last;
    n->next = NULL;
    if (w->last != NULL)
        w->last->next = n;
    else
        w->first = n;
    w->last = n;
    w->n_waiting++;
    pthread_cond_signal(&w->work);
}

static void queue_remove(struct writer *w, struct job_node *n)
{
    if (n->before != NULL)
        n->before->next = n->next;
    else
        w->first = n->next;
    if (n->next != NULL)
        n->next->before = n->before;
    else
        w->last = n->before;
    w->n_waiting--;
    pthread_cond_signal(&w->room);
}

/* The next job of a group that holds n_group already; NULL when the group is to close. */
static struct job_node *take_next(struct writer *w, int n_group)
{
    pthread_mutex_lock(&w->lock);
    struct job_node *n = w->first;

    if (n != NULL && n->is_alone && n_group > 0)
        n = NULL;
    if (n != NULL) {
        queue_remove(w, n);
        n->state = JOB_TAKEN;
    }
    pthread_mutex_unlock(&w->lock);
    return n;
}

/* ---- one job, one group ---- */

static bool leaves_dangling_keys(struct connection *c)
{
    int now = 0, high = 0;

    sqlite3_db_status(c->h, SQLITE_DBSTATUS_DEFERRED_FKS, &now, &high, 0);
    return now != 0;
}

/* True when the transaction of the group still stands after the job. */
static bool run_job(struct connection *c, struct job_node *n)
{
    c->tx.failed = ST_OK;
    c->tx.error[0] = '\0';
    int rc = conn_step(c, c->savepoint);

    if (rc == SQLITE_OK)
        n->st = tx_outcome(&c->tx, n->job(&c->tx, n->arg));
    else
        n->st = tx_failed(&c->tx, conn_status(c, rc), sqlite3_errmsg(c->h));
    conn_tidy(c);
    if (rc != SQLITE_OK || sqlite3_get_autocommit(c->h) != 0)
        return false;
    if (n->st == ST_OK && leaves_dangling_keys(c))
        n->st = tx_failed(&c->tx, ST_CONFLICT, "a foreign key points nowhere");
    if (n->st != ST_OK)
        rc = conn_step(c, c->rollback_to);
    if (rc == SQLITE_OK)
        rc = conn_step(c, c->release);
    if (rc != SQLITE_OK)
        n->st = conn_status(c, rc);
    return rc == SQLITE_OK;
}

static int commit(struct connection *c)
{
    if (fault_hit("store.commit"))
        return SQLITE_FULL;
    return conn_step(c, c->commit);
}

static void undo(struct connection *c)
{
    if (sqlite3_get_autocommit(c->h) == 0)
        conn_step(c, c->rollback);
}

static void note_broken(struct sqlite_db *d, int rc)
{
    if (!d->w.c.is_broken || atomic_exchange(&d->is_broken, true))
        return;
    log_event(LOG_ERROR, "store-broken", LOG_INT("code", rc),
              LOG_Z("what", "a write or fsync failed: no further write is acknowledged until the "
                            "program is started anew"),
              LOG_END);
}

/* A long write touches every page of its indexes again and again: room for them while it lasts. */
static void set_cache(struct connection *c, bool is_long)
{
    const char *sql = is_long ? "PRAGMA cache_size=-49152" : "PRAGMA cache_size=-4000; PRAGMA shrink_memory";

    if (sqlite3_exec(c->h, sql, NULL, NULL, NULL) != SQLITE_OK)
        log_event(LOG_WARN, "store-cache", LOG_END); /* it will only be slower */
}

/* Begins, runs jobs until the group closes, commits. All nodes of the group are chained by next;
 * the status of each is final when this returns. */
static void run_group(struct sqlite_db *d, struct job_node *first)
{
    struct connection *c = &d->w.c;
    const int64_t began_us = clock_mono_us();
    struct job_node *last = first, *n = first;
    int n_group = 1;
    int rc = d->is_broken ? SQLITE_IOERR : conn_step(c, c->begin);
    enum status whole = rc == SQLITE_OK ? ST_OK : conn_status(c, rc);

    first->next = NULL;
    while (whole == ST_OK && n != NULL) {
        if (!run_job(c, n)) {
            whole = n->st == ST_OK || n->st == ST_CONFLICT ? ST_UNAVAILABLE : n->st;
            break;
        }
        if (n->is_alone || n_group == MAX_GROUP || clock_mono_us() - began_us > GROUP_US)
            break;
        n = take_next(&d->w, n_group);
        if (n != NULL) {
            n->next = NULL;
            last->next = n;
            last = n;
            n_group++;
        }
    }
    if (whole == ST_OK) {
        rc = commit(c);
        whole = conn_status(c, rc);
    }
    if (whole == ST_OK) {
        atomic_fetch_add(&d->n_commits, 1);
        return;
    }
    undo(c);
    note_broken(d, rc);
    /* What any job of the group read may have been another's undone work: none is answered. */
    for (n = first; n != NULL; n = n->next)
        n->st = whole;
}

static void answer(struct job_node *first)
{
    for (struct job_node *n = first, *next; n != NULL; n = next) {
        next = n->next; /* the node is on the caller's stack: gone once is_done is set */
        _Atomic uint32_t *const word = &n->is_done;

        atomic_store_explicit(word, 1, memory_order_release);
        /* Only the address counts: waking one where nobody sleeps any more does no harm. */
        syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    }
}

static int on_wal(void *arg, sqlite3 *h, const char *name, int n_pages)
{
    struct writer *w = arg;

    (void)h;
    (void)name;
    w->n_wal_pages = n_pages;
    return SQLITE_OK;
}

/* After the answers, so that nobody waits for it but the next group. */
static void checkpoint(struct sqlite_db *d)
{
    struct connection *c = &d->w.c;
    const bool is_long = d->w.n_wal_pages >= RESTART_PAGES;

    if (d->w.n_wal_pages < CHECKPOINT_PAGES || d->is_broken)
        return;
    d->w.n_wal_pages = 0;
    int n_log = 0, n_moved = 0;
    int rc = sqlite3_wal_checkpoint_v2(c->h, NULL, SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_moved);

    if (rc == SQLITE_OK && is_long && n_log == n_moved) {
        sqlite3_busy_timeout(c->h, 50);
        rc = sqlite3_wal_checkpoint_v2(c->h, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
        sqlite3_busy_timeout(c->h, d->wait_ms);
    }
    if ((rc & 0xff) != SQLITE_BUSY && conn_status(c, rc) != ST_OK)
        note_broken(d, rc);
}

static void *writer_main(void *arg)
{
    struct sqlite_db *d = arg;
    struct writer *w = &d->w;

    for (;;) {
        pthread_mutex_lock(&w->lock);
        while (w->first == NULL && !w->is_stopping)
            pthread_cond_wait(&w->work, &w->lock);
        const bool is_end = w->first == NULL;

        pthread_mutex_unlock(&w->lock);
        if (is_end)
            return NULL;
        struct job_node *first = take_next(w, 0);

        if (first == NULL) /* its caller gave up waiting */
            continue;
        const bool is_long = first->is_alone;

        if (is_long)
            set_cache(&w->c, true);
        run_group(d, first);
        if (is_long)
            set_cache(&w->c, false);
        answer(first);
        checkpoint(d);
    }
}

enum status writer_start(struct sqlite_db *d, struct str *why, struct arena *mem)
{
    struct writer *w = &d->w;
    pthread_condattr_t monotonic;
    const enum status st = conn_open(&w->c, d, true, why, mem);

    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w->work, &monotonic);
    pthread_cond_init(&w->room, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (st != ST_OK)
        return st;
    sqlite3_wal_hook(w->c.h, on_wal, w);
    w->has_thread = pthread_create(&w->thread, NULL, writer_main, d) == 0;
    if (w->has_thread)
        return ST_OK;
    *why = STR("the writer thread cannot be started");
    return ST_UNAVAILABLE;
}

void writer_stop(struct sqlite_db *d)
{
    struct writer *w = &d->w;

    if (w->has_thread) {
        pthread_mutex_lock(&w->lock);
        w->is_stopping = true;
        pthread_cond_broadcast(&w->work);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
    }
    conn_close(&w->c);
    pthread_cond_destroy(&w->work);
    pthread_cond_destroy(&w->room);
    pthread_mutex_destroy(&w->lock);
}

/* ---- the caller's side ---- */

/* Puts the job into the queue; false when there was no room in time. */
static bool enter(struct sqlite_db *d, struct job_node *n, const struct timespec *until)
{
    struct writer *w = &d->w;
    int rc = 0;

    pthread_mutex_lock(&w->lock);
    while (w->n_waiting >= w->queue_limit && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&w->room, &w->lock, until);
    const bool has_room = w->n_waiting < w->queue_limit;

    if (has_room)
        queue_add(w, n);
    pthread_mutex_unlock(&w->lock);
    return has_room;
}

/* Sleeps until the job is done; false when the instant came first. NULL: no limit. */
static bool sleep_until_done(struct job_node *n, const struct timespec *until)
{
    while (atomic_load_explicit(&n->is_done, memory_order_acquire) == 0)
        if (syscall(SYS_futex, &n->is_done, FUTEX_WAIT_BITSET_PRIVATE, 0, until, NULL,
                    FUTEX_BITSET_MATCH_ANY) != 0 &&
            errno == ETIMEDOUT)
            return atomic_load_explicit(&n->is_done, memory_order_acquire) != 0;
    return true;
}

/* Waits until the job is done; a job that nobody has taken in time is taken back. */
static enum status await(struct sqlite_db *d, struct job_node *n, const struct timespec *until)
{
    if (!sleep_until_done(n, n->is_alone ? NULL : until)) {
        pthread_mutex_lock(&d->w.lock);
        const bool is_waiting = n->state == JOB_WAITING;

        if (is_waiting)
            queue_remove(&d->w, n);
        pthread_mutex_unlock(&d->w.lock);
        if (is_waiting)
            return ST_BUSY;
        sleep_until_done(n, NULL); /* being done: its end is near */
    }
    return n->st;
}

enum status sqlite_write(struct db *db, db_job job, void *arg, bool is_alone)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    const struct timespec until = after_ms(d->wait_ms);
    struct job_node n = {.job = job, .arg = arg, .is_alone = is_alone, .st = ST_UNAVAILABLE};

    if (pthread_equal(pthread_self(), d->w.thread))
        bug("db_write inside a job: the writer thread would wait for itself");
    if (d->is_broken)
        return ST_UNAVAILABLE;
    return enter(d, &n, &until) ? await(d, &n, &until) : ST_BUSY;
}
