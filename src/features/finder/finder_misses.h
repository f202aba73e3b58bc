/* finder_misses.h - private to finder: searches without an answer, in words for a page. */
#pragma once
#include "finder_gaps_view.h"
#include "store/ctx.h"

/* Of an area, or of the whole territory (0). */
enum status finder_misses_fill(struct ctx *c, int64_t area_id, struct finder_misses *out);
