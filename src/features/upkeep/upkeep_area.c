/* upkeep_area.c - managing body and district of an entry: see upkeep_area.h. */
#include "upkeep_area.h"
#include "base/macros.h"
#include "core/bodies/organisations.h"
#include "core/links/links.h"
#include "upkeep_sql.h"
#include "core/places/places.h"

enum { SLOTS = 4096 }; /* comuni are about 1,180 */

struct upkeep_areas {
    struct {
        int64_t comune_id, district_id; /* comune_id 0: free */
    } slots[SLOTS];
    int n;
    bool tells;
    struct {
        int64_t organisation_id, body_id, comune_id; /* comune_id: of its seat; 0: not known */
    } last;
};

struct upkeep_areas *upkeep_areas_new(struct arena *mem)
{
    return ARENA_NEW(mem, struct upkeep_areas);
}

struct upkeep_areas *upkeep_areas_new_telling(struct arena *mem)
{
    struct upkeep_areas *const a = upkeep_areas_new(mem);

    a->tells = true;
    return a;
}

/* ---- district ---- */

static enum status ask_district(struct ctx *c, int64_t comune_id, int64_t *out)
{
    struct membership district;
    struct body_answer body;
    enum status st = places_container(c, comune_id, AREA_DISTRICT, c->today, &district);

    if (st == ST_OK)
        *out = district.in.area_id;
    if (st != ST_NOT_FOUND)
        return st;
    st = bodies_for_area(c, comune_id, c->today, &body);
    if (st == ST_OK && body.is_known)
        *out = body.body.district.area_id;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status district_of(struct ctx *c, struct upkeep_areas *a, int64_t comune_id, int64_t *out)
{
    int at = (int)(comune_id % SLOTS);

    while (a->slots[at].comune_id != 0 && a->slots[at].comune_id != comune_id)
        at = (at + 1) % SLOTS;
    if (a->slots[at].comune_id == 0) {
        const enum status st = ask_district(c, comune_id, out);

        if (st != ST_OK || a->n == SLOTS / 2)
            return st; /* more comuni than there are: asked again each time */
        a->n++;
        a->slots[at].comune_id = comune_id;
        a->slots[at].district_id = *out;
    }
    *out = a->slots[at].district_id;
    return ST_OK;
}

/* ---- managing body ---- */

/* Tells links who looks after an organisation whose seat does not say it. */
static enum status tell(struct ctx *c, const struct organisation *o)
{
    struct upkeep_place_of_organisation_row place;
    int64_t from_seat, from_place = 0, now;
    enum status st = links_manager_of_comune(c, o->comune_id, &from_seat);

    if (st != ST_OK || from_seat != 0 || o->body_id != 0)
        return st;
    st = upkeep_sql_place_of_organisation(
        c, &(struct upkeep_place_of_organisation_in){.organisation_id = o->organisation_id}, &place);
    if (st == ST_OK)
        st = links_manager_of_comune(c, place.comune_id, &from_place);
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = links_manager(c, o->organisation_id, &now);
    if (st != ST_OK || now == from_place)
        return st;
    return links_set_manager(c, o->organisation_id, from_place);
}

static enum status look_at(struct ctx *c, struct upkeep_areas *a, int64_t organisation_id)
{
    struct organisation o, manager;
    int64_t manager_id = 0;
    enum status st = organisations_by_id(c, organisation_id, &o);

    a->last.organisation_id = organisation_id;
    a->last.body_id = a->last.comune_id = 0;
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    a->last.comune_id = o.comune_id;
    if (a->tells)
        st = tell(c, &o);
    if (st == ST_OK)
        st = links_manager(c, organisation_id, &manager_id);
    if (st != ST_OK || manager_id == 0)
        return st;
    st = organisations_by_id(c, manager_id, &manager);
    if (st == ST_OK)
        a->last.body_id = manager.body_id;
    return st == ST_NOT_FOUND ? ST_OK : st;
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
    enum status st = ST_OK;

    *out = (struct upkeep_answers){0};
    if (a->last.organisation_id != s->organisation_id)
        st = look_at(c, a, s->organisation_id);
    if (st != ST_OK) {
        a->last.organisation_id = 0;
        return st;
    }
    const int64_t comune_id = place_of(s) != 0 ? place_of(s) : a->last.comune_id;

    out->body_id = a->last.body_id;
    return comune_id != 0 ? district_of(c, a, comune_id, &out->district_id) : ST_OK;
}
