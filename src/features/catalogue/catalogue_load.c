/* catalogue_load.c - the initiatives of 2018-2020 into the catalogue: real, and perhaps gone since. */
#include "catalogue_feature.h"
#include "features/catalogue/catalogue_write.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "base/table_sum.h"
#include "catalogue_sql.h"

static const char *const table_names[] = {"programme/initiatives.csv", "initiatives/needs.csv"};
/* Raised when this file makes something else of the same tables. */
static const char LOADER[] = "1";
static const char SOURCE[] = "initiatives";
enum { MOST_NEEDS = 8, MOST_BODIES = 8 };

struct loading {
    struct ctx *c;
    struct catalogue_write *w;
    struct sheet list, needs;
};

/* The row of needs.csv for a row of the list; -1: a group of professionals, it answers none. */
static int needs_row(const struct loading *x, int row)
{
    for (int i = 0; i < x->needs.n_rows; i++)
        if (str_eq(sheet_cell(&x->needs, i, "project_id"), sheet_cell(&x->list, row, "project_id")) &&
            str_eq(sheet_cell(&x->needs, i, "name"), sheet_cell(&x->list, row, "name")))
            return i;
    return -1;
}

static enum service_kind kind_of(struct str written)
{
    const enum service_kind k = catalogue_kind_of(written);

    return k == 0 ? SERVICE_SERVICE : k; /* place, group */
}

/* The body that is named; with none or several, the project they are together in. */
static enum status find_organisation(struct loading *x, int row, int64_t *out_id)
{
    const struct str codes = sheet_cell(&x->list, row, "body_id");
    const struct str project = sheet_cell(&x->list, row, "project_id");
    enum put_change ignored;
    struct area area;
    enum status st;

    if (codes.n > 0 && str_index(codes, '|') < 0)
        return organisations_find_source(x->c, STR("reference"), codes, out_id);
    st = places_area_by_code(x->c, AREA_PROJECT, project, &area);
    if (st != ST_OK)
        return st;
    const struct organisation o = {
        .uuid = uuid_derive(x->c->mem, STR("wecare project"), project),
        .name = str_fmt(x->c->mem, "Progetto %.*s", (int)area.name.n, area.name.p),
        .kind = ORGANISATION_GROUP,
        .source_id = project};

    return catalogue_put_organisation(x->w, &o, out_id, &ignored);
}

/* Areas of the bodies named; with none, of the project. */
static enum status fill_areas(struct loading *x, int row, struct service *s)
{
    struct str codes = sheet_cell(&x->list, row, "body_id");
    const bool is_project = codes.n == 0;
    struct area area;
    enum status st = ST_OK;

    if (is_project)
        codes = sheet_cell(&x->list, row, "project_id");
    s->areas = ARENA_ARRAY(x->c->mem, struct served_area, MOST_BODIES);
    while (st == ST_OK && codes.n > 0 && s->n_areas < MOST_BODIES) {
        st = places_area_by_code(x->c, is_project ? AREA_PROJECT : AREA_BODY_AREA, str_cut(&codes, '|'), &area);
        if (st == ST_OK)
            s->areas[s->n_areas++] = (struct served_area){.area_id = area.area_id, .name = area.name};
    }
    return st;
}

static void fill_needs(struct loading *x, int needs_at, struct service *s)
{
    struct str rest = needs_at < 0 ? STR("") : sheet_cell(&x->needs, needs_at, "needs");
    struct str *list = ARENA_ARRAY(x->c->mem, struct str, MOST_NEEDS);

    while (rest.n > 0 && s->n_needs < MOST_NEEDS)
        list[s->n_needs++] = str_cut(&rest, ' ');
    s->needs = list;
}

/* Where its name says the comune: that, and no address. */
static enum status fill_place(struct loading *x, int needs_at, struct service *s)
{
    const struct str istat = needs_at < 0 ? STR("") : sheet_cell(&x->needs, needs_at, "istat");
    enum put_change ignored;
    struct comune comune;
    enum status st;

    if (istat.n == 0)
        return ST_OK;
    st = places_comune_by_istat(x->c, istat, &comune);
    if (st != ST_OK)
        return st;
    const struct location l = {.uuid = uuid_derive(x->c->mem, STR("wecare initiative at"), s->source_id),
                               .name = comune.area.name,
                               .comune_id = comune.area.area_id,
                               .prov = comune.prov,
                               .source_id = s->source_id};

