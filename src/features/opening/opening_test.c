#include "base/date.h"
#include "opening.h"
#include "tests/support/cases.h"
#include "unit.h"
#include <string.h>

enum { MAX_RULES = 8, N_DAYS = 5 };

static const int64_t DAY_MS = 86400000, STEP_MS = 5 * 60000;

static struct arena *mem;

static void begin(void)
{
    mem = arena_new(0);
}

static void finish(void)
{
    arena_free(mem);
}

/* "2026-11-23 09:30+1": wall time and its hours before UTC; 0 for none, -1 for "-" (known to have
 * none). */
static int64_t instant_of(struct str s)
{
    int64_t hour, minute, zone;

    if (s.n == 0)
        return 0;
    if (str_eq(s, STR("-")))
        return -1;
    const int day = day_parse(str_head(s, 10));
    const bool is_read =
        s.n == 18 && day != DAY_NONE && str_to_int(str_head(str_from(s, 11), 2), &hour) &&
        str_to_int(str_head(str_from(s, 14), 2), &minute) && str_to_int(str_from(s, 16), &zone);

    ck_assert_msg(is_read, "not an instant: \"%.*s\"", (int)s.n, s.p);
    return ((int64_t)day * 1440 + hour * 60 + minute - zone * 60) * 60000;
}

static bool take(struct str word, const char *name, struct str *out)
{
    if (!str_starts(word, str_of(name)))
        return false;
    *out = str_from(word, strlen(name));
    return true;
}

static int month_day(struct str s)
{
    int64_t v;

    ck_assert(str_to_int(s, &v));
    return (int)v;
}

/* "freq=WEEKLY by=TU 10:00-12:00", "closed from=...", "only-holidays", "season=0615-0915" */
static void read_example(struct str text, struct hours_rule *out, struct hours *h,
                         const char *where, int line)
{
    struct hours_fields f = {.freq = STR("")};
    struct str value = STR("");
    const char *bad;

    *out = (struct hours_rule){.kind = HOURS_OPEN};
    while (text.n > 0) {
        const struct str word = str_cut(&text, ' ');

        if (str_eq(word, STR("closed")))
            out->kind = HOURS_CLOSED;
        else if (str_eq(word, STR("appointment")))
            out->kind = HOURS_BY_APPOINTMENT;
        else if (str_eq(word, STR("holidays")))
            out->on_holidays = true;
        else if (str_eq(word, STR("only-holidays")))
            out->only_holidays = true;
        else if (take(word, "patron=", &value)) {
            h->patron_month = month_day(value) / 100;
            h->patron_day = month_day(value) % 100;
        } else if (take(word, "season=", &value)) {
            out->season_from = month_day(str_cut(&value, '-'));
            out->season_to = month_day(value);
        } else if (!take(word, "freq=", &f.freq) && !take(word, "by=", &f.byday) &&
                   !take(word, "monthday=", &f.bymonthday) &&
                   !take(word, "interval=", &f.interval) && !take(word, "wkst=", &f.wkst) &&
                   !take(word, "start=", &f.dtstart) && !take(word, "until=", &f.until) &&
                   !take(word, "count=", &f.count) && !take(word, "from=", &f.valid_from) &&
                   !take(word, "to=", &f.valid_to)) {
            f.closes_at = word;
            f.opens_at = str_cut(&f.closes_at, '-');
        }
    }
    ck_assert_msg(hours_read_rule(&f, out, &bad) == ST_OK, "%s line %d: %s", where, line, bad);
}

static void read_hours(struct str text, struct hours *h, struct hours_rule *rules, int line)
{
    *h = (struct hours){.rules = rules};
    while (text.n > 0) {
        const struct str one = str_trim(str_cut(&text, '|'));

        ck_assert_int_lt(h->n_rules, MAX_RULES);
        read_example(one, &rules[h->n_rules++], h, "opening/cases/hours.tsv", line);
    }
}

START_TEST(test_hours__open_until_when_and_when_next)
{
    static const char *const states[] = {"unknown", "open", "closed", "appointment"};

    begin();
    const struct cases c = cases_read(mem, "opening/cases/hours.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        struct hours_rule rules[MAX_RULES];
        struct hours h;
        struct hours_answer a;

        read_hours(cases_cell(&c, i, "rules"), &h, rules, c.lines[i]);
        hours_at(&h, instant_of(cases_cell(&c, i, "at")), &a);
        ck_assert_msg(str_eq_z(cases_cell(&c, i, "state"), states[a.state]),
                      "hours.tsv line %d: %s", c.lines[i], states[a.state]);
        const int64_t until = instant_of(cases_cell(&c, i, "until")),
                      next = instant_of(cases_cell(&c, i, "next"));

        if (until == -1)
            ck_assert_msg(!a.has_until, "hours.tsv line %d: it has an end", c.lines[i]);
        else if (until != 0)
            ck_assert_msg(a.has_until && a.until_ms == until, "hours.tsv line %d: until %s",
                          c.lines[i], instant_iso(mem, a.until_ms).p);
        if (next != 0)
            ck_assert_msg(a.has_next && a.next_ms == next, "hours.tsv line %d: next %s", c.lines[i],
                          instant_iso(mem, a.next_ms).p);
        else if (a.state == HOURS_IS_CLOSED)
            ck_assert_msg(!a.has_next, "hours.tsv line %d: it has a next opening", c.lines[i]);
    }
    finish();
}
END_TEST

