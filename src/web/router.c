#include "web/router.h"
#include "base/macros.h"
#include "base/text.h"
#include <string.h>

/* A place in the tree of segments. */
struct node {
    struct str word;    /* of the segment that leads here */
    struct node *words; /* children, a list sorted by word */
    struct node *next;
    struct node *value; /* the child that takes any segment */
    int row[POST + 1];  /* index + 1; 0: none */
};

struct router {
    struct arena *mem;
    struct node root;
    const struct route **rows;
    int n_rows;
};

const char *const router_reserved[] = {"assets",     "health",      "metrics",
                                       "robots.txt", "favicon.ico", NULL};

static const char *method_name(enum web_method m)
{
    return m == GET ? "GET" : m == POST ? "POST" : "?";
}

struct check {
    struct arena *mem;
    const char *feature;
    const struct route *row;
    int nth;
    struct str *why;
};

static enum status refuse(const struct check *k, const char *what)
{
    const struct route *r = k->row;

    if (r->path == NULL || *r->path == '\0')
        *k->why = str_fmt(k->mem, "feature %s, route number %d: %s", k->feature, k->nth + 1, what);
    else
        *k->why = str_fmt(k->mem, "feature %s, route %s %s: %s", k->feature, method_name(r->method),
                          r->path, what);
    return ST_INVALID;
}

static bool is_empty(const char *z)
{
    return z == NULL || *z == '\0';
}

static enum status check_fields(const struct check *k)
{
    const struct route *r = k->row;

    if (is_empty(r->path))
        return refuse(k, "it has no path");
    if (r->method != GET && r->method != POST)
        return refuse(k, "its method is neither GET nor POST");
    if (r->handler == NULL)
        return refuse(k, "it has no handler");
    if (r->who < ANYONE || r->who > MAY_KEEP)
        return refuse(k, "it does not say who may ask (.who)");
    if (r->tx < TX_NONE || r->tx > TX_WRITE)
        return refuse(k, "it does not say which transaction it needs (.tx)");
    if (r->cache < CACHE_NEVER || r->cache > CACHE_SHORT)
        return refuse(k, "it does not say how it may be kept (.cache)");
    if (r->cost < COST_PAGE || r->cost > COST_WRITE)
        return refuse(k, "it does not say what it costs (.cost)");
    if (is_empty(r->purpose))
        return refuse(k, "it has no purpose");
    if (is_empty(r->object))
        return refuse(k, "it does not say what it is about (.object)");
    if (is_empty(r->audit))
        return refuse(k, "it has no verb for the audit");
    if (r->method == GET && r->tx == TX_WRITE)
        return refuse(k, "a GET changes nothing, so it cannot have a write transaction");
    if (r->asks_only && (r->method != POST || r->tx != TX_READ))
        return refuse(k, "only a POST that reads can say that it only asks (.asks_only)");
    if (r->method == POST && r->tx != TX_WRITE && !r->asks_only && strncmp(r->path, "/api/", 5) != 0)
        return refuse(k, "a POST that writes nothing is for programs, under /api/, or says .asks_only");
    if (r->body_kb < 0 || (r->body_kb > 0 && r->method != POST))
        return refuse(k, "only a POST has a body (.body_kb)");
    if (r->method == POST && r->cache != CACHE_NEVER)
        return refuse(k, "the answer to a POST is never kept: CACHE_NEVER");
    if (r->who != ANYONE && r->cache != CACHE_NEVER)
        return refuse(k, "what not everybody may see is never kept: CACHE_NEVER");
    return ST_OK;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

static bool is_reserved(struct str word)
{
    for (const char *const *z = router_reserved; *z != NULL; z++)
        if (str_eq_z(word, *z))
            return true;
    for (int i = 0; i < LANG_COUNT; i++)
        if (str_eq_z(word, lang_code[i]))
            return true;
    return false;
}

/* One segment of a row's path: small letters, digits and "-._", or ":" and a name. */
static const char *segment_trouble(struct str s, int nth)
{
    const bool is_value = s.n > 0 && s.p[0] == ':';
    const struct str word = is_value ? str_from(s, 1) : s;

    if (s.n == 0)
        return "its path has an empty segment or ends with a slash";
    if (word.n == 0)
        return "a value in its path has no name";
    for (size_t i = 0; i < word.n; i++)
        if (!is_word_char(word.p[i]) || (is_value && (word.p[i] == '-' || word.p[i] == '.')))
            return "its path has a character that is not a small letter, a digit, - . _";
    if (str_eq(word, STR(".")) || str_eq(word, STR("..")))
        return "its path has a dot segment";
    if (nth == 0 && is_reserved(word))
        return "its path begins with a word that belongs to the server or to a language";
    return NULL;
}

static int split(const char *path, struct str *out)
{
    struct str rest = str_of(path + 1);
    int n = 0;

    if (rest.n == 0)
        return 0;
    for (;;) {
        const ptrdiff_t at = str_index(rest, '/');

        if (n == TARGET_SEGMENTS)
            return -1;
        out[n++] = at < 0 ? rest : str_head(rest, (size_t)at);
        if (at < 0)
            return n;
        rest = str_from(rest, (size_t)at + 1);
    }
}

static enum status check_path(const struct check *k)
{
    struct str segments[TARGET_SEGMENTS];

    if (k->row->path[0] != '/')
        return refuse(k, "its path does not begin with /");
    const int n = split(k->row->path, segments);

