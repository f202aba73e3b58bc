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

/* What is written in Italian is read back as the same rules, and the brackets of before still are. */
START_TEST(test_hours__days_of_the_month_in_words_and_back)
{
    static const struct {
        const char *typed, *shown;
    } cases[] = {
        {"giovedì[2,3,4,5] 9:00-12:00", "tutti i giovedì tranne il primo 9:00-12:00"},
        {"Th[2-5] 09:00-12:00", "tutti i giovedì tranne il primo 9:00-12:00"},
        {"sabato[1,2,3,5] 9-12", "tutti i sabati tranne il quarto 9:00-12:00"},
        {"Su[2-5] 9-12", "tutte le domeniche tranne la prima 9:00-12:00"},
        {"giovedì[2] 9-12", "il secondo giovedì del mese 9:00-12:00"},
        {"il quarto e secondo giovedì del mese 9-12", "il secondo e quarto giovedì del mese 9:00-12:00"},
        {"giovedì[2,3,5] 9-12", "il secondo, terzo e quinto giovedì del mese 9:00-12:00"},
        {"giovedì[1,2,3,4,5] 9-12", "il primo, secondo, terzo, quarto e quinto giovedì del mese 9:00-12:00"},
        {"venerdì[1,-1] 9-12", "il primo e l'ultimo venerdì del mese 9:00-12:00"},
        {"domenica[-1,-2] 9-12", "la penultima e l'ultima domenica del mese 9:00-12:00"},
        {"mar[1], gio[3] 9-12", "il primo martedì del mese, il terzo giovedì del mese 9:00-12:00"},
        {"lunedì[1], festivi 9-12", "il primo lunedì del mese, festivi 9:00-12:00"},
        {"Jul-Aug We[3] 9-12, 14-16", "1 luglio-31 agosto: il terzo mercoledì del mese 9:00-12:00, 14:00-16:00"},
        {"Tu[1] \"su appuntamento\"", "il primo martedì del mese su appuntamento"},
        {"Sa[1] off", "il primo sabato del mese chiuso"},
        {"Mo-We,Fr 13:30-18:30; Th[1] 17:00-19:00", "lun-mer, ven 13:30-18:30; il primo giovedì del mese 17:00-19:00"},
        {"Mo-Fr 13:30-18:30; Th[1] 17:00-19:00",
         "lun-mer, ven 13:30-18:30; tutti i giovedì tranne il primo 13:30-18:30; il primo giovedì del mese 17:00-19:00"},
    };
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct hours_text first, again;
        struct hours_said list[HOURS_TEXT_MOST];
        struct str wrong;
        const char *key = "";

        ck_assert_msg(hours_text_read(mem, str_of(cases[i].typed), &first, &wrong, &key) == ST_OK, "%s: %s", cases[i].typed, key);
        for (int k = 0; k < first.n; k++)
            list[k] = (struct hours_said){first.rules[k], first.words[k]};
        const struct str shown = hours_text_write(mem, list, first.n, HOURS_ITALIAN);

        ck_assert_msg(str_eq_z(shown, cases[i].shown), "%s is shown %.*s", cases[i].typed, (int)shown.n, shown.p);
        ck_assert_msg(hours_text_read(mem, shown, &again, &wrong, &key) == ST_OK, "%.*s: %s", (int)shown.n, shown.p, key);
        ck_assert_int_eq(again.n, first.n);
        for (int k = 0; k < first.n; k++)
            ck_assert_msg(memcmp(&first.rules[k], &again.rules[k], sizeof first.rules[k]) == 0, "%.*s", (int)shown.n, shown.p);
    }
    arena_free(mem);
}
END_TEST

/* Whatever days of the month one weekday has. */
START_TEST(test_hours__every_choice_of_days_comes_back)
{
    struct arena *mem = arena_new(0);

    for (int day = 0; day < 7; day++)
        for (unsigned pick = 1; pick < 1u << 10; pick++) {
            struct hours_said x = {.rule = {.freq = HOURS_MONTHLY, .interval = 1, .week_start = 1, .start_day = DAY_NONE, .until_day = DAY_NONE,
                                            .from_day = DAY_NONE, .to_day = DAY_NONE, .opens_min = 540, .closes_min = 720}};
            struct hours_text again;
            struct str wrong;
            const char *key = "";

            x.rule.nth[day] = (uint16_t)((pick & 0x1f) << 1 | (pick >> 5) << 9);
            const struct str shown = hours_text_write(mem, &x, 1, HOURS_ITALIAN);

            ck_assert_msg(hours_text_read(mem, shown, &again, &wrong, &key) == ST_OK, "%.*s: %s", (int)shown.n, shown.p, key);
            ck_assert_msg(again.n == 1 && memcmp(&again.rules[0], &x.rule, sizeof x.rule) == 0, "%.*s", (int)shown.n, shown.p);
            ck_assert_msg(str_index(shown, '[') < 0, "%.*s", (int)shown.n, shown.p);
            arena_reset(mem);
        }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("opening_text", test_hours__examples, test_hours__said_in_quotes_and_unknown,
          test_hours__as_many_parts_as_there_is_room_for, test_hours__days_of_the_month_in_words_and_back,
          test_hours__every_choice_of_days_comes_back)
