/* catalogue_alias.c - entries that were joined: what they lead to, apart again, whose they are. */
#include "features/catalogue/catalogue_alias.h"
#include "features/catalogue/catalogue_write.h"
#include "catalogue_sql.h"

/* Longer than any chain of real mergers: a circle made by hand in the database ends too. */
enum { MOST_STEPS = 64 };

enum status catalogue_kept(struct ctx *c, int64_t service_id, int64_t *out_id)
{
    *out_id = service_id;
    for (int i = 0; i < MOST_STEPS; i++) {
        struct catalogue_alias_get_row r;
        const enum status st = catalogue_sql_alias_get(c, &(struct catalogue_alias_get_in){*out_id}, &r);

        if (st == ST_NOT_FOUND)
            return ST_OK;
        if (st != ST_OK)
            return st;
        *out_id = r.kept_id;
    }
    return ST_CONFLICT;
}

enum status catalogue_joined_to(struct ctx *c, int64_t kept_id, int64_t **out_ids, int *n_out)
{
    struct catalogue_alias_of_row *rows;
    const enum status st = catalogue_sql_alias_of(c, &(struct catalogue_alias_of_in){kept_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out_ids)[i] = rows[i].service_id;
    return ST_OK;
}

enum status catalogue_join(struct ctx *c, int64_t merged_id, int64_t kept_id)
{
    struct service merged, kept;
    int64_t end = 0, own_end = 0, n = 0;
    enum status st = catalogue_service(c, merged_id, &merged);

    if (st == ST_OK)
        st = catalogue_service(c, kept_id, &kept);
    if (st == ST_OK)
        st = catalogue_kept(c, kept_id, &end);
    if (st == ST_OK)
        st = catalogue_kept(c, merged_id, &own_end);
    if (st != ST_OK)
        return st;
    /* To one that was joined itself, or back to the one that leads here. */
    if (merged_id == kept_id || end != kept_id)
        return fail(c, ST_CONFLICT, "catalogue.join-circle");
    if (own_end != merged_id)
        return fail(c, ST_CONFLICT, "catalogue.joined-already");
    if (kept.state != SERVICE_SHOWN || merged.state != SERVICE_SHOWN)
        return fail(c, ST_CONFLICT, "catalogue.join-gone");
    st = catalogue_sql_alias_put(c, &(struct catalogue_alias_put_in){merged_id, kept_id, c->now_ms}, &n);
    if (st == ST_OK && n == 0)
        return fail(c, ST_CONFLICT, "catalogue.joined-already");
    return st == ST_OK ? catalogue_set_state(c, merged_id, SERVICE_GONE) : st;
}

enum status catalogue_part(struct ctx *c, int64_t merged_id)
{
    int64_t n = 0;
    const enum status st = catalogue_sql_alias_drop(c, &(struct catalogue_alias_drop_in){merged_id}, &n);

    if (st == ST_OK && n == 0)
        return ST_NOT_FOUND;
    return st == ST_OK ? catalogue_set_state(c, merged_id, SERVICE_SHOWN) : st;
}

/* ---- whose it is ---- */

static enum status next_change(struct ctx *c, int64_t *out)
{
    struct catalogue_change_next_row r;
    const enum status st = catalogue_sql_change_next(c, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

enum status catalogue_all_of(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out)
{
    struct catalogue_service_all_of_organisation_row *rows;
    const struct catalogue_service_all_of_organisation_in in = {organisation_id};
    const enum status st = catalogue_sql_service_all_of_organisation(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out_ids)[i] = rows[i].service_id;
    return ST_OK;
}

enum status catalogue_places_of(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out)
{
    struct catalogue_location_of_organisation_row *rows;
    const struct catalogue_location_of_organisation_in in = {organisation_id};
    const enum status st = catalogue_sql_location_of_organisation(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_ids = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out_ids)[i] = rows[i].location_id;
    return ST_OK;
}

enum status catalogue_move(struct ctx *c, int64_t service_id, int64_t organisation_id)
{
    struct catalogue_service_move_in in = {
        .service_id = service_id, .organisation_id = organisation_id, .changed_at = c->now_ms};
    int64_t n = 0;
    enum status st = next_change(c, &in.change_no);

    if (st == ST_OK)
        st = catalogue_sql_service_move(c, &in, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

enum status catalogue_move_place(struct ctx *c, int64_t location_id, int64_t organisation_id)
{
    const struct catalogue_location_move_in in = {location_id, organisation_id, c->now_ms};
    int64_t n = 0;
    const enum status st = catalogue_sql_location_move(c, &in, &n);

    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

/* ---- what leaves by itself ---- */

bool catalogue_has_ended(const struct service *s, int today)
{
    return s->ends_on != DAY_NONE && s->ends_on < today;
}

bool catalogue_is_offered(const struct service *s, int today)
{
    return s->state == SERVICE_SHOWN && !catalogue_has_ended(s, today);
}

enum service_status catalogue_status_today(const struct service *s, int today)
{
    return s->status == SERVICE_ACTIVE && catalogue_has_ended(s, today) ? SERVICE_INACTIVE : s->status;
}

bool catalogue_places_are_old(const struct service *s, int today)
{
    return s->has_places_free && s->places_on != DAY_NONE && s->places_on + PLACES_HOLD_DAYS < today;
}

enum status catalogue_places_said(struct ctx *c, int64_t service_id)
{
    struct catalogue_service_places_said_in in = {
        .service_id = service_id, .places_on = day_iso(c->mem, c->today), .changed_at = c->now_ms};
    int64_t n = 0;
    enum status st = next_change(c, &in.change_no);

    if (st == ST_OK)
        st = catalogue_sql_service_places_said(c, &in, &n);
    return st == ST_OK && n == 0 ? ST_NOT_FOUND : st;
}

/* The day of the last round is kept beside what was loaded; none yet: today is the first. */
enum status catalogue_leave(struct ctx *c)
{
    const struct str name = STR("leaving"), today = day_iso(c->mem, c->today);
    struct catalogue_loaded_get_row r;
    enum status st = catalogue_sql_loaded_get(c, &(struct catalogue_loaded_get_in){name}, &r);
    const int last = st == ST_OK ? day_parse(r.checksum) : DAY_NONE;

    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    if (last == c->today)
        return ST_OK;
    st = catalogue_sql_loaded_put(c, &(struct catalogue_loaded_put_in){name, today}, NULL);
    if (st != ST_OK || last == DAY_NONE)
        return st;
    const int from = last < c->today ? last : c->today, before = last < c->today ? c->today : last;
    struct catalogue_service_touch_left_in in = {
        .ended_from = day_iso(c->mem, from),
        .ended_before = day_iso(c->mem, before),
        .places_from = day_iso(c->mem, from - PLACES_HOLD_DAYS),
        .places_before = day_iso(c->mem, before - PLACES_HOLD_DAYS),
        .changed_at = c->now_ms};

    st = next_change(c, &in.change_no);
    return st == ST_OK ? catalogue_sql_service_touch_left(c, &in, NULL) : st;
}
