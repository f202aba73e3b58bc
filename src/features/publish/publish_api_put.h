/*
 * publish_api_put.h - writing HSDS 3.0 objects, member by member.
 *
 * Empty   what is not known is left out: HSDS takes null for no member's type.
 * Forms   an address that is no http(s) address, a mail address that is none, are left out rather
 * than given to programs that would stop at them; letters outside ASCII in an address are written
 *         as %XX.
 * Ids     what has no id of its own (a term of our taxonomies, an attribute) has one made of its
 * name (UUID version 8), the same on every portal and at each reading.
 */
#pragma once
#include "base/jwrite.h"
#include "core/bodies/organisations.h"
#include "features/catalogue/catalogue.h"
#include "features/needs/needs.h"
#include "features/catalogue/catalogue_terms.h"
#include "web/web.h"

enum { API_UPKEPT = 64 };

/* How the entries of a stretch of keys were found by calls, read when the first of them is written. */
struct api_upkept {
    bool is_read;
    int64_t first_id;
    int verified_on[API_UPKEPT];
    enum status st; /* of the reading: what was written is not to be believed unless ST_OK */
};

struct api_out {
    struct ctx *c;
    struct jwrite j;
    struct str origin; /* "https://portale.example.it" */
    const struct needs *needs;
    struct api_upkept upkept;
    bool without_upkept; /* each portal reckons its own: it does not go where an entry moves to */
};

struct api_out api_out_new(struct web *w);

void api_text(struct api_out *o, const char *key, struct str v);
void api_uuid(struct api_out *o, const char *key, struct str v);
void api_uri(struct api_out *o, const char *key, struct str v);
void api_email(struct api_out *o, const char *key, struct str v);
void api_day(struct api_out *o, const char *key, int day);
void api_instant(struct api_out *o, const char *key, int64_t at_ms);
void api_number(struct api_out *o, const char *key, double v);
/* The same text as an http(s) address that every program takes; empty when it is none. */
struct str api_clean_uri(struct arena *mem, struct str v);

/* ---- how it is kept ---- */

/* "fresh", "due", "to-reconfirm"; empty: it has no rhythm (an initiative of 2018-2020). */
struct str api_freshness(const struct service *s);
/* A call of the monthly sample found it right; DAY_NONE: never. */
int api_verified_on(struct api_out *o, const struct service *s);
/* 0..100 today; false: it has none. */
bool api_score(const struct api_out *o, const struct service *s, int *out);

/* ---- objects; key NULL: an item of a list ---- */

enum api_depth {
    API_MINIMAL, /* id, name, status, last change */
    API_LIST,    /* what stands once: as in lists */
    API_FULL     /* everything that belongs to it */
};

/* org: of the service, for API_FULL; NULL: only what the service knows of it. */
void api_put_service(struct api_out *o, const char *key, const struct service *s,
                     const struct organisation *org, enum api_depth depth);
/* services: with depth API_FULL, all of the organisation's; full_services: each in full. */
struct api_organisation {
    const struct organisation *organisation;
    const struct service *services;
    int n_services;
    bool has_full_services;
};
void api_put_organisation(struct api_out *o, const char *key, const struct api_organisation *v,
                          enum api_depth depth);
void api_put_location(struct api_out *o, const char *key, const struct location *l);
/* with_service: the service stands in it too (API_LIST). */
void api_put_at(struct api_out *o, const char *key, const struct service *s,
                const struct service_at *at, bool with_service, enum api_depth depth);

void api_put_schedules(struct api_out *o, const struct schedule *list, int n);
void api_put_languages(struct api_out *o, const struct language *list, int n);
void api_put_parts(struct api_out *o, const struct parts *p);
/* Inside an open list: one attribute of an object, with its term. */
void api_put_foreign(struct api_out *o, const struct attribute *a);

/* ---- our taxonomies ---- */

/* What is said of an entry and HSDS has no member for: codes of the taxonomy of marks. */
enum api_mark {
    MARK_DEMO,
    MARK_SECRET,
    MARK_TOWN_POINT,
    MARK_INITIATIVE,
    MARK_SUMMARY,
    MARK_ISEE,
    MARK_INTAKE,
    MARK_PLACES_FREE,
    MARK_STARTS,
    MARK_ENDS,
    MARK_APPLY_BY,
    MARK_CONFIRMED_HOW,
    MARK_CONFIRMED_BY,
    MARK_WAY,
    MARK_FEE,
    MARK_ACCESS,
    MARK_CLOSED,
    MARK_APPOINTMENT,
    MARK_FRESHNESS,
    MARK_VERIFIED,
    MARK_SCORE,
    MARK_COUNT
};

struct api_term {
    enum own_taxonomy taxonomy;
    struct str code, name, description;
    struct str parent; /* code of the group above; empty: none */
    bool is_group;     /* of needs: a group, not a need */
};

struct str api_term_id(struct arena *mem, const struct api_term *t);
struct str api_parent_id(struct arena *mem, const struct api_term *t); /* empty: it is on top */
void api_put_taxonomy(struct api_out *o, const char *key, enum own_taxonomy t);
void api_put_term(struct api_out *o, const char *key, const struct api_term *t);
/* Those that feeds brought. */
void api_put_foreign_taxonomy(struct api_out *o, const char *key, const struct taxonomy *t);
void api_put_foreign_term(struct api_out *o, const struct taxonomy_term *t);
/* All terms of ours, taxonomy by taxonomy, in the order of their tables. */
void api_terms(struct ctx *c, const struct needs *needs, struct api_term **out, int *n_out);

/* Inside an open list: an attribute of ours. owner: id of what it is said of; entity: "service". */
void api_put_ours(struct api_out *o, struct str owner, const char *entity, const struct api_term *t,
                  struct str value);
void api_put_mark(struct api_out *o, struct str owner, const char *entity, enum api_mark mark,
                  struct str value);
struct api_term api_mark_term(struct ctx *c, enum api_mark mark);
