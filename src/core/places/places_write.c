/* places_write.c - writes areas and memberships; what is the same is left alone. */
#include "core/places/places_store.h"
#include "core/places/places_write.h"
#include "places_sql.h"
#include <stdlib.h>

/* Districts are read by number; every other kind by name or by a code that sorts as text. */
static int64_t position_of(const struct area_put *a)
{
    int64_t n = 0;

    if (a->kind == AREA_DISTRICT && str_to_int(a->code, &n))
        return n;
    if (a->kind == AREA_BODY_AREA || a->kind == AREA_PROJECT)
        for (size_t i = 0; i < a->code.n; i++)
            if (a->code.p[i] >= '0' && a->code.p[i] <= '9')
                n = n * 10 + (a->code.p[i] - '0');
    return n;
}

/* The head of places.h says what a slug looks like. */
static enum status slug_of(struct ctx *c, const struct area_put *a, struct str *out)
{
    struct area parent;

    if (a->slug.n > 0) {
        *out = a->slug;
        return ST_OK;
    }
    switch (a->kind) {
    case AREA_COMUNE: {
        const enum status st = places_area(c, a->parent_id, &parent);

        if (st != ST_OK)
            return st;
        *out = str_slug(c->mem, str_fmt(c->mem, "%.*s %.*s", (int)a->name.n, a->name.p,
                                        (int)parent.code.n, parent.code.p));
        return ST_OK;
    }
    case AREA_DISTRICT:
    case AREA_BODY_AREA:
        *out = str_slug(c->mem, str_fmt(c->mem, "%.*s %.*s", (int)a->code.n, a->code.p,
                                        (int)a->name.n, a->name.p));
        return ST_OK;
    case AREA_PROVINCE:
    case AREA_REGION:
        *out = str_slug(c->mem, a->name);
        return ST_OK;
    default:
        *out = str_slug(c->mem, a->code);
        return ST_OK;
    }
}

static bool is_same(const struct area *old, const struct area_put *a, struct str slug)
{
    return str_eq(old->slug, slug) && str_eq(old->name, a->name) &&
           old->parent_id == a->parent_id && old->from == a->from && old->to == a->to &&
           old->has_point == a->has_point &&
           (!a->has_point || (old->lat == a->lat && old->lon == a->lon));
}

static enum status add_area(struct ctx *c, const struct area_put *a, struct str slug,
                            int64_t *out_area_id)
{
    struct places_area_add_row row;
    const struct places_area_add_in in = {.kind = str_of(places_kind_name(a->kind)),
                                          .code = a->code,
                                          .slug = slug,
                                          .name = a->name,
                                          .name_folded = str_fold(c->mem, a->name),
                                          .position = position_of(a),
                                          .has_parent_id = a->parent_id != 0,
                                          .parent_id = a->parent_id,
                                          .valid_from = places_store_from(c, a->from),
                                          .valid_to = places_store_to(c, a->to),
                                          .has_lat = a->has_point,
                                          .lat = a->lat,
                                          .has_lon = a->has_point,
                                          .lon = a->lon};
    const enum status st = places_sql_area_add(c, &in, &row);

    if (st == ST_OK)
        *out_area_id = row.area_id;
    return st;
}

static enum status set_area(struct ctx *c, const struct area *old, const struct area_put *a,
                            struct str slug)
{
    const struct places_area_set_in in = {.area_id = old->area_id,
                                          .slug = slug,
                                          .name = a->name,
                                          .name_folded = str_fold(c->mem, a->name),
                                          .position = position_of(a),
                                          .has_parent_id = a->parent_id != 0,
                                          .parent_id = a->parent_id,
                                          .valid_from = places_store_from(c, a->from),
                                          .valid_to = places_store_to(c, a->to),
                                          .has_lat = a->has_point,
                                          .lat = a->lat,
                                          .has_lon = a->has_point,
                                          .lon = a->lon};
    const enum status st = places_sql_area_set(c, &in, NULL);

    if (st != ST_OK || str_eq(old->slug, slug))
        return st;
    return places_write_alias(c, old->area_id, STR("slug"), old->name, old->slug, c->today);
}

