/* finder_results_page.c - the services found: list first, map beside it, filters, ways on. */
#include "base/macros.h"
#include "finder_feature.h"
#include "finder_pages.h"
#include "finder_results_view.h"
#include "finder_words.h"

enum { MOST_NOTES = 8, MOST_MAYBE = 2, MOST_TRIES = 8, AROUND = 2, FEW = 5, FAR_KM = 80 };

static const int kms[] = {5, 10, 20, 40, 80, SEARCH_MOST_KM};

static struct str name_with_province(struct ctx *c, const struct comune *k)
{
    return str_fmt(c->mem, "%.*s (%.*s)", (int)k->area.name.n, k->area.name.p, (int)k->prov.n,
                   k->prov.p);
}

void finder_fill_bar(struct web *w, const struct finder_ask *a, struct finder_bar *out)
{
    struct ctx *c = web_ctx(w);
    const int km = a->ask.km > 0 ? a->ask.km : SEARCH_KM;

    out->action = a->base;
    out->what = a->need != NULL ? a->need->label[finder_language(c->lang)].text : a->ask.words;
    out->where = a->where.is_found ? name_with_province(c, &a->where.comune) : a->where.typed;
    out->kms = ARENA_ARRAY(c->mem, struct finder_option, ARRAY_LEN(kms));
    for (int i = 0; i < ARRAY_LEN(kms); i++) {
        const bool is_last = i + 1 == ARRAY_LEN(kms);
        const bool is_chosen = km <= kms[i] && (i == 0 || km > kms[i - 1]);

        out->kms[out->n_kms++] = (struct finder_option){
            kms[i],
            is_last ? text_get(c->lang, "finder.km-any") : str_fmt(c->mem, "%d km", kms[i]),
            is_chosen};
    }
}

/* ---- what was understood ---- */

static void note(struct finder_results_view *v, struct str words)
{
    if (words.n > 0 && v->n_notes < MOST_NOTES)
        v->notes[v->n_notes++] = words;
}

static void note_where(struct ctx *c, const struct finder_where *k, struct finder_results_view *v)
{
    const struct text_arg args[] = {
        {"typed", k->typed}, {"name", k->comune.area.name}, {"matched", k->matched}};
    const char *key = NULL;

    if (!k->is_found)
        return;
    if (k->match == MATCH_FORMER)
        key = "finder.where-former";
    else if (k->match == MATCH_HAMLET)
        key = "finder.where-hamlet";
    else if (k->match == MATCH_TYPO || k->match == MATCH_PREFIX || k->match == MATCH_WORD)
        key = "finder.where-guessed";
    if (key != NULL)
        note(v, text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args)));
}

static void note_widened(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                         struct finder_results_view *v)
{
    const struct text_arg args[] = {
        {"km", text_int(c->mem, c->lang, a->ask.km > 0 ? a->ask.km : SEARCH_KM)},
        {"to", text_int(c->mem, c->lang, r->widened_to_km)},
        {"name", r->widened_area}};
    const char *key = NULL;

    switch (r->widened) {
    case WIDENED_NOT:
        return;
    case WIDENED_KM:
        key = "finder.widened-km";
        break;
    case WIDENED_DISTRICT:
        key = "finder.widened-district";
        break;
    case WIDENED_ALL:
        key = "finder.widened-all";
        break;
    }
    note(v, text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args)));
}

static void note_understood(struct ctx *c, const struct finder_ask *a,
                            const struct search_answer *r, struct finder_results_view *v)
{
    const enum need_language in = finder_language(c->lang);
    bool has_main = false;

    v->maybe = ARENA_ARRAY(c->mem, struct finder_link, MOST_MAYBE);
    for (int i = 0; i < r->n_understood; i++) {
        const struct search_understood *u = &r->understood[i];

        if (u->is_chosen)
            continue;
        if (u->is_main && !has_main) {
            has_main = true;
            note(v, finder_say(c, "finder.understood", "need", u->need->label[in].text));
        } else if (v->n_maybe < MOST_MAYBE)
            v->maybe[v->n_maybe++] = (struct finder_link){
                u->need->label[in].text,
                finder_address(c, a, &(struct finder_change){.need = u->need})};
    }
    for (int i = 0; i < r->n_corrections; i++) {
        const struct text_arg args[] = {{"written", r->corrections[i].written},
                                        {"meant", r->corrections[i].meant}};

        note(v, text_fill(c->mem, text_get(c->lang, "finder.corrected"), args, ARRAY_LEN(args)));
    }
}

