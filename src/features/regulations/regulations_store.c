/* regulations_store.c - the only file that touches the tables of regulations. */
#include "regulations_store.h"
#include "base/macros.h"
#include "regulations_sql.h"

static const char *const hows[] = {"form", "text", "undo", "demo"};

static struct str day_text(struct ctx *c, int day)
{
    return day == DAY_NONE ? STR("") : day_iso(c->mem, day);
}

enum status regulations_store_list(struct ctx *c, enum regulation_kind kind, int64_t organisation_id, struct regulation **out,
                                   int *n_out)
{
    struct regulations_regulation_list_row *rows;
    const struct regulations_regulation_list_in in = {kind == 0 ? STR("") : str_of(regulations_kind_name(kind)), organisation_id};
    const enum status st = regulations_sql_regulation_list(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct regulation, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct regulation){.regulation_id = rows[i].regulation_id,
                                        .organisation_id = rows[i].organisation_id,
                                        .slug = rows[i].slug,
                                        .title = rows[i].title,
                                        .text = rows[i].words,
                                        .kind = regulations_kind_of(rows[i].kind),
                                        .from = day_parse(rows[i].valid_from),
                                        .to = day_parse(rows[i].valid_to),
                                        .version = (int)rows[i].version,
                                        .is_invented = rows[i].is_invented != 0,
                                        .changed_at = rows[i].changed_at};
    return ST_OK;
}

enum status regulations_store_get(struct ctx *c, struct str slug, struct regulation *out, bool *out_is_open)
{
    struct regulations_regulation_get_row r;
    const enum status st = regulations_sql_regulation_get(c, &(struct regulations_regulation_get_in){slug}, &r);

    if (st != ST_OK)
        return st;
    *out = (struct regulation){.regulation_id = r.regulation_id,
                               .organisation_id = r.organisation_id,
                               .slug = r.slug,
                               .title = r.title,
                               .text = r.words,
                               .kind = regulations_kind_of(r.kind),
                               .from = day_parse(r.valid_from),
                               .to = day_parse(r.valid_to),
                               .version = (int)r.version,
                               .is_invented = r.is_invented != 0,
                               .changed_at = r.changed_at};
    *out_is_open = r.is_open != 0;
    return ST_OK;
}

static enum regulations_how how_of(struct str name)
{
    for (int i = 0; i < ARRAY_LEN(hows); i++)
        if (str_eq_z(name, hows[i]))
            return (enum regulations_how)i;
    return REGULATIONS_BY_TEXT;
}

enum status regulations_store_versions(struct ctx *c, int64_t regulation_id, struct regulations_version **out, int *n_out)
{
    struct regulations_version_list_row *rows;
    const enum status st =
        regulations_sql_version_list(c, &(struct regulations_version_list_in){regulation_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct regulations_version, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct regulations_version){.version = (int)rows[i].version,
                                                 .of_version = (int)rows[i].of_version,
                                                 .title = rows[i].title,
                                                 .text = rows[i].words,
                                                 .from = day_parse(rows[i].valid_from),
                                                 .to = day_parse(rows[i].valid_to),
                                                 .is_open = rows[i].is_open != 0,
                                                 .is_invented = rows[i].is_invented != 0,
                                                 .how = how_of(rows[i].how),
                                                 .changed_at = rows[i].changed_at};
    return ST_OK;
}

enum status regulations_store_of_source(struct ctx *c, struct str source_key, int64_t *out_id)
{
    struct regulations_regulation_by_source_row *rows;
    int n = 0;
    const enum status st = regulations_sql_regulation_by_source(
        c, &(struct regulations_regulation_by_source_in){source_key}, &rows, &n);

    *out_id = st == ST_OK && n > 0 ? rows[0].regulation_id : 0;
    return st;
}

enum status regulations_store_add(struct ctx *c, const struct regulation *r, struct str source_key, int64_t *out_id)
{
    struct regulations_regulation_add_row row;
    const struct regulations_regulation_add_in in = {r->slug, r->organisation_id, str_of(regulations_kind_name(r->kind)),
                                                     source_key};
    const enum status st = regulations_sql_regulation_add(c, &in, &row);

    *out_id = st == ST_OK ? row.regulation_id : 0;
    return st;
}

enum status regulations_store_step(struct ctx *c, int64_t regulation_id, const struct regulations_version *v)
{
    int64_t n = 0;
    const enum status st =
        regulations_sql_regulation_step(c, &(struct regulations_regulation_step_in){regulation_id, v->version}, &n);

    if (st != ST_OK)
        return st;
    if (n == 0)
        return ST_CONFLICT;
    return regulations_sql_version_add(c,
                                       &(struct regulations_version_add_in){.regulation_id = regulation_id,
                                                                            .version = v->version + 1,
                                                                            .title = v->title,
                                                                            .valid_from = day_text(c, v->from),
                                                                            .valid_to = day_text(c, v->to),
                                                                            .words = v->text,
                                                                            .is_open = v->is_open,
                                                                            .is_invented = v->is_invented,
                                                                            .how = str_of(hows[v->how]),
                                                                            .of_version = v->of_version,
                                                                            .changed_at = c->now_ms},
                                       NULL);
}
