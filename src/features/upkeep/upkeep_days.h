/*
 * upkeep_days.h - private to upkeep: days, and how an entry begins. Pure.
 */
#pragma once
#include "upkeep_store.h"

/* The same day so many months later; the last of the month where there is no such day. */
int upkeep_add_months(int day, int months);
/* When an entry is due: its rhythm after it was confirmed; never confirmed: the day it was first seen. */
int upkeep_due_after(int confirmed_on, int rhythm_months, int first_seen_on);
/* Nobody is written to and no round of silence counts. */
bool upkeep_is_pause(int day); /* August */
/* The clock has jumped since the last round, or nobody was there: a round only looks. made_on DAY_NONE: the first. */
bool upkeep_is_jump(int made_on, int today);
/* An entry never seen before. body_id and district_id are the caller's. */
struct upkeep_row upkeep_begin(const struct service *s, int today);
/* What the catalogue now says of an entry that is known: confirmed again (by an import, by telephone), of another
 * body, gone, come back. True: *r has changed. */
bool upkeep_follow(struct upkeep_row *r, const struct service *s);
enum due_state upkeep_due_state(const struct upkeep_row *r, int today);
