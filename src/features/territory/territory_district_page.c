/* territory_district_page.c - one district, and the page of the other kinds of area. */
#include "base/macros.h"
#include "territory_feature.h"
#include "territory_pages.h"
#include "territory_view.h"

static struct territory_link *body_links(struct ctx *c, const struct body *list, int n)
{
    struct territory_link *links = ARENA_ARRAY(c->mem, struct territory_link, (size_t)n);

    for (int i = 0; i < n; i++)
        links[i] = (struct territory_link){
            .label = list[i].name,
            .path = str_fmt(c->mem, "/enti/%.*s", (int)list[i].slug.n, list[i].slug.p)};
    return links;
}

static enum status draw_area(struct ctx *c, const struct area *a, struct territory_map_view *out)
{
    const struct text_arg name = {"name", a->name};
    struct places_map map;
    const enum status st = places_map_area(c, a->area_id, c->today, &map);

    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st == ST_OK)
        *out = territory_draw(
            c, &(struct territory_map_ask){
                   .map = &map,
                   .title = text_fill(c->mem, text_get(c->lang, "territory.map-area"), &name, 1)});
    return st;
}

/* "21-cirie-lanzo", or what somebody made of it: "21", "cirie-lanzo". */
static enum status find_district(struct ctx *c, struct str asked, struct area *out)
{
    struct area *list;
    int n = 0;
    enum status st = places_area_by_slug(c, AREA_DISTRICT, asked, out);

    if (st != ST_NOT_FOUND)
        return st;
    st = places_areas(c, AREA_DISTRICT, c->today, &list, &n);
    const struct str slug = str_slug(c->mem, asked);

    for (int i = 0; st == ST_OK && i < n; i++) {
        struct str name = list[i].slug;

        (void)str_cut(&name, '-');
        if (str_eq(list[i].slug, slug) || str_eq(list[i].code, slug) || str_eq(name, slug)) {
            *out = list[i];
            return ST_OK;
        }
    }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

/* GET /territorio/distretto/:slug */
enum status territory_district_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct area area;
    struct territory_district t;
    enum status st = find_district(c, slug, &area);

    if (st == ST_OK && !str_eq(area.slug, slug))
        return web_redirect(w, territory_area_path(c, &area));
    if (st == ST_OK)
        st = territory_district(c, &area, &t);
    if (st != ST_OK)
        return st;
    const struct text_arg name = {"name", area.name};
    struct territory_district_view v = {
        .frame = frame_new(
            w, text_fill(c->mem, text_get(c->lang, "territory.district-title"), &name, 1)),
        .code = area.code,
        .name = area.name,
        .path = territory_area_path(c, &area),
        .slug = area.slug,
        .population = t.population,
        .bodies = body_links(c, t.bodies, t.n_bodies),
        .n_bodies = t.n_bodies,
        .comuni = territory_comune_links(c, t.comuni, t.n_comuni),
        .n_comuni = t.n_comuni,
        .is_complete = t.is_complete};

    if (t.has_project)
        v.project = (struct territory_link){
            .label = t.project.title,
            .path = str_fmt(c->mem, "/progetti/%.*s", (int)t.project.slug.n, t.project.slug.p)};
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    st = draw_area(c, &area, &v.map);
    return st == ST_OK ? html_territory_district(w, &v) : st;
}

/* Kinds that this page shows, and in which order a slug without its kind is looked for. */
static const enum area_kind shown[] = {
    AREA_PROVINCE, AREA_REGION,   AREA_HAMLET, AREA_ASL,       AREA_HEALTH_DISTRICT,
    AREA_FREE,     AREA_DISTRICT, AREA_COMUNE, AREA_BODY_AREA, AREA_PROJECT};

/* "province-torino": the kind stands before the slug, for slugs are unique within a kind only. */
static enum status find_area(struct ctx *c, struct str asked, struct area *out)
{
    enum status st = ST_NOT_FOUND;

    for (int i = 0; st == ST_NOT_FOUND && i < ARRAY_LEN(shown); i++) {
        const struct str kind = str_fmt(c->mem, "%s-", places_kind_name(shown[i]));

        if (str_starts(asked, kind))
            st = places_area_by_slug(c, shown[i], str_from(asked, kind.n), out);
    }
    for (int i = 0; st == ST_NOT_FOUND && i < ARRAY_LEN(shown); i++)
        st = places_area_by_slug(c, shown[i], asked, out);
    return st;
}

/* What an area is made of: districts for the region, else comuni. */
static enum status fill_parts(struct ctx *c, const struct area *a, struct territory_area_view *v)
{
    struct comune *comuni;
    struct area *provinces;
    int n = 0;

    if (a->kind == AREA_REGION) {
        const enum status st = places_areas(c, AREA_PROVINCE, c->today, &provinces, &v->n_parts);

        v->parts = ARENA_ARRAY(c->mem, struct territory_link, (size_t)v->n_parts);
        v->parts_title = text_get(c->lang, "territory.provinces");
        for (int i = 0; st == ST_OK && i < v->n_parts; i++)
            v->parts[i] = territory_area_link(c, &provinces[i]);
        return st;
    }
    const enum status st = places_comuni_in(c, a->area_id, c->today, &comuni, &n);

    if (st == ST_OK) {
        v->parts = territory_comune_links(c, comuni, n);
        v->n_parts = n;
        v->parts_title = text_get(c->lang, "territory.comuni");
    }
    return st;
}

static enum status fill_containers(struct ctx *c, const struct area *a,
                                   struct territory_area_view *v)
{
    struct membership *list;
    int n = 0;
    const enum status st = places_containers(c, a->area_id, c->today, &list, &n);

    if (st != ST_OK)
        return st;
    v->lies_in = ARENA_ARRAY(c->mem, struct territory_link, (size_t)n);
    v->n_lies_in = n;
    for (int i = 0; i < n; i++) {
        v->lies_in[i] = territory_area_link(c, &list[i].in);
        v->lies_in[i].note = territory_kind_words(c, list[i].in.kind);
    }
    return ST_OK;
}

/* GET /territorio/area/:slug - province, region, hamlet, health district, valley... */
enum status territory_area_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct area a;
    enum status st = find_area(c, web_path_value(w, "slug"), &a);

    if (st != ST_OK)
        return st;
    const struct str path = territory_area_path(c, &a);

    if (!str_eq(path, web_path(w)))
        return web_redirect(w, path);
    struct territory_area_view v = {.frame = frame_new(w, a.name),
                                    .name = a.name,
                                    .kind = territory_kind_words(c, a.kind),
                                    .code = a.code,
                                    .days = territory_days(c, a.from, a.to)};

    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    st = fill_containers(c, &a, &v);
    if (st == ST_OK)
        st = fill_parts(c, &a, &v);
    if (st == ST_OK)
        st = draw_area(c, &a, &v.map);
    return st == ST_OK ? html_territory_area(w, &v) : st;
}
