/* bodies.c - which body answers for a place, and what is known of each. */
#include "core/bodies/bodies.h"
#include "core/bodies/bodies_store.h"
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[BODY_KIND_COUNT] = {
    [BODY_CONSORTIUM] = "consortium", [BODY_HEALTH_AUTHORITY] = "health-authority",
    [BODY_ASSOCIATION] = "association", [BODY_MUNICIPALITY] = "municipality",
    [BODY_UNION] = "union", [BODY_CONVENTION] = "convention",
};

const char *bodies_kind_name(enum body_kind kind)
{
    return kind > 0 && kind < BODY_KIND_COUNT ? kind_names[kind] : NULL;
}

enum body_kind bodies_kind_of(struct str name)
{
    for (int k = 1; k < BODY_KIND_COUNT; k++)
        if (str_eq_z(name, kind_names[k]))
            return (enum body_kind)k;
    return (enum body_kind)0;
}

static enum status fill_district(struct ctx *c, struct body *b)
{
    struct membership m;
    /* A body that has ended lay in its district until its last day. */
    const int on = b->to == DAY_NONE ? c->today : b->to;
    const enum status st = places_container(c, b->area_id, AREA_DISTRICT, on, &m);

    if (st == ST_OK)
        b->district = m.in;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status fill_comuni(struct ctx *c, struct body *b)
{
    const int on = b->to == DAY_NONE ? c->today : b->to;

    return places_count_comuni_in(c, b->area_id, on, &b->n_comuni);
}

static enum status fill_successor(struct ctx *c, struct body *b, struct str code)
{
    struct body_row row;
    struct area area;
    enum status st;

    if (code.n == 0)
        return ST_OK;
    st = bodies_store_by_code(c, code, &row);
    if (st == ST_OK)
        st = places_area(c, row.area_id, &area);
    if (st != ST_OK)
        return st;
    b->successor_code = row.code;
    b->successor_slug = area.slug;
    b->successor_name = row.name;
    return ST_OK;
}

/* From the row of the table to the whole body. */
static enum status fill(struct ctx *c, const struct body_row *row, struct body *out)
{
    struct area area;
    enum status st = places_area(c, row->area_id, &area);

    *out = (struct body){.body_id = row->body_id,
                         .code = row->code,
                         .name = row->name,
                         .kind = bodies_kind_of(row->kind),
                         .area_id = row->area_id,
                         .has_seat = row->seat_id != 0,
                         .is_lead = row->is_lead,
                         .is_complete = row->is_complete,
                         .note = row->note,
                         .from = DAY_NONE,
                         .to = row->to};
    if (st == ST_OK) {
        out->slug = area.slug;
        out->from = area.from;
    }
    if (st == ST_OK && out->has_seat)
        st = places_comune(c, row->seat_id, &out->seat);
    if (st == ST_OK)
        st = fill_district(c, out);
    if (st == ST_OK)
        st = fill_comuni(c, out);
    return st == ST_OK ? fill_successor(c, out, row->successor_code) : st;
}

static enum status fill_all(struct ctx *c, const struct body_row *rows, int n, struct body **out, int *n_out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct body, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = fill(c, &rows[i], &(*out)[i]);
    *n_out = st == ST_OK ? n : 0;
    return st;
}

enum status bodies_list(struct ctx *c, bool include_ended, struct body **out, int *n_out)
{
    struct body_row *rows;
    int n = 0;
    const int on = include_ended ? day_from_ymd(1, 1, 1) : c->today;
    const enum status st = bodies_store_all(c, on, &rows, &n);

    return st == ST_OK ? fill_all(c, rows, n, out, n_out) : st;
}

enum status bodies_by_code(struct ctx *c, struct str code, struct body *out)
{
    struct body_row row;
    const enum status st = bodies_store_by_code(c, code, &row);

