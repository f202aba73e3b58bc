/*
 * regulations.h - what each managing body asks a person to pay, and what it gives: in one language.
 *
 * Why     neighbouring districts ask different people for different sums for the same hour of help, and nobody can
 *         lay two regulations side by side. Here each is a text of rules.h (level "locale"), written by a form or by
 *         hand behind the body's key, with its history.
 * Amount  every text has one amount by name: "quota" what a person pays, "contributo" what a person gets,
 *         each ora, giorno, pasto or mese. Facts: an ISEE of the list, volte_mese (hours, days or meals in a month), who
 *         lives together.
 * Invented  is_invented: a set made up to show the portal; page, print and export say so. A body that writes its own
 *         takes the place of it.
 * Dated   of a body and kind several may stand beside each other: those in force on a day are asked for.
 * Whose   who holds a public body's key to keep, or a managing body's key to approve.
 * Memory  results live in c->mem. (write): needs a write transaction.
 */
#pragma once
#include "base/date.h"
#include "features/rules/rules.h"
#include "store/ctx.h"

enum regulation_kind {
    REGULATION_SUPPORT = 1, /* economic-support: money to households in need */
    REGULATION_HOME_CARE,   /* home-care */
    REGULATION_DAY_CENTRE,  /* day-centre */
    REGULATION_SCHOOL,      /* school: canteen and transport */
    REGULATION_CARE_HOME,   /* care-home */
    REGULATION_CARE_PLAN,   /* care-plan: what a body puts in a plan of care, by the points of a need */
    REGULATION_KIND_COUNT
};
const char *regulations_kind_name(enum regulation_kind kind); /* "home-care" */
enum regulation_kind regulations_kind_of(struct str name);    /* 0: none */
struct str regulations_kind_words(struct ctx *c, enum regulation_kind kind);
/* People get something; of the other kinds they pay. */
bool regulations_gives(enum regulation_kind kind);
/* "contributo" of what people get, "quota" of what they pay. */
struct str regulations_amount_of(enum regulation_kind kind);

struct regulation {
    int64_t regulation_id, organisation_id;
    struct str slug, title;       /* the address is /regolamenti/SLUG */
    struct str text;              /* in the language of rules */
    enum regulation_kind kind;
    int from, to;                 /* day numbers, both included; DAY_NONE: open */
    int version;                  /* 1, 2, ...: the one in force */
    bool is_invented;
    int64_t changed_at;           /* UTC milliseconds */
    struct str body, body_slug;   /* its organisation, by its name today */
    struct str body_code;         /* "MB33"; empty: not a managing body */
    struct str district, district_code; /* "Chivasso – San Mauro T.se", "22"; empty: not known */
};

struct regulations_find {
    enum regulation_kind kind; /* 0: any */
    int64_t organisation_id;   /* 0: any */
    int on;                    /* in force on that day; DAY_NONE: any */
};
/* By district, body, title. */
enum status regulations_list(struct ctx *c, const struct regulations_find *f, struct regulation **out, int *n_out);
/* ST_NOT_FOUND: none, or taken back before it was ever in force. */
enum status regulations_by_slug(struct ctx *c, struct str slug, struct regulation *out);

/* The list of facts: the shelf's. */
const struct rules_facts *regulations_facts(struct ctx *c);
/* Its text read with those facts. What was saved parses; a text of an older language may not: ST_INVALID. */
enum status regulations_parse(struct ctx *c, const struct regulation *r, const struct rules **out,
                              struct rules_error *error);

/* ---- what a text asks along the ISEE ---- */

struct regulations_point {
    int64_t isee_cents, cents;
    bool is_known; /* false: a fact of the household is missing */
    bool is_no;    /* the text says no: cents is 0 */
};
struct regulations_curve {
    int isee;                         /* the ISEE that the text looks at, by place in the list of facts; -1: none */
    struct regulations_point *points; /* at even steps, and on both sides of each jump, by ISEE */
    int n_points;
    struct rules_jump *jumps;         /* of 2 cents or more */
    int n_jumps;
    bool has_free;                    /* somebody pays nothing (support: somebody gets something) */
    int64_t free_cents;               /* up to which ISEE, included */
    int64_t most_cents;               /* the largest amount */
    bool has_full;                    /* somebody pays the largest amount, from an ISEE on */
    int64_t full_cents;               /* from which ISEE; of support: nothing is said */
};
/* h: all facts but that ISEE. to_cents: the last ISEE asked. ST_INVALID: a number grew too large, with words. */
enum status regulations_curve(struct ctx *c, const struct rules *r, enum regulation_kind kind, const struct rules_household *h,
                              int64_t to_cents, struct regulations_curve *out);
/* The household that regulations are compared with when nobody says more: one person of 80 who cannot manage alone,
 * for school one parent and two children of 7 and 10; twenty hours, days or meals a month. */
struct rules_household *regulations_usual(struct ctx *c, enum regulation_kind kind);
