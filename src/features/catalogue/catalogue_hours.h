/*
 * catalogue_hours.h - when a service is open: now, until when, when next.
 *
 * Why     a person who rides 20 km to a closed door does not come back. Hours are a list of rules,
 *         not a text: several ranges a day, the first Tuesday of the month, seasons, every second
 *         week, 20-8 across midnight, holidays and the patron's feast, the nights the clock changes.
 * Rule    one HSDS 3.0 schedule = which days (freq, interval, byday, bymonthday, wkst, dtstart, until,
 *         count, valid_from, valid_to: the RRULE subset of RFC 5545) and from when to when on
 *         such a day (opens_at, closes_at, wall time of Europe/Rome). A closing not after its opening
 *         belongs to the next day (20:00-08:00); equal ones are 24 hours; 24:00 is midnight.
 * Order   what is said of a day wins by kind: HOURS_CLOSED (closed for works) over HOURS_OPEN; on a
 *         holiday or on the patron's feast an ordinary rule is closed unless the rule says that it
 *         holds on holidays too. A range that began the evening before a holiday runs to its end.
 * Clock   Europe/Rome with the European rule (last Sundays of March and October, 01:00 UTC), for any
 *         year from 1996. A time that is skipped in March stands for the instant of the change; a
 *         time that comes twice in October is the first when it opens and the second when it closes.
 * Unknown no rule at all, or rules that could not be read: HOURS_UNKNOWN, never "closed": the words
 *         are "orario non indicato: telefona" (key catalogue.hours-unknown).
 * Memory  rules are plain values; only hours_read_rule's text views live in the caller's.
 * Pure    the instant is given; nobody asks the clock.
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

enum { HOURS_MAX_RULES = 64, HOURS_MAX_MONTHDAYS = 31, HOURS_NO_TIME = -1 };

struct hours_rule {
    enum hours_kind kind;
    enum hours_freq freq;
    int interval;        /* 1 or more: every second week or month; counted from dtstart */
    uint8_t weekdays;    /* bit 0 Monday .. bit 6 Sunday: byday without a number */
    int8_t nth[7][4];    /* MONTHLY, by weekday: 1..5 or -1..-5 ("2TU", "-1FR"), 0 ends the list */
    int8_t monthdays[HOURS_MAX_MONTHDAYS]; /* 1..31 or -1..-31, 0 ends the list */
    int week_start;      /* 1 Monday .. 7 Sunday (wkst) */
    int start_day;       /* dtstart; DAY_NONE: not given */
    int until_day;       /* last day it may happen on; DAY_NONE: no end */
    int count;           /* times it happens, from start_day; 0: no limit */
    int from_day, to_day; /* valid_from, valid_to, both included; DAY_NONE: open */
    int opens_min, closes_min; /* minutes of the day 0..1440; HOURS_NO_TIME: not given */
    bool on_holidays;    /* holds on holidays and on the patron's feast too */
    bool only_holidays;  /* holds on them alone ("festivi 9-12") */
};

/* The schedule fields of HSDS 3.0 as written; empty when not given. */
struct hours_fields {
    struct str freq, interval, byday, bymonthday, wkst, dtstart, until, count;
    struct str valid_from, valid_to, opens_at, closes_at;
};

/* ST_INVALID: *bad_field names the first field that cannot be read or contradicts another
 * ("count and until together", interval without dtstart, a 31st that never is, freq unknown).
 * kind and the holiday marks are left as the caller set them in *out. Times may carry seconds and
 * "Z" or an offset only when that is Europe/Rome's standard one (+01:00): others are refused. */
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
    bool has_next;  /* closed: the next opening within 400 days */
    int64_t next_ms;
    bool is_holiday; /* the day of the instant is a holiday or the patron's feast */
};

/* At an instant (UTC milliseconds). Ranges that touch or overlap are one. */
void hours_at(const struct hours *h, int64_t at_ms, struct hours_answer *out);

/* The openings that begin on one day (Europe/Rome), in order, for the week's table of a page and for the
 * facet array; returns how many were written (at most n_room). */
struct hours_range {
    int64_t from_ms, to_ms;
    bool by_appointment;
};
int hours_of_day(const struct hours *h, int day, struct hours_range *out, int n_room);

/* Key of the words for a state, "catalogue.hours-unknown" and so on. */
const char *hours_state_key(enum hours_state state);

/* ---- calendar, useful by itself ---- */

int hours_easter(int year); /* day number of Easter Sunday, Gregorian */
/* Public holidays of Italy in force that day: Law 260/1949, Law 54/1977 and later (2 June since
 * 2001; 4 October again from 2026, Law 151/2025), with Easter Monday; Sundays are not counted. */
bool hours_is_holiday(int day);
/* The instant of a wall time of Europe/Rome; minutes may pass 1440. `late` chooses the second of
 * a time that comes twice. */
int64_t hours_instant(int day, int minutes, bool late);
