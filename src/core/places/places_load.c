/*
 * places_load.c - loads the areas of reference/territory; the same twice changes nothing.
 *
 * A checksum of the tables is kept: a start that finds the same does nothing more. What an
 * administrator imported (memberships, boundaries, postal codes) is never touched.
 */
#include "base/macros.h"
#include "base/sheet.h"
#include "base/table_sum.h"
#include "core/places/places_feature.h"
#include "core/places/places_make_map.h"
#include "core/places/places_store.h"
#include "core/places/places_write.h"

static const char *const table_names[] = {
    "territory/comuni.csv",  "territory/provinces.csv", "territory/areas.csv",  "territory/districts.csv",
    "territory/outside.csv", "territory/projects.csv",  "territory/former_names.csv",
};
/* Raised when this file makes something else of the same tables. */
static const char LOADER[] = "1";

/* What is wrong in a table of ours is told with its row, for who edited it. */
static enum status wrong_row(struct ctx *c, const struct sheet *s, int row, const char *column)
{
    problems_add_row(&c->problems, s->lines[row], column, "places.load-unknown",
                     sheet_cell(s, row, column));
    return ST_INVALID;
}

static enum status put(struct ctx *c, const struct area_put *a, int64_t *out_id)
{
    enum put_change ignored;

    return places_put_area(c, a, out_id, &ignored);
}

static struct area_put area_put_of(enum area_kind kind, struct str code, struct str name, int64_t parent_id)
{
    return (struct area_put){.kind = kind, .code = code, .name = name, .parent_id = parent_id, .from = DAY_NONE, .to = DAY_NONE};
}

static enum status load_provinces(struct ctx *c, int64_t region_id)
{
    const struct sheet s = sheet_of_table(c->mem, "territory/provinces.csv");
    enum status st = ST_OK;
    int64_t id;

    for (int i = 0; st == ST_OK && i < s.n_rows; i++) {
        const struct area_put a = area_put_of(AREA_PROVINCE, sheet_cell(&s, i, "prov"), sheet_cell(&s, i, "name"), region_id);

        st = put(c, &a, &id);
    }
    return st;
}

static enum status load_comune(struct ctx *c, const struct sheet *s, int row)
{
    const struct str istat = sheet_cell(s, row, "istat"), prov = sheet_cell(s, row, "prov");
    struct area province;
    int64_t id;
    enum status st = places_area_by_code(c, AREA_PROVINCE, prov, &province);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? wrong_row(c, s, row, "prov") : st;
    struct area_put a = area_put_of(AREA_COMUNE, istat, sheet_cell(s, row, "name"), province.area_id);

    a.has_point = sheet_double(s, row, "lat", &a.lat) && sheet_double(s, row, "lon", &a.lon);
    st = put(c, &a, &id);
    return st == ST_OK ? places_write_comune(c, id, istat, sheet_cell(s, row, "belfiore"), prov) : st;
}

static bool is_listed(const struct sheet *s, struct str istat)
{
    for (int i = 0; i < s->n_rows; i++)
        if (str_eq(sheet_cell(s, i, "istat"), istat))
            return true;
    return false;
}

/* A comune that the table no longer has ended yesterday: who linked to it still finds it. */
static enum status end_missing(struct ctx *c, const struct sheet *s)
{
    struct comune *list;
    int n = 0;
    enum status st = places_comuni(c, &list, &n);

    if (st != ST_OK || n == s->n_rows)
        return st;
    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct area *a = &list[i].area;
        struct area_put end = area_put_of(AREA_COMUNE, a->code, a->name, a->parent_id);
        int64_t id;

        if (is_listed(s, a->code))
            continue;
        end.slug = a->slug;
        end.from = a->from;
        end.to = c->today - 1;
        end.has_point = a->has_point;
        end.lat = a->lat;
        end.lon = a->lon;
        st = put(c, &end, &id);
    }
    return st;
}

static enum status load_comuni(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "territory/comuni.csv");
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        st = load_comune(c, &s, i);
    return st == ST_OK ? end_missing(c, &s) : st;
}

