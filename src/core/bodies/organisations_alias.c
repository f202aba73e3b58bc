/* organisations_alias.c - organisations that were joined: what they lead to, and apart again. */
#include "core/bodies/organisations.h"
#include "core/bodies/organisations_store.h"
#include "bodies_sql.h"

/* Longer than any chain of real mergers: a circle made by hand in the database ends too. */
enum { MOST_STEPS = 64 };

enum status organisations_kept(struct ctx *c, int64_t organisation_id, int64_t *out_id)
{
    *out_id = organisation_id;
    for (int i = 0; i < MOST_STEPS; i++) {
        struct bodies_alias_get_row r;
        const enum status st = bodies_sql_alias_get(c, &(struct bodies_alias_get_in){*out_id}, &r);

        if (st == ST_NOT_FOUND)
            return ST_OK;
        if (st != ST_OK)
            return st;
        *out_id = r.kept_id;
    }
    return ST_CONFLICT;
}

enum status organisations_joined_to(struct ctx *c, int64_t kept_id, int64_t **out_ids, int *n_out)
{
    struct bodies_alias_of_row *rows;
    const enum status st =
        bodies_sql_alias_of(c, &(struct bodies_alias_of_in){kept_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out_ids)[i] = rows[i].organisation_id;
    return ST_OK;
}

enum status organisations_join(struct ctx *c, int64_t merged_id, int64_t kept_id)
{
    struct organisation merged, kept;
    int64_t end = 0, n = 0;
    enum status st = organisations_by_id(c, merged_id, &merged);

    if (st == ST_OK)
        st = organisations_by_id(c, kept_id, &kept);
    if (st == ST_OK)
        st = organisations_kept(c, kept_id, &end);
    if (st != ST_OK)
        return st;
    /* To one that was joined itself, or back to the one that leads here. */
    if (merged_id == kept_id || end != kept_id)
        return fail(c, ST_CONFLICT, "bodies.join-circle");
    st = organisations_kept(c, merged_id, &end);
    if (st != ST_OK)
        return st;
    if (end != merged_id)
        return fail(c, ST_CONFLICT, "bodies.joined-already");
    if (kept.state != ORGANISATION_SHOWN ||
        (merged.state != ORGANISATION_SHOWN && merged.body_id == 0))
        return fail(c, ST_CONFLICT, "bodies.join-gone");
    if (merged.body_id != 0)
        return fail(c, ST_CONFLICT, "bodies.join-managing");
    st = bodies_sql_alias_put(c, &(struct bodies_alias_put_in){merged_id, kept_id, c->now_ms}, &n);
    if (st == ST_OK && n == 0)
        return fail(c, ST_CONFLICT, "bodies.joined-already");
    return st == ST_OK ? organisations_set_state(c, merged_id, ORGANISATION_GONE) : st;
}

enum status organisations_part(struct ctx *c, int64_t merged_id)
{
    int64_t n = 0;
    const enum status st =
        bodies_sql_alias_drop(c, &(struct bodies_alias_drop_in){merged_id}, &n);

    if (st == ST_OK && n == 0)
        return ST_NOT_FOUND;
    return st == ST_OK ? organisations_set_state(c, merged_id, ORGANISATION_SHOWN) : st;
}
