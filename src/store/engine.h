/*
 * engine.h - what db.c asks of an engine; private to the store.
 *
 * Both engines embed struct db and struct db_tx as their first member.
 */
#pragma once
#include "store/db.h"
#include <pthread.h>
#include <stdbool.h>
#include <time.h>

struct engine {
    enum db_engine kind;
    void (*close)(struct db *d);
    enum status (*state)(struct db *d);
    enum status (*read_begin)(struct db *d, struct db_tx **out);
    void (*read_end)(struct db_tx *tx);
    enum status (*write)(struct db *d, db_job job, void *arg, bool is_alone);
    enum status (*run)(struct db_tx *tx, const struct db_statement *s,
                       const struct db_value *params, struct arena *mem, db_row each, void *arg,
                       int64_t *n_rows);
    enum status (*exec)(struct db_tx *tx, const char *sql);
    int64_t (*data_version)(struct db *d);
    enum status (*backup)(struct db *d, const char *file, struct str *why, struct arena *mem);
    enum status (*check)(struct db *d, struct str *why, struct arena *mem);
};

enum { MOST_BESIDE = 8 };

struct db {
    const struct engine *engine;
    pthread_mutex_t beside_lock;
    struct {
        const struct db_beside *kind;
        void *kept;
    } beside[MOST_BESIDE];
    int n_beside;
};

struct db_tx {
    struct db *db;
    bool may_write;
    enum status failed; /* the first statement that failed; ST_OK while all is well */
    char error[240];    /* words of the engine about it */
};

enum { DEFAULT_QUEUE = 4096, DEFAULT_WAIT_MS = 5000 };

enum status sqlite_open(const struct db_options *o, const char *folder, struct arena *mem,
                        struct db **out, struct str *why);
enum status sqlite_restore(const char *folder, const char *file, struct str *why,
                           struct arena *mem);
enum status postgres_open(const struct db_options *o, struct arena *mem, struct db **out,
                          struct str *why);
enum status postgres_restore(const struct db_options *o, const char *file, struct str *why,
                             struct arena *mem);

/* Notes the first failure of a transaction and returns st. */
enum status tx_failed(struct db_tx *tx, enum status st, const char *words);
/* What a job came to: its own status, or that of the statement it went on after. */
enum status tx_outcome(const struct db_tx *tx, enum status returned);
/* A column that holds what its declaration rules out: told to the log and to the transaction. */
enum status tx_bad_column(struct db_tx *tx, const struct db_statement *s, int column,
                          const char *what);
/* A file under a name of its own beside `file`, and putting it in place durably. */
struct str keep_part_name(struct arena *mem, const char *file);
enum status keep_put_in_place(const char *part, const char *file, struct str *why,
                              struct arena *mem);
/* fsync of the folder that holds path, so that a new or renamed name survives a power cut. */
bool keep_sync_folder_of(const char *path);
int default_readers(void);
/* An instant on the monotonic clock, for timed waits. */
struct timespec after_ms(int64_t ms);
