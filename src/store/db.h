/*
 * db.h - the database contract: one small set of calls, two engines behind it.
 *
 * Engines sqlite:DIR  one file DIR/wecare.db, WAL, synchronous=FULL, a pool of readers and one
 *         writer thread with group commit and a savepoint per job.
 *         postgres://...  libpq, prepared statements, a pool, retry on serialisation failure.
 * Durable db_write returns ST_OK only when the change would survive a power cut.
 * Errors  ST_UNAVAILABLE: the engine failed, nothing was changed. ST_BUSY: the queue or the pool
 *         is full for longer than its limit. ST_CONFLICT: a constraint was broken by this job.
 *         A failed statement ends its transaction: what follows in it fails alike, and a job that
 *         returns ST_OK all the same is undone and gets the status of that statement. So expected
 *         clashes are said in SQL: ON CONFLICT DO NOTHING.
 * Broken  when a write or fsync fails, what the disk holds is not known any more: no further write
 *         is acknowledged, reads go on, db_state says so, and the program is to be started anew.
 *         A full disk is no such case: writes are refused with ST_UNAVAILABLE until there is room.
 * Threads every call may come from any thread; a db_tx belongs to the thread that got it.
 * Traps   a job's arena may spring its trap (arena.h) only to a setjmp inside the job itself, which
 *         then returns a status: a jump past db_write would tear the writer thread's frames. The
 *         frames of db_run may be jumped over: what they hold is let go with the transaction.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct db;
struct db_tx;

enum db_engine { DB_SQLITE, DB_POSTGRES };

struct db_options {
    const char *url;    /* "sqlite:DIR" or "postgres://..." */
    int n_readers;      /* connections that read; 0: a default by the number of cores */
    int queue_limit;    /* writes waiting before ST_BUSY; 0: default 4096 */
    int wait_ms;        /* the longest wait for a connection; 0: default 5000 */
    bool must_exist;    /* refuse to create a new database */
};

/* Opens and checks; *why gets one English sentence for the administrator on failure. */
enum status db_open(const struct db_options *o, struct arena *mem, struct db **out,
                    struct str *why);
void db_close(struct db *d); /* waits for writes in flight; NULL is fine */
enum db_engine db_engine_of(const struct db *d);

/* ST_OK, or ST_UNAVAILABLE when the database is broken (above) or its server cannot be reached:
 * what /health tells. */
enum status db_state(struct db *d);

/* A read transaction: one consistent snapshot. Ends with db_read_end, always. */
enum status db_read_begin(struct db *d, struct db_tx **out);
void db_read_end(struct db_tx *tx);

/* A write is a job: it runs in one transaction (possibly twice, when the engine asks for a
 * retry) and must have no effect outside the database. It is committed when it returns ST_OK and
 * undone otherwise. db_write returns the job's status once the outcome is durable. A job that
 * calls db_write is a bug(). */
typedef enum status (*db_job)(struct db_tx *tx, void *arg);
enum status db_write(struct db *d, db_job job, void *arg);

/* A long write by the command line (an import): one transaction of its own, others wait. */
enum status db_write_alone(struct db *d, db_job job, void *arg);

/* ---- statements: called by what tools/sqlc makes from sql/?.sql, hardly ever by hand ---- */

enum db_type {
    DB_INT,
    DB_REAL,
    DB_TEXT,
    DB_BLOB,
    DB_NULLABLE = 8 /* added to the type of a column that may be NULL */
};
enum { DB_MAX_COLUMNS = 64, DB_MAX_PARAMS = 64 };

struct db_value {
    enum db_type type;
    bool is_null;
    int64_t i;
    double r;
    struct str s; /* text or blob; from a row: in the arena given to the call, or borrowed */
};

struct db_statement {
    const char *name;     /* "places_comune_by_istat": log lines and errors name it */
    const char *sqlite;   /* with ?1 ?2 */
    const char *postgres; /* with $1 $2 */
    const enum db_type *params;
    int n_params;
    const enum db_type *columns;
    int n_columns;
    bool writes;
    bool is_once; /* made by hand and on the stack: not kept prepared */
}; /* else static and const: its address is the key of the prepared statement in a connection */

/* Called once per row, values in column order; returning false stops early (ST_OK). */
typedef bool (*db_row)(void *arg, const struct db_value *columns);

/* Runs to the end, or until each returns false. *n_rows (may be NULL) gets rows seen, or rows
 * changed for a statement without columns. Text goes into mem; with mem NULL (long exports) it is
 * borrowed and gone when the callback returns, and rows are fetched bit by bit. A callback may run
 * other statements on the same transaction. ST_UNAVAILABLE, with a line in the log, when a column
 * is NULL or of another type than declared. */
enum status db_run(struct db_tx *tx, const struct db_statement *s, const struct db_value *params,
                   struct arena *mem, db_row each, void *arg, int64_t *n_rows);

/* Text straight to the engine: migrations, checks and tests only. */
enum status db_exec(struct db_tx *tx, const char *sql);

/* Words of the last engine error on this transaction, for logs; never shown to people. */
struct str db_error(struct db_tx *tx);

/* A number that differs whenever committed data may differ; for caches. Cheap. */
int64_t db_data_version(struct db *d);

/* ---- what a slice keeps in memory beside a database ---- */

/* An index made from its rows, counts on their way to it: there are no mutable globals. Made once,
 * by the first that asks; db_close ends it before the engine closes, so that end may still write. */
struct db_beside {
    const char *name;
    void *(*make)(struct db *d); /* quick; asks for no other such thing */
    void (*end)(void *kept, struct db *d);
};
/* The same for as long as the database is open; kind is static: its address is the key. */
void *db_beside(struct db *d, const struct db_beside *kind);
/* The database a transaction belongs to; what is in the transaction may still be undone. */
struct db *db_of(struct db_tx *tx);
/* True in a write transaction: what it reads others cannot see yet. */
bool db_may_write(const struct db_tx *tx);

/* ---- keeping ---- */

/* A consistent copy while the portal runs, in a new file (an old one is not written over).
 * SQLite: one file; PostgreSQL: pg_dump's own format. */
enum status db_backup(struct db *d, const char *file, struct str *why, struct arena *mem);
/* Into an empty or replaced database, checked before it takes the place of the old one. The
 * caller has not got the database open; ST_BUSY when another program has. */
enum status db_restore(const struct db_options *o, const char *file, struct str *why,
                       struct arena *mem);
/* Integrity of pages and foreign keys; *why names the first trouble. */
enum status db_check(struct db *d, struct str *why, struct arena *mem);