START_TEST(test_hours__what_cannot_be_read_names_its_field)
{
    begin();
    const struct cases c = cases_read(mem, "opening/cases/hours_refused.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        const struct hours_fields f = {
            cases_cell(&c, i, "freq"),       cases_cell(&c, i, "interval"),
            cases_cell(&c, i, "byday"),      cases_cell(&c, i, "bymonthday"),
            cases_cell(&c, i, "wkst"),       cases_cell(&c, i, "dtstart"),
            cases_cell(&c, i, "until"),      cases_cell(&c, i, "count"),
            cases_cell(&c, i, "valid_from"), cases_cell(&c, i, "valid_to"),
            cases_cell(&c, i, "opens_at"),   cases_cell(&c, i, "closes_at")};
        struct hours_rule r = {.kind = HOURS_BY_APPOINTMENT, .interval = 77};
        const char *bad = "nothing";

        ck_assert_msg(hours_read_rule(&f, &r, &bad) == ST_INVALID,
                      "hours_refused.tsv line %d is read", c.lines[i]);
        ck_assert_msg(str_eq_z(cases_cell(&c, i, "field"), bad), "hours_refused.tsv line %d: %s",
                      c.lines[i], bad);
        ck_assert_int_eq(r.interval, 77); /* left alone */
    }
    finish();
}
END_TEST

START_TEST(test_hours__times_as_feeds_write_them)
{
    static const char *const nine[] = {"09:00", "9:00", "09:00:00", "09:00+01:00",
                                       "09:00:00+02:00"};

    begin();
    for (int i = 0; i < ARRAY_LEN(nine); i++) {
        const struct hours_fields f = {.byday = STR("mo"),
                                       .opens_at = str_of(nine[i]),
                                       .closes_at = STR("24:00"),
                                       .dtstart = STR("2026-11-02T00:00:00")};
        struct hours_rule r = {.kind = HOURS_OPEN};
        const char *bad;

        ck_assert_int_eq(hours_read_rule(&f, &r, &bad), ST_OK);
        ck_assert_int_eq(r.opens_min, 540);
        ck_assert_int_eq(r.closes_min, 1440);
        ck_assert_int_eq(r.freq, HOURS_WEEKLY);
        ck_assert_int_eq(r.start_day, day_from_ymd(2026, 11, 2));
    }
    finish();
}
END_TEST

START_TEST(test_hours__holidays_of_the_law)
{
    begin();
    const struct cases c = cases_read(mem, "opening/cases/holidays.tsv");

    for (int i = 0; i < c.n_rows; i++)
        ck_assert_msg(hours_is_holiday(day_parse(cases_cell(&c, i, "day"))) ==
                          str_eq_z(cases_cell(&c, i, "holiday"), "yes"),
                      "holidays.tsv line %d", c.lines[i]);
    finish();
}
END_TEST

START_TEST(test_hours__easter)
{
    begin();
    const struct cases c = cases_read(mem, "opening/cases/easter.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        int64_t year;

        ck_assert(str_to_int(cases_cell(&c, i, "year"), &year));
        ck_assert_msg(hours_easter((int)year) == day_parse(cases_cell(&c, i, "easter")),
                      "easter.tsv line %d", c.lines[i]);
    }
    for (int year = 1900; year < 2300; year++) { /* always a Sunday between 22 March and 25 April */
        const int easter = hours_easter(year);

        ck_assert_int_eq(day_of_week(easter), 7);
        ck_assert_int_ge(easter, day_from_ymd(year, 3, 22));
        ck_assert_int_le(easter, day_from_ymd(year, 4, 25));
    }
    finish();
}
END_TEST

