/*
 * places_cells.h - private: the schematic map. Each town gets the points nearer to it than to any
 * other town (its Voronoi cell), cut by a disc, so that a valley without towns stays empty.
 *
 * Pure    no database. Cells of neighbours share the points of their common side exactly.
 * Cost    each town looks only at towns within two radii: 1,180 in some milliseconds.
 */
#pragma once
#include "core/places/places_topology.h"

struct town {
    int64_t owner; /* 0: an outer town, which bounds but gets no cell */
    double x, y;   /* grid units */
};

/* One ring per town with an owner, in the order given; a town at the very place of an earlier one
 * gets none. */
struct ring *cells_of_towns(struct arena *mem, const struct town *towns, int n_towns,
                            double radius, int *out_n);
