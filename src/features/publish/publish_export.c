/* publish_export.c - the services of a result, block by block, in whatever form. */
#include "publish_export.h"
#include "features/search/search.h"
#include "publish_api_directory.h"
#include "publish_query.h"

enum { BLOCK = 50, MOST_KEYS = 5000000 };

/* Lives in the memory of the handler, over all pieces. */
struct export
{
    const struct export_format *format;
    int64_t *ids;
    int n, at;
    bool is_all; /* by key, so that a block is read at once */
    bool is_begun;
};

/* ---- which ---- */

static enum status take_all(struct ctx *c, struct export *x)
{
    const struct api_filter none = {0};
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

static enum status put_block(struct api_out *o, struct export *x, int n)
{
    const struct service_read read = {.after_id = x->ids[x->at] - 1, .limit = n};
    struct service *block;
    int n_read = 0;
    const enum status st = catalogue_read(o->c, o->c->mem, &read, &block, &n_read);

    for (int i = 0; st == ST_OK && i < n_read; i++)
        if (block[i].service_id <= x->ids[x->at + n - 1]) {
            x->format->put(o, &block[i], !x->is_begun);
            x->is_begun = true;
        }
    return st;
}

static enum status put_found(struct api_out *o, struct export *x, int n)
{
    struct service *cards;
    int n_cards = 0;
    const enum status st = catalogue_cards(o->c, x->ids + x->at, n, &cards, &n_cards);

    for (int i = 0; st == ST_OK && i < n_cards; i++) {
        x->format->put(o, &cards[i], !x->is_begun);
        x->is_begun = true;
    }
    return st;
}

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct export *x = state;
    struct api_out o = api_out_new(w);
    const int n = x->n - x->at < BLOCK ? x->n - x->at : BLOCK;
    enum status st = n == 0 ? ST_OK : x->is_all ? put_block(&o, x, n) : put_found(&o, x, n);

    x->at += n;
    *out_is_last = x->at >= x->n;
    if (st == ST_OK && *out_is_last)
        x->format->end(&o);
    return st;
}

enum status publish_export(struct web *w, const struct export_format *format)
{
    struct ctx *c = web_ctx(w);
    struct export *x = ARENA_NEW(c->mem, struct export);
    struct search_ask *ask;
    enum status st = publish_read_query(w, &ask);

    x->format = format;
    if (st == ST_OK)
        st = ask != NULL ? take_found(c, ask, x) : take_all(c, x);
    if (st != ST_OK)
        return st;
    struct api_out o = api_out_new(w);

    web_set_type(w, format->type);
    web_set_download(w, str_of(format->file_name));
    format->begin(&o);
    web_stream(w, piece, x);
    return ST_OK;
}

/* ---- words that both files need ---- */

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
