/* The PostgreSQL engine: connections, the pool, transactions, retries. */
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/random.h"
#include "store/postgres_private.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAX_TRIES = 20, WATCH_US = 200000, KEPT_BYTES = 1 << 20 };

/* One number that all programs on a database agree on: writers share it, a long write alone
 * holds it for itself. */
#define ADVISORY "190825116"

static const char session[] =
    "SET client_min_messages = warning; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
    "SET standard_conforming_strings = on; SET timezone = 'UTC'; SET jit = off;"
    "SET idle_in_transaction_session_timeout = 600000;"
    /* An acknowledged write is durable whatever the server's default says. */
    "SELECT set_config('synchronous_commit', 'on', false)"
    "  WHERE current_setting('synchronous_commit') IN ('off', 'local')";

static void no_notice(void *arg, const char *words)
{
    (void)arg;
    (void)words;
}

PGconn *pg_connect(const char *url, const char *other_database)
{
    const char *const keys[] = {"dbname", "client_encoding", "application_name",
                                "connect_timeout", "dbname", NULL};
    const char *const values[] = {url, "UTF8", "wecare", "5", other_database, NULL};
    PGconn *h = PQconnectdbParams(keys, values, 1);

    PQsetNoticeProcessor(h, no_notice, NULL);
    if (PQstatus(h) == CONNECTION_OK)
        PQclear(PQexec(h, session));
    return h;
}

static void drop(struct pg *c)
{
    PQfinish(c->h);
    c->h = NULL;
    c->is_lost = false;
    pg_forget_prepared(c);
}

/* True when c has a connection that works as far as we know. */
static bool ensure_connected(struct pg *c)
{
    struct pg_db *d = (struct pg_db *)c->tx.db;
    char timeout[64];

    if (c->h != NULL && !c->is_lost && PQstatus(c->h) == CONNECTION_OK)
        return true;
    drop(c);
    if (!fault_hit("store.connect"))
        c->h = pg_connect(d->url, NULL);
    const bool is_good = c->h != NULL && PQstatus(c->h) == CONNECTION_OK;

    if (is_good) {
        snprintf(timeout, sizeof timeout, "SET lock_timeout = %d", d->wait_ms);
        PQclear(PQexec(c->h, timeout));
    } else if (!d->is_down) {
        log_event(LOG_ERROR, "store-down", LOG_Z("what", "the server cannot be reached"), LOG_END);
    }
    d->is_down = !is_good;
    return is_good;
}

/* ---- the pool ---- */

static struct pg *take(struct pg_db *d, int64_t wait_ms)
{
    const struct timespec until = after_ms(wait_ms);
    struct pg *c = NULL;
    int rc = wait_ms == 0 ? ETIMEDOUT : 0;

    pthread_mutex_lock(&d->lock);
    while (d->n_idle == 0 && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&d->freed, &d->lock, &until);
    if (d->n_idle > 0)
        c = &d->list[d->idle[--d->n_idle]];
    pthread_mutex_unlock(&d->lock);
    if (c == NULL)
        return NULL;
    c->tx.failed = ST_OK;
    c->tx.error[0] = '\0';
    c->tx.may_write = c->is_alone = c->is_begun = c->must_retry = false;
    c->n_cursors = 0;
    return c;
}

static void give(struct pg_db *d, struct pg *c)
{
    if (c->is_lost) {
        drop(c);
    } else if (c->is_stale) {
        PQclear(PQexec(c->h, "DEALLOCATE ALL"));
        pg_forget_prepared(c);
    }
    pthread_mutex_lock(&d->lock);
    d->idle[d->n_idle++] = (int)(c - d->list);
    c->in_job = false;
    pthread_cond_signal(&d->freed);
    pthread_mutex_unlock(&d->lock);
}

/* ---- transactions ---- */

