/*
 * finder_hours.h - private to finder: opening hours as people read them.
 *
 * Week    each weekday as it comes next (today first to come, six days on), Monday on top: holidays
 *         and closings of the coming days are already in it. A day that is not as the same day of
 *         the next weeks says its date.
 * Rules   what no week can show (the first Tuesday of the month, a season, every second week) is
 *         said in words below.
 * Paper   the state (open now) means nothing there: it is a word apart.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "store/ctx.h"

struct finder_hours_row {
    struct str day, hours;
    struct str note; /* "8 dicembre, festa"; may be empty */
    bool is_today;
};

struct finder_hours_view {
    struct str state; /* "Aperto ora, fino alle 18" */
    bool is_open, is_unknown;
    struct finder_hours_row *rows; /* seven; none when the hours are not known */
    int n_rows;
    struct str *rules; /* "Il primo martedì del mese: 15–17" */
    int n_rules;
};

struct finder_hours_view finder_hours(struct ctx *c, const struct service *s,
                                      const struct service_at *at);
/* "9–12, 14–18", "9.30" in Italian and "9:30" in English. */
struct str finder_time(struct ctx *c, int minutes);
