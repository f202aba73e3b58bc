/* organisations_store.c - the only file that touches the table organisation. */
#include "core/bodies/organisations_store.h"
#include "base/macros.h"
#include "base/slug.h"
#include "bodies_sql.h"

static const char *const state_names[] = {
    [ORGANISATION_SHOWN] = "shown", [ORGANISATION_HIDDEN] = "hidden", [ORGANISATION_GONE] = "gone"};

static enum organisation_state state_of(struct str s)
{
    for (int i = 0; i < ARRAY_LEN(state_names); i++)
        if (str_eq_z(s, state_names[i]))
            return (enum organisation_state)i;
    return ORGANISATION_HIDDEN;
}

/* ---- finding ---- */

enum status organisations_store_by_source(struct ctx *c, struct str source, struct str source_id,
                                          struct organisation_found *out)
{
    struct bodies_organisation_by_source_row r;
    const enum status st = bodies_sql_organisation_by_source(
        c, &(struct bodies_organisation_by_source_in){source, source_id}, &r);

    if (st == ST_OK)
        *out = (struct organisation_found){r.organisation_id, r.sum, state_of(r.state), r.source,
                                           r.code};
    return st;
}

enum status organisations_store_by_uuid(struct ctx *c, struct str uuid,
                                        struct organisation_found *out)
{
    struct bodies_organisation_by_uuid_row r;
    const enum status st =
        bodies_sql_organisation_by_uuid(c, &(struct bodies_organisation_by_uuid_in){uuid}, &r);

    if (st == ST_OK)
        *out = (struct organisation_found){r.organisation_id, r.sum, state_of(r.state), r.source,
                                           r.code};
    return st;
}

enum status organisations_store_by_slug(struct ctx *c, struct str slug, int64_t *out_id)
{
    struct bodies_organisation_by_slug_row *rows;
    int n = 0;
    const enum status st = bodies_sql_organisation_by_slug(
        c, &(struct bodies_organisation_by_slug_in){slug, slug_code_of(slug)}, &rows, &n);

    if (st != ST_OK)
        return st;
    if (n == 0)
        return ST_NOT_FOUND;
    *out_id = rows[0].organisation_id;
    return ST_OK;
}

enum status organisations_store_by_body(struct ctx *c, int64_t body_id, int64_t *out_id)
{
    struct bodies_organisation_by_body_row r;
    const enum status st =
        bodies_sql_organisation_by_body(c, &(struct bodies_organisation_by_body_in){body_id}, &r);

    if (st == ST_OK)
        *out_id = r.organisation_id;
    return st;
}

/* ---- reading ---- */

static void read_row(struct ctx *c, const struct bodies_organisation_of_ids_row *r,
                     struct organisation *o)
{
    *o = (struct organisation){.organisation_id = r->organisation_id,
                               .uuid = r->uuid,
                               .slug = r->slug,
                               .name = r->name,
                               .alternate_name = r->alternate_name,
                               .kind = organisations_kind_of(r->kind),
                               .description = r->description,
                               .email = r->email,
                               .website = r->website,
                               .phone = r->phone,
                               .body_id = r->has_body_id ? r->body_id : 0,
                               .comune_id = r->has_comune_id ? r->comune_id : 0,
                               .tax_id = r->tax_id,
                               .tax_status = r->tax_status,
                               .legal_status = r->legal_status,
                               .logo = r->logo,
                               .uri = r->uri,
                               .parent_uuid = r->parent_uuid,
                               .year_incorporated = (int)r->year_incorporated,
                               .source = r->source,
                               .source_id = r->source_id,
                               .is_demo = r->is_demo != 0,
                               .state = state_of(r->state),
                               .changed_at = r->changed_at};
    if (r->has_body_code)
        o->body_code = r->body_code;
    if (r->has_body_slug)
        o->body_slug = r->body_slug;
    if (r->has_comune_name)
        o->comune_name = r->comune_name;
    if (r->has_comune_slug)
        o->comune_slug = r->comune_slug;
    parts_unpack(c->mem, r->parts, o->uuid, &o->parts);
}

static struct str ids_text(struct ctx *c, const int64_t *ids, int n)
{
    struct buf b = buf_new(c->mem, (size_t)n * 8 + 1);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ',');
        buf_int(&b, ids[i]);
    }
    return buf_view(&b);
}

enum status organisations_store_read(struct ctx *c, const int64_t *ids, int n,
                                     struct organisation **out, int *n_out)
{
    struct bodies_organisation_of_ids_row *rows;
    int n_rows = 0;
    const struct bodies_organisation_of_ids_in in = {ids_text(c, ids, n)};
    const enum status st = bodies_sql_organisation_of_ids(c, &in, &rows, &n_rows);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct organisation, (size_t)n);
    for (int i = 0; i < n; i++) {
        int lo = 0, hi = n_rows; /* rows are in order of key */

        while (lo < hi) {
            const int mid = (lo + hi) / 2;

            if (rows[mid].organisation_id < ids[i])
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo < n_rows && rows[lo].organisation_id == ids[i])
            read_row(c, &rows[lo], &(*out)[(*n_out)++]);
    }
    return ST_OK;
}

