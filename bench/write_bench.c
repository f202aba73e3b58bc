/*
 * write_bench.c - durable single-row writes by many at once, beside two usual ways of doing it.
 *
 * Use     write_bench [SECONDS]      folder: TMPDIR or /var/tmp (a real disk, not memory)
 *         WECARE_TEST_STORE=postgres://... adds the same on PostgreSQL
 * Rounds  five of each, in turns, so that a busy minute of the machine hits all alike; medians.
 * Exit    1 when the writer thread is below what is promised: 5,000 a second, worst wait 250 ms.
 */
#include "base/clock.h"
#include "base/macros.h"
#include "base/random.h"
#include "store/db.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N_THREADS = 16, N_ROUNDS = 5, MUST_PER_S = 5000, MUST_WAIT_MS = 250 };

static const char words[] = "one row of about a hundred bytes, as a note or an aid that an operator logs at a desk";

static const enum db_type types[] = {DB_INT, DB_INT, DB_TEXT};
static const struct db_statement add_row = {
    .name = "bench_add",
    .sqlite = "INSERT INTO line (who, n, words) VALUES (?1, ?2, ?3)",
    .postgres = "INSERT INTO line (who, n, words) VALUES ($1, $2, $3)",
    .params = types,
    .n_params = 3,
    .writes = true};

static const char make_table[] =
    "CREATE TABLE line (who BIGINT NOT NULL, n BIGINT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (who, n))";

struct way;

struct stage {
    const struct way *way;
    struct arena *mem;
    struct db *db;
    char folder[200], path[240];
    sqlite3 *one;
    pthread_mutex_t lock;
    _Atomic int64_t end_us;
};

struct hand {
    struct stage *s;
    pthread_t thread;
    int64_t who, n_done, n_failed, worst_us;
    sqlite3 *own;
    sqlite3_stmt *stmt;
};

struct way {
    const char *name;
    const char *url; /* "" for SQLite in the folder, NULL for SQLite without the store */
    void (*begin)(struct hand *h);
    bool (*write)(struct hand *h);
    void (*end)(struct hand *h);
};

/* ---- the store ---- */

static enum status add_job(struct db_tx *tx, void *arg)
{
    const struct hand *h = arg;
    const struct db_value v[] = {{.type = DB_INT, .i = h->who},
                                 {.type = DB_INT, .i = h->n_done},
                                 {.type = DB_TEXT, .s = {words, sizeof words - 1}}};

    return db_run(tx, &add_row, v, NULL, NULL, NULL, NULL);
}

static bool write_store(struct hand *h)
{
    return db_write(h->s->db, add_job, h) == ST_OK;
}

static void nothing(struct hand *h)
{
    (void)h;
}

/* ---- the usual ways ---- */

static sqlite3 *plain_open(const char *path)
{
    sqlite3 *h = NULL;

    if (sqlite3_open(path, &h) != SQLITE_OK ||
        sqlite3_exec(h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=60000", NULL,
                     NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "write_bench: %s: %s\n", path, sqlite3_errmsg(h));
        exit(1);
    }
    return h;
}

static sqlite3_stmt *plain_prepare(sqlite3 *h)
{
    sqlite3_stmt *s = NULL;

    sqlite3_prepare_v2(h, add_row.sqlite, -1, &s, NULL);
    return s;
}

static bool plain_write(struct hand *h)
{
    sqlite3_bind_int64(h->stmt, 1, h->who);
    sqlite3_bind_int64(h->stmt, 2, h->n_done);
    sqlite3_bind_text(h->stmt, 3, words, sizeof words - 1, SQLITE_STATIC);
    const bool is_done = sqlite3_step(h->stmt) == SQLITE_DONE;

    sqlite3_reset(h->stmt);
    return is_done;
}

static void begin_shared(struct hand *h)
{
    h->stmt = plain_prepare(h->s->one);
}

static bool write_locked(struct hand *h)
{
    pthread_mutex_lock(&h->s->lock);
    const bool is_done = plain_write(h);

    pthread_mutex_unlock(&h->s->lock);
    return is_done;
}

static void begin_own(struct hand *h)
{
    h->own = plain_open(h->s->path);
    h->stmt = plain_prepare(h->own);
}

static void end_plain(struct hand *h)
{
    sqlite3_finalize(h->stmt);
    sqlite3_close(h->own);
}

/* ---- a round ---- */

static void *work(void *arg)
{
    struct hand *h = arg;

    for (;;) {
        const int64_t began_us = clock_mono_us();

        if (began_us >= h->s->end_us)
            return NULL;
        if (h->s->way->write(h))
            h->n_done++;
        else
            h->n_failed++;
        const int64_t took_us = clock_mono_us() - began_us;

        h->worst_us = took_us > h->worst_us ? took_us : h->worst_us;
    }
}

static enum status exec_job(struct db_tx *tx, void *sql)
{
    return db_exec(tx, sql);
}

