/* exchange_portal.c - another portal is asked what changed, and this one answers the same question. */
#include "base/jwrite.h"
#include "exchange_feature.h"
#include "exchange_pulling.h"
#include "features/catalogue/catalogue.h"
#include "features/catalogue/catalogue_terms.h"
#include "features/publish/publish_hsds.h"
#include "core/bodies/organisations.h"
#include <string.h>

/* ---- asking ---- */

/* Our own entries that come back are left where they are. */
static json_t *look(void *arg, json_t *tree)
{
    struct pulling *p = arg;
    const struct str origin = exchange_origin_of(tree);

    if (origin.n > 0 && str_eq(origin, p->own_id)) {
        p->done.n_own++;
        return NULL;
    }
    if (origin.n > 0 && json_object_get(tree, "origin") != NULL) {
        const struct str kept = str_copy(p->page, origin);

        json_object_del(tree, "origin");
        if (exchange_origin_of(tree).n == 0)
            exchange_mark_origin(p->page, tree, kept);
    }
    return json_incref(tree);
}

static int64_t number(const json_t *around, const char *name)
{
    return json_integer_value(json_object_get(around, name));
}

static void take_gone(struct pulling *p)
{
    const json_t *gone = json_object_get(p->around, "gone");

    for (size_t i = 0; i < json_array_size(gone); i++)
        feeds_pull_gone(p->pull, str_of(json_string_value(json_array_get(gone, i))));
}

static bool is_answer(const json_t *around)
{
    return json_is_string(json_object_get(around, "portal")) && json_is_integer(json_object_get(around, "change")) &&
           json_is_boolean(json_object_get(around, "last_page"));
}

static enum status get(struct pulling *p, int64_t after, int64_t from, struct str *out)
{
    return exchange_get_page(p, str_fmt(p->mem, "%.*s/dati/scambio?dopo=%lld&da=%lld", (int)p->feed.url.n, p->feed.url.p, (long long)after,
                                        (long long)from), out);
}

/* Nothing has changed: told by the first page, before anything is begun. *out_change: as it says. */
static bool has_nothing(struct pulling *p, struct str bytes, int64_t *out_change)
{
    enum { SMALL = 4096 };
    json_t *tree = json_loadb(bytes.p, bytes.n <= SMALL ? bytes.n : 0, 0, NULL);
    const bool has = is_answer(tree) && json_is_true(json_object_get(tree, "last_page")) && json_array_size(json_object_get(tree, "contents")) == 0 &&
                     json_array_size(json_object_get(tree, "gone")) == 0;

    *out_change = number(tree, "change");
    json_decref(tree);
    return has;
}

/* All pages from a change number on, the first of which is there; *out_change: up to which. */
static enum status pull_pages(struct pulling *p, int64_t after, struct str first, int64_t *out_change, bool *out_is_back)
{
    int64_t from = 0;

    *out_is_back = false;
    for (int i = 0; i < PULL_MOST_PAGES; i++) {
        struct str bytes = first;
        enum status st = i == 0 ? ST_OK : get(p, after, from, &bytes);

        if (st == ST_OK)
            st = exchange_take_page(p, bytes);
        if (st != ST_OK)
            return st;
        if (!is_answer(p->around)) {
            p->why = STR("the answer is not that of a portal");
            return ST_INVALID;
        }
        if (i == 0)
            *out_change = number(p->around, "change");
        *out_is_back = number(p->around, "change") < after;
        take_gone(p);
        if (*out_is_back || json_is_true(json_object_get(p->around, "last_page")))
            return ST_OK;
        if (number(p->around, "next") <= from) {
            p->why = STR("its pages go round in a circle");
            return ST_INVALID;
        }
        from = number(p->around, "next");
    }
    p->why = STR("its pages have no end");
    return ST_TOO_LARGE;
}

enum status exchange_pull_portal(struct pulling *p)
{
    int64_t after = 0, change = 0;
    bool is_back = false;

