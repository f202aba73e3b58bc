#include "store/db.h"
#include "base/fault.h"
#include "base/log.h"
#include "store/engine.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char sqlite_scheme[] = "sqlite:";

static bool is_sqlite(const char *url)
{
    return strncmp(url, sqlite_scheme, sizeof sqlite_scheme - 1) == 0;
}

static bool is_postgres(const char *url)
{
    return strncmp(url, "postgres://", 11) == 0 || strncmp(url, "postgresql://", 13) == 0;
}

enum status db_open(const struct db_options *o, struct arena *mem, struct db **out, struct str *why)
{
    enum status st = ST_INVALID;

    *out = NULL;
    *why = (struct str){"", 0};
    if (o->url != NULL && is_sqlite(o->url))
        st = sqlite_open(o, o->url + sizeof sqlite_scheme - 1, mem, out, why);
    else if (o->url != NULL && is_postgres(o->url))
        st = postgres_open(o, mem, out, why);
    else
        *why = STR("the store is neither sqlite:FOLDER nor postgres://...");
    if (st == ST_OK)
        pthread_mutex_init(&(*out)->beside_lock, NULL);
    return st;
}

enum status db_restore(const struct db_options *o, const char *file, struct str *why,
                       struct arena *mem)
{
    *why = (struct str){"", 0};
    if (o->url != NULL && is_sqlite(o->url))
        return sqlite_restore(o->url + sizeof sqlite_scheme - 1, file, why, mem);
    if (o->url != NULL && is_postgres(o->url))
        return postgres_restore(o, file, why, mem);
    *why = STR("the store is neither sqlite:FOLDER nor postgres://...");
    return ST_INVALID;
}

void db_close(struct db *d)
{
    if (d == NULL)
        return;
    for (int i = d->n_beside - 1; i >= 0; i--)
        d->beside[i].kind->end(d->beside[i].kept, d);
    pthread_mutex_destroy(&d->beside_lock);
    d->engine->close(d);
}

void *db_beside(struct db *d, const struct db_beside *kind)
{
    int i = 0;

    pthread_mutex_lock(&d->beside_lock);
    while (i < d->n_beside && d->beside[i].kind != kind)
        i++;
    if (i == MOST_BESIDE)
        bug("no room beside the database for %s", kind->name);
    if (i == d->n_beside) {
        d->beside[i].kind = kind;
        d->beside[i].kept = kind->make(d);
        d->n_beside++;
    }
    void *const kept = d->beside[i].kept;

    pthread_mutex_unlock(&d->beside_lock);
    return kept;
}

struct db *db_of(struct db_tx *tx)
{
    return tx->db;
}

bool db_may_write(const struct db_tx *tx)
{
    return tx->may_write;
}

enum db_engine db_engine_of(const struct db *d)
{
    return d->engine->kind;
}

enum status db_state(struct db *d)
{
    return d->engine->state(d);
}

enum status db_read_begin(struct db *d, struct db_tx **out)
{
    *out = NULL;
    return d->engine->read_begin(d, out);
}

void db_read_end(struct db_tx *tx)
{
    tx->db->engine->read_end(tx);
}

enum status db_write(struct db *d, db_job job, void *arg)
{
    return d->engine->write(d, job, arg, false);
}

enum status db_write_alone(struct db *d, db_job job, void *arg)
{
    return d->engine->write(d, job, arg, true);
}

enum status db_run(struct db_tx *tx, const struct db_statement *s, const struct db_value *params,
                   struct arena *mem, db_row each, void *arg, int64_t *n_rows)
{
    int64_t ignored;

    if (tx == NULL)
        bug("%s without a transaction: its route says TX_NONE", s->name);
    if (s->writes && !tx->may_write)
        bug("%s writes in a read transaction: its route says TX_READ", s->name);
    if (s->n_columns > DB_MAX_COLUMNS || s->n_params > DB_MAX_PARAMS)
        bug("%s has too many columns or parameters", s->name);
    n_rows = n_rows == NULL ? &ignored : n_rows;
    *n_rows = 0;
    if (tx->failed != ST_OK)
        return tx->failed;
    if (fault_hit("store.run"))
        return tx_failed(tx, ST_UNAVAILABLE, "fault store.run");
    return tx->db->engine->run(tx, s, params, mem, each, arg, n_rows);
}

enum status db_exec(struct db_tx *tx, const char *sql)
{
    return tx->failed != ST_OK ? tx->failed : tx->db->engine->exec(tx, sql);
}

struct str db_error(struct db_tx *tx)
{
    return str_of(tx->error);
}

int64_t db_data_version(struct db *d)
{
    return d->engine->data_version(d);
}

enum status db_backup(struct db *d, const char *file, struct str *why, struct arena *mem)
{
    *why = (struct str){"", 0};
    if (access(file, F_OK) == 0) {
        *why = str_fmt(mem, "%s is there already: give the name of a new file", file);
        return ST_CONFLICT;
    }
    return d->engine->backup(d, file, why, mem);
}

enum status db_check(struct db *d, struct str *why, struct arena *mem)
{
    *why = (struct str){"", 0};
    return d->engine->check(d, why, mem);
}

/* ---- for the engines ---- */

enum status tx_failed(struct db_tx *tx, enum status st, const char *words)
{
    if (tx->failed == ST_OK) {
        tx->failed = st;
        snprintf(tx->error, sizeof tx->error, "%s", words);
    }
    return st;
}

enum status tx_outcome(const struct db_tx *tx, enum status returned)
{
    return returned == ST_OK ? tx->failed : returned;
}

enum status tx_bad_column(struct db_tx *tx, const struct db_statement *s, int column,
                          const char *what)
{
    char words[200];

    snprintf(words, sizeof words, "%s: column %d %s", s->name, column + 1, what);
    log_event(LOG_ERROR, "store-column", LOG_Z("statement", s->name), LOG_INT("column", column + 1),
              LOG_Z("what", what), LOG_END);
    return tx_failed(tx, ST_UNAVAILABLE, words);
}

struct str keep_part_name(struct arena *mem, const char *file)
{
    return str_fmt(mem, "%s.%ld.part", file, (long)getpid());
}

bool keep_sync_folder_of(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');

    if (strlen(path) >= sizeof folder)
        return false;
    snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path) + 1,
             slash == NULL ? "." : path);
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_synced = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return is_synced;
}

enum status keep_put_in_place(const char *part, const char *file, struct str *why,
                              struct arena *mem)
{
    const int fd = open(part, O_RDONLY | O_CLOEXEC);
    const bool is_synced = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    if (is_synced && rename(part, file) == 0 && keep_sync_folder_of(file))
        return ST_OK;
    *why = str_fmt(mem, "%s cannot be written: %s", file, strerror(errno));
    unlink(part);
    return ST_UNAVAILABLE;
}

int default_readers(void)
{
    const long n_cores = sysconf(_SC_NPROCESSORS_ONLN);

    return n_cores < 2 ? 4 : n_cores > 16 ? 32 : (int)n_cores * 2;
}

struct timespec after_ms(int64_t ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}
