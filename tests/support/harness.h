/*
 * harness.h - the whole portal in a test: a fresh database with schema and reference data on the
 * engine that WECARE_TEST_STORE names, asked in process, without a socket.
 *
 *     struct harness *h = harness_new();
 *     struct web_reply r = harness_get(h, "/territorio");
 *     ck_assert_int_eq(r.code, 200);
 *     harness_has(&r, "Il territorio");
 *     harness_free(h);
 */
#pragma once
#include "store/ctx.h"
#include "store/db.h"
#include "store/store_testing.h"
#include "web/server.h"
#include <check.h>

struct harness {
    struct store_testing store;
    struct arena *mem; /* replies live here until harness_free */
    struct db *db;
    struct web_app *app;
    struct site site;
    const struct feature *more; /* a slice of the test's own, or NULL */
    const char *origin;         /* NULL: the Host of the request */
};

struct harness *harness_new(void);
void harness_free(struct harness *h);
/* The same portal with other settings of what it shows of itself. */
void harness_site(struct harness *h, struct site site);
/* The same with rows of the test's own, and an origin; each may be NULL. */
void harness_with(struct harness *h, const struct feature *more, const char *origin);

struct web_reply harness_get(struct harness *h, const char *target);
/* form: "a=1&b=2", already encoded. A valid form token is added by itself. */
struct web_reply harness_post(struct harness *h, const char *target, const char *form);
struct web_reply harness_ask(struct harness *h, const struct web_ask *ask);

/* Runs a domain job in one write transaction, as the keeper. */
enum status harness_write(struct harness *h, enum status (*job)(struct ctx *c, void *arg), void *arg);
/* The same in a read transaction. */
enum status harness_read(struct harness *h, enum status (*job)(struct ctx *c, void *arg), void *arg);

/* Fails the test, showing the page, when the text is (not) there. */
void harness_has(const struct web_reply *r, const char *text);
void harness_has_not(const struct web_reply *r, const char *text);
/* A header's value, or the empty text. */
struct str harness_header(struct harness *h, const struct web_reply *r, const char *name);
/* Everything that stands on the disk, as one number, to see that nothing was kept; the index of the log in shared memory is no
 * data. 0 on PostgreSQL: there the version of the data says it alone. */
int64_t harness_disk(const struct harness *h);
