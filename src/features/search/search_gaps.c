/* search_gaps.c - what is missing here, beside what the neighbours have. */
#include "search_gaps.h"
#include "base/macros.h"
#include "search_shelf.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct asked_gaps {
    struct ctx *c;
    struct shelf *shelf;
    const struct geo *geo;
    const struct gap_table *table;
};

static int n_in_comune(const struct asked_gaps *q, int need, int comune)
{
    return q->table->n[(size_t)need * (size_t)q->geo->n_comuni + (size_t)comune];
}

static int n_in_area(const struct asked_gaps *q, int need, int area)
{
    return q->table->n_area[(size_t)need * (size_t)q->geo->n_areas + (size_t)area];
}

/* ---- who is near ---- */

struct near {
    int at; /* a comune of the list, or an area */
    int64_t metres;
};

static int by_metres(const void *a, const void *b)
{
    const struct near *const x = a, *const y = b;

    if (x->metres != y->metres)
        return x->metres < y->metres ? -1 : 1;
    return x->at - y->at;
}

/* Every other comune with a town, nearest first. */
static struct near *comuni_near(const struct asked_gaps *q, double lat, double lon, int but, int *n)
{
    struct near *const list = ARENA_ARRAY(q->c->mem, struct near, (size_t)q->geo->n_comuni);

    *n = 0;
    for (int i = 0; i < q->geo->n_comuni; i++) {
        const struct geo_comune *const c = &q->geo->comuni[i];

        if (i != but && c->lat != GEO_NO_POINT)
            list[(*n)++] =
                (struct near){i, places_distance_m(lat, lon, c->lat / 1e6, c->lon / 1e6)};
    }
    qsort(list, (size_t)*n, sizeof *list, by_metres);
    return list;
}

/* The middle of its towns. */
static bool middle_of(const struct geo *g, const struct geo_area *a, double *lat, double *lon)
{
    double y = 0, x = 0;
    int n = 0;

    for (int i = 0; i < a->n_comuni; i++) {
        const struct geo_comune *const c = &g->comuni[a->comuni[i]];

        if (c->lat == GEO_NO_POINT)
            continue;
        y += c->lat / 1e6;
        x += c->lon / 1e6;
        n++;
    }
    *lat = n > 0 ? y / n : 0;
    *lon = n > 0 ? x / n : 0;
    return n > 0;
}

static struct near *districts_near(const struct asked_gaps *q, double lat, double lon, int but,
                                   int *n)
{
    struct near *const list = ARENA_ARRAY(q->c->mem, struct near, (size_t)q->geo->n_areas);

    *n = 0;
    for (int i = 0; i < q->geo->n_areas; i++) {
        double y, x;

        if (i != but && q->geo->areas[i].kind == AREA_DISTRICT &&
            middle_of(q->geo, &q->geo->areas[i], &y, &x))
            list[(*n)++] = (struct near){i, places_distance_m(lat, lon, y, x)};
    }
    qsort(list, (size_t)*n, sizeof *list, by_metres);
    return list;
}

static struct gap_neighbour neighbour(const struct asked_gaps *q, int area, int64_t metres, int n)
{
    const struct geo_area *const a = &q->geo->areas[area];

    return (struct gap_neighbour){.area_id = a->area_id,
                                  .slug = str_copy(q->c->mem, a->slug),
                                  .name = str_copy(q->c->mem, a->name),
                                  .distance_m = metres,
                                  .n = n};
}

/* ---- one area ---- */

static void fill_nearest(const struct asked_gaps *q, int need, const struct near *near, int n_near,
                         struct gap *g)
{
    for (int i = 0; i < n_near && !g->has_nearest; i++) {
        const int n = n_in_comune(q, need, near[i].at);

        if (n == 0)
            continue;
        g->nearest = neighbour(q, q->geo->comuni[near[i].at].area, near[i].metres, n);
        g->has_nearest = true;
    }
}

