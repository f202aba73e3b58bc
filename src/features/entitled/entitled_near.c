/* entitled_near.c - where to go for a measure: services of the catalogue that answer its needs. */
#include "core/places/places.h"
#include "entitled.h"
#include "features/catalogue/catalogue.h"
#include "features/search/search.h"

#define LISTENING STR("non-so-a-chi-chiedere") /* who answers none of the needs near here: a desk that listens first */
enum { NEXT_DOOR_M = 100, LOOKED_AT = 8 };

static bool is_there(const struct entitled_service *list, int n, struct str path)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i].path, path))
            return true;
    return false;
}

static enum status add(struct ctx *c, const struct search_answer *a, int most, struct entitled_service *list, int *n)
{
    for (int i = 0; i < a->n_hits && *n < most; i++) {
        const struct search_hit *const h = &a->hits[i];
        struct service s;
        const enum status st = catalogue_service(c, h->service_id, &s);

        if (st == ST_NOT_FOUND || (st == ST_OK && (!h->serves_here || s.initiative_year != 0)))
            continue; /* for others, or of years ago and perhaps no more */
        if (st != ST_OK)
            return st;
        const struct entitled_service x = {
            .name = s.name,
            .path = str_fmt(c->mem, "/servizi/%.*s", (int)s.slug.n, s.slug.p),
            .body = s.organisation_name,
            .phone = catalogue_first_phone(&s),
            .km = h->has_distance && h->distance_m >= NEXT_DOOR_M ? search_distance_text(c, h->distance_m) : STR("")};

        if (!is_there(list, *n, x.path))
            list[(*n)++] = x;
    }
    return ST_OK;
}

enum status entitled_near(struct ctx *c, const struct str *needs, int n_needs, int64_t comune_id, int most,
                          struct entitled_service **out, int *n_out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct entitled_service, (size_t)most + 1);
    *n_out = 0;
    for (int i = 0; st == ST_OK && (i < n_needs || (i == n_needs && *n_out == 0)) && *n_out < most; i++) {
        const struct search_ask ask = {.need = i < n_needs ? needs[i] : LISTENING, .area_id = comune_id, .page_size = LOOKED_AT, .no_counting = true};
        struct search_answer a;

        st = search_services(c, &ask, &a);
        if (st == ST_OK)
            st = add(c, &a, most, *out, n_out);
    }
    return st;
}
