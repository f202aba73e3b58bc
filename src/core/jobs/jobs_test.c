/* jobs_test.c - jobs are done, once, later when they fail, by another when a worker dies; none is lost. */
#include "base/clock.h"
#include "base/macros.h"
#include "core/jobs/jobs.h"
#include "core/jobs/jobs_feature.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define OK(call) ck_assert_int_eq(call, ST_OK)

static const int64_t MINUTE = 60000, HOUR = 3600000;

/* What the handlers of this test have seen and are to answer; jobs have no argument but their key. */
static struct {
    atomic_int n_runs, n_ticks;
    enum status answer;
    int64_t again_at;
    bool only_counts;
    bool asks_anew; /* while it runs, somebody plans it again */
    bool dies;      /* never comes back: its row stays as it stands */
    int n_tries;
    char key[100];
} seen;

static enum status plan_note(struct ctx *c, void *arg)
{
    return jobs_add(c, "trial.note", *(struct str *)arg, 0);
}

static enum status note_job(struct job_run *run)
{
    struct str key = run->key;

    atomic_fetch_add(&seen.n_runs, 1);
    if (seen.only_counts) /* two threads are here at once */
        return ST_OK;
    seen.n_tries = run->n_tries;
    snprintf(seen.key, sizeof seen.key, "%.*s", (int)key.n, key.p);
    if (seen.asks_anew) {
        seen.asks_anew = false;
        OK(jobs_write(run, plan_note, &key));
    }
    if (seen.dies)
        run->lease = -1; /* what comes of it is nobody's any more */
    run->again_at = seen.again_at;
    run->why = STR("the other side is away");
    return seen.answer;
}

static enum status tick_job(struct job_run *run)
{
    (void)run;
    atomic_fetch_add(&seen.n_ticks, 1);
    return ST_OK;
}

static const struct job_kind kinds[] = {{"trial.note", note_job, 0}, {"trial.tick", tick_job, 300}};
static const struct feature trial = {.name = "trial", .jobs = kinds, .n_jobs = ARRAY_LEN(kinds)};
static const struct feature *const features[] = {&trial};

struct stage {
    struct harness *h;
    struct jobs_hands hands;
    int64_t now_ms;
};

static struct stage begin(void)
{
    struct stage s = {.h = harness_new(), .now_ms = clock_now_ms()};

    memset(&seen, 0, sizeof seen);
    s.hands = (struct jobs_hands){.db = s.h->db, .features = features, .n_features = 1};
    return s;
}

static void add(struct stage *s, const char *key)
{
    struct str k = str_of(key);

    OK(harness_write(s->h, plan_note, &k));
}

static bool run_at(struct stage *s, int64_t later_ms)
{
    return jobs_run_one(&s->hands, s->now_ms + later_ms);
}

struct listing {
    struct jobs_row *rows;
    int n;
};

static enum status list(struct ctx *c, void *arg)
{
    struct listing *l = arg;

    return jobs_list(c, &l->rows, &l->n);
}

static struct listing list_all(struct stage *s)
{
    struct listing l = {0};

    OK(harness_read(s->h, list, &l));
    return l;
}

/* ---- */

START_TEST(test_jobs__a_job_is_done_once_and_goes)
{
    struct stage s = begin();

    ck_assert(!run_at(&s, MINUTE));
    add(&s, "a");
    add(&s, "a");
    ck_assert(run_at(&s, MINUTE));
    ck_assert_str_eq(seen.key, "a");
    ck_assert_int_eq(seen.n_tries, 1);
    ck_assert(!run_at(&s, MINUTE));
    ck_assert_int_eq(seen.n_runs, 1);
    ck_assert_int_eq(list_all(&s).n, 0);
    harness_free(s.h);
}
END_TEST

static enum status plan_later(struct ctx *c, void *arg)
{
    const int64_t *at = arg;

    OK(jobs_add(c, "trial.note", STR("x"), at[0]));
    OK(jobs_add(c, "trial.note", STR("x"), at[1]));
    return ST_OK;
}

static enum status move_it(struct ctx *c, void *arg)
{
    return jobs_move(c, "trial.note", STR("x"), *(int64_t *)arg);
}

