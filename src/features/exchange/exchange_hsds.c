/* exchange_hsds.c - any HSDS API, page by page: what was modified since last time, once a day all of it. */
#include "base/clock.h"
#include "base/date.h"
#include "base/digest.h"
#include "exchange_pulling.h"
#include <string.h>

enum { PER_PAGE = 100, OVERLAP_MS = 5 * 60 * 1000 };

static struct str base_of(struct pulling *p)
{
    struct str url = p->feed.url;

    while (url.n > 0 && url.p[url.n - 1] == '/')
        url.n--;
    return str_ends(url, STR("/services")) ? url : str_fmt(p->mem, "%.*s/services", (int)url.n, url.p);
}

/* A list may name its entries only: what belongs to one is asked then. */
static json_t *look(void *arg, json_t *tree)
{
    struct pulling *p = arg;
    const char *id = json_string_value(json_object_get(tree, "id"));
    const struct str origin = exchange_origin_of(tree);
    struct outbound_reply reply;
    struct str why;

    if (origin.n > 0 && str_eq(origin, p->own_id)) {
        p->done.n_own++;
        return NULL;
    }
    if (id == NULL || json_object_get(tree, "organization") != NULL || json_object_get(tree, "organization_id") != NULL ||
        json_object_get(tree, "status") == NULL)
        return json_incref(tree);
    const struct outbound o = {
        .allow = p->outside->allow, .max_bytes = PULL_PAGE_BYTES, .timeout_ms = PULL_PAGE_MS, .lets_loopback = p->outside->lets_loopback};
    struct arena *mem = arena_new(0);
    const struct str url = base_of(p);
    struct buf b = buf_new(mem, 256);

    buf_fmt(&b, "%.*s/", (int)url.n, url.p);
    buf_url(&b, str_of(id));
    json_t *whole = NULL;

    if (outbound_get(&o, str_z(mem, buf_view(&b)), mem, &reply, &why) == ST_OK)
        whole = json_loadb(reply.body.p, reply.body.n, JSON_REJECT_DUPLICATES, NULL);
    arena_free(mem);
    return whole != NULL ? whole : json_incref(tree);
}

/* What the API is asked beside the page: left out again by a server that does not know it. */
struct manner {
    bool is_full, has_per_page;
    struct str since; /* empty: all */
};

static struct str page_url(struct pulling *p, const struct manner *m, int page)
{
    struct buf b = buf_new(p->mem, 256);
    const struct str base = base_of(p);

    buf_fmt(&b, "%.*s?page=%d", (int)base.n, base.p, page);
    if (m->has_per_page)
        buf_fmt(&b, "&per_page=%d", PER_PAGE);
    if (m->is_full)
        buf_z(&b, "&full=true");
    if (m->since.n > 0) {
        buf_z(&b, "&modified_after=");
        buf_url(&b, m->since);
    }
    return buf_view(&b);
}

static enum status first_page(struct pulling *p, struct manner *m, struct str *out)
{
    enum status st = exchange_get_page(p, page_url(p, m, 1), out);

    if (st == ST_UNAVAILABLE && strstr(str_z(p->mem, p->why), "answers 4") != NULL) {
        m->is_full = m->has_per_page = false;
        st = exchange_get_page(p, page_url(p, m, 1), out);
    }
    if (st == ST_UNAVAILABLE && m->since.n > 0 && strstr(str_z(p->mem, p->why), "answers 4") != NULL) {
        m->since = STR("");
        p->is_whole = true;
        st = exchange_get_page(p, page_url(p, m, 1), out);
    }
    return st;
}

static int64_t sum_of(struct str bytes)
{
    struct digest d;

    digest_begin(&d);
    digest_text(&d, bytes);
    return digest_end(&d);
}

static bool is_last(const struct pulling *p, int page)
{
    const json_t *total = json_object_get(p->around, "total_pages"), *size = json_object_get(p->around, "size");

    if (json_is_true(json_object_get(p->around, "last_page")) || json_is_true(json_object_get(p->around, "empty")))
        return true;
    if (json_is_integer(size) && json_integer_value(size) == 0)
        return true;
    return json_is_integer(total) ? page >= json_integer_value(total) : !json_is_false(json_object_get(p->around, "last_page"));
}

/* Nothing was modified: told by the first page, before anything is begun. */
static bool has_nothing(const struct pulling *p, struct str bytes)
{
    enum { SMALL = 4096 };
    json_t *tree = p->is_whole ? NULL : json_loadb(bytes.p, bytes.n <= SMALL ? bytes.n : 0, 0, NULL);
    const json_t *contents = json_object_get(tree, "contents");
    const bool has = json_is_array(contents) && json_array_size(contents) == 0;

    json_decref(tree);
    return has;
}

static enum status pull_pages(struct pulling *p, struct manner *m, struct str first)
{
    int64_t last_sum = 0, n_before = -1;

    for (int page = 1; page <= PULL_MOST_PAGES; page++) {
        struct str bytes = first;
        enum status st = page == 1 ? ST_OK : exchange_get_page(p, page_url(p, m, page), &bytes);
        const int64_t sum = st == ST_OK ? sum_of(bytes) : 0;

        if (st == ST_OK && page > 1 && sum == last_sum) {
            p->why = STR("it gives the same page again and again");
            return ST_INVALID;
        }
        last_sum = sum;
        if (st == ST_OK)
            st = exchange_take_page(p, bytes);
        if (st != ST_OK)
            return st;
        if (is_last(p, page))
            return ST_OK;
        if (p->run.n_read + p->done.n_own == n_before)
            break; /* an empty page that is not the last */
        n_before = p->run.n_read + p->done.n_own;
    }
    p->why = STR("its pages have no end");
    return ST_TOO_LARGE;
}

enum status exchange_pull_hsds(struct pulling *p)
{
    struct manner m = {.is_full = true, .has_per_page = true, .since = p->is_whole ? STR("") : p->feed.read_to};
    struct str first;
    enum status st = first_page(p, &m, &first);

    p->is_same = st == ST_OK && has_nothing(p, first);
    if (st == ST_OK && !p->is_same)
        st = exchange_begin_pages(p, look);
    if (st == ST_OK && !p->is_same)
        st = pull_pages(p, &m, first);
    if (st == ST_OK && !p->is_same)
        st = feeds_pull_end(p->pull, p->is_whole);
    if (st == ST_OK) /* its clock may differ from ours */
        p->feed.read_to = instant_iso(p->mem, p->now_ms - OVERLAP_MS);
    return st;
}
