/* points_page.c - desks of first listening, by district or around a comune. */
#include "points.h"
#include "base/macros.h"
#include "features/needs/needs.h"
#include "points_feature.h"
#include "points_pages.h"
#include "points_view.h"
#include "features/catalogue/catalogue.h"

enum { LINE = 200, MOST_TYPED = 100, MOST_NAMES = 6, MOST_HELPS = 5, NEXT_DOOR_M = 100, LEAST_KM = 5, MOST_KM = 40, METRES = 1000 };

static struct str say(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

static struct str language_words(struct ctx *c, struct str code, struct str name)
{
    const struct str key = str_fmt(c->mem, "finder.spoken-%.*s", (int)code.n, code.p);

    return text_has(c->lang, str_z(c->mem, key)) ? text_get(c->lang, str_z(c->mem, key)) : name.n > 0 ? name : code;
}

static void join(struct buf *b, struct str word)
{
    if (b->n > 0 && word.n > 0)
        buf_z(b, ", ");
    buf_str(b, word);
}

/* ---- a card ---- */

static struct str languages_of(struct ctx *c, const struct points_point *p)
{
    struct buf b = buf_new(c->mem, LINE);
    const bool is_own = p->service->n_languages > 0;
    const struct language *const list = is_own ? p->service->languages : p->place->languages;
    const int n = is_own ? p->service->n_languages : p->place->n_languages;

    for (int i = 0; i < n; i++)
        join(&b, language_words(c, list[i].code, list[i].name));
    return buf_view(&b);
}

static struct str where_of(struct ctx *c, const struct location *l)
{
    struct buf b = buf_new(c->mem, LINE);

    join(&b, l->name);
    if (l->n_addresses > 0)
        join(&b, l->addresses[0].address_1);
    join(&b, str_fmt(c->mem, "%.*s (%.*s)", (int)l->comune_name.n, l->comune_name.p, (int)l->prov.n, l->prov.p));
    return buf_view(&b);
}

/* What else it answers. */
static void fill_helps(struct ctx *c, const struct service *s, struct points_card *k)
{
    const struct needs *const all = needs_of(c);

    k->helps = ARENA_ARRAY(c->mem, struct points_link, MOST_HELPS);
    for (int i = 0; i < s->n_needs && k->n_helps < MOST_HELPS; i++) {
        const struct need *const need = need_by_id(all, s->needs[i]);

        if (need == NULL || str_eq_z(need->id, POINTS_NEED))
            continue;
        k->helps[k->n_helps++] = (struct points_link){need->label[c->lang == LANG_EN ? NEED_EN : NEED_IT].text,
                                                      str_fmt(c->mem, "/bisogni/%.*s", (int)need->id.n, need->id.p)};
    }
}

static struct str week_of(struct ctx *c, const struct points_point *p)
{
    const struct service *const s = p->service;
    const struct schedule *list;
    int n = 0;

    for (int i = 0; i < s->n_ats; i++)
        if (s->ats[i].location == p->place) {
            catalogue_hours(s, &s->ats[i], &list, &n);
            return catalogue_hours_text(c->mem, list, n, HOURS_ITALIAN);
        }
    return STR("");
}

static struct points_card card_of(struct ctx *c, const struct points_point *p)
{
    const struct service *const s = p->service;
    struct points_card k = {.name = s->name,
                            .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
                            .body = s->organisation_name,
                            .where = where_of(c, p->place),
                            .hours = week_of(c, p),
                            .languages = languages_of(c, p),
                            .phone = catalogue_first_phone(s),
                            .now_css = p->hit->hours.state == HOURS_IS_OPEN ? "w-ok" : "",
                            .is_demo = s->is_demo};

    for (int i = 0; i < p->hit->n_reasons; i++) {
        const struct reason *const r = &p->hit->reasons[i];

        if (r->reason == REASON_OPEN || r->reason == REASON_APPOINTMENT || r->reason == REASON_CLOSED || r->reason == REASON_HOURS_UNKNOWN)
            k.now = search_reason_text(c, r);
    }
    if (p->hit->has_distance && p->hit->distance_m >= NEXT_DOOR_M)
        k.km = search_distance_text(c, p->hit->distance_m);
    fill_helps(c, s, &k);
    return k;
}

/* The first of a district says its name; around a comune the first of those for others says so. */
static void fill_cards(struct ctx *c, const struct points_point *list, int n, struct points_view *v)
{
    v->cards = ARENA_ARRAY(c->mem, struct points_card, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        struct points_card *const k = &v->cards[v->n_cards++];

        *k = card_of(c, &list[i]);
        k->rank = i + 1;
        v->has_demo = v->has_demo || k->is_demo;
        k->is_elsewhere = v->is_near && !list[i].hit->serves_here;
        k->begins = v->is_near ? k->is_elsewhere && (i == 0 || list[i - 1].hit->serves_here)
                               : i == 0 || !str_eq(list[i].district, list[i - 1].district);
        if (!k->begins || v->is_near)
            continue;
        k->district = list[i].district.n > 0 ? list[i].district : text_get(c->lang, "points.no-district");
        if (list[i].district.n > 0)
            k->district_path = str_fmt(c->mem, "/territorio/distretto/%.*s", (int)list[i].district_slug.n, list[i].district_slug.p);
    }
}

/* Beside the list, as results have it. */
static enum status fill_map(struct ctx *c, const struct points_point *list, int n, const struct comune *near, struct points_view *v)
{
    struct finder_spot *const spots = ARENA_ARRAY(c->mem, struct finder_spot, (size_t)n + 1);
    int far_km = LEAST_KM;

    for (int i = 0; i < n; i++) {
        const struct search_hit *const h = list[i].hit;
        const int km = h->has_distance ? (int)(h->distance_m / METRES) + 1 : 0;

        far_km = km > far_km && km <= MOST_KM ? km : far_km;
        spots[i] = (struct finder_spot){.lat = list[i].place->lat,
                                        .lon = list[i].place->lon,
                                        .has_point = list[i].place->has_point,
                                        .is_other = near != NULL && !h->serves_here,
                                        .rank = i + 1,
                                        .name = list[i].service->name};
    }
    return finder_pins(c,
                       &(struct finder_pins_ask){.comune = near != NULL ? &near->area : NULL,
                                                 .radius_km = near != NULL ? far_km : 0,
                                                 .spots = spots,
                                                 .n = n},
                       &v->map);
}

/* ---- what is asked ---- */

/* One comune is meant, or the names that may be. */
static enum status read_where(struct ctx *c, struct str typed, struct points_view *v, struct comune *out, bool *is_found)
{
    struct comune_hit *hits;
    int n = 0;

    *is_found = false;
    v->where = typed;
    v->where_css = STR("");
    if (typed.n == 0)
        return ST_OK;
    enum status st = places_comune_by_slug(c, typed, out);

    *is_found = st == ST_OK;
    if (st != ST_NOT_FOUND)
        return st;
    st = places_find_comuni(c, typed, MOST_NAMES, &hits, &n);
    if (st != ST_OK)
        return st;
    *is_found = n == 1 || (n > 1 && hits[0].match <= MATCH_HAMLET && hits[1].match > MATCH_HAMLET);
    if (*is_found) {
        *out = hits[0].comune;
        return ST_OK;
    }
    v->where_css = STR("is-invalid");
    v->where_problem = say(c, n == 0 ? "points.where-unknown" : "points.where-which", "value", typed);
    v->comuni = ARENA_ARRAY(c->mem, struct points_link, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        const struct comune *const k = &hits[i].comune;

        v->comuni[v->n_comuni++] = (struct points_link){
            str_fmt(c->mem, "%.*s (%.*s)", (int)k->area.name.n, k->area.name.p, (int)k->prov.n, k->prov.p),
            str_fmt(c->mem, "/punti?dove=%.*s", (int)k->area.slug.n, k->area.slug.p)};
    }
    return ST_OK;
}

static enum status fill_languages(struct ctx *c, struct str *chosen, struct points_view *v)
{
    struct str *codes;
    int n = 0;
    bool is_there = false;
    const enum status st = points_languages(c, &codes, &n);

    if (st != ST_OK)
        return st;
    v->languages = ARENA_ARRAY(c->mem, struct points_language, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        const bool is_chosen = str_eq(codes[i], *chosen);

        is_there = is_there || is_chosen;
        v->languages[v->n_languages++] = (struct points_language){codes[i], language_words(c, codes[i], STR("")), is_chosen};
    }
    if (!is_there)
        *chosen = STR("");
    return ST_OK;
}

/* GET /punti */
enum status points_list_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct points_view v = {.frame = frame_new(w, text_get(c->lang, "points.title")), .title = text_get(c->lang, "points.title")};
    struct points_ask ask = {.language = web_query(w, "lingua"), .open_now = web_query(w, "adesso").n > 0};
    struct points_point *list;
    struct comune comune;
    int n = 0;
    const struct str typed = str_trim(web_query(w, "dove"));
    enum status st = read_where(c, typed.n <= MOST_TYPED ? typed : STR(""), &v, &comune, &v.is_near);

    if (st == ST_OK)
        st = fill_languages(c, &ask.language, &v);
    if (st != ST_OK)
        return st;
    v.map_path = STR("/bisogni/" POINTS_NEED);
    if (v.is_near) {
        ask.comune_id = comune.area.area_id;
        v.where = str_fmt(c->mem, "%.*s (%.*s)", (int)comune.area.name.n, comune.area.name.p, (int)comune.prov.n, comune.prov.p);
        v.title = say(c, "points.title-near", "name", comune.area.name);
        v.map_path = str_fmt(c->mem, "/trova?bisogno=" POINTS_NEED "&dove=%.*s", (int)comune.area.slug.n, comune.area.slug.p);
        frame_crumb(w, v.frame, text_get(c->lang, "points.title"), STR("/punti"));
        v.frame->title = v.title;
    }
    v.frame->description = text_get(c->lang, "points.lead");
    v.open_now = ask.open_now;
    v.is_asked = typed.n > 0 || ask.language.n > 0 || ask.open_now;
    if (v.n_comuni == 0 && v.where_problem.n == 0)
        st = points_find(c, &ask, &list, &n);
    if (st != ST_OK)
        return st;
    fill_cards(c, list, n, &v);
    st = fill_map(c, list, n, v.is_near ? &comune : NULL, &v);
    return st == ST_OK ? html_points_list(w, &v) : st;
}
