/*
 * postgres_private.h - what the files of the PostgreSQL engine share.
 *
 * postgres.c       connections, the pool, transactions, retries
 * postgres_run.c   statements on one connection
 * postgres_keep.c  backup, restore, check, making a database
 */
#pragma once
#include "store/engine.h"
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>

enum { MAX_OPEN = 16, FETCH_ROWS = 256 };

struct pg {
    struct db_tx tx; /* first: a db_tx is a connection */
    PGconn *h;       /* NULL until it is needed, and after it was lost */
    struct arena *mem;
    const struct db_statement **prepared; /* open addressing by address, a power of two */
    int n_slots, n_used;
    bool is_begun;    /* BEGIN was sent; it waits for the first statement */
    bool is_alone;
    bool is_lost;     /* the connection broke in this transaction */
    bool must_retry;  /* the engine asks to do the whole transaction again */
    bool is_stale;    /* prepared statements no longer fit: drop them */
    bool in_job;
    pthread_t owner;
    char xid[24];     /* of the write transaction, to learn what became of a lost commit */
    PGresult *open[MAX_OPEN]; /* results being walked; let go with the transaction at the latest */
    int n_open, n_cursors;
};

struct pg_db {
    struct db db; /* first */
    struct arena *mem;
    const char *url;
    int wait_ms;
    pthread_mutex_t lock; /* the pool below */
    pthread_cond_t freed;
    struct pg *list;
    int *idle;
    int n_all, n_idle;
    _Atomic bool is_down; /* the last attempt to connect failed */
    pthread_mutex_t watch_lock;
    char watched_words[512];
    _Atomic int64_t watched_at_us, version;
};

/* postgres.c */
PGconn *pg_connect(const char *url, const char *other_database);
enum status pg_begin(struct pg *c); /* sends what was put off */

/* postgres_run.c */
enum status pg_run(struct db_tx *tx, const struct db_statement *s, const struct db_value *params,
                   struct arena *mem, db_row each, void *arg, int64_t *n_rows);
enum status pg_exec(struct db_tx *tx, const char *sql);
/* Status of a result; notes a lost connection and a wish for a retry. NULL is a lost one. */
enum status pg_status(struct pg *c, const PGresult *r);
enum status pg_failed(struct pg *c, const char *name, const PGresult *r);
void pg_tidy(struct pg *c);
void pg_forget_prepared(struct pg *c);
/* The one text a query gives, copied; NULL when it fails or gives none. For the store itself. */
const char *pg_text(PGconn *h, const char *sql, struct arena *mem);

/* postgres_keep.c */
enum status pg_backup(struct db *d, const char *file, struct str *why, struct arena *mem);
enum status pg_check(struct db *d, struct str *why, struct arena *mem);
/* Makes the database of the url when the server has none of that name. */
bool pg_make_database(const char *url, struct str *why, struct arena *mem);
