/*
 * upkeep_area.h - private to upkeep: who answers for an entry: managing body and district.
 *
 * How     the managing body is the one that looks after the entry's organisation (links_manager: the same rule
 *         lets its key in). When the organisation's seat does not say which, the daily round tells links: that of
 *         the comune where the organisation's first shown entry is. Not known, or the entry is a managing body's
 *         own: 0, the Region. The district is that of the entry's first place; without one, of the seat.
 * Memory  one for a round: what was found is kept by comune, and of the last organisation.
 */
#pragma once
#include "features/catalogue/catalogue.h"

struct upkeep_areas;
struct upkeep_areas *upkeep_areas_new(struct arena *mem);
/* The round's own: it tells links what it found (write). */
struct upkeep_areas *upkeep_areas_new_telling(struct arena *mem);
struct upkeep_answers {
    int64_t body_id, district_id;
};
/* Rows read on the way live in c->mem. */
enum status upkeep_area_of(struct ctx *c, struct upkeep_areas *a, const struct service *s, struct upkeep_answers *out);
