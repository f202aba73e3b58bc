/* people_score_test.c - a score is what the model says column by column, and leaving early leaves out exactly what is below. */
#include "people_score.h"
#include "people_testing.h"
#include "sanitized.h"
#include "unit.h"
#include <math.h>
#include <string.h>

enum { PERSONS = SANITIZED_OR(300, 900), MOST_PAIRS = 60000 };

struct scored {
    struct arena *mem;
    struct people_set *set;
    struct people_model *m;
    struct people_scorer *scorer;
    struct people_comparer *comparer;
    struct people_pair *pairs;
    size_t n;
};

static struct scored start(int n_classes)
{
    struct scored s = {.mem = arena_new(0)};
    const struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK, .n_classes = n_classes};

    s.set = people_world_set(s.mem, 12, PERSONS, NULL);
    ck_assert_int_eq(people_learn(s.mem, s.set, &o, &s.m), ST_OK);
    s.scorer = people_scorer_new(s.mem, s.set, s.m);
    s.comparer = people_comparer_new(s.mem, s.set);
    s.pairs = ARENA_ARRAY(s.mem, struct people_pair, MOST_PAIRS);
    s.n = people_pairs_next(people_pairs_new(s.mem, s.set, o.secret, o.max_block, 1), s.pairs, MOST_PAIRS);
    ck_assert_uint_gt(s.n, 2000);
    return s;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

START_TEST(test_people__what_is_left_early_is_exactly_what_is_below)
{
    const struct scored s = start(0);
    double *scores = ARENA_ARRAY(s.mem, double, s.n), *sorted = ARENA_ARRAY(s.mem, double, s.n);
    struct people_edge *kept = ARENA_ARRAY(s.mem, struct people_edge, s.n);

    for (size_t i = 0; i < s.n; i++)
        scores[i] = people_score(s.scorer, s.pairs[i].a, s.pairs[i].b, people_compare(s.comparer, s.pairs[i].a, s.pairs[i].b));
    memcpy(sorted, scores, s.n * sizeof *scores);
    qsort(sorted, s.n, sizeof *sorted, by_size);
    for (int cut = 0; cut <= 120; cut++) { /* at a score that is there, and just above it */
        const double at = sorted[(s.n - 1) * (size_t)(cut / 2) / 60], least = cut % 2 == 0 ? at : nextafter(at, INFINITY);
        const size_t n = people_score_pairs(s.scorer, s.comparer, s.pairs, s.n, least, kept);
        size_t k = 0;

        for (size_t i = 0; i < s.n; i++) {
            if (scores[i] < least)
                continue;
            if (k >= n || kept[k].a != s.pairs[i].a || kept[k].b != s.pairs[i].b || kept[k].score != (float)scores[i])
                ck_abort_msg("cut %.17g: pair %zu, %.17g, is not kept as it is", least, i, scores[i]);
            k++;
        }
        ck_assert_uint_eq(k, n);
    }
    ck_assert_uint_eq(people_score_pairs(s.scorer, s.comparer, s.pairs, s.n, -INFINITY, kept), s.n);
    arena_free(s.mem);
}
END_TEST

/* With two classes the reasons are the whole of it: weights of the levels, and the frequency of each column. */
START_TEST(test_people__a_score_is_the_sum_of_its_columns)
{
    const struct scored s = start(2);
    int n_frequent[PEOPLE_COLUMNS] = {0}, n_near = 0;

    for (size_t i = 0; i < s.n; i++) {
        const uint32_t a = s.pairs[i].a, b = s.pairs[i].b;
        const uint64_t p = people_compare(s.comparer, a, b);
        struct people_reason reasons[PEOPLE_COLUMNS];
        double sum = log2(s.m->prior[PEOPLE_SAME]) - log2(s.m->prior[PEOPLE_UNRELATED]);

        for (int k = people_explain(s.scorer, a, b, p, reasons) - 1; k >= 0; k--) {
            const int col = reasons[k].column, l = people_level(p, col);
            const double same = s.m->p[PEOPLE_SAME][col][l], chance = s.m->p[PEOPLE_UNRELATED][col][l];

            sum += log2(same > 1e-12 ? same : 1e-12) - log2(chance > 1e-12 ? chance : 1e-12) + reasons[k].of_frequency;
            n_frequent[col] += reasons[k].of_frequency != 0;
            if (col <= PEOPLE_COL_SURNAME && l >= 1 && l <= PEOPLE_NAME_AGREES) { /* near is rare or common too */
                ck_assert(reasons[k].of_frequency != 0);
                n_near++;
            }
        }
        const double score = people_score(s.scorer, a, b, p);

        if (fabs(score - sum) > 1e-9)
            ck_abort_msg("pair %zu, pattern %llx: %.17g and %.17g", i, (unsigned long long)p, score, sum);
        if (score != people_score(s.scorer, b, a, p))
            ck_abort_msg("pair %zu: another score the other way round", i);
    }
    ck_assert_int_gt(n_near, 100);
    ck_assert(n_frequent[PEOPLE_COL_GIVEN] > 100 && n_frequent[PEOPLE_COL_SURNAME] > 100 && n_frequent[PEOPLE_COL_BIRTH] > 100 &&
              n_frequent[PEOPLE_COL_ADDRESS] > 20 && n_frequent[PEOPLE_COL_PHONE] > 20);
    arena_free(s.mem);
}
END_TEST

/* A record that comes after the scorer is scored as if it had been there. */
START_TEST(test_people__a_scorer_follows_its_set)
{
    const struct scored s = start(0);
    struct people_scorer *late;
    struct people_set *set = people_world_set(s.mem, 12, PERSONS / 2, NULL);
    const uint32_t n = people_set_count(set);

    late = people_scorer_new(s.mem, set, s.m);
    for (int i = 0; i < 400; i++) {
        struct people_raw raw = {.id = str_fmt(s.mem, "zz%04d", i)};

        raw.field[PEOPLE_GIVEN] = str_fmt(s.mem, "Nuovo%c%c", 'a' + i % 26, 'a' + i / 26);
        raw.field[PEOPLE_SURNAME] = STR("Singh");
        raw.field[PEOPLE_BIRTH] = str_fmt(s.mem, "19%02d-01-01", i % 100);
        raw.field[PEOPLE_PHONE] = str_fmt(s.mem, "347%07d", i);
        people_set_add(set, &raw);
        people_scorer_follow(late);
    }
    struct people_scorer *fresh = people_scorer_new(s.mem, set, s.m);
    struct people_comparer *c = people_comparer_new(s.mem, set);

    for (uint32_t i = 0; i < 400; i++)
        for (uint32_t k = i % 7; k < n + i; k += 13) {
            const uint64_t p = people_compare(c, k, n + i);

            if (people_score(late, k, n + i, p) != people_score(fresh, k, n + i, p))
                ck_abort_msg("record %u with %u", n + i, k);
        }
    arena_free(s.mem);
}
END_TEST

UNIT_MAIN("people_score", test_people__what_is_left_early_is_exactly_what_is_below, test_people__a_score_is_the_sum_of_its_columns,
          test_people__a_scorer_follows_its_set)
