/*
 * date.h - days of the calendar (proleptic Gregorian), as ISO text and as numbers.
 *
 * Units   a day number counts days since 1970-01-01; a day of 0 is that day, so an unknown day
 *         is DAY_NONE. Instants are UTC milliseconds (clock.h).
 * Zone    "today" for people is the day in Europe/Rome (clock_today).
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <limits.h>

enum { DAY_NONE = INT_MIN };

struct ymd {
    int year, month, day; /* month 1..12 */
};

int day_from_ymd(int year, int month, int day); /* DAY_NONE when there is no such day */
struct ymd day_to_ymd(int day);
int day_parse(struct str iso); /* "2026-11-21"; DAY_NONE on anything else */
int day_of_week(int day);      /* 1 Monday .. 7 Sunday */
struct str day_iso(struct arena *mem, int day);
struct str instant_iso(struct arena *mem, int64_t at_ms); /* 2026-11-21T10:05:00Z */
