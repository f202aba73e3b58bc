/*
 * finder_sheet_testing.h - for tests only: a handful of services, each with something the sheets must
 * say.
 *
 * All are invented; telephones are of the fictional form 0NNN 555 01NN. Slugs are made by the
 * catalogue: ask with finder_sheet_testing_slug.
 */
#pragma once
#include "store/ctx.h"

/* A job for harness_write: writes them all through catalogue_write.h. */
enum status finder_sheet_testing_write(struct ctx *c, void *arg);

/* Names as written. */
#define FOOD "Emporio solidale La Dispensa"    /* Ivrea: everything is told; for its district */
#define REFUGE "Casa protetta Aurora"          /* secret place in Torino */
#define BARE "Sportello senza notizie"         /* neither hours nor telephone nor confirmation */
#define NIGHT "Dormitorio di strada del Porto" /* open 20-8, past midnight, by phone too */
#define NEAR_FOOD "Pacco alimentare di Cuneo"  /* the same need, for Cuneo alone */
#define GONE "Mensa che ha chiuso"
/* What must stand in no output. */
#define SECRET_STREET "Vicolo del Canarino Nascosto"

/* arg: struct finder_sheet_testing_find; the slug of a service by its name. */
struct finder_sheet_testing_find {
    const char *name;
    struct str slug; /* in the arena given */
    struct arena *mem;
};
enum status finder_sheet_testing_slug(struct ctx *c, void *arg);
