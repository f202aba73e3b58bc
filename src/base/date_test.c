#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/problems.h"
#include "base/random.h"
#include "unit.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

START_TEST(test_date__every_day_of_400_years_goes_there_and_back)
{
    int expected = day_from_ymd(1800, 1, 1);

    for (int y = 1800; y < 2200; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= 31; d++) {
                const int day = day_from_ymd(y, m, d);

                if (day == DAY_NONE)
                    continue;
                ck_assert_int_eq(day, expected++);
                const struct ymd back = day_to_ymd(day);

                ck_assert(back.year == y && back.month == m && back.day == d);
            }
    ck_assert_int_eq(day_from_ymd(1970, 1, 1), 0);
}
END_TEST

START_TEST(test_date__only_real_days_are_read)
{
    static const char *const bad[] = {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01",
                                      "2026-11-31", "2026-11-21T", "2026/11/21", "abcd-ef-gh"};

    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(day_parse(str_of(bad[i])) == DAY_NONE, "%s", bad[i]);
    ck_assert_int_ne(day_parse(STR("2024-02-29")), DAY_NONE);
    ck_assert_int_eq(day_of_week(day_parse(STR("2026-11-21"))), 6); /* a Saturday */
    ck_assert_int_eq(day_of_week(day_parse(STR("1969-12-29"))), 1);
}
END_TEST

static int rome_day(const char *utc_day, int hour, int minute)
{
    return clock_day_at(((int64_t)day_parse(str_of(utc_day)) * 86400 + hour * 3600 + minute * 60) * 1000);
}

START_TEST(test_clock__the_day_changes_at_midnight_in_rome)
{
    /* winter: UTC+1; summer: UTC+2; it changes at 01:00 UTC of the last Sundays */
    ck_assert_int_eq(rome_day("2026-01-10", 22, 59), day_parse(STR("2026-01-10")));
    ck_assert_int_eq(rome_day("2026-01-10", 23, 0), day_parse(STR("2026-01-11")));
    ck_assert_int_eq(rome_day("2026-07-10", 21, 59), day_parse(STR("2026-07-10")));
    ck_assert_int_eq(rome_day("2026-07-10", 22, 0), day_parse(STR("2026-07-11")));
    ck_assert_int_eq(rome_day("2026-03-28", 22, 30), day_parse(STR("2026-03-28")));
    ck_assert_int_eq(rome_day("2026-03-29", 22, 30), day_parse(STR("2026-03-30")));
    ck_assert_int_eq(rome_day("2026-10-24", 22, 30), day_parse(STR("2026-10-25")));
    ck_assert_int_eq(rome_day("2026-10-25", 22, 30), day_parse(STR("2026-10-25")));
}
END_TEST

START_TEST(test_random__uuids_are_version_7_in_order_and_codes_can_be_read_out)
{
    struct arena *mem = arena_new(0);
    const struct str a = random_uuid(mem, 1700000000000), b = random_uuid(mem, 1700000000001);

    ck_assert_uint_eq(a.n, 36);
    ck_assert_int_eq(a.p[14], '7');
    ck_assert_ptr_nonnull(strchr("89ab", a.p[19]));
    ck_assert_int_lt(str_cmp(a, b), 0);
    ck_assert(!str_eq(random_uuid(mem, 5), random_uuid(mem, 5)));
    const struct str code = random_code(mem, 400);

    for (size_t i = 0; i < code.n; i++)
        ck_assert_msg(strchr("01OILUoilu", code.p[i]) == NULL, "%c", code.p[i]);
    arena_free(mem);
}
END_TEST

START_TEST(test_log__a_line_is_one_json_object_whatever_the_text)
{
    char path[] = "/tmp/wecare-log-XXXXXX", line[2048];
    const int fd = mkstemp(path);

    log_to_fd(fd);
    log_event(LOG_INFO, "trial", LOG_Z("z", "a\"b\\c\nd"), LOG_INT("n", -5), LOG_END);
    log_event(LOG_DEBUG, "hidden", LOG_END);
    const ssize_t n = pread(fd, line, sizeof line - 1, 0);

    line[n < 0 ? 0 : n] = '\0';
    ck_assert_ptr_nonnull(strstr(line, "\"event\":\"trial\",\"z\":\"a\\u0022b\\u005cc\\u000ad\",\"n\":-5}\n"));
    ck_assert_ptr_null(strstr(line, "hidden"));
    close(fd);
    unlink(path);
}
END_TEST

START_TEST(test_problems__all_are_kept_each_with_its_field)
{
    struct arena *mem = arena_new(0);
    struct problems p = problems_new(mem);

    for (int i = 0; i < 100; i++)
        problems_add_row(&p, i, i % 2 == 0 ? "even" : "odd", "x.y", STR("v"));
    ck_assert_int_eq(p.n, 100);
    ck_assert_int_eq(problems_of(&p, "odd")->row, 1);
    ck_assert_ptr_null(problems_of(&p, "none"));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("date", test_date__every_day_of_400_years_goes_there_and_back, test_date__only_real_days_are_read,
          test_clock__the_day_changes_at_midnight_in_rome,
          test_random__uuids_are_version_7_in_order_and_codes_can_be_read_out,
          test_log__a_line_is_one_json_object_whatever_the_text,
          test_problems__all_are_kept_each_with_its_field)
