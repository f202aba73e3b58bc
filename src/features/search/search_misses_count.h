/* search_misses_count.h - private: one search that found nothing, counted in memory. */
#pragma once
#include "search_misses.h"

/* need: its slug, empty for none; area_id: a comune or a district, 0 for none. Nothing else is
 * taken. Written later, and only where c stands in a read transaction. */
void misses_count(struct ctx *c, struct str need, int64_t area_id);
/* Months long past go: daily, in a write transaction. */
enum status misses_sweep(struct ctx *c);
