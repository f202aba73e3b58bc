/*
 * powercut_writer.c - many threads write pairs of rows through the store, and say in the log which
 * were acknowledged.
 *
 * Use     powercut_writer FOLDER LOG THREADS JOBS     (under record.so; JOBS for each thread)
 * Keys    SELECT CAST(k AS TEXT) FROM pair WHERE half = 1
 * None    a k with one half only, or a total that does not match, means that a job was torn
 */
#include "base/clock.h"
#include "base/random.h"
#include "cutlog.h"
#include "store/db.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const enum db_type types[] = {DB_INT, DB_INT, DB_TEXT};
static const struct db_statement add_half = {
    .name = "add_half",
    .sqlite = "INSERT INTO pair (k, half, words) VALUES (?1, ?2, ?3)",
    .params = types,
    .n_params = 3,
    .writes = true};
static const struct db_statement add_total = {
    .name = "add_total", .sqlite = "UPDATE total SET n = n + 1", .writes = true};

struct hand {
    struct db *db;
    int log_fd, who, n_jobs, n_ok;
    int64_t k;
};

static enum status make_job(struct db_tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "CREATE TABLE IF NOT EXISTS pair (k BIGINT, half BIGINT, words TEXT, PRIMARY KEY (k, half));"
                       "CREATE TABLE IF NOT EXISTS total (n BIGINT);"
                       "INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM total)");
}

static enum status pair_job(struct db_tx *tx, void *arg)
{
    const struct hand *h = arg;
    char words[400];
    enum status st = ST_OK;

    memset(words, 'a' + (int)(h->k % 26), sizeof words);
    for (int64_t half = 1; st == ST_OK && half <= 2; half++) {
        const struct db_value v[] = {{.type = DB_INT, .i = h->k},
                                     {.type = DB_INT, .i = half},
                                     {.type = DB_TEXT, .s = {words, 100 + (size_t)(h->k % 300)}}};

        st = db_run(tx, &add_half, v, NULL, NULL, NULL, NULL);
    }
    if (st == ST_OK)
        st = db_run(tx, &add_total, NULL, NULL, NULL, NULL, NULL);
    return st == ST_OK && h->k % 11 == 0 ? ST_DENIED : st; /* some change their mind */
}

static void acknowledge(const struct hand *h)
{
    char key[24];
    const int n = snprintf(key, sizeof key, "%lld", (long long)h->k);
    struct cut_record r = {.magic = CUT_MAGIC, .kind = CUT_ACK, .n_bytes = (uint64_t)n};
    const struct iovec parts[] = {{&r, sizeof r}, {key, (size_t)n}};

    if (writev(h->log_fd, parts, 2) != (ssize_t)sizeof r + n)
        abort();
}

static void *work(void *arg)
{
    struct hand *h = arg;

    for (int i = 0; i < h->n_jobs; i++) {
        h->k = (int64_t)i * 1000 + h->who;
        if (db_write(h->db, pair_job, h) == ST_OK) {
            acknowledge(h);
            h->n_ok++;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new(0);
    struct hand hands[64];
    pthread_t threads[64];
    struct str why;
    struct db *db;
    int n_ok = 0;

    if (argc != 5 || atoi(argv[3]) < 1 || atoi(argv[3]) > 64) {
        fprintf(stderr, "use: powercut_writer FOLDER LOG THREADS JOBS\n");
        return 2;
    }
    const int n = atoi(argv[3]), log_fd = open(argv[2], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

    clock_init();
    random_init();
    if (log_fd < 0 || db_open(&(struct db_options){.url = str_fmt(mem, "sqlite:%s", argv[1]).p, .wait_ms = 60000},
                              mem, &db, &why) != ST_OK ||
        db_write(db, make_job, NULL) != ST_OK)
        return 1;
    for (int i = 0; i < n; i++) {
        hands[i] = (struct hand){.db = db, .log_fd = log_fd, .who = i, .n_jobs = atoi(argv[4])};
        pthread_create(&threads[i], NULL, work, &hands[i]);
    }
    for (int i = 0; i < n; i++) {
        pthread_join(threads[i], NULL);
        n_ok += hands[i].n_ok;
    }
    db_close(db);
    printf("%d acknowledged\n", n_ok);
    arena_free(mem);
    return 0;
}