static const char *begin_words(const struct pg *c)
{
    if (!c->tx.may_write)
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    /* The number of the transaction is asked for at once: when the commit's answer is lost, it
     * tells what became of it. */
    return c->is_alone ? "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 60000;"
                         "SELECT pg_advisory_xact_lock(" ADVISORY ");"
                         "SELECT pg_current_xact_id()"
                       : "BEGIN ISOLATION LEVEL SERIALIZABLE;"
                         "SELECT pg_current_xact_id(), pg_advisory_xact_lock_shared(" ADVISORY ")";
}

/* Sent with the first statement: a page that is answered from a cache costs nothing. A connection
 * that died while it was idle shows here, where nothing has happened yet: one more try. */
enum status pg_begin(struct pg *c)
{
    enum status st = ST_UNAVAILABLE;

    if (c->is_begun)
        return ST_OK;
    for (int i = 0; i < 2; i++) {
        if (!ensure_connected(c))
            return tx_failed(&c->tx, ST_UNAVAILABLE, "the server cannot be reached");
        PGresult *r = PQexec(c->h, begin_words(c));

        st = pg_status(c, r);
        if (st == ST_OK && c->tx.may_write)
            snprintf(c->xid, sizeof c->xid, "%s", PQgetvalue(r, 0, 0));
        if (st != ST_OK && (!c->is_lost || i == 1))
            st = pg_failed(c, "begin", r);
        PQclear(r);
        if (!c->is_lost)
            break;
    }
    c->is_begun = !c->is_lost; /* a failed one too: it needs its ROLLBACK */
    return st;
}

static void roll_back(struct pg *c)
{
    if (c->is_begun && !c->is_lost) {
        PGresult *r = PQexec(c->h, "ROLLBACK");

        pg_status(c, r);
        PQclear(r);
    }
    c->is_begun = false;
}

static enum status pg_read_begin(struct db *db, struct db_tx **out)
{
    struct pg_db *d = (struct pg_db *)db;
    struct pg *c = take(d, d->wait_ms);

    if (c == NULL)
        return ST_BUSY;
    *out = &c->tx;
    return ST_OK;
}

static void tidy_arena(struct pg *c)
{
    /* Texts of cursors gather there; the table of prepared statements is made anew after. */
    if (arena_used(c->mem) > KEPT_BYTES) {
        PQclear(PQexec(c->h, "DEALLOCATE ALL"));
        arena_reset(c->mem);
        c->prepared = NULL;
        c->n_slots = 0;
        pg_forget_prepared(c);
    }
}

static void pg_read_end(struct db_tx *tx)
{
    struct pg *c = (struct pg *)tx;

    pg_tidy(c);
    roll_back(c);
    tidy_arena(c);
    give((struct pg_db *)tx->db, c);
}

/* ---- writing ---- */

/* The connection broke while the commit was on its way: the server knows what became of it. */
static enum status learn_outcome(struct pg *c)
{
    char sql[96];

    snprintf(sql, sizeof sql, "SELECT pg_xact_status('%s'::xid8)", c->xid);
    for (int i = 0; i < 20; i++) {
        const char *words = ensure_connected(c) ? pg_text(c->h, sql, c->mem) : NULL;

        if (words != NULL && strcmp(words, "committed") == 0)
            return ST_OK;
        if (words != NULL && strcmp(words, "aborted") == 0)
            return ST_UNAVAILABLE;
        usleep(100000); /* still under way, or the server is starting again */
    }
    log_event(LOG_ERROR, "store-outcome-unknown", LOG_Z("transaction", c->xid), LOG_END);
    return ST_UNAVAILABLE;
}

static enum status commit(struct pg *c)
{
    if (!c->is_begun)
        return ST_OK;
    if (fault_hit("store.commit"))
        return ST_UNAVAILABLE;
    if (fault_hit("store.serialisation")) {
        c->must_retry = true;
        return ST_BUSY;
    }
    if (fault_hit("store.commit-lost")) {
        PQclear(PQexec(c->h, "COMMIT")); /* it arrives, its answer does not */
        c->is_lost = true;
        c->is_begun = false;
        return learn_outcome(c);
    }
    PGresult *r = PQexec(c->h, "COMMIT");
    enum status st = pg_status(c, r);

