/* opening_calendar.c - holidays of Italy and the wall clock of Europe/Rome. */
#include "base/date.h"
#include "base/macros.h"
#include "opening.h"
#include "opening_rule.h"

enum {
    MINUTES_OF_DAY = 1440,
    MINUTE_MS = 60000,
    SUMMER_MIN = 120,
    WINTER_MIN = 60,
    CHANGE_UTC_MIN = 60
};

/* Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
int hours_easter(int year)
{
    const int a = year % 19, b = year / 100, c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;

    return day_from_ymd(year, n / 31, n % 31 + 1);
}

bool hours_is_holiday_date(int day, const struct ymd *d)
{
    static const struct {
        int month, day, from_year, to_year;
    } holidays[] = {
        {1, 1, 0, 9999},    {1, 6, 1986, 9999}, {4, 25, 0, 9999},    {5, 1, 0, 9999},
        {6, 2, 2001, 9999}, {8, 15, 0, 9999},   {10, 4, 2026, 9999}, {11, 1, 0, 9999},
        {12, 8, 0, 9999},   {12, 25, 0, 9999},  {12, 26, 0, 9999},   {3, 17, 2011, 2011},
    };

    for (int i = 0; i < ARRAY_LEN(holidays); i++)
        if (holidays[i].month == d->month && holidays[i].day == d->day &&
            holidays[i].from_year <= d->year && d->year <= holidays[i].to_year)
            return true;
    return (d->month == 3 || d->month == 4) && day == hours_easter(d->year) + 1;
}

bool hours_is_holiday(int day)
{
    const struct ymd d = day_to_ymd(day);

    return hours_is_holiday_date(day, &d);
}

/* Minutes since 1970 of the change: the last Sunday of March or October, 01:00 UTC (Directive
 * 2000/84/EC). */
static int64_t change_min(int year, int month)
{
    const int last = day_from_ymd(year, month, 31);

    return (int64_t)(last - day_of_week(last) % 7) * MINUTES_OF_DAY + CHANGE_UTC_MIN;
}

static bool is_summer(int64_t utc_min)
{
    const int64_t day =
        utc_min >= 0 ? utc_min / MINUTES_OF_DAY : (utc_min - MINUTES_OF_DAY + 1) / MINUTES_OF_DAY;
    const int year = day_to_ymd((int)day).year;

    return utc_min >= change_min(year, 3) && utc_min < change_min(year, 10);
}

int hours_wall_minutes(int64_t at_ms)
{
    const int64_t utc = at_ms >= 0 ? at_ms / MINUTE_MS : (at_ms - MINUTE_MS + 1) / MINUTE_MS;
    const int64_t wall = utc + (is_summer(utc) ? SUMMER_MIN : WINTER_MIN);

    return (int)((wall % MINUTES_OF_DAY + MINUTES_OF_DAY) % MINUTES_OF_DAY);
}

int64_t hours_instant(int day, int minutes, bool late)
{
    const int64_t wall = (int64_t)day * MINUTES_OF_DAY + minutes;
    const struct ymd d = day_to_ymd((int)(wall / MINUTES_OF_DAY));

    /* The clock changes in March and in October, and in the first hours of a day. */
    if (wall >= 0 && d.month != 3 && d.month != 10)
        return (wall - (d.month > 3 && d.month < 10 ? SUMMER_MIN : WINTER_MIN)) * MINUTE_MS;
    const int64_t first = wall - SUMMER_MIN, second = wall - WINTER_MIN;
    const bool is_first = is_summer(first), is_second = !is_summer(second);

    if (is_first && is_second)
        return (late ? second : first) * MINUTE_MS;
    if (is_first || is_second)
        return (is_first ? first : second) * MINUTE_MS;
    return change_min(day_to_ymd(day + minutes / MINUTES_OF_DAY).year, 3) *
           MINUTE_MS; /* a time that is skipped */
}
