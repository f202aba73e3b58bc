/* search_shelf_geo.c - the territory read once for the index. */
#include "search_shelf_geo.h"
#include "base/macros.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double metres_per_degree = 111195.0797; /* of the sphere that places.c reckons with */

/* Kinds that are read, from the nearest to the widest, and how much each says. */
static const struct {
    enum area_kind kind;
    enum geo_level level;
} kinds[] = {
    {AREA_COMUNE, GEO_COMUNE},     {AREA_HAMLET, GEO_COMUNE}, {AREA_BODY_AREA, GEO_DISTRICT},
    {AREA_DISTRICT, GEO_DISTRICT}, {AREA_FREE, GEO_DISTRICT}, {AREA_HEALTH_DISTRICT, GEO_DISTRICT},
    {AREA_ASL, GEO_WIDER},         {AREA_PROJECT, GEO_WIDER}, {AREA_PROVINCE, GEO_WIDER},
    {AREA_REGION, GEO_WIDER},
};

static int32_t micro(double degrees)
{
    return (int32_t)lround(degrees * 1e6);
}

/* ---- the curve: bits of both coordinates woven into one number ---- */

static uint64_t spread(uint32_t x)
{
    uint64_t v = x;

    v = (v | v << 16) & 0x0000FFFF0000FFFFull;
    v = (v | v << 8) & 0x00FF00FF00FF00FFull;
    v = (v | v << 4) & 0x0F0F0F0F0F0F0F0Full;
    v = (v | v << 2) & 0x3333333333333333ull;
    return (v | v << 1) & 0x5555555555555555ull;
}

struct placed {
    uint64_t at;
    struct area area;
};

static int by_curve(const void *a, const void *b)
{
    const struct placed *const x = a, *const y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->area.area_id > y->area.area_id) - (x->area.area_id < y->area.area_id);
}

static int by_id(const void *a, const void *b)
{
    const struct geo_area *const x = a, *const y = b;

    return (x->area_id > y->area_id) - (x->area_id < y->area_id);
}

/* ---- reading ---- */

struct reading {
    struct ctx *c;
    struct arena *mem;
    struct geo *geo;
    int room;
    uint16_t *pairs; /* comune, area, one after the other */
    int n_pairs, pairs_room;
};

static struct geo_area *add_area(struct reading *r, const struct area *a, enum geo_level level)
{
    struct geo *const g = r->geo;

    if (g->n_areas == r->room) {
        g->areas = arena_grow(r->mem, g->areas, (size_t)r->room * sizeof *g->areas,
                              (size_t)r->room * 2 * sizeof *g->areas);
        r->room *= 2;
    }
    g->areas[g->n_areas] = (struct geo_area){.area_id = a->area_id,
                                             .kind = a->kind,
                                             .level = level,
                                             .slug = str_copy(r->mem, a->slug),
                                             .name = str_copy(r->mem, a->name),
                                             .comune = -1};
    return &g->areas[g->n_areas++];
}

static enum status read_areas(struct reading *r)
{
    for (int k = 0; k < ARRAY_LEN(kinds); k++) {
        struct area *list;
        int n;
        const enum status st = places_areas(r->c, kinds[k].kind, r->c->today, &list, &n);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n; i++)
            add_area(r, &list[i], kinds[k].level);
        if (kinds[k].kind != AREA_COMUNE)
            continue;
        struct placed *const placed = ARENA_ARRAY(r->c->mem, struct placed, (size_t)n);

