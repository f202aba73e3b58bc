/*
 * feeds_testing.h - for the tests of feeds: examples, and imports as the command line does them.
 */
#pragma once
#include "tests/support/harness.h"
#include "web/feature.h"

/* A file of src/features/feeds/cases; one that cannot be read ends the test program. */
struct str feeds_testing_cases(struct arena *mem, const char *file);
/* ../shared/data/NAME, or NULL when this tree stands alone (TEST_SHARED names another place). */
const char *feeds_testing_shared(struct arena *mem, const char *name);
/* A new folder; goes with feeds_testing_drop. A file in it, with these bytes. */
const char *feeds_testing_folder(struct arena *mem);
const char *feeds_testing_file(struct arena *mem, const char *folder, const char *name, struct str bytes);
void feeds_testing_drop(const char *folder);

struct feeds_import {
    enum status st; /* what the importer gave */
    int64_t n_read, n_added, n_changed, n_same, n_refused, n_gone;
    struct problems problems;
    struct str said;
};
/* options in the order of the importer's table, NULL: none given. */
struct feeds_import feeds_testing_import(struct harness *h, const char *kind, const char *file, const char *const *options,
                                         bool is_dry_run);
/* A problem with that key is there, in that row (-1: any). */
bool feeds_import_has(const struct feeds_import *i, const char *key, int64_t row);
bool feeds_import_said(const struct feeds_import *i, const char *text);