static void fill_urgent(const struct finder_ask *a, const struct search_answer *r,
                        struct finder_results_view *v)
{
    v->is_urgent = a->need != NULL && a->need->is_urgent;
    for (int i = 0; i < r->n_understood; i++)
        v->is_urgent =
            v->is_urgent || (r->understood[i].is_main && r->understood[i].need->is_urgent);
}

/* ---- head ---- */

static void fill_head(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                      struct finder_results_view *v)
{
    const struct str name = a->where.is_found ? a->where.comune.area.name : STR("");
    const bool is_within = a->where.is_found && r->km > 0;
    const struct text_arg args[] = {{"what", v->bar.what},
                                    {"km", text_int(c->mem, c->lang, r->km)}};
    const char *key = v->bar.what.n > 0 && is_within ? "finder.sub-both"
                      : v->bar.what.n > 0            ? "finder.sub-what"
                      : is_within                    ? "finder.sub-within"
                                                     : NULL;

    v->is_empty = r->n_total == 0;
    v->n_total = r->n_total;
    if (v->is_empty)
        v->title = name.n > 0 ? finder_say(c, "finder.none-near", "name", name)
                              : text_get(c->lang, "finder.none-all");
    else if (name.n > 0)
        v->title = finder_say_n(c, "finder.n-near", r->n_total, "name", name);
    else
        v->title = finder_say_n(c, "finder.n-all", r->n_total, NULL, STR(""));
    if (key != NULL)
        v->subtitle = text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args));
}

/* ---- where it is not clear, and where nothing was found ---- */

static struct str why_it_fits(struct ctx *c, const struct comune_hit *h)
{
    if (h->match == MATCH_HAMLET)
        return finder_say(c, "finder.fits-hamlet", "name", h->matched);
    if (h->match == MATCH_FORMER)
        return finder_say(c, "finder.fits-former", "name", h->matched);
    return STR("");
}

static void fill_places(struct ctx *c, const struct finder_ask *a, struct finder_results_view *v)
{
    v->is_where_unknown = true;
    v->n_places = a->where.n_hits;
    v->places = ARENA_ARRAY(c->mem, struct finder_place_choice, (size_t)v->n_places);
    for (int i = 0; i < v->n_places; i++) {
        const struct comune_hit *h = &a->where.hits[i];

        v->places[i] = (struct finder_place_choice){
            .label = h->comune.area.name,
            .note = str_fmt(c->mem, "%.*s", (int)h->comune.prov_name.n, h->comune.prov_name.p),
            .path = finder_address(c, a, &(struct finder_change){.where = h->comune.area.slug})};
        const struct str why = why_it_fits(c, h);

        if (why.n > 0)
            v->places[i].note = str_fmt(c->mem, "%.*s, %.*s", (int)h->comune.prov_name.n,
                                        h->comune.prov_name.p, (int)why.n, why.p);
    }
    v->title = v->n_places > 0 ? text_get(c->lang, "finder.which-comune")
                               : text_get(c->lang, "finder.no-comune");
    v->bar.where_problem =
        finder_say(c, v->n_places > 0 ? "finder.which-comune-words" : "finder.no-comune-words",
                   "typed", a->where.typed);
    v->elsewhere =
        (struct finder_link){text_get(c->lang, "finder.without-place"),
                             finder_address(c, a, &(struct finder_change){.no_where = true})};
}

static void add_try(struct finder_results_view *v, struct str label, struct str path)
{
    if (v->n_tries < MOST_TRIES)
        v->tries[v->n_tries++] = (struct finder_link){label, path};
}