enum status organisations_store_page(struct ctx *c, const struct organisation_page *p,
                                     int64_t **out, int *n_out)
{
    struct bodies_organisation_page_row *rows;
    const struct bodies_organisation_page_in in = {p->after, p->changed_from, p->limit};
    const enum status st = bodies_sql_organisation_page(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = rows[i].organisation_id;
    return ST_OK;
}

enum status organisations_store_of_source(struct ctx *c, struct str source, int64_t **out,
                                          int *n_out)
{
    struct bodies_organisation_shown_of_source_row *rows;
    const struct bodies_organisation_shown_of_source_in in = {source};
    const enum status st = bodies_sql_organisation_shown_of_source(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = rows[i].organisation_id;
    return ST_OK;
}

enum status organisations_store_count(struct ctx *c, int64_t changed_from, int64_t *out)
{
    struct bodies_organisation_count_row r;
    const enum status st =
        bodies_sql_organisation_count(c, &(struct bodies_organisation_count_in){changed_from}, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

/* ---- writing ---- */

static struct str packed_parts(struct ctx *c, const struct organisation *o)
{
    struct buf b = buf_new(c->mem, 256);

    parts_pack(&b, &o->parts);
    return buf_view(&b);
}

static struct str first_phone(const struct organisation *o)
{
    return o->parts.n_phones > 0 ? o->parts.phones[0].number : STR("");
}

enum status organisations_store_add(struct ctx *c, const struct organisation *o, struct str code,
                                    int64_t sum, int64_t *out_id)
{
    struct bodies_organisation_add_row r;
    const struct bodies_organisation_add_in in = {.uuid = o->uuid,
                                                  .code = code,
                                                  .slug = o->slug,
                                                  .name = o->name,
                                                  .name_folded = str_fold(c->mem, o->name),
                                                  .alternate_name = o->alternate_name,
                                                  .kind = str_of(organisations_kind_name(o->kind)),
                                                  .description = o->description,
                                                  .email = o->email,
                                                  .website = o->website,
                                                  .phone = first_phone(o),
                                                  .has_body_id = o->body_id != 0,
                                                  .body_id = o->body_id,
                                                  .has_comune_id = o->comune_id != 0,
                                                  .comune_id = o->comune_id,
                                                  .tax_id = o->tax_id,
                                                  .tax_status = o->tax_status,
                                                  .legal_status = o->legal_status,
                                                  .logo = o->logo,
                                                  .uri = o->uri,
                                                  .parent_uuid = o->parent_uuid,
                                                  .year_incorporated = o->year_incorporated,
                                                  .parts = packed_parts(c, o),
                                                  .source = o->source,
                                                  .source_id = o->source_id,
                                                  .is_demo = o->is_demo,
                                                  .state = str_of(state_names[o->state]),
                                                  .sum = sum,
                                                  .changed_at = c->now_ms};
    const enum status st = bodies_sql_organisation_add(c, &in, &r);

    if (st == ST_OK)
        *out_id = r.organisation_id;
    return st;
}

enum status organisations_store_set(struct ctx *c, int64_t organisation_id,
                                    const struct organisation *o, int64_t sum)
{
    const struct bodies_organisation_set_in in = {.organisation_id = organisation_id,
                                                  .slug = o->slug,
                                                  .name = o->name,
                                                  .name_folded = str_fold(c->mem, o->name),
                                                  .alternate_name = o->alternate_name,
                                                  .kind = str_of(organisations_kind_name(o->kind)),
                                                  .description = o->description,
                                                  .email = o->email,
                                                  .website = o->website,
                                                  .phone = first_phone(o),
                                                  .has_body_id = o->body_id != 0,
                                                  .body_id = o->body_id,
                                                  .has_comune_id = o->comune_id != 0,
                                                  .comune_id = o->comune_id,
                                                  .tax_id = o->tax_id,
                                                  .tax_status = o->tax_status,
                                                  .legal_status = o->legal_status,
                                                  .logo = o->logo,
                                                  .uri = o->uri,
                                                  .parent_uuid = o->parent_uuid,
                                                  .year_incorporated = o->year_incorporated,
                                                  .parts = packed_parts(c, o),
                                                  .is_demo = o->is_demo,
                                                  .state = str_of(state_names[o->state]),
                                                  .sum = sum,
                                                  .changed_at = c->now_ms};

    return bodies_sql_organisation_set(c, &in, NULL);
}

enum status organisations_store_set_state(struct ctx *c, int64_t organisation_id,
                                          enum organisation_state state)
{
    const struct bodies_organisation_set_state_in in = {organisation_id, str_of(state_names[state]),
                                                        c->now_ms};

    return bodies_sql_organisation_set_state(c, &in, NULL);
}