    if (n < 0)
        return refuse(k, "its path has too many segments");
    for (int i = 0; i < n; i++) {
        const char *trouble = segment_trouble(segments[i], i);

        if (trouble != NULL)
            return refuse(k, trouble);
        for (int j = 0; j < i; j++)
            if (segments[i].p[0] == ':' && str_eq(segments[i], segments[j]))
                return refuse(k, "two values in its path have one name");
    }
    return ST_OK;
}

static struct node *child(struct router *r, struct node *at, struct str segment)
{
    struct node **link = &at->words;

    if (segment.p[0] == ':') {
        if (at->value == NULL)
            at->value = ARENA_NEW(r->mem, struct node);
        return at->value;
    }
    while (*link != NULL && str_cmp((*link)->word, segment) < 0)
        link = &(*link)->next;
    if (*link == NULL || !str_eq((*link)->word, segment)) {
        struct node *made = ARENA_NEW(r->mem, struct node);

        made->word = segment;
        made->next = *link;
        *link = made;
    }
    return *link;
}

static enum status add_row(struct router *r, const struct check *k)
{
    struct str segments[TARGET_SEGMENTS];
    const int n = split(k->row->path, segments);
    struct node *at = &r->root;

    for (int i = 0; i < n; i++)
        at = child(r, at, segments[i]);
    if (at->row[k->row->method] != 0)
        return refuse(k, str_fmt(k->mem, "this address is taken by %s",
                                 r->rows[at->row[k->row->method] - 1]->path)
                             .p);
    r->rows[r->n_rows++] = k->row;
    at->row[k->row->method] = r->n_rows;
    return ST_OK;
}

static enum status check_menu(struct router *r, const struct feature *f, struct str *why)
{
    for (int i = 0; i < f->n_menu; i++) {
        const struct menu_entry *e = &f->menu[i];
        struct target t;
        struct router_match m;
        const char *what = NULL;

        if (is_empty(e->path) || target_read(r->mem, str_of(e->path), &t) != ST_OK ||
            !router_find(r, t.segments, t.n_segments, &m) || m.route[GET] == NULL)
            what = "leads nowhere: no GET route answers it";
        else if (e->who < ANYONE || e->who > MAY_KEEP)
            what = "does not say who sees it (.who)";
        else if (is_empty(e->key) || !text_has(LANG_IT, e->key))
            what = "has no words: its key is not in words/it.po";
        if (what == NULL)
            continue;
        *why = str_fmt(r->mem, "feature %s, menu entry %s: it %s", f->name,
                       is_empty(e->path) ? "without a path" : e->path, what);
        return ST_INVALID;
    }
    return ST_OK;
}

enum status router_new(struct arena *mem, const struct feature *const *features, int n_features,
                       struct router **out, struct str *why)
{
    struct router *r = ARENA_NEW(mem, struct router);
    int n = 0;

    for (int i = 0; i < n_features; i++)
        n += features[i]->n_routes;
    r->mem = mem;
    r->rows = ARENA_ARRAY(mem, const struct route *, (size_t)n);
    for (int i = 0; i < n_features; i++)
        for (int j = 0; j < features[i]->n_routes; j++) {
            const struct check k = {mem, features[i]->name, &features[i]->routes[j], j, why};
            enum status st = check_fields(&k);

            if (st == ST_OK)
                st = check_path(&k);
            if (st == ST_OK)
                st = add_row(r, &k);
            if (st != ST_OK)
                return st;
        }
    for (int i = 0; i < n_features; i++) {
        const enum status st = check_menu(r, features[i], why);

        if (st != ST_OK)
            return st;
    }
    *out = r;
    return ST_OK;
}

static const struct node *word_child(const struct node *at, struct str segment)
{
    for (const struct node *c = at->words; c != NULL; c = c->next) {
        const int order = str_cmp(c->word, segment);

        if (order >= 0)
            return order == 0 ? c : NULL;
    }
    return NULL;
}

/* As deep as the path has segments, at most TARGET_SEGMENTS. */
static const struct node *walk(const struct node *at, const struct str *segments, int n,
                               struct str *values, int n_values)
{
    if (n == 0)
        return at->row[GET] != 0 || at->row[POST] != 0 ? at : NULL;
    const struct node *c = word_child(at, segments[0]);
    const struct node *found = c == NULL ? NULL : walk(c, segments + 1, n - 1, values, n_values);

    if (found != NULL || at->value == NULL)
        return found;
    values[n_values] = segments[0];
    return walk(at->value, segments + 1, n - 1, values, n_values + 1);
}

bool router_find(const struct router *r, const struct str *segments, int n_segments,
                 struct router_match *out)
{
    memset(out, 0, sizeof *out);
    const struct node *found = walk(&r->root, segments, n_segments, out->values, 0);

    if (found == NULL)
        return false;
    for (int m = GET; m <= POST; m++)
        if (found->row[m] != 0) {
            out->index[m] = found->row[m] - 1;
            out->route[m] = r->rows[out->index[m]];
        }
    return true;
}

const struct route *router_row(const struct router *r, int i)
{
    return i < 0 || i >= r->n_rows ? NULL : r->rows[i];
}

int router_n_rows(const struct router *r)
{
    return r->n_rows;
}

int router_value_index(const struct route *row, const char *name)
{
    struct str segments[TARGET_SEGMENTS];
    const int n = split(row->path, segments);
    int nth = 0;

    for (int i = 0; i < n; i++) {
        if (segments[i].p[0] != ':')
            continue;
        if (str_eq_z(str_from(segments[i], 1), name))
            return nth;
        nth++;
    }
    return -1;
}