static void fill_tries(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                       struct finder_results_view *v)
{
    const enum need_language in = finder_language(c->lang);

    v->tries = ARENA_ARRAY(c->mem, struct finder_link, MOST_TRIES);
    for (int i = 0; i < r->n_suggestions; i++) {
        const struct search_suggestion *s = &r->suggestions[i];

        if (s->kind == SUGGEST_WITHOUT_FACETS)
            add_try(v, finder_say_n(c, "finder.try-no-filters", s->n, NULL, STR("")),
                    v->clear_path);
        else if (s->kind == SUGGEST_NEED)
            add_try(
                v, finder_say_n(c, "finder.try-need", s->n, "text", s->need->label[in].text),
                finder_address(c, a, &(struct finder_change){.need = s->need, .no_choices = true}));
        else
            add_try(v, finder_say_n(c, "finder.try-need", s->n, "text", s->text),
                    finder_address(c, a,
                                   &(struct finder_change){.words = s->text, .no_choices = true}));
    }
    if (a->where.is_found && r->n_here < FEW && r->km > 0 && r->km < FAR_KM) {
        const int km = r->km < FAR_KM / 2 ? FAR_KM / 2 : FAR_KM;

        add_try(v, finder_say(c, "finder.try-km", "n", text_int(c->mem, c->lang, km)),
                finder_address(c, a, &(struct finder_change){.km = km}));
    }
    if (r->n_here < FEW && a->where.typed.n > 0 && r->widened != WIDENED_ALL)
        add_try(v, text_get(c->lang, "finder.without-place"),
                finder_address(c, a, &(struct finder_change){.no_where = true}));
}

/* ---- pages ---- */

static struct str page_path(struct ctx *c, const struct finder_ask *a, int page)
{
    return finder_address(c, a, &(struct finder_change){.page = page, .view = a->view});
}

static void fill_pages(struct ctx *c, const struct finder_ask *a, const struct search_answer *r,
                       struct finder_results_view *v)
{
    const int now = r->page > 0 ? r->page : 1;

    if (r->n_pages < 2)
        return;
    v->pages = ARENA_ARRAY(c->mem, struct finder_page_link, (size_t)r->n_pages);
    for (int i = 1; i <= r->n_pages; i++)
        if (i == 1 || i == r->n_pages || (i >= now - AROUND && i <= now + AROUND))
            v->pages[v->n_pages++] = (struct finder_page_link){text_int(c->mem, c->lang, i),
                                                               page_path(c, a, i), i == now};
    if (now > 1)
        v->previous_path = page_path(c, a, now - 1);
    if (now < r->n_pages)
        v->next_path = page_path(c, a, now + 1);
}

/* The same question at another address. */
static struct str file_path(struct web *w, const struct finder_results_view *v, const char *file)
{
    const ptrdiff_t query = str_index(v->list_path, '?');
    const struct str rest = query < 0 ? STR("") : str_from(v->list_path, (size_t)query);

    return web_has_row(w, file) ? str_fmt(web_ctx(w)->mem, "%s%.*s", file, (int)rest.n, rest.p) : STR("");
}

static void fill_ways(struct web *w, const struct finder_ask *a, struct finder_results_view *v)
{
    struct ctx *c = web_ctx(w);

    v->print_path = finder_address(c, a, &(struct finder_change){.view = FINDER_PRINT});
    v->phone_path = finder_address(c, a, &(struct finder_change){.view = FINDER_PHONE});
    v->list_path = finder_address(c, a, &(struct finder_change){0});
    v->csv_path = file_path(w, v, "/dati/servizi.csv");
    v->sheet_path = file_path(w, v, "/dati/servizi.xlsx");
    v->points_path = file_path(w, v, "/dati/servizi.geojson");
    v->news_path = file_path(w, v, "/dati/novita.atom");
    v->has_messages = finder_has_entry(w, "/aiuto/scrivi");
    v->today = text_day(c->mem, c->lang, c->today);
    if (finder_has_entry(w, "/punti"))
        v->desks_path = a->where.is_found
                            ? str_fmt(c->mem, "/punti?dove=%.*s", (int)a->where.comune.area.slug.n, a->where.comune.area.slug.p)
                            : STR("/punti");
    if (a->where.is_found && finder_has_entry(w, "/territorio")) {
        const struct area *k = &a->where.comune.area;

        v->comune_name = k->name;
        v->board_path = str_fmt(c->mem, "/bacheca/%.*s", (int)k->slug.n, k->slug.p);
        v->comune_path = str_fmt(c->mem, "/territorio/comune/%.*s", (int)k->slug.n, k->slug.p);
    }
}

