/* regulations_demo.c - the invented sets of districts 21 to 24, said to be invented; the same twice adds nothing. */
#include "base/log.h"
#include "base/tables.h"
#include "core/bodies/organisations.h"
#include "regulations_edit.h"
#include "regulations_feature.h"

/* "demo/regulations/mb33.home-care.rules" */
static enum status load_one(struct ctx *c, const struct table_file *t, struct str rest)
{
    const struct str lower = str_cut(&rest, '.'), kind = str_cut(&rest, '.');
    const struct str code = str_fmt(c->mem, "MB%.*s", (int)lower.n - 2, lower.p + 2);
    struct regulations_put p = {.kind = regulations_kind_of(kind), .text = t->bytes, .is_invented = true,
                                .how = REGULATIONS_BY_DEMO, .source_key = str_of(t->name)};
    struct rules_error error;
    struct organisation o;
    struct body b;
    struct str slug;
    int64_t id = 0;
    enum status st = regulations_store_of_source(c, p.source_key, &id);

    if (st != ST_OK || id != 0)
        return st;
    st = bodies_by_code(c, code, &b);
    if (st == ST_OK)
        st = organisations_of_body(c, b.body_id, &o);
    if (st == ST_NOT_FOUND)
        return ST_OK; /* another territory */
    p.organisation_id = o.organisation_id;
    if (st == ST_OK)
        st = regulations_put(c, &p, &slug, &error);
    if (st == ST_INVALID)
        bug("an invented regulation does not read");
    return st;
}

enum status regulations_load_demo(struct ctx *c)
{
    const struct str folder = STR("demo/regulations/"), ending = STR(".rules");
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < n_tables; i++) {
        const struct str name = str_of(table_all[i].name);

        if (str_starts(name, folder) && str_ends(name, ending))
            st = load_one(c, &table_all[i], str_from(name, folder.n));
    }
    return st;
}
