/* bodies_load.c - the managing bodies and who lies in what, from reference/territory. */
#include "base/digest.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "base/table_sum.h"
#include "core/bodies/bodies_store.h"
#include "core/bodies/organisations.h"

static enum status wrong_row(struct ctx *c, const struct sheet *s, int row, const char *column)
{
    problems_add_row(&c->problems, s->lines[row], column, "bodies.load-unknown",
                     sheet_cell(s, row, column));
    return ST_INVALID;
}

static bool is_set(const struct sheet *s, int row, const char *column)
{
    return str_eq_z(sheet_cell(s, row, column), "1");
}

static enum status load_body(struct ctx *c, const struct sheet *s, int row)
{
    const struct str seat_istat = sheet_cell(s, row, "seat_istat");
    const struct area_put area = {.kind = AREA_BODY_AREA,
                                  .code = sheet_cell(s, row, "body_id"),
                                  .name = sheet_cell(s, row, "name"),
                                  .from = DAY_NONE,
                                  .to = DAY_NONE};
    struct body_put p = {.code = area.code,
                         .name = area.name,
                         .kind = bodies_kind_of(sheet_cell(s, row, "kind")),
                         .position = row,
                         .note_it = sheet_cell(s, row, "note_it"),
                         .note_en = sheet_cell(s, row, "note_en"),
                         .successor_code = sheet_cell(s, row, "successor"),
                         .is_lead = is_set(s, row, "is_lead"),
                         .is_complete = is_set(s, row, "is_complete"),
                         .to = day_parse(sheet_cell(s, row, "to"))};
    struct comune seat;
    enum put_change ignored;
    enum status st = ST_OK;

    if (p.kind == 0)
        return wrong_row(c, s, row, "kind");
    if (seat_istat.n > 0) {
        st = places_comune_by_istat(c, seat_istat, &seat);
        if (st == ST_NOT_FOUND)
            return wrong_row(c, s, row, "seat_istat");
        p.seat = &seat;
    }
    if (st == ST_OK)
        st = places_put_area(c, &area, &p.area_id, &ignored);
    return st == ST_OK ? bodies_store_put(c, &p) : st;
}

static enum status find_area(struct ctx *c, const struct sheet *s, int row, const char *kind_column,
                             const char *code_column, int64_t *out_id)
{
    const enum area_kind kind = places_kind_of(sheet_cell(s, row, kind_column));
    struct area area;
    enum status st;

    if (kind == 0)
        return wrong_row(c, s, row, kind_column);
    st = places_area_by_code(c, kind, sheet_cell(s, row, code_column), &area);
    if (st == ST_NOT_FOUND)
        return wrong_row(c, s, row, code_column);
    *out_id = area.area_id;
    return st;
}

static enum status load_membership(struct ctx *c, const struct sheet *s, int row)
{
    struct membership_put m = {.from = day_parse(sheet_cell(s, row, "from")),
                               .to = day_parse(sheet_cell(s, row, "to")),
                               .as_of = sheet_cell(s, row, "as_of"),
                               .evidence = sheet_cell(s, row, "evidence"),
                               .source = sheet_cell(s, row, "source")};
    enum put_change ignored;
    enum status st = find_area(c, s, row, "area_kind", "area", &m.area_id);

    if (st == ST_OK)
        st = find_area(c, s, row, "in_kind", "in", &m.in_id);
    return st == ST_OK ? places_put_membership(c, &m, &ignored) : st;
}

/* Each managing body is an organisation too, at the same page address as its area. */
static enum status load_organisations(struct ctx *c)
{
    struct body *list;
    int n = 0;
    enum put_change ignored;
    int64_t id;
    enum status st = bodies_list(c, true, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct body *b = &list[i];
        const bool has_ended = b->to != DAY_NONE && b->to < c->today;
        const struct organisation o = {
            .uuid = uuid_derive(c->mem, STR("wecare managing body"), b->code),
            .slug = b->slug,
            .name = b->name,
            .kind = (enum organisation_kind)b->kind,
            .body_id = b->body_id,
            .comune_id = b->has_seat ? b->seat.area.area_id : 0,
            .source = STR("reference"),
            .source_id = b->code,
            .state = has_ended ? ORGANISATION_GONE : ORGANISATION_SHOWN};

        st = organisations_put(c, &o, &id, &ignored);
    }
    return st;
}

/* comuni.csv too: the coordinates of a seat are kept with the body. */
static const char *const table_names[] = {"territory/bodies.csv", "territory/memberships.csv",
                                          "territory/comuni.csv"};
/* Raised when this file makes something else of the same tables. */
static const char LOADER[] = "2";

static enum status load_tables(struct ctx *c)
{
    const struct sheet bodies = sheet_of_table(c->mem, "territory/bodies.csv");
    const struct sheet memberships = sheet_of_table(c->mem, "territory/memberships.csv");
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < bodies.n_rows; i++)
        st = load_body(c, &bodies, i);
    if (st == ST_OK)
        st = load_organisations(c);
    if (st == ST_OK)
        st = places_drop_reference_memberships(c);
    for (int i = 0; st == ST_OK && i < memberships.n_rows; i++)
        st = load_membership(c, &memberships, i);
    return st;
}

enum status bodies_load_reference(struct ctx *c)
{
    const struct str sum = table_sum(c->mem, LOADER, table_names, ARRAY_LEN(table_names));
    bool is_loaded;
    enum status st = bodies_store_is_loaded(c, sum, &is_loaded);

    if (st != ST_OK || is_loaded)
        return st;
    st = load_tables(c);
    return st == ST_OK ? bodies_store_set_loaded(c, sum) : st;
}
