/* finder_words_test.c - hours, freshness, distance, and where somebody stands, said as people say
 * them. */
#include "base/date.h"
#include "base/macros.h"
#include "finder_words.h"
#include "tests/support/harness.h"
#include "tests/unit.h"

static void is(struct str got, const char *wanted)
{
    ck_assert_msg(str_eq_z(got, wanted), "\"%.*s\", not \"%s\"", (int)got.n, got.p, wanted);
}

static struct ctx begin(struct arena *mem, int day, int minutes)
{
    struct ctx c = ctx_new(mem, &actor_anyone, LANG_IT);

    c.today = day;
    c.now_ms = hours_instant(day, minutes, false);
    return c;
}

START_TEST(test_words__how_long_ago_somebody_made_sure)
{
    struct arena *mem = arena_new(0);
    const int today = day_from_ymd(2026, 11, 21);
    struct ctx c = begin(mem, today, 600);
    static const struct {
        int days;
        const char *words;
    } rows[] = {
        {0, "Scheda confermata oggi"},
        {1, "Scheda confermata ieri"},
        {6, "Scheda confermata 6 giorni fa"},
        {13, "Scheda confermata 13 giorni fa"},
        {14, "Scheda confermata 2 settimane fa"},
        {59, "Scheda confermata 8 settimane fa"},
        {60, "Scheda confermata 2 mesi fa"},
        {400, "Scheda confermata 13 mesi fa"},
        {730, "Scheda confermata 2 anni fa"},
        {4000, "Scheda confermata 10 anni fa"},
    };

    for (int i = 0; i < ARRAY_LEN(rows); i++)
        is(finder_fresh_words(&c, today - rows[i].days), rows[i].words);
    is(finder_fresh_words(&c, DAY_NONE), "Nessuno l’ha ancora confermata");
    is(finder_fresh_words(&c, today + 3), "Nessuno l’ha ancora confermata");
    c.lang = LANG_EN;
    is(finder_fresh_words(&c, today - 1), "Checked yesterday");
    arena_free(mem);
}
END_TEST

START_TEST(test_words__open_until_and_when_it_opens)
{
    struct arena *mem = arena_new(0);
    const int saturday = day_from_ymd(2026, 11, 21);
    struct ctx c = begin(mem, saturday, 600);
    struct hours_answer h = {.state = HOURS_IS_OPEN,
                             .has_until = true,
                             .until_ms = hours_instant(saturday, 1080, false)};

    is(finder_open_words(&c, &h), "Aperto ora, fino alle 18");
    h.until_ms = hours_instant(saturday, 750, false);
    is(finder_open_words(&c, &h), "Aperto ora, fino alle 12:30");
    h.has_until = false;
    is(finder_open_words(&c, &h), "Aperto ora");
    h = (struct hours_answer){
        .state = HOURS_IS_CLOSED, .has_next = true, .next_ms = hours_instant(saturday, 720, false)};
    is(finder_open_words(&c, &h), "Apre alle 12");
    h.next_ms = hours_instant(saturday + 1, 540, false);
    is(finder_open_words(&c, &h), "Apre domani alle 9");
    h.next_ms = hours_instant(saturday + 2, 510, false);
    is(finder_open_words(&c, &h), "Apre lunedì alle 8:30");
    h.next_ms = hours_instant(saturday + 12, 540, false);
    is(finder_open_words(&c, &h), "Apre il 3 dicembre 2026");
    h.has_next = false;
    is(finder_open_words(&c, &h), "Chiuso");
    h.state = HOURS_IS_BY_APPOINTMENT;
    is(finder_open_words(&c, &h), "Su appuntamento");
    h.state = HOURS_IS_UNKNOWN;
    is(finder_open_words(&c, &h), "Orario non indicato: telefona");
    arena_free(mem);
}
END_TEST

/* 29 March 2026: 2 becomes 3; 25 October 2026: 3 becomes 2. */
START_TEST(test_words__hours_are_those_of_the_wall_on_the_nights_the_clock_changes)
{
    struct arena *mem = arena_new(0);
    const int march = day_from_ymd(2026, 3, 29), october = day_from_ymd(2026, 10, 25);
    struct ctx c = begin(mem, march, 0);

    is(finder_hour(&c, hours_instant(march, 60, false)), "1");
    is(finder_hour(&c, hours_instant(march, 540, false)), "9");
    is(finder_hour(&c, hours_instant(october, 60, false)), "1");
    is(finder_hour(&c, hours_instant(october, 540, false)), "9");
    is(finder_hour(&c, hours_instant(october, 1110, false)), "18:30");
    arena_free(mem);
}
END_TEST

START_TEST(test_words__kilometres_have_a_decimal_where_it_tells_something)
{
    struct arena *mem = arena_new(0);
    struct ctx c = begin(mem, day_from_ymd(2026, 11, 21), 600);

    is(finder_km(&c, 340), "0,3 km");
    is(finder_km(&c, 9949), "9,9 km");
    is(finder_km(&c, 9950), "10 km");
    is(finder_km(&c, 14400), "14 km");
    c.lang = LANG_EN;
    is(finder_km(&c, 2100), "2.1 km");
    arena_free(mem);
}
END_TEST

START_TEST(test_words__a_point_is_told_as_the_name_of_its_comune_and_kept_by_nobody)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/trova/qui?lat=45.46&lon=7.87");

    ck_assert_int_eq(r.code, 200);
    is(r.body, "{\"comune\":\"Ivrea (TO)\"}");
    is(harness_header(h, &r, "Cache-Control"), "no-store");
    ck_assert_int_eq(harness_get(h, "/trova/qui?lat=0&lon=0").code, 404);
    ck_assert_int_eq(harness_get(h, "/trova/qui?lat=x&lon=7.87").code, 303);
    ck_assert_int_eq(harness_get(h, "/trova/qui").code, 303);
    harness_free(h);
}
END_TEST

UNIT_MAIN("words", test_words__how_long_ago_somebody_made_sure,
          test_words__open_until_and_when_it_opens,
          test_words__hours_are_those_of_the_wall_on_the_nights_the_clock_changes,
          test_words__kilometres_have_a_decimal_where_it_tells_something,
          test_words__a_point_is_told_as_the_name_of_its_comune_and_kept_by_nobody)