    if (st == ST_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0)
        st = ST_UNAVAILABLE; /* it was a ROLLBACK: a statement had failed */
    else if (st != ST_OK && !c->is_lost)
        st = pg_failed(c, "commit", r);
    PQclear(r);
    if (c->is_lost)
        st = learn_outcome(c);
    c->is_begun = false;
    return st;
}

static void check_not_inside(struct pg_db *d)
{
    pthread_mutex_lock(&d->lock);
    for (int i = 0; i < d->n_all; i++)
        if (d->list[i].in_job && pthread_equal(d->list[i].owner, pthread_self()))
            bug("db_write inside a job");
    pthread_mutex_unlock(&d->lock);
}

/* One attempt; *again when the engine asks for another. */
static enum status attempt(struct pg_db *d, db_job job, void *arg, bool is_alone, bool *again)
{
    struct pg *c = take(d, is_alone ? 60000 : d->wait_ms);

    *again = false;
    if (c == NULL)
        return ST_BUSY;
    c->tx.may_write = true;
    c->is_alone = is_alone;
    pthread_mutex_lock(&d->lock);
    c->owner = pthread_self();
    c->in_job = true;
    pthread_mutex_unlock(&d->lock);
    enum status st = pg_begin(c);

    if (st == ST_OK)
        st = tx_outcome(&c->tx, job(&c->tx, arg));
    pg_tidy(c);
    if (st == ST_OK)
        st = commit(c);
    roll_back(c);
    *again = c->must_retry;
    if (!c->is_lost)
        tidy_arena(c);
    give(d, c);
    return st;
}

static enum status pg_write(struct db *db, db_job job, void *arg, bool is_alone)
{
    struct pg_db *d = (struct pg_db *)db;
    const int64_t until_us = clock_mono_us() + (int64_t)d->wait_ms * 1000;
    bool again = true;
    enum status st = ST_BUSY;

    check_not_inside(d);
    for (int i = 0; again && i < MAX_TRIES && (i == 0 || clock_mono_us() < until_us); i++) {
        if (i > 0) /* apart from each other, or the same ones meet again */
            usleep(1000 + random_below(1000u << (i < 7 ? i : 7)));
        st = attempt(d, job, arg, is_alone, &again);
    }
    if (st == ST_OK)
        atomic_fetch_add(&d->version, 1);
    return again ? ST_BUSY : st;
}

/* ---- versions and state ---- */

static enum status pg_state(struct db *db)
{
    struct pg_db *d = (struct pg_db *)db;
    struct pg *c = take(d, 0);

    if (c == NULL) /* all are at work */
        return d->is_down ? ST_UNAVAILABLE : ST_OK;
    const bool is_good = ensure_connected(c) && pg_text(c->h, "SELECT 1", c->mem) != NULL;

    c->is_lost = !is_good;
    if (is_good)
        tidy_arena(c);
    give(d, c);
    return is_good ? ST_OK : ST_UNAVAILABLE;
}

/* A snapshot's words change whenever a transaction that writes ends anywhere, and never come
 * back. Asked for now and then; our own writes count at once. */
static int64_t pg_data_version(struct db *db)
{
    struct pg_db *d = (struct pg_db *)db;
    const int64_t now_us = clock_mono_us();

    if (now_us - d->watched_at_us < WATCH_US || pthread_mutex_trylock(&d->watch_lock) != 0)
        return d->version;
    struct pg *c = take(d, 0);

    if (c != NULL) {
        const char *words = ensure_connected(c)
                                ? pg_text(c->h, "SELECT CAST(pg_current_snapshot() AS text)", c->mem)
                                : NULL;

        if (words == NULL || strncmp(words, d->watched_words, sizeof d->watched_words - 1) != 0)
            atomic_fetch_add(&d->version, 1);
        snprintf(d->watched_words, sizeof d->watched_words, "%s", words == NULL ? "" : words);
        d->watched_at_us = now_us;
        if (words != NULL)
            tidy_arena(c);
        give(d, c);
    }
    pthread_mutex_unlock(&d->watch_lock);
    return d->version;
}

/* ---- opening and closing ---- */

