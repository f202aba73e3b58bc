/* places.c - where an area lies and what is near; pure reading through places_store.c. */
#include "core/places/places.h"
#include "base/macros.h"
#include "core/places/places_store.h"
#include <math.h>
#include <stdlib.h>

static const char *const kind_names[AREA_KIND_COUNT] = {
    [AREA_HAMLET] = "hamlet",   [AREA_COMUNE] = "comune",
    [AREA_BODY_AREA] = "body-area", [AREA_DISTRICT] = "district",
    [AREA_HEALTH_DISTRICT] = "health-district", [AREA_ASL] = "asl",
    [AREA_PROJECT] = "project", [AREA_PROVINCE] = "province",
    [AREA_REGION] = "region",   [AREA_FREE] = "free",
};

const char *places_kind_name(enum area_kind kind)
{
    return kind > 0 && kind < AREA_KIND_COUNT ? kind_names[kind] : NULL;
}

enum area_kind places_kind_of(struct str name)
{
    for (int k = 1; k < AREA_KIND_COUNT; k++)
        if (str_eq_z(name, kind_names[k]))
            return (enum area_kind)k;
    return 0;
}

int64_t places_distance_m(double lat_a, double lon_a, double lat_b, double lon_b)
{
    static const double EARTH_M = 6371008.8; /* mean radius, IUGG */
    const double r = M_PI / 180;
    const double s = sin((lat_b - lat_a) * r / 2), t = sin((lon_b - lon_a) * r / 2);
    const double h = s * s + cos(lat_a * r) * cos(lat_b * r) * t * t;

    return llround(2 * EARTH_M * asin(fmin(1, sqrt(h))));
}

/* ---- near ---- */

static int by_distance(const void *a, const void *b)
{
    const struct near_comune *x = a, *y = b;

    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return str_cmp(x->comune.istat, y->comune.istat);
}

enum status places_near(struct ctx *c, int64_t area_id, int limit, struct near_comune **out,
                        int *n_out)
{
    static const double M_PER_DEG = 111195;
    struct area self;
    struct comune *list;
    int n = 0, n_sure = 0;
    enum status st = places_area(c, area_id, &self);

    *n_out = 0;
    if (st == ST_OK && !self.has_point)
        st = ST_NOT_FOUND;
    /* A window is widened until enough of what it holds is nearer than its edge. */
    for (double half = 0.1; st == ST_OK && n_sure < limit && half < 200; half *= 2) {
        st = places_store_window(c, self.lat, self.lon, half, &list, &n);
        if (st != ST_OK)
            return st;
        *out = ARENA_ARRAY(c->mem, struct near_comune, (size_t)n);
        *n_out = n_sure = 0;
        for (int i = 0; i < n; i++) {
            const struct area *a = &list[i].area;

            if (a->area_id == area_id)
                continue;
            const int64_t d = places_distance_m(self.lat, self.lon, a->lat, a->lon);

            (*out)[(*n_out)++] = (struct near_comune){.comune = list[i], .distance_m = d};
            n_sure += d < (int64_t)(half * M_PER_DEG) || half >= 100;
        }
        qsort(*out, (size_t)*n_out, sizeof **out, by_distance);
    }
    *n_out = *n_out < limit ? *n_out : limit;
    return st;
}

/* ---- memberships ---- */

/* The order people read them in. */
static int rank_of(enum area_kind kind)
{
    static const enum area_kind order[] = {AREA_COMUNE,          AREA_BODY_AREA, AREA_DISTRICT,
                                           AREA_PROJECT,         AREA_HEALTH_DISTRICT,
                                           AREA_ASL,             AREA_PROVINCE,  AREA_REGION,
                                           AREA_HAMLET,          AREA_FREE};

    for (int i = 0; i < ARRAY_LEN(order); i++)
        if (order[i] == kind)
            return i;
    return ARRAY_LEN(order);
}

static int by_rank(const void *a, const void *b)
{
    const struct membership *x = a, *y = b;
    const int rx = rank_of(x->in.kind), ry = rank_of(y->in.kind);

    if (rx != ry)
        return rx - ry;
    return str_cmp(x->in.code, y->in.code);
}

static int steps_of(int64_t cost)
{
    return (int)(cost / 100 + cost % 100);
}

/* Rows come with the nearest first: of each kind those as near as the first stay. */
enum status places_containers(struct ctx *c, int64_t area_id, int on, struct membership **out,
                              int *n_out)
{
    int64_t nearest[AREA_KIND_COUNT] = {0};
    struct places_step *steps;
    struct area self;
    int n = 0;
    enum status st = places_area(c, area_id, &self);

    if (st == ST_OK)
        st = places_store_containers(c, area_id, on, &steps, &n);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct membership, (size_t)n);
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const struct places_step *s = &steps[i];
        bool is_seen = false;

        if (nearest[s->m.in.kind] == 0)
            nearest[s->m.in.kind] = s->cost;
        for (int k = 0; k < *n_out; k++)
            is_seen |= (*out)[k].in.area_id == s->m.in.area_id;
        if (is_seen || s->cost != nearest[s->m.in.kind] || s->m.in.area_id == area_id)
            continue;
        (*out)[*n_out] = s->m;
        (*out)[*n_out].area = self;
        (*out)[(*n_out)++].n_steps = steps_of(s->cost);
    }
    qsort(*out, (size_t)*n_out, sizeof **out, by_rank);
    return ST_OK;
}

enum status places_container(struct ctx *c, int64_t area_id, enum area_kind kind, int on,
                             struct membership *out)
{
    struct membership *list;
    int n = 0;
    const enum status st = places_containers(c, area_id, on, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (list[i].in.kind == kind) {
            *out = list[i];
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

/* A hamlet reached through its comune may belong elsewhere by its own rows. */
static enum status is_really_in(struct ctx *c, const struct area *a, const struct area *in, int on,
                                bool *out)
{
    struct membership m;
    const enum status st = places_container(c, a->area_id, in->kind, on, &m);

    *out = st == ST_OK && m.in.area_id == in->area_id;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status places_members(struct ctx *c, int64_t area_id, enum area_kind kind, int on,
                           struct membership **out, int *n_out)
{
    struct places_step *steps;
    struct area self;
    int n = 0;
    enum status st = places_area(c, area_id, &self);

    if (st == ST_OK)
        st = places_store_members(c, area_id, kind, on, &steps, &n);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct membership, (size_t)n);
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const struct places_step *s = &steps[i];
        bool is_in = true;

        if (*n_out > 0 && (*out)[*n_out - 1].area.area_id == s->m.area.area_id)
            continue; /* a longer way to the same: the shortest came first */
        if (s->cost >= 100)
            st = is_really_in(c, &s->m.area, &self, on, &is_in);
        if (st != ST_OK)
            return st;
        if (!is_in)
            continue;
        (*out)[*n_out] = s->m;
        (*out)[*n_out].in = self;
        (*out)[(*n_out)++].n_steps = steps_of(s->cost);
    }
    return ST_OK;
}
