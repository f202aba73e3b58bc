/* publish_query.c - the query of a file is that of the results page, read by the same reader. */
#include "publish_query.h"
#include "core/bodies/organisations.h"
#include "core/places/places.h"
#include "features/finder/finder_ask.h"

/* What lies in a district. False: *st says why not. */
static bool read_area(struct web *w, struct search_ask *ask, enum status *st)
{
    const struct str slug = web_query(w, "distretto");
    struct area area;

    if (slug.n == 0)
        return true;
    *st = places_area_by_slug(web_ctx(w), AREA_DISTRICT, slug, &area);
    if (*st == ST_NOT_FOUND) {
        problems_add(&web_ctx(w)->problems, "distretto", "publish.no-district", slug);
        *st = ST_INVALID;
    }
    if (*st != ST_OK)
        return false;
    ask->area_id = area.area_id;
    ask->no_widening = true;
    return true;
}

static bool read_organisation(struct web *w, struct search_ask *ask, enum status *st)
{
    const struct str slug = web_query(w, "ente");
    struct organisation org;

    if (slug.n == 0)
        return true;
    *st = organisations_by_slug(web_ctx(w), slug, &org);
    if (*st == ST_NOT_FOUND || (*st == ST_OK && org.state != ORGANISATION_SHOWN)) {
        problems_add(&web_ctx(w)->problems, "ente", "publish.no-organisation", slug);
        *st = ST_INVALID;
    }
    if (*st != ST_OK)
        return false;
    ask->organisation_id = org.organisation_id;
    return true;
}

enum status publish_read_query(struct web *w, struct search_ask **out)
{
    struct ctx *c = web_ctx(w);
    struct finder_ask *a = ARENA_NEW(c->mem, struct finder_ask);
    enum status st = finder_read_ask(w, "/trova", a);

    *out = NULL;
    if (st != ST_OK)
        return st;
    if (a->where.typed.n > 0 && !a->where.is_found) {
        problems_add(&c->problems, "dove",
                     a->where.n_hits > 0 ? "publish.several-comuni" : "publish.no-comune",
                     a->where.typed);
        return ST_INVALID;
    }
    if (!read_area(w, &a->ask, &st) || !read_organisation(w, &a->ask, &st))
        return st;
    if (a->is_need_unknown) {
        problems_add(&c->problems, "bisogno", "publish.no-need", web_query(w, "bisogno"));
        return ST_INVALID;
    }
    a->ask.choices = a->choices;
    if (!finder_asks_nothing(a) || a->ask.n_choices > 0 || a->ask.area_id != 0 || a->ask.organisation_id != 0)
        *out = &a->ask;
    return ST_OK;
}
