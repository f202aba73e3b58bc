/*
 * places_make_map.h - private: makes outlines and borders of all comuni from rings.
 *
 * Two makers: cells around the towns (schematic) and imported boundaries. Both end in the same
 * shape: closed rings of points on one whole-number grid, cut into borders shared by two comuni.
 */
#pragma once
#include "core/places/places_topology.h"
#include "store/ctx.h"

/* Flat projection: x to the east, y to the south, in grid units from (lat_0, lon_0). */
struct map_frame {
    double lat_0, lon_0; /* upper left corner, degrees */
    double unit_m;       /* metres of a grid unit */
};
struct grid_point places_project(const struct map_frame *f, double lat, double lon);
/* The frame that holds all comuni of today with a margin. ST_NOT_FOUND: none has coordinates. */
enum status places_frame_of_comuni(struct ctx *c, struct map_frame *out);

/* Cells of today's comuni, unless boundaries were imported. */
enum status places_make_schematic(struct ctx *c);
/* Replaces the whole map. rings: owners are area_id; source: shown under every map. */
enum status places_write_map(struct ctx *c, const struct map_frame *f, const struct ring *rings,
                             int n_rings, bool is_schematic, struct str source);
