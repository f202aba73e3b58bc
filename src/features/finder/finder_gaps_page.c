/* finder_gaps_page.c - Cosa manca qui: what nothing in the catalogue answers, place by place. */
#include "core/places/places.h"
#include "features/search/search_gaps.h"
#include "features/search/search.h"
#include "finder_feature.h"
#include "finder_gaps_view.h"
#include "finder_misses.h"
#include "finder_pages.h"
#include "finder_sheet_words.h"

enum { MAX_HITS = 20, ROWS = 300 };

static void fill_needs(struct ctx *c, const struct needs *all, struct finder_gaps_view *v)
{
    v->n_needs = needs_n(all);
    v->needs = ARENA_ARRAY(c->mem, struct finder_gaps_option, (size_t)v->n_needs);
    for (int i = 0; i < v->n_needs; i++) {
        const struct need *n = needs_at(all, i);

        v->needs[i] =
            (struct finder_gaps_option){n->id, finder_need_label(c, n), str_eq(n->id, v->need)};
        if (v->needs[i].is_chosen)
            v->need_label = v->needs[i].label;
    }
}

/* The address of another page of this table. */
static struct str page_path(struct ctx *c, const struct finder_gaps_view *v, int page)
{
    return str_fmt(c->mem, "/manca?per=comune%s%.*s&pagina=%d", v->need.n > 0 ? "&bisogno=" : "", (int)v->need.n, v->need.p, page);
}

/* A page of the table; one past the last is the last. */
static void fill_rows(struct ctx *c, struct finder_gaps_view *v, const struct gap_row *rows, int n, int64_t page)
{
    const char *const kind = v->is_by_comune ? "comune" : "distretto";
    const bool has_need = v->need.n > 0;
    const int last = n == 0 ? 0 : (n - 1) / ROWS;
    const int at = page < 1 ? 0 : page - 1 > last ? last : (int)page - 1;

    v->rows = ARENA_ARRAY(c->mem, struct finder_gaps_row, ROWS);
    v->n_all = n;
    if (at > 0)
        v->previous_path = page_path(c, v, at);
    if (at < last)
        v->next_path = page_path(c, v, at + 2);
    for (int i = 0; i < n; i++)
        v->n_with_none += has_need ? rows[i].n == 0 : rows[i].n_missing > 0;
    for (int i = at * ROWS; i < n && v->n_rows < ROWS; i++) {
        const struct gap_row *r = &rows[i];

        v->rows[v->n_rows++] = (struct finder_gaps_row){
            .area = {r->name, str_fmt(c->mem, "/manca/%s/%.*s", kind, (int)r->slug.n, r->slug.p)},
            .district = r->district,
            .n_missing = r->n_missing,
            .n_needs = r->n_needs,
            .n = has_need ? r->n : r->n_needs - r->n_missing,
            .n_comuni = r->n_comuni,
            .n_comuni_without = r->n_comuni_without};
    }
}

/* The address of this table with other columns, and of its file. */
static void fill_paths(struct ctx *c, struct finder_gaps_view *v)
{
    const char *const joint = v->need.n > 0 ? "&bisogno=" : "";
    const int n = (int)v->need.n;

    v->other_path = str_fmt(c->mem, "/manca?per=%s%s%.*s", v->is_by_comune ? "distretto" : "comune",
                            joint, n, v->need.p);
    v->csv_path = str_fmt(c->mem, "/dati/cosa-manca.csv?per=%s%s%.*s",
                          v->is_by_comune ? "comune" : "distretto", joint, n, v->need.p);
}

/* One whole name leads to its page; several, or none, are said. */
static enum status find_where(struct ctx *c, struct finder_gaps_view *v, struct str *out_path)
{
    struct comune_hit *hits;
    int n = 0;
    const enum status st = places_find_comuni(c, v->where, MAX_HITS, &hits, &n);

    if (st != ST_OK)
        return st;
    v->is_searched = true;
    v->hits = ARENA_ARRAY(c->mem, struct finder_link, (size_t)n);
    v->n_hits = n;
    for (int i = 0; i < n; i++) {
        const struct comune *x = &hits[i].comune;

        v->hits[i] = (struct finder_link){
            str_fmt(c->mem, "%.*s (%.*s)", (int)x->area.name.n, x->area.name.p, (int)x->prov.n,
                    x->prov.p),
            str_fmt(c->mem, "/manca/comune/%.*s", (int)x->area.slug.n, x->area.slug.p)};
    }
    if (n == 1 && hits[0].match <= MATCH_HAMLET)
        *out_path = v->hits[0].path;
    return ST_OK;
}

