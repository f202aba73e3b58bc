/*
 * people_scale_desk.c - the check of one record at the desk, end to end in process: what was typed is normalised, its keys are
 * looked up in the database, the records that share one are compared and scored. Cold is the first look after the pages of
 * the database were thrown out of memory.
 */
#include "base/arena.h"
#include "core/people/people_index.h"
#include "core/people/people_testing.h"
#include "people_scale.h"
#include "people_sql.h"
#include "store/store_testing.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CHECKS = 5000, COLD = 200 };

static const unsigned char secret[PEOPLE_KEY_BYTES] = {42};

static double now_ms(clockid_t c)
{
    struct timespec t;

    clock_gettime(c, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

struct filled {
    const struct people_set *set;
    struct people_filling *filling;
};

static enum status fill(struct db_tx *tx, void *arg)
{
    struct filled *f = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    const enum status st = people_filling_put(&c, f->filling);

    arena_free(mem);
    return st;
}

static uint64_t build(struct store_testing *t, const struct people_set *set)
{
    struct arena *mem = arena_new(0);
    struct filled f = {set, people_filling_new(mem)};
    struct watch w = watch_start();
    uint64_t n = 0;

    for (uint32_t i = 0; i < people_set_count(set); i++) {
        uint64_t keys[PEOPLE_PASSES];

        people_block_keys(set, i, secret, keys);
        if (people_filling_add(f.filling, i, keys) != ST_OK)
            exit(1);
        for (int pass = 0; pass < PEOPLE_PASSES; pass++)
            n += keys[pass] != 0;
    }
    watch_say(&w, "keys for the index");
    w = watch_start();
    if (db_write_alone(t->db, fill, &f) != ST_OK)
        exit(1);
    watch_say(&w, "index in the database");
    people_filling_free(f.filling);
    arena_free(mem);
    return n;
}

static void say_size(struct store_testing *t, uint64_t n_rows)
{
    const int64_t bytes = store_testing_number(t, store_testing_engine() == DB_SQLITE
                                                      ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                                                      : "SELECT pg_total_relation_size('people_index')");

    printf("index: %llu rows, %.0f MB\n", (unsigned long long)n_rows, (double)bytes / 1048576);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void say(const char *what, double *ms, int n)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += ms[i];
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%-36s mean %7.3f  p50 %7.3f  p99 %7.3f  worst %7.3f ms\n", what, sum / n, ms[n / 2], ms[n * 99 / 100], ms[n - 1]);
    fflush(stdout);
}

struct desk {
    struct db *db;
    struct people_set *set;
    struct people_scorer *scorer;
    struct people_comparer *comparer;
    double n_candidates, n_links;
};

/* As the portal would: nothing of it is known before but what was typed. */
static void check(struct desk *d, const struct people_raw *typed)
{
    struct arena *own = arena_new(0);
    struct ctx c = ctx_new(own, &actor_keeper, LANG_IT);
    uint64_t keys[PEOPLE_PASSES];
    struct db_tx *tx;
    int64_t *ids;
    size_t n = 0;
    const uint32_t one = people_set_add(d->set, typed);

    people_scorer_follow(d->scorer);
    people_block_keys(d->set, one, secret, keys);
    if (db_read_begin(d->db, &tx) != ST_OK)
        exit(1);
    c.tx = tx;
    if (people_stored_find(&c, keys, PEOPLE_MAX_BLOCK, &ids, &n) != ST_OK)
        exit(1);
    db_read_end(tx);
    for (size_t i = 0; i < n; i++)
        d->n_links += people_score(d->scorer, (uint32_t)ids[i], one, people_compare(d->comparer, (uint32_t)ids[i], one)) >= -3;
    d->n_candidates += (double)n;
    arena_free(own);
}

/* Every so many of the population comes to a desk once more. */
static int check_some(struct desk *d, uint32_t n_persons, uint32_t n_records, int most, double *passed, double *cpu)
{
    struct arena *mem = arena_new(0);
    struct people_world *w = people_world_new(mem, 1, n_persons);
    struct people_told told;
    const uint32_t step = n_records / (uint32_t)most + 1;
    int n = 0;

    for (uint32_t i = 0; n < most && people_world_next(w, &told); i++) {
        if (i % step != step / 2)
            continue;
        const double from = now_ms(CLOCK_MONOTONIC), from_cpu = now_ms(CLOCK_THREAD_CPUTIME_ID);

        check(d, &told.raw);
        passed[n] = now_ms(CLOCK_MONOTONIC) - from;
        cpu[n++] = now_ms(CLOCK_THREAD_CPUTIME_ID) - from_cpu;
    }
    arena_free(mem);
    return n;
}

static void throw_out(const struct store_testing *t)
{
    char file[300];

    snprintf(file, sizeof file, "%s/wecare.db", t->folder);
    const int fd = open(file, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return;
    fsync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
}

void people_scale_desk(struct people_set *set, const struct people_model *m, uint32_t n_persons)
{
    struct store_testing t;
    struct arena *mem = arena_new(0);
    struct desk d = {.set = set};
    const uint32_t n_records = people_set_count(set);
    double *passed = ARENA_ARRAY(mem, double, CHECKS), *cpu = ARENA_ARRAY(mem, double, CHECKS);
    struct watch w;

    store_testing_begin(&t, people_migrations, people_n_migrations);
    const uint64_t n_rows = build(&t, set);

    say_size(&t, n_rows);
    w = watch_start();
    d.scorer = people_scorer_new(mem, set, m);
    d.comparer = people_comparer_new(mem, set);
    watch_say(&w, "frequencies bound to records");
    store_testing_reopen(&t, &(struct db_options){0});
    d.db = t.db;
    if (store_testing_engine() == DB_SQLITE) {
        throw_out(&t);
        const int n_cold = check_some(&d, n_persons, n_records, COLD, passed, cpu);

        say("check at the desk, pages not in memory", passed, n_cold);
    }
    for (int round = 0; round < 2; round++) {
        d.n_candidates = d.n_links = 0;
        const int n = check_some(&d, n_persons, n_records, CHECKS, passed, cpu);

        if (round == 0)
            continue; /* to warm */
        say("check at the desk, warm", passed, n);
        say("  the same in processor time", cpu, n);
        printf("  records looked at a check %.1f, links %.1f\n", d.n_candidates / n, d.n_links / n);
    }
    watch_say(&w, "all checks");
    store_testing_end(&t);
    arena_free(mem);
}
