/* places_store.c - reads the tables of areas and memberships (places_write.c writes them). */
#include "core/places/places_store.h"
#include "places_sql.h"
#include <math.h>

struct str places_store_from(struct ctx *c, int day)
{
    return day == DAY_NONE ? STR("") : day_iso(c->mem, day);
}

struct str places_store_to(struct ctx *c, int day)
{
    return day == DAY_NONE ? STR("9999-12-31") : day_iso(c->mem, day);
}

int places_store_day(struct str text)
{
    return text.n == 0 || text.p[0] == '9' ? DAY_NONE : day_parse(text);
}

enum status places_area(struct ctx *c, int64_t area_id, struct area *out)
{
    struct places_area_by_id_row r;
    const enum status st =
        places_sql_area_by_id(c, &(struct places_area_by_id_in){.area_id = area_id}, &r);

    if (st == ST_OK)
        *out = PLACES_AREA(&r);
    return st;
}

enum status places_area_by_code(struct ctx *c, enum area_kind kind, struct str code,
                                struct area *out)
{
    struct places_area_by_code_row r;
    const struct places_area_by_code_in in = {str_of(places_kind_name(kind)), code};
    const enum status st = places_sql_area_by_code(c, &in, &r);

    if (st == ST_OK)
        *out = PLACES_AREA(&r);
    return st;
}

/* The one area that once had this address. */
static enum status area_by_old_slug(struct ctx *c, enum area_kind kind, struct str slug,
                                    struct area *out)
{
    struct places_alias_by_slug_row *rows;
    struct area found;
    int n = 0, n_found = 0;
    enum status st =
        places_sql_alias_by_slug(c, &(struct places_alias_by_slug_in){.slug = slug}, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        st = places_area(c, rows[i].area_id, &found);
        if (st == ST_OK && found.kind == kind) {
            *out = found;
            n_found++;
        }
    }
    return st != ST_OK ? st : n_found == 1 ? ST_OK : ST_NOT_FOUND;
}

enum status places_area_by_slug(struct ctx *c, enum area_kind kind, struct str slug,
                                struct area *out)
{
    struct places_area_by_slug_row r;
    const struct places_area_by_slug_in in = {str_of(places_kind_name(kind)), slug};
    const enum status st = places_sql_area_by_slug(c, &in, &r);

    if (st == ST_NOT_FOUND)
        return area_by_old_slug(c, kind, slug, out);
    if (st == ST_OK)
        *out = PLACES_AREA(&r);
    return st;
}

enum status places_areas(struct ctx *c, enum area_kind kind, int on, struct area **out, int *n_out)
{
    struct places_area_list_row *rows;
    const struct places_area_list_in in = {str_of(places_kind_name(kind)), day_iso(c->mem, on)};
    const enum status st = places_sql_area_list(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct area, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PLACES_AREA(&rows[i]);
    return ST_OK;
}

enum status places_comune(struct ctx *c, int64_t area_id, struct comune *out)
{
    struct places_comune_by_id_row r;
    const enum status st =
        places_sql_comune_by_id(c, &(struct places_comune_by_id_in){.area_id = area_id}, &r);

    if (st == ST_OK)
        *out = PLACES_COMUNE(&r);
    return st;
}

enum status places_comune_by_istat(struct ctx *c, struct str istat, struct comune *out)
{
    struct places_comune_by_istat_row r;
    const enum status st =
        places_sql_comune_by_istat(c, &(struct places_comune_by_istat_in){.istat = istat}, &r);

    if (st == ST_OK)
        *out = PLACES_COMUNE(&r);
    return st;
}

enum status places_comune_by_belfiore(struct ctx *c, struct str belfiore, struct comune *out)
{
    struct places_comune_by_belfiore_row r;
    const struct places_comune_by_belfiore_in in = {belfiore};
    const enum status st = places_sql_comune_by_belfiore(c, &in, &r);

    if (st == ST_OK)
        *out = PLACES_COMUNE(&r);
    return st;
}

/* "ivrea" instead of "ivrea-to", when only one comune is called so. */
static enum status comune_by_bare_slug(struct ctx *c, struct str slug, struct comune *out)
{
    struct places_comune_by_name_row *rows;
    const struct places_comune_by_name_in in = {str_fold(c->mem, slug), day_iso(c->mem, c->today)};
    int n = 0;
    const enum status st = places_sql_comune_by_name(c, &in, &rows, &n);

    if (st != ST_OK)
        return st;
    return n == 1 ? places_comune(c, rows[0].area_id, out) : ST_NOT_FOUND;
}

enum status places_comune_by_slug(struct ctx *c, struct str slug, struct comune *out)
{
    struct places_comune_by_slug_row r;
    struct area old;
    enum status st = places_sql_comune_by_slug(c, &(struct places_comune_by_slug_in){slug}, &r);

