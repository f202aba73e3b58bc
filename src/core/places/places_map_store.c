/* places_map_store.c - reads and writes the tables of the map. */
#include "core/places/places_map_store.h"
#include "core/places/places_store.h"
#include "places_sql.h"

#define SHAPE(r)                                                                                   \
    ((struct map_shape){.area = PLACES_AREA(r),                                                    \
                        .path = (r)->path,                                                         \
                        .label_x = (int)(r)->label_x,                                              \
                        .label_y = (int)(r)->label_y,                                              \
                        .x = (int)(r)->x,                                                          \
                        .y = (int)(r)->y,                                                          \
                        .w = (int)(r)->w,                                                          \
                        .h = (int)(r)->h})

enum status places_map_store_frame(struct ctx *c, struct places_frame *out)
{
    struct places_frame_get_row r;
    const enum status st = places_sql_frame_get(c, &r);

    if (st == ST_OK)
        *out = (struct places_frame){{r.lat_0, r.lon_0, r.unit_m}, r.is_schematic != 0, r.source};
    return st;
}

enum status places_map_store_set_frame(struct ctx *c, const struct map_frame *f, bool is_schematic,
                                       struct str source)
{
    const struct places_frame_put_in in = {.lat_0 = f->lat_0,
                                           .lon_0 = f->lon_0,
                                           .unit_m = f->unit_m,
                                           .is_schematic = is_schematic,
                                           .source = source};

    return places_sql_frame_put(c, &in, NULL);
}

enum status places_map_store_clear(struct ctx *c)
{
    const enum status st = places_sql_outline_clear(c, NULL);

    return st == ST_OK ? places_sql_arc_clear(c, NULL) : st;
}

enum status places_map_store_put_outline(struct ctx *c, const struct places_outline *o)
{
    const struct places_outline_put_in in = {.area_id = o->area_id,
                                             .detail = o->detail,
                                             .path = o->path,
                                             .label_x = o->label.x,
                                             .label_y = o->label.y,
                                             .x = o->box.x,
                                             .y = o->box.y,
                                             .w = o->box.w,
                                             .h = o->box.h};

    return places_sql_outline_put(c, &in, NULL);
}

enum status places_map_store_put_arc(struct ctx *c, int64_t arc_no, int64_t left, int64_t right,
                                     struct str fine, struct str coarse)
{
    const struct places_arc_put_in in = {.arc_no = arc_no,
                                         .left_id = left,
                                         .has_right_id = right != 0,
                                         .right_id = right,
                                         .fine = fine,
                                         .coarse = coarse};

    return places_sql_arc_put(c, &in, NULL);
}

enum status places_map_store_shapes(struct ctx *c, enum map_detail detail, struct map_shape **out,
                                    int *n_out)
{
    struct places_outline_all_row *rows;
    const struct places_outline_all_in in = {.detail = detail, .on = day_iso(c->mem, c->today)};
    const enum status st = places_sql_outline_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct map_shape, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = SHAPE(&rows[i]);
    return ST_OK;
}

enum status places_map_store_shape(struct ctx *c, int64_t area_id, enum map_detail detail,
                                   struct map_shape *out)
{
    struct places_outline_of_row r;
    const struct places_outline_of_in in = {.area_id = area_id, .detail = detail};
    const enum status st = places_sql_outline_of(c, &in, &r);

    if (st == ST_OK)
        *out = SHAPE(&r);
    return st;
}

enum status places_map_store_around(struct ctx *c, int64_t area_id, struct map_shape **out,
                                    int *n_out)
{
    struct places_outline_around_row *rows;
    const struct places_outline_around_in in = {.area_id = area_id};
    const enum status st = places_sql_outline_around(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct map_shape, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = SHAPE(&rows[i]);
    return ST_OK;
}

enum status places_map_store_labels(struct ctx *c, enum map_detail detail,
                                    struct places_label **out, int *n_out)
{
    struct places_label_all_row *rows;
    const enum status st =
        places_sql_label_all(c, &(struct places_label_all_in){.detail = detail}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_label, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] =
            (struct places_label){rows[i].area_id, (int)rows[i].label_x, (int)rows[i].label_y};
    return ST_OK;
}

enum status places_map_store_arcs(struct ctx *c, enum map_detail detail, struct places_arc **out,
                                  int *n_out)
{
    struct places_arc_all_fine_row *fine = NULL;
    struct places_arc_all_coarse_row *coarse = NULL;
    const enum status st = detail == MAP_FINE ? places_sql_arc_all_fine(c, &fine, n_out)
                                              : places_sql_arc_all_coarse(c, &coarse, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_arc, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = detail == MAP_FINE
                        ? (struct places_arc){fine[i].left_id,
                                              fine[i].has_right_id ? fine[i].right_id : 0,
                                              fine[i].line}
                        : (struct places_arc){coarse[i].left_id,
                                              coarse[i].has_right_id ? coarse[i].right_id : 0,
                                              coarse[i].line};
    return ST_OK;
}

enum status places_map_store_groups(struct ctx *c, enum area_kind kind, int on,
                                    struct places_group **out, int *n_out)
{
    struct places_group_all_row *rows;
    const struct places_group_all_in in = {.kind = str_of(places_kind_name(kind)),
                                           .on = day_iso(c->mem, on)};
    int n = 0;
    int64_t nearest = 0;
    const enum status st = places_sql_group_all(c, &in, &rows, &n);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_group, (size_t)n);
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const bool is_first = i == 0 || rows[i].comune_id != rows[i - 1].comune_id;

        if (is_first)
            nearest = rows[i].cost;
        if (rows[i].cost == nearest)
            (*out)[(*n_out)++] = (struct places_group){rows[i].comune_id, rows[i].in_id};
    }
    return ST_OK;
}

enum status places_borders(struct ctx *c, int64_t area_id, struct area **out, int *n_out)
{
    struct places_border_of_row *rows;
    struct places_frame f;
    enum status st = places_map_store_frame(c, &f);

    *n_out = 0;
    *out = NULL;
    if (st == ST_NOT_FOUND || (st == ST_OK && f.is_schematic))
        return ST_OK;
    if (st == ST_OK)
        st = places_sql_border_of(c, &(struct places_border_of_in){area_id}, &rows, n_out);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct area, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PLACES_AREA(&rows[i]);
    return ST_OK;
}
