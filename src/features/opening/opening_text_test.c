/* opening_text_test.c - texts of opening hours: what is open on a day, and what is refused. */
#include "base/buf.h"
#include "base/date.h"
#include "opening_text.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* "09:00-12:30 ~15:00-17:00"; "closed". */
static struct str written(struct arena *mem, const struct hours_text *h, int day)
{
    const struct hours all = {.rules = h->rules, .n_rules = h->n};
    struct hours_range list[12];
    struct buf b = buf_new(mem, 32);
    const int64_t midnight = hours_instant(day, 0, false);
    const int n = hours_of_day(&all, day, list, 12);

    for (int i = 0; i < n; i++) {
        const int from = (int)((list[i].from_ms - midnight) / 60000), to = (int)((list[i].to_ms - midnight) / 60000);

        buf_fmt(&b, "%s%s%02d:%02d-%02d:%02d", i > 0 ? " " : "", list[i].by_appointment ? "~" : "", from / 60, from % 60, to / 60 % 24, to % 60);
    }
    return n == 0 ? STR("closed") : buf_view(&b);
}

START_TEST(test_hours__examples)
{
    struct arena *mem = arena_new(0);
    const struct cases cases = cases_read(mem, "opening/cases/hours_text.tsv");
    int n_refused = 0;

    for (int i = 0; i < cases.n_rows; i++) {
        const struct str text = cases_cell(&cases, i, "text"), day = cases_cell(&cases, i, "day"), want = cases_cell(&cases, i, "hours");
        struct hours_text h;
        struct str wrong = {"", 0};
        const char *key = "";
        const enum status st = hours_text_read(mem, text, &h, &wrong, &key);

        if (want.p[0] == '!') {
            ck_assert_msg(st == ST_INVALID, "%.*s is read", (int)text.n, text.p);
            ck_assert_msg(str_eq_z(str_from(want, 1), key), "%.*s: %s, not %.*s", (int)text.n, text.p, key, (int)want.n, want.p);
            ck_assert_int_eq(h.n, 0);
            n_refused++;
            continue;
        }
        ck_assert_msg(st == ST_OK, "%.*s: %s at %.*s", (int)text.n, text.p, key, (int)wrong.n, wrong.p);
        const struct str got = written(mem, &h, day_parse(day));

        ck_assert_msg(str_eq(got, want), "%.*s on %.*s: %.*s, not %.*s", (int)text.n, text.p, (int)day.n, day.p, (int)got.n, got.p,
                      (int)want.n, want.p);
    }
    printf("# %d examples, %d of them refused\n", cases.n_rows, n_refused);
    ck_assert_int_gt(cases.n_rows, 50);
    arena_free(mem);
}
END_TEST

START_TEST(test_hours__said_in_quotes_and_unknown)
{
    struct arena *mem = arena_new(0);
    struct hours_text h;
    struct hours_answer a;
    struct str wrong;
    const char *key;

    ck_assert_int_eq(hours_text_read(mem, STR("Mo 9-12 \"solo soci\""), &h, &wrong, &key), ST_OK);
    ck_assert(str_eq_z(h.words[0], "solo soci"));
    ck_assert_int_eq(h.rules[0].kind, HOURS_OPEN);
    ck_assert_int_eq(hours_text_read(mem, STR("\"su appuntamento\""), &h, &wrong, &key), ST_OK);
    ck_assert_int_eq(h.n, 1);
    ck_assert_int_eq(h.rules[0].kind, HOURS_BY_APPOINTMENT);
    ck_assert_int_eq(hours_text_read(mem, STR(" "), &h, &wrong, &key), ST_OK);
    ck_assert_int_eq(h.n, 0);
    hours_at(&(struct hours){.rules = h.rules, .n_rules = h.n}, hours_instant(day_parse(STR("2026-11-23")), 600, false), &a);
    ck_assert_int_eq(a.state, HOURS_IS_UNKNOWN);
    arena_free(mem);
}
END_TEST

START_TEST(test_hours__as_many_parts_as_there_is_room_for)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 4096);
    struct hours_text h;
    struct str wrong;
    const char *key = "";

    for (int i = 0; i < 70; i++)
        buf_fmt(&b, "%s2027 Jan %d Mo %02d:%02d-%02d:%02d", i > 0 ? ";" : "", i % 28 + 1, i % 23, i % 60, i % 23, i % 60 + (i % 60 < 59));
    ck_assert_int_eq(hours_text_read(mem, buf_view(&b), &h, &wrong, &key), ST_INVALID);
    ck_assert_int_eq(h.n, 0);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("opening_text", test_hours__examples, test_hours__said_in_quotes_and_unknown,
          test_hours__as_many_parts_as_there_is_room_for)
