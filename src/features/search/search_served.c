/* search_served.c - whom each list of areas serves, seen from where who asks lives. */
#include "search_asking.h"

/* From a comune: the dozen areas it lies in are sought in each list, and most keys fall through a
 * sieve of 64 bits. */
static void see_served_here(const struct asking *a, struct asked_segment *s)
{
    const struct geo *const g = a->shelf->geo;
    const struct geo_comune *const here = &g->comuni[a->comune];
    uint64_t sieve = 0;

    for (int i = 0; i < here->n_in; i++)
        sieve |= 1ull << (g->areas[here->in[i]].area_id & 63);
    for (int i = 0; i < here->n_own; i++)
        sieve |= 1ull << (g->areas[here->own[i]].area_id & 63);
    for (int i = 0; i < s->segment->n_served; i++) {
        const struct served *const list = &s->segment->served[i];
        struct serves *const out = &s->serves[i];

        *out = (struct serves){list->n == 0 ? SERVES_ANYONE : SERVES_NOT, -1};
        for (int k = 0; k < list->n; k++) {
            if (!(sieve >> (list->areas[k] & 63) & 1))
                continue;
            const int area = geo_of_comune(g, here, list->areas[k]);

            if (area >= 0 && SERVES_ANYONE + (int)g->areas[area].level > out->level)
                *out = (struct serves){(uint8_t)(SERVES_ANYONE + g->areas[area].level), area};
        }
    }
}

void asking_see_served(struct asking *a, struct asked_segment *s)
{
    const struct geo *const g = a->shelf->geo;

    s->serves = ARENA_ARRAY(a->mem, struct serves, (size_t)s->segment->n_served);
    if (a->comune >= 0) {
        see_served_here(a, s);
        return;
    }
    for (int i = 0; i < s->segment->n_served; i++) {
        const struct served *const list = &s->segment->served[i];
        struct serves *const out = &s->serves[i];

        *out = (struct serves){list->n == 0 || a->district < 0 ? SERVES_ANYONE : SERVES_NOT, -1};
        for (int k = 0; k < list->n; k++) {
            const int area = geo_find(g, list->areas[k]);

            if (area < 0)
                continue;
            uint8_t level = SERVES_NOT;

            if (a->district >= 0 && (area == a->district || (g->areas[area].comune >= 0 &&
                                                             a->is_in[g->areas[area].comune])))
                level = SERVES_DISTRICT;
            else if (a->district >= 0 && g->areas[area].level == GEO_WIDER &&
                     g->areas[a->district].n_comuni > 0 &&
                     geo_lies_in(g, g->areas[a->district].comuni[0], area))
                level = SERVES_WIDER;
            if (level > out->level)
                *out = (struct serves){level, area};
        }
    }
}
