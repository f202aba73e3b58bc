/*
 * search_misses.h - searches that found nothing, counted by need and area.
 *
 * Why     a search without an answer is a need that somebody has here today: who plans must hear of
 *         it, and nobody must be recognised by it.
 * Kept    need (or none understood), comune (or none asked), month, how many. No words, no hour, no
 *         address, no session, ever: they are not known here at all.
 * Shown   months that are over only, and never a number under MISSES_LEAST: what is smaller in the
 *         comuni of a district goes together into the district's rest, and is left out where that
 *         is smaller too, or where one comune alone makes it up.
 * Durable counted in memory, written in one go at most once a minute and when the program ends: a
 *         cut of power loses at most what came since. Gone after MISSES_MONTHS months.
 */
#pragma once
#include "base/date.h"
#include "features/catalogue/catalogue_misses.h"

enum { MISSES_LEAST = 5, MISSES_MONTHS = 24 };

/* Of an area (comune or district; 0: the whole territory), MISSES_LEAST or more, months that are
 * over, newest first, then most first. */
enum status search_misses(struct ctx *c, int64_t area_id, struct miss **out, int *n_out);
