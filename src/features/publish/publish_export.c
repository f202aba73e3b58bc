/* publish_export.c - the services of a result, block by block, in whatever form. */
#include "publish_export.h"
#include "features/search/search.h"
#include "publish_api_directory.h"
#include "publish_query.h"
#include <stdlib.h>

enum { BLOCK = 50, MOST_KEYS = 5000000 };

/* Lives in the memory of the handler, over all pieces. */
struct export
{
    const struct export_format *format;
    int64_t *ids;
    int n, at;
    bool is_all; /* by key, so that a block is read at once */
    bool is_begun, is_asked;
};

/* ---- which ---- */

static enum status take_all(struct ctx *c, struct export *x)
{
    const struct api_filter none = {.opens_from = -1, .closes_to = -1};
    struct api_key *keys = NULL;
    int total = 0, n = 0;
    enum status st = api_directory_services(c, &none, 0, NULL, 0, &n, &total);

    if (st != ST_OK)
        return st;
    total = total < MOST_KEYS ? total : MOST_KEYS;
    keys = ARENA_ARRAY(c->mem, struct api_key, (size_t)total);
    st = api_directory_services(c, &none, 0, keys, total, &n, &total);
    x->ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n);
    x->n = n;
    x->is_all = true;
    for (int i = 0; i < n; i++)
        x->ids[i] = keys[i].id;
    return st;
}

/* As the page shows them, all pages one after the other. */
static enum status take_found(struct ctx *c, struct search_ask *ask, struct export *x)
{
    struct search_answer answer;
    enum status st;

    ask->page = 1;
    ask->page_size = SEARCH_MOST_PAGE;
    ask->no_counting = true;
    do {
        st = search_services(c, ask, &answer);
        if (st != ST_OK)
            return st;
        if (x->ids == NULL)
            x->ids = ARENA_ARRAY(c->mem, int64_t, (size_t)answer.n_total + 1);
        for (int i = 0; i < answer.n_hits && x->n < answer.n_total; i++)
            x->ids[x->n++] = answer.hits[i].service_id;
    } while (answer.n_hits > 0 && ask->page++ < answer.n_pages && x->n < answer.n_total);
    return ST_OK;
}

/* ---- each block ---- */

static enum status read_block(struct ctx *c, struct export *x, int n, struct service **out, int *n_out)
{
    const struct service_read read = {.after_id = x->ids[x->at] - 1, .limit = n};
    const int64_t last = x->ids[x->at + n - 1];
    const enum status st = catalogue_read(c, c->mem, &read, out, n_out);

    while (st == ST_OK && *n_out > 0 && (*out)[*n_out - 1].service_id > last)
        (*n_out)--;
    return st;
}

enum status publish_next(struct ctx *c, struct export *x, struct service **out, int *n_out)
{
    const int n = x->n - x->at < BLOCK ? x->n - x->at : BLOCK;
    enum status st = ST_OK;

    *n_out = 0;
    if (n > 0)
        st = x->is_all ? read_block(c, x, n, out, n_out) : catalogue_cards(c, x->ids + x->at, n, out, n_out);
    x->at += n;
    return st;
}

bool publish_is_done(const struct export *x)
{
    return x->at >= x->n;
}

int publish_n(const struct export *x)
{
    return x->n;
}

/* ---- which of them ---- */

struct change {
    int64_t id, at_ms;
};

static int by_latest(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->at_ms != y->at_ms)
        return x->at_ms > y->at_ms ? -1 : 1;
    return x->id > y->id ? -1 : x->id < y->id;
}

enum status publish_latest(struct ctx *c, struct export *x, int most)
{
    struct change *all = ARENA_ARRAY(c->mem, struct change, (size_t)x->n);
    int64_t *at_ms = ARENA_ARRAY(c->mem, int64_t, (size_t)x->n);
    const enum status st = api_directory_changes(c, x->ids, x->n, at_ms);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < x->n; i++)
        all[i] = (struct change){x->ids[i], at_ms[i]};
    if (x->n > 0)
        qsort(all, (size_t)x->n, sizeof *all, by_latest);
    x->n = x->n < most ? x->n : most;
    for (int i = 0; i < x->n; i++)
        x->ids[i] = all[i].id;
    x->is_all = false;
    return ST_OK;
}

enum status publish_select(struct web *w, struct export **out)
{
    struct ctx *c = web_ctx(w);
    struct export *x = ARENA_NEW(c->mem, struct export);
    struct search_ask *ask;
    enum status st = publish_read_query(w, &ask);

    x->is_asked = ask != NULL;
    if (st == ST_OK)
        st = ask != NULL ? take_found(c, ask, x) : take_all(c, x);
    *out = x;
    return st;
}

enum status publish_changed_at(struct ctx *c, int64_t *out_ms)
{
    return api_directory_changed_at(c, out_ms);
}

/* A search depends on the hour too (open now), and on the day in how fresh an entry is. */
enum status publish_has_same(struct web *w, const struct export *x, struct str with, bool *out_is_same)
{
    struct ctx *c = web_ctx(w);
    int64_t change, changed_ms;
    enum status st = catalogue_change(c, &change);

    if (st == ST_OK)
        st = api_directory_changed_at(c, &changed_ms);
    if (st != ST_OK)
        return st;
    *out_is_same = web_has_same(w,
                                str_fmt(c->mem, "%lld %d %lld %.*s", (long long)change, c->today,
                                        x->is_asked ? (long long)(c->now_ms / 60000) : 0LL, (int)with.n, with.p),
                                x->is_asked ? 0 : changed_ms);
    return ST_OK;
}

/* ---- a file, piece by piece ---- */

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct export *x = state;
    struct api_out o = api_out_new(w);
    struct service *block;
    int n = 0;
    const enum status st = publish_next(o.c, x, &block, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        x->format->put(&o, &block[i], !x->is_begun);
        x->is_begun = true;
    }
    *out_is_last = publish_is_done(x);
    if (st == ST_OK && *out_is_last)
        x->format->end(&o);
    return st == ST_OK ? o.upkept.st : st;
}

enum status publish_export_of(struct web *w, struct export *x, const struct export_format *format)
{
    bool is_same;
    const enum status st = publish_has_same(w, x, str_of(format->type), &is_same);

    if (st != ST_OK || is_same)
        return st;
    struct api_out o = api_out_new(w);

    x->format = format;
    web_set_type(w, format->type);
    if (format->file_name != NULL)
        web_set_download(w, str_of(format->file_name));
    format->begin(&o);
    web_stream(w, piece, x);
    return ST_OK;
}

enum status publish_export(struct web *w, const struct export_format *format)
{
    struct export *x;
    const enum status st = publish_select(w, &x);

    return st != ST_OK ? st : publish_export_of(w, x, format);
}

/* ---- words that files need ---- */

struct str publish_address_line(struct ctx *c, const struct location *l)
{
    const struct address *a = l->n_addresses > 0 ? &l->addresses[0] : NULL;
    struct buf b = buf_new(c->mem, 120);

    if (l->is_secret)
        return text_get(c->lang, "publish.secret-address");
    if (a == NULL)
        return STR("");
    buf_str(&b, a->address_1);
    if (a->address_2.n > 0)
        buf_fmt(&b, "%s%.*s", b.n > 0 ? ", " : "", (int)a->address_2.n, a->address_2.p);
    if (a->postal_code.n > 0)
        buf_fmt(&b, "%s%.*s", b.n > 0 ? ", " : "", (int)a->postal_code.n, a->postal_code.p);
    return buf_view(&b);
}
