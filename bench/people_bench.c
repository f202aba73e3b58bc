/*
 * people_bench.c - what recognising people costs, on an invented population: the Jaro-Winkler kernel on pairs of
 * different names (as it stands in books, portable, and each wide path of this processor), whole pairs, a batch from
 * records to persons, and the check of one record at the desk with the index in memory and in a database. One core,
 * in its own processor time; kernel and pairs are medians of five.
 *
 * usage: people_bench [PERSONS] [--pairs | --no-store]      PERSONS: 40000 (about 100,000 records); --pairs: kernel and
 * whole pairs alone
 */
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/text.h"
#include "core/people/people_cluster.h"
#include "core/people/people_index.h"
#include "core/people/people_measure.h"
#include "core/people/people_testing.h"
#include "people_sql.h"
#include "store/store_testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { NAMES = 4096, CHECKS = 5000, ROUNDS = 5, PAIRS = 2000000 };

static const unsigned char secret[PEOPLE_KEY_BYTES] = {42};

/* Processor time of this thread: others at work on the machine are not counted. */
static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static double seconds(int64_t from)
{
    return (double)(now_us() - from) / 1e6;
}

static double rss_mb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *list, int n)
{
    qsort(list, (size_t)n, sizeof *list, by_value);
    return list[n / 2];
}

/* The baseline: Jaro-Winkler as books have it, letter by letter. */
static double of_the_books(const char a[32], size_t na, const char b[32], size_t nb)
{
    bool taken_a[32] = {false}, taken_b[32] = {false};
    const size_t most = na > nb ? na : nb, reach = most / 2 < 1 ? 0 : most / 2 - 1;
    size_t m = 0, moved = 0, k = 0, same = 0;

    if (na == 0 || nb == 0)
        return na == nb;
    for (size_t i = 0; i < na; i++)
        for (size_t j = i > reach ? i - reach : 0; j < nb && j <= i + reach; j++)
            if (!taken_b[j] && a[i] == b[j]) {
                taken_a[i] = taken_b[j] = true;
                m++;
                break;
            }
    if (m == 0)
        return 0;
    for (size_t i = 0; i < na; i++)
        if (taken_a[i]) {
            while (!taken_b[k])
                k++;
            moved += a[i] != b[k++];
        }
    const double d = (double)m, jaro = (d / (double)na + d / (double)nb + (d - (double)(moved / 2)) / d) / 3;

    while (same < 4 && same < na && same < nb && a[same] == b[same])
        same++;
    return jaro <= 0.7 ? jaro : jaro + (double)same * 0.1 * (1 - jaro);
}

/* Names as they lie in the population, each with all others. */
static void kernel(const struct people_set *set, const char *name, people_jw_fn jw)
{
    const uint32_t n = people_set_n_values(set, PEOPLE_OF_NAME) < NAMES ? people_set_n_values(set, PEOPLE_OF_NAME) : NAMES;
    double sum = 0, rate[ROUNDS];

    for (int round = 0; round < ROUNDS; round++) {
        const int64_t from = now_us();
        uint64_t done = 0;

        sum = 0;
        for (uint32_t a = 1; a < n; a += 3)
            for (uint32_t b = 1; b < n; b++)
                if (a != b) {
                    const struct people_name *x = people_set_name(set, a), *y = people_set_name(set, b);

                    sum += jw(x->joined, x->n, y->joined, y->n);
                    done++;
                }
        rate[round] = (double)done / seconds(from) / 1e6;
    }
    printf("Jaro-Winkler, %-12s %8.1f M/s   (checksum %.6f)\n", name, median(rate, ROUNDS), sum);
}

static void kernels(const struct people_set *set)
{
    struct people_jw_path paths[PEOPLE_JW_PATHS];
    const int n = people_jw32_paths(paths);

    kernel(set, "of the books", of_the_books);
    for (int i = n - 1; i >= 0; i--)
        kernel(set, paths[i].name, paths[i].of);
}

