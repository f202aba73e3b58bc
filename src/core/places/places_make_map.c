/* places_make_map.c - lays the territory flat and writes outlines and borders into the tables. */
#include "core/places/places_make_map.h"
#include "base/log.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "core/places/places_cells.h"
#include "core/places/places_map_store.h"
#include <math.h>

static const double M_PER_DEG = 111195;
static const double MARGIN_DEG = 0.12;      /* about the radius of a cell */
static const double CELL_RADIUS_M = 8000;
static const int COARSE_HIGH = 600;         /* units of the coarse map, top to bottom */
static const int FINER = 16;                /* fine units in a coarse one */
static const size_t COARSE_BYTES = 45 * 1024; /* of all paths of the coarse map together */

struct grid_point places_project(const struct map_frame *f, double lat, double lon)
{
    /* one scale for the whole region: at 45 degrees north a degree of longitude is cos(45) */
    const double middle = cos((f->lat_0 - 1.2) * M_PI / 180);
    const double x = (lon - f->lon_0) * M_PER_DEG * middle / f->unit_m;
    const double y = (f->lat_0 - lat) * M_PER_DEG / f->unit_m;

    return (struct grid_point){(int32_t)floor(x + 0.5), (int32_t)floor(y + 0.5)};
}

enum status places_frame_of_comuni(struct ctx *c, struct map_frame *out)
{
    struct comune *list;
    double south = 90, north = -90, west = 180;
    int n = 0;
    const enum status st = places_comuni(c, &list, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++) {
        const struct area *a = &list[i].area;

        if (!a->has_point)
            continue;
        south = fmin(south, a->lat);
        north = fmax(north, a->lat);
        west = fmin(west, a->lon);
    }
    if (north < south)
        return ST_NOT_FOUND;
    out->lat_0 = north + MARGIN_DEG;
    out->lon_0 = west - MARGIN_DEG * 1.4;
    out->unit_m = (north - south + 2 * MARGIN_DEG) * M_PER_DEG / (COARSE_HIGH * FINER);
    return ST_OK;
}

/* ---- from borders to tables ---- */

struct drawing {
    struct ctx *c;
    const struct map_frame *f;
    struct comune *comuni;
    int n_comuni;
    struct border *lines[2]; /* by enum map_detail */
    int n_lines;
};

/* Borders of each comune, found once: first[i] .. first[i + 1] in around. */
struct around {
    int *first;
    const struct border **lines;
};

static int index_of(const struct drawing *d, const int64_t *by_id, int64_t max_id, int64_t area_id)
{
    (void)d;
    return area_id > 0 && area_id <= max_id ? (int)by_id[area_id] - 1 : -1;
}

static struct around lines_around(const struct drawing *d, const struct border *lines)
{
    struct arena *mem = d->c->mem;
    int64_t max_id = 0;

    for (int i = 0; i < d->n_comuni; i++)
        if (d->comuni[i].area.area_id > max_id)
            max_id = d->comuni[i].area.area_id;
    int64_t *by_id = ARENA_ARRAY(mem, int64_t, (size_t)max_id + 1);
    int *at = ARENA_ARRAY(mem, int, (size_t)d->n_comuni + 1);
    struct around out = {.first = ARENA_ARRAY(mem, int, (size_t)d->n_comuni + 2),
                         .lines = ARENA_ARRAY(mem, const struct border *, (size_t)d->n_lines * 2)};

    for (int i = 0; i < d->n_comuni; i++)
        by_id[d->comuni[i].area.area_id] = i + 1;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < d->n_lines; i++) {
            const int sides[] = {index_of(d, by_id, max_id, lines[i].left),
                                 index_of(d, by_id, max_id, lines[i].right)};

            for (int s = 0; s < 2; s++)
                if (sides[s] >= 0 && pass == 0)
                    out.first[sides[s] + 1]++;
                else if (sides[s] >= 0)
                    out.lines[at[sides[s]]++] = &lines[i];
        }
        for (int i = 0; pass == 0 && i < d->n_comuni; i++) {
            out.first[i + 1] += out.first[i];
            at[i] = out.first[i];
        }
    }
    return out;
}

/* A comune too small for the coarse grid is a dot. */
static void put_dot(struct buf *b, struct grid_point p, struct path_box *box)
{
    buf_fmt(b, "M%d %dl1-1 1 1-1 1z", (int)p.x - 1, (int)p.y);
    *box = (struct path_box){p.x - 1, p.y - 1, 2, 2};
}

static struct grid_point label_of(const struct drawing *d, const struct area *a,
                                  enum map_detail detail, const struct path_box *box)
{
    const struct grid_point middle = {box->x + box->w / 2, box->y + box->h / 2};

    if (!a->has_point)
        return middle;
    const struct grid_point p = places_project(d->f, a->lat, a->lon);

    return detail == MAP_FINE ? p
                              : (struct grid_point){(p.x + FINER / 2) / FINER,
                                                    (p.y + FINER / 2) / FINER};
}

