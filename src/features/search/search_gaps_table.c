/*
 * search_gaps_table.c - for each need and each comune, how many services stand within reach.
 *
 * Line by line: the comuni a place reaches are found once, and counted for each of its needs. Half
 * a million numbers; they are made once for each state of the catalogue.
 */
#include "search_gaps.h"
#include "search_shelf.h"
#include <string.h>

struct counting {
    struct arena *scratch;
    const struct shelf *shelf;
    const struct segment *segment;
    int n_comuni, n_areas;
    uint16_t *n, *n_remote, *n_area;
    uint8_t **served;     /* by list of areas of the segment: level by comune; made when needed */
    uint32_t *first_need; /* by line: needs of it */
    uint16_t *needs;
    uint8_t *reached, *heard; /* by comune: of the service at hand */
    uint8_t *touched;         /* by area */
};

enum { NOT_SERVED, SERVED, SERVED_BY_NAME };

void gap_table_free(struct gap_table *t)
{
    if (t != NULL)
        arena_free(t->mem);
}

/* What each line answers, from what answers each need. */
static void turn_needs(struct counting *k)
{
    const struct segment *const s = k->segment;

    k->first_need = ARENA_ARRAY(k->scratch, uint32_t, (size_t)s->n_lines + 2);
    k->needs = ARENA_ARRAY(k->scratch, uint16_t, s->first_of_need[s->n_needs]);
    for (uint32_t i = 0; i < s->first_of_need[s->n_needs]; i++)
        k->first_need[s->by_need[i] + 2]++;
    for (int l = 0; l < s->n_lines; l++)
        k->first_need[l + 2] += k->first_need[l + 1];
    for (int need = 0; need < s->n_needs; need++)
        for (uint32_t i = s->first_of_need[need]; i < s->first_of_need[need + 1]; i++)
            k->needs[k->first_need[s->by_need[i] + 1]++] = (uint16_t)need;
}

/* Level by comune of a list of areas. */
static const uint8_t *served_by(struct counting *k, uint32_t list)
{
    const struct geo *const g = k->shelf->geo;
    const struct served *const s = &k->segment->served[list];

    if (k->served[list] != NULL)
        return k->served[list];
    uint8_t *const out = ARENA_ARRAY(k->scratch, uint8_t, (size_t)k->n_comuni);

    if (s->n == 0)
        memset(out, SERVED, (size_t)k->n_comuni);
    for (int i = 0; i < s->n; i++) {
        const int at = geo_find(g, s->areas[i]);

        if (at < 0)
            continue;
        const struct geo_area *const a = &g->areas[at];
        const uint8_t level = a->level >= GEO_DISTRICT ? SERVED_BY_NAME : SERVED;

        if (a->comune >= 0)
            out[a->comune] = SERVED_BY_NAME;
        for (int c = 0; c < a->n_comuni; c++)
            if (out[a->comuni[c]] < level)
                out[a->comuni[c]] = level;
    }
    k->served[list] = out;
    return out;
}

static void reach_from(struct counting *k, const struct shelf_line *l)
{
    const struct geo *const g = k->shelf->geo;
    const uint8_t *const served = served_by(k, l->served);
    const float most = (float)GAPS_KM * 1000 * (GAPS_KM * 1000);
    const bool has_door = l->location_id != 0 && l->lat != GEO_NO_POINT;
    const struct geo_from from = geo_from(l->lat / 1e6, l->lon / 1e6);

    for (int c = 0; c < k->n_comuni; c++) {
        if (served[c] == NOT_SERVED)
            continue;
        if (has_door && g->comuni[c].lat != GEO_NO_POINT &&
            geo_metres_squared(&from, g->comuni[c].lat, g->comuni[c].lon) <= most)
            k->reached[c] = 1;
        if ((l->ways & WAY_HOME) && served[c] == SERVED_BY_NAME)
            k->reached[c] = 1;
        if (l->ways & (WAY_PHONE | WAY_ONLINE))
            k->heard[c] = 1;
    }
}

static void add_one(uint16_t *n)
{
    *n = (uint16_t)(*n + (*n < UINT16_MAX));
}

static void count_service(struct counting *k, const struct shelf_service *s)
{
    const struct geo *const g = k->shelf->geo;
    const uint32_t first = s->first_line - 1; /* all its lines have the same needs */

    if (k->first_need[first] == k->first_need[first + 1])
        return;
    memset(k->reached, 0, (size_t)k->n_comuni);
    memset(k->heard, 0, (size_t)k->n_comuni);
    memset(k->touched, 0, (size_t)k->n_areas);
    for (uint32_t l = s->first_line; l != 0; l = k->segment->lines[l - 1].next)
        reach_from(k, &k->segment->lines[l - 1]);
    for (int c = 0; c < k->n_comuni; c++)
        if (k->reached[c] && g->comuni[c].district >= 0)
            k->touched[g->comuni[c].district] = 1;
    for (uint32_t i = k->first_need[first]; i < k->first_need[first + 1]; i++) {
        const size_t at = (size_t)k->needs[i] * (size_t)k->n_comuni;
        const size_t area_at = (size_t)k->needs[i] * (size_t)k->n_areas;

        for (int c = 0; c < k->n_comuni; c++) {
            if (k->reached[c])
                add_one(&k->n[at + (size_t)c]);
            else if (k->heard[c])
                add_one(&k->n_remote[at + (size_t)c]);
        }
        for (int a = 0; a < k->n_areas; a++)
            if (k->touched[a])
                add_one(&k->n_area[area_at + (size_t)a]);
    }
}

static struct gap_table *make(const struct shelf *s)
{
    struct arena *const mem = arena_new(0), *const scratch = arena_new(0);
    const size_t n_needs = (size_t)needs_n(s->needs), n_comuni = (size_t)s->geo->n_comuni,
                 n_areas = (size_t)s->geo->n_areas;
    struct gap_table *const t = ARENA_NEW(mem, struct gap_table);
    struct counting k = {.scratch = scratch,
                         .shelf = s,
                         .n_comuni = (int)n_comuni,
                         .n_areas = (int)n_areas,
                         .n = ARENA_ARRAY(mem, uint16_t, n_needs * n_comuni),
                         .n_remote = ARENA_ARRAY(mem, uint16_t, n_needs * n_comuni),
                         .n_area = ARENA_ARRAY(mem, uint16_t, n_needs * n_areas)};

    for (int i = 0; i < s->n_segments; i++) {
        arena_reset(scratch);
        k.segment = s->segments[i];
        k.served = ARENA_ARRAY(scratch, uint8_t *, (size_t)k.segment->n_served);
        k.reached = ARENA_ARRAY(scratch, uint8_t, n_comuni);
        k.heard = ARENA_ARRAY(scratch, uint8_t, n_comuni);
        k.touched = ARENA_ARRAY(scratch, uint8_t, n_areas);
        turn_needs(&k);
        for (int n = 0; n < k.segment->n_services; n++)
            if (!shelf_is_dead(s, i, (uint32_t)n))
                count_service(&k, &k.segment->services[n]);
    }
    arena_free(scratch);
    *t = (struct gap_table){mem, k.n, k.n_remote, k.n_area};
    return t;
}

const struct gap_table *shelf_gaps(struct shelf *s)
{
    struct gap_table *t = atomic_load(&s->gaps), *none = NULL;

    if (t != NULL)
        return t;
    t = make(s);
    if (atomic_compare_exchange_strong(&s->gaps, &none, t))
        return t;
    gap_table_free(t); /* another was quicker */
    return none;
}
