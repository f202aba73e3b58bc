/* finder_ask.c - what an address of the results asks. */
#include "finder_ask.h"
#include "base/buf.h"
#include "base/macros.h"
#include "finder_view.h"

static const char *const facet_names[FACET_COUNT] = {
    [FACET_TARGET] = "per",     [FACET_KIND] = "tipo",        [FACET_WAY] = "come",
    [FACET_COST] = "costo",     [FACET_OPEN] = "aperto",      [FACET_LANGUAGE] = "lingua",
    [FACET_ACCESS] = "accesso", [FACET_FRESH] = "verificate",
};
static const char *const order_names[] = {
    [SEARCH_BEST] = "", [SEARCH_NEAREST] = "vicino", [SEARCH_BY_NAME] = "nome"};
static const char *const view_names[] = {
    [FINDER_LIST] = "", [FINDER_PRINT] = "stampa", [FINDER_PHONE] = "telefono"};

const char *finder_facet_name(enum search_facet f)
{
    return facet_names[f];
}

enum { MAX_WHERE_BYTES = 100 };

static int mistakes(struct arena *mem, struct str typed, const struct comune_hit *h)
{
    return str_distance(str_fold(mem, typed), str_fold(mem, h->comune.area.name));
}

/* One answer, or one that is clearly nearer to what was typed than the next. */
static bool is_sure(struct arena *mem, struct str typed, const struct comune_hit *hits, int n)
{
    if (n == 0)
        return false;
    switch (hits[0].match) {
    case MATCH_TYPO:
        return n == 1 || mistakes(mem, typed, &hits[0]) < mistakes(mem, typed, &hits[1]);
    case MATCH_CODE:
    case MATCH_CAP:
    case MATCH_EXACT:
    case MATCH_HAMLET:
    case MATCH_PREFIX:
    case MATCH_WORD:
        return n == 1;
    case MATCH_FORMER:
        return true; /* the first is what it is called today */
    }
    return false;
}

/* At most that many bytes, no letter cut in two. */
static struct str short_of(struct str s, size_t most)
{
    s = str_head(str_trim(s), most);
    while (s.n > 0 && !str_is_utf8(s))
        s.n--;
    return s;
}

/* Marks that turn the direction of what follows (U+061C, U+200E-F, U+202A-E, U+2066-9): shown again
 * on the page they would turn its words around, and they say nothing to a search. */
static size_t mark_at(struct str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.p + i;

    if (i + 1 < s.n && p[0] == 0xd8 && p[1] == 0x9c)
        return 2;
    if (i + 2 >= s.n || p[0] != 0xe2)
        return 0;
    if (p[1] == 0x80 && ((p[2] >= 0xaa && p[2] <= 0xae) || p[2] == 0x8e || p[2] == 0x8f))
        return 3;
    return p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9 ? 3 : 0;
}

static struct str without_marks(struct ctx *c, struct str s)
{
    struct buf b = buf_new(c->mem, s.n);

    for (size_t i = 0; i < s.n;) {
        const size_t n = mark_at(s, i);

        if (n == 0)
            buf_char(&b, s.p[i++]);
        i += n;
    }
    return buf_view(&b);
}

enum status finder_find_where(struct ctx *c, struct str typed, struct finder_where *out)
{
    struct comune_hit *hits;
    int n = 0;

    *out = (struct finder_where){.typed = short_of(without_marks(c, typed), MAX_WHERE_BYTES)};
    if (out->typed.n == 0)
        return ST_OK;
    enum status st = places_comune_by_slug(c, out->typed, &out->comune);

    out->match = MATCH_CODE;
    out->is_found = st == ST_OK;
    if (st != ST_NOT_FOUND)
        return st;
    st = places_find_comuni(c, out->typed, FINDER_MAX_WHERE, &hits, &n);
    if (st != ST_OK)
        return st;
    out->is_found = is_sure(c->mem, out->typed, hits, n);
    if (out->is_found) {
        out->comune = hits[0].comune;
        out->match = hits[0].match;
        out->matched = hits[0].matched;
        return ST_OK;
    }
    out->hits = hits;
    out->n_hits = n;
    return ST_OK;
}

static int index_of(const char *const *names, int n, struct str name)
{
    for (int i = 1; i < n; i++)
        if (str_eq_z(name, names[i]))
            return i;
    return 0;
}

