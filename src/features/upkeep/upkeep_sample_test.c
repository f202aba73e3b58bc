/* upkeep_sample_test.c - the draw: by chance, again by its seed, every body in time; and what few checks can say. */
#include "features/upkeep/upkeep_sample.h"
#include "base/arena.h"
#include "tests/unit.h"

enum { BODIES = 100, OF_EACH = 5, ALL = BODIES * OF_EACH, START = 2026 * 12 };

static void fill(struct sample_entry *list)
{
    for (int i = 0; i < ALL; i++)
        list[i] = (struct sample_entry){.service_id = 1000 + i, .organisation_id = 1 + i / OF_EACH};
}

static int64_t drawn_sum(const struct sample_entry *list)
{
    int64_t sum = 0;

    for (int i = 0; i < ALL; i++)
        sum = list[i].is_drawn ? sum * 31 + list[i].service_id : sum;
    return sum;
}

START_TEST(test_sample__two_in_a_hundred_and_the_same_seed_gives_the_same)
{
    struct arena *mem = arena_new(0);
    struct sample_entry list[ALL];

    ck_assert_int_eq(sample_size(0), 0);
    ck_assert_int_eq(sample_size(1), 1);
    ck_assert_int_eq(sample_size(50), 1);
    ck_assert_int_eq(sample_size(51), 2);
    fill(list);
    ck_assert_int_eq(sample_draw(mem, list, ALL, 7, START), ALL / 50);
    const int64_t first = drawn_sum(list);

    fill(list);
    sample_draw(mem, list, ALL, 7, START);
    ck_assert_int_eq(drawn_sum(list), first);
    fill(list);
    sample_draw(mem, list, ALL, 8, START);
    ck_assert_int_ne(drawn_sum(list), first);
    arena_free(mem);
}
END_TEST

START_TEST(test_sample__every_body_has_its_turn_within_two_years)
{
    struct arena *mem = arena_new(0);
    struct sample_entry list[ALL];
    int met[BODIES] = {0}, n_met = 0, n_twice = 0;

    fill(list);
    for (int month = START; month < START + 24; month++) {
        ck_assert_int_eq(sample_draw(mem, list, ALL, month * 977, month), ALL / 50);
        for (int i = 0; i < ALL; i++)
            if (list[i].is_drawn) {
                const int body = i / OF_EACH;

                n_met += met[body] == 0;
                n_twice += met[body] == 1;
                met[body]++;
                for (int k = body * OF_EACH; k < (body + 1) * OF_EACH; k++)
                    list[k].sampled_month = month;
            }
    }
    ck_assert_int_eq(n_met, BODIES);
    ck_assert_int_gt(n_twice, BODIES / 2);
    arena_free(mem);
}
END_TEST

START_TEST(test_sample__few_checks_say_little_and_many_say_more)
{
    int low, high;

    sample_interval(0, 0, &low, &high);
    ck_assert(low == 0 && high == 100);
    sample_interval(1, 1, &low, &high); /* Wilson: 0.2065 .. 1 */
    ck_assert(low == 20 && high == 100);
    sample_interval(10, 1, &low, &high); /* 0.0179 .. 0.4042 */
    ck_assert(low == 1 && high == 41);
    sample_interval(1000, 100, &low, &high); /* 0.0829 .. 0.1202 */
    ck_assert(low == 8 && high == 13);
}
END_TEST

UNIT_MAIN("upkeep_sample", test_sample__two_in_a_hundred_and_the_same_seed_gives_the_same,
          test_sample__every_body_has_its_turn_within_two_years, test_sample__few_checks_say_little_and_many_say_more)
