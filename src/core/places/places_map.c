/* places_map.c - puts outlines together for a page; districts and the like are drawn by leaving out
 * the borders inside them. */
#include "core/places/places_map.h"
#include "core/places/places_map_store.h"
#include <stdlib.h>

static const int FINER = 16; /* fine units in a coarse one: places_make_map.c */

static void add_box(struct places_map *m, const struct map_shape *s, bool is_first)
{
    const int right = is_first || s->x + s->w > m->x + m->w ? s->x + s->w : m->x + m->w;
    const int low = is_first || s->y + s->h > m->y + m->h ? s->y + s->h : m->y + m->h;

    m->x = is_first || s->x < m->x ? s->x : m->x;
    m->y = is_first || s->y < m->y ? s->y : m->y;
    m->w = right - m->x;
    m->h = low - m->y;
}

/* Frame, box and source around shapes that are there. No frame: an empty map. */
static enum status finish(struct ctx *c, enum map_detail detail, struct places_map *m)
{
    struct places_frame f;
    const enum status st = places_map_store_frame(c, &f);

    m->detail = detail;
    m->is_schematic = st == ST_OK && f.is_schematic;
    m->source = st == ST_OK ? f.source : STR("");
    for (int i = 0; i < m->n_shapes; i++)
        add_box(m, &m->shapes[i], i == 0);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status places_map_comuni(struct ctx *c, enum map_detail detail, struct places_map *out)
{
    *out = (struct places_map){0};
    const enum status st = places_map_store_shapes(c, detail, &out->shapes, &out->n_shapes);

    return st == ST_OK ? finish(c, detail, out) : st;
}

enum status places_map_around(struct ctx *c, int64_t area_id, struct places_map *out)
{
    *out = (struct places_map){0};
    const enum status st = places_map_store_around(c, area_id, &out->shapes, &out->n_shapes);

    return st == ST_OK ? finish(c, MAP_FINE, out) : st;
}

enum status places_map_area(struct ctx *c, int64_t area_id, int on, struct places_map *out)
{
    struct comune *list;
    struct area self;
    int n = 0;
    enum status st = places_area(c, area_id, &self);

    *out = (struct places_map){0};
    if (st == ST_OK)
        st = places_comuni_in(c, area_id, on, &list, &n);
    if (st == ST_OK && n == 0 && self.kind == AREA_COMUNE)
        return places_map_around(c, area_id, out);
    if (st != ST_OK)
        return st;
    out->shapes = ARENA_ARRAY(c->mem, struct map_shape, (size_t)n);
    for (int i = 0; i < n; i++) {
        struct map_shape *s = &out->shapes[out->n_shapes];

        st = places_map_store_shape(c, list[i].area.area_id, MAP_FINE, s);
        if (st == ST_OK)
            out->n_shapes++;
        else if (st != ST_NOT_FOUND)
            return st;
    }
    return finish(c, MAP_FINE, out);
}

/* ---- areas made of comuni ---- */

struct drawn_area {
    struct area area;
    const struct border **lines;
    int n_lines, room;
    double sum_x, sum_y; /* of the ends of its lines, to find its middle */
};

struct union_work {
    struct ctx *c;
    struct drawn_area *areas;
    int n_areas;
    const struct places_group *groups; /* by comune */
    int n_groups;
};

static int by_comune(const void *a, const void *b)
{
    const struct places_group *x = a, *y = b;

    return (x->comune_id > y->comune_id) - (x->comune_id < y->comune_id);
}

static int by_area_id(const void *a, const void *b)
{
    const struct drawn_area *x = a, *y = b;

    return (x->area.area_id > y->area.area_id) - (x->area.area_id < y->area.area_id);
}

/* Rows of one comune in groups (sorted by comune); NULL when it lies in none. */
static const struct places_group *groups_of(const struct union_work *u, int64_t comune_id, int *n)
{
    const struct places_group key = {.comune_id = comune_id};
    const struct places_group *g =
        u->n_groups == 0 ? NULL
                         : bsearch(&key, u->groups, (size_t)u->n_groups, sizeof key, by_comune);

    *n = 0;
    if (g == NULL)
        return NULL;
    while (g > u->groups && g[-1].comune_id == comune_id)
        g--;
    while (g + *n < u->groups + u->n_groups && g[*n].comune_id == comune_id)
        (*n)++;
    return g;
}

static bool has_group(const struct places_group *g, int n, int64_t in_id)
{
    for (int i = 0; i < n; i++)
        if (g[i].in_id == in_id)
            return true;
    return false;
}

static void add_line(struct union_work *u, int64_t in_id, const struct border *b)
{
    const struct drawn_area key = {.area = {.area_id = in_id}};
    struct drawn_area *d =
        bsearch(&key, u->areas, (size_t)u->n_areas, sizeof *u->areas, by_area_id);

    if (d == NULL)
        return; /* it has ended since */
    if (d->n_lines == d->room) {
        const int wider = d->room == 0 ? 32 : d->room * 2;

        d->lines = arena_grow(u->c->mem, d->lines, (size_t)d->room * sizeof *d->lines,
                              (size_t)wider * sizeof *d->lines);
        d->room = wider;
    }
    d->lines[d->n_lines++] = b;
}

/* A border stays for an area that has one of its sides but not the other. */
static enum status sort_lines(struct union_work *u, const struct places_arc *arcs, int n_arcs)
{
    struct border *lines = ARENA_ARRAY(u->c->mem, struct border, (size_t)n_arcs);

