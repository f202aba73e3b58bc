/*
 * keyed.h - a browser that holds a key, in a test: pages that open with a link are asked in process.
 *
 *     struct keyed k = keyed_new(h, organisation_id, LINKS_KEEP);
 *     struct web_reply r = keyed_get(&k, "/schede");
 */
#pragma once
#include "core/links/links.h"
#include "tests/support/harness.h"

struct keyed {
    struct harness *h;
    const char *cookie; /* "Cookie: wecare_key=..." */
    struct str token;
};

/* organisation_id 0: the Region. A key that cannot be made ends the test. */
struct keyed keyed_new(struct harness *h, int64_t organisation_id, enum links_purpose p);
struct web_reply keyed_get(const struct keyed *k, const char *target);
/* form: "a=1&b=2", already encoded; a valid form token is added. */
struct web_reply keyed_post(const struct keyed *k, const char *target, const char *form);
/* The page is for who has a key, and one of some organisation's opens it: in languages that begin "/en" too. */
bool keyed_opens(struct harness *h, const char *target);
