/*
 * organisations.h - every organisation of the territory: one row each, the 49 managing bodies too.
 *
 * Why     services belong to somebody: a consorzio, a parish, a school, a company. One list, so
 * that a feed of one and the desk of another speak of the same organisation. HSDS    organization;
 * English spelling here, HSDS names in JSON. Ids     uuid for the outside (the feed's own is kept),
 * slug for pages: "name-xxxxxx", or the slug of the managing body; the last six letters find it
 * again when the name has changed. Source  `source` says where the row comes from (`reference` for
 * the managing bodies, `demo`, `hsds:...`, `csv:...`, `desk`); source_id is unique within it: the
 * same again updates. Memory  results live in c->mem. Functions marked (write) need a write
 * transaction.
 */
#pragma once
#include "core/bodies/bodies.h"
#include "core/bodies/parts.h"
#include "core/places/places.h"

enum organisation_kind {
    /* The first are the kinds of managing bodies, with the same names and numbers. */
    ORGANISATION_CONSORTIUM = BODY_CONSORTIUM,
    ORGANISATION_HEALTH_AUTHORITY = BODY_HEALTH_AUTHORITY,
    ORGANISATION_ASSOCIATION = BODY_ASSOCIATION, /* of comuni */
    ORGANISATION_MUNICIPALITY = BODY_MUNICIPALITY,
    ORGANISATION_UNION = BODY_UNION,
    ORGANISATION_CONVENTION = BODY_CONVENTION,
    ORGANISATION_THIRD_SECTOR = BODY_KIND_COUNT, /* third-sector: ETS, cooperative, volunteers */
    ORGANISATION_SCHOOL,                         /* school */
    ORGANISATION_HEALTH,                         /* health: hospital, pharmacy, clinic */
    ORGANISATION_PARISH,                         /* parish: parish, church, Caritas */
    ORGANISATION_COMPANY,                        /* company */
    ORGANISATION_PUBLIC,                         /* public: any other public body */
    ORGANISATION_GROUP,                          /* group: neighbours, self help, informal */
    ORGANISATION_OTHER,                          /* other: the source does not say */
    ORGANISATION_KIND_COUNT
};
const char *organisations_kind_name(enum organisation_kind kind);
struct str organisations_kind_words(struct ctx *c, enum organisation_kind kind); /* for people */
enum organisation_kind organisations_kind_of(struct str name);                   /* 0: none */

enum organisation_state {
    ORGANISATION_SHOWN,
    ORGANISATION_HIDDEN, /* by who keeps the portal: an import does not bring it back */
    ORGANISATION_GONE    /* its source no longer has it */
};

struct organisation {
    int64_t organisation_id;
    struct str uuid, slug, name, alternate_name;
    enum organisation_kind kind;
    struct str description, email, website;
    struct str phone; /* the first of parts.phones; not written */
    int64_t body_id;  /* the managing body it is; 0: none */
    struct str body_code, body_slug;
    int64_t comune_id; /* area_id of the comune of its seat; 0: not known */
    struct str comune_name, comune_slug;
    struct str tax_id, tax_status, legal_status, logo, uri, parent_uuid;
    int year_incorporated; /* 0: not known */
    struct parts parts;
    struct str source, source_id;
    bool is_demo;
    enum organisation_state state;
    int64_t changed_at; /* UTC milliseconds */
};

/* ST_NOT_FOUND: none; those hidden are none, those gone are found (see state). */
enum status organisations_by_id(struct ctx *c, int64_t organisation_id, struct organisation *out);
enum status organisations_by_uuid(struct ctx *c, struct str uuid, struct organisation *out);
/* Compare out->slug with slug and redirect when they differ: the slug of one that was joined to
 * another gives the other, and so does its uuid. */
enum status organisations_by_slug(struct ctx *c, struct str slug, struct organisation *out);
enum status organisations_of_body(struct ctx *c, int64_t body_id, struct organisation *out);

/* Shown ones after organisation_id `after` (0: from the first), in order of id, at most limit:
 * pages of an export in little memory. changed_from: changed at that instant or later; 0: all. */
struct organisation_page {
    int64_t after, changed_from;
    int limit;
};
enum status organisations_page(struct ctx *c, const struct organisation_page *p,
                               struct organisation **out, int *n_out);
/* Those that can be shown on a page number of the API: how many there are in all. */
enum status organisations_count(struct ctx *c, int64_t changed_from, int64_t *out);

/* ---- whom an administrator means ---- */
enum { ORGANISATIONS_NEAREST = 5 };
struct organisations_whom {
    bool is_found;
    struct organisation found;
    /* Else the nearest names; the first with distance 0: several are called so. */
    struct organisation list[ORGANISATIONS_NEAREST];
    int distance[ORGANISATIONS_NEAREST];
    int n;
};
/* By uuid, code of a managing body, slug or name. ST_OK also when none is meant. */
enum status organisations_whom(struct ctx *c, struct str typed, struct organisations_whom *out);

/* ---- writing ---- */
/* New, or brought up to what is given: found again by (source, source_id), then by uuid; an empty
 * uuid and slug are made here. PUT_LEFT: another source owns that uuid, or the keeper has hidden
 * it. organisation_id and changed_at of *o are not read, nor slug and state unless it is a managing
 * body (body_id): *out_id has the key. (write) */
enum status organisations_put(struct ctx *c, const struct organisation *o, int64_t *out_id,
                              enum put_change *out_change);
/* Key by what a source calls it, for the rows that point at it. ST_NOT_FOUND: none. */
enum status organisations_find_source(struct ctx *c, struct str source, struct str source_id,
                                      int64_t *out_id);
/* Keys of the shown ones of a source, in order: to find those it no longer has. */
enum status organisations_of_source(struct ctx *c, struct str source, int64_t **out_ids,
                                    int *n_out);
enum status organisations_set_state(struct ctx *c, int64_t organisation_id,
                                    enum organisation_state state); /* (write) */

/* ---- two that are one ---- */
/* A merger of organisations, or one that stood there twice. What was joined is gone and leads to
 * what is kept: its slug and uuid give that, and a source that brings it again brings that
 * (organisations_put: PUT_LEFT with the key of the one kept). Rows that point at it are their
 * owners' to move; whoever keeps a key for long asks organisations_kept when it is used. */

/* The one it leads to after however many mergers; itself when it was never joined. */
enum status organisations_kept(struct ctx *c, int64_t organisation_id, int64_t *out_id);
/* Those joined to it directly, the latest first. */
enum status organisations_joined_to(struct ctx *c, int64_t kept_id, int64_t **out_ids, int *n_out);
/* (write) ST_CONFLICT with words: the same, a circle, joined already, a managing body (its comuni
 * must go on under another: `wecare import memberships`), or kept_id is no longer there. */
enum status organisations_join(struct ctx *c, int64_t merged_id, int64_t kept_id);
/* (write) Stands for itself again, shown. ST_NOT_FOUND: it was not joined. */
enum status organisations_part(struct ctx *c, int64_t merged_id);
