/*
 * bodies.h - the organisations that act on the territory; to begin with the 49 managing bodies of
 *            social services (enti gestori).
 *
 * Why     whoever needs help must learn which desk answers for the place where they live, or
 *         plainly that this portal does not know it.
 * Source  reference/territory/bodies.csv, made from the table of the 2020 survey and from the pages
 *         named row by row. Bodies merge: one that was absorbed has its last day and its successor.
 * Codes   "MB01".."MB49" those of the table; later bodies get codes of their own.
 * Words   "bodies.kind-<name>" for a kind.
 * Days    day numbers, both ends included; DAY_NONE: not known, or still there.
 * Memory  results live in c->mem.
 */
#pragma once
#include "core/places/places.h"

enum body_kind {
    BODY_CONSORTIUM = 1,   /* consortium: consorzio */
    BODY_HEALTH_AUTHORITY, /* health-authority: azienda sanitaria, by delegation */
    BODY_ASSOCIATION,      /* association: associazione di comuni */
    BODY_MUNICIPALITY,     /* municipality: the comune itself */
    BODY_UNION,            /* union: unione di comuni, unione montana */
    BODY_CONVENTION,       /* convention: comuni in convenzione */
    BODY_KIND_COUNT
};
const char *bodies_kind_name(enum body_kind kind);
enum body_kind bodies_kind_of(struct str name); /* 0: none */

struct body {
    int64_t body_id;
    struct str code, slug, name; /* slug "mb32-cis-cirie", the same as its area's */
    enum body_kind kind;
    int64_t area_id;        /* the area it serves (AREA_BODY_AREA): its comuni are its members */
    bool has_seat;          /* the comune of its seat is known */
    struct comune seat;
    struct area district;   /* area_id 0: not known */
    bool is_lead;           /* leads its project */
    int n_comuni;           /* known today */
    bool is_complete;       /* the list of its comuni is the whole list */
    struct str note;        /* facts about its list, in English as in the source; may be empty */
    int from, to;           /* to: its last day, when it was absorbed */
    struct str successor_code, successor_slug, successor_name; /* empty: none */
};

/* By district and code. include_ended: also those that were absorbed. */
enum status bodies_list(struct ctx *c, bool include_ended, struct body **out, int *n_out);
enum status bodies_by_code(struct ctx *c, struct str code, struct body *out);
/* Compare out->slug with slug and redirect when they differ: "mb32" alone is enough. */
enum status bodies_by_slug(struct ctx *c, struct str slug, struct body *out);
/* Bodies that an ended one was absorbed into this: "its comuni come from". */
enum status bodies_absorbed_by(struct ctx *c, int64_t body_id, struct body **out, int *n_out);
/* Bodies of a district today. */
enum status bodies_of_district(struct ctx *c, int64_t district_area_id, struct body **out,
                               int *n_out);

struct body_answer {
    bool is_known;
    struct body body;             /* when known */
    struct membership membership; /* when known: evidence, as_of, source, days */
};
/* Who answers for a comune or a hamlet on a day. Not known: is_known false and ST_OK. */
enum status bodies_for_area(struct ctx *c, int64_t area_id, int on, struct body_answer *out);

struct near_body {
    struct body body;
    int64_t distance_m; /* in linea d'aria, from the town to the comune of the body's seat */
};
/* Nearest known desks, for a comune whose body is not known: it is not known whether they answer
 * for it, and the page must say so. Nearest first; bodies that have ended are left out. */
enum status bodies_near(struct ctx *c, int64_t area_id, int limit, struct near_body **out,
                        int *n_out);