START_TEST(test_jobs__the_earlier_instant_stands_unless_it_is_moved)
{
    struct stage s = begin();
    int64_t at[] = {s.now_ms + HOUR, s.now_ms + 2 * HOUR};

    OK(harness_write(s.h, plan_later, at));
    ck_assert(!run_at(&s, HOUR - 1));
    at[0] = s.now_ms + 3 * HOUR;
    OK(harness_write(s.h, move_it, at));
    ck_assert(!run_at(&s, HOUR));
    ck_assert(run_at(&s, 3 * HOUR));
    harness_free(s.h);
}
END_TEST

static enum status remove_it(struct ctx *c, void *arg)
{
    (void)arg;
    return jobs_remove(c, "trial.note", STR("a"));
}

START_TEST(test_jobs__one_that_is_taken_away_is_not_done)
{
    struct stage s = begin();

    add(&s, "a");
    OK(harness_write(s.h, remove_it, NULL));
    ck_assert(!run_at(&s, MINUTE));
    harness_free(s.h);
}
END_TEST

START_TEST(test_jobs__one_that_fails_is_tried_again_after_pauses_that_grow)
{
    struct stage s = begin();
    int64_t at = MINUTE;

    add(&s, "a");
    seen.answer = ST_UNAVAILABLE;
    for (int i = 0; i < 4; i++) {
        ck_assert(run_at(&s, at));
        ck_assert_int_eq(seen.n_tries, i + 1);
        ck_assert(!run_at(&s, at + (MINUTE << i) - 1));
        at += MINUTE << i;
    }
    const struct listing l = list_all(&s);

    ck_assert(str_eq_z(l.rows[0].last_error, "the other side is away"));
    ck_assert_int_eq(l.rows[0].n_tries, 4);
    seen.answer = ST_OK;
    ck_assert(run_at(&s, at));
    ck_assert_int_eq(list_all(&s).n, 0);
    harness_free(s.h);
}
END_TEST

START_TEST(test_jobs__one_that_has_more_to_do_says_when)
{
    struct stage s = begin();

    add(&s, "a");
    seen.again_at = s.now_ms + 10 * MINUTE;
    ck_assert(run_at(&s, MINUTE));
    ck_assert(!run_at(&s, 9 * MINUTE));
    seen.again_at = 0;
    seen.answer = ST_BUSY; /* not now: no failure */
    ck_assert(run_at(&s, 10 * MINUTE));
    ck_assert_int_eq(list_all(&s).rows[0].n_tries, 0);
    ck_assert_int_eq((int)list_all(&s).rows[0].last_error.n, 0);
    harness_free(s.h);
}
END_TEST

START_TEST(test_jobs__asked_for_while_at_work_it_is_done_once_more)
{
    struct stage s = begin();

    add(&s, "a");
    seen.asks_anew = true;
    ck_assert(run_at(&s, MINUTE));
    ck_assert(run_at(&s, 2 * MINUTE));
    ck_assert(!run_at(&s, 2 * MINUTE));
    ck_assert_int_eq(seen.n_runs, 2);
    harness_free(s.h);
}
END_TEST

START_TEST(test_jobs__when_a_worker_dies_another_takes_over_after_the_lease)
{
    struct stage s = begin();

    add(&s, "a");
    seen.dies = true;
    ck_assert(run_at(&s, MINUTE));
    seen.dies = false;
    ck_assert(list_all(&s).rows[0].is_at_work);
    ck_assert(!run_at(&s, MINUTE + JOBS_LEASE_MS - 1));
    ck_assert(run_at(&s, MINUTE + JOBS_LEASE_MS));
    ck_assert_int_eq(seen.n_runs, 2);
    ck_assert_int_eq(list_all(&s).n, 0);
    harness_free(s.h);
}
END_TEST

static struct stage *shared;

static enum status take_over_job(struct job_run *run)
{
    static int depth;

    atomic_fetch_add(&seen.n_runs, 1);
    if (depth++ > 0)
        return ST_OK;
    /* slower than its lease: meanwhile another node does it */
    OK(jobs_hold(run));
    ck_assert(!run_at(shared, MINUTE + JOBS_LEASE_MS - 1));
    ck_assert(run_at(shared, MINUTE + JOBS_LEASE_MS));
    ck_assert_int_eq(jobs_hold(run), ST_CONFLICT);
    return ST_UNAVAILABLE; /* and what it says is heard by nobody */
}

