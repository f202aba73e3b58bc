/* finder_board_page.c - the sheet for the notice board: twelve needs, a number for each, on one A4.
 */
#include "core/bodies/organisations.h"
#include "features/catalogue/catalogue.h"
#include "features/search/search_cards.h"
#include "finder_board_view.h"
#include "finder_feature.h"
#include "finder_pages.h"
#include "finder_service.h"
#include "finder_sheet_words.h"

enum { HITS_ASKED = 6, GROUPS_MOST = 24 };

/* Services already on the sheet: another is better, so that more numbers are known. */
struct board_used {
    int64_t ids[GROUPS_MOST];
    int n;
};

static bool is_used(const struct board_used *u, int64_t id)
{
    for (int i = 0; i < u->n; i++)
        if (u->ids[i] == id)
            return true;
    return false;
}

/* The first of a need's services for who lives here that has a telephone. */
static enum status first_to_call(struct ctx *c, struct str need, int64_t comune_id,
                                 const struct board_used *used, struct service *out)
{
    const struct search_ask ask = {
        .need = need, .area_id = comune_id, .page_size = HITS_ASKED, .no_counting = true};
    struct search_answer found;
    struct service *cards;
    int n = 0, n_cards = 0;
    enum status st = search_services(c, &ask, &found);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < found.n_hits; i++)
        if (found.hits[i].serves_here && !is_used(used, found.hits[i].service_id))
            found.hits[n++] = found.hits[i];
    found.n_hits = n;
    st = search_cards(c, &found, &cards, &n_cards);
    for (int i = 0; st == ST_OK && i < n_cards; i++)
        if (catalogue_first_phone(&cards[i]).n > 0) {
            *out = cards[i];
            return ST_OK;
        }
    return st == ST_OK ? ST_NOT_FOUND : st;
}

/* Need by need of the group; services that stand on the sheet already come last. */
static enum status find_line(struct ctx *c, const struct needs *all, const struct need_group *g,
                             int64_t comune_id, struct board_used *used, struct service *out)
{
    static const struct board_used none = {.n = 0};
    enum status st = ST_NOT_FOUND;

    for (int i = 0; st == ST_NOT_FOUND && i < g->n; i++)
        st = first_to_call(c, needs_at(all, g->first + i)->id, comune_id, used, out);
    for (int i = 0; st == ST_NOT_FOUND && i < g->n; i++)
        st = first_to_call(c, needs_at(all, g->first + i)->id, comune_id, &none, out);
    if (st == ST_OK && used->n < GROUPS_MOST)
        used->ids[used->n++] = out->service_id;
    return st;
}

static enum status fill_lines(struct ctx *c, int64_t comune_id, struct finder_board_view *v)
{
    const struct needs *all = needs_of(c);
    const enum need_language in = finder_language(c->lang);
    struct board_used used = {.n = 0};

    v->n_lines = needs_n_groups(all);
    v->lines = ARENA_ARRAY(c->mem, struct finder_board_line, (size_t)v->n_lines);
    for (int i = 0; i < v->n_lines; i++) {
        const struct need_group *g = needs_group(all, i);
        struct finder_board_line *const l = &v->lines[i];
        struct service s;
        const enum status st = find_line(c, all, g, comune_id, &used, &s);

        if (st != ST_OK && st != ST_NOT_FOUND)
            return st;
        *l = (struct finder_board_line){.is_danger = str_eq_z(g->id, "violenza"),
                                        .icon = str_z(c->mem, g->icon),
                                        .label = g->label[in].text};
        v->n_without += st == ST_NOT_FOUND;
        if (st == ST_NOT_FOUND)
            continue;
        l->service =
            (struct finder_link){s.name, str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p)};
        l->by = s.organisation_name;
        l->phone = catalogue_first_phone(&s);
        v->is_demo = v->is_demo || s.is_demo;
    }
    return ST_OK;
}

static enum status fill_body(struct ctx *c, int64_t comune_id, struct finder_board_view *v)
{
    struct body_answer a;
    struct organisation o;
    enum status st = bodies_for_area(c, comune_id, c->today, &a);

    if (st != ST_OK || !a.is_known)
        return st;
    v->body = (struct finder_link){
        a.body.name, str_fmt(c->mem, "/enti/%.*s", (int)a.body.slug.n, a.body.slug.p)};
    st = organisations_of_body(c, a.body.body_id, &o);
    if (st == ST_OK)
        v->body_phone = o.phone;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* GET /bacheca/:comune */
enum status finder_board_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "comune");
    struct comune comune;
    enum status st = places_comune_by_slug(c, slug, &comune);

    if (st != ST_OK)
        return st;
    const struct str own = comune.area.slug;

    if (!str_eq(own, slug))
        return web_redirect(w, str_fmt(c->mem, "/bacheca/%.*s", (int)own.n, own.p));
    struct finder_board_view v = {
        .frame = frame_new(w, finder_say(c, "finder.board-title", "name", comune.area.name)),
        .name = comune.area.name,
        .prov = comune.prov,
        .comune = {comune.area.name,
                   str_fmt(c->mem, "/territorio/comune/%.*s", (int)own.n, own.p)}};

    v.frame->description = finder_say(c, "finder.board-description", "name", comune.area.name);
    frame_crumb(w, v.frame, comune.area.name, v.comune.path);
    v.url = finder_whole_address(w, str_fmt(c->mem, "/trova?dove=%.*s", (int)own.n, own.p));
    v.short_url = str_starts(v.url, STR("https://")) ? str_from(v.url, 8) : v.url;
    v.qr = finder_qr(c, v.url);
    st = fill_lines(c, comune.area.area_id, &v);
    if (st == ST_OK)
        st = fill_body(c, comune.area.area_id, &v);
    return st == ST_OK ? html_finder_board(w, &v) : st;
}

/* GET /e-adesso?servizio= - what happens after the call; with a service, its own number and papers.
 */
enum status finder_next_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_query(w, "servizio");
    struct finder_next_view v = {.frame = frame_new(w, text_get(c->lang, "finder.next-title"))};
    struct service s;
    enum status st = slug.n > 0 ? catalogue_service_by_slug(c, slug, &s) : ST_NOT_FOUND;

    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    v.frame->description = text_get(c->lang, "finder.next-description");
    if (st == ST_OK) {
        struct finder_service_view sheet = {.is_gone = false};

        finder_service_texts(c, &s, &sheet);
        finder_service_reach(c, &s, &sheet);
        v.has_service = true;
        v.service =
            (struct finder_link){s.name, str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p)};
        v.phones = sheet.phones;
        v.n_phones = sheet.n_phones;
        v.documents = sheet.documents;
        v.n_documents = sheet.n_documents;
        v.isee = sheet.isee;
        v.is_demo = s.is_demo;
        v.hours = sheet.n_places > 0 ? sheet.places[0].hours.state : sheet.hours.state;
        frame_crumb(w, v.frame, v.service.label, v.service.path);
    }
    return html_finder_next(w, &v);
}