static void say_times(const char *what, double *ms, int n)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += ms[i];
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%-36s mean %.3f ms  p99 %.3f ms  worst %.3f ms\n", what, sum / n, ms[n * 99 / 100], ms[n - 1]);
}

static void check_in_memory(struct arena *mem, struct people_set *set, const struct people_model *m)
{
    struct people_index *ix = people_index_new(mem, set, m, secret, PEOPLE_MAX_BLOCK);
    const uint32_t n = people_set_count(set);
    double *ms = ARENA_ARRAY(mem, double, CHECKS);
    struct arena *own = arena_new(0);
    int64_t from = now_us();

    for (uint32_t i = 0; i < n; i++)
        people_index_add(ix, i);
    printf("index in memory: %.1f s for %u records, %llu postings\n", seconds(from), n, (unsigned long long)people_index_postings(ix));
    for (int i = 0; i < CHECKS; i++) {
        struct people_edge *list;
        size_t k;

        from = now_us();
        people_index_check(ix, own, (uint32_t)((uint64_t)i * 7919 % n), -3, &list, &k);
        ms[i] = seconds(from) * 1000;
        arena_reset(own);
    }
    say_times("check at the desk, index in memory", ms, CHECKS);
    arena_free(own);
}

struct stored {
    const struct people_set *set;
    uint32_t from, to;
};

static enum status put(struct db_tx *tx, void *arg)
{
    const struct stored *s = arg;
    struct arena *mem = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    enum status st = ST_OK;

    c.tx = tx;
    for (uint32_t i = s->from; i < s->to && st == ST_OK; i++) {
        uint64_t keys[PEOPLE_PASSES];

        people_block_keys(s->set, i, secret, keys);
        st = people_stored_put(&c, i, keys);
    }
    arena_free(mem);
    return st;
}

static void check_stored(struct arena *mem, const struct people_set *set, const struct people_model *m)
{
    struct store_testing t;
    struct db_tx *tx;
    const uint32_t n = people_set_count(set);
    struct people_scorer *scorer = people_scorer_new(mem, set, m);
    struct people_comparer *comparer = people_comparer_new(mem, set);
    double *ms = ARENA_ARRAY(mem, double, CHECKS), n_candidates = 0;
    int64_t from = now_us();

    store_testing_begin(&t, people_migrations, people_n_migrations);
    for (struct stored s = {set, 0, 0}; s.from < n; s.from = s.to) {
        s.to = s.from + 20000 < n ? s.from + 20000 : n;
        if (db_write_alone(t.db, put, &s) != ST_OK)
            exit(1);
    }
    printf("index in the database: %.1f s\n", seconds(from));
    for (int i = 0; i < CHECKS; i++) {
        struct arena *own = arena_new(0);
        struct ctx c = ctx_new(own, &actor_keeper, LANG_IT);
        const uint32_t one = (uint32_t)((uint64_t)i * 7919 % n);
        uint64_t keys[PEOPLE_PASSES];
        int64_t *ids;
        size_t k = 0;
        volatile double best = -100;

        from = now_us();
        if (db_read_begin(t.db, &tx) != ST_OK)
            exit(1);
        c.tx = tx;
        people_block_keys(set, one, secret, keys);
        if (people_stored_find(&c, keys, PEOPLE_MAX_BLOCK, &ids, &k) != ST_OK)
            exit(1);
        for (size_t j = 0; j < k; j++) {
            const uint32_t a = ids[j] < one ? (uint32_t)ids[j] : one, b = ids[j] < one ? one : (uint32_t)ids[j];

            if (a != b) {
                const double s = people_score(scorer, a, b, people_compare(comparer, a, b));

                best = s > best ? s : best;
            }
        }
        db_read_end(tx);
        ms[i] = seconds(from) * 1000;
        n_candidates += (double)k;
        arena_free(own);
    }
    printf("candidates of one check: %.1f\n", n_candidates / CHECKS);
    say_times("check at the desk, index stored", ms, CHECKS);
    store_testing_end(&t);
}

