/* territory_body_page.c - the managing bodies: the list, and one body. */
#include "base/macros.h"
#include "core/bodies/organisations.h"
#include "territory_feature.h"
#include "territory_pages.h"
#include "territory_view.h"

/* GET /enti - bodies of today first, then those that were absorbed. */
enum status territory_bodies_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct territory_bodies_view v = {
        .frame = frame_new(w, text_get(c->lang, "territory.bodies-title"))};
    struct body *list;
    int n = 0;
    const enum status st = bodies_list(c, true, &list, &n);

    if (st != ST_OK)
        return st;
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    v.lines = ARENA_ARRAY(c->mem, struct territory_body_line, (size_t)n);
    for (int i = 0; i < n; i++) {
        const struct body *b = &list[i];
        struct territory_body_line *line = &v.lines[v.n_lines++];

        *line = (struct territory_body_line){.slug = b->slug,
                                             .name = b->name,
                                             .kind = territory_body_kind_words(c, b->kind),
                                             .n_comuni = b->n_comuni,
                                             .is_complete = b->is_complete};
        if (b->to != DAY_NONE && b->to < c->today) {
            line->ended = text_day(c->mem, c->lang, b->to);
            v.n_ended++;
        }
        if (b->district.area_id != 0) {
            line->district = b->district.name;
            line->district_path = territory_area_path(c, &b->district);
        }
    }
    return html_territory_bodies(w, &v);
}

static void fill_initiatives(struct ctx *c, struct territory_body_view *v,
                             const struct territory_body *t)
{
    v->initiatives =
        ARENA_ARRAY(c->mem, struct territory_initiative_view, (size_t)t->n_initiatives);
    v->n_initiatives = t->n_initiatives;
    for (int i = 0; i < t->n_initiatives; i++)
        v->initiatives[i] = (struct territory_initiative_view){
            .name = t->initiatives[i].name,
            .what = t->initiatives[i].what,
            .year = str_fmt(c->mem, "%lld", (long long)t->initiatives[i].year)};
}

static void fill_links(struct ctx *c, struct territory_body_view *v, const struct territory_body *t)
{
    const struct body *b = &t->body;

    if (b->has_seat) {
        v->seat = b->seat.area.name;
        v->seat_path = territory_area_path(c, &b->seat.area);
    }
    if (b->district.area_id != 0)
        v->district = territory_area_link(c, &b->district);
    if (t->has_project)
        v->project = (struct territory_link){
            .label = t->project.title,
            .path = str_fmt(c->mem, "/progetti/%.*s", (int)t->project.slug.n, t->project.slug.p)};
    v->comuni = territory_comune_links(c, t->comuni, t->n_comuni);
    v->n_comuni = t->n_comuni;
    v->absorbed = ARENA_ARRAY(c->mem, struct territory_link, (size_t)t->n_absorbed);
    v->n_absorbed = t->n_absorbed;
    for (int i = 0; i < t->n_absorbed; i++)
        v->absorbed[i] = (struct territory_link){
            .label = t->absorbed[i].name,
            .path =
                str_fmt(c->mem, "/enti/%.*s", (int)t->absorbed[i].slug.n, t->absorbed[i].slug.p),
            .note = text_day(c->mem, c->lang, t->absorbed[i].to)};
}

static enum status fill_map(struct ctx *c, struct territory_body_view *v, const struct body *b)
{
    const struct text_arg name = {"name", b->name};
    struct places_map map;
    const enum status st = places_map_area(c, b->area_id, c->today, &map);

    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st == ST_OK)
        v->map = territory_draw(
            c, &(struct territory_map_ask){
                   .map = &map,
                   .title = text_fill(c->mem, text_get(c->lang, "territory.map-area"), &name, 1)});
    return st;
}

/* How to reach it, and what it offers. */
static enum status fill_services(struct ctx *c, struct territory_body_view *v, const struct body *b)
{
    struct organisation o;
    struct service *list;
    int n = 0;
    enum status st = organisations_of_body(c, b->body_id, &o);

    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st == ST_OK)
        st = catalogue_of_organisation(c, o.organisation_id, &list, &n);
    if (st != ST_OK)
        return st;
    v->phone = o.phone;
    v->email = o.email;
    v->website = o.website;
    v->services = territory_service_lines(c, list, n);
    return ST_OK;
}

/* GET /enti/:slug - "mb32" alone leads to the whole address; other organisations have their page.
 */
enum status territory_body_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct body b;
    struct territory_body t;
    enum status st = bodies_by_slug(c, slug, &b);

    if (st == ST_NOT_FOUND)
        return territory_organisation_page(w);
    if (st == ST_OK && !str_eq(b.slug, slug))
        return web_redirect(w, str_fmt(c->mem, "/enti/%.*s", (int)b.slug.n, b.slug.p));
    if (st == ST_OK)
        st = territory_body(c, &b, &t);
    if (st != ST_OK)
        return st;
    struct territory_body_view v = {.frame = frame_new(w, b.name),
                                    .code = b.code,
                                    .name = b.name,
                                    .kind = territory_body_kind_words(c, b.kind),
                                    .note = b.note,
                                    .path = web_path(w),
                                    .ended = text_day(c->mem, c->lang, b.to),
                                    .successor_name = b.successor_name,
                                    .successor_slug = b.successor_slug,
                                    .is_complete = b.is_complete};

    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    frame_crumb(w, v.frame, text_get(c->lang, "territory.bodies-title"), STR("/enti"));
    fill_links(c, &v, &t);
    fill_initiatives(c, &v, &t);
    st = fill_services(c, &v, &b);
    if (st == ST_OK)
        st = fill_map(c, &v, &b);
    return st == ST_OK ? html_territory_body(w, &v) : st;
}