static void pg_close(struct db *db)
{
    struct pg_db *d = (struct pg_db *)db;
    const struct timespec until = after_ms(10000);
    int rc = 0;

    pthread_mutex_lock(&d->lock);
    while (d->n_idle < d->n_all && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&d->freed, &d->lock, &until);
    const int n_lost = d->n_all - d->n_idle;

    pthread_mutex_unlock(&d->lock);
    if (n_lost > 0)
        bug("db_close: %d transactions were never ended", n_lost);
    for (int i = 0; i < d->n_all; i++) {
        PQfinish(d->list[i].h);
        arena_free(d->list[i].mem);
    }
    pthread_cond_destroy(&d->freed);
    pthread_mutex_destroy(&d->lock);
    pthread_mutex_destroy(&d->watch_lock);
    arena_free(d->mem);
}

static const struct engine engine = {.kind = DB_POSTGRES,
                                     .close = pg_close,
                                     .state = pg_state,
                                     .read_begin = pg_read_begin,
                                     .read_end = pg_read_end,
                                     .write = pg_write,
                                     .run = pg_run,
                                     .exec = pg_exec,
                                     .data_version = pg_data_version,
                                     .backup = pg_backup,
                                     .check = pg_check};

static struct pg_db *new_db(const struct db_options *o)
{
    struct arena *mem = arena_new(0);
    struct pg_db *d = ARENA_NEW(mem, struct pg_db);
    pthread_condattr_t monotonic;

    d->db.engine = &engine;
    d->mem = mem;
    d->url = str_z(mem, str_of(o->url));
    d->wait_ms = o->wait_ms > 0 ? o->wait_ms : DEFAULT_WAIT_MS;
    d->n_all = o->n_readers > 0 ? o->n_readers : default_readers() * 2;
    d->list = ARENA_ARRAY(mem, struct pg, (size_t)d->n_all);
    d->idle = ARENA_ARRAY(mem, int, (size_t)d->n_all);
    for (int i = d->n_all - 1; i >= 0; i--) {
        d->list[i].tx.db = &d->db;
        d->list[i].mem = arena_new(0);
        d->idle[d->n_idle++] = i;
    }
    pthread_mutex_init(&d->lock, NULL);
    pthread_mutex_init(&d->watch_lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->freed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return d;
}

/* What would make the two engines answer differently. */
static enum status check_server(PGconn *h, struct str *why, struct arena *mem)
{
    const char *encoding = pg_text(h, "SHOW server_encoding", mem);
    const char *by_bytes = pg_text(h, "SELECT 'B' < 'a'", mem);

    if (PQserverVersion(h) < 140000)
        *why = STR("the server is older than PostgreSQL 14");
    else if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        *why = STR("the database is not in UTF8: createdb -T template0 -E UTF8 --locale=C NAME");
    else if (by_bytes == NULL || strcmp(by_bytes, "t") != 0)
        *why = STR("the database sorts by a language instead of by bytes: "
                   "createdb -T template0 -E UTF8 --locale=C NAME");
    return why->n == 0 ? ST_OK : ST_INVALID;
}

enum status postgres_open(const struct db_options *o, struct arena *mem, struct db **out,
                          struct str *why)
{
    PGconn *h = pg_connect(o->url, NULL);
    enum status st = PQstatus(h) == CONNECTION_OK ? ST_OK : ST_UNAVAILABLE;

    if (st != ST_OK && !o->must_exist && pg_make_database(o->url, why, mem)) {
        PQfinish(h);
        h = pg_connect(o->url, NULL);
        st = PQstatus(h) == CONNECTION_OK ? ST_OK : ST_UNAVAILABLE;
    }
    if (st != ST_OK)
        *why = str_fmt(mem, "%.*s%s", (int)why->n, why->p, PQerrorMessage(h));
    else
        st = check_server(h, why, mem);
    *why = str_trim(*why);
    if (st != ST_OK) {
        PQfinish(h);
        return st;
    }
    struct pg_db *d = new_db(o);

    PQfinish(h);
    *out = &d->db;
    return ST_OK;
}
