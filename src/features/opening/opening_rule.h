/*
 * opening_rule.h - private: on which days a rule happens, and which days are holidays.
 */
#pragma once
#include "base/date.h"
#include "opening.h"

/* By freq, interval, byday, bymonthday, dtstart and until alone (RFC 5545); validity, season and
 * holidays are looked at elsewhere. */
bool hours_rule_happens(const struct hours_rule *r, int day);
/* hours_is_holiday of a day whose date is known. */
bool hours_is_holiday_date(int day, const struct ymd *d);
