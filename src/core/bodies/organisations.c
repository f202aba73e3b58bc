/* organisations.c - what an organisation is, how it is found again, what changes it. */
#include "core/bodies/organisations.h"
#include "base/digest.h"
#include "base/random.h"
#include "base/slug.h"
#include "core/bodies/organisations_store.h"

enum { MOST_CODES = 20 };

static const char *const kind_names[ORGANISATION_KIND_COUNT] = {
    [ORGANISATION_THIRD_SECTOR] = "third-sector",
    [ORGANISATION_SCHOOL] = "school",
    [ORGANISATION_HEALTH] = "health",
    [ORGANISATION_PARISH] = "parish",
    [ORGANISATION_COMPANY] = "company",
    [ORGANISATION_PUBLIC] = "public",
    [ORGANISATION_GROUP] = "group",
    [ORGANISATION_OTHER] = "other",
};

const char *organisations_kind_name(enum organisation_kind kind)
{
    if ((int)kind < BODY_KIND_COUNT)
        return bodies_kind_name((enum body_kind)kind);
    return kind < ORGANISATION_KIND_COUNT ? kind_names[kind] : NULL;
}

enum organisation_kind organisations_kind_of(struct str name)
{
    for (int k = BODY_KIND_COUNT; k < ORGANISATION_KIND_COUNT; k++)
        if (str_eq_z(name, kind_names[k]))
            return (enum organisation_kind)k;
    return (enum organisation_kind)bodies_kind_of(name);
}

struct str organisations_kind_words(struct ctx *c, enum organisation_kind kind)
{
    return text_get(c->lang, str_fmt(c->mem, "bodies.kind-%s", organisations_kind_name(kind)).p);
}

/* ---- reading ---- */

enum status organisations_by_id(struct ctx *c, int64_t organisation_id, struct organisation *out)
{
    struct organisation *list;
    int n = 0;
    const enum status st = organisations_store_read(c, &organisation_id, 1, &list, &n);

    if (st != ST_OK)
        return st;
    if (n == 0 || list[0].state == ORGANISATION_HIDDEN)
        return ST_NOT_FOUND;
    *out = list[0];
    return ST_OK;
}

/* One that was joined to another answers with the other. */
static enum status by_kept(struct ctx *c, int64_t organisation_id, struct organisation *out)
{
    int64_t kept = 0;
    enum status st = organisations_by_id(c, organisation_id, out);

    if (st != ST_OK || out->state != ORGANISATION_GONE)
        return st;
    st = organisations_kept(c, organisation_id, &kept);
    return st == ST_OK && kept != organisation_id ? organisations_by_id(c, kept, out) : st;
}

enum status organisations_by_uuid(struct ctx *c, struct str uuid, struct organisation *out)
{
    struct organisation_found f;
    const enum status st = organisations_store_by_uuid(c, uuid_tidy(c->mem, uuid), &f);

    return st == ST_OK ? by_kept(c, f.organisation_id, out) : st;
}

enum status organisations_by_slug(struct ctx *c, struct str slug, struct organisation *out)
{
    int64_t id;
    const enum status st = organisations_store_by_slug(c, slug, &id);

    return st == ST_OK ? by_kept(c, id, out) : st;
}

enum status organisations_of_body(struct ctx *c, int64_t body_id, struct organisation *out)
{
    int64_t id;
    const enum status st = organisations_store_by_body(c, body_id, &id);

    return st == ST_OK ? organisations_by_id(c, id, out) : st;
}

enum status organisations_page(struct ctx *c, const struct organisation_page *p,
                               struct organisation **out, int *n_out)
{
    int64_t *ids;
    int n = 0;
    const enum status st = organisations_store_page(c, p, &ids, &n);

    return st == ST_OK ? organisations_store_read(c, ids, n, out, n_out) : st;
}

enum status organisations_count(struct ctx *c, int64_t changed_from, int64_t *out)
{
    return organisations_store_count(c, changed_from, out);
}

enum status organisations_find_source(struct ctx *c, struct str source, struct str source_id,
                                      int64_t *out_id)
{
    struct organisation_found f;
    const enum status st = organisations_store_by_source(c, source, source_id, &f);

    return st == ST_OK ? organisations_kept(c, f.organisation_id, out_id) : st;
}

/* ---- writing ---- */

