/* points.c - asks the search for desks of first listening and lays their districts beside. */
#include "points.h"
#include "base/macros.h"
#include "features/catalogue/catalogue.h"
#include "core/places/places.h"
#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
    const struct points_point *const x = a, *const y = b;
    const bool has_x = x->district.n > 0, has_y = y->district.n > 0;
    int order = has_x == has_y ? str_cmp(x->district, y->district) : has_x ? -1 : 1;

    if (order == 0)
        order = str_cmp(x->place->comune_name, y->place->comune_name);
    if (order == 0)
        order = str_cmp(x->service->name, y->service->name);
    return order != 0 ? order : (x->hit->service_id > y->hit->service_id) - (x->hit->service_id < y->hit->service_id);
}

static struct service *service_of(struct service *list, int n, int64_t service_id)
{
    for (int i = 0; i < n; i++)
        if (list[i].service_id == service_id)
            return &list[i];
    return NULL;
}

/* The place the hit speaks of, or the first; one whose address is secret is no desk to walk to. */
static const struct location *place_of(const struct service *s, const struct search_hit *h)
{
    const struct location *first = NULL;

    for (int i = 0; i < s->n_ats; i++) {
        const struct location *const l = s->ats[i].location;

        if (l == NULL || l->is_secret || l->comune_id == 0)
            continue;
        if (l->location_id == h->location_id)
            return l;
        first = first == NULL ? l : first;
    }
    return first;
}

static enum status fill_district(struct ctx *c, struct points_point *p)
{
    struct membership m;
    const enum status st = places_container(c, p->place->comune_id, AREA_DISTRICT, c->today, &m);

    if (st == ST_OK) {
        p->district = m.in.name;
        p->district_slug = m.in.slug;
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status fill(struct ctx *c, const struct points_ask *ask, const struct search_answer *a,
                        struct points_point **out, int *n_out)
{
    int64_t *const ids = ARENA_ARRAY(c->mem, int64_t, (size_t)a->n_hits + 1);
    struct service *list;
    int n = 0;

    for (int i = 0; i < a->n_hits; i++)
        ids[i] = a->hits[i].service_id;
    enum status st = catalogue_cards(c, ids, a->n_hits, &list, &n);

    *out = ARENA_ARRAY(c->mem, struct points_point, (size_t)a->n_hits + 1);
    for (int i = 0; st == ST_OK && i < a->n_hits; i++) {
        struct service *const s = service_of(list, n, a->hits[i].service_id);
        const struct location *const l = s == NULL ? NULL : place_of(s, &a->hits[i]);

        if (l == NULL || (ask->comune_id != 0 && *n_out == POINTS_NEAR))
            continue;
        struct points_point *const p = &(*out)[(*n_out)++];

        *p = (struct points_point){.service = s, .place = l, .hit = &a->hits[i]};
        st = fill_district(c, p);
    }
    return st;
}

enum status points_find(struct ctx *c, const struct points_ask *ask, struct points_point **out, int *n_out)
{
    struct search_choice choices[2];
    struct search_answer a;
    struct search_ask search = {.need = STR(POINTS_NEED),
                                .area_id = ask->comune_id,
                                .km = SEARCH_MOST_KM + 1,
                                .order = ask->comune_id != 0 ? SEARCH_NEAREST : SEARCH_BY_NAME,
                                .page_size = SEARCH_MOST_PAGE,
                                .no_widening = true,
                                .no_counting = true,
                                .choices = choices};

    if (ask->language.n > 0)
        choices[search.n_choices++] = (struct search_choice){FACET_LANGUAGE, ask->language};
    if (ask->open_now)
        choices[search.n_choices++] = (struct search_choice){FACET_OPEN, STR("now")};
    enum status st = search_services(c, &search, &a);

    *n_out = 0;
    if (st == ST_OK)
        st = fill(c, ask, &a, out, n_out);
    if (st == ST_OK && ask->comune_id == 0)
        qsort(*out, (size_t)*n_out, sizeof **out, by_place);
    return st;
}

static int by_code(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

enum status points_languages(struct ctx *c, struct str **out, int *n_out)
{
    const struct search_ask ask = {.need = STR(POINTS_NEED), .km = SEARCH_MOST_KM + 1, .page_size = 1, .no_widening = true, .no_counting = true};
    struct search_answer a;
    const enum status st = search_services(c, &ask, &a);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    const struct search_facet_counts *const f = &a.facets[FACET_LANGUAGE];

    *out = ARENA_ARRAY(c->mem, struct str, (size_t)f->n + 1);
    for (int i = 0; i < f->n; i++)
        if (!str_eq_z(f->list[i].value, "it"))
            (*out)[(*n_out)++] = f->list[i].value;
    qsort(*out, (size_t)*n_out, sizeof **out, by_code);
    return st;
}