static void read_choices(struct web *w, struct finder_ask *a)
{
    for (int f = 0; f < FACET_COUNT; f++) {
        struct str value;

        for (int i = 0; web_query_at(w, facet_names[f], i, &value); i++) {
            if (a->ask.n_choices == FINDER_MAX_CHOICES)
                return;
            if (value.n > 0)
                a->choices[a->ask.n_choices++] =
                    (struct search_choice){(enum search_facet)f, value};
        }
    }
}

/* A sentence of ours that somebody left in the field of the words is that need. */
static const struct need *need_of_label(const struct needs *all, struct str words)
{
    for (int i = 0; words.n > 0 && i < needs_n(all); i++) {
        const struct need *n = needs_at(all, i);

        for (int l = 0; l < NEED_LANGUAGE_COUNT; l++)
            if (str_eq(n->label[l].text, words))
                return n;
    }
    return NULL;
}

static int number_of(struct str s, int most)
{
    int64_t v = 0;

    return str_to_int(s, &v) && v > 0 && v <= most ? (int)v : 0;
}

enum status finder_read_ask(struct web *w, const char *base, struct finder_ask *out)
{
    enum { MOST_PAGES = 100000 };
    struct ctx *c = web_ctx(w);
    const struct needs *all = finder_needs(c);
    const struct str need = str_trim(web_query(w, "bisogno"));
    const struct str words =
        short_of(without_marks(c, web_query(w, "cosa")), FINDER_MAX_WORDS_BYTES);

    *out = (struct finder_ask){.base = base};
    if (need.n > 0) {
        out->need = need_by_id(all, need);
        out->is_need_unknown = out->need == NULL;
    }
    if (out->need == NULL)
        out->need = need_of_label(all, words);
    const enum status st = finder_find_where(c, web_query(w, "dove"), &out->where);

    read_choices(w, out);
    out->view =
        (enum finder_view_kind)index_of(view_names, ARRAY_LEN(view_names), web_query(w, "vista"));
    out->ask.words = out->need == NULL ? words : STR("");
    out->ask.need = out->need != NULL ? out->need->id : STR("");
    out->ask.area_id = out->where.is_found ? out->where.comune.area.area_id : 0;
    out->ask.km = number_of(web_query(w, "km"), SEARCH_MOST_KM);
    out->ask.order =
        (enum search_order)index_of(order_names, ARRAY_LEN(order_names), web_query(w, "ordine"));
    out->ask.page = number_of(web_query(w, "pagina"), MOST_PAGES);
    return st;
}

bool finder_asks_nothing(const struct finder_ask *a)
{
    return a->ask.words.n == 0 && a->need == NULL && a->where.typed.n == 0;
}

static void put(struct buf *b, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    buf_char(b, str_index(buf_view(b), '?') < 0 ? '?' : '&');
    buf_z(b, name);
    buf_char(b, '=');
    buf_url(b, value);
}

static void put_number(struct ctx *c, struct buf *b, const char *name, int value)
{
    if (value > 0)
        put(b, name, str_fmt(c->mem, "%d", value));
}

struct str finder_address(struct ctx *c, const struct finder_ask *a, const struct finder_change *ch)
{
    struct buf b = buf_new(c->mem, 128);
    const bool is_other = ch->need != NULL || ch->words.n > 0;

    buf_z(&b, a->base);
    put(&b, "cosa", is_other ? ch->words : a->ask.words);
    if (ch->need != NULL)
        put(&b, "bisogno", ch->need->id);
    else if (!is_other && a->need != NULL)
        put(&b, "bisogno", a->need->id);
    if (ch->where.n > 0)
        put(&b, "dove", ch->where);
    else if (!ch->no_where)
        put(&b, "dove", a->where.is_found ? a->where.comune.area.slug : a->where.typed);
    put_number(c, &b, "km", ch->km > 0 ? ch->km : a->ask.km);
    for (int i = 0; i < a->ask.n_choices && !ch->no_choices; i++)
        if (i + 1 != ch->without_choice)
            put(&b, facet_names[a->choices[i].facet], a->choices[i].value);
    put(&b, "ordine", str_of(order_names[a->ask.order]));
    put_number(c, &b, "pagina", ch->page > 1 ? ch->page : 0);
    put(&b, "vista", str_of(view_names[ch->view]));
    return buf_view(&b);
}
