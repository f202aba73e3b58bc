/*
 * places_find.c - finds a comune by what people type.
 *
 * Why in memory: 1,230 names are 40 KB; comparing all of them takes less than the time of asking
 * two engines in two dialects, and both find the same.
 */
#include "base/macros.h"
#include "core/places/places.h"
#include "core/places/places_store.h"
#include <stdlib.h>
#include <string.h>

struct asked {
    struct str folded; /* without the province */
    struct str prov;   /* "TO"; empty: not said */
};

struct found {
    const struct places_name *name;
    enum comune_match match;
    int distance;
};

/* Short forms of the timetables and of the letter heads. */
static struct str spell_out(struct arena *mem, struct str folded)
{
    static const struct {
        struct str from, to;
    } forms[] = {
        {STR(" t se"), STR(" torinese")},    {STR(" tse"), STR(" torinese")},
        {STR(" c se"), STR(" canavese")},    {STR(" cse"), STR(" canavese")},
        {STR(" m to"), STR(" monferrato")},  {STR(" mto"), STR(" monferrato")},
        {STR(" b se"), STR(" biellese")},    {STR(" v se"), STR(" vercellese")},
    };

    for (int i = 0; i < ARRAY_LEN(forms); i++)
        if (str_ends(folded, forms[i].from)) {
            const struct str head = str_head(folded, folded.n - forms[i].from.n);

            return str_fmt(mem, "%.*s%s", (int)head.n, head.p, forms[i].to.p);
        }
    return folded;
}

/* "Samone (TO)", "Samone, Torino", "samone to": the province at the end, when it is one. */
static enum status take_province(struct ctx *c, struct str typed, struct asked *out)
{
    struct area *provinces;
    int n = 0;
    const enum status st = places_areas(c, AREA_PROVINCE, c->today, &provinces, &n);
    const bool is_marked = str_index(typed, '(') > 0 || str_index(typed, ',') > 0;

    out->folded = str_fold(c->mem, typed);
    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct str words[] = {str_fold(c->mem, provinces[i].code),
                                    str_fold(c->mem, provinces[i].name)};

        for (int k = 0; k < ARRAY_LEN(words); k++) {
            const struct str f = out->folded, w = words[k];

            /* the name of a province without a mark may be part of a comune's name */
            if ((k == 1 && !is_marked) || f.n < w.n + 2 || !str_ends(f, w) ||
                f.p[f.n - w.n - 1] != ' ')
                continue;
            out->folded = str_head(f, f.n - w.n - 1);
            out->prov = provinces[i].code;
            return ST_OK;
        }
    }
    return st;
}

/* "s ambrogio" asks for san, sant, santo and santa. */
static bool saint_eq(struct str typed, struct str name, bool is_prefix)
{
    static const struct str saints[] = {STR("san "), STR("sant "), STR("santo "), STR("santa ")};

    if (!str_starts(typed, STR("s ")))
        return false;
    for (int i = 0; i < ARRAY_LEN(saints); i++) {
        const struct str rest = str_from(name, saints[i].n);

        if (str_starts(name, saints[i]) &&
            (is_prefix ? str_starts(rest, str_from(typed, 2)) : str_eq(rest, str_from(typed, 2))))
            return true;
    }
    return false;
}

static bool has_word(struct str name, struct str typed)
{
    for (size_t i = 1; i + typed.n <= name.n; i++)
        if (name.p[i - 1] == ' ' && str_starts(str_from(name, i), typed))
            return true;
    return false;
}

/* How many letters may be wrong in a word of that length. */
static int typo_limit(size_t n)
{
    return n < 4 ? 0 : n < 6 ? 1 : n < 10 ? 2 : 3;
}

/* 0: no match. */
static enum comune_match match(struct str typed, const struct places_name *n)
{
    if (str_eq(typed, n->folded) || saint_eq(typed, n->folded, false))
        return n->match;
    if (str_starts(n->folded, typed) || saint_eq(typed, n->folded, true))
        return MATCH_PREFIX;
    return typed.n >= 3 && has_word(n->folded, typed) ? MATCH_WORD : 0;
}

static int by_closeness(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    if (x->match != y->match)
        return (int)x->match - (int)y->match;
    if (x->distance != y->distance)
        return x->distance - y->distance;
    return str_cmp(x->name->folded, y->name->folded);
}

static int collect(const struct asked *q, const struct places_name *names, int n,
                   struct found *out)
{
    int n_out = 0;

    for (int i = 0; i < n; i++) {
        const enum comune_match m = match(q->folded, &names[i]);

        if (m != 0 && (q->prov.n == 0 || str_eq(q->prov, names[i].prov)))
            out[n_out++] = (struct found){&names[i], m, 0};
    }
    return n_out;
}

/* Two neighbouring letters exchanged are one slip of the fingers, not two wrong letters. */
static int slips(struct arena *mem, struct str typed, struct str name, int limit)
{
    int best = str_distance(typed, name);

    if (best <= limit || best > limit + 1)
        return best;
    const struct str swapped = str_copy(mem, typed);
    char *p = (char *)swapped.p; /* ours: str_copy has just made it */

    for (size_t i = 0; i + 1 < typed.n; i++) {
        p[i] = typed.p[i + 1];
        p[i + 1] = typed.p[i];
        const int d = str_distance(swapped, name) + 1;

        best = d < best ? d : best;
        p[i] = typed.p[i];
        p[i + 1] = typed.p[i + 1];
    }
    return best;
}

