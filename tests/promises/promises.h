/*
 * promises.h - every statement of the program, slice by slice: a list made for the tests only.
 */
#pragma once
#include "store/db.h"

struct statements {
    const char *slice;
    const struct db_statement *const *list;
    int n;
};

extern const struct statements all_statements[];
extern const int n_all_statements;
