/*
 * feeds_places.h - private: comuni and areas by what lists call them, without asking the database each time.
 */
#pragma once
#include "core/places/places.h"

struct feeds_places;

/* Reads every comune of today once. */
enum status feeds_places_open(struct ctx *c, struct feeds_places **out);
void feeds_places_close(struct feeds_places *p); /* NULL is fine */

/* By ISTAT code, by name (with "(TO)" behind it or its province beside it), by a former name, by the
 * name of a hamlet; by CAP when typed is empty and CAPs were imported. ST_NOT_FOUND: there is none;
 * ST_CONFLICT: several are called so. */
enum status feeds_places_comune(struct feeds_places *p, struct ctx *c, struct str typed, struct str province, struct str cap,
                                int64_t *out_area_id);
/* Whose residents: a comune as above, or "district:21", "province:TO", "body:MB32", "region:01", "project:P17",
 * "hamlet:...", "free:...". *out_name is the area's name. */
enum status feeds_places_area(struct feeds_places *p, struct ctx *c, struct str typed, int64_t *out_area_id, struct str *out_name);
