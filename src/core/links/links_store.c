/* links_store.c - the only file that touches the table link. */
#include "core/links/links_store.h"
#include "base/date.h"
#include "links_sql.h"

static enum links_state state_of(const struct ctx *c, const struct links_link *k)
{
    if (k->revoked_on != DAY_NONE)
        return LINKS_REVOKED;
    return k->expires_on < c->today ? LINKS_EXPIRED : LINKS_LIVE;
}

static int day_or_none(bool has, struct str day)
{
    return has ? day_parse(day) : DAY_NONE;
}

enum status links_store_add(struct ctx *c, const struct links_new *n, int64_t *out_id)
{
    struct links_link_add_row row;
    const struct links_link_add_in in = {.head = n->head,
                                         .hash = n->hash,
                                         .purpose = str_of(links_purpose_name(n->ask->purpose)),
                                         .has_organisation_id = n->ask->organisation_id != 0,
                                         .organisation_id = n->ask->organisation_id,
                                         .note = n->ask->note,
                                         .issued_on = day_iso(c->mem, c->today),
                                         .expires_on = day_iso(c->mem, n->expires_on)};
    const enum status st = links_sql_link_add(c, &in, &row);

    if (st == ST_OK)
        *out_id = row.link_id;
    return st;
}

enum status links_store_by_head(struct ctx *c, int64_t head, struct links_found **out, int *n_out)
{
    struct links_link_by_head_row *r;
    const enum status st = links_sql_link_by_head(c, &(struct links_link_by_head_in){.head = head}, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct links_found, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        struct links_link *k = &(*out)[i].link;

        (*out)[i].hash = r[i].hash;
        *k = (struct links_link){.link_id = r[i].link_id,
                                 .purpose = links_purpose_of(r[i].purpose),
                                 .organisation_id = r[i].has_organisation_id ? r[i].organisation_id : 0,
                                 .issued_on = day_parse(r[i].issued_on),
                                 .expires_on = day_parse(r[i].expires_on),
                                 .revoked_on = day_or_none(r[i].has_revoked_on, r[i].revoked_on),
                                 .entered_on = day_or_none(r[i].has_entered_on, r[i].entered_on),
                                 .note = r[i].note};
        k->state = state_of(c, k);
    }
    return ST_OK;
}

enum status links_store_list(struct ctx *c, int64_t organisation_id, bool with_ended,
                             struct links_link **out, int *n_out)
{
    const struct links_link_list_in in = {.organisation_id = organisation_id,
                                          .ends_from =
                                              with_ended ? STR("") : day_iso(c->mem, c->today),
                                          .with_revoked = with_ended};
    struct links_link_list_row *r;
    const enum status st = links_sql_link_list(c, &in, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct links_link, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        struct links_link *k = &(*out)[i];

        *k = (struct links_link){.link_id = r[i].link_id,
                                 .purpose = links_purpose_of(r[i].purpose),
                                 .organisation_id = r[i].has_organisation_id ? r[i].organisation_id : 0,
                                 .issued_on = day_parse(r[i].issued_on),
                                 .expires_on = day_parse(r[i].expires_on),
                                 .revoked_on = day_or_none(r[i].has_revoked_on, r[i].revoked_on),
                                 .entered_on = day_or_none(r[i].has_entered_on, r[i].entered_on),
                                 .note = r[i].note};
        k->state = state_of(c, k);
    }
    return ST_OK;
}

enum status links_store_revoke(struct ctx *c, int64_t link_id, bool *out_is_done, bool *out_is_there)
{
    const struct links_link_revoke_in in = {.link_id = link_id, .on_day = day_iso(c->mem, c->today)};
    struct links_link_exists_row row;
    int64_t n = 0;
    enum status st = links_sql_link_revoke(c, &in, &n);

    if (st == ST_OK)
        st = links_sql_link_exists(c, &(struct links_link_exists_in){.link_id = link_id}, &row);
    if (st != ST_OK)
        return st;
    *out_is_done = n == 1;
    *out_is_there = row.n == 1;
    return ST_OK;
}

enum status links_store_revoke_all(struct ctx *c, int64_t organisation_id, const char *purpose)
{
    const struct links_link_revoke_all_in in = {.organisation_id = organisation_id,
                                                .purpose = str_of(purpose),
                                                .on_day = day_iso(c->mem, c->today)};

    return links_sql_link_revoke_all(c, &in, NULL);
}

enum status links_store_enter(struct ctx *c, int64_t link_id)
{
    const struct links_link_enter_in in = {.link_id = link_id, .on_day = day_iso(c->mem, c->today)};

    return links_sql_link_enter(c, &in, NULL);
}

enum status links_store_move(struct ctx *c, int64_t from_id, int64_t to_id)
{
    return links_sql_link_move(c, &(struct links_link_move_in){.from_id = from_id, .to_id = to_id}, NULL);
}

enum status links_store_manager(struct ctx *c, int64_t organisation_id, int64_t *out_id)
{
    struct links_manager_get_row row;
    const enum status st =
        links_sql_manager_get(c, &(struct links_manager_get_in){.organisation_id = organisation_id}, &row);

    if (st == ST_OK)
        *out_id = row.manager_id;
    return st;
}

enum status links_store_set_manager(struct ctx *c, int64_t organisation_id, int64_t manager_id)
{
    const struct links_manager_put_in in = {.organisation_id = organisation_id, .manager_id = manager_id};

    if (manager_id == 0)
        return links_sql_manager_drop(
            c, &(struct links_manager_drop_in){.organisation_id = organisation_id}, NULL);
    return links_sql_manager_put(c, &in, NULL);
}

enum status links_store_sweep(struct ctx *c, int before)
{
    const struct links_link_sweep_in in = {.ended_before = day_iso(c->mem, before)};

    return links_sql_link_sweep(c, &in, NULL);
}
