/* daily_test.c - retention happens by itself. */
#include "app/daily.h"
#include "app/features.h"
#include "base/clock.h"
#include "core/messages/messages.h"
#include "harness.h"
#include "unit.h"
#include <unistd.h>

static enum status old_note(struct ctx *c, void *arg)
{
    const struct messages_form f = {.words = STR("Una pagina non si apre"), .nonce = STR("daily-test")};
    struct messages_note note;
    struct str code;

    (void)arg;
    c->today -= MESSAGES_KEEP_DAYS + 1;
    c->now_ms -= (int64_t)(MESSAGES_KEEP_DAYS + 1) * 86400000;
    enum status st = messages_send(c, &f, &code);

    if (st == ST_OK)
        st = messages_find(c, code, &note);
    return st == ST_OK ? messages_answer(c, &note, STR("Fatto")) : st;
}

static int64_t n_notes(struct harness *h)
{
    return store_testing_number(&h->store, "SELECT count(*) FROM messages_note");
}

START_TEST(test_daily__old_answers_go_at_the_start_without_anybody_coming_by)
{
    struct harness *h = harness_new();
    struct daily *y;

    ck_assert_int_eq(harness_write(h, old_note, NULL), ST_OK);
    ck_assert_int_eq(n_notes(h), 1);
    ck_assert_int_eq(daily_start(h->mem, h->db, app_features, n_app_features, &y), ST_OK);
    for (int i = 0; i < 1000 && n_notes(h) > 0; i++)
        usleep(10000);
    ck_assert_int_eq(n_notes(h), 0);
    daily_stop(y);
    harness_free(h);
}
END_TEST

static enum status broken(struct ctx *c)
{
    return fail(c, ST_CONFLICT, "");
}

START_TEST(test_daily__one_slice_that_fails_does_not_keep_the_others_from_their_work)
{
    struct harness *h = harness_new();
    const struct feature bad = {.name = "bad", .daily = broken};
    const struct feature *all[64] = {&bad};

    for (int i = 0; i < n_app_features; i++)
        all[i + 1] = app_features[i];
    ck_assert_int_eq(harness_write(h, old_note, NULL), ST_OK);
    ck_assert_int_eq(daily_run(h->db, all, n_app_features + 1), ST_CONFLICT);
    ck_assert_int_eq(n_notes(h), 0);
    harness_free(h);
}
END_TEST

UNIT_MAIN("daily", test_daily__old_answers_go_at_the_start_without_anybody_coming_by,
          test_daily__one_slice_that_fails_does_not_keep_the_others_from_their_work)