    return st == ST_OK ? fill(c, &row, out) : st;
}

/* "mb32-whatever" is MB32: the code at the front decides, the rest is for the eye. */
enum status bodies_by_slug(struct ctx *c, struct str slug, struct body *out)
{
    struct body_row row;
    struct area area;
    enum status st = places_area_by_slug(c, AREA_BODY_AREA, slug, &area);

    if (st == ST_NOT_FOUND) {
        char *code = (char *)str_z(c->mem, str_cut(&slug, '-')); /* ours: str_z has just made it */

        for (char *p = code; *p != '\0'; p++)
            if (*p >= 'a' && *p <= 'z')
                *p = (char)(*p - 32);
        st = bodies_store_by_code(c, str_of(code), &row);
    } else if (st == ST_OK) {
        st = bodies_store_by_area(c, area.area_id, &row);
    }
    return st == ST_OK ? fill(c, &row, out) : st;
}

enum status bodies_absorbed_by(struct ctx *c, int64_t body_id, struct body **out, int *n_out)
{
    struct body_row row, *rows;
    int n = 0;
    enum status st = bodies_store_by_id(c, body_id, &row);

    if (st == ST_OK)
        st = bodies_store_absorbed(c, row.code, &rows, &n);
    return st == ST_OK ? fill_all(c, rows, n, out, n_out) : st;
}

enum status bodies_of_district(struct ctx *c, int64_t district_area_id, struct body **out, int *n_out)
{
    struct membership *in;
    struct body_row row;
    int n = 0;
    enum status st = places_members(c, district_area_id, AREA_BODY_AREA, c->today, &in, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct body, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        st = bodies_store_by_area(c, in[i].area.area_id, &row);
        if (st == ST_NOT_FOUND) { /* an area drawn without a body behind it */
            st = ST_OK;
            continue;
        }
        if (st == ST_OK && row.to != DAY_NONE && row.to < c->today)
            continue;
        if (st == ST_OK)
            st = fill(c, &row, &(*out)[(*n_out)++]);
    }
    return st;
}

enum status bodies_for_area(struct ctx *c, int64_t area_id, int on, struct body_answer *out)
{
    struct body_row row;
    enum status st = places_container(c, area_id, AREA_BODY_AREA, on, &out->membership);

    out->is_known = false;
    if (st == ST_OK)
        st = bodies_store_by_area(c, out->membership.in.area_id, &row);
    if (st == ST_OK)
        st = fill(c, &row, &out->body);
    out->is_known = st == ST_OK;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

struct candidate {
    const struct body_row *row;
    int64_t distance_m;
};

static int nearer(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return x->distance_m != y->distance_m ? (x->distance_m < y->distance_m ? -1 : 1)
                                          : str_cmp(x->row->code, y->row->code);
}

enum status bodies_near(struct ctx *c, int64_t area_id, int limit, struct near_body **out, int *n_out)
{
    struct body_row *rows;
    struct area from;
    int n_rows = 0, n = 0;
    enum status st = places_area(c, area_id, &from);

    *n_out = 0;
    if (st == ST_OK && !from.has_point)
        return ST_OK;
    if (st == ST_OK)
        st = bodies_store_all(c, c->today, &rows, &n_rows);
    if (st != ST_OK)
        return st;
    struct candidate *list = ARENA_ARRAY(c->mem, struct candidate, (size_t)n_rows);

    for (int i = 0; i < n_rows; i++)
        if (rows[i].has_seat_point)
            list[n++] = (struct candidate){
                &rows[i], places_distance_m(from.lat, from.lon, rows[i].seat_lat, rows[i].seat_lon)};
    if (n > 0)
        qsort(list, (size_t)n, sizeof *list, nearer);
    n = n < limit ? n : limit;
    *out = ARENA_ARRAY(c->mem, struct near_body, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        (*out)[i].distance_m = list[i].distance_m;
        st = fill(c, list[i].row, &(*out)[i].body);
    }
    *n_out = st == ST_OK ? n : 0;
    return st;
}