START_TEST(test_jobs__one_slower_than_its_lease_learns_that_another_has_it)
{
    static const struct job_kind slow[] = {{"trial.note", take_over_job, 0}};
    static const struct feature slow_trial = {.name = "trial", .jobs = slow, .n_jobs = 1};
    static const struct feature *const slow_features[] = {&slow_trial};
    struct stage s = begin();

    shared = &s;
    s.hands.features = slow_features;
    add(&s, "a");
    ck_assert(run_at(&s, MINUTE));
    ck_assert_int_eq(seen.n_runs, 2);
    ck_assert_int_eq(list_all(&s).n, 0);
    harness_free(s.h);
}
END_TEST

START_TEST(test_jobs__what_runs_by_itself_is_never_planned_further_away_than_its_rhythm)
{
    struct stage s = begin();
    int64_t far = s.now_ms + 1000 * HOUR;

    OK(jobs_plan(&s.hands));
    ck_assert(run_at(&s, MINUTE));
    ck_assert_int_eq(seen.n_ticks, 1);
    ck_assert(!run_at(&s, 5 * MINUTE));
    ck_assert(run_at(&s, 6 * MINUTE));
    OK(jobs_plan(&s.hands)); /* a second start changes nothing */
    ck_assert_int_eq(list_all(&s).n, 1);
    /* run while the clock stood in the future: the next would be in a month */
    ck_assert(jobs_run_one(&s.hands, far));
    OK(jobs_plan(&s.hands));
    ck_assert(run_at(&s, 6 * MINUTE));
    harness_free(s.h);
}
END_TEST

static enum status plan_unknown(struct ctx *c, void *arg)
{
    (void)arg;
    OK(jobs_add(c, "gone.slice", STR(""), 0));
    ck_assert_int_eq(jobs_add(c, "", STR(""), 0), ST_INVALID);
    return ST_OK;
}

START_TEST(test_jobs__one_that_nobody_knows_waits_and_holds_up_no_other)
{
    struct stage s = begin();

    OK(harness_write(s.h, plan_unknown, NULL));
    add(&s, "a");
    ck_assert(run_at(&s, MINUTE));
    ck_assert(run_at(&s, MINUTE));
    ck_assert_int_eq(seen.n_runs, 1);
    ck_assert(!run_at(&s, HOUR));
    ck_assert(str_eq_z(list_all(&s).rows[0].last_error, "this program has no such job"));
    harness_free(s.h);
}
END_TEST

/* Two nodes, many jobs: each is done once. */
static void *hand(void *arg)
{
    struct stage *s = arg;

    for (int idle = 0; idle < 3;)
        idle = run_at(s, MINUTE) ? 0 : idle + 1;
    return NULL;
}

START_TEST(test_jobs__two_nodes_do_not_do_one_job_twice)
{
    struct stage s = begin();
    pthread_t threads[2];

    seen.only_counts = true;
    for (int i = 0; i < 20; i++)
        add(&s, str_fmt(s.h->mem, "k%d", i).p);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, hand, &s), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    while (run_at(&s, MINUTE))
        continue;
    ck_assert_int_eq(seen.n_runs, 20);
    ck_assert_int_eq(list_all(&s).n, 0);
    harness_free(s.h);
}
END_TEST

UNIT_MAIN("jobs", test_jobs__a_job_is_done_once_and_goes, test_jobs__the_earlier_instant_stands_unless_it_is_moved,
          test_jobs__one_that_is_taken_away_is_not_done,
          test_jobs__one_that_fails_is_tried_again_after_pauses_that_grow,
          test_jobs__one_that_has_more_to_do_says_when, test_jobs__asked_for_while_at_work_it_is_done_once_more,
          test_jobs__when_a_worker_dies_another_takes_over_after_the_lease,
          test_jobs__one_slower_than_its_lease_learns_that_another_has_it,
          test_jobs__what_runs_by_itself_is_never_planned_further_away_than_its_rhythm,
          test_jobs__one_that_nobody_knows_waits_and_holds_up_no_other,
          test_jobs__two_nodes_do_not_do_one_job_twice)
