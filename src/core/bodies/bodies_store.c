/* bodies_store.c - the only file that touches the table body. */
#include "core/bodies/bodies_store.h"
#include "bodies_sql.h"

static const char STILL_THERE[] = "9999-12-31";

/* Each query has a row type of its own with the same columns. */
#define BODY_ROW(c, r)                                                                             \
    ((struct body_row){.body_id = (r)->body_id,                                                    \
                       .area_id = (r)->area_id,                                                    \
                       .seat_id = (r)->has_seat_id ? (r)->seat_id : 0,                             \
                       .code = (r)->code,                                                          \
                       .name = (r)->name,                                                          \
                       .kind = (r)->kind,                                                          \
                       .note = (c)->lang == LANG_IT ? (r)->note_it : (r)->note_en,                 \
                       .successor_code = (r)->successor_code,                                      \
                       .has_seat_point = (r)->has_seat_lat,                                        \
                       .seat_lat = (r)->seat_lat,                                                  \
                       .seat_lon = (r)->seat_lon,                                                  \
                       .is_lead = (r)->is_lead != 0,                                               \
                       .is_complete = (r)->is_complete != 0,                                       \
                       .to = last_day((r)->valid_to)})

#define BODY_ROWS(c, rows, n, out)                                                                 \
    do {                                                                                           \
        *(out) = ARENA_ARRAY((c)->mem, struct body_row, (size_t)(n));                              \
        for (int i = 0; i < (n); i++)                                                              \
            (*(out))[i] = BODY_ROW(c, &(rows)[i]);                                                 \
    } while (0)

static int last_day(struct str text)
{
    return str_eq_z(text, STILL_THERE) ? DAY_NONE : day_parse(text);
}

enum status bodies_store_all(struct ctx *c, int on, struct body_row **out, int *n_out)
{
    struct bodies_body_all_row *rows;
    const struct bodies_body_all_in in = {.on = day_iso(c->mem, on)};
    const enum status st = bodies_sql_body_all(c, &in, &rows, n_out);

    if (st == ST_OK)
        BODY_ROWS(c, rows, *n_out, out);
    return st;
}

enum status bodies_store_by_code(struct ctx *c, struct str code, struct body_row *out)
{
    struct bodies_body_by_code_row r;
    const enum status st = bodies_sql_body_by_code(c, &(struct bodies_body_by_code_in){code}, &r);

    if (st == ST_OK)
        *out = BODY_ROW(c, &r);
    return st;
}

enum status bodies_store_by_area(struct ctx *c, int64_t area_id, struct body_row *out)
{
    struct bodies_body_by_area_row r;
    const enum status st = bodies_sql_body_by_area(c, &(struct bodies_body_by_area_in){area_id}, &r);

    if (st == ST_OK)
        *out = BODY_ROW(c, &r);
    return st;
}

enum status bodies_store_by_id(struct ctx *c, int64_t body_id, struct body_row *out)
{
    struct bodies_body_by_id_row r;
    const enum status st = bodies_sql_body_by_id(c, &(struct bodies_body_by_id_in){body_id}, &r);

    if (st == ST_OK)
        *out = BODY_ROW(c, &r);
    return st;
}

enum status bodies_store_absorbed(struct ctx *c, struct str successor_code, struct body_row **out, int *n_out)
{
    struct bodies_body_absorbed_row *rows;
    const struct bodies_body_absorbed_in in = {successor_code};
    const enum status st = bodies_sql_body_absorbed(c, &in, &rows, n_out);

    if (st == ST_OK)
        BODY_ROWS(c, rows, *n_out, out);
    return st;
}

enum status bodies_store_by_name(struct ctx *c, struct str folded, struct body_row **out, int *n_out)
{
    struct bodies_body_by_name_row *rows;
    const enum status st = bodies_sql_body_by_name(c, &(struct bodies_body_by_name_in){folded}, &rows, n_out);

    if (st == ST_OK)
        BODY_ROWS(c, rows, *n_out, out);
    return st;
}

enum status bodies_store_put(struct ctx *c, const struct body_put *p)
{
    struct bodies_body_put_in in = {.code = p->code,
                                    .name = p->name,
                                    .name_folded = str_fold(c->mem, p->name),
                                    .kind = str_of(bodies_kind_name(p->kind)),
                                    .position = p->position,
                                    .area_id = p->area_id,
                                    .is_lead = p->is_lead,
                                    .is_complete = p->is_complete,
                                    .note_it = p->note_it,
                                    .note_en = p->note_en,
                                    .valid_to = p->to == DAY_NONE ? str_of(STILL_THERE) : day_iso(c->mem, p->to),
                                    .successor_code = p->successor_code};

    if (p->seat != NULL) {
        in.has_seat_id = true;
        in.seat_id = p->seat->area.area_id;
        in.has_seat_lat = in.has_seat_lon = p->seat->area.has_point;
        in.seat_lat = p->seat->area.lat;
        in.seat_lon = p->seat->area.lon;
    }
    return bodies_sql_body_put(c, &in, NULL);
}

enum status bodies_store_is_loaded(struct ctx *c, struct str checksum, bool *out)
{
    struct bodies_loaded_get_row r;
    const enum status st = bodies_sql_loaded_get(c, &(struct bodies_loaded_get_in){STR("bodies")}, &r);

    *out = st == ST_OK && str_eq(r.checksum, checksum);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status bodies_store_set_loaded(struct ctx *c, struct str checksum)
{
    return bodies_sql_loaded_put(c, &(struct bodies_loaded_put_in){STR("bodies"), checksum}, NULL);
}
