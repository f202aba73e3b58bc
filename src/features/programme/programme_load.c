/* programme_load.c - the reference tables into the tables of programme: the same twice gives the
 * same. A value that cannot be is a bug() of the table: it is built in, the tests read it. */
#include "base/log.h"
#include "base/sheet.h"
#include "core/places/places.h"
#include "programme_sql.h"
#include "programme_store.h"

static int64_t number(const struct sheet *s, int row, const char *name)
{
    int64_t v = 0;

    if (!sheet_int(s, row, name, &v))
        bug("programme: row %d has no number in %s", row + 1, name);
    return v;
}

/* "job_inclusion" and "working tables" of the tables are "job-inclusion", "working-tables". */
static struct str code_of(struct ctx *c, const struct sheet *s, int row, const char *name)
{
    return str_slug(c->mem, sheet_cell(s, row, name));
}

static enum status put_districts(struct ctx *c, struct str project, struct str list)
{
    enum status st = ST_OK;

    for (int64_t i = 0; st == ST_OK && list.n > 0; i++) {
        int64_t no = 0;

        if (!str_to_int(str_cut(&list, '|'), &no))
            bug("programme: a district of %.*s is no number", (int)project.n, project.p);
        st = programme_sql_project_district_put(
            c,
            &(struct programme_project_district_put_in){
                .project_code = project, .district_no = no, .position = i},
            NULL);
    }
    return st;
}

static enum status put_bodies(struct ctx *c, struct str project, struct str list)
{
    enum status st = ST_OK;

    for (int64_t i = 0; st == ST_OK && list.n > 0; i++)
        st = programme_sql_project_body_put(
            c,
            &(struct programme_project_body_put_in){
                .project_code = project, .body_code = str_cut(&list, '|'), .position = i},
            NULL);
    return st;
}

/* What the search by words looks at: title, places and the names of the bodies. */
static enum status search_words(struct ctx *c, const struct sheet *s, int i, struct str *out)
{
    struct buf b = buf_new(c->mem, 256);
    struct str codes = sheet_cell(s, i, "body_ids");

    buf_str(&b, sheet_cell(s, i, "title_table"));
    buf_char(&b, ' ');
    buf_str(&b, sheet_cell(s, i, "lead"));
    buf_char(&b, ' ');
    buf_str(&b, sheet_cell(s, i, "area_name"));
    while (codes.n > 0) {
        struct area body;
        const enum status st = places_area_by_code(c, AREA_BODY_AREA, str_cut(&codes, '|'), &body);

        if (st != ST_OK && st != ST_NOT_FOUND)
            return st;
        if (st == ST_OK) {
            buf_char(&b, ' ');
            buf_str(&b, body.name);
        }
    }
    *out = str_fold(c->mem, buf_view(&b));
    return ST_OK;
}

static enum status put_project(struct ctx *c, const struct sheet *s, int i)
{
    const struct str code = sheet_cell(s, i, "project_id");
    const struct str lead = sheet_cell(s, i, "lead");
    struct programme_project_put_in in = {.code = code,
                                          .slug = str_slug(c->mem, lead),
                                          .lead_name = lead,
                                          .title = sheet_cell(s, i, "title_table"),
                                          .population = number(s, i, "population"),
                                          .area_name = sheet_cell(s, i, "area_name"),
                                          .size_class = code_of(c, s, i, "size_class"),
                                          .surveyed = sheet_cell(s, i, "survey_date")};

    in.has_n_comuni_stated = sheet_int(s, i, "n_comuni_stated", &in.n_comuni_stated);
    enum status st = search_words(c, s, i, &in.folded);

    if (st == ST_OK)
        st = programme_sql_project_put(c, &in, NULL);
    if (st == ST_OK)
        st = put_districts(c, code, sheet_cell(s, i, "districts"));
    return st == ST_OK ? put_bodies(c, code, sheet_cell(s, i, "body_ids")) : st;
}