static enum status show(struct web *w, enum finder_view_kind view,
                        const struct finder_results_view *v)
{
    switch (view) {
    case FINDER_PRINT:
        return html_finder_results_print(w, v);
    case FINDER_PHONE:
        return html_finder_results_phone(w, v);
    case FINDER_LIST:
        break;
    }
    return html_finder_results(w, v);
}

/* What is said of violence is said on pages that are not kept, with a way out. */
static bool speaks_of_violence(struct ctx *c, const struct finder_ask *a,
                               const struct search_answer *r)
{
    const struct needs *all = finder_needs(c);

    if (a->need != NULL)
        return finder_is_violence(all, a->need);
    for (int i = 0; i < r->n_understood; i++)
        if (r->understood[i].is_main && finder_is_violence(all, r->understood[i].need))
            return true;
    return false;
}

static struct str address_of_violence(struct ctx *c, struct finder_ask *a)
{
    a->base = "/violenza/trova";
    return finder_address(c, a, &(struct finder_change){.page = a->ask.page, .view = a->view});
}

static enum status results(struct web *w, struct finder_ask *a, struct finder_results_view *v)
{
    struct ctx *c = web_ctx(w);
    struct search_answer r;

    a->ask.choices = a->choices;
    enum status st = search_services(c, &a->ask, &r);

    if (st != ST_OK)
        return st;
    if (!v->is_violence && speaks_of_violence(c, a, &r))
        return web_redirect(w, address_of_violence(c, a));
    if (a->ask.page > 1 &&
        a->ask.page > r.n_pages) /* results went away, or the number was made up */
        return web_redirect(w, page_path(c, a, r.n_pages));
    fill_head(c, a, &r, v);
    note_where(c, &a->where, v);
    note_understood(c, a, &r, v);
    note_widened(c, a, &r, v);
    fill_urgent(a, &r, v);
    finder_fill_filters(c, a, &r, v);
    fill_tries(c, a, &r, v);
    fill_pages(c, a, &r, v);
    st = finder_fill_cards(c, &r, &v->cards);
    if (st == ST_OK && a->view == FINDER_LIST)
        st = finder_fill_map(c, a, &r, &v->cards, &v->map);
    if (st != ST_OK)
        return st;
    if (!v->is_violence)
        v->frame->title = v->title;
    return show(w, a->view, v);
}

static enum status answer(struct web *w, const char *base, bool is_violence)
{
    struct ctx *c = web_ctx(w);
    struct finder_ask a;
    struct finder_results_view v = {
        .frame = frame_new(
            w, text_get(c->lang, is_violence ? "finder.vio-tab" : "finder.results-title")),
        .is_violence = is_violence};
    enum status st = finder_read_ask(w, base, &a);

    if (st == ST_OK)
        st = places_has_caps(c, &v.bar.has_caps);
    if (st != ST_OK)
        return st;
    v.notes = ARENA_ARRAY(c->mem, struct str, MOST_NOTES);
    v.frame->is_hidden = is_violence;
    finder_fill_bar(w, &a, &v.bar);
    fill_ways(w, &a, &v);
    if (a.is_need_unknown)
        note(&v, text_get(c->lang, "finder.need-unknown"));
    if (finder_asks_nothing(&a)) {
        v.title = text_get(c->lang, "finder.home-title");
        v.groups = finder_fill_groups(c, finder_needs(c), finder_language(c->lang), false);
        return html_finder_results(w, &v);
    }
    if (a.where.typed.n > 0 && !a.where.is_found) {
        fill_places(c, &a, &v);
        v.frame->title = is_violence ? v.frame->title : v.title;
        return html_finder_results(w, &v);
    }
    return results(w, &a, &v);
}

/* GET /trova */
enum status finder_results_page(struct web *w)
{
    return answer(w, "/trova", false);
}

/* GET /violenza/trova - the same, kept by nobody. */
enum status finder_violence_results_page(struct web *w)
{
    return answer(w, "/violenza/trova", true);
}
