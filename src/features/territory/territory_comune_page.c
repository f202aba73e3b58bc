/* territory_comune_page.c - one comune: who answers here, how we know it, what is near. */
#include "territory_feature.h"
#include "territory_pages.h"
#include "territory_view.h"

enum { SERVICES_SHOWN = 6 };

static void fill_answer(struct ctx *c, struct territory_comune_view *v,
                        const struct territory_comune *t)
{
    const struct body *b = &t->answer.body;
    const struct membership *m = &t->answer.membership;

    v->is_known = true;
    v->body_slug = b->slug;
    v->body_name = b->name;
    v->body_kind = territory_body_kind_words(c, b->kind);
    if (b->has_seat)
        v->body_seat = b->seat.area.name;
    v->evidence = text_get(
        c->lang, str_fmt(c->mem, "places.evidence-%.*s", (int)m->evidence.n, m->evidence.p).p);
    v->as_of = m->as_of;
    v->source = m->source;
    v->source_url = territory_source_url(m->source);
    v->since = territory_days(c, m->from, m->to);
}

static void fill_desks(struct ctx *c, struct territory_comune_view *v,
                       const struct territory_comune *t)
{
    v->desks = ARENA_ARRAY(c->mem, struct territory_desk_view, (size_t)t->n_desks);
    v->n_desks = t->n_desks;
    for (int i = 0; i < t->n_desks; i++) {
        const struct body *b = &t->desks[i].body;

        v->desks[i] = (struct territory_desk_view){
            .slug = b->slug, .name = b->name, .km = territory_km(c, t->desks[i].distance_m)};
        if (b->has_seat)
            v->desks[i].seat = b->seat.area.name;
    }
}

static void fill_history(struct ctx *c, struct territory_comune_view *v,
                         const struct territory_comune *t)
{
    v->history = ARENA_ARRAY(c->mem, struct territory_history_line, (size_t)t->n_history);
    v->n_history = t->n_history;
    for (int i = 0; i < t->n_history; i++) {
        const struct membership *m = &t->history[i];

        v->history[i] = (struct territory_history_line){
            .name = m->in.name,
            .path = territory_area_path(c, &m->in),
            .kind = territory_kind_words(c, m->in.kind),
            .days = territory_days(c, m->from, m->to),
            .evidence = text_get(
                c->lang,
                str_fmt(c->mem, "places.evidence-%.*s", (int)m->evidence.n, m->evidence.p).p),
            .source = m->source,
            .source_url = territory_source_url(m->source)};
    }
}

static void fill_near(struct ctx *c, struct territory_comune_view *v,
                      const struct territory_comune *t)
{
    v->has_borders = t->has_borders;
    v->near = ARENA_ARRAY(c->mem, struct territory_link, (size_t)t->n_near);
    v->n_near = t->n_near;
    for (int i = 0; i < t->n_near; i++) {
        v->near[i] = territory_area_link(c, &t->near[i].area);
        if (t->near[i].distance_m > 0)
            v->near[i].note = territory_km(c, t->near[i].distance_m);
    }
}

static struct str joined_caps(struct ctx *c, const struct territory_comune *t)
{
    struct buf b = buf_new(c->mem, 64);

    for (int i = 0; i < t->n_caps; i++) {
        if (i > 0)
            buf_z(&b, ", ");
        buf_str(&b, t->caps[i]);
    }
    return buf_view(&b);
}

static enum status fill_map(struct ctx *c, struct territory_comune_view *v,
                            const struct territory_comune *t)
{
    const struct text_arg name = {"name", v->name};
    struct places_map map;
    const enum status st = places_map_around(c, t->comune.area.area_id, &map);

    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st == ST_OK)
        v->map = territory_draw(
            c, &(struct territory_map_ask){
                   .map = &map,
                   .title = text_fill(c->mem, text_get(c->lang, "territory.map-comune"), &name, 1),
                   .chosen_id = t->comune.area.area_id});
    return st;
}

static void fill_facts(struct ctx *c, struct territory_comune_view *v,
                       const struct territory_comune *t)
{
    const struct comune *comune = &t->comune;

    v->name = comune->area.name;
    v->slug = comune->area.slug;
    v->prov = comune->prov;
    v->prov_name = comune->prov_name;
    v->prov_path = str_fmt(c->mem, "/territorio/area/province-%.*s", (int)comune->prov_slug.n,
                           comune->prov_slug.p);
    v->istat = comune->istat;
    v->belfiore = comune->belfiore;
    v->caps = joined_caps(c, t);
    v->path = territory_area_path(c, &comune->area);
    if (t->has_district)
        v->district = territory_area_link(c, &t->district.in);
    if (t->has_project)
        v->project = (struct territory_link){
            .label = t->project.title,
            .path = str_fmt(c->mem, "/progetti/%.*s", (int)t->project.slug.n, t->project.slug.p)};
}

static enum status fill_services(struct ctx *c, struct territory_comune_view *v,
                                 const struct territory_comune *t)
{
    struct service *list;
    int n = 0;
    const enum status st =
        catalogue_in_comune(c, t->comune.area.area_id, SERVICES_SHOWN, &list, &n);

    if (st == ST_OK)
        v->services = territory_service_lines(c, list, n);
    return st;
}

/* GET /territorio/comune/:slug - an old or short address leads to the right one. */
enum status territory_comune_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct comune comune;
    struct territory_comune t;
    struct territory_comune_view v = {.is_known = false};
    enum status st = places_comune_by_slug(c, slug, &comune);

    if (st == ST_NOT_FOUND) /* "Cuorgnè-TO", or the ISTAT code */
        st = places_comune_by_slug(c, str_slug(c->mem, slug), &comune);
    if (st == ST_NOT_FOUND)
        st = places_comune_by_istat(c, slug, &comune);
    if (st == ST_OK && !str_eq(comune.area.slug, slug))
        return web_redirect(w, territory_area_path(c, &comune.area));
    if (st == ST_OK)
        st = territory_comune(c, &comune, &t);
    if (st != ST_OK)
        return st;
    const struct text_arg name = {"name", comune.area.name};

    v.frame = frame_new(w, comune.area.name);
    v.frame->description =
        text_fill(c->mem, text_get(c->lang, "territory.comune-description"), &name, 1);
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    fill_facts(c, &v, &t);
    if (t.answer.is_known)
        fill_answer(c, &v, &t);
    else
        fill_desks(c, &v, &t);
    fill_history(c, &v, &t);
    fill_near(c, &v, &t);
    st = fill_services(c, &v, &t);
    if (st == ST_OK)
        st = fill_map(c, &v, &t);
    return st == ST_OK ? html_territory_comune(w, &v) : st;
}
