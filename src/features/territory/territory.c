/* territory.c - puts together what places, bodies and programme know; no SQL of its own. */
#include "territory.h"
#include "core/places/places_map.h"
#include <stdlib.h>

static enum status add_near(struct ctx *c, struct territory_comune *t)
{
    struct area *borders;
    struct near_comune *near;
    int n_borders = 0, n_near = 0;
    enum status st = places_borders(c, t->comune.area.area_id, &borders, &n_borders);

    if (st != ST_OK)
        return st;
    t->has_borders = n_borders > 0;
    if (n_borders == 0) {
        st = places_near(c, t->comune.area.area_id, TERRITORY_N_NEAR, &near, &n_near);
        if (st == ST_NOT_FOUND)
            return ST_OK;
        if (st != ST_OK)
            return st;
    }
    t->n_near = n_borders + n_near;
    t->near = ARENA_ARRAY(c->mem, struct territory_near, (size_t)t->n_near);
    for (int i = 0; i < n_borders; i++) {
        t->near[i].area = borders[i];
        if (borders[i].has_point && t->comune.area.has_point)
            t->near[i].distance_m = places_distance_m(t->comune.area.lat, t->comune.area.lon,
                                                      borders[i].lat, borders[i].lon);
    }
    for (int i = 0; i < n_near; i++)
        t->near[i] = (struct territory_near){near[i].comune.area, near[i].distance_m};
    return ST_OK;
}

/* The project of the body that answers, else of the district, else of a membership of its own. */
static enum status find_project(struct ctx *c, struct territory_comune *t)
{
    struct membership m;
    int64_t no = 0;
    enum status st = ST_NOT_FOUND;

    if (t->answer.is_known)
        st = programme_project_of_body(c, t->answer.body.code, &t->project);
    if (st == ST_NOT_FOUND && t->has_district && str_to_int(t->district.in.code, &no))
        st = programme_project_of_district(c, no, &t->project);
    if (st == ST_NOT_FOUND) {
        st = places_container(c, t->comune.area.area_id, AREA_PROJECT, c->today, &m);
        if (st == ST_OK)
            st = programme_project_by_code(c, m.in.code, &t->project);
    }
    t->has_project = st == ST_OK;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status territory_comune(struct ctx *c, const struct comune *comune,
                             struct territory_comune *out)
{
    const int64_t id = comune->area.area_id;

    *out = (struct territory_comune){.comune = *comune};
    enum status st = bodies_for_area(c, id, c->today, &out->answer);

    if (st == ST_OK && !out->answer.is_known)
        st = bodies_near(c, id, TERRITORY_N_DESKS, &out->desks, &out->n_desks);
    if (st == ST_NOT_FOUND) /* no coordinates: no desk is near */
        st = ST_OK;
    if (st == ST_OK) {
        st = places_container(c, id, AREA_DISTRICT, c->today, &out->district);
        out->has_district = st == ST_OK;
        st = st == ST_NOT_FOUND ? ST_OK : st;
    }
    if (st == ST_OK)
        st = find_project(c, out);
    if (st == ST_OK)
        st = places_history(c, id, &out->history, &out->n_history);
    if (st == ST_OK)
        st = places_caps(c, id, &out->caps, &out->n_caps);
    return st == ST_OK ? add_near(c, out) : st;
}

static enum status add_project(struct ctx *c, struct territory_district *t)
{
    int64_t no = 0;
    enum status st = ST_NOT_FOUND;

    if (str_to_int(t->area.code, &no))
        st = programme_project_of_district(c, no, &t->project);
    t->has_project = st == ST_OK;
    if (t->has_project && t->project.n_districts == 1)
        t->population = t->project.population;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static void add_bodies(struct territory_district *t, struct body *bodies, int n)
{
    t->bodies = bodies;
    t->n_bodies = n;
    t->is_complete = n > 0;
    for (int i = 0; i < n; i++)
        t->is_complete = t->is_complete && bodies[i].is_complete;
}

enum status territory_district(struct ctx *c, const struct area *district,
                               struct territory_district *out)
{
    struct body *bodies;
    int n = 0;

    *out = (struct territory_district){.area = *district};
    enum status st = add_project(c, out);

    if (st == ST_OK)
        st = bodies_of_district(c, district->area_id, &bodies, &n);
    if (st == ST_OK)
        st = places_comuni_in(c, district->area_id, c->today, &out->comuni, &out->n_comuni);
    if (st == ST_OK)
        add_bodies(out, bodies, n);
    return st;
}

/* The bodies are read once and dealt out: they come by district. */
enum status territory_districts(struct ctx *c, struct territory_district **out, int *n_out)
{
    struct area *areas;
    struct body *bodies;
    struct programme_project *projects;
    int n_bodies = 0, n_projects = 0;
    enum status st = places_areas(c, AREA_DISTRICT, c->today, &areas, n_out);