static enum status load_projects(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/projects.csv");
    enum status st = programme_sql_project_district_clear(c, NULL);

    if (st == ST_OK)
        st = programme_sql_project_body_clear(c, NULL);
    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = put_project(c, &s, i);
    return st;
}

static enum status load_interventions(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/interventions.csv");
    enum status st = programme_sql_intervention_clear(c, NULL);

    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = programme_sql_intervention_put(
            c,
            &(struct programme_intervention_put_in){.project_code = sheet_cell(&s, i, "project_id"),
                                                    .kind = code_of(c, &s, i, "code"),
                                                    .category = code_of(c, &s, i, "category")},
            NULL);
    return st;
}

static enum status load_targets(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/targets.csv");
    enum status st = programme_sql_target_clear(c, NULL);

    for (int i = 0; st == ST_OK && i < s.n_rows; i++) {
        struct programme_target_put_in in = {.code = sheet_cell(&s, i, "target_id"),
                                             .project_code = sheet_cell(&s, i, "project_id"),
                                             .activity = sheet_cell(&s, i, "activity"),
                                             .indicator = sheet_cell(&s, i, "indicator"),
                                             .kind = sheet_cell(&s, i, "kind"),
                                             .qualifier = code_of(c, &s, i, "qualifier"),
                                             .amount = number(&s, i, "value"),
                                             .unit = code_of(c, &s, i, "unit"),
                                             .people = code_of(c, &s, i, "population_group"),
                                             .measured = sheet_cell(&s, i, "as_of"),
                                             .section = sheet_cell(&s, i, "section"),
                                             .snippet = sheet_cell(&s, i, "snippet"),
                                             .note = sheet_cell(&s, i, "note")};

        in.has_amount_to = sheet_int(&s, i, "value_max", &in.amount_to);
        st = programme_sql_target_put(c, &in, NULL);
    }
    return st;
}

static enum status put_initiative(struct ctx *c, const struct sheet *s, int i)
{
    const struct str project = sheet_cell(s, i, "project_id");
    const struct str name = sheet_cell(s, i, "name");
    struct str bodies = sheet_cell(s, i, "body_id");
    enum status st = programme_sql_initiative_put(
        c,
        &(struct programme_initiative_put_in){.name = name,
                                              .kind = sheet_cell(s, i, "kind"),
                                              .what = sheet_cell(s, i, "what"),
                                              .project_code = project,
                                              .year = number(s, i, "year"),
                                              .source = sheet_cell(s, i, "section")},
        NULL);

    while (st == ST_OK && bodies.n > 0)
        st = programme_sql_initiative_body_put(
            c,
            &(struct programme_initiative_body_put_in){
                .project_code = project, .name = name, .body_code = str_cut(&bodies, '|')},
            NULL);
    return st;
}

static enum status load_initiatives(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/initiatives.csv");
    enum status st = programme_sql_initiative_clear(c, NULL);

    if (st == ST_OK)
        st = programme_sql_initiative_body_clear(c, NULL);
    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = put_initiative(c, &s, i);
    return st;
}

static enum status load_phases(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/programme_phases.csv");
    enum status st = programme_sql_phase_clear(c, NULL);

    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = programme_sql_phase_put(
            c,
            &(struct programme_phase_put_in){.phase_no = number(&s, i, "phase"),
                                             .from_month = sheet_cell(&s, i, "from"),
                                             .to_month = sheet_cell(&s, i, "to")},
            NULL);
    return st;
}

static enum status load_measures(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "programme/programme_measures.csv");
    enum status st = programme_sql_measure_clear(c, NULL);

    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = programme_sql_measure_put(
            c,
            &(struct programme_measure_put_in){.measure_no = number(&s, i, "measure"),
                                               .for_whom = sheet_cell(&s, i, "target_bodies")},
            NULL);
    return st;
}

enum status programme_load_reference(struct ctx *c)
{
    static enum status (*const load[])(struct ctx *) = {load_projects, load_interventions,
                                                        load_targets,  load_initiatives,
                                                        load_phases,   load_measures};
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < ARRAY_LEN(load); i++)
        st = load[i](c);
    return st;
}
