/* regulations.c - whose a regulation is, which are in force, and their texts read. */
#include "regulations.h"
#include "base/macros.h"
#include "core/bodies/organisations.h"
#include "features/rules/rules_shelf.h"
#include "regulations_store.h"
#include <stdlib.h>

static const char *const kinds[REGULATION_KIND_COUNT] = {NULL, "economic-support", "home-care", "day-centre", "school", "care-home", "care-plan"};

const char *regulations_kind_name(enum regulation_kind kind)
{
    return kinds[kind];
}

enum regulation_kind regulations_kind_of(struct str name)
{
    for (int k = 1; k < REGULATION_KIND_COUNT; k++)
        if (str_eq_z(name, kinds[k]))
            return (enum regulation_kind)k;
    return 0;
}

struct str regulations_kind_words(struct ctx *c, enum regulation_kind kind)
{
    static const char *const keys[REGULATION_KIND_COUNT] = {"regulations.kind-economic-support", "regulations.kind-economic-support",
                                                            "regulations.kind-home-care", "regulations.kind-day-centre",
                                                            "regulations.kind-school", "regulations.kind-care-home",
                                                            "regulations.kind-care-plan"};

    return text_get(c->lang, keys[kind]);
}

bool regulations_gives(enum regulation_kind kind)
{
    return kind == REGULATION_SUPPORT || kind == REGULATION_CARE_PLAN;
}

struct str regulations_amount_of(enum regulation_kind kind)
{
    return regulations_gives(kind) ? STR("contributo") : STR("quota");
}

/* The body's name today, and its district. */
static enum status fill_body(struct ctx *c, struct regulation *r)
{
    struct organisation o;
    struct body b;
    int64_t kept = r->organisation_id;
    enum status st = organisations_kept(c, r->organisation_id, &kept);

    if (st == ST_OK)
        st = organisations_by_id(c, kept, &o);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    r->body = o.name;
    r->body_slug = o.slug;
    r->body_code = o.body_code;
    if (o.body_id == 0)
        return ST_OK;
    st = bodies_by_code(c, o.body_code, &b);
    if (st == ST_OK && b.district.area_id != 0) {
        r->district = b.district.name;
        r->district_code = b.district.code;
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static int by_district(const void *a, const void *b)
{
    const struct regulation *const x = a, *const y = b;
    int64_t nx = 1000, ny = 1000;

    str_to_int(x->district_code, &nx);
    str_to_int(y->district_code, &ny);
    if (nx != ny)
        return nx < ny ? -1 : 1;
    int order = str_cmp(x->body, y->body);

    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = str_cmp(x->title, y->title);
    return order != 0 ? order : x->regulation_id < y->regulation_id ? -1 : 1;
}

enum status regulations_list(struct ctx *c, const struct regulations_find *f, struct regulation **out, int *n_out)
{
    struct regulation *all;
    int n = 0;
    enum status st = regulations_store_list(c, f->kind, f->organisation_id, &all, &n);

    *out = all;
    *n_out = 0;
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct regulation r = all[i];

        if (f->on != DAY_NONE && ((r.from != DAY_NONE && f->on < r.from) || (r.to != DAY_NONE && f->on > r.to)))
            continue;
        st = fill_body(c, &r);
        if (st == ST_OK && r.body.n > 0) /* its body hidden: so is what it decided */
            (*out)[(*n_out)++] = r;
    }
    if (st == ST_OK)
        qsort(*out, (size_t)*n_out, sizeof **out, by_district);
    return st;
}

enum status regulations_by_slug(struct ctx *c, struct str slug, struct regulation *out)
{
    bool is_open = false;
    enum status st = regulations_store_get(c, slug, out, &is_open);

    if (st == ST_OK)
        st = fill_body(c, out);
    return st == ST_OK && (!is_open || out->body.n == 0) ? ST_NOT_FOUND : st;
}

const struct rules_facts *regulations_facts(struct ctx *c)
{
    return rules_shelf_facts(rules_shelf_of(c));
}

enum status regulations_parse(struct ctx *c, const struct regulation *r, const struct rules **out, struct rules_error *error)
{
    return rules_parse(c->mem, regulations_facts(c), r->text, out, error);
}
