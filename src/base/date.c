#include "base/date.h"

/* Days and civil dates by eras of 400 years (146,097 days), March first. */
static int civil_to_days(int y, int m, int d)
{
    y -= m <= 2;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yoe = y - era * 400;
    const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct ymd day_to_ymd(int day)
{
    const int z = day + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int doe = z - era * 146097;
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    const int month = mp < 10 ? mp + 3 : mp - 9;

    return (struct ymd){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int day_from_ymd(int year, int month, int day)
{
    static const int n_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > n_days[month - 1] ||
        (month == 2 && day == 29 && !leap))
        return DAY_NONE;
    return civil_to_days(year, month, day);
}

static int digits(struct str s, size_t at, int n)
{
    int v = 0;

    for (int i = 0; i < n; i++) {
        const char c = s.p[at + (size_t)i];

        if (c < '0' || c > '9')
            return -1;
        v = v * 10 + (c - '0');
    }
    return v;
}

int day_parse(struct str iso)
{
    if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-')
        return DAY_NONE;
    return day_from_ymd(digits(iso, 0, 4), digits(iso, 5, 2), digits(iso, 8, 2));
}

int day_of_week(int day)
{
    const int r = (day + 3) % 7; /* 1970-01-01 was a Thursday */

    return (r < 0 ? r + 7 : r) + 1;
}

struct str day_iso(struct arena *mem, int day)
{
    const struct ymd d = day_to_ymd(day);

    return str_fmt(mem, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str instant_iso(struct arena *mem, int64_t at_ms)
{
    const int64_t s = at_ms >= 0 ? at_ms / 1000 : (at_ms - 999) / 1000;
    const int64_t day = s >= 0 ? s / 86400 : (s - 86399) / 86400;
    const int in_day = (int)(s - day * 86400);
    const struct ymd d = day_to_ymd((int)day);

    return str_fmt(mem, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, in_day / 3600,
                   in_day / 60 % 60, in_day % 60);
}
