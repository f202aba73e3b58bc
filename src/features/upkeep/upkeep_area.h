/*
 * upkeep_area.h - private to upkeep: who answers for an entry: managing body and district.
 *
 * How     by the comune of its first place; without one, by that of its organisation's seat; the entries of a
 *         managing body are its own. Not known: 0, the Region.
 * Memory  one for a round: what was found is kept by comune.
 */
#pragma once
#include "features/catalogue/catalogue.h"

struct upkeep_areas;
struct upkeep_areas *upkeep_areas_new(struct arena *mem);
struct upkeep_answers {
    int64_t body_id, district_id;
};
/* Rows read on the way live in c->mem. */
enum status upkeep_area_of(struct ctx *c, struct upkeep_areas *a, const struct service *s, struct upkeep_answers *out);