    if (st == ST_OK) {
        *out = PLACES_COMUNE(&r);
        return ST_OK;
    }
    if (st == ST_NOT_FOUND)
        st = area_by_old_slug(c, AREA_COMUNE, slug, &old);
    if (st == ST_NOT_FOUND)
        return comune_by_bare_slug(c, slug, out);
    return st == ST_OK ? places_comune(c, old.area_id, out) : st;
}

enum status places_comuni(struct ctx *c, struct comune **out, int *n_out)
{
    struct places_comune_all_row *rows;
    const struct places_comune_all_in in = {day_iso(c->mem, c->today)};
    const enum status st = places_sql_comune_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct comune, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PLACES_COMUNE(&rows[i]);
    return ST_OK;
}

enum status places_comuni_in(struct ctx *c, int64_t area_id, int on, struct comune **out,
                             int *n_out)
{
    struct places_member_comune_row *rows;
    const struct places_member_comune_in in = {.in_id = area_id, .on = day_iso(c->mem, on)};
    const enum status st = places_sql_member_comune(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct comune, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PLACES_COMUNE(&rows[i]);
    return ST_OK;
}

enum status places_count_comuni_in(struct ctx *c, int64_t area_id, int on, int *out_n)
{
    struct places_member_count_row row;
    const struct places_member_count_in in = {.in_id = area_id, .on = day_iso(c->mem, on)};
    const enum status st = places_sql_member_count(c, &in, &row);

    if (st == ST_OK)
        *out_n = (int)row.n;
    return st;
}

enum status places_store_window(struct ctx *c, double lat, double lon, double half_deg,
                                struct comune **out, int *n_out)
{
    struct places_comune_window_row *rows;
    const double wide = half_deg / cos(lat * M_PI / 180);
    const struct places_comune_window_in in = {.on = day_iso(c->mem, c->today),
                                               .lat_from = lat - half_deg,
                                               .lat_to = lat + half_deg,
                                               .lon_from = lon - wide,
                                               .lon_to = lon + wide};
    const enum status st = places_sql_comune_window(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct comune, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = PLACES_COMUNE(&rows[i]);
    return ST_OK;
}

static enum comune_match match_of(struct str kind)
{
    if (str_eq_z(kind, "hamlet"))
        return MATCH_HAMLET;
    return str_eq_z(kind, "former") ? MATCH_FORMER : MATCH_EXACT;
}

enum status places_store_names(struct ctx *c, struct places_name **out, int *n_out)
{
    struct places_name_all_row *rows;
    const struct places_name_all_in in = {day_iso(c->mem, c->today)};
    const enum status st = places_sql_name_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_name, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct places_name){.area_id = rows[i].area_id,
                                         .match = match_of(rows[i].kind),
                                         .name = rows[i].name,
                                         .folded = rows[i].name_folded,
                                         .prov = rows[i].prov};
    return ST_OK;
}

/* The columns of a membership, from any row that has them. */
#define MEMBERSHIP(r)                                                                              \
    ((struct membership){.from = places_store_day((r)->member_from),                               \
                         .to = places_store_day((r)->member_to),                                   \
                         .as_of = (r)->as_of,                                                      \
                         .evidence = (r)->evidence,                                                \
                         .source = (r)->source,                                                    \
                         .n_steps = 1})

enum status places_store_containers(struct ctx *c, int64_t area_id, int on,
                                    struct places_step **out, int *n_out)
{
    struct places_container_all_row *rows;
    const struct places_container_all_in in = {.area_id = area_id, .on = day_iso(c->mem, on)};
    const enum status st = places_sql_container_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_step, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        (*out)[i] = (struct places_step){.m = MEMBERSHIP(&rows[i]), .cost = rows[i].cost};
        (*out)[i].m.in = PLACES_AREA(&rows[i]);
    }
    return ST_OK;
}

enum status places_store_members(struct ctx *c, int64_t in_id, enum area_kind kind, int on,
                                 struct places_step **out, int *n_out)
{
    struct places_member_all_row *rows;
    const struct places_member_all_in in = {.in_id = in_id,
                                            .kind = str_of(places_kind_name(kind)),
                                            .on = day_iso(c->mem, on)};
    const enum status st = places_sql_member_all(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct places_step, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        (*out)[i] = (struct places_step){.m = MEMBERSHIP(&rows[i]), .cost = rows[i].cost};
        (*out)[i].m.area = PLACES_AREA(&rows[i]);
    }
    return ST_OK;
}

enum status places_history(struct ctx *c, int64_t area_id, struct membership **out, int *n_out)
{
    struct places_history_row *rows;
    struct area self;
    enum status st = places_area(c, area_id, &self);

    if (st == ST_OK)
        st = places_sql_history(c, &(struct places_history_in){.area_id = area_id}, &rows, n_out);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct membership, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        (*out)[i] = MEMBERSHIP(&rows[i]);
        (*out)[i].area = self;
        (*out)[i].in = PLACES_AREA(&rows[i]);
    }
    return ST_OK;
}

enum status places_store_is_loaded(struct ctx *c, struct str name, struct str checksum, bool *out)
{
    struct places_loaded_get_row r;
    const enum status st = places_sql_loaded_get(c, &(struct places_loaded_get_in){name}, &r);

    *out = st == ST_OK && str_eq(r.checksum, checksum);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status places_store_set_loaded(struct ctx *c, struct str name, struct str checksum)
{
    return places_sql_loaded_put(c, &(struct places_loaded_put_in){name, checksum}, NULL);
}

enum status places_state(struct ctx *c, struct places_state *out)
{
    struct places_state_membership_row m;
    struct places_state_area_row a;
    enum status st = places_sql_state_membership(c, &m);

    if (st == ST_OK)
        st = places_sql_state_area(c, &a);
    if (st == ST_OK)
        *out = (struct places_state){m.n, m.total, a.n, llround(a.total * 1000)};
    return st;
}
