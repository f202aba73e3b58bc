/* programme_data.c - projects and their numbers as files: CSV for spreadsheets, JSON for programs.
 */
#include "base/jwrite.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "programme_feature.h"
#include "programme_view.h"

static const struct str source = {"IRES Piemonte 2020", 18};

static struct str joined(struct ctx *c, const struct str *list, int n)
{
    struct buf b = buf_new(c->mem, 64);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, '|');
        buf_str(&b, list[i]);
    }
    return buf_view(&b);
}

static struct str joined_numbers(struct ctx *c, const int64_t *list, int n)
{
    struct buf b = buf_new(c->mem, 64);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, '|');
        buf_int(&b, list[i]);
    }
    return buf_view(&b);
}

static void put_names(struct buf *b, const char *const *names, int n)
{
    for (int i = 0; i < n; i++)
        sheet_put(b, str_of(names[i]));
    sheet_end_row(b);
}

/* GET /dati/progetti.csv - the list as filtered on the page. */
enum status programme_projects_csv(struct web *w)
{
    static const char *const names[] = {"codice",    "progetto",  "capofila",  "territorio",
                                        "abitanti",  "distretti", "enti",      "interventi",
                                        "grandezza", "rilevato",  "indirizzo", "fonte"};
    struct ctx *c = web_ctx(w);
    const struct programme_filter f = programme_read_filter(w);
    struct buf *b = web_out(w);
    struct programme_project *list;
    int n = 0;
    const enum status st = programme_projects(c, &f, &list, &n);

    if (st != ST_OK)
        return st;
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("progetti.csv"));
    put_names(b, names, ARRAY_LEN(names));
    for (int i = 0; i < n; i++) {
        const struct programme_project *p = &list[i];
        const struct str origin = web_origin(w);

        sheet_put(b, p->code);
        sheet_put(b, p->title);
        sheet_put(b, p->lead_name);
        sheet_put(b, p->area_name);
        sheet_put_int(b, p->population);
        sheet_put(b, joined_numbers(c, p->districts, p->n_districts));
        sheet_put(b, joined(c, p->bodies, p->n_bodies));
        sheet_put(b, joined(c, p->kinds, p->n_kinds));
        sheet_put(b, p->size_class);
        sheet_put(b, p->surveyed);
        sheet_put(b, str_fmt(c->mem, "%.*s/progetti/%.*s", (int)origin.n, origin.p, (int)p->slug.n,
                             p->slug.p));
        sheet_put(b, source);
        sheet_end_row(b);
    }
    return ST_OK;
}

/* GET /dati/obiettivi.csv - every number of the survey; ?progetto=P01 for one project. */
enum status programme_targets_csv(struct web *w)
{
    static const char *const names[] = {"codice",   "progetto", "attivita",  "indicatore", "tipo",
                                        "quanto",   "valore",   "valore_al", "unita",      "chi",
                                        "rilevato", "capitolo", "citazione", "fonte"};
    struct ctx *c = web_ctx(w);
    struct buf *b = web_out(w);
    struct programme_target *list;
    int n = 0;
    const enum status st = programme_targets(c, web_query(w, "progetto"), &list, &n);

    if (st != ST_OK)
        return st;
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("obiettivi.csv"));
    put_names(b, names, ARRAY_LEN(names));
    for (int i = 0; i < n; i++) {
        const struct programme_target *t = &list[i];

        sheet_put(b, t->code);
        sheet_put(b, t->project_code);
        sheet_put(b, t->activity);
        sheet_put(b, t->indicator);
        sheet_put(b, t->kind);
        sheet_put(b, t->qualifier);
        sheet_put_int(b, t->amount);
        if (str_eq_z(t->qualifier, "range"))
            sheet_put_int(b, t->amount_to);
        else
            sheet_put(b, STR(""));
        sheet_put(b, t->unit);
        sheet_put(b, t->people);
        sheet_put(b, t->measured);
        sheet_put(b, t->section);
        sheet_put(b, t->snippet);
        sheet_put(b, source);
        sheet_end_row(b);
    }
    return ST_OK;
}

static void put_project(struct jwrite *j, const struct programme_project *p)
{
    jwrite_open(j, NULL, '{');
    jwrite_str(j, "code", p->code);
    jwrite_str(j, "slug", p->slug);
    jwrite_str(j, "title", p->title);
    jwrite_str(j, "lead", p->lead_name);
    jwrite_str(j, "area", p->area_name);
    jwrite_int(j, "population", p->population);
    jwrite_str(j, "size_class", p->size_class);
    jwrite_str(j, "surveyed", p->surveyed);
    jwrite_open(j, "districts", '[');
    for (int i = 0; i < p->n_districts; i++)
        jwrite_int(j, NULL, p->districts[i]);
    jwrite_close(j, ']');
    jwrite_open(j, "bodies", '[');
    for (int i = 0; i < p->n_bodies; i++)
        jwrite_str(j, NULL, p->bodies[i]);
    jwrite_close(j, ']');
    jwrite_open(j, "kinds", '[');
    for (int i = 0; i < p->n_kinds; i++)
        jwrite_str(j, NULL, p->kinds[i]);
    jwrite_close(j, ']');
    jwrite_close(j, '}');
}

/* GET /api/v1/projects - the same list, the same filter, for programs. */
enum status programme_projects_api(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct programme_filter f = programme_read_filter(w);
    struct jwrite j = jwrite_to(web_out(w));
    struct programme_project *list;
    int n = 0;
    const enum status st = programme_projects(c, &f, &list, &n);

    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "source", source);
    jwrite_int(&j, "count", n);
    jwrite_open(&j, "items", '[');
    for (int i = 0; i < n; i++)
        put_project(&j, &list[i]);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}