/* Pairs as blocking gives them: the score of each, and as a batch does it, which keeps those that reach `least`. */
static void whole_pairs(struct arena *mem, const struct people_set *set, const struct people_model *m, double least)
{
    struct people_scorer *scorer = people_scorer_new(mem, set, m);
    struct people_pairs *pairs = people_pairs_new(mem, set, secret, PEOPLE_MAX_BLOCK, 1);
    struct people_pair *list = ARENA_ARRAY(mem, struct people_pair, PAIRS);
    struct people_edge *kept = ARENA_ARRAY(mem, struct people_edge, PAIRS);
    const size_t n = people_pairs_next(pairs, list, PAIRS);
    size_t n_kept = 0;
    double sum = 0, rate[ROUNDS], rate_kept[ROUNDS];

    for (int round = 0; round < ROUNDS; round++) {
        struct arena *own = arena_new(0);
        struct people_comparer *comparer = people_comparer_new(own, set), *other = people_comparer_new(own, set);
        int64_t from = now_us();

        sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += people_score(scorer, list[i].a, list[i].b, people_compare(comparer, list[i].a, list[i].b));
        rate[round] = (double)n / seconds(from) / 1e6;
        from = now_us();
        n_kept = people_score_pairs(scorer, other, list, n, least, kept);
        rate_kept[round] = (double)n / seconds(from) / 1e6;
        arena_free(own);
    }
    printf("whole pair, each by itself: %.2f M pairs/s   (checksum %.3f)\n", median(rate, ROUNDS), sum);
    printf("whole pair, as a batch: %.2f M pairs/s   (%zu of %zu reach %.0f)\n", median(rate_kept, ROUNDS), n_kept, n, least);
}

int main(int argc, char **argv)
{
    const uint32_t n_persons = argc > 1 && argv[1][0] != '-' ? (uint32_t)atoi(argv[1]) : 40000;
    struct arena *mem = arena_new(0);
    struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK};
    struct people_model *m;
    struct people_edges e;

    clock_init();
    random_init();
    fault_init();
    text_init();
    memcpy(o.secret, secret, sizeof secret);
    const int64_t start = now_us();
    struct people_set *set = people_world_set(mem, 1, n_persons, NULL);
    const double read_s = seconds(start);

    printf("%u persons, %u records\n", n_persons, people_set_count(set));
    kernels(set);
    int64_t from = now_us();

    if (people_learn(mem, set, &o, &m) != ST_OK)
        return 1;
    const double learn_s = seconds(from);
    struct people_scoring s = {.set = set, .model = m, .max_block = PEOPLE_MAX_BLOCK, .least = -10};

    memcpy(s.secret, secret, sizeof secret);
    from = now_us();
    people_score_all(mem, &s, &e);
    const double score_s = seconds(from);
    const struct people_clustering c = {.set = set, .model = m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};
    uint32_t *of = ARENA_ARRAY(mem, uint32_t, people_set_count(set));

    from = now_us();
    people_cluster(&c, &e, of);
    const double cluster_s = seconds(from);

    printf("batch: making and normalising %.2f s, learning %.2f s, blocking and scoring %.2f s, persons %.2f s\n", read_s, learn_s, score_s,
           cluster_s);
    printf("%llu pairs, %.2f M pairs/s with blocking, most memory %.0f MB\n", (unsigned long long)e.n_compared, (double)e.n_compared / score_s / 1e6,
           rss_mb());
    whole_pairs(mem, set, m, s.least);
    if (strcmp(argv[argc - 1], "--pairs") != 0)
        check_in_memory(mem, set, m);
    if (strcmp(argv[argc - 1], "--pairs") != 0 && strcmp(argv[argc - 1], "--no-store") != 0)
        check_stored(mem, set, m);
    arena_free(mem);
    return 0;
}
