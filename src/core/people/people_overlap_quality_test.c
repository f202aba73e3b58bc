/* people_overlap_quality_test.c - how many of the overlaps are found: on populations invented anew and, where it stands beside the
 * clone, on the Italian sample. Persons are those that the engine makes of the records, learnt without truth. */
#include "base/date.h"
#include "people_eval.h"
#include "people_overlap.h"
#include "people_testing.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PERSONS = 3000, MOST_OF_ONE = 64, FIRST_DAY = 20454 }; /* 2026-01-01 */

static const uint32_t *persons_of(struct arena *mem, const struct people_set *set)
{
    const struct people_learn_options l = {.max_block = PEOPLE_MAX_BLOCK};
    struct people_model *m;
    struct people_edges alone;
    uint32_t *of = ARENA_ARRAY(mem, uint32_t, people_set_count(set));

    ck_assert_int_eq(people_learn(mem, set, &l, &m), ST_OK);
    const struct people_scoring s = {.set = set, .model = m, .max_block = PEOPLE_MAX_BLOCK, .least = -10};
    const struct people_clustering c = {.set = set, .model = m, .cut = PEOPLE_CLUSTER_CUT, .evidence = PEOPLE_CLUSTER_EVIDENCE};

    people_score_all(mem, &s, &alone);
    people_cluster(&c, &alone, of);
    return of;
}

static void judge(struct arena *mem, const struct people_set *set, const uint32_t *of, const char *events, const char *truth, double least)
{
    const struct people_overlap_options o = {.set = set, .cluster = of, .days = PEOPLE_OVERLAP_DAYS, .except = STR("pasto")};
    struct people_overlaps found;
    struct people_overlap_quality q;
    struct str why = {"", 0};

    ck_assert_msg(people_overlaps_find(mem, events, &o, &found, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    ck_assert_int_eq(found.n_refused, 0);
    ck_assert_msg(people_overlaps_judge(mem, truth, &found, &q, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    printf("# overlaps true %llu given %llu P %.4f R %.4f F1 %.4f\n", (unsigned long long)q.n_true, (unsigned long long)q.n_given, q.precision,
           q.recall, q.f1);
    ck_assert_uint_ge(q.n_true, 200);
    ck_assert_msg(q.f1 >= least, "F1 %.4f", q.f1);
}

struct event {
    uint32_t id;
    int64_t person;
    int service, day;
    struct str body;
};

/* Every record has been helped nought to three times in a year; the truth is told pair by pair. */
static void write_events(struct arena *mem, const struct people_set *set, const int64_t *person, uint64_t state, const char *events,
                         const char *truth)
{
    static const char *const services[] = {"borsa_alimentare", "vestiti", "pasto", "bolletta"};
    FILE *e = fopen(events, "w"), *t = fopen(truth, "w");
    struct event of_one[MOST_OF_ONE];
    uint32_t id = 0;
    int n = 0;

    fputs("event_id,rec_id,body,service,date\n", e);
    fputs("event_a,event_b\n", t);
    for (uint32_t i = 0; i < people_set_count(set); i++) {
        n = i > 0 && person[i] == person[i - 1] ? n : 0;
        state = state * 6364136223846793005u + 1442695040888963407u;
        for (int k = (int)(state >> 33) % 4; k > 0 && n < MOST_OF_ONE; k--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            const struct event x = {++id, person[i], (int)(state >> 33) % 4, FIRST_DAY + (int)(state >> 40) % 365, people_set_source(set, i)};
            const struct str record = people_set_id(set, i), day = day_iso(mem, x.day);

            fprintf(e, "E%06u,%.*s,%.*s,%s,%.*s\n", x.id, (int)record.n, record.p, (int)x.body.n, x.body.p, services[x.service], (int)day.n, day.p);
            for (int y = 0; y < n; y++)
                if (of_one[y].service == x.service && x.service != 2 && !str_eq(of_one[y].body, x.body) && abs(of_one[y].day - x.day) <= PEOPLE_OVERLAP_DAYS)
                    fprintf(t, "E%06u,E%06u\n", of_one[y].id, x.id);
            of_one[n++] = x;
        }
    }
    fclose(e);
    fclose(t);
}

static void check_invented(uint64_t seed)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-overlap-XXXXXX";
    int64_t *person;
    const struct people_set *set = people_world_set(mem, seed, PERSONS, &person);

    ck_assert_ptr_nonnull(mkdtemp(folder));
    const char *events = str_fmt(mem, "%s/events.csv", folder).p, *truth = str_fmt(mem, "%s/truth.csv", folder).p;

    write_events(mem, set, person, seed, events, truth);
    judge(mem, set, persons_of(mem, set), events, truth, 0.92);
    unlink(events);
    unlink(truth);
    rmdir(folder);
    arena_free(mem);
}

START_TEST(test_overlap__of_an_invented_population)
{
    check_invented(1);
    check_invented(77);
}
END_TEST

START_TEST(test_overlap__of_the_italian_register)
{
    struct arena *mem = arena_new(0);
    const char *folder = getenv("TEST_SHARED"), *source = getenv("WECARE_SOURCE");
    const char *it = folder != NULL ? str_fmt(mem, "%s/data/linkage/it", folder).p : str_fmt(mem, "%s/../shared/data/linkage/it", source).p;
    const struct people_reading o = {.latest_year = 2026};
    struct people_read read;
    struct str why = {"", 0};

    if (access(it, R_OK) != 0) {
        printf("# %s is not here: its overlaps are not counted\n", it);
        arena_free(mem);
        return;
    }
    ck_assert_int_eq(people_read_file(mem, str_fmt(mem, "%s/records.csv", it).p, &o, &read, &why), ST_OK);
    judge(mem, read.set, persons_of(mem, read.set), str_fmt(mem, "%s/events.csv", it).p, str_fmt(mem, "%s/overlaps_truth.csv", it).p, 0.96);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_overlap_quality", test_overlap__of_an_invented_population, test_overlap__of_the_italian_register)