static int collect_typos(struct arena *mem, const struct asked *q, const struct places_name *names, int n,
                         struct found *out)
{
    const int limit = typo_limit(q->folded.n);
    int n_out = 0;

    for (int i = 0; limit > 0 && i < n; i++) {
        const struct str f = names[i].folded;
        const int shorter = (int)q->folded.n - (int)f.n;

        if (abs(shorter) > limit || (q->prov.n > 0 && !str_eq(q->prov, names[i].prov)))
            continue;
        const int d = slips(mem, q->folded, f, limit);

        if (d <= limit)
            out[n_out++] = (struct found){&names[i], MATCH_TYPO, d};
    }
    return n_out;
}

/* What else is worth showing beside the best: nothing beside a whole name, beside one that is no
 * longer in use the names that begin so ("Castellar" is Saluzzo now, or Castellar Guidobono). */
static enum comune_match least_match(const struct found *list, int n)
{
    if (n == 0 || list[0].match > MATCH_HAMLET)
        return MATCH_TYPO;
    return list[0].match > MATCH_EXACT ? MATCH_PREFIX : MATCH_EXACT;
}

/* A comune is given once, by its best match. */
static enum status to_hits(struct ctx *c, struct found *list, int n, int limit,
                           struct comune_hit **out, int *n_out)
{
    qsort(list, (size_t)n, sizeof *list, by_closeness);
    const enum comune_match least = least_match(list, n);

    *out = ARENA_ARRAY(c->mem, struct comune_hit, (size_t)limit);
    for (int i = 0; i < n && *n_out < limit; i++) {
        struct comune_hit *h = &(*out)[*n_out];
        bool is_seen = false;

        if (list[i].match > least)
            break;
        for (int k = 0; k < *n_out; k++)
            is_seen |= (*out)[k].comune.area.area_id == list[i].name->area_id;
        if (is_seen)
            continue;
        const enum status st = places_comune(c, list[i].name->area_id, &h->comune);

        if (st != ST_OK)
            return st;
        h->match = list[i].match;
        if (list[i].name->match != MATCH_EXACT)
            h->matched = list[i].name->name;
        (*n_out)++;
    }
    return ST_OK;
}

static enum status by_cap(struct ctx *c, struct str cap, int limit, struct comune_hit **out,
                          int *n_out)
{
    int64_t *ids;
    int n = 0;
    enum status st = places_store_with_cap(c, cap, &ids, &n);

    *out = ARENA_ARRAY(c->mem, struct comune_hit, (size_t)n);
    for (int i = 0; st == ST_OK && i < n && i < limit; i++) {
        st = places_comune(c, ids[i], &(*out)[i].comune);
        (*out)[i].match = MATCH_CAP;
        (*n_out)++;
    }
    return st;
}

static bool is_digits(struct str s, size_t from)
{
    for (size_t i = from; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > from;
}

/* ST_NOT_FOUND: it is no code, or none that is known. */
static enum status by_code(struct ctx *c, struct str folded, struct comune_hit **out, int *n_out)
{
    struct comune found;
    enum status st = ST_NOT_FOUND;

    if (folded.n == 6 && is_digits(folded, 0)) {
        st = places_comune_by_istat(c, folded, &found);
    } else if (folded.n == 4 && folded.p[0] >= 'a' && folded.p[0] <= 'z' && is_digits(folded, 1)) {
        const struct str code = str_fmt(c->mem, "%c%.3s", folded.p[0] - 'a' + 'A', folded.p + 1);

        st = places_comune_by_belfiore(c, code, &found);
    }
    if (st != ST_OK)
        return st;
    *out = ARENA_NEW(c->mem, struct comune_hit);
    **out = (struct comune_hit){.comune = found, .match = MATCH_CODE};
    *n_out = 1;
    return ST_OK;
}

enum status places_find_comuni(struct ctx *c, struct str typed, int limit, struct comune_hit **out,
                               int *n_out)
{
    const struct str folded = str_fold(c->mem, str_head(typed, 200));
    struct asked q = {0};
    struct places_name *names;
    int n = 0;

    *out = NULL;
    *n_out = 0;
    if (folded.n == 0 || limit < 1)
        return ST_OK;
    enum status st = by_code(c, folded, out, n_out);

    if (st != ST_NOT_FOUND)
        return st;
    if (folded.n == 5 && is_digits(folded, 0))
        return by_cap(c, folded, limit, out, n_out);
    st = places_store_names(c, &names, &n);
    if (st != ST_OK)
        return st;
    struct found *list = ARENA_ARRAY(c->mem, struct found, (size_t)n);

    /* first as it stands, for "Verrua Savoia to" must not hide a name that ends so */
    q.folded = spell_out(c->mem, folded);
    int n_found = collect(&q, names, n, list);

    if (n_found == 0) {
        st = take_province(c, str_head(typed, 200), &q);
        if (st != ST_OK)
            return st;
        q.folded = spell_out(c->mem, q.folded);
        n_found = collect(&q, names, n, list);
    }
    if (n_found == 0)
        n_found = collect_typos(c->mem, &q, names, n, list);
    return to_hits(c, list, n_found, limit, out, n_out);
}