        for (int i = 0; i < n; i++)
            placed[i] = (struct placed){
                .at = list[i].has_point ? spread((uint32_t)(micro(list[i].lat) / 100)) << 1 |
                                              spread((uint32_t)(micro(list[i].lon) / 100))
                                        : 0,
                .area = list[i]};
        qsort(placed, (size_t)n, sizeof *placed, by_curve);
        r->geo->comuni = ARENA_ARRAY(r->mem, struct geo_comune, (size_t)n);
        r->geo->n_comuni = n < GEO_NONE ? n : GEO_NONE;
        for (int i = 0; i < r->geo->n_comuni; i++) {
            const struct area *const a = &placed[i].area;

            r->geo->comuni[i] =
                (struct geo_comune){.lat = a->has_point ? micro(a->lat) : GEO_NO_POINT,
                                    .lon = a->has_point ? micro(a->lon) : GEO_NO_POINT,
                                    .folded = str_fold(r->mem, a->name),
                                    .district = -1};
            r->geo->sum = (r->geo->sum ^ (uint64_t)a->area_id) * 1099511628211ull +
                          (uint64_t)r->geo->comuni[i].lat * 31 + (uint64_t)r->geo->comuni[i].lon;
        }
        /* areas are not yet in order: remember which comune each is by its id */
        for (int i = 0; i < r->geo->n_comuni; i++)
            for (int a = 0; a < r->geo->n_areas; a++)
                if (r->geo->areas[a].area_id == placed[i].area.area_id)
                    r->geo->areas[a].comune = i;
    }
    return ST_OK;
}

static enum status place_hamlets(struct reading *r)
{
    struct area *list;
    int n;
    const enum status st = places_areas(r->c, AREA_HAMLET, r->c->today, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        const int a = geo_find(r->geo, list[i].area_id);

        if (a >= 0)
            r->geo->areas[a].comune = geo_comune_of(r->geo, list[i].parent_id);
    }
    return st;
}

static void add_pair(struct reading *r, int comune, int area)
{
    if (r->n_pairs == r->pairs_room) {
        r->pairs = arena_grow(r->c->mem, r->pairs, (size_t)r->pairs_room * 2 * sizeof *r->pairs,
                              (size_t)r->pairs_room * 4 * sizeof *r->pairs);
        r->pairs_room *= 2;
    }
    r->pairs[r->n_pairs * 2] = (uint16_t)comune;
    r->pairs[r->n_pairs * 2 + 1] = (uint16_t)area;
    r->n_pairs++;
}

static enum status read_members(struct reading *r)
{
    struct geo *const g = r->geo;

    for (int a = 0; a < g->n_areas; a++) {
        struct comune *list;
        int n;

        if (g->areas[a].kind == AREA_COMUNE || g->areas[a].kind == AREA_HAMLET)
            continue;
        const enum status st = places_comuni_in(r->c, g->areas[a].area_id, r->c->today, &list, &n);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n; i++) {
            const int comune = geo_comune_of(g, list[i].area.area_id);

            if (comune < 0)
                continue;
            add_pair(r, comune, a);
            g->comuni[comune].is_district_known |= g->areas[a].level == GEO_DISTRICT;
            if (g->areas[a].kind == AREA_DISTRICT && g->comuni[comune].district < 0)
                g->comuni[comune].district = a;
        }
    }
    return ST_OK;
}

/* From pairs to two lists: what each comune lies in, and the comuni of each area. */
static void close_pairs(struct reading *r)
{
    struct geo *const g = r->geo;
    uint16_t *in = ARENA_ARRAY(r->mem, uint16_t, (size_t)r->n_pairs);
    uint16_t *of = ARENA_ARRAY(r->mem, uint16_t, (size_t)r->n_pairs);

    for (int c = 0; c < g->n_comuni; c++) {
        g->comuni[c].in = in;
        for (int i = 0; i < r->n_pairs; i++)
            if (r->pairs[i * 2] == c)
                *in++ = r->pairs[i * 2 + 1];
        g->comuni[c].n_in = (int)(in - g->comuni[c].in);
    }
    for (int i = 0; i < r->n_pairs; i++) { /* pairs came area by area */
        struct geo_area *const a = &g->areas[r->pairs[i * 2 + 1]];

        if (a->n_comuni == 0)
            a->comuni = of;
        a->n_comuni++;
        *of++ = r->pairs[i * 2];
    }
}

