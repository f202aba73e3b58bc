/*
 * places_topology.h - private: closed rings become borders shared by two owners.
 *
 * Why     neighbours must keep no gap however a border is simplified, and a district is drawn by
 *         leaving out the borders inside it: both follow when each border is one line.
 * How     every side between two grid points knows whose ring it belongs to; a side that comes
 *         twice from one owner (a spike, or two pieces of one comune) vanishes. Chains of sides of
 *         the same owners between junctions are borders. The way a ring turns does not matter:
 *         outlines are filled by the even-odd rule.
 * Pure    no database; same input, same output. Results live in the arena.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

struct grid_point {
    int32_t x, y;
};

struct ring {
    int64_t owner; /* greater than 0 */
    struct grid_point *points; /* the last joins the first; it may repeat it */
    int n;
};

struct border {
    int64_t left, right; /* owners; right 0: the outside */
    struct grid_point *points; /* closed when the first equals the last */
    int n; /* 2 or more */
};

/* *out_n_overlaps: sides claimed by three owners or more (only the first two are kept). */
struct border *topology_borders(struct arena *mem, const struct ring *rings, int n_rings,
                                int *out_n, int *out_n_overlaps);

/* The same line with the points that bring less than the tolerance left out (Douglas-Peucker);
 * both ends stay, and a closed line keeps at least four points. */
struct border topology_simplify(struct arena *mem, const struct border *b, double tolerance);

/* Each point divided by a factor and rounded; points that fall together are one. */
struct border topology_coarser(struct arena *mem, const struct border *b, int factor);

struct path_box {
    int x, y, w, h;
};

/* Joins lines end to end into rings and writes them as an SVG path ("M1 2l3-4 5 6z..."). A ring
 * that has shrunk to nothing is left out. False: nothing is left of them all. */
bool topology_path(struct buf *out, const struct border *const *lines, int n_lines,
                   struct path_box *out_box);

/* "x y dx dy dx dy": how a line is kept in a table. False on anything else. */
void topology_write_line(struct buf *out, const struct border *b);
bool topology_read_line(struct arena *mem, struct str text, struct border *out);
