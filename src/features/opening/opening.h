/*
 * opening.h - when a service is open: now, until when, when next.
 *
 * Why     a person who rides 20 km to a closed door does not come back. Hours are a list of rules,
 *         not a text: several ranges a day, the first Tuesday of the month, seasons, every second
 *         week, 20-8 across midnight, holidays and the patron's feast, the nights the clock
 * changes. Rule    one HSDS 3.0 schedule = which days (freq, interval, byday, bymonthday, wkst,
 * dtstart, until, count, valid_from, valid_to: the RRULE subset of RFC 5545) and from when to when
 * on such a day (opens_at, closes_at, wall time of Europe/Rome). A closing not after its opening
 *         belongs to the next day (20:00-08:00); equal ones are 24 hours; 24:00 is midnight.
 * Order   what is said of a day wins by kind: HOURS_CLOSED over HOURS_OPEN (with hours it takes
 * those out, without it keeps all from beginning that day), open over by appointment; on a holiday
 *         or on the patron's feast an ordinary rule is closed unless it says that it holds on
 * holidays too. A range that began the evening before runs to its end. Clock   Europe/Rome with the
 * European rule (last Sundays of March and October, 01:00 UTC), for any year from 1996. A time that
 * is skipped in March stands for the instant of the change; a time that comes twice in October is
 * the first when it opens and the second when it closes. Unknown no rule, an open day without its
 * hours, or rules that are over with nothing ahead: never "closed" but HOURS_IS_UNKNOWN: "orario
 * non indicato: telefona" (key catalogue.hours-unknown). Memory  rules are plain values; only
 * hours_read_rule's text views live in the caller's. Pure    the instant is given; nobody asks the
 * clock.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

enum hours_freq {
    HOURS_EVERY_DAY, /* no freq: each day from valid_from to valid_to */
    HOURS_WEEKLY,
    HOURS_MONTHLY,
    HOURS_YEARLY, /* the day of dtstart, each year */
};

enum hours_kind {
    HOURS_OPEN,
    HOURS_CLOSED,         /* closed on these days whatever the others say */
    HOURS_BY_APPOINTMENT, /* "su appuntamento" between these hours, or without hours */
};

enum { HOURS_MAX_MONTHDAYS = 31, HOURS_NO_TIME = -1, HOURS_DAYS_AHEAD = 400 };

struct hours_rule {
    enum hours_kind kind;
    enum hours_freq freq;
    int interval;     /* 1 or more: every second week or month; counted from dtstart */
    uint8_t weekdays; /* bit 0 Monday .. bit 6 Sunday: byday without a number */
    uint16_t nth[7];  /* MONTHLY, by weekday: bit n of "2TU" .. bit 8 + n of "-1TU", n 1..5 */
    int8_t monthdays[HOURS_MAX_MONTHDAYS]; /* 1..31 or -1..-31, 0 ends the list */
    int week_start;                        /* 1 Monday .. 7 Sunday (wkst) */
    int start_day;                         /* dtstart; DAY_NONE: not given */
    int until_day;                         /* last day it may happen on; DAY_NONE: no end */
    int count; /* times it happens, as written; until_day holds what follows from it. 0: no limit */
    int from_day, to_day;       /* valid_from, valid_to, both included; DAY_NONE: open */
    int season_from, season_to; /* each year between these days, month * 100 + day; may pass the new
                                   year; 0: all year */
    int opens_min, closes_min;  /* minutes of the day 0..1440; HOURS_NO_TIME: not given */
    bool on_holidays;           /* holds on holidays and on the patron's feast too */
    bool only_holidays;         /* holds on them alone ("festivi 9-12") */
};

/* The schedule fields of HSDS 3.0 as written; empty when not given. */
struct hours_fields {
    struct str freq, interval, byday, bymonthday, wkst, dtstart, until, count;
    struct str valid_from, valid_to, opens_at, closes_at;
};

/* ST_INVALID: *bad_field names the first field that cannot be read or contradicts another
 * (count beside until, interval without dtstart, a freq that is none, a season that never is).
 * kind, season and the holiday marks are left as the caller set them in *out. Times are wall times;
 * they may carry seconds and the offset of Europe/Rome (+01:00, +02:00): "Z" and others are
 * refused. Without a freq, byday and bymonthday speak for themselves. */
enum status hours_read_rule(const struct hours_fields *f, struct hours_rule *out,
                            const char **bad_field);

struct hours {
    const struct hours_rule *rules;
    int n_rules;
    int patron_month, patron_day; /* the patron's feast of the comune; 0: not known */
};

enum hours_state { HOURS_IS_UNKNOWN, HOURS_IS_OPEN, HOURS_IS_CLOSED, HOURS_IS_BY_APPOINTMENT };

struct hours_answer {
    enum hours_state state;
    bool has_until; /* open or by appointment: the end is known (not open without end) */
    int64_t until_ms;
    bool has_next; /* not open: the next opening within HOURS_DAYS_AHEAD */
    int64_t next_ms;
    bool is_holiday; /* the day of the instant is a holiday or the patron's feast */
};

/* At an instant (UTC milliseconds). Ranges that touch or overlap are one. */
void hours_at(const struct hours *h, int64_t at_ms, struct hours_answer *out);

/* The openings that begin on one day (Europe/Rome), in order, for the week's table of a page and
 * for the facet array; returns how many were written (at most n_room). */
struct hours_range {
    int64_t from_ms, to_ms;
    bool by_appointment;
};
int hours_of_day(const struct hours *h, int day, struct hours_range *out, int n_room);

/* Key of the words for a state, "catalogue.hours-unknown" and so on. */
const char *hours_state_key(enum hours_state state);

/* ---- calendar, useful by itself ---- */

int hours_easter(int year); /* day number of Easter Sunday, Gregorian */
/* Public holidays of Italy in force that day, from 1996: Law 260/1949, Law 54/1977, D.P.R.
 * 792/1985, 2 June since 2001 (Law 336/2000), 17 March 2011 alone (D.L. 5/2011), 4 October from
 * 2026 (Law 151/2025), with Easter Monday; Sundays are not counted. */
bool hours_is_holiday(int day);
/* The instant of a wall time of Europe/Rome; minutes may pass 1440. `late` chooses the second of
 * a time that comes twice. */
int64_t hours_instant(int day, int minutes, bool late);
/* The other way: the minute of the day that clocks of Europe/Rome show, 0 to 1439. */
int hours_wall_minutes(int64_t at_ms);
