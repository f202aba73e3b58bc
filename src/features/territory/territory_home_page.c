/* territory_home_page.c - Il territorio: map and list of districts, and "where do you live?". */
#include "territory_feature.h"
#include "territory_pages.h"
#include "territory_view.h"

enum { MAX_HITS = 20 };

static enum status draw_districts(struct ctx *c, struct territory_map_view *out)
{
    struct places_map districts, region;
    enum status st = places_map_kind(c, AREA_DISTRICT, c->today, MAP_COARSE, &districts);

    if (st == ST_OK)
        st = places_map_kind(c, AREA_REGION, c->today, MAP_COARSE, &region);
    if (st != ST_OK)
        return st;
    *out = territory_draw(
        c, &(struct territory_map_ask){.map = &districts,
                                       .back = &region,
                                       .title = text_get(c->lang, "territory.map-districts"),
                                       .has_codes = true});
    return ST_OK;
}

static struct territory_link *body_links(struct ctx *c, const struct body *list, int n)
{
    struct territory_link *links = ARENA_ARRAY(c->mem, struct territory_link, (size_t)n);

    for (int i = 0; i < n; i++)
        links[i] = (struct territory_link){
            .label = list[i].name,
            .path = str_fmt(c->mem, "/enti/%.*s", (int)list[i].slug.n, list[i].slug.p)};
    return links;
}

static void fill_lines(struct ctx *c, struct territory_home_view *v,
                       const struct territory_district *list, int n)
{
    v->lines = ARENA_ARRAY(c->mem, struct territory_district_line, (size_t)n);
    v->n_lines = n;
    for (int i = 0; i < n; i++) {
        v->lines[i] = (struct territory_district_line){
            .slug = list[i].area.slug,
            .code = list[i].area.code,
            .name = list[i].area.name,
            .population = list[i].population,
            .n_comuni = list[i].n_comuni,
            .is_complete = list[i].is_complete,
            .bodies = body_links(c, list[i].bodies, list[i].n_bodies),
            .n_bodies = list[i].n_bodies};
    }
}

static enum status fill_provinces(struct ctx *c, struct territory_home_view *v)
{
    struct area *provinces;
    const enum status st = places_areas(c, AREA_PROVINCE, c->today, &provinces, &v->n_provinces);

    if (st != ST_OK)
        return st;
    v->provinces = ARENA_ARRAY(c->mem, struct territory_link, (size_t)v->n_provinces);
    for (int i = 0; i < v->n_provinces; i++)
        v->provinces[i] = territory_area_link(c, &provinces[i]);
    return ST_OK;
}

/* GET /territorio */
enum status territory_home_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct territory_home_view v = {.frame = frame_new(w, text_get(c->lang, "territory.title"))};
    struct territory_district *list;
    int n = 0;
    enum status st = territory_districts(c, &list, &n);

    v.frame->description = text_get(c->lang, "territory.description");
    if (st == ST_OK)
        st = draw_districts(c, &v.map);
    if (st == ST_OK)
        st = places_has_caps(c, &v.has_caps);
    if (st == ST_OK)
        st = fill_provinces(c, &v);
    if (st != ST_OK)
        return st;
    fill_lines(c, &v, list, n);
    return html_territory_home(w, &v);
}

static struct str why_found(struct ctx *c, const struct comune_hit *h)
{
    const struct text_arg name = {"name", h->matched};

    switch (h->match) {
    case MATCH_FORMER:
        return text_fill(c->mem, text_get(c->lang, "territory.match-former"), &name, 1);
    case MATCH_HAMLET:
        return text_fill(c->mem, text_get(c->lang, "territory.match-hamlet"), &name, 1);
    case MATCH_CAP:
        return text_get(c->lang, "territory.match-cap");
    case MATCH_TYPO:
        return text_get(c->lang, "territory.match-typo");
    case MATCH_CODE:
    case MATCH_EXACT:
    case MATCH_PREFIX:
    case MATCH_WORD:
        break;
    }
    return STR("");
}

static bool is_whole(enum comune_match m)
{
    return m == MATCH_CODE || m == MATCH_CAP || m == MATCH_EXACT || m == MATCH_FORMER ||
           m == MATCH_HAMLET;
}

/* GET /territorio/cerca?dove= - one whole-name answer goes straight to its page. */
enum status territory_search_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct territory_search_view v = {.frame =
                                          frame_new(w, text_get(c->lang, "territory.search-title")),
                                      .where = str_trim(web_query(w, "dove"))};
    struct comune_hit *hits;

    if (v.where.n == 0)
        return web_redirect(w, STR("/territorio"));
    enum status st = places_find_comuni(c, v.where, MAX_HITS, &hits, &v.n_hits);

    if (st == ST_OK)
        st = places_has_caps(c, &v.has_caps);
    if (st != ST_OK)
        return st;
    if (v.n_hits == 1 && is_whole(hits[0].match))
        return web_redirect(w, territory_area_path(c, &hits[0].comune.area));
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    v.are_homonyms = v.n_hits > 1 && is_whole(hits[0].match);
    v.hits = ARENA_ARRAY(c->mem, struct territory_hit_view, (size_t)v.n_hits);
    for (int i = 0; i < v.n_hits; i++)
        v.hits[i] = (struct territory_hit_view){.slug = hits[i].comune.area.slug,
                                                .name = hits[i].comune.area.name,
                                                .prov_name = hits[i].comune.prov_name,
                                                .why = why_found(c, &hits[i])};
    return html_territory_search(w, &v);
}