    for (int i = 0; i < n_arcs; i++) {
        int n_left, n_right;
        const struct places_group *l = groups_of(u, arcs[i].left, &n_left);
        const struct places_group *r = groups_of(u, arcs[i].right, &n_right);
        bool is_read = false;

        for (int k = 0; k < n_left + n_right; k++) {
            const int64_t in_id = k < n_left ? l[k].in_id : r[k - n_left].in_id;

            if (k < n_left ? has_group(r, n_right, in_id) : has_group(l, n_left, in_id))
                continue;
            if (!is_read && !topology_read_line(u->c->mem, arcs[i].line, &lines[i]))
                return ST_UNAVAILABLE;
            is_read = true;
            add_line(u, in_id, &lines[i]);
        }
    }
    return ST_OK;
}

/* The town of a comune inside that is nearest to the middle: a label there stands inside. */
static void set_label(const struct union_work *u, const struct places_label *towns, int n_towns,
                      struct map_shape *s)
{
    const int64_t x = s->x + s->w / 2, y = s->y + s->h / 2;
    int64_t best = INT64_MAX;

    for (int i = 0; i < n_towns; i++) {
        const int64_t dx = towns[i].x - x, dy = towns[i].y - y;
        int n;

        if (dx * dx + dy * dy >= best)
            continue;
        const struct places_group *g = groups_of(u, towns[i].area_id, &n);

        if (!has_group(g, n, s->area.area_id))
            continue;
        best = dx * dx + dy * dy;
        s->label_x = towns[i].x;
        s->label_y = towns[i].y;
    }
}

static enum status start_union(struct union_work *u, enum area_kind kind, int on)
{
    struct places_group *groups;
    struct area *areas;
    enum status st = places_areas(u->c, kind, on, &areas, &u->n_areas);

    if (st == ST_OK)
        st = places_map_store_groups(u->c, kind, on, &groups, &u->n_groups);
    if (st != ST_OK)
        return st;
    u->areas = ARENA_ARRAY(u->c->mem, struct drawn_area, (size_t)u->n_areas);
    for (int i = 0; i < u->n_areas; i++)
        u->areas[i].area = areas[i];
    qsort(u->areas, (size_t)u->n_areas, sizeof *u->areas, by_area_id);
    qsort(groups, (size_t)u->n_groups, sizeof *groups, by_comune);
    u->groups = groups;
    return ST_OK;
}

static int by_position(const void *a, const void *b)
{
    const struct map_shape *x = a, *y = b;

    if (x->area.code.n != y->area.code.n) /* "9" before "21" */
        return x->area.code.n < y->area.code.n ? -1 : 1;
    return str_cmp(x->area.code, y->area.code);
}

enum status places_map_kind(struct ctx *c, enum area_kind kind, int on, enum map_detail detail,
                            struct places_map *out)
{
    struct union_work u = {.c = c};
    struct places_label *towns;
    struct places_arc *arcs;
    int n_arcs = 0, n_towns = 0;

    if (kind == AREA_COMUNE)
        return places_map_comuni(c, detail, out);
    *out = (struct places_map){0};
    enum status st = start_union(&u, kind, on);

    if (st == ST_OK)
        st = places_map_store_arcs(c, detail, &arcs, &n_arcs);
    if (st == ST_OK)
        st = sort_lines(&u, arcs, n_arcs);
    if (st == ST_OK)
        st = places_map_store_labels(c, detail, &towns, &n_towns);
    if (st != ST_OK)
        return st;
    out->shapes = ARENA_ARRAY(c->mem, struct map_shape, (size_t)u.n_areas);
    for (int i = 0; i < u.n_areas; i++) {
        struct map_shape *s = &out->shapes[out->n_shapes];
        struct buf path = buf_new(c->mem, 512);
        struct path_box box;

        *s = (struct map_shape){.area = u.areas[i].area};
        if (!topology_path(&path, u.areas[i].lines, u.areas[i].n_lines, &box))
            continue;
        s->path = buf_view(&path);
        s->x = box.x;
        s->y = box.y;
        s->w = box.w;
        s->h = box.h;
        set_label(&u, towns, n_towns, s);
        out->n_shapes++;
    }
    qsort(out->shapes, (size_t)out->n_shapes, sizeof *out->shapes, by_position);
    return finish(c, detail, out);
}

enum status places_map_spots(struct ctx *c, enum map_detail detail, struct map_spot *spots, int n)
{
    struct places_frame f;
    const enum status st = places_map_store_frame(c, &f);

    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct grid_point p = places_project(&f.f, spots[i].lat, spots[i].lon);

        spots[i].x = detail == MAP_FINE ? p.x : p.x / FINER;
        spots[i].y = detail == MAP_FINE ? p.y : p.y / FINER;
    }
    return st;
}

enum status places_map_point(struct ctx *c, enum map_detail detail, double lat, double lon,
                             int *out_x, int *out_y)
{
    struct map_spot spot = {lat, lon, 0, 0};
    const enum status st = places_map_spots(c, detail, &spot, 1);

    if (st != ST_OK)
        return st;
    *out_x = spot.x;
    *out_y = spot.y;
    return ST_OK;
}