static int64_t sum_of(struct ctx *c, const struct organisation *o)
{
    struct digest d;
    struct buf parts = buf_new(c->mem, 256);
    const struct str texts[] = {
        o->uuid,   o->name,       o->alternate_name, o->description, o->email, o->website,
        o->tax_id, o->tax_status, o->legal_status,   o->logo,        o->uri,   o->parent_uuid};

    parts_pack(&parts, &o->parts);
    digest_begin(&d);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        digest_text(&d, texts[i]);
    digest_int(&d, (int64_t)o->kind);
    digest_int(&d, o->body_id);
    digest_int(&d, o->comune_id);
    digest_int(&d, o->year_incorporated);
    digest_int(&d, o->is_demo);
    digest_int(&d, (int64_t)o->state);
    digest_text(&d, buf_view(&parts));
    return digest_end(&d);
}

static enum status fill_slug(struct ctx *c, struct organisation *o, struct str code)
{
    struct area comune = {.name = STR("")};
    enum status st = ST_OK;

    if (o->slug.n > 0) /* a managing body's: that of its area */
        return ST_OK;
    if (o->comune_id != 0)
        st = places_area(c, o->comune_id, &comune);
    o->slug = slug_make(c->mem, o->name, comune.name, code);
    return st;
}

static enum status update(struct ctx *c, struct organisation *o, const struct organisation_found *f,
                          int64_t sum, int64_t *out_id, enum put_change *out_change)
{
    enum status st = ST_OK;

    *out_change = PUT_LEFT;
    *out_id = f->organisation_id;
    if (f->state == ORGANISATION_GONE)
        st = organisations_kept(c, f->organisation_id, out_id);
    if (st != ST_OK || *out_id != f->organisation_id)
        return st;
    if (!str_eq(f->source, o->source) || f->state == ORGANISATION_HIDDEN)
        return ST_OK;
    *out_change = PUT_SAME;
    if (f->sum == sum && f->state == o->state)
        return ST_OK;
    *out_change = PUT_CHANGED;
    st = fill_slug(c, o, f->code);
    return st == ST_OK ? organisations_store_set(c, f->organisation_id, o, sum) : st;
}

static enum status find(struct ctx *c, const struct organisation *o, struct organisation_found *f)
{
    const enum status st = organisations_store_by_source(c, o->source, o->source_id, f);

    return st == ST_NOT_FOUND && o->uuid.n > 0 ? organisations_store_by_uuid(c, o->uuid, f) : st;
}

static enum status add(struct ctx *c, struct organisation *o, int64_t sum, int64_t *out_id)
{
    const struct str slug = o->slug;
    enum status st = ST_NOT_FOUND;

    if (o->uuid.n == 0)
        o->uuid = random_uuid(c->mem, c->now_ms);
    for (int i = 0; st == ST_NOT_FOUND && i < MOST_CODES; i++) {
        const struct str code = slug_code(c->mem, o->uuid, i);

        o->slug = slug;
        st = fill_slug(c, o, code);
        if (st == ST_OK)
            st = organisations_store_add(c, o, code, sum, out_id);
    }
    return st == ST_NOT_FOUND ? ST_CONFLICT : st;
}

enum status organisations_put(struct ctx *c, const struct organisation *given, int64_t *out_id,
                              enum put_change *out_change)
{
    struct organisation o = *given;
    struct organisation_found f;

    o.uuid = uuid_tidy(c->mem, o.uuid);
    o.kind = o.kind == 0 ? ORGANISATION_OTHER : o.kind;
    if (o.body_id == 0) {
        o.slug = STR("");
        o.state = ORGANISATION_SHOWN;
    }
    const int64_t sum = sum_of(c, &o);
    enum status st = find(c, &o, &f);

    if (st == ST_OK)
        return update(c, &o, &f, sum, out_id, out_change);
    *out_change = PUT_ADDED;
    return st == ST_NOT_FOUND ? add(c, &o, sum, out_id) : st;
}

enum status organisations_of_source(struct ctx *c, struct str source, int64_t **out_ids, int *n_out)
{
    return organisations_store_of_source(c, source, out_ids, n_out);
}

enum status organisations_set_state(struct ctx *c, int64_t organisation_id,
                                    enum organisation_state state)
{
    return organisations_store_set_state(c, organisation_id, state);
}
