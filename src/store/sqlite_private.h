/*
 * sqlite_private.h - what the files of the SQLite engine share.
 *
 * sqlite.c         opening, the pool of readers, versions
 * sqlite_run.c     statements on one connection
 * sqlite_writer.c  the one writer thread with group commit
 * sqlite_keep.c    backup, restore, check
 * sqlite_faults.c  a disk that fails when a test says so (only with -Dfaults=true)
 */
#pragma once
#include "store/engine.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* One prepared statement of a connection, found by the address of its declaration. */
struct prepared {
    const struct db_statement *key; /* NULL: an empty slot */
    sqlite3_stmt *stmt;
    bool is_busy;
};

enum { MAX_NESTED = 8 };

struct connection {
    struct db_tx tx; /* first: a db_tx is a connection */
    sqlite3 *h;
    struct arena *mem;
    struct prepared *slots; /* open addressing, a power of two */
    int n_slots, n_used;
    sqlite3_stmt *begin, *commit, *rollback, *savepoint, *release, *rollback_to;
    int n_busy;                       /* prepared statements in use */
    sqlite3_stmt *spare[MAX_NESTED];  /* the same statement a second time, or one used once */
    int n_spare;
    bool is_broken; /* a write or an fsync failed: nothing is known of the disk any more */
};

struct job_node {
    db_job job;
    void *arg;
    bool is_alone;
    enum { JOB_WAITING, JOB_TAKEN } state;
    enum status st;
    _Atomic uint32_t is_done; /* a futex: the caller sleeps on it */
    struct job_node *next, *before;
};

struct writer {
    pthread_t thread;
    struct connection c;
    pthread_mutex_t lock; /* the queue below */
    pthread_cond_t work, room;
    struct job_node *first, *last;
    int n_waiting, queue_limit;
    bool is_stopping, has_thread;
    int n_wal_pages; /* after the last commit, by the hook */
};

struct sqlite_db {
    struct db db; /* first */
    struct arena *mem;
    const char *path; /* FOLDER/wecare.db */
    int wait_ms;
    struct writer w;
    pthread_mutex_t lock; /* the pool below */
    pthread_cond_t freed;
    struct connection *readers;
    int *idle; /* a stack: the warmest first */
    int n_readers, n_idle;
    _Atomic bool is_broken;
    _Atomic int64_t n_commits;
    pthread_mutex_t watch_lock;
    sqlite3 *watch; /* asks for commits of other programs */
    sqlite3_stmt *watch_stmt;
    _Atomic int64_t watched_at_us, watched;
};

/* sqlite_run.c */
enum status conn_open(struct connection *c, struct sqlite_db *d, bool may_write, struct str *why,
                      struct arena *mem);
void conn_close(struct connection *c);
/* Steps one of the connection's own statements (BEGIN and the like). */
int conn_step(struct connection *c, sqlite3_stmt *s);
/* Lets go what a job or handler left open by jumping out of the middle. */
void conn_tidy(struct connection *c);
/* From a result code to a status; notes a broken disk and an undone transaction. */
enum status conn_status(struct connection *c, int rc);
enum status sqlite_run(struct db_tx *tx, const struct db_statement *s,
                       const struct db_value *params, struct arena *mem, db_row each, void *arg,
                       int64_t *n_rows);
enum status sqlite_exec(struct db_tx *tx, const char *sql);

/* sqlite_writer.c */
enum status writer_start(struct sqlite_db *d, struct str *why, struct arena *mem);
void writer_stop(struct sqlite_db *d);
enum status sqlite_write(struct db *d, db_job job, void *arg, bool is_alone);

/* sqlite_keep.c */
enum status sqlite_backup(struct db *d, const char *file, struct str *why, struct arena *mem);
enum status sqlite_check(struct db *d, struct str *why, struct arena *mem);

/* sqlite_faults.c: the VFS to open with; NULL is SQLite's own. */
const char *sqlite_faults_vfs(void);