    while (p->feed.url.n > 0 && p->feed.url.p[p->feed.url.n - 1] == '/')
        p->feed.url.n--;
    if (!p->is_whole && !str_to_int(p->feed.read_to, &after))
        p->is_whole = true;
    struct str first;
    enum status st = get(p, after, 0, &first);

    p->is_same = st == ST_OK && !p->is_whole && has_nothing(p, first, &change) && change >= after;
    if (p->is_same)
        p->feed.read_to = str_fmt(p->mem, "%lld", (long long)change);
    if (st != ST_OK || p->is_same)
        return st;
    st = exchange_begin_pages(p, look);
    if (st == ST_OK)
        st = pull_pages(p, after, first, &change, &is_back);
    if (st == ST_OK && is_back) {
        /* It was put back to an earlier day: what we know of it is not what it has. */
        feeds_pull_close(p->pull);
        p->is_whole = true;
        p->now_ms++;
        p->run.n_read = 0;
        st = get(p, 0, 0, &first);
        if (st == ST_OK)
            st = exchange_begin_pages(p, look);
        if (st == ST_OK)
            st = pull_pages(p, 0, first, &change, &is_back);
    }
    if (st == ST_OK)
        st = feeds_pull_end(p->pull, p->is_whole);
    if (st == ST_OK)
        p->feed.read_to = str_fmt(p->mem, "%lld", (long long)change);
    return st;
}

/* ---- answering ---- */

enum { BLOCK = 200 };

static struct str origin_of(struct ctx *c, const struct service *s, struct str own)
{
    const struct str term = catalogue_term_uuid(c->mem, OWN_MARKS, STR("origin"));

    for (int i = 0; i < s->parts.n_attributes; i++)
        if (str_eq(s->parts.attributes[i].term_uuid, term))
            return s->parts.attributes[i].value;
    return own;
}

/* The service in full, with its origin; publish writes the object, we add one member before its end. */
static enum status put_service(struct ctx *c, struct jwrite *j, struct str site, const struct service *s, struct str own)
{
    struct organisation org;
    const enum status st = organisations_by_id(c, s->organisation_id, &org);

    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    publish_hsds_service(c, j, site, s, st == ST_OK ? &org : NULL);
    j->out->n--; /* the closing brace */
    jwrite_str(j, "origin", origin_of(c, s, own));
    jwrite_close(j, '}');
    return ST_OK;
}

static int64_t asked_number(struct web *w, const char *name)
{
    int64_t n;

    return str_to_int(web_query(w, name), &n) && n > 0 ? n : 0;
}

/* GET /dati/scambio?dopo=&da= - what changed after a change number, from a key on: for portals. */
enum status exchange_changes(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct service_read read = {.after_id = asked_number(w, "da"), .after_change = asked_number(w, "dopo"), .limit = BLOCK, .with_gone = true};
    struct jwrite j = jwrite_to(web_out(w));
    struct service *list;
    struct str own;
    int64_t change;
    int n = 0;
    enum status st = exchange_own_id(c, &own);

    if (st == ST_OK)
        st = catalogue_change(c, &change);
    if (st == ST_OK)
        st = catalogue_read(c, c->mem, &read, &list, &n);
    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "portal", own);
    jwrite_str(&j, "license", str_of(web_site(w)->licence));
    jwrite_int(&j, "change", change);
    jwrite_bool(&j, "last_page", n < BLOCK);
    jwrite_int(&j, "next", n > 0 ? list[n - 1].service_id : 0);
    jwrite_open(&j, "gone", '[');
    for (int i = 0; i < n; i++)
        if (list[i].state != SERVICE_SHOWN && read.after_change > 0)
            jwrite_str(&j, NULL, list[i].uuid);
    jwrite_close(&j, ']');
    jwrite_open(&j, "contents", '[');
    for (int i = 0; st == ST_OK && i < n; i++)
        if (list[i].state == SERVICE_SHOWN)
            st = put_service(c, &j, web_origin(w), &list[i], own);
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return st;
}
