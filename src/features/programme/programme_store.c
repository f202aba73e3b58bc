/* programme_store.c - reads the tables of programme (programme_load.c writes them). */
#include "programme_store.h"
#include "programme_sql.h"

static struct programme_project *by_code(struct programme_project *list, int n, struct str code)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i].code, code))
            return &list[i];
    return NULL;
}

static enum status add_districts(struct ctx *c, struct str code, struct programme_project *list,
                                 int n)
{
    struct programme_project_district_all_row *rows;
    int n_rows = 0;
    const enum status st = programme_sql_project_district_all(
        c, &(struct programme_project_district_all_in){.project_code = code}, &rows, &n_rows);

    if (st != ST_OK)
        return st;
    int64_t *all = ARENA_ARRAY(c->mem, int64_t, (size_t)n_rows);

    for (int i = 0; i < n_rows; i++) {
        struct programme_project *p = by_code(list, n, rows[i].project_code);

        all[i] = rows[i].district_no;
        if (p == NULL)
            continue;
        if (p->n_districts == 0)
            p->districts = &all[i];
        p->n_districts++;
    }
    return ST_OK;
}

static enum status add_bodies(struct ctx *c, struct str code, struct programme_project *list, int n)
{
    struct programme_project_body_all_row *rows;
    int n_rows = 0;
    const enum status st = programme_sql_project_body_all(
        c, &(struct programme_project_body_all_in){.project_code = code}, &rows, &n_rows);

    if (st != ST_OK)
        return st;
    struct str *all = ARENA_ARRAY(c->mem, struct str, (size_t)n_rows);

    for (int i = 0; i < n_rows; i++) {
        struct programme_project *p = by_code(list, n, rows[i].project_code);

        all[i] = rows[i].body_code;
        if (p == NULL)
            continue;
        if (p->n_bodies == 0)
            p->bodies = &all[i];
        p->n_bodies++;
    }
    return ST_OK;
}

static enum status add_kinds(struct ctx *c, struct str code, struct programme_project *list, int n)
{
    struct programme_intervention_all_row *rows;
    int n_rows = 0;
    const enum status st = programme_sql_intervention_all(
        c, &(struct programme_intervention_all_in){.project_code = code}, &rows, &n_rows);

    if (st != ST_OK)
        return st;
    struct str *all = ARENA_ARRAY(c->mem, struct str, (size_t)n_rows);

    for (int i = 0; i < n_rows; i++) {
        struct programme_project *p = by_code(list, n, rows[i].project_code);

        all[i] = rows[i].kind;
        if (p == NULL)
            continue;
        if (p->n_kinds == 0)
            p->kinds = &all[i];
        p->n_kinds++;
    }
    return ST_OK;
}

/* The lists of the projects given; an empty code when they are all. */
static enum status add_lists(struct ctx *c, struct str code, struct programme_project *list, int n)
{
    enum status st = add_districts(c, code, list, n);

    if (st == ST_OK)
        st = add_bodies(c, code, list, n);
    return st == ST_OK ? add_kinds(c, code, list, n) : st;
}

enum status programme_store_projects(struct ctx *c, struct programme_project **out, int *n_out)
{
    struct programme_project_all_row *rows;
    const enum status st = programme_sql_project_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    struct programme_project *list = ARENA_ARRAY(c->mem, struct programme_project, (size_t)*n_out);

    for (int i = 0; i < *n_out; i++)
        list[i] = (struct programme_project){
            .project_id = rows[i].project_id,
            .code = rows[i].code,
            .slug = rows[i].slug,
            .lead_name = rows[i].lead_name,
            .title = rows[i].title,
            .folded = rows[i].folded,
            .population = rows[i].population,
            .area_name = rows[i].area_name,
            .size_class = rows[i].size_class,
            .n_comuni_stated = rows[i].has_n_comuni_stated ? rows[i].n_comuni_stated : 0,
            .surveyed = rows[i].surveyed};
    *out = list;
    return add_lists(c, STR(""), list, *n_out);
}

