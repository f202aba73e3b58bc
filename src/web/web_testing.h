/*
 * web_testing.h - a small portal for the tests of this folder: a few rows, a table, a fresh
 * database. Test programs only.
 */
#pragma once
#include "store/store_testing.h"
#include "web/server.h"

struct web_testing {
    struct store_testing store;
    struct arena *mem;
    struct web_app *app;
};

extern const struct web_limits web_testing_limits;

/* routes: the rows of one feature named "tiny". origin may be NULL; limits NULL: the usual. */
void web_testing_begin(struct web_testing *t, const struct route *routes, int n, const char *origin,
                       const struct web_limits *limits);
void web_testing_end(struct web_testing *t);

struct web_reply web_testing_ask(struct web_testing *t, const char *method, const char *target,
                                 const char *const *headers, const char *body);
struct web_reply web_testing_get(struct web_testing *t, const char *target);
/* A header of the reply, NUL-ended; "" when it is not there. */
const char *web_testing_header(struct web_testing *t, const struct web_reply *r, const char *name);
/* Empties, fills and counts a table of one column: what a write left behind. */
enum status web_testing_note(struct ctx *c, const char *words);
int64_t web_testing_notes(struct web_testing *t);
