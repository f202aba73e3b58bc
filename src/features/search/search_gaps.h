/*
 * search_gaps.h - "Cosa manca qui": needs that nothing answers within reach.
 *
 * Why     who plans, a mayor, an association must see what a place has not, beside what its
 *         neighbours have, from the catalogue alone: no person, no search is looked at.
 * Counts  a service answers a need in a comune when whoever lives there may use it and: its door
 *         lies within GAPS_KM of the town in linea d'aria; or it comes to the home and names the
 *         comune, its body's area or its district among those it serves. Telephone lines and pages
 *         are counted apart (n_remote): they do not close a gap. A secret place stands at its town.
 * What    is absent from the catalogue may exist all the same: pages say so.
 * Memory  results in c->mem; the numbers are made once for each state of the catalogue and kept
 *         beside it.
 */
#pragma once
#include "features/needs/needs.h"
#include "store/ctx.h"
#include <stdbool.h>
#include <stdint.h>

enum { GAPS_KM = 20, GAPS_NEIGHBOURS = 5 };

struct gap_neighbour {
    int64_t area_id; /* comune; in a district's gaps: district */
    struct str slug, name;
    int64_t distance_m; /* between towns; between the middles of districts */
    int n;              /* services that answer the need there */
};

struct gap {
    const struct need *need;
    int n;        /* services that answer it here; districts: in reach of one of its comuni */
    int n_remote; /* by telephone or on line only, for whoever lives here */
    int n_comuni, n_comuni_without;                   /* of a district; of a comune 1 and 1 or 0 */
    struct gap_neighbour neighbours[GAPS_NEIGHBOURS]; /* the nearest, nearest first */
    int n_neighbours;
    bool has_nearest;             /* n is 0 and somebody answers it somewhere */
    struct gap_neighbour nearest; /* the nearest comune within whose reach there is something */
};

struct gaps {
    int64_t area_id;
    int n_needs, n_missing; /* needs there are; those with n 0 */
    struct gap *list;       /* missing ones first, each part in the order of the needs */
    int n;
};

/* Of one comune or one district, by area_id. ST_NOT_FOUND: another kind of area, or none. */
enum status search_gaps(struct ctx *c, int64_t area_id, struct gaps *out);

/* One row per area, for the table and the file of the whole territory. */
struct gap_row {
    int64_t area_id;
    struct str slug, name;
    struct str district; /* of a comune: its district's name; may be empty */
    int n_needs, n_missing;
    int n_comuni, n_comuni_without; /* with a need given */
    int n;                          /* with a need given: services that answer it */
};

/* All districts, or all comuni: how many needs nothing answers; with a need (its slug), that one
 * alone. Most missing first, then by name. ST_NOT_FOUND: no such need. */
enum status search_gaps_districts(struct ctx *c, struct str need, struct gap_row **out, int *n_out);
enum status search_gaps_comuni(struct ctx *c, struct str need, struct gap_row **out, int *n_out);