static void list_own(struct reading *r)
{
    struct geo *const g = r->geo;
    uint16_t *const all = ARENA_ARRAY(r->mem, uint16_t, (size_t)g->n_areas);
    int n = 0;

    for (int a = 0; a < g->n_areas; a++)
        if (g->areas[a].comune >= 0)
            g->comuni[g->areas[a].comune].n_own++;
    for (int c = 0; c < g->n_comuni; c++) {
        g->comuni[c].own = all + n;
        n += g->comuni[c].n_own;
        g->comuni[c].n_own = 0;
    }
    for (int a = 0; a < g->n_areas; a++) {
        if (g->areas[a].comune < 0)
            continue;
        struct geo_comune *const c = &g->comuni[g->areas[a].comune];

        all[c->own - all + c->n_own++] = (uint16_t)a;
    }
}

enum status geo_load(struct ctx *c, struct arena *mem, struct geo **out)
{
    struct reading r = {.c = c, .mem = mem, .geo = ARENA_NEW(mem, struct geo), .room = 2048};

    r.geo->areas = ARENA_ARRAY(mem, struct geo_area, (size_t)r.room);
    r.geo->day = c->today;
    r.pairs_room = 8192;
    r.pairs = ARENA_ARRAY(c->mem, uint16_t, (size_t)r.pairs_room * 2);
    enum status st = read_areas(&r);

    if (st != ST_OK)
        return st;
    qsort(r.geo->areas, (size_t)r.geo->n_areas, sizeof *r.geo->areas, by_id);
    for (int a = 0; a < r.geo->n_areas; a++)
        if (r.geo->areas[a].comune >= 0)
            r.geo->comuni[r.geo->areas[a].comune].area = a;
    st = place_hamlets(&r);
    if (st == ST_OK)
        st = read_members(&r);
    if (st != ST_OK)
        return st;
    close_pairs(&r);
    list_own(&r);
    *out = r.geo;
    return ST_OK;
}

/* ---- asking ---- */

int geo_find(const struct geo *g, int64_t area_id)
{
    int low = 0, high = g->n_areas - 1;

    while (low <= high) {
        const int mid = (low + high) / 2;

        if (g->areas[mid].area_id == area_id)
            return mid;
        if (g->areas[mid].area_id < area_id)
            low = mid + 1;
        else
            high = mid - 1;
    }
    return -1;
}

int geo_comune_of(const struct geo *g, int64_t area_id)
{
    const int a = geo_find(g, area_id);

    return a < 0 ? -1 : g->areas[a].comune;
}

int geo_of_comune(const struct geo *g, const struct geo_comune *c, int64_t area_id)
{
    for (int i = 0; i < c->n_in; i++)
        if (g->areas[c->in[i]].area_id == area_id)
            return c->in[i];
    for (int i = 0; i < c->n_own; i++)
        if (g->areas[c->own[i]].area_id == area_id)
            return c->own[i];
    return -1;
}

bool geo_lies_in(const struct geo *g, int comune, int area)
{
    if (g->areas[area].comune >= 0)
        return g->areas[area].comune == comune;
    for (int i = 0; i < g->comuni[comune].n_in; i++)
        if (g->comuni[comune].in[i] == area)
            return true;
    return false;
}

int geo_nearest(const struct geo *g, double lat, double lon)
{
    const struct geo_from from = geo_from(lat, lon);
    float least = 0;
    int best = -1;

    for (int i = 0; i < g->n_comuni; i++) {
        if (g->comuni[i].lat == GEO_NO_POINT)
            continue;
        const float d = geo_metres_squared(&from, g->comuni[i].lat, g->comuni[i].lon);

        if (best < 0 || d < least) {
            best = i;
            least = d;
        }
    }
    return best;
}

struct geo_from geo_from(double lat, double lon)
{
    const double at = lat * M_PI / 180, unit = metres_per_degree / 1e6;

    /* The middle of two latitudes decides how far a degree of longitude is: half a step of each. */
    return (struct geo_from){.lat = micro(lat),
                             .lon = micro(lon),
                             .per_lat = (float)unit,
                             .per_lon = (float)(unit * cos(at)),
                             .bend = (float)(unit * sin(at) * M_PI / 180 / 2e6)};
}
