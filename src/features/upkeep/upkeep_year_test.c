/* upkeep_year_test.c - a year in which three bodies of ten never answer a mail: what stays fresh. The whole
 * Region, and how many calls it takes, is bench/year_bench.c. */
#include "tests/support/harness.h"
#include "tests/support/year.h"
#include "tests/support/sanitized.h"
#include "tests/unit.h"

/* Under the sanitizers fewer bodies: the days are the same. */
enum { BODIES = SANITIZED_OR(20, 60) };

static struct year_result year(int calls_a_month, int silent_reached)
{
    struct harness *h = harness_new();
    const struct year_plan p = {.n_bodies = BODIES,
                                .calls_a_month = calls_a_month,
                                .reached = 60,
                                .silent_reached = silent_reached,
                                .seed = 7};
    struct year_result r;

    year_run(h, &p, &r);
    harness_free(h);
    return r;
}

START_TEST(test_year__with_calls_four_entries_of_five_stay_fresh_without_them_they_do_not)
{
    const struct year_result with = year(BODIES / 2, 40), without = year(0, 0);

    ck_assert_msg(with.n_fresh * 100 >= with.n_entries * 80, "%d of %d", with.n_fresh, with.n_entries);
    ck_assert_msg(with.n_silent_fresh > 0 && with.n_reached > 0, "%d silent ones fresh", with.n_silent_fresh);
    ck_assert_msg(without.n_fresh * 100 < without.n_entries * 70, "%d of %d", without.n_fresh, without.n_entries);
    ck_assert_msg(without.n_fresh * 100 > without.n_entries * 45, "%d of %d", without.n_fresh, without.n_entries);
    ck_assert_int_eq(without.n_silent_fresh, 0); /* what nobody confirmed is never said to be fresh */
    ck_assert_int_gt(without.n_sunk, 0);
}
END_TEST

UNIT_MAIN("year", test_year__with_calls_four_entries_of_five_stay_fresh_without_them_they_do_not)
