/* upkeep_calls_test.c - the calls of a managing body: what each answer does, what only a reason may hide. */
#include "base/clock.h"
#include "base/date.h"
#include "features/upkeep/upkeep_calls.h"
#include "features/upkeep/upkeep_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <string.h>

static const char IVREA[] = "001125";

static int64_t number(struct harness *h, const char *sql)
{
    return store_testing_number(&h->store, sql);
}

static struct made_body made(struct harness *h, const char *name, int n, const char *need)
{
    struct made_body b = {.source_id = name, .name = name, .email = "nessuno", .n = n, .confirmed_ago = -1, .istat = IVREA, .need = need};

    upkeep_make(h, &b);
    return b;
}

struct job {
    int64_t id;
    const char *why;
    struct call_done done;
    struct calls calls;
    int64_t body_id;
    enum status got;
    const char *key;
};

static enum status hide(struct ctx *c, void *arg)
{
    struct job *j = arg;

    j->got = upkeep_hide(c, &(struct hide_ask){j->id, str_of(j->why)}, &j->done);
    j->key = c->problems.n > 0 ? c->problems.list[0].key : NULL;
    return j->got;
}

static enum status show(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_show(c, j->id, &j->done);
}

static enum status right(struct ctx *c, void *arg)
{
    struct job *j = arg;

    j->done.by = STR("Consorzio");
    return upkeep_check_right(c, j->id, &j->done);
}

static enum status wrong(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_check_wrong(c, j->id, str_of(j->why));
}

static enum status nobody(struct ctx *c, void *arg)
{
    struct job *j = arg;

    return upkeep_call_nobody(c, j->id);
}

START_TEST(test_calls__the_last_for_a_need_is_hidden_only_with_a_reason)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 2, "spesa-alimentare");
    struct job j = {.id = b.service_ids[0], .why = ""};

    upkeep_day(h, 0);
    ck_assert_int_eq(harness_write(h, hide, &j), ST_OK); /* the other one answers the need */
    j = (struct job){.id = b.service_ids[1], .why = "boh"};
    ck_assert_int_eq(harness_write(h, hide, &j), ST_INVALID);
    ck_assert_str_eq(j.key, "upkeep.hide-last");
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 1);
    j.why = "Ha chiuso a giugno, lo dice il parroco";
    ck_assert_int_eq(harness_write(h, hide, &j), ST_OK);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 2);
    ck_assert_int_eq(harness_write(h, show, &j), ST_OK);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM catalogue_service WHERE state = 'hidden'"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__one_far_away_does_not_count_for_the_need)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, "spesa-alimentare");
    struct made_body far = {.source_id = "Cuneo", .name = "Cuneo", .email = "", .n = 1, .confirmed_ago = 1, .istat = "004078",
                            .need = "spesa-alimentare"};
    struct job j = {.id = b.service_ids[0], .why = ""};

    upkeep_make(h, &far);
    upkeep_day(h, 0);
    ck_assert_int_eq(harness_write(h, hide, &j), ST_INVALID);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__only_the_sample_makes_verified_and_wrong_takes_it_away)
{
    struct harness *h = harness_new();
    const struct made_body b = made(h, "Mensa", 1, NULL);
    struct job j = {.id = b.service_ids[0], .why = "phone hours"};

    upkeep_day(h, 0); /* draws one of one */
    ck_assert_int_eq(harness_write(h, nobody, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, DAY_NONE);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).n_calls, 1);
    ck_assert_int_eq(harness_write(h, right, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, clock_today());
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).confirmed_on, clock_today());
    ck_assert_int_eq(harness_write(h, right, &j), ST_CONFLICT); /* two who call */
    ck_assert_int_eq(harness_write(h, wrong, &j), ST_CONFLICT);
    store_testing_exec(&h->store, "UPDATE upkeep_check SET outcome = ''");
    ck_assert_int_eq(harness_write(h, wrong, &j), ST_OK);
    ck_assert_int_eq(upkeep_entry_now(h, j.id, 0).verified_on, DAY_NONE);
    ck_assert_int_eq(number(h, "SELECT count(*) FROM upkeep_check WHERE wrong = 'phone hours'"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_calls__without_a_key_nobody_reads_the_list)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_get(h, "/telefonate").code, 403);
    ck_assert_int_eq(harness_post(h, "/telefonate", "azione=giusta-1").code, 403);
    ck_assert_int_eq(harness_get(h, "/telefonate/foglio/mensa").code, 403);
    harness_free(h);
}
END_TEST

UNIT_MAIN("upkeep_calls", test_calls__the_last_for_a_need_is_hidden_only_with_a_reason,
          test_calls__one_far_away_does_not_count_for_the_need,
          test_calls__only_the_sample_makes_verified_and_wrong_takes_it_away,
          test_calls__without_a_key_nobody_reads_the_list)
