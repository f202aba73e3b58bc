/*
 * opening_part.h - private: one part of a text of opening hours, and how it joins those before it.
 */
#pragma once
#include "opening_text.h"

enum { HOURS_PART_MOST = 12 };

/* Days between which a part holds: each year (month * 100 + day), or once. */
struct hours_span {
    int season_from, season_to; /* 0: all year */
    int from_day, to_day;       /* DAY_NONE: always */
};

struct hours_part {
    struct hours_span spans[HOURS_PART_MOST];
    int n_spans;
    bool has_days, has_holidays; /* "PH" among the days, or alone */
    uint8_t weekdays;
    uint16_t nth[7]; /* as in struct hours_rule */
    int times[HOURS_PART_MOST][2];
    int n_times;
    int interval, start_day;
    bool is_off, is_open, by_appointment;
    struct str words;
};

/* False: too many rules, or it cannot be told what is left of an earlier one. */
bool hours_text_add(struct hours_text *h, const struct hours_part *p);
