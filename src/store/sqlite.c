/* The SQLite engine: opening, the pool of readers, versions. */
#include "base/clock.h"
#include "base/log.h"
#include "store/sqlite_private.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { WATCH_US = 20000 }; /* how often other programs' commits are asked for */

/* ---- readers ---- */

static struct connection *take_reader(struct sqlite_db *d)
{
    const struct timespec until = after_ms(d->wait_ms);
    struct connection *c = NULL;
    int rc = 0;

    pthread_mutex_lock(&d->lock);
    while (d->n_idle == 0 && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&d->freed, &d->lock, &until);
    if (d->n_idle > 0)
        c = &d->readers[d->idle[--d->n_idle]];
    pthread_mutex_unlock(&d->lock);
    return c;
}

static void give_reader(struct sqlite_db *d, struct connection *c)
{
    pthread_mutex_lock(&d->lock);
    d->idle[d->n_idle++] = (int)(c - d->readers);
    pthread_cond_signal(&d->freed);
    pthread_mutex_unlock(&d->lock);
}

static enum status sqlite_read_begin(struct db *db, struct db_tx **out)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    struct connection *c = take_reader(d);
    enum status st = ST_OK;

    if (c == NULL)
        return ST_BUSY;
    if (c->h == NULL)
        st = conn_open(c, d, false, NULL, NULL);
    c->tx.failed = ST_OK;
    c->tx.error[0] = '\0';
    if (st == ST_OK)
        st = conn_status(c, conn_step(c, c->begin));
    if (st != ST_OK) {
        give_reader(d, c);
        return st;
    }
    *out = &c->tx;
    return ST_OK;
}

static void sqlite_read_end(struct db_tx *tx)
{
    struct connection *c = (struct connection *)tx;

    conn_tidy(c);
    if (sqlite3_get_autocommit(c->h) == 0)
        conn_step(c, c->rollback); /* nothing was written: the same as a commit, and never fails */
    give_reader((struct sqlite_db *)tx->db, c);
}

/* ---- versions and state ---- */

static enum status sqlite_state(struct db *db)
{
    return ((struct sqlite_db *)db)->is_broken ? ST_UNAVAILABLE : ST_OK;
}

/* Our own commits are counted at once; those of other programs (an import at the command line)
 * are asked for now and then. The sum never goes back. */
static int64_t sqlite_data_version(struct db *db)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    const int64_t now_us = clock_mono_us();

    if (now_us - d->watched_at_us >= WATCH_US && pthread_mutex_trylock(&d->watch_lock) == 0) {
        if (sqlite3_step(d->watch_stmt) == SQLITE_ROW)
            d->watched = sqlite3_column_int64(d->watch_stmt, 0);
        sqlite3_reset(d->watch_stmt);
        d->watched_at_us = now_us;
        pthread_mutex_unlock(&d->watch_lock);
    }
    return d->n_commits + d->watched;
}

static bool open_watch(struct sqlite_db *d)
{
    pthread_mutex_init(&d->watch_lock, NULL);
    return sqlite3_open_v2(d->path, &d->watch, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
               SQLITE_OK &&
           sqlite3_busy_timeout(d->watch, 100) == SQLITE_OK &&
           sqlite3_prepare_v3(d->watch, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT,
                              &d->watch_stmt, NULL) == SQLITE_OK;
}

/* ---- opening and closing ---- */

static void sqlite_close(struct db *db)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    const struct timespec until = after_ms(10000);
    int rc = 0;

    pthread_mutex_lock(&d->lock);
    while (d->n_idle < d->n_readers && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&d->freed, &d->lock, &until);
    const int n_lost = d->n_readers - d->n_idle;

    pthread_mutex_unlock(&d->lock);
    if (n_lost > 0)
        bug("db_close: %d read transactions were never ended", n_lost);
    for (int i = 0; i < d->n_readers; i++)
        conn_close(&d->readers[i]);
    sqlite3_finalize(d->watch_stmt);
    sqlite3_close(d->watch);
    writer_stop(d); /* last: its close moves the log into the file */
    pthread_cond_destroy(&d->freed);
    pthread_mutex_destroy(&d->lock);
    pthread_mutex_destroy(&d->watch_lock);
    arena_free(d->mem);
}

static const struct engine engine = {.kind = DB_SQLITE,
                                     .close = sqlite_close,
                                     .state = sqlite_state,
                                     .read_begin = sqlite_read_begin,
                                     .read_end = sqlite_read_end,
                                     .write = sqlite_write,
                                     .run = sqlite_run,
                                     .exec = sqlite_exec,
                                     .data_version = sqlite_data_version,
                                     .backup = sqlite_backup,
                                     .check = sqlite_check};

static struct sqlite_db *new_db(const struct db_options *o, const char *folder)
{
    struct arena *mem = arena_new(0);
    struct sqlite_db *d = ARENA_NEW(mem, struct sqlite_db);
    pthread_condattr_t monotonic;

    d->db.engine = &engine;
    d->mem = mem;
    d->path = str_fmt(mem, "%s/wecare.db", folder).p;
    d->wait_ms = o->wait_ms > 0 ? o->wait_ms : DEFAULT_WAIT_MS;
    d->w.queue_limit = o->queue_limit > 0 ? o->queue_limit : DEFAULT_QUEUE;
    d->n_readers = o->n_readers > 0 ? o->n_readers : default_readers();
    d->readers = ARENA_ARRAY(mem, struct connection, (size_t)d->n_readers);
    d->idle = ARENA_ARRAY(mem, int, (size_t)d->n_readers);
    for (int i = d->n_readers - 1; i >= 0; i--) /* the first on top */
        d->idle[d->n_idle++] = i;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->freed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return d;
}

enum status sqlite_open(const struct db_options *o, const char *folder, struct arena *mem,
                        struct db **out, struct str *why)
{
    const bool is_new = access(str_fmt(mem, "%s/wecare.db", folder).p, F_OK) != 0;

    if (is_new && o->must_exist) {
        *why = str_fmt(mem, "there is no database in %s", folder);
        return ST_NOT_FOUND;
    }
    struct sqlite_db *d = new_db(o, folder);
    enum status st = writer_start(d, why, mem);

    if (st == ST_OK && is_new && !(keep_sync_folder_of(d->path) && keep_sync_folder_of(folder))) {
        *why = str_fmt(mem, "%s cannot be synced to the disk: %s", folder, strerror(errno));
        st = ST_UNAVAILABLE;
    }
    if (st == ST_OK)
        st = conn_open(&d->readers[0], d, false, why, mem); /* a trouble shows now, not later */
    if (!open_watch(d) && st == ST_OK) {
        *why = str_fmt(mem, "%s cannot be opened: %s", d->path, sqlite3_errmsg(d->watch));
        st = ST_UNAVAILABLE;
    }
    if (st != ST_OK) {
        sqlite_close(&d->db);
        return st;
    }
    *out = &d->db;
    return ST_OK;
}
