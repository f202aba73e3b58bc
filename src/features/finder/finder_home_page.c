/* finder_home_page.c - di che cosa hai bisogno? */
#include "core/places/places.h"
#include "features/search/search.h"
#include "finder_feature.h"
#include "finder_home_view.h"
#include "finder_pages.h"

static enum status count(struct ctx *c, enum area_kind kind, int64_t *out)
{
    struct area *list;
    int n = 0;
    const enum status st = places_areas(c, kind, c->today, &list, &n);

    *out = n;
    return st;
}

/* GET / */
enum status finder_home_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct finder_home_view v = {.frame = frame_new(w, text_get(c->lang, "finder.home-title")),
                                 .has_territory = finder_has_entry(w, "/territorio"),
                                 .has_programme = finder_has_entry(w, "/progetti"),
                                 .has_messages = finder_has_entry(w, "/aiuto/scrivi"),
                                 .has_points = finder_has_entry(w, "/punti"),
                                 .has_due = finder_has_entry(w, "/spetta"),
                                 .has_tryout = finder_has_entry(w, "/prova")};
    enum status st = places_has_caps(c, &v.has_caps);

    if (st == ST_OK)
        st = count(c, AREA_DISTRICT, &v.n_districts);
    if (st == ST_OK)
        st = count(c, AREA_BODY_AREA, &v.n_bodies);
    if (st != ST_OK)
        return st;
    const struct search_ask volunteers = {
        .need = STR("volontariato"), .page_size = 1, .no_counting = true};
    struct search_answer found;

    st = search_services(c, &volunteers, &found);
    if (st != ST_OK)
        return st;
    v.gives_hand = found.n_total > 0;
    v.groups = finder_fill_groups(c, finder_needs(c), finder_language(c->lang), false);
    v.frame->description = text_get(c->lang, "finder.home-description");
    v.frame->skip_to = "cosa";
    v.frame->skip_label = text_get(c->lang, "finder.skip-what");
    return html_finder_home(w, &v);
}
