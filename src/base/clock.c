#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t shift_ms; /* set once by clock_init, before threads */

static int64_t system_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_init(void)
{
    const char *z = getenv("WECARE_NOW");
    int y, mo, d, h, mi, s;

    if (z == NULL)
        return;
    if (sscanf(z, "%4d-%2d-%2dT%2d:%2d:%2dZ", &y, &mo, &d, &h, &mi, &s) != 6 ||
        day_from_ymd(y, mo, d) == DAY_NONE)
        bug("WECARE_NOW is not like 2019-03-01T10:00:00Z");
    const int64_t then = ((int64_t)day_from_ymd(y, mo, d) * 86400 + h * 3600 + mi * 60 + s) * 1000;

    shift_ms = then - system_ms();
}

int64_t clock_now_ms(void)
{
    return system_ms() + shift_ms;
}

int64_t clock_mono_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Summer time in the European Union: from 01:00 UTC of the last Sunday of March to 01:00 UTC
 * of the last Sunday of October (Directive 2000/84/EC). Computed here because a bare machine
 * may have no zone files and a library's zone is one per process. */
static int64_t last_sunday_ms(int year, int month)
{
    const int last = day_from_ymd(year, month, 31);

    return ((int64_t)(last - day_of_week(last) % 7) * 86400 + 3600) * 1000;
}

int clock_day_at(int64_t ms)
{
    const int64_t days = ms >= 0 ? ms / 86400000 : (ms - 86399999) / 86400000;
    const int year = day_to_ymd((int)days).year;
    const int64_t summer_ms = last_sunday_ms(year, 3), winter_ms = last_sunday_ms(year, 10);
    const int64_t rome = ms + (ms >= summer_ms && ms < winter_ms ? 2 : 1) * 3600000;

    return (int)(rome >= 0 ? rome / 86400000 : (rome - 86399999) / 86400000);
}

int clock_today(void)
{
    return clock_day_at(clock_now_ms());
}