/* parent: the ISTAT code of a hamlet's comune. */
static enum status load_other(struct ctx *c, const struct sheet *s, int row, int64_t *out_id)
{
    const enum area_kind kind = places_kind_of(sheet_cell(s, row, "kind"));
    const struct str parent = sheet_cell(s, row, "parent");
    struct area_put a = area_put_of(kind, sheet_cell(s, row, "code"), sheet_cell(s, row, "name"), 0);
    struct area in = {0};
    const enum status st = parent.n == 0 ? ST_OK : places_area_by_code(c, AREA_COMUNE, parent, &in);

    if (kind == 0)
        return wrong_row(c, s, row, "kind");
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? wrong_row(c, s, row, "parent") : st;
    a.parent_id = in.area_id;
    a.has_point = sheet_double(s, row, "lat", &a.lat) && sheet_double(s, row, "lon", &a.lon);
    return put(c, &a, out_id);
}

/* The region stands first in its table, the hamlets after their comuni. */
static enum status load_areas(struct ctx *c, bool only_region, int64_t *out_region_id)
{
    const struct sheet s = sheet_of_table(c->mem, "territory/areas.csv");
    enum status st = ST_OK;
    int64_t id;

    for (int i = 0; st == ST_OK && i < s.n_rows; i++)
        if (str_eq_z(sheet_cell(&s, i, "kind"), "region") == only_region)
            st = load_other(c, &s, i, only_region ? out_region_id : &id);
    return st;
}

static enum status load_plain(struct ctx *c, const char *table, enum area_kind kind, const char *code_column)
{
    const struct sheet s = sheet_of_table(c->mem, table);
    enum status st = ST_OK;
    int64_t id;

    for (int i = 0; st == ST_OK && i < s.n_rows; i++) {
        const struct area_put a = area_put_of(kind, sheet_cell(&s, i, code_column), sheet_cell(&s, i, "name"), 0);

        st = put(c, &a, &id);
    }
    return st;
}

static enum status load_former(struct ctx *c)
{
    const struct sheet s = sheet_of_table(c->mem, "territory/former_names.csv");
    enum status st = places_write_clear_former(c);
    struct comune now;

    for (int i = 0; st == ST_OK && i < s.n_rows; i++) {
        const struct str name = sheet_cell(&s, i, "name");

        st = places_comune_by_istat(c, sheet_cell(&s, i, "istat"), &now);
        if (st == ST_NOT_FOUND)
            return wrong_row(c, &s, i, "istat");
        if (st == ST_OK)
            st = places_write_alias(c, now.area.area_id, STR("former"), name,
                                    str_slug(c->mem, str_fmt(c->mem, "%.*s %.*s", (int)name.n, name.p, (int)now.prov.n, now.prov.p)),
                                    day_parse(sheet_cell(&s, i, "until")));
    }
    return st;
}

enum status places_load_reference(struct ctx *c)
{
    const struct str sum = table_sum(c->mem, LOADER, table_names, ARRAY_LEN(table_names));
    int64_t region_id = 0;
    bool is_loaded;
    enum status st = places_store_is_loaded(c, STR("places"), sum, &is_loaded);

    if (st != ST_OK || is_loaded)
        return st;
    st = load_areas(c, true, &region_id);
    if (st == ST_OK)
        st = load_provinces(c, region_id);
    if (st == ST_OK)
        st = load_comuni(c);
    if (st == ST_OK)
        st = load_areas(c, false, &region_id);
    if (st == ST_OK)
        st = load_plain(c, "territory/districts.csv", AREA_DISTRICT, "district_no");
    if (st == ST_OK)
        st = load_plain(c, "territory/projects.csv", AREA_PROJECT, "project_id");
    if (st == ST_OK)
        st = load_former(c);
    if (st == ST_OK)
        st = places_make_schematic(c);
    return st == ST_OK ? places_store_set_loaded(c, STR("places"), sum) : st;
}
