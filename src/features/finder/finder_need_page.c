/* finder_need_page.c - one need, or one group: where do you need it, and who can help. */
#include "core/places/places.h"
#include "finder_feature.h"
#include "finder_needs_view.h"
#include "finder_pages.h"
#include "finder_words.h"

enum { N_SHOWN = 5 };

static const struct need_group *group_by_id(const struct needs *all, struct str id)
{
    for (int i = 0; i < needs_n_groups(all); i++)
        if (str_eq(needs_group(all, i)->id, id))
            return needs_group(all, i);
    return NULL;
}

static void fill_near(struct ctx *c, const struct needs *all, const struct need_group *g,
                      struct str but, struct finder_need_page_view *v)
{
    const enum need_language in = finder_language(c->lang);

    v->near = ARENA_ARRAY(c->mem, struct finder_need_view, (size_t)g->n);
    for (int i = 0; i < g->n; i++) {
        const struct need *n = needs_at(all, g->first + i);

        if (!str_eq(n->id, but))
            v->near[v->n_near++] = finder_fill_need(c, all, n, in);
    }
}

/* The sentence in another language: to be shown to who sits on the other side of the desk. */
static void fill_other(struct web *w, const struct need_label *labels,
                       struct finder_need_page_view *v)
{
    const enum need_language in = finder_language_asked(w);
    const struct need_label *l = &labels[in];

    if (in == finder_language(web_lang(w)) || l->is_italian)
        return;
    v->other = l->text;
    v->other_lang = in == NEED_FACILE ? "it" : need_language_code[in];
    v->other_dir = finder_dir(in);
    v->is_other_unreviewed = in != NEED_IT && l->reviewer.n == 0;
}

static void fill_labels(struct web *w, const struct need_label *labels,
                        struct finder_need_page_view *v)
{
    const struct need_label *own = &labels[finder_language(web_lang(w))];

    v->label = own->text;
    v->help = own->help;
    fill_other(w, labels, v);
}

/* The first services of all, wherever they are: a number at once, before the comune is said. */
static enum status fill_services(struct ctx *c, const struct need *n,
                                 struct finder_need_page_view *v)
{
    const struct search_ask ask = {.need = n->id, .page_size = N_SHOWN, .no_counting = true};
    struct search_answer r;
    const enum status st = search_services(c, &ask, &r);

    if (st != ST_OK)
        return st;
    v->n_all = r.n_total;
    v->all_path = str_fmt(c->mem, "%s?bisogno=%.*s", v->search, (int)n->id.n, n->id.p);
    const enum status filled = finder_fill_cards(c, &r, &v->cards);

    /* Without a place there is no order to explain, and no map whose numbers they would be. */
    for (int i = 0; i < v->cards.n_cards; i++)
        v->cards.cards[i].rank = v->cards.cards[i].n_reasons = 0;
    return filled;
}

static enum status start(struct web *w, bool is_violence, struct finder_need_page_view *v)
{
    struct ctx *c = web_ctx(w);

    *v = (struct finder_need_page_view){.frame = frame_new(w, STR("")),
                                        .is_violence = is_violence,
                                        .search = is_violence ? "/violenza/trova" : "/trova",
                                        .has_messages = finder_has_entry(w, "/aiuto/scrivi")};
    v->frame->is_hidden = is_violence;
    return places_has_caps(c, &v->has_caps);
}

static enum status group_page(struct web *w, const struct needs *all, const struct need_group *g)
{
    struct ctx *c = web_ctx(w);
    struct finder_need_page_view v;
    const enum status st = start(w, false, &v);

    if (st != ST_OK)
        return st;
    v.is_group = true;
    v.id = g->id;
    fill_labels(w, g->label, &v);
    fill_near(c, all, g, STR(""), &v);
    v.frame->title = v.label;
    v.frame->description = v.help;
    frame_crumb(w, v.frame, text_get(c->lang, "finder.needs-crumb"), STR("/bisogni"));
    return html_finder_need(w, &v);
}

static enum status need_page(struct web *w, const struct needs *all, const struct need *n,
                             bool is_violence)
{
    struct ctx *c = web_ctx(w);
    const struct need_group *g = needs_group(all, n->group);
    struct finder_need_page_view v;
    enum status st = start(w, is_violence, &v);

    if (st != ST_OK)
        return st;
    v.id = n->id;
    v.is_urgent = n->is_urgent;
    fill_labels(w, n->label, &v);
    fill_near(c, all, g, n->id, &v);
    v.frame->title = is_violence ? text_get(c->lang, "finder.vio-tab") : v.label;
    if (!is_violence) {
        v.frame->description = v.help;
        frame_crumb(w, v.frame, text_get(c->lang, "finder.needs-crumb"), STR("/bisogni"));
        frame_crumb(w, v.frame, g->label[finder_language(c->lang)].text, finder_group_path(c, g));
    }
    st = fill_services(c, n, &v);
    return st == ST_OK ? html_finder_need(w, &v) : st;
}

/* GET /bisogni/:need - a need, or a group by its own name. */
enum status finder_need_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct needs *all = finder_needs(c);
    const struct str id = web_path_value(w, "need");
    const struct need *n = need_by_id(all, id);
    const struct need_group *g = n == NULL ? group_by_id(all, id) : NULL;

    if (n != NULL && finder_is_violence(all, n))
        return web_redirect(w, finder_need_path(c, all, n));
    if (n != NULL)
        return need_page(w, all, n, false);
    if (g == NULL)
        return fail(c, ST_NOT_FOUND, "finder.need-unknown");
    if (!str_eq(finder_group_path(c, g), str_fmt(c->mem, "/bisogni/%.*s", (int)id.n, id.p)))
        return web_redirect(w, finder_group_path(c, g));
    return group_page(w, all, g);
}

/* GET /violenza/:need - the same, kept by nobody, with a way out. */
enum status finder_violence_need_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct needs *all = finder_needs(c);
    const struct need *n = need_by_id(all, web_path_value(w, "need"));

    if (n == NULL || !finder_is_violence(all, n))
        return fail(c, ST_NOT_FOUND, "finder.need-unknown");
    return need_page(w, all, n, true);
}

/* GET /violenza */
enum status finder_violence_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct needs *all = finder_needs(c);
    const struct finder_groups groups = finder_fill_groups(c, all, finder_language(c->lang), true);
    struct finder_violence_view v = {.frame = frame_new(w, text_get(c->lang, "finder.vio-tab"))};
    const enum status st = places_has_caps(c, &v.has_caps);

    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "finder.vio-description");
    for (int i = 0; i < groups.n_groups; i++)
        if (str_eq_z(groups.groups[i].path, "/violenza")) {
            v.needs = groups.groups[i].needs;
            v.n_needs = groups.groups[i].n_needs;
        }
    return html_finder_violence(w, &v);
}
