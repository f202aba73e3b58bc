/*
 * escape_view.h - what the templates of this test show, hostile values among it.
 */
#pragma once
#include "web/page.h"

struct escape_row {
    struct str name;
    int64_t n;
};

struct escape_view {
    struct str x;
    const char *z;
    struct html markup;
    int64_t n;
    int year;
    bool is_on;
    const struct escape_row *rows;
    int n_rows;
    const struct escape_row *one; /* may be NULL */
    const char *icon;
    const char *key;
};
