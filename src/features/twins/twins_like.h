/*
 * twins_like.h - do two descriptions look like one thing? A score with its reasons, for a person to judge.
 *
 * Why     a service written by its body, by the consorzio and by an old list stands three times in the
 *         results; whoever seeks help calls three numbers. Nobody but a person may say that two are one, so
 *         the score only decides who is asked.
 * How     the name decides first: words that say a kind ("sportello", "centro") count little, a slip of one
 *         letter is forgiven; then telephone, street, comune, mail, site, name of the organisation.
 *         Names that share too little are never one, whatever else is the same: a house with one
 *         telephone gives many things.
 * Scale   0..100; TWINS_ASK and above is shown to the bodies.
 * Pure    no database, no clock; memory in the arena given.
 */
#pragma once
#include "base/str.h"
#include <stdint.h>

enum { TWINS_ASK = 60 };

/* Reasons: bits, in the order they are said. Words "twins.why-<name>". */
enum {
    TWINS_WHY_TAX_ID = 1,
    TWINS_WHY_NAME = 2,
    TWINS_WHY_LIKE_NAME = 4,
    TWINS_WHY_PHONE = 8,
    TWINS_WHY_STREET = 16,
    TWINS_WHY_COMUNE = 32,
    TWINS_WHY_EMAIL = 64,
    TWINS_WHY_SITE = 128,
    TWINS_WHY_ORGANISATION = 256
};
enum { TWINS_N_WHY = 9 };
const char *twins_why_name(int bit); /* "name", "phone", ... */

/* What is looked at. Empty texts and 0 are not known, and say nothing. */
struct twins_face {
    struct str name;
    struct str organisation; /* whose it is; empty for an organisation itself */
    struct str tax_id;       /* of an organisation */
    struct str email, site;
    struct str comune_name;  /* its words in the name say nothing */
    int64_t comune_id;
    const struct str *phones;
    int n_phones;
    const struct str *streets; /* "Via Giulio Cesare, 12" */
    int n_streets;
};

struct twins_likeness {
    int score;
    int why; /* TWINS_WHY_... */
};
struct twins_likeness twins_compare(struct arena *mem, const struct twins_face *a, const struct twins_face *b);

/* How alike two names are, 0..100. */
int twins_name_share(struct arena *mem, struct str a, struct str b, struct str comune);

/* What two faces must share to be compared at all: numbers that are equal when they may be twins. At most
 * TWINS_KEYS of them, none twice. */
enum { TWINS_KEYS = 24 };
int twins_keys(struct arena *mem, const struct twins_face *f, int64_t out[TWINS_KEYS]);
