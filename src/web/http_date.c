#include "web/http_date.h"
#include "base/date.h"
#include <stdio.h>
#include <string.h>

static const char days[] = "MonTueWedThuFriSatSun";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct str http_date(struct arena *mem, int64_t at_ms)
{
    const int64_t s = at_ms / 1000;
    const int day = (int)(s / 86400), rest = (int)(s % 86400);
    const struct ymd d = day_to_ymd(day);

    return str_fmt(mem, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + (day_of_week(day) - 1) * 3, d.day, months + (d.month - 1) * 3,
                   d.year, rest / 3600, rest / 60 % 60, rest % 60);
}

bool http_date_read(struct str s, int64_t *out_ms)
{
    char text[30], weekday[4], month[4], zone[4];
    int day, year, hour, minute, second, n = 0;

    if (s.n != 29)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    if (sscanf(text, "%3s, %2d %3s %4d %2d:%2d:%2d %3s%n", weekday, &day, month, &year, &hour, &minute, &second, zone, &n) != 8 ||
        n != 29 || strcmp(zone, "GMT") != 0)
        return false;
    const char *at = strstr(months, month);
    const int on = at == NULL || strlen(month) != 3 || (at - months) % 3 != 0 ? DAY_NONE
                                                                                : day_from_ymd(year, (int)(at - months) / 3 + 1, day);

    if (on == DAY_NONE || hour > 23 || minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0)
        return false;
    *out_ms = (((int64_t)on * 24 + hour) * 60 + minute) * 60000 + (int64_t)second * 1000;
    return true;
}
