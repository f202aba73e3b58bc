/*
 * tables.h - the dated tables of law and territory (reference/) inside the binary.
 *
 * Made by `embed tables` from the files under reference/; the name is the path below it, as
 * "territory/comuni.csv". Each file names its own source in reference/README.md. The invented data of
 * demo/ are there too, as "demo/catalogue/services.csv".
 * Memory  bytes live as long as the program.
 */
#pragma once
#include "base/str.h"

struct table_file {
    const char *name;
    struct str bytes;
};

extern const struct table_file table_all[]; /* sorted by name */
extern const int n_tables;

/* NULL when there is no such file. */
const struct table_file *table_find(const char *name);
