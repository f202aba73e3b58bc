/* feeds_query.c - cosa, bisogno, dove, km and the filters of an address of results. */
#include "feeds_query.h"
#include "base/macros.h"
#include <string.h>

enum { MOST_CHOICES = 60, MOST_WORDS = 200 };

/* Names that the results page has for the facets. */
static const struct {
    const char *name;
    enum search_facet facet;
} facets[] = {{"chi", FACET_TARGET},     {"tipo", FACET_KIND},       {"modo", FACET_WAY},
              {"costo", FACET_COST},     {"aperto", FACET_OPEN},     {"lingua", FACET_LANGUAGE},
              {"accesso", FACET_ACCESS}, {"verificato", FACET_FRESH}};

static enum status read_place(struct web *w, struct search_ask *out)
{
    struct ctx *c = web_ctx(w);
    const struct str typed = web_query(w, "dove");
    struct comune_hit *hits;
    struct comune comune;
    int n = 0;
    enum status st;

    if (typed.n == 0)
        return ST_OK;
    st = places_comune_by_slug(c, typed, &comune);
    if (st == ST_OK) {
        out->area_id = comune.area.area_id;
        return ST_OK;
    }
    if (st == ST_NOT_FOUND)
        st = places_find_comuni(c, typed, 2, &hits, &n);
    if (st != ST_OK)
        return st;
    if (n == 0 || (n > 1 && hits[0].match == hits[1].match)) {
        problems_add(&c->problems, "dove", n == 0 ? "feeds.no-comune" : "feeds.several-comuni",
                     typed);
        return ST_INVALID;
    }
    out->area_id = hits[0].comune.area.area_id;
    return ST_OK;
}

static enum status read_km(struct web *w, struct search_ask *out)
{
    const struct str typed = web_query(w, "km");
    int64_t km;

    if (typed.n == 0)
        return ST_OK;
    if (!str_to_int(typed, &km) || km < 1 || km > SEARCH_MOST_KM) {
        problems_add(&web_ctx(w)->problems, "km", "feeds.km", typed);
        return ST_INVALID;
    }
    out->km = (int)km;
    return ST_OK;
}

enum status feeds_read_query(struct web *w, struct search_ask *out, bool *is_asked)
{
    struct ctx *c = web_ctx(w);
    struct search_choice *choices = ARENA_ARRAY(c->mem, struct search_choice, MOST_CHOICES);
    struct str value;
    enum status st, st_km;

    *out = (struct search_ask){.words = str_head(str_trim(web_query(w, "cosa")), MOST_WORDS),
                               .need = web_query(w, "bisogno"),
                               .choices = choices};
    for (int f = 0; f < ARRAY_LEN(facets); f++)
        for (int i = 0; web_query_at(w, facets[f].name, i, &value) && out->n_choices < MOST_CHOICES;
             i++)
            if (value.n > 0)
                choices[out->n_choices++] = (struct search_choice){facets[f].facet, value};
    st = read_place(w, out);
    st_km = read_km(w, out);
    *is_asked = out->words.n > 0 || out->need.n > 0 || out->area_id != 0 || out->n_choices > 0;
    return st != ST_OK ? st : st_km;
}