static void open_stage(struct stage *s)
{
    const char *tmp = getenv("TMPDIR");
    const char *url;
    struct str why = {"", 0};

    snprintf(s->folder, sizeof s->folder, "%s/wecare-bench-XXXXXX", tmp == NULL ? "/var/tmp" : tmp);
    if (mkdtemp(s->folder) == NULL) {
        perror(s->folder);
        exit(1);
    }
    snprintf(s->path, sizeof s->path, "%s/wecare.db", s->folder);
    pthread_mutex_init(&s->lock, NULL);
    s->mem = arena_new(0);
    if (s->way->url == NULL) {
        s->one = plain_open(s->path);
        sqlite3_exec(s->one, make_table, NULL, NULL, NULL);
        return;
    }
    url = *s->way->url != '\0' ? s->way->url : str_fmt(s->mem, "sqlite:%s", s->folder).p;
    if (db_open(&(struct db_options){.url = url, .n_readers = N_THREADS, .wait_ms = 60000}, s->mem, &s->db,
                &why) != ST_OK ||
        (*s->way->url != '\0' && db_write(s->db, exec_job, "DROP TABLE IF EXISTS line") != ST_OK) ||
        db_write(s->db, exec_job, (void *)make_table) != ST_OK) {
        fprintf(stderr, "write_bench: %s: %.*s\n", url, (int)why.n, why.p);
        exit(1);
    }
}

static void close_stage(struct stage *s)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[260];

    if (s->way->url != NULL && *s->way->url != '\0')
        db_write(s->db, exec_job, "DROP TABLE line");
    db_close(s->db);
    sqlite3_close(s->one);
    for (int i = 0; i < ARRAY_LEN(ends); i++) {
        snprintf(path, sizeof path, "%s%s", s->path, ends[i]);
        unlink(path);
    }
    rmdir(s->folder);
    arena_free(s->mem);
    pthread_mutex_destroy(&s->lock);
}

struct figure {
    double per_s, worst_ms;
    int64_t n_failed;
};

static struct figure run_round(const struct way *way, double seconds)
{
    struct stage s = {.way = way};
    struct hand hands[N_THREADS];
    struct figure f = {0};
    int64_t n = 0;

    open_stage(&s);
    for (int i = 0; i < N_THREADS; i++) {
        hands[i] = (struct hand){.s = &s, .who = i};
        way->begin(&hands[i]);
    }
    const int64_t began_us = clock_mono_us();

    s.end_us = began_us + (int64_t)(seconds * 1e6);
    for (int i = 0; i < N_THREADS; i++)
        pthread_create(&hands[i].thread, NULL, work, &hands[i]);
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(hands[i].thread, NULL);
        n += hands[i].n_done;
        f.n_failed += hands[i].n_failed;
        f.worst_ms = (double)hands[i].worst_us / 1e3 > f.worst_ms ? (double)hands[i].worst_us / 1e3 : f.worst_ms;
    }
    f.per_s = (double)n * 1e6 / (double)(clock_mono_us() - began_us);
    for (int i = 0; i < N_THREADS; i++)
        way->end(&hands[i]);
    close_stage(&s);
    return f;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static struct figure median(const struct figure list[N_ROUNDS])
{
    double per_s[N_ROUNDS], worst[N_ROUNDS];
    struct figure f = {0};

    for (int i = 0; i < N_ROUNDS; i++) {
        per_s[i] = list[i].per_s;
        worst[i] = list[i].worst_ms;
        f.n_failed += list[i].n_failed;
    }
    qsort(per_s, N_ROUNDS, sizeof *per_s, by_size);
    qsort(worst, N_ROUNDS, sizeof *worst, by_size);
    f.per_s = per_s[N_ROUNDS / 2];
    f.worst_ms = worst[N_ROUNDS / 2];
    return f;
}

int main(int argc, char **argv)
{
    const char *server = getenv("WECARE_TEST_STORE");
    char url[400] = "";
    const double seconds = argc > 1 ? atof(argv[1]) : 1.0;
    struct way ways[] = {
        {"SQLite, writer thread with group commit", "", nothing, write_store, nothing},
        {"SQLite, mutex and a commit each", NULL, begin_shared, write_locked, end_plain},
        {"SQLite, 16 connections with busy_timeout", NULL, begin_own, plain_write, end_plain},
        {"PostgreSQL, 16 connections", url, nothing, write_store, nothing}};
    const bool has_server = server != NULL && strncmp(server, "postgres", 8) == 0;
    const int n_ways = ARRAY_LEN(ways) - !has_server;
    struct figure all[ARRAY_LEN(ways)][N_ROUNDS];

    clock_init();
    random_init();
    if (has_server)
        snprintf(url, sizeof url, "%s%swecare_bench", server, server[strlen(server) - 1] == '/' ? "" : "/");
    for (int r = 0; r < N_ROUNDS; r++)
        for (int w = 0; w < n_ways; w++)
            all[w][r] = run_round(&ways[w], seconds);
    printf("durable single-row writes, %d threads, medians of %d rounds of %.1f s\n", N_THREADS, N_ROUNDS, seconds);
    for (int w = 0; w < n_ways; w++) {
        const struct figure f = median(all[w]);

        printf("%-42s %9.0f writes/s   worst wait %8.1f ms   refused %lld\n", ways[w].name, f.per_s, f.worst_ms,
               (long long)f.n_failed);
    }
    const struct figure ours = median(all[0]);
    const bool is_kept = ours.per_s >= MUST_PER_S && ours.worst_ms <= MUST_WAIT_MS && ours.n_failed == 0;

    printf("must: %d writes/s, worst wait %d ms: %s\n", MUST_PER_S, MUST_WAIT_MS, is_kept ? "kept" : "NOT KEPT");
    return is_kept ? 0 : 1;
}