enum status programme_store_find(struct ctx *c, const struct programme_wanted *w,
                                 struct programme_project *out)
{
    struct programme_project_find_row row;
    const struct programme_project_find_in in = {
        .slug = w->slug, .code = w->code, .body_code = w->body_code, .district_no = w->district_no};
    const enum status st = programme_sql_project_find(c, &in, &row);

    if (st != ST_OK)
        return st;
    *out = (struct programme_project){.project_id = row.project_id,
                                      .code = row.code,
                                      .slug = row.slug,
                                      .lead_name = row.lead_name,
                                      .title = row.title,
                                      .folded = row.folded,
                                      .population = row.population,
                                      .area_name = row.area_name,
                                      .size_class = row.size_class,
                                      .n_comuni_stated =
                                          row.has_n_comuni_stated ? row.n_comuni_stated : 0,
                                      .surveyed = row.surveyed};
    return add_lists(c, out->code, out, 1);
}

enum status programme_store_targets(struct ctx *c, struct str project_code,
                                    struct programme_target **out, int *n_out)
{
    struct programme_target_all_row *rows;
    const struct programme_target_all_in in = {.project_code = project_code};
    const enum status st = programme_sql_target_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct programme_target, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct programme_target){.code = rows[i].code,
                                              .project_code = rows[i].project_code,
                                              .activity = rows[i].activity,
                                              .indicator = rows[i].indicator,
                                              .kind = rows[i].kind,
                                              .qualifier = rows[i].qualifier,
                                              .amount = rows[i].amount,
                                              .amount_to = rows[i].has_amount_to ? rows[i].amount_to
                                                                                 : rows[i].amount,
                                              .unit = rows[i].unit,
                                              .people = rows[i].people,
                                              .measured = rows[i].measured,
                                              .section = rows[i].section,
                                              .snippet = rows[i].snippet,
                                              .note = rows[i].note};
    return ST_OK;
}

static enum status initiatives_of_body(struct ctx *c, struct str body_code,
                                       struct programme_initiative **out, int *n_out)
{
    struct programme_initiative_of_body_row *rows;
    const struct programme_initiative_of_body_in in = {.body_code = body_code};
    const enum status st = programme_sql_initiative_of_body(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct programme_initiative, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct programme_initiative){.project_code = rows[i].project_code,
                                                  .name = rows[i].name,
                                                  .kind = rows[i].kind,
                                                  .what = rows[i].what,
                                                  .source = rows[i].source,
                                                  .year = rows[i].year};
    return ST_OK;
}

enum status programme_store_initiatives(struct ctx *c, struct str project_code,
                                        struct str body_code, struct programme_initiative **out,
                                        int *n_out)
{
    struct programme_initiative_of_project_row *rows;
    const struct programme_initiative_of_project_in in = {.project_code = project_code};

    if (body_code.n > 0)
        return initiatives_of_body(c, body_code, out, n_out);
    const enum status st = programme_sql_initiative_of_project(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct programme_initiative, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct programme_initiative){.project_code = rows[i].project_code,
                                                  .name = rows[i].name,
                                                  .kind = rows[i].kind,
                                                  .what = rows[i].what,
                                                  .source = rows[i].source,
                                                  .year = rows[i].year};
    return ST_OK;
}

enum status programme_store_phases(struct ctx *c, struct programme_phase **out, int *n_out)
{
    struct programme_phase_all_row *rows;
    const enum status st = programme_sql_phase_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct programme_phase, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct programme_phase){.phase_no = rows[i].phase_no,
                                             .from_month = rows[i].from_month,
                                             .to_month = rows[i].to_month};
    return ST_OK;
}

enum status programme_store_measures(struct ctx *c, int64_t **out_numbers, int *n_out)
{
    struct programme_measure_all_row *rows;
    const enum status st = programme_sql_measure_all(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out_numbers = ARENA_ARRAY(c->mem, int64_t, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out_numbers)[i] = rows[i].measure_no;
    return ST_OK;
}
