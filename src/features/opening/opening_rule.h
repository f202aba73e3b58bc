/*
 * opening_rule.h - private: on which days a rule happens.
 */
#pragma once
#include "opening.h"

/* By freq, interval, byday, bymonthday, dtstart and until alone (RFC 5545); validity, season and
 * holidays are looked at elsewhere. */
bool hours_rule_happens(const struct hours_rule *r, int day);