static void fill_comune(const struct asked_gaps *q, int comune, struct gap *g, int need)
{
    g->n = n_in_comune(q, need, comune);
    g->n_remote = q->table->n_remote[(size_t)need * (size_t)q->geo->n_comuni + (size_t)comune];
    g->n_comuni = 1;
    g->n_comuni_without = g->n == 0;
}

static void fill_district(const struct asked_gaps *q, int area, struct gap *g, int need)
{
    const struct geo_area *const a = &q->geo->areas[area];

    g->n = n_in_area(q, need, area);
    g->n_comuni = a->n_comuni;
    for (int i = 0; i < a->n_comuni; i++) {
        const int remote =
            q->table->n_remote[(size_t)need * (size_t)q->geo->n_comuni + a->comuni[i]];

        g->n_comuni_without += n_in_comune(q, need, a->comuni[i]) == 0;
        if (remote > g->n_remote)
            g->n_remote = remote;
    }
}

static void order_gaps(struct gaps *out, struct arena *mem)
{
    struct gap *const list = ARENA_ARRAY(mem, struct gap, (size_t)out->n);
    int n = 0;

    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < out->n; i++)
            if ((out->list[i].n == 0) == (pass == 0))
                list[n++] = out->list[i];
    out->list = list;
}

static enum status gaps_of(const struct asked_gaps *q, int64_t area_id, struct gaps *out)
{
    const struct geo *const g = q->geo;
    const int area = geo_find(g, area_id);
    const bool is_comune = area >= 0 && g->areas[area].kind == AREA_COMUNE;
    const int comune = is_comune ? g->areas[area].comune : -1;
    double lat, lon;
    int n_comuni = 0, n_beside = 0;

    if (area < 0 || (!is_comune && g->areas[area].kind != AREA_DISTRICT))
        return ST_NOT_FOUND;
    bool has_middle = true;

    if (is_comune) {
        has_middle = g->comuni[comune].lat != GEO_NO_POINT;
        lat = g->comuni[comune].lat / 1e6;
        lon = g->comuni[comune].lon / 1e6;
    } else {
        has_middle = middle_of(g, &g->areas[area], &lat, &lon);
    }
    const struct near *const near = has_middle ? comuni_near(q, lat, lon, comune, &n_comuni) : NULL;
    const struct near *const beside =
        is_comune || !has_middle ? near : districts_near(q, lat, lon, area, &n_beside);

    if (is_comune)
        n_beside = n_comuni;
    *out = (struct gaps){.area_id = area_id, .n_needs = needs_n(q->shelf->needs)};
    out->list = ARENA_ARRAY(q->c->mem, struct gap, (size_t)out->n_needs);
    for (int k = 0; k < out->n_needs; k++) {
        struct gap *const gap = &out->list[out->n++];

        gap->need = needs_at(q->shelf->needs, k);
        if (is_comune)
            fill_comune(q, comune, gap, k);
        else
            fill_district(q, area, gap, k);
        for (int i = 0; i < n_beside && i < GAPS_NEIGHBOURS; i++)
            gap->neighbours[gap->n_neighbours++] =
                is_comune
                    ? neighbour(q, g->comuni[beside[i].at].area, beside[i].metres,
                                n_in_comune(q, k, beside[i].at))
                    : neighbour(q, beside[i].at, beside[i].metres, n_in_area(q, k, beside[i].at));
        if (gap->n == 0)
            fill_nearest(q, k, near, n_comuni, gap);
        out->n_missing += gap->n == 0;
    }
    order_gaps(out, q->c->mem);
    return ST_OK;
}

/* ---- the whole territory ---- */

static int by_missing(const void *a, const void *b)
{
    const struct gap_row *const x = a, *const y = b;

    if (x->n_missing != y->n_missing)
        return y->n_missing - x->n_missing;
    const int c = str_cmp(x->name, y->name);

    return c != 0 ? c : (x->area_id > y->area_id) - (x->area_id < y->area_id);
}

