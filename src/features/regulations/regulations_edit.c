/* regulations_edit.c - what must hold before a text is saved; saving, and bringing an earlier text back. */
#include "regulations_edit.h"
#include "base/date.h"
#include "core/bodies/organisations.h"
#include "features/rules/rules_population.h"
#include "regulations_key.h"

enum { MOST_SLUG = 70, MOST_ISEE_CENTS = 10000000, MOST_SAME = 100 };

static enum status wrong(struct rules_error *error, const char *key)
{
    *error = (struct rules_error){.key = key};
    return ST_INVALID;
}

enum status regulations_check(struct ctx *c, enum regulation_kind kind, struct str text, const struct rules **out,
                              struct rules_error *error)
{
    const struct rules_facts *const f = regulations_facts(c);
    struct regulations_curve curve;
    int from, to;
    enum status st = rules_parse(c->mem, f, text, out, error);

    if (st != ST_OK)
        return st;
    rules_validity(*out, &from, &to);
    if (!str_eq_z(rules_level(*out), "locale"))
        return wrong(error, "regulations.level-missing");
    if (from == DAY_NONE)
        return wrong(error, "regulations.from-missing");
    if (rules_source_of(*out).text.n == 0)
        return wrong(error, "regulations.source-missing");
    if (rules_find_amount(*out, regulations_amount_of(kind)) < 0)
        return wrong(error, "regulations.amount-missing");
    st = rules_check_examples(c->mem, *out, f, error);
    if (st != ST_OK)
        return st;
    const int before = c->problems.n;

    st = regulations_curve(c, *out, kind, regulations_usual(c, kind), MOST_ISEE_CENTS, &curve);
    c->problems.n = before;
    return st == ST_INVALID ? wrong(error, "regulations.too-large") : st;
}

/* "mb33-ciss-chivasso-assistenza-domiciliare", a number after it when it is taken. *out_id: the one that is there already with the
 * same text, as when a button is pressed twice; else 0. */
static enum status new_slug(struct ctx *c, const struct regulation *r, struct str text, struct str *out, int64_t *out_id)
{
    struct organisation o;
    bool is_open;
    enum status st = organisations_by_id(c, r->organisation_id, &o);

    if (st != ST_OK)
        return st;
    const struct str whole = str_slug(c->mem, str_fmt(c->mem, "%.*s %.*s", (int)o.name.n, o.name.p, (int)r->title.n, r->title.p));
    const struct str base = str_head(whole, MOST_SLUG);

    for (int i = 1; i <= MOST_SAME; i++) {
        struct regulation there;

        *out = i == 1 ? base : str_fmt(c->mem, "%.*s-%d", (int)base.n, base.p, i);
        if (str_eq_z(*out, "mio") || str_eq_z(*out, "confronto"))
            continue;
        st = regulations_store_get(c, *out, &there, &is_open);
        if (st == ST_NOT_FOUND)
            return ST_OK;
        if (st != ST_OK)
            return st;
        if (is_open && there.organisation_id == r->organisation_id && there.kind == r->kind && str_eq(there.text, text)) {
            *out_id = there.regulation_id;
            return ST_OK;
        }
    }
    return ST_CONFLICT;
}

enum status regulations_put(struct ctx *c, const struct regulations_put *p, struct str *out_slug, struct rules_error *error)
{
    struct regulation r = {.organisation_id = p->organisation_id, .kind = p->kind};
    const struct rules *rules;
    bool is_open = true;
    enum status st = p->slug.n > 0 ? regulations_store_get(c, p->slug, &r, &is_open) : ST_OK;

    *error = (struct rules_error){0};
    if (st == ST_OK)
        st = regulations_may_write(c, r.organisation_id) ? ST_OK : fail(c, ST_DENIED, "regulations.not-yours");
    if (st == ST_OK)
        st = regulations_check(c, r.kind, p->text, &rules, error);
    if (st != ST_OK)
        return st;
    struct regulations_version v = {.version = p->version, .title = rules_name(rules), .text = p->text,
                                    .is_open = true, .is_invented = p->is_invented, .how = p->how};

    rules_validity(rules, &v.from, &v.to);
    if (p->slug.n == 0) {
        r.title = v.title;
        st = new_slug(c, &r, p->text, &r.slug, &r.regulation_id);
        *out_slug = r.slug;
        if (st != ST_OK || r.regulation_id != 0)
            return st;
        st = regulations_store_add(c, &r, p->source_key, &r.regulation_id);
        v.version = 0;
    }
    *out_slug = r.slug;
    return st == ST_OK ? regulations_store_step(c, r.regulation_id, &v) : st;
}

enum status regulations_history(struct ctx *c, int64_t regulation_id, struct regulations_version **out, int *n_out)
{
    return regulations_store_versions(c, regulation_id, out, n_out);
}

enum status regulations_undo(struct ctx *c, struct str slug, int version, int to)
{
    struct regulations_version *list, v = {0};
    struct regulation r;
    bool is_open, is_there = false;
    int n = 0;
    enum status st = regulations_store_get(c, slug, &r, &is_open);

    if (st == ST_OK)
        st = regulations_may_write(c, r.organisation_id) ? ST_OK : fail(c, ST_DENIED, "regulations.not-yours");
    if (st == ST_OK)
        st = regulations_store_versions(c, r.regulation_id, &list, &n);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++)
        if (list[i].version == (to == 0 ? r.version : to)) {
            v = list[i];
            is_there = to == 0 || list[i].version != r.version;
        }
    if (!is_there)
        return ST_NOT_FOUND;
    v.is_open = to != 0 && v.is_open;
    v.how = REGULATIONS_BY_UNDO;
    v.of_version = to;
    v.version = version;
    return regulations_store_step(c, r.regulation_id, &v);
}