START_TEST(test_hours__instants_of_the_wall_clock)
{
    begin();
    const struct cases c = cases_read(mem, "opening/cases/instants.tsv");

    for (int i = 0; i < c.n_rows; i++) {
        int64_t minutes;

        ck_assert(str_to_int(cases_cell(&c, i, "minutes"), &minutes));
        const int64_t at = hours_instant(day_parse(cases_cell(&c, i, "day")), (int)minutes,
                                         str_eq_z(cases_cell(&c, i, "late"), "yes"));

        ck_assert_msg(str_eq(instant_iso(mem, at), cases_cell(&c, i, "utc")),
                      "instants.tsv line %d: %s", c.lines[i], instant_iso(mem, at).p);
        /* and back; an hour that was skipped shows as three o'clock */
        const bool is_skipped = at == hours_instant(day_parse(STR("2026-03-29")), 180, false);

        ck_assert_int_eq(hours_wall_minutes(at), is_skipped ? 180 : (int)minutes % 1440);
    }
    finish();
}
END_TEST

/* Every five minutes over the nights the clock changes and around the new year: what is answered at
 * one instant must hold until the end that was told, and begin at the opening that was told. */
START_TEST(test_hours__answers_agree_with_one_another)
{
    static const char *const texts[] = {
        "holidays 20:00-08:00",
        "by=MO,WE,FR 09:00-12:30 | by=TU,TH 14:00-18:00",
        "freq=MONTHLY by=1MO,-1SU 22:00-03:00 | appointment by=SA 10:00-11:00",
        "holidays 01:30-03:30",
    };
    static const char *const froms[] = {"2026-03-27", "2026-10-23", "2026-12-30", "2026-04-03"};

    begin();
    for (int t = 0; t < ARRAY_LEN(texts); t++) {
        for (int k = 0; k < ARRAY_LEN(froms); k++) {
            struct hours_rule rules[MAX_RULES];
            struct hours h;
            struct hours_answer last, now;
            const int64_t from = hours_instant(day_parse(str_of(froms[k])), 0, false);

            read_hours(str_of(texts[t]), &h, rules, 0);
            hours_at(&h, from, &last);
            for (int64_t at = from + STEP_MS; at < from + N_DAYS * DAY_MS; at += STEP_MS) {
                hours_at(&h, at, &now);
                if (last.state == HOURS_IS_OPEN) {
                    ck_assert(last.has_until);
                    ck_assert_msg((now.state == HOURS_IS_OPEN) == (at < last.until_ms), "%s at %s",
                                  texts[t], instant_iso(mem, at).p);
                }
                if (last.state == HOURS_IS_CLOSED && last.has_next)
                    ck_assert_msg((now.state != HOURS_IS_CLOSED) == (at >= last.next_ms),
                                  "%s at %s", texts[t], instant_iso(mem, at).p);
                last = now;
            }
        }
    }
    finish();
}
END_TEST

START_TEST(test_hours__the_ranges_of_a_day)
{
    struct hours_rule rules[MAX_RULES];
    struct hours h;
    struct hours_range r[4];
    const int monday = day_from_ymd(2026, 11, 23);

    begin();
    read_hours(STR("by=MO 14:00-17:00 | by=MO 09:00-12:00 | appointment by=MO 11:00-13:00"), &h,
               rules, 0);
    ck_assert_int_eq(hours_of_day(&h, monday, r, 4), 3);
    ck_assert(r[0].from_ms == hours_instant(monday, 540, false) &&
              r[0].to_ms == hours_instant(monday, 720, false));
    ck_assert(r[1].by_appointment && r[1].from_ms == hours_instant(monday, 720, false));
    ck_assert(r[2].from_ms == hours_instant(monday, 840, false));
    ck_assert_int_eq(hours_of_day(&h, monday, r, 1), 1);
    ck_assert_int_eq(hours_of_day(&h, monday + 1, r, 4), 0);
    finish();
}
END_TEST

START_TEST(test_hours__each_state_has_its_words)
{
    static const char *const keys[] = {"catalogue.hours-unknown", "catalogue.hours-open",
                                       "catalogue.hours-closed", "catalogue.hours-by-appointment"};

    begin();
    for (int i = 0; i < ARRAY_LEN(keys); i++) {
        ck_assert_str_eq(hours_state_key((enum hours_state)i), keys[i]);
        ck_assert(text_has(LANG_IT, keys[i]) && text_has(LANG_EN, keys[i]));
    }
    ck_assert(
        str_eq(text_get(LANG_IT, "catalogue.hours-unknown"), STR("orario non indicato: telefona")));
    finish();
}
END_TEST

UNIT_MAIN("opening", test_hours__open_until_when_and_when_next,
          test_hours__what_cannot_be_read_names_its_field, test_hours__times_as_feeds_write_them,
          test_hours__holidays_of_the_law, test_hours__easter,
          test_hours__instants_of_the_wall_clock, test_hours__answers_agree_with_one_another,
          test_hours__the_ranges_of_a_day, test_hours__each_state_has_its_words)
