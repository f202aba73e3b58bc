/*
 * template_testing.h - a fresh database for each test that is not empty: filled once for
 * all test programs (and again when what fills it is built again), then copied.
 *
 * Use     as store_testing.h, with template_testing_begin in the place of store_testing_begin.
 */
#pragma once
#include "store/store_testing.h"

struct template {
    const struct migration *list;
    int n;
    enum status (*fill)(struct db *d, void *arg);
    void *arg;         /* makes no difference to what is filled, but for */
    const void *loads; /* a function that fill calls; NULL when it calls none of the caller's */
};

void template_testing_begin(struct store_testing *t, const struct template *made);
/* Where SQLite's lies, PATH_MAX: `.db` the database, `.key` the build it is of. */
void template_testing_path(const struct template *made, char *out);
