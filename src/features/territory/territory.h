/*
 * territory.h - the territory as people ask about it: who answers where I live, what a district
 *               or a body covers, and how sure we are.
 *
 * Why     one answer with two faces: the page and its JSON come from the same call.
 * Truth   what is not known is said, never guessed: a comune whose managing body is not known gets
 *         the nearest known desks, marked as such; a list of comuni says whether it is whole.
 * Memory  results live in c->mem.
 */
#pragma once
#include "core/bodies/bodies.h"
#include "core/places/places.h"
#include "features/programme/programme.h"

enum { TERRITORY_N_DESKS = 3, TERRITORY_N_NEAR = 8 };

struct territory_comune {
    struct comune comune;
    struct body_answer answer; /* who answers for it */
    struct near_body *desks;   /* when not known: the nearest desks, who may not answer for it */
    int n_desks;
    bool has_district, has_project;
    struct membership district;
    struct programme_project project;
    struct membership *history; /* every membership it ever had, newest first */
    int n_history;
    bool has_borders; /* near holds the comuni on its border, else the nearest towns */
    struct territory_near *near;
    int n_near;
    struct str *caps;
    int n_caps;
};

struct territory_near {
    struct area area;
    int64_t distance_m; /* between the towns, in linea d'aria; 0: not known */
};

struct territory_district {
    struct area area;
    int64_t
        population; /* of its project, where the project is this district alone; 0: not stated */
    bool has_project;
    struct programme_project project;
    struct body *bodies;
    int n_bodies;
    struct comune *comuni; /* known ones; filled by territory_district only */
    int n_comuni;
    bool is_complete; /* every body's list of comuni is whole */
};

struct territory_body {
    struct body body;
    struct comune *comuni; /* known ones */
    int n_comuni;
    struct body *absorbed; /* bodies that were merged into it */
    int n_absorbed;
    bool has_project;
    struct programme_project project;
    struct programme_initiative *initiatives;
    int n_initiatives;
};

/* One row per comune of today: the table of everything we know. */
struct territory_row {
    struct comune comune;
    struct body body;          /* body_id 0: not known */
    struct membership by_body; /* evidence and source of the body */
    struct area district;      /* area_id 0: not known */
};

enum status territory_comune(struct ctx *c, const struct comune *comune,
                             struct territory_comune *out);
/* The 30 districts by number, with their bodies; comuni are counted, not listed. */
enum status territory_districts(struct ctx *c, struct territory_district **out, int *n_out);
enum status territory_district(struct ctx *c, const struct area *district,
                               struct territory_district *out);
enum status territory_body(struct ctx *c, const struct body *body, struct territory_body *out);
enum status territory_rows(struct ctx *c, struct territory_row **out, int *n_out);