    if (st == ST_OK)
        st = bodies_list(c, false, &bodies, &n_bodies);
    if (st == ST_OK)
        st = programme_projects(c, &(struct programme_filter){.district_no = 0}, &projects,
                                &n_projects);
    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct territory_district, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        struct territory_district *t = &(*out)[i];
        struct body *own = ARENA_ARRAY(c->mem, struct body, (size_t)n_bodies);
        int n = 0;

        t->area = areas[i];
        for (int k = 0; k < n_bodies; k++)
            if (bodies[k].district.area_id == areas[i].area_id) {
                t->n_comuni += bodies[k].n_comuni;
                own[n++] = bodies[k];
            }
        add_bodies(t, own, n);
        for (int k = 0; k < n_projects && !t->has_project; k++)
            if (programme_covers(&projects[k], areas[i].code)) {
                t->has_project = true;
                t->project = projects[k];
                t->population = projects[k].n_districts == 1 ? projects[k].population : 0;
            }
    }
    return ST_OK;
}

enum status territory_body(struct ctx *c, const struct body *body, struct territory_body *out)
{
    *out = (struct territory_body){.body = *body};
    enum status st = places_comuni_in(c, body->area_id, c->today, &out->comuni, &out->n_comuni);

    if (st == ST_OK)
        st = bodies_absorbed_by(c, body->body_id, &out->absorbed, &out->n_absorbed);
    if (st == ST_OK) {
        st = programme_project_of_body(c, body->code, &out->project);
        out->has_project = st == ST_OK;
        st = st == ST_NOT_FOUND ? ST_OK : st;
    }
    return st == ST_OK ? programme_initiatives_of_body(c, body->code, &out->initiatives,
                                                       &out->n_initiatives)
                       : st;
}

static int by_area_id(const void *a, const void *b)
{
    const struct territory_row *const *left = a, *const *right = b;
    const int64_t x = (*left)->comune.area.area_id, y = (*right)->comune.area.area_id;

    return (x > y) - (x < y);
}

static struct territory_row *row_of(struct territory_row **by_id, int n, int64_t area_id)
{
    struct territory_row wanted = {.comune.area.area_id = area_id}, *p = &wanted;
    struct territory_row **found = bsearch(&p, by_id, (size_t)n, sizeof *by_id, by_area_id);

    return found == NULL ? NULL : *found;
}

/* Area by area, not comune by comune: about eighty questions instead of thousands. */
static enum status deal_bodies(struct ctx *c, struct territory_row **by_id, int n)
{
    struct body *bodies;
    int n_bodies = 0;
    enum status st = bodies_list(c, false, &bodies, &n_bodies);

    for (int i = 0; st == ST_OK && i < n_bodies; i++) {
        struct membership *members;
        int n_members = 0;

        st = places_members(c, bodies[i].area_id, AREA_COMUNE, c->today, &members, &n_members);
        for (int k = 0; st == ST_OK && k < n_members; k++) {
            struct territory_row *row = row_of(by_id, n, members[k].area.area_id);

            if (row != NULL && row->body.body_id == 0) {
                row->body = bodies[i];
                row->by_body = members[k];
            }
        }
    }
    return st;
}

static enum status deal_districts(struct ctx *c, struct territory_row **by_id, int n)
{
    struct area *districts;
    int n_districts = 0;
    enum status st = places_areas(c, AREA_DISTRICT, c->today, &districts, &n_districts);

    for (int i = 0; st == ST_OK && i < n_districts; i++) {
        struct membership *members;
        int n_members = 0;

        st = places_members(c, districts[i].area_id, AREA_COMUNE, c->today, &members, &n_members);
        for (int k = 0; st == ST_OK && k < n_members; k++) {
            struct territory_row *row = row_of(by_id, n, members[k].area.area_id);

            if (row != NULL && row->district.area_id == 0)
                row->district = districts[i];
        }
    }
    return st;
}

enum status territory_rows(struct ctx *c, struct territory_row **out, int *n_out)
{
    struct comune *comuni;
    enum status st = places_comuni(c, &comuni, n_out);

    if (st != ST_OK)
        return st;
    struct territory_row *rows = ARENA_ARRAY(c->mem, struct territory_row, (size_t)*n_out);
    struct territory_row **by_id = ARENA_ARRAY(c->mem, struct territory_row *, (size_t)*n_out);

    for (int i = 0; i < *n_out; i++) {
        rows[i].comune = comuni[i];
        by_id[i] = &rows[i];
    }
    qsort(by_id, (size_t)*n_out, sizeof *by_id, by_area_id);
    *out = rows;
    st = deal_bodies(c, by_id, *n_out);
    return st == ST_OK ? deal_districts(c, by_id, *n_out) : st;
}
