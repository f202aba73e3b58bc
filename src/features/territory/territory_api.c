/* territory_api.c - the same answers for programs: /api/v1/areas and /api/v1/bodies. */
#include "base/jwrite.h"
#include "territory_feature.h"
#include "territory_view.h"

static struct jwrite begin(struct web *w)
{
    web_set_type(w, "application/json");
    return jwrite_to(web_out(w));
}

static void put_day(struct ctx *c, struct jwrite *j, const char *key, int day)
{
    if (day == DAY_NONE)
        jwrite_null(j, key);
    else
        jwrite_str(j, key, day_iso(c->mem, day));
}

/* The members of an area, inside an object that is open. */
static void put_area(struct ctx *c, struct jwrite *j, const struct area *a)
{
    jwrite_str(j, "kind", str_of(places_kind_name(a->kind)));
    jwrite_str(j, "code", a->code);
    jwrite_str(j, "slug", a->slug);
    jwrite_str(j, "name", a->name);
    put_day(c, j, "from", a->from);
    put_day(c, j, "to", a->to);
    if (a->has_point) {
        jwrite_real(j, "lat", a->lat, 5);
        jwrite_real(j, "lon", a->lon, 5);
    } else {
        jwrite_null(j, "lat");
        jwrite_null(j, "lon");
    }
}

static void put_area_item(struct ctx *c, struct jwrite *j, const char *key, const struct area *a)
{
    jwrite_open(j, key, '{');
    put_area(c, j, a);
    jwrite_close(j, '}');
}

static void put_membership(struct ctx *c, struct jwrite *j, const char *key,
                           const struct membership *m)
{
    jwrite_open(j, key, '{');
    jwrite_str(j, "kind", str_of(places_kind_name(m->in.kind)));
    jwrite_str(j, "code", m->in.code);
    jwrite_str(j, "name", m->in.name);
    put_day(c, j, "from", m->from);
    put_day(c, j, "to", m->to);
    jwrite_str(j, "evidence", m->evidence);
    jwrite_str_or_null(j, "as_of", m->as_of);
    jwrite_str_or_null(j, "source", m->source);
    jwrite_close(j, '}');
}

/* GET /api/v1/areas?kind=district - comuni when no kind is asked for. */
enum status territory_areas_api(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str asked = web_query(w, "kind");
    const enum area_kind kind = asked.n == 0 ? AREA_COMUNE : places_kind_of(asked);
    struct area *list;
    int n = 0;

    if (kind == 0)
        return fail(c, ST_NOT_FOUND, "territory.api-kind");
    const enum status st = places_areas(c, kind, c->today, &list, &n);

    if (st != ST_OK)
        return st;
    struct jwrite j = begin(w);

    jwrite_open(&j, NULL, '{');
    jwrite_int(&j, "count", n);
    jwrite_open(&j, "items", '[');
    for (int i = 0; i < n; i++)
        put_area_item(c, &j, NULL, &list[i]);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

static enum status put_comune(struct web *w, const struct area *a)
{
    struct ctx *c = web_ctx(w);
    struct comune comune;
    struct territory_comune t;
    enum status st = places_comune(c, a->area_id, &comune);

    if (st == ST_OK)
        st = territory_comune(c, &comune, &t);
    if (st != ST_OK)
        return st;
    struct jwrite j = begin(w);

    jwrite_open(&j, NULL, '{');
    put_area(c, &j, &comune.area);
    jwrite_str(&j, "istat", comune.istat);
    jwrite_str(&j, "belfiore", comune.belfiore);
    jwrite_str(&j, "province", comune.prov);
    if (t.answer.is_known)
        put_membership(c, &j, "answered_by", &t.answer.membership);
    else
        jwrite_null(&j, "answered_by");
    jwrite_open(&j, "nearest_desks", '[');
    for (int i = 0; i < t.n_desks; i++) {
        jwrite_open(&j, NULL, '{');
        jwrite_str(&j, "body", t.desks[i].body.code);
        jwrite_str(&j, "name", t.desks[i].body.name);
        jwrite_int(&j, "distance_m", t.desks[i].distance_m);
        jwrite_null(&j, "answers_here"); /* not known, and not guessed */
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    jwrite_str_or_null(&j, "project", t.has_project ? t.project.code : STR(""));
    jwrite_open(&j, "memberships", '[');
    for (int i = 0; i < t.n_history; i++)
        put_membership(c, &j, NULL, &t.history[i]);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

/* GET /api/v1/areas/:kind/:code - a comune with who answers there; others with their comuni. */
enum status territory_area_api(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const enum area_kind kind = places_kind_of(web_path_value(w, "kind"));
    struct area a;
    struct comune *comuni;
    int n = 0;

    if (kind == 0)
        return fail(c, ST_NOT_FOUND, "territory.api-kind");
    enum status st = places_area_by_code(c, kind, web_path_value(w, "code"), &a);

    if (st == ST_OK && kind == AREA_COMUNE)
        return put_comune(w, &a);
    if (st == ST_OK)
        st = places_comuni_in(c, a.area_id, c->today, &comuni, &n);
    if (st != ST_OK)
        return st;
    struct jwrite j = begin(w);

    jwrite_open(&j, NULL, '{');
    put_area(c, &j, &a);
    jwrite_open(&j, "comuni", '[');
    for (int i = 0; i < n; i++)
        jwrite_str(&j, NULL, comuni[i].istat);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

static void put_body(struct ctx *c, struct jwrite *j, const struct body *b)
{
    jwrite_str(j, "code", b->code);
    jwrite_str(j, "slug", b->slug);
    jwrite_str(j, "name", b->name);
    jwrite_str(j, "kind", str_of(bodies_kind_name(b->kind)));
    jwrite_str_or_null(j, "district", b->district.code);
    jwrite_str_or_null(j, "seat", b->has_seat ? b->seat.istat : STR(""));
    jwrite_int(j, "known_comuni", b->n_comuni);
    jwrite_bool(j, "is_complete", b->is_complete);
    put_day(c, j, "from", b->from);
    put_day(c, j, "to", b->to);
    jwrite_str_or_null(j, "successor", b->successor_code);
}

/* GET /api/v1/bodies - also those that were absorbed, with their last day. */
enum status territory_bodies_api(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct body *list;
    int n = 0;
    const enum status st = bodies_list(c, true, &list, &n);

    if (st != ST_OK)
        return st;
    struct jwrite j = begin(w);

    jwrite_open(&j, NULL, '{');
    jwrite_int(&j, "count", n);
    jwrite_open(&j, "items", '[');
    for (int i = 0; i < n; i++) {
        jwrite_open(&j, NULL, '{');
        put_body(c, &j, &list[i]);
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

/* GET /api/v1/bodies/:slug - by slug or code, with its known comuni. */
enum status territory_body_api(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str asked = web_path_value(w, "slug");
    struct body b;
    struct territory_body t;
    enum status st = bodies_by_code(c, asked, &b);

    if (st == ST_NOT_FOUND)
        st = bodies_by_slug(c, asked, &b);
    if (st == ST_OK)
        st = territory_body(c, &b, &t);
    if (st != ST_OK)
        return st;
    struct jwrite j = begin(w);

    jwrite_open(&j, NULL, '{');
    put_body(c, &j, &b);
    jwrite_str_or_null(&j, "project", t.has_project ? t.project.code : STR(""));
    jwrite_open(&j, "comuni", '[');
    for (int i = 0; i < t.n_comuni; i++)
        jwrite_str(&j, NULL, t.comuni[i].istat);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}
