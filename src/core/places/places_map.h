/*
 * places_map.h - the territory as SVG paths: outlines of areas, ready for a page.
 *
 * Frame   one flat projection of the whole region, y downwards, whole units. MAP_COARSE: about
 *         600 units high, for the region (1,180 comuni in at most 46 KB of paths); MAP_FINE: 16
 *         times finer, for a district or a comune. A path's units are those of its detail.
 * Truth   outlines come from imported boundaries; until an administrator imports them they are
 *         cells computed from the coordinates of the towns, and is_schematic is true: the page
 *         says "mappa schematica".
 * Joins   neighbours share their borders: no gaps. A path may have several rings: draw it with
 *         fill-rule="evenodd".
 * Escape  path holds only M m L l H h V v z, digits, signs and spaces.
 * Memory  results live in c->mem.
 */
#pragma once
#include "core/places/places.h"

enum map_detail { MAP_COARSE, MAP_FINE };

struct map_shape {
    struct area area;
    struct str path;
    int label_x, label_y; /* the town, or a point well inside */
    int x, y, w, h;       /* bounding box */
};

struct places_map {
    struct map_shape *shapes; /* comuni by name, others by code; empty: there is no map */
    int n_shapes;
    int x, y, w, h;     /* bounding box of all, for viewBox */
    bool is_schematic;  /* cells instead of boundaries */
    struct str source;  /* of the boundaries; empty when schematic */
    enum map_detail detail;
};

/* Every comune of today. */
enum status places_map_comuni(struct ctx *c, enum map_detail detail, struct places_map *out);
/* The areas of one kind on a day, each drawn around its known comuni (a district of which only
 * some comuni are known is drawn around those). Areas without known comuni have no shape. */
enum status places_map_kind(struct ctx *c, enum area_kind kind, int on, enum map_detail detail,
                            struct places_map *out);
/* The comuni inside an area on a day, fine. */
enum status places_map_area(struct ctx *c, int64_t area_id, int on, struct places_map *out);
/* A comune (the shape whose area_id is the one asked) with the comuni that border on it, fine. */
enum status places_map_around(struct ctx *c, int64_t area_id, struct places_map *out);
/* Comuni that border on one, by name: only of imported boundaries, for cells are invented. */
enum status places_borders(struct ctx *c, int64_t area_id, struct area **out, int *n_out);
/* Where a point lies in a map's frame. ST_NOT_FOUND: there is no map at all. */
enum status places_map_point(struct ctx *c, enum map_detail detail, double lat, double lon,
                             int *out_x, int *out_y);
/* The same for n points at once. */
struct map_spot {
    double lat, lon;
    int x, y; /* out */
};
enum status places_map_spots(struct ctx *c, enum map_detail detail, struct map_spot *spots, int n);
