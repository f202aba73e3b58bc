/*
 * problems.h - what the person can fix: all problems together, each tied to its field.
 *
 * Key     "feature.what-is-wrong"; its words are in locale/: first the fact, then what to do,
 *         kindly. {value} in the words is replaced by value, escaped by the page.
 * Memory  everything lives in the arena of the list.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct problem {
    const char *field; /* name of the form field or column; "" for the whole form */
    const char *key;   /* message key */
    struct str value;  /* what was written, or a limit, for the words; may be empty */
    int64_t row;       /* 1-based line of a file; 0 when not about a file */
};

struct problems {
    struct arena *mem;
    struct problem *list;
    int n;
    int room;
};

struct problems problems_new(struct arena *mem);
void problems_add(struct problems *p, const char *field, const char *key, struct str value);
void problems_add_row(struct problems *p, int64_t row, const char *field, const char *key,
                      struct str value);
/* The first problem of a field, or NULL. */
const struct problem *problems_of(const struct problems *p, const char *field);
