/* catalogue_read.c - what can be asked of the catalogue: one service, lists, all in blocks. */
#include "features/catalogue/catalogue_alias.h"
#include "catalogue_store.h"
#include "base/digest.h"
#include "base/slug.h"
#include "catalogue_sql.h"

/* ---- one service ---- */

enum status catalogue_service(struct ctx *c, int64_t service_id, struct service *out)
{
    struct service *list;
    int n = 0;
    const struct service_ask a = {.ids = &service_id, .n = 1, .with_ids = true};
    const enum status st = catalogue_store_services(c, c->mem, &a, &list, &n);

    if (st != ST_OK)
        return st;
    if (n == 0 || list[0].state == SERVICE_HIDDEN)
        return ST_NOT_FOUND;
    *out = list[0];
    return ST_OK;
}

/* One that was joined to another answers with the other. */
static enum status by_kept(struct ctx *c, int64_t service_id, struct service *out)
{
    int64_t kept = 0;
    enum status st = catalogue_service(c, service_id, out);

    if (st != ST_OK || out->state != SERVICE_GONE)
        return st;
    st = catalogue_kept(c, service_id, &kept);
    return st == ST_OK && kept != service_id ? catalogue_service(c, kept, out) : st;
}

enum status catalogue_service_by_uuid(struct ctx *c, struct str uuid, struct service *out)
{
    struct catalogue_service_by_uuid_row r;
    const struct catalogue_service_by_uuid_in in = {uuid_tidy(c->mem, uuid)};
    const enum status st = catalogue_sql_service_by_uuid(c, &in, &r);

    return st == ST_OK ? by_kept(c, r.service_id, out) : st;
}

enum status catalogue_service_by_slug(struct ctx *c, struct str slug, struct service *out)
{
    struct catalogue_service_by_code_row r;
    const struct catalogue_service_by_code_in in = {slug_code_of(slug)};

    if (in.code.n == 0)
        return ST_NOT_FOUND;
    const enum status st = catalogue_sql_service_by_code(c, &in, &r);

    return st == ST_OK ? by_kept(c, r.service_id, out) : st;
}

enum status catalogue_at_by_uuid(struct ctx *c, struct str uuid, struct service *out)
{
    struct catalogue_service_of_at_row r;
    const struct catalogue_service_of_at_in in = {uuid_tidy(c->mem, uuid)};
    enum status st = catalogue_sql_service_of_at(c, &in, &r);

