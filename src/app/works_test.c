/* works_test.c - the threads run what is due while the portal is served, and come to an end when told. */
#include "app/works.h"
#include "base/clock.h"
#include "base/macros.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <time.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

static atomic_int n_runs, n_at_work, n_left;

static void sleep_ms(int ms)
{
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}

static enum status count_job(struct job_run *run)
{
    (void)run;
    atomic_fetch_add(&n_runs, 1);
    return ST_OK;
}

/* Goes on until the portal is stopped. */
static enum status long_job(struct job_run *run)
{
    atomic_fetch_add(&n_at_work, 1);
    while (!jobs_must_stop(run))
        sleep_ms(1);
    atomic_fetch_add(&n_left, 1);
    return ST_BUSY;
}

static const struct job_kind kinds[] = {{"trial.count", count_job, 3600}, {"trial.long", long_job, 3600}};
static const struct feature trial = {.name = "trial", .jobs = kinds, .n_jobs = ARRAY_LEN(kinds)};
static const struct feature *const features[] = {&trial};

static void until(const atomic_int *n, int want)
{
    for (int i = 0; atomic_load(n) < want; i++) {
        ck_assert_int_lt(i, 10000);
        sleep_ms(1);
    }
}

START_TEST(test_works__what_is_due_is_done_and_a_long_one_holds_up_no_other)
{
    struct harness *h = harness_new();
    const struct jobs_hands hands = {.db = h->db, .features = features, .n_features = 1};
    struct works *w = NULL;

    OK(works_start(h->mem, &hands, &w));
    until(&n_at_work, 1);
    until(&n_runs, 1);
    const int64_t began_us = clock_mono_us();

    works_stop(w);
    ck_assert_int_lt((clock_mono_us() - began_us) / 1000, 2000);
    ck_assert_int_eq(atomic_load(&n_left), 1);
    ck_assert_int_eq(atomic_load(&n_runs), 1);
    works_stop(NULL);
    harness_free(h);
}
END_TEST

UNIT_MAIN("works", test_works__what_is_due_is_done_and_a_long_one_holds_up_no_other)
