/* places_caps_store.c - reads and writes postal codes. */
#include "core/places/places_caps_store.h"
#include "core/places/places_store.h"
#include "places_sql.h"

enum status places_caps_store_all(struct ctx *c, struct places_cap **out, int *n_out)
{
    struct places_cap_all_row *rows;
    const enum status st = places_sql_cap_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_cap, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct places_cap){rows[i].cap, rows[i].area_id};
    return ST_OK;
}

enum status places_caps_store_put(struct ctx *c, const struct places_cap *one)
{
    return places_sql_cap_put(c, &(struct places_cap_put_in){one->cap, one->area_id}, NULL);
}

enum status places_caps_store_drop(struct ctx *c, const struct places_cap *one)
{
    return places_sql_cap_drop(c, &(struct places_cap_drop_in){one->cap, one->area_id}, NULL);
}

enum status places_store_with_cap(struct ctx *c, struct str cap, int64_t **out, int *n_out)
{
    struct places_cap_find_row *rows;
    const enum status st =
        places_sql_cap_find(c, &(struct places_cap_find_in){.cap = cap}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = rows[i].area_id;
    return ST_OK;
}

enum status places_has_caps(struct ctx *c, bool *out)
{
    struct places_cap_any_row r;
    const enum status st = places_sql_cap_any(c, &r);

    if (st == ST_OK)
        *out = r.n > 0;
    return st;
}

enum status places_caps(struct ctx *c, int64_t area_id, struct str **out, int *n_out)
{
    struct places_cap_of_row *rows;
    const enum status st =
        places_sql_cap_of(c, &(struct places_cap_of_in){.area_id = area_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct str, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = rows[i].cap;
    return ST_OK;
}