enum status places_write_alias(struct ctx *c, int64_t area_id, struct str kind, struct str name,
                               struct str slug, int until)
{
    const struct places_alias_put_in in = {.area_id = area_id,
                                           .kind = kind,
                                           .name = name,
                                           .name_folded = str_fold(c->mem, name),
                                           .slug = slug,
                                           .valid_to = places_store_to(c, until)};

    return places_sql_alias_put(c, &in, NULL);
}

/* An area lies in its parent: said by the code, so by the reference, never by an import. */
static enum status put_in_parent(struct ctx *c, int64_t area_id, int64_t parent_id)
{
    const struct membership_put m = {.area_id = area_id,
                                     .in_id = parent_id,
                                     .from = DAY_NONE,
                                     .to = DAY_NONE,
                                     .evidence = STR("code")};
    enum put_change ignored;

    return places_put_membership(c, &m, &ignored);
}

enum status places_put_area(struct ctx *c, const struct area_put *a, int64_t *out_area_id,
                            enum put_change *out_change)
{
    struct area old;
    struct str slug;
    enum status st = slug_of(c, a, &slug);

    if (st != ST_OK)
        return st;
    st = places_area_by_code(c, a->kind, a->code, &old);
    if (st == ST_NOT_FOUND) {
        *out_change = PUT_ADDED;
        st = add_area(c, a, slug, out_area_id);
    } else if (st == ST_OK) {
        *out_area_id = old.area_id;
        *out_change = is_same(&old, a, slug) ? PUT_SAME : PUT_CHANGED;
        if (*out_change == PUT_CHANGED)
            st = set_area(c, &old, a, slug);
    }
    if (st != ST_OK || *out_change == PUT_SAME)
        return st;
    if (*out_change == PUT_CHANGED && old.parent_id != 0 && old.parent_id != a->parent_id)
        st = places_drop_membership(c, old.area_id, old.parent_id, DAY_NONE);
    return st == ST_OK && a->parent_id != 0 ? put_in_parent(c, *out_area_id, a->parent_id) : st;
}

/* ---- memberships ---- */

static enum status source_id(struct ctx *c, struct str label, int64_t *out)
{
    struct places_source_id_row row;
    enum status st = places_sql_source_id(c, &(struct places_source_id_in){label}, &row);

    if (st == ST_NOT_FOUND) {
        st = places_sql_source_put(c, &(struct places_source_put_in){label}, NULL);
        if (st == ST_OK)
            st = places_sql_source_id(c, &(struct places_source_id_in){label}, &row);
    }
    if (st == ST_OK)
        *out = row.source_id;
    return st;
}

static enum status hide_reference(struct ctx *c, int64_t area_id, struct str in_kind, bool is_hidden)
{
    const struct places_membership_hide_in in = {area_id, in_kind, is_hidden};

    return places_sql_membership_hide(c, &in, NULL);
}

static enum status add_membership(struct ctx *c, const struct membership_put *m, struct str in_kind,
                                  bool is_hidden)
{
    struct places_membership_add_in in = {.area_id = m->area_id,
                                          .in_id = m->in_id,
                                          .in_kind = in_kind,
                                          .valid_from = places_store_from(c, m->from),
                                          .valid_to = places_store_to(c, m->to),
                                          .as_of = m->as_of,
                                          .evidence = m->evidence,
                                          .is_import = m->is_import,
                                          .is_hidden = is_hidden};
    const enum status st = source_id(c, m->source, &in.source_id);

    return st == ST_OK ? places_sql_membership_add(c, &in, NULL) : st;
}

static enum status change_membership(struct ctx *c, const struct membership_put *m,
                                     const struct places_membership_of_row *old,
                                     enum put_change *out_change)
{
    struct places_membership_set_in in = {.membership_id = old->membership_id,
                                          .valid_to = places_store_to(c, m->to),
                                          .as_of = m->as_of,
                                          .evidence = m->evidence};

    if (str_eq(old->valid_to, in.valid_to) && str_eq(old->as_of, m->as_of) &&
        str_eq(old->evidence, m->evidence) && str_eq(old->source, m->source)) {
        *out_change = PUT_SAME;
        return ST_OK;
    }
    const enum status st = source_id(c, m->source, &in.source_id);

