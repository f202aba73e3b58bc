/* places_testing.h - for tests: the territory of the reference tables in a fresh database. */
#pragma once
#include "core/places/places.h"
#include "store/store_testing.h"
#include "web/feature.h"

struct territory_test {
    struct arena *mem; /* of store */
    struct store_testing store;
    char folder[64]; /* of files a test writes; empty until the first; goes with the test */
};

/* Schema of places; with_reference: and the reference areas. */
void territory_test_open(struct territory_test *t, bool with_reference);
/* The same with the steps and the reference of slices above places: loaded once per test program and
 * copied (template_testing.h), so one program has one kind of them. */
void territory_test_open_filled(struct territory_test *t, const struct migration *list, int n,
                                enum status (*load)(struct ctx *c, void *arg));
void territory_test_close(struct territory_test *t);
/* Runs a job in one write transaction as the keeper on a day (ISO); undone unless it gives ST_OK. */
enum status territory_test_run(struct territory_test *t, const char *today,
                               enum status (*job)(struct ctx *c, void *arg), void *arg);

/* One run of an importer on a file, as the command line does it. */
struct import_test {
    struct import_run run;
    struct problems problems;
    enum status st; /* what the importer gave */
    struct str said;
};
struct import_test territory_test_import(struct territory_test *t, const struct feature *f,
                                         const char *kind, const char *file, bool is_dry_run);
/* True when a problem with that key was noted; row -1: any row. */
bool import_test_has(const struct import_test *i, const char *key, int64_t row);
/* A file of that name with these bytes; it goes with the test. */
const char *territory_test_file(struct territory_test *t, const char *name, struct str bytes);
/* ../shared/data/NAME, or NULL when this tree stands alone (TEST_SHARED names another place). */
const char *territory_test_shared(struct territory_test *t, const char *name);
