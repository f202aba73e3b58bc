/*
 * people_scale.c - recognising people when they are many: a batch from a file of records to persons, and the check of one
 * record at the desk against an index in the database, on an invented population. Beside both, what SQL alone takes for
 * records that are equal letter by letter. Processor time of all threads, time that passed, most memory.
 *
 * usage: people_scale RECORDS [--threads N] [--one-of N] [--no-store | --desk] [--judge]
 *        --one-of: learns from one candidate pair of so many; --desk: without the batch; --judge: beside the truth, which
 *        wants memory of its own
 */
#include "base/clock.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/text.h"
#include "core/people/people_cluster.h"
#include "core/people/people_eval.h"
#include "core/people/people_read.h"
#include "core/people/people_testing.h"
#include "people_scale.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { PER_PERSON_TENTHS = 25, SMALL_WORLD = 40000 }; /* records of a person, in tenths */

static double of_clock(clockid_t c)
{
    struct timespec t;

    clock_gettime(c, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct watch watch_start(void)
{
    return (struct watch){of_clock(CLOCK_PROCESS_CPUTIME_ID), of_clock(CLOCK_MONOTONIC)};
}

static double most_mb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

void watch_say(const struct watch *from, const char *what)
{
    printf("%-42s %8.2f s processor %8.2f s passed   most memory %5.0f MB\n", what, of_clock(CLOCK_PROCESS_CPUTIME_ID) - from->cpu,
           of_clock(CLOCK_MONOTONIC) - from->wall, most_mb());
    fflush(stdout);
}

static void say_passes(const struct people_edges *e)
{
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        if (e->over.n_blocks[pass] > 0)
            printf("  passed over: %-22s %7llu blocks of %9llu records\n", people_pass_name[pass], (unsigned long long)e->over.n_blocks[pass],
                   (unsigned long long)e->over.n_records[pass]);
}

struct asked {
    uint32_t n_records, one_of;
    int n_threads;
    bool is_stored, is_desk_alone;
    const char *truth; /* NULL: not judged */
};

/* Of what was found, how much is true: the same engine at any size, and what learning from a share costs. */
static void judge(struct arena *mem, const struct people_set *set, const struct people_model *m, const struct people_edges *e, const uint32_t *of,
                  const char *truth_file)
{
    struct people_truth truth;
    struct people_quality *q = ARENA_NEW(mem, struct people_quality);
    struct str why = {"", 0};

    if (people_truth_read(mem, truth_file, set, &truth, &why) != ST_OK) {
        printf("truth: %.*s\n", (int)why.n, why.p);
        return;
    }
    people_evaluate(set, &truth, e, of, m->cut_automatic, q);
    printf("truth: best F1 %.4f; automatic P %.4f R %.4f; persons P %.4f R %.4f F1 %.4f\n", q->best.f1, q->at_cut.precision, q->at_cut.recall,
           q->clusters.precision, q->clusters.recall, q->clusters.f1);
}

static void batch(struct arena *mem, const char *file, const struct asked *a, struct people_read *read, struct people_model **m)
{
    const struct people_reading reading = {.latest_year = 2026};
    struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK, .n_threads = a->n_threads, .one_of = a->one_of};
    struct people_edges e;
    struct str why = {"", 0};
    const struct watch all = watch_start();
    struct watch one = all;

    if (people_read_file(mem, file, &reading, read, &why) != ST_OK || people_set_count(read->set) == 0)
        exit(1);
    watch_say(&one, "read and normalised");
    one = watch_start();
    /* for the desk alone, the model of a small world will do */
    if (people_learn(mem, a->is_desk_alone ? people_world_set(mem, 2, SMALL_WORLD, NULL) : read->set, &o, m) != ST_OK)
        exit(1);
    watch_say(&one, "learnt");
    if (a->is_desk_alone)
        return;
    struct arena *own = arena_new(0);
    const struct people_scoring s = {.set = read->set, .model = *m, .max_block = PEOPLE_MAX_BLOCK, .n_threads = a->n_threads, .least = PEOPLE_TOGETHER_CUT};

    one = watch_start();
    people_score_all(own, &s, &e);
    watch_say(&one, "blocked and scored");
    const struct people_clustering c = {.set = read->set, .model = *m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};
    uint32_t *of = ARENA_ARRAY(own, uint32_t, people_set_count(read->set));
    uint32_t n_persons = 0;

    one = watch_start();
    people_cluster(&c, &e, of);
    watch_say(&one, "put together into persons");
    for (uint32_t i = 0; i < people_set_count(read->set); i++)
        n_persons += of[i] == i;
    printf("batch of %u records, %d thread%s: %u persons, %llu pairs, %zu links kept\n", people_set_count(read->set), a->n_threads,
           a->n_threads == 1 ? "" : "s", n_persons, (unsigned long long)e.n_compared, e.n);
    watch_say(&all, "the whole batch");
    say_passes(&e);
    if (a->truth != NULL)
        judge(own, read->set, *m, &e, of, a->truth);
    arena_free(own);
}

static struct asked read_words(int argc, char **argv)
{
    struct asked a = {.n_records = argc > 1 ? (uint32_t)atoi(argv[1]) : 100000, .n_threads = 1, .is_stored = true};

    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc)
            a.n_threads = atoi(argv[++i]);
        else if (strcmp(argv[i], "--one-of") == 0 && i + 1 < argc)
            a.one_of = (uint32_t)atoi(argv[++i]);
        else if (strcmp(argv[i], "--no-store") == 0)
            a.is_stored = false;
        else if (strcmp(argv[i], "--desk") == 0)
            a.is_desk_alone = true;
        else if (strcmp(argv[i], "--judge") == 0)
            a.truth = "";
    }
    return a;
}

int main(int argc, char **argv)
{
    struct asked a = read_words(argc, argv);
    const uint32_t n_persons = (uint32_t)((uint64_t)a.n_records * 10 / PER_PERSON_TENTHS);
    char folder[] = "/tmp/people-scale-XXXXXX";
    struct arena *mem = arena_new(0);
    struct people_read read;
    struct people_model *m;

    clock_init();
    random_init();
    fault_init();
    text_init();
    if (mkdtemp(folder) == NULL)
        return 1;
    const char *records = str_fmt(mem, "%s/r.csv", folder).p, *truth = str_fmt(mem, "%s/t.csv", folder).p;
    const char *sql = str_fmt(mem, "%s/sql.db", folder).p;
    struct watch w = watch_start();

    people_world_write(mem, 1, n_persons, records, truth);
    watch_say(&w, "(population made up and written)");
    a.truth = a.truth == NULL ? NULL : truth;
    batch(mem, records, &a, &read, &m);
    unlink(records);
    unlink(truth);
    if (!a.is_desk_alone)
        people_scale_sql(read.set, sql);
    unlink(sql);
    rmdir(folder);
    if (a.is_stored)
        people_scale_desk(read.set, m, n_persons);
    arena_free(mem);
    return 0;
}
