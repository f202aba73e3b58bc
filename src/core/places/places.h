/*
 * places.h - areas of the territory and which area lies in which, by day.
 *
 * Why     many partitions stand side by side (a comune lies in a province, in the area of its
 *         managing body, in a district, in a project): not one tree. Bodies merge and comuni change
 *         body, so each membership has its days, its evidence and its source; what is not known is
 *         absent, never guessed.
 * Source  reference/ (each file names its own in reference/README.md); DOMAIN.md 4.3 for codes.
 * Codes   comune: ISTAT, 6 digits with leading zeros; province: its letters ("TO"); region: 2
 *         digits; district: its number ("21"); body_area: the body's code ("MB32"); project:
 *         "P17"; hamlet, asl, free: the administrator's own, lower case ("rivodora").
 * Days    day numbers (base/date.h), both ends included; DAY_NONE: not known, or still open.
 *         Where a function takes `on`, pass c->today unless an older day is asked for.
 * Slugs   unique within their kind and stable: comune "ivrea-to", district "21-cirie-lanzo",
 *         body_area "mb32-cis-cirie", province "torino", region "piemonte", others their code.
 * Words   "places.kind-<name>" for a kind, "places.evidence-<name>" for an evidence.
 * Memory  results live in c->mem.
 */
#pragma once
#include "base/date.h"
#include "base/status.h"
#include "base/str.h"
#include "store/ctx.h"
#include <stdbool.h>
#include <stdint.h>

enum area_kind {
    AREA_HAMLET = 1,      /* hamlet: part of a comune; may belong elsewhere than its comune */
    AREA_COMUNE,          /* comune */
    AREA_BODY_AREA,       /* body-area: what one managing body serves (ente gestore) */
    AREA_DISTRICT,        /* district: of social cohesion */
    AREA_HEALTH_DISTRICT, /* health-district */
    AREA_ASL,             /* asl: local health authority */
    AREA_PROJECT,         /* project: the area of one WE.CA.RE. project */
    AREA_PROVINCE,        /* province */
    AREA_REGION,          /* region */
    AREA_FREE,            /* free: a valley, a quarter, a building */
    AREA_KIND_COUNT
};

/* "comune", "body-area": for addresses, tables, JSON and message keys. NULL outside the list. */
const char *places_kind_name(enum area_kind kind);
/* 0 when there is no such kind. */
enum area_kind places_kind_of(struct str name);

struct area {
    int64_t area_id;
    enum area_kind kind;
    struct str code;
    struct str slug;
    struct str name;
    int64_t parent_id; /* hamlet: its comune; comune: its province; province: its region; else 0 */
    int from, to;      /* DAY_NONE: not known / still there */
    bool has_point;    /* of the town, WGS84 degrees; areas made of others have none */
    double lat, lon;
};

struct comune {
    struct area area;
    struct str istat;     /* "001125", the same as area.code */
    struct str belfiore;  /* "E379" */
    struct str prov;      /* "TO" */
    struct str prov_name; /* "Torino" */
    struct str prov_slug;
};

/* ---- one area ---- */
/* ST_NOT_FOUND: none of that kind. Areas that have ended are found too: see area.to. */
enum status places_area(struct ctx *c, int64_t area_id, struct area *out);
enum status places_area_by_code(struct ctx *c, enum area_kind kind, struct str code,
                                struct area *out);
enum status places_area_by_slug(struct ctx *c, enum area_kind kind, struct str slug,
                                struct area *out);
enum status places_comune(struct ctx *c, int64_t area_id, struct comune *out);
enum status places_comune_by_istat(struct ctx *c, struct str istat, struct comune *out);
enum status places_comune_by_belfiore(struct ctx *c, struct str belfiore, struct comune *out);
/* Also a slug from before ("trivero-bi" of a comune that merged) and one without its province
 * ("ivrea", when only one comune has it): compare out->area.slug with slug and redirect when
 * they differ. */
enum status places_comune_by_slug(struct ctx *c, struct str slug, struct comune *out);

/* ---- lists ---- */
/* Areas of a kind that stand on that day; districts by number, bodies by code, the rest by name. */
enum status places_areas(struct ctx *c, enum area_kind kind, int on, struct area **out, int *n_out);
/* Every comune of today by name; about 1,180. */
enum status places_comuni(struct ctx *c, struct comune **out, int *n_out);

/* ---- looking up by what people type ---- */
enum comune_match {
    MATCH_CODE = 1, /* ISTAT or Belfiore code */
    MATCH_CAP,      /* postal code, when an administrator has imported them */
    MATCH_EXACT,    /* the whole name, accents and case aside */
    MATCH_FORMER,   /* the whole name of a comune that is no more: hit.matched says it */
    MATCH_HAMLET,   /* the whole name of a hamlet: hit.matched says it */
    MATCH_PREFIX,   /* the name begins so */
    MATCH_WORD,     /* a word inside the name begins so */
    MATCH_TYPO      /* one to three letters away */
};