static void fill_row(const struct asked_gaps *q, int area, int need, struct gap_row *out)
{
    const struct geo_area *const a = &q->geo->areas[area];
    const int first = need < 0 ? 0 : need, last = need < 0 ? needs_n(q->shelf->needs) : need + 1;

    *out = (struct gap_row){.area_id = a->area_id,
                            .slug = str_copy(q->c->mem, a->slug),
                            .name = str_copy(q->c->mem, a->name),
                            .n_needs = last - first};
    for (int k = first; k < last; k++) {
        struct gap g = {0};

        if (a->kind == AREA_COMUNE)
            fill_comune(q, a->comune, &g, k);
        else
            fill_district(q, area, &g, k);
        out->n_missing += g.n == 0;
        out->n_comuni = g.n_comuni;
        out->n_comuni_without += need < 0 ? 0 : g.n_comuni_without;
        out->n = need < 0 ? 0 : g.n;
    }
    if (a->kind == AREA_COMUNE && q->geo->comuni[a->comune].district >= 0)
        out->district = str_copy(q->c->mem, q->geo->areas[q->geo->comuni[a->comune].district].name);
}

struct row_list {
    enum area_kind kind;
    int need; /* -1: all */
    struct gap_row *list;
    int n;
};

static void rows_of(const struct asked_gaps *q, struct row_list *out)
{
    out->list = ARENA_ARRAY(q->c->mem, struct gap_row, (size_t)q->geo->n_areas);
    for (int i = 0; i < q->geo->n_areas; i++)
        if (q->geo->areas[i].kind == out->kind)
            fill_row(q, i, out->need, &out->list[out->n++]);
    qsort(out->list, (size_t)out->n, sizeof *out->list, by_missing);
}

/* ---- what holds the shelf lets it go, also when the request's memory ends in between ---- */

struct gaps_work {
    struct gaps *gaps; /* NULL: rows */
    int64_t area_id;
    struct row_list *rows;
};

static enum status work_on(const struct asked_gaps *q, const struct gaps_work *w)
{
    if (w->gaps != NULL)
        return gaps_of(q, w->area_id, w->gaps);
    rows_of(q, w->rows);
    return ST_OK;
}

static enum status with_gaps(struct ctx *c, const struct gaps_work *w)
{
    struct asked_gaps q = {.c = c};
    enum status st = shelf_take(c, &q.shelf);
    jmp_buf trap;

    if (st != ST_OK)
        return st;
    q.geo = q.shelf->geo;
    q.table = shelf_gaps(q.shelf);
    jmp_buf *const old = arena_trap(c->mem, &trap);

    if (old == NULL)
        arena_trap(c->mem, NULL);
    else if (setjmp(trap) != 0) {
        shelf_release(q.shelf);
        arena_trap(c->mem, old);
        longjmp(*old, 1);
    }
    st = work_on(&q, w);
    arena_trap(c->mem, old);
    shelf_release(q.shelf);
    return st;
}

enum status search_gaps(struct ctx *c, int64_t area_id, struct gaps *out)
{
    return with_gaps(c, &(struct gaps_work){.gaps = out, .area_id = area_id});
}

static enum status all_of(struct ctx *c, enum area_kind kind, struct str need, struct gap_row **out,
                          int *n_out)
{
    const struct needs *const x = needs_of(c);
    const struct need *const one = need.n > 0 ? need_by_id(x, need) : NULL;
    struct row_list rows = {.kind = kind, .need = one == NULL ? -1 : (int)(one - needs_at(x, 0))};

    *n_out = 0;
    if (need.n > 0 && one == NULL)
        return ST_NOT_FOUND;
    const enum status st = with_gaps(c, &(struct gaps_work){.rows = &rows});

    *out = rows.list;
    *n_out = rows.n;
    return st;
}

enum status search_gaps_districts(struct ctx *c, struct str need, struct gap_row **out, int *n_out)
{
    return all_of(c, AREA_DISTRICT, need, out, n_out);
}

enum status search_gaps_comuni(struct ctx *c, struct str need, struct gap_row **out, int *n_out)
{
    return all_of(c, AREA_COMUNE, need, out, n_out);
}