    if (st == ST_OK)
        st = catalogue_service(c, r.service_id, out);
    for (int i = 0; st == ST_OK && i < out->n_ats; i++)
        if (str_eq(out->ats[i].uuid, in.uuid)) {
            out->ats = &out->ats[i];
            out->n_ats = 1;
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

enum status catalogue_location_by_uuid(struct ctx *c, struct str uuid, struct location *out)
{
    struct catalogue_location_by_uuid_row r;
    const struct catalogue_location_by_uuid_in in = {uuid_tidy(c->mem, uuid)};
    struct location *list;
    int n = 0;
    enum status st = catalogue_sql_location_by_uuid(c, &in, &r);

    if (st == ST_OK)
        st = catalogue_store_locations(c, c->mem, &r.location_id, 1, &list, &n);
    if (st == ST_OK && n == 0)
        st = ST_NOT_FOUND;
    if (st == ST_OK)
        *out = list[0];
    return st;
}

/* ---- lists ---- */

enum status catalogue_cards(struct ctx *c, const int64_t *service_ids, int n, struct service **out, int *n_out)
{
    const struct service_ask a = {.ids = service_ids, .n = n, .shown_only = true};

    return catalogue_store_services(c, c->mem, &a, out, n_out);
}

enum status catalogue_of_organisation(struct ctx *c, int64_t organisation_id, struct service **out, int *n_out)
{
    struct id_list l;
    const enum status st = catalogue_store_of_organisation(c, organisation_id, &l);

    return st == ST_OK ? catalogue_cards(c, l.ids, l.n, out, n_out) : st;
}

enum status catalogue_in_comune(struct ctx *c, int64_t comune_id, int limit, struct service **out, int *n_out)
{
    struct id_list l;
    const enum status st = catalogue_store_in_comune(c, comune_id, limit, &l);

    return st == ST_OK ? catalogue_cards(c, l.ids, l.n, out, n_out) : st;
}

enum status catalogue_at_location(struct ctx *c, int64_t location_id, struct service **out, int *n_out)
{
    struct id_list l;
    const enum status st = catalogue_store_at_location(c, location_id, &l);

    return st == ST_OK ? catalogue_cards(c, l.ids, l.n, out, n_out) : st;
}

/* ---- all of them ---- */

enum status catalogue_read(struct ctx *c, struct arena *mem, const struct service_read *r, struct service **out,
                           int *n_out)
{
    struct id_list l;
    const enum status st = catalogue_store_block(c, mem, r, &l);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    const struct service_ask a = {.ids = l.ids, .n = l.n, .with_ids = !r->without_ids};

    return catalogue_store_services(c, mem, &a, out, n_out);
}

enum status catalogue_read_locations(struct ctx *c, struct arena *mem, const struct location_read *r,
                                     struct location **out, int *n_out)
{
    struct id_list l;
    const enum status st = catalogue_store_location_block(c, mem, r, &l);

    *n_out = 0;
    return st == ST_OK ? catalogue_store_locations(c, mem, l.ids, l.n, out, n_out) : st;
}

enum status catalogue_change(struct ctx *c, int64_t *out)
{
    struct catalogue_change_get_row r;
    const enum status st = catalogue_sql_change_get(c, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

/* ---- numbers ---- */

enum status catalogue_count_services(struct ctx *c, int64_t changed_from, int64_t *out)
{
    struct catalogue_service_count_row r;
    const enum status st =
        catalogue_sql_service_count(c, &(struct catalogue_service_count_in){changed_from}, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

enum status catalogue_count_locations(struct ctx *c, int64_t changed_from, int64_t *out)
{
    struct catalogue_location_count_row r;
    const enum status st =
        catalogue_sql_location_count(c, &(struct catalogue_location_count_in){changed_from}, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

enum status catalogue_count(struct ctx *c, struct catalogue_counts *out)
{
    struct catalogue_service_counts_row r;
    enum status st = catalogue_sql_service_counts(c, &(struct catalogue_service_counts_in){day_iso(c->mem, c->today)}, &r);

    if (st == ST_OK)
        *out = (struct catalogue_counts){
            .services = r.services,
            .demo = r.demo,
            .unconfirmed = r.unconfirmed,
            .initiatives = r.initiatives,
            .coming = r.coming,
            .last_confirmed_on = r.has_last_confirmed_on ? day_parse(r.last_confirmed_on) : DAY_NONE};
    if (st == ST_OK)
        st = organisations_count(c, 0, &out->organisations);
    return st == ST_OK ? catalogue_count_locations(c, 0, &out->locations) : st;
}

/* ---- taxonomies ---- */

enum status catalogue_taxonomies(struct ctx *c, struct taxonomy **out, int *n_out)
{
    struct catalogue_taxonomy_all_row *rows;
    const enum status st = catalogue_sql_taxonomy_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct taxonomy, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct taxonomy){rows[i].uuid, rows[i].name, rows[i].description, rows[i].uri,
                                      rows[i].version};
    return ST_OK;
}

enum status catalogue_terms(struct ctx *c, struct str taxonomy_uuid, struct taxonomy_term **out, int *n_out)
{
    struct catalogue_term_list_row *rows;
    const struct catalogue_term_list_in in = {taxonomy_uuid};
    const enum status st = catalogue_sql_term_list(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct taxonomy_term, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct taxonomy_term){rows[i].uuid,        rows[i].taxonomy_uuid, rows[i].taxonomy,
                                           rows[i].code,        rows[i].name,          rows[i].description,
                                           rows[i].parent_uuid, rows[i].language,      rows[i].uri};
    return ST_OK;
}