/* GET /manca?dove=&bisogno=&per= - every district, or every comune. */
enum status finder_gaps_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct needs *all = needs_of(c);
    struct finder_gaps_view v = {.frame = frame_new(w, text_get(c->lang, "finder.gaps-title")),
                                 .where = str_trim(web_query(w, "dove")),
                                 .need = web_query(w, "bisogno"),
                                 .is_by_comune = str_eq_z(web_query(w, "per"), "comune"),
                                 .reach_km = GAPS_KM};
    struct gap_row *rows;
    struct str found = STR("");
    int64_t page = 1;
    int n = 0;
    enum status st = ST_OK;

    if (!str_to_int(web_query(w, "pagina"), &page))
        page = 1;
    if (need_by_id(all, v.need) == NULL)
        v.need = STR("");
    if (v.where.n > 0)
        st = find_where(c, &v, &found);
    if (st == ST_OK && found.n > 0)
        return web_redirect(w, found);
    if (st == ST_OK && v.is_by_comune)
        st = search_gaps_comuni(c, v.need, &rows, &n);
    else if (st == ST_OK)
        st = search_gaps_districts(c, v.need, &rows, &n);
    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "finder.gaps-description");
    v.frame->is_hidden = v.is_searched;
    fill_needs(c, all, &v);
    fill_rows(c, &v, rows, n, page);
    fill_paths(c, &v);
    st = finder_misses_fill(c, 0, &v.misses);
    return st == ST_OK ? html_finder_gaps(w, &v) : st;
}

/* ---- one area ---- */

static struct str neighbour_words(struct ctx *c, const struct gap *g)
{
    struct buf b = buf_new(c->mem, 128);
    const struct str none = text_get(c->lang, "finder.gaps-none");

    for (int i = 0; i < g->n_neighbours; i++) {
        const struct gap_neighbour *x = &g->neighbours[i];

        if (i > 0)
            buf_z(&b, ", ");
        buf_str(&b, x->name);
        buf_char(&b, ' ');
        if (x->n == 0)
            buf_str(&b, none);
        else
            buf_str(&b, text_int(c->mem, c->lang, x->n));
    }
    return buf_view(&b);
}

static struct finder_gap_line line_of(struct ctx *c, const struct needs *all, const struct gap *g,
                                      struct str comune_slug)
{
    struct finder_gap_line l = {
        .need = {finder_need_label(c, g->need), finder_results_path(c, g->need->id, comune_slug)},
        .group = needs_group(all, g->need->group)->label[finder_language(c->lang)].text,
        .n = g->n,
        .n_remote = g->n_remote,
        .n_comuni = g->n_comuni,
        .n_comuni_without = g->n_comuni_without,
        .neighbours = neighbour_words(c, g)};

    if (g->has_nearest) {
        const struct str km = finder_km(c, g->nearest.distance_m);

        l.nearest = str_fmt(c->mem, "%.*s, %.*s", (int)g->nearest.name.n, g->nearest.name.p,
                            (int)km.n, km.p);
    }
    return l;
}

static void fill_lines(struct ctx *c, struct finder_gaps_area_view *v, const struct gaps *g,
                       struct str comune_slug)
{
    const struct needs *all = needs_of(c);

    v->missing = ARENA_ARRAY(c->mem, struct finder_gap_line, (size_t)g->n);
    v->present = ARENA_ARRAY(c->mem, struct finder_gap_line, (size_t)g->n);
    for (int i = 0; i < g->n; i++) {
        const struct finder_gap_line l = line_of(c, all, &g->list[i], comune_slug);

        if (l.n == 0)
            v->missing[v->n_missing++] = l;
        else
            v->present[v->n_present++] = l;
    }
}

static enum status show_area(struct web *w, const struct area *a)
{
    struct ctx *c = web_ctx(w);
    const bool is_district = a->kind == AREA_DISTRICT;
    const char *const kind = is_district ? "distretto" : "comune";
    struct gaps g;
    enum status st = search_gaps(c, a->area_id, &g);

    if (st != ST_OK)
        return st;
    struct finder_gaps_area_view v = {
        .frame = frame_new(w, finder_say(c, "finder.gaps-area-title", "name", a->name)),
        .name = a->name,
        .area = {a->name, str_fmt(c->mem, "/territorio/%s/%.*s", kind, (int)a->slug.n, a->slug.p)},
        .is_district = is_district,
        .n_needs = g.n_needs,
        .csv_path =
            str_fmt(c->mem, "/dati/cosa-manca.csv?%s=%.*s", kind, (int)a->slug.n, a->slug.p),
        .path = web_path(w),
        .reach_km = GAPS_KM};

    v.frame->description = finder_say(c, "finder.gaps-area-description", "name", a->name);
    frame_crumb(w, v.frame, text_get(c->lang, "finder.gaps-title"), STR("/manca"));
    fill_lines(c, &v, &g, is_district ? STR("") : a->slug);
    st = finder_misses_fill(c, a->area_id, &v.misses);
    return st == ST_OK ? html_finder_gaps_area(w, &v) : st;
}

/* GET /manca/comune/:slug */
enum status finder_gaps_comune_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct comune comune;
    const enum status st = places_comune_by_slug(c, slug, &comune);

    if (st != ST_OK)
        return st;
    if (!str_eq(comune.area.slug, slug))
        return web_redirect(
            w, str_fmt(c->mem, "/manca/comune/%.*s", (int)comune.area.slug.n, comune.area.slug.p));
    return show_area(w, &comune.area);
}

/* GET /manca/distretto/:slug */
enum status finder_gaps_district_page(struct web *w)
{
    struct area district;
    const enum status st =
        places_area_by_slug(web_ctx(w), AREA_DISTRICT, web_path_value(w, "slug"), &district);

    return st == ST_OK ? show_area(w, &district) : st;
}