    *out_change = PUT_CHANGED;
    return st == ST_OK ? places_sql_membership_set(c, &in, NULL) : st;
}

enum status places_put_membership(struct ctx *c, const struct membership_put *m,
                                  enum put_change *out_change)
{
    const struct places_membership_of_row *same = NULL;
    struct places_membership_of_row *rows;
    const struct str from = places_store_from(c, m->from);
    struct area in;
    bool has_import = false;
    int n = 0;
    enum status st = places_area(c, m->in_id, &in);

    if (st == ST_OK)
        st = places_sql_membership_of(c, &(struct places_membership_of_in){m->area_id}, &rows, &n);
    if (st != ST_OK)
        return st;
    const struct str kind = str_of(places_kind_name(in.kind));

    for (int i = 0; i < n; i++) {
        has_import |= rows[i].is_import && str_eq(rows[i].in_kind, kind);
        if (rows[i].in_id == m->in_id && rows[i].is_import == (m->is_import ? 1 : 0) &&
            str_eq(rows[i].valid_from, from))
            same = &rows[i];
    }
    if (same != NULL) {
        st = change_membership(c, m, same, out_change);
    } else {
        *out_change = PUT_ADDED;
        st = add_membership(c, m, kind, !m->is_import && has_import);
    }
    if (st == ST_OK && m->is_import && !has_import)
        st = hide_reference(c, m->area_id, kind, true);
    if (!m->is_import && has_import)
        *out_change = PUT_LEFT;
    return st;
}

enum status places_drop_membership(struct ctx *c, int64_t area_id, int64_t in_id, int from)
{
    struct places_membership_of_row *rows;
    const struct str valid_from = places_store_from(c, from);
    struct str kind = STR("");
    bool has_import = false, was_import = false;
    int64_t dropped = 0;
    int n = 0;
    enum status st =
        places_sql_membership_of(c, &(struct places_membership_of_in){area_id}, &rows, &n);

    /* an import's row goes before the reference's of the same days */
    for (int i = 0; st == ST_OK && i < n; i++)
        if (rows[i].in_id == in_id && str_eq(rows[i].valid_from, valid_from) &&
            (dropped == 0 || rows[i].is_import)) {
            dropped = rows[i].membership_id;
            was_import = rows[i].is_import;
            kind = rows[i].in_kind;
        }
    if (st != ST_OK || dropped == 0)
        return st == ST_OK ? ST_NOT_FOUND : st;
    st = places_sql_membership_drop(c, &(struct places_membership_drop_in){dropped}, NULL);
    for (int i = 0; i < n; i++)
        has_import |= rows[i].is_import && rows[i].membership_id != dropped &&
                      str_eq(rows[i].in_kind, kind);
    return st == ST_OK && was_import && !has_import ? hide_reference(c, area_id, kind, false) : st;
}

enum status places_drop_reference_memberships(struct ctx *c)
{
    return places_sql_membership_drop_reference(c, NULL);
}

enum status places_imported_memberships(struct ctx *c, enum area_kind in_kind,
                                        struct imported_membership **out, int *n_out)
{
    struct places_membership_imported_row *rows;
    const struct places_membership_imported_in in = {str_of(places_kind_name(in_kind))};
    const enum status st = places_sql_membership_imported(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct imported_membership, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct imported_membership){.area_id = rows[i].area_id,
                                                 .in_id = rows[i].in_id,
                                                 .from = places_store_day(rows[i].valid_from),
                                                 .to = places_store_day(rows[i].valid_to),
                                                 .code = rows[i].code,
                                                 .name = rows[i].name,
                                                 .in_code = rows[i].in_code,
                                                 .in_name = rows[i].in_name};
    return ST_OK;
}

enum status places_write_comune(struct ctx *c, int64_t area_id, struct str istat,
                                struct str belfiore, struct str prov)
{
    return places_sql_comune_put(
        c, &(struct places_comune_put_in){area_id, istat, belfiore, prov}, NULL);
}

enum status places_write_clear_former(struct ctx *c)
{
    return places_sql_alias_clear_former(c, NULL);
}
