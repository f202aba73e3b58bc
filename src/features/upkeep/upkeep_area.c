/* upkeep_area.c - managing body and district of an entry: see upkeep_area.h. */
#include "upkeep_area.h"
#include "base/macros.h"
#include "core/bodies/bodies.h"
#include "core/bodies/organisations.h"

enum { SLOTS = 4096 }; /* comuni are about 1,180 */

struct upkeep_areas {
    struct {
        int64_t comune_id; /* 0: free */
        struct upkeep_answers answers;
    } slots[SLOTS];
    int n;
};

struct upkeep_areas *upkeep_areas_new(struct arena *mem)
{
    return ARENA_NEW(mem, struct upkeep_areas);
}

static enum status ask(struct ctx *c, int64_t comune_id, struct upkeep_answers *out)
{
    struct body_answer body;
    struct membership district;
    enum status st = bodies_for_area(c, comune_id, c->today, &body);

    *out = (struct upkeep_answers){0};
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    if (body.is_known) {
        out->body_id = body.body.body_id;
        out->district_id = body.body.district.area_id;
    }
    st = places_container(c, comune_id, AREA_DISTRICT, c->today, &district);
    if (st == ST_OK)
        out->district_id = district.in.area_id;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status of_comune(struct ctx *c, struct upkeep_areas *a, int64_t comune_id, struct upkeep_answers *out)
{
    int at = (int)(comune_id % SLOTS);

    while (a->slots[at].comune_id != 0 && a->slots[at].comune_id != comune_id)
        at = (at + 1) % SLOTS;
    if (a->slots[at].comune_id == 0) {
        const enum status st = ask(c, comune_id, out);

        if (st != ST_OK || a->n == SLOTS / 2)
            return st; /* more comuni than there are: asked again each time */
        a->n++;
        a->slots[at].comune_id = comune_id;
        a->slots[at].answers = *out;
    }
    *out = a->slots[at].answers;
    return ST_OK;
}

static int64_t place_of(const struct service *s)
{
    for (int i = 0; i < s->n_ats; i++)
        if (s->ats[i].location != NULL && s->ats[i].location->comune_id != 0)
            return s->ats[i].location->comune_id;
    return 0;
}

enum status upkeep_area_of(struct ctx *c, struct upkeep_areas *a, const struct service *s, struct upkeep_answers *out)
{
    int64_t comune_id = place_of(s);
    struct organisation o;
    enum status st = ST_OK;

    *out = (struct upkeep_answers){0};
    const bool is_managing = s->organisation_kind < (enum organisation_kind)BODY_KIND_COUNT;

    if (comune_id == 0 || is_managing) {
        st = organisations_by_id(c, s->organisation_id, &o);
        if (st != ST_OK)
            return st == ST_NOT_FOUND ? ST_OK : st;
        if (comune_id == 0)
            comune_id = o.comune_id;
    }
    if (comune_id != 0)
        st = of_comune(c, a, comune_id, out);
    if (st == ST_OK && is_managing && o.body_id != 0)
        out->body_id = o.body_id;
    return st;
}