    s->ats = ARENA_NEW(x->c->mem, struct service_at);
    s->n_ats = 1;
    return catalogue_put_location(x->w, &l, &s->ats[0].location_id, &ignored);
}

static struct str sentence(struct arena *mem, struct str s)
{
    struct str out = str_fmt(mem, "%.*s.", (int)s.n, s.p);
    char *p = (char *)out.p; /* ours: str_fmt has just made it */

    if (out.n > 1 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 32);
    return out;
}

static enum status put_initiative(struct loading *x, int row, int64_t service_id, int64_t year)
{
    const struct catalogue_initiative_put_in in = {
        .service_id = service_id,
        .position = row,
        .kind = sheet_cell(&x->list, row, "kind"),
        .what = sheet_cell(&x->list, row, "what"),
        .project_code = sheet_cell(&x->list, row, "project_id"),
        .body_codes = sheet_cell(&x->list, row, "body_id"),
        .document = sheet_cell(&x->list, row, "section"),
        .year = year};

    return catalogue_sql_initiative_put(x->c, &in, NULL);
}

/* One that the keeper has taken away stays away when the tables are loaded again. */
static enum status left_away(struct loading *x, struct str source_id, bool *out)
{
    struct catalogue_service_by_source_row r;
    const struct catalogue_service_by_source_in in = {str_of(SOURCE), source_id};
    const enum status st = catalogue_sql_service_by_source(x->c, &in, &r);

    *out = st == ST_OK && str_eq_z(r.state, "gone");
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status load_one(struct loading *x, int row)
{
    struct arena *mem = x->c->mem;
    const struct str name = sheet_cell(&x->list, row, "name"), project = sheet_cell(&x->list, row, "project_id");
    const int needs_at = needs_row(x, row);
    enum put_change ignored;
    int64_t year = 0, service_id;
    bool is_away = false;

    if (!sheet_int(&x->list, row, "year", &year))
        bug("initiatives: row %d has no year", row + 1);
    struct service s = {
        .name = name,
        .kind = kind_of(sheet_cell(&x->list, row, "kind")),
        .description = sentence(mem, sheet_cell(&x->list, row, "what")),
        .alert = str_fmt(mem, "Segnalata nel %d: non sappiamo se c’è ancora. Chiedi prima di andare.", (int)year),
        .starts_on = DAY_NONE,
        .ends_on = DAY_NONE,
        .apply_by = DAY_NONE,
        .confirmed_on = DAY_NONE,
        .initiative_year = (int)year,
        .source_id = str_slug(mem, str_fmt(mem, "%.*s %.*s", (int)project.n, project.p, (int)name.n, name.p))};

    s.uuid = uuid_derive(mem, STR("wecare initiative"), s.source_id);
    enum status st = left_away(x, s.source_id, &is_away);

    if (st != ST_OK || is_away)
        return st;
    fill_needs(x, needs_at, &s);
    st = find_organisation(x, row, &s.organisation_id);
    if (st == ST_OK)
        st = fill_areas(x, row, &s);
    if (st == ST_OK)
        st = fill_place(x, needs_at, &s);
    if (st == ST_OK)
        st = catalogue_put_service(x->w, &s, &service_id, &ignored);
    return st == ST_OK ? put_initiative(x, row, service_id, year) : st;
}

static enum status load_all(struct ctx *c)
{
    struct loading x = {.c = c};
    enum status st = catalogue_write_begin(c, str_of(SOURCE), &x.w);

    x.list = sheet_of_table(c->mem, table_names[0]);
    x.needs = sheet_of_table(c->mem, table_names[1]);
    for (int i = 0; st == ST_OK && i < x.list.n_rows; i++)
        st = load_one(&x, i);
    const enum status ended = catalogue_write_end(x.w, st == ST_OK, NULL);

    return st == ST_OK ? ended : st;
}

enum status catalogue_load_reference(struct ctx *c)
{
    const struct str sum = table_sum(c->mem, LOADER, table_names, ARRAY_LEN(table_names));
    struct catalogue_loaded_get_row r;
    enum status st = catalogue_sql_loaded_get(c, &(struct catalogue_loaded_get_in){str_of(SOURCE)}, &r);

    if (st == ST_OK && str_eq(r.checksum, sum))
        return ST_OK;
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    st = load_all(c);
    return st == ST_OK
               ? catalogue_sql_loaded_put(c, &(struct catalogue_loaded_put_in){str_of(SOURCE), sum}, NULL)
               : st;
}
