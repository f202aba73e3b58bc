/*
 * cases.h - the examples under the cases/ of a slice, for its tests.
 *
 * A file has a first row of names; cells are parted by tabs; a line that begins with # and an empty
 * one are no rows. WECARE_SOURCE in the environment is the top of the tree (the build sets it).
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct cases {
    struct str *names;
    int n_names;
    struct str *cells; /* row by row */
    int *lines;
    int n_rows;
};

/* "needs/cases/phrases.tsv" of a feature, "core/people/cases/names.tsv"; a file that cannot be read or a row with too many
 * cells ends the test program. */
struct cases cases_read(struct arena *mem, const char *file);
/* By name; a name that the file has not ends the test program. */
struct str cases_cell(const struct cases *c, int row, const char *name);
