/* keyed.c - a key is made in the database, and shown with each request as a browser does. */
#include "tests/support/keyed.h"

struct making {
    struct links_ask ask;
    struct str token;
};

static enum status make(struct ctx *c, void *arg)
{
    struct making *m = arg;

    return links_issue(c, &m->ask, &m->token);
}

struct keyed keyed_new(struct harness *h, int64_t organisation_id, enum links_purpose p)
{
    struct making m = {.ask = {.purpose = p, .organisation_id = organisation_id}};

    ck_assert_int_eq(harness_write(h, make, &m), ST_OK);
    m.token = str_copy(h->mem, m.token);
    return (struct keyed){
        .h = h,
        .token = m.token,
        .cookie = str_fmt(h->mem, "Cookie: wecare_key=%.*s", (int)m.token.n, m.token.p).p};
}

struct web_reply keyed_get(const struct keyed *k, const char *target)
{
    const char *const headers[] = {k->cookie, NULL};

    return harness_ask(k->h, &(struct web_ask){.method = "GET", .target = target, .headers = headers});
}

struct web_reply keyed_post(const struct keyed *k, const char *target, const char *form)
{
    const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", k->cookie, NULL};

    return harness_ask(k->h, &(struct web_ask){
                                 .method = "POST", .target = target, .headers = headers, .body = str_of(form)});
}

bool keyed_opens(struct harness *h, const char *target)
{
    const int64_t anybody =
        store_testing_number(&h->store, "SELECT min(organisation_id) FROM organisation WHERE state = 'shown'");
    const struct keyed keys[] = {keyed_new(h, anybody, LINKS_KEEP), keyed_new(h, 0, LINKS_PHONE),
                                 keyed_new(h, 0, LINKS_APPROVE)};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const int code = keyed_get(&keys[i], target).code;

        if (code == 200 || code == 303)
            return true;
    }
    return false;
}