struct comune_hit {
    struct comune comune;
    enum comune_match match;
    struct str matched; /* the former name or the hamlet that was found; else empty */
};

/* Best first, at most limit; none is ST_OK with 0. Understands "Ivrea", "ivrea (TO)", "cuorgne",
 * "Samone, Torino", "10015" (when CAPs are loaded), "001125", "E379". When there are whole-name
 * or code hits only those are given: one hit is the answer, several are homonyms. A name no longer
 * in use comes first, but does not shut out names that begin so. */
enum status places_find_comuni(struct ctx *c, struct str typed, int limit, struct comune_hit **out,
                               int *n_out);
/* True when CAPs were imported: labels speak of CAP only then. */
enum status places_has_caps(struct ctx *c, bool *out);
/* CAPs of a comune, in order; 0 when none were imported. */
enum status places_caps(struct ctx *c, int64_t area_id, struct str **out, int *n_out);

struct near_comune {
    struct comune comune;
    int64_t distance_m; /* in linea d'aria, between the towns */
};
/* Nearest first, the comune itself left out. ST_NOT_FOUND when it has no coordinates. */
enum status places_near(struct ctx *c, int64_t area_id, int limit, struct near_comune **out,
                        int *n_out);
/* Great-circle distance in metres. */
int64_t places_distance_m(double lat_a, double lon_a, double lat_b, double lon_b);

/* ---- memberships ---- */
struct membership {
    struct area area;    /* what lies in it */
    struct area in;      /* what it lies in */
    int from, to;        /* DAY_NONE: not known / still so */
    struct str as_of;    /* what the source speaks of: "2018", "2020-01"; may be empty */
    struct str evidence; /* list, list-partial, table, seat, district, project, merger, code, import */
    struct str source;   /* where it was read: an address or the name of a document */
    int n_steps;         /* 1: said of the area itself; more: through areas it lies in */
};

/* What an area lies in on a day, itself left out: its own memberships, those of what it lies in,
 * and of its parent for kinds not said before. At most one per kind unless sources say several
 * (a comune cut in four districts). In the order hamlet's comune, body, district, project,
 * health, province, region, free. */
enum status places_containers(struct ctx *c, int64_t area_id, int on, struct membership **out,
                              int *n_out);
/* The first of a kind among the containers; ST_NOT_FOUND when it is not known. */
enum status places_container(struct ctx *c, int64_t area_id, enum area_kind kind, int on,
                             struct membership *out);
/* Every membership an area itself ever had, newest first, ended ones too. */
enum status places_history(struct ctx *c, int64_t area_id, struct membership **out, int *n_out);
/* Areas of a kind inside an area on a day, directly or through others, by name (a district's
 * comuni, a region's districts). */
enum status places_members(struct ctx *c, int64_t area_id, enum area_kind kind, int on,
                           struct membership **out, int *n_out);
/* Comuni inside an area on a day, with codes, by name. */
enum status places_comuni_in(struct ctx *c, int64_t area_id, int on, struct comune **out,
                             int *n_out);
/* How many they are, without reading them. */
enum status places_count_comuni_in(struct ctx *c, int64_t area_id, int on, int *out_n);

/* Numbers that differ when an area or a membership has come, gone or changed: for what is kept in
 * memory. Compare bytes. */
struct places_state {
    int64_t n_memberships, of_memberships, n_areas, of_areas;
};
enum status places_state(struct ctx *c, struct places_state *out);

/* ---- writing: reference data, imports, administrators ---- */
struct area_put {
    enum area_kind kind;
    struct str code, name;
    struct str slug;   /* empty: made from code and name as the head of this file says */
    int64_t parent_id; /* 0: none */
    int from, to;
    bool has_point;
    double lat, lon;
};
enum put_change { PUT_SAME, PUT_ADDED, PUT_CHANGED, PUT_LEFT };

/* New, or brought up to what is given, found again by kind and code. */
enum status places_put_area(struct ctx *c, const struct area_put *a, int64_t *out_area_id,
                            enum put_change *out_change);

struct membership_put {
    int64_t area_id, in_id;
    int from, to;
    struct str as_of, evidence, source;
    bool is_import; /* the administrator's word: it replaces the reference's for that area and kind */
};
/* Reference rows give way: PUT_LEFT when an import has spoken about that area and that kind. */
enum status places_put_membership(struct ctx *c, const struct membership_put *m,
                                  enum put_change *out_change);
/* Takes one membership away. */
enum status places_drop_membership(struct ctx *c, int64_t area_id, int64_t in_id, int from);
/* Before the reference tables are loaded again: their rows go, those of codes and imports stay. */
enum status places_drop_reference_memberships(struct ctx *c);

struct imported_membership {
    int64_t area_id, in_id;
    int from, to;
    struct str code, name, in_code, in_name;
};
/* What administrators have imported into areas of one kind, to show what a new file changes. */
enum status places_imported_memberships(struct ctx *c, enum area_kind in_kind,
                                        struct imported_membership **out, int *n_out);