/* Paths of all comuni in one detail; only counted when is_trial. */
static enum status put_outlines(const struct drawing *d, enum map_detail detail, bool is_trial,
                                size_t *out_bytes)
{
    const struct around a = lines_around(d, d->lines[detail]);
    enum status st = ST_OK;

    *out_bytes = 0;
    for (int i = 0; st == ST_OK && i < d->n_comuni; i++) {
        struct places_outline o = {.area_id = d->comuni[i].area.area_id, .detail = detail};
        struct buf path = buf_new(d->c->mem, 256);

        if (a.first[i + 1] == a.first[i])
            continue; /* no ring was given for it */
        const bool is_drawn =
            topology_path(&path, a.lines + a.first[i], a.first[i + 1] - a.first[i], &o.box);

        o.label = label_of(d, &d->comuni[i].area, detail, &o.box);
        if (!is_drawn)
            put_dot(&path, o.label, &o.box);
        o.path = buf_view(&path);
        *out_bytes += o.path.n;
        if (!is_trial)
            st = places_map_store_put_outline(d->c, &o);
    }
    return st;
}

static void make_lines(struct drawing *d, enum map_detail detail, const struct border *raw,
                       double tolerance)
{
    struct arena *mem = d->c->mem;

    d->lines[detail] = ARENA_ARRAY(mem, struct border, (size_t)d->n_lines);
    for (int i = 0; i < d->n_lines; i++) {
        const struct border simple = topology_simplify(mem, &raw[i], tolerance);

        d->lines[detail][i] = detail == MAP_FINE ? simple : topology_coarser(mem, &simple, FINER);
    }
}

/* The fine map simplified more and more until the whole is light enough. */
static enum status make_coarse(struct drawing *d)
{
    size_t bytes = 0;
    enum status st = ST_OK;

    for (double tolerance = 6; st == ST_OK && tolerance < 400; tolerance *= 1.15) {
        make_lines(d, MAP_COARSE, d->lines[MAP_FINE], tolerance);
        st = put_outlines(d, MAP_COARSE, true, &bytes);
        if (st != ST_OK || bytes <= COARSE_BYTES)
            break;
    }
    return st;
}

static enum status put_borders(const struct drawing *d)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < d->n_lines; i++) {
        const struct border *b = &d->lines[MAP_FINE][i];
        struct buf fine = buf_new(d->c->mem, 128), coarse = buf_new(d->c->mem, 64);

        topology_write_line(&fine, b);
        topology_write_line(&coarse, &d->lines[MAP_COARSE][i]);
        st = places_map_store_put_arc(d->c, i + 1, b->left, b->right, buf_view(&fine),
                                      buf_view(&coarse));
    }
    return st;
}

enum status places_write_map(struct ctx *c, const struct map_frame *f, const struct ring *rings,
                             int n_rings, bool is_schematic, struct str source)
{
    struct drawing d = {.c = c, .f = f};
    size_t bytes;
    int n_overlaps;
    const struct border *raw =
        topology_borders(c->mem, rings, n_rings, &d.n_lines, &n_overlaps);
    enum status st = places_comuni(c, &d.comuni, &d.n_comuni);

    if (n_overlaps > 0)
        log_event(LOG_WARN, "map-overlaps", LOG_INT("sides", n_overlaps), LOG_END);
    if (st == ST_OK)
        st = places_map_store_clear(c);
    if (st != ST_OK)
        return st;
    make_lines(&d, MAP_FINE, raw, is_schematic ? 0.5 : 1.5);
    st = make_coarse(&d);
    if (st == ST_OK)
        st = put_outlines(&d, MAP_FINE, false, &bytes);
    if (st == ST_OK)
        st = put_outlines(&d, MAP_COARSE, false, &bytes);
    if (st == ST_OK)
        st = put_borders(&d);
    return st == ST_OK ? places_map_store_set_frame(c, f, is_schematic, source) : st;
}

/* ---- cells ---- */

static void add_town(const struct map_frame *f, struct town *towns, int *n, int64_t owner,
                     double lat, double lon)
{
    const struct grid_point p = places_project(f, lat, lon);

    towns[(*n)++] = (struct town){owner, p.x, p.y};
}

enum status places_make_schematic(struct ctx *c)
{
    const struct sheet outside = sheet_of_table(c->mem, "territory/outside.csv");
    struct places_frame old;
    struct map_frame f;
    struct comune *list;
    int n_list = 0, n = 0, n_rings;
    enum status st = places_map_store_frame(c, &old);

    if (st == ST_OK && !old.is_schematic)
        return ST_OK; /* an administrator's boundaries are better */
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = places_frame_of_comuni(c, &f);
    if (st == ST_OK)
        st = places_comuni(c, &list, &n_list);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    struct town *towns = ARENA_ARRAY(c->mem, struct town, (size_t)(n_list + outside.n_rows));

    for (int i = 0; i < n_list; i++)
        if (list[i].area.has_point)
            add_town(&f, towns, &n, list[i].area.area_id, list[i].area.lat, list[i].area.lon);
    for (int i = 0; i < outside.n_rows; i++) {
        double lat, lon;

        if (sheet_double(&outside, i, "lat", &lat) && sheet_double(&outside, i, "lon", &lon))
            add_town(&f, towns, &n, 0, lat, lon);
    }
    const struct ring *rings = cells_of_towns(c->mem, towns, n, CELL_RADIUS_M / f.unit_m, &n_rings);

    return places_write_map(c, &f, rings, n_rings, true, STR(""));
}
