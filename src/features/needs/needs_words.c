/* needs_words.c - the steps of the analysis, from a text to words that can be compared. */
#include "needs_words.h"
#include "base/macros.h"
#include "needs_lexicon.h"
#include <libstemmer.h>
#include <string.h>

enum { REACH_OF_NEGATION = 4, MAX_BETWEEN = 2 };

/* ---- variants and ages ---- */

static const struct variant *variant_at(const struct words *w, const struct token *t, int n)
{
    const struct variant *best = NULL;

    for (int v = map_get(&w->variant_of, t[0].folded); v >= 0; v = w->variants[v].next) {
        const struct variant *const x = &w->variants[v];
        int k = 1;

        if (x->n_from > n || (best != NULL && x->n_from <= best->n_from))
            continue;
        while (k < x->n_from && str_eq(x->from[k], t[k].folded))
            k++;
        if (k == x->n_from)
            best = x;
    }
    return best;
}

static bool is_one_of(struct str s, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(s, list[i]))
            return true;
    return false;
}

/* "85 anni" says who it is about; "da 3 anni", "3 anni fa" say when. */
static const char *who_by_age(const struct token *t, int at, int n)
{
    static const char *const years[] = {"anni", "anno", "aa", "enne"}, *const months[] = {"mesi",
                                                                                          "mese"};
    static const char *const since[] = {"da",   "per",    "ogni",  "tra",  "fra",
                                        "dopo", "ultimi", "oltre", "circa"};
    int64_t age;

    if (!t[at].is_number || at + 1 >= n || !str_to_int(t[at].folded, &age) ||
        (at > 0 && is_one_of(t[at - 1].folded, since, ARRAY_LEN(since))) ||
        (at + 2 < n && (str_eq_z(t[at + 2].folded, "fa") || str_eq_z(t[at + 2].folded, "di"))))
        return NULL;
    if (is_one_of(t[at + 1].folded, months, ARRAY_LEN(months)))
        return age <= 36 ? "bambino" : NULL;
    if (!is_one_of(t[at + 1].folded, years, ARRAY_LEN(years)) || age > 120)
        return NULL;
    return age < 14   ? "bambino"
           : age < 18 ? "adolescente"
           : age < 30 ? "giovane"
           : age < 65 ? NULL
                      : "anziano";
}

static struct str span(struct str a, struct str b)
{
    return (struct str){a.p, (size_t)(b.p + b.n - a.p)};
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
    return s.n > 0;
}

static struct draft *put_draft(struct draft *at, struct str written, struct str folded,
                               const struct token *t)
{
    *at = (struct draft){
        .w = {.written = written, .folded = folded, .stem = folded, .clause = t->clause},
        .is_number = t->is_number && folded.n > 0 && folded.p[0] <= '9',
        .is_plain = is_plain(folded)};
    for (int i = 0; i < WORDS_MAX_RINGS; i++)
        at->w.ring[i] = -1;
    return at;
}

static void put_flags(const struct words *w, struct draft *d)
{
    const int flags = map_get(&w->flags, d->w.folded);

    d->flags = flags < 0 ? 0 : flags;
    if (d->w.folded.n == 1 && d->is_plain)
        d->flags |= FLAG_FUNCTION; /* "l", "d", "e", and a letter that slipped in */
    d->w.is_function = (d->flags & FLAG_FUNCTION) != 0;
    d->w.is_known = d->flags != 0 || d->is_number || map_get(&w->known, d->w.folded) >= 0;
}

static int room_for_tokens(const struct words *w, const struct token *t, int n)
{
    int room = n;

    for (int i = 0; i < n; i++) {
        const struct variant *const v = variant_at(w, t + i, n - i);

        room += v != NULL ? v->n_to : 0;
    }
    return room;
}

static int put_tokens(const struct words *w, const struct token *t, int n, struct draft *out)
{
    int n_out = 0;

    for (int i = 0; i < n;) {
        const struct variant *const v = variant_at(w, t + i, n - i);
        const char *const who = who_by_age(t, i, n);

        if (who != NULL) {
            put_draft(&out[n_out++], span(t[i].written, t[i + 1].written), str_of(who), &t[i]);
            i += 2;
        } else if (v != NULL) {
            for (int k = 0; k < v->n_to; k++)
                put_draft(&out[n_out++], span(t[i].written, t[i + v->n_from - 1].written), v->to[k],
                          &t[i]);
            i += v->n_from;
        } else {
            put_draft(&out[n_out++], t[i].written, t[i].folded, &t[i]);
            i++;
        }
    }
    return n_out;
}

/* ---- stems ---- */

static struct str stem_into(const struct words *w, struct sb_stemmer *s, struct str folded,
                            char *room)
{
    const int known = map_get(&w->stem_of, folded);

    if (known >= 0)
        return w->stems[known];
    const sb_symbol *const stem = sb_stemmer_stem(s, (const sb_symbol *)folded.p, (int)folded.n);
    const size_t n = stem == NULL ? 0 : (size_t)sb_stemmer_length(s);

    if (n == 0 || n > folded.n)
        return folded;
    memcpy(room, stem, n);
    return (struct str){room, n};
}

/* The room is taken before the stemmer exists: an arena that springs its trap leaves nothing
 * behind. */
static void put_stems(const struct words *w, struct arena *mem, struct draft *d, int n)
{
    size_t n_bytes = 0;

    for (int i = 0; i < n; i++)
        n_bytes += d[i].w.folded.n;
    char *room = arena_alloc(mem, n_bytes + 1);
    struct sb_stemmer *s = sb_stemmer_new("italian", "UTF_8");

    if (s == NULL)
        return; /* no memory for the library: words are compared as they stand */
    for (int i = 0; i < n; i++) {
        if (d[i].is_plain) {
            d[i].w.stem = stem_into(w, s, d[i].w.folded, room);
            room += d[i].w.folded.n;
        }
    }
    sb_stemmer_delete(s);
}

struct str words_stem(const struct words *w, struct arena *mem, struct str folded)
{
    struct draft d = {.w = {.folded = folded, .stem = folded}, .is_plain = is_plain(folded)};

    put_stems(w, mem, &d, 1);
    return d.w.stem;
}

struct draft *lexicon_drafts(const struct words *w, struct arena *mem, struct str text, int *n_out)
{
    struct token *t = ARENA_ARRAY(mem, struct token, WORDS_MAX_TOKENS);

    const int n_tokens = split_text(mem, str_head(text, WORDS_MAX_TEXT), t, WORDS_MAX_TOKENS);
    struct draft *d = ARENA_ARRAY(mem, struct draft, (size_t)room_for_tokens(w, t, n_tokens));
    const int n = put_tokens(w, t, n_tokens, d);
    int n_ends = 0;

    for (int i = 0; i < n; i++) {
        put_flags(w, &d[i]);
        n_ends += (d[i].flags & FLAG_END) != 0;
        d[i].w.clause += n_ends;
    }
    put_stems(w, mem, d, n);
    *n_out = n;
    return d;
}

/* ---- expressions ---- */

static bool is_item(const struct expression_item *x, const struct draft *d)
{
    return x->is_function ? str_eq(x->text, d->w.folded)
                          : !d->w.is_function && str_eq(x->text, d->w.stem);
}

/* "perso il mio lavoro" is "perso il lavoro"; "non riesce a camminare" is "non cammina"; but "mi
 * vogliono portare" is not "mi porta", and no other negation comes between. */
static bool may_stand_between(const struct expression *x, const struct draft *before,
                              const struct draft *d)
{
    return d->w.is_function && !(d->flags & FLAG_NEGATION) &&
           (!x->is_exact || (before->flags & FLAG_NEGATION));
}

/* How many drafts from the first on make up the expression; 0: it does not stand here. */
static int length_of_match(const struct expression *x, const struct draft *d, int n)
{
    int at = 1, between = 0, k = 1;

    if (!is_item(&x->items[0], d))
        return 0;
    while (k < x->n && at < n) {
        if (d[at].w.clause != d[0].w.clause)
            return 0;
        if (is_item(&x->items[k], &d[at])) {
            k++;
            between = 0;
        } else if (!may_stand_between(x, &d[at - 1 - between], &d[at]) || ++between > MAX_BETWEEN) {
            return 0;
        }
        at++;
    }
    return k == x->n ? at : 0;
}

static const struct expression *expression_at(const struct words *w, const struct draft *d, int n,
                                              int *n_taken)
{
    const struct expression *best = NULL;
    const struct str first = d->w.is_function ? d->w.folded : d->w.stem;

    *n_taken = 0;
    for (int e = map_get(&w->expression_of, first); e >= 0; e = w->expressions[e].next) {
        const int taken = length_of_match(&w->expressions[e], d, n);

        if (taken > *n_taken || (taken > 0 && taken == *n_taken && w->expressions[e].n > best->n)) {
            *n_taken = taken;
            best = &w->expressions[e];
        }
    }
    return best;
}

static int join_expressions(const struct words *w, struct draft *d, int n)
{
    int n_out = 0, n_taken;

    for (int i = 0; i < n;) {
        const struct expression *const x = expression_at(w, d + i, n - i, &n_taken);

        if (x == NULL) {
            d[n_out++] = d[i++];
            continue;
        }
        struct draft joined = d[i];

        joined.w.written = span(d[i].w.written, d[i + n_taken - 1].w.written);
        joined.w.folded = w->ring_names[x->ring];
        joined.w.stem = w->ring_stems[x->ring];
        joined.w.ring[0] = x->ring;
        joined.w.is_function = false;
        joined.w.is_known = true;
        joined.flags = 0;
        d[n_out++] = joined;
        i += n_taken;
    }
    return n_out;
}

/* ---- negations, refusals, rings ---- */

static void mark_negated(struct draft *d, int n)
{
    int reach = 0;

    for (int i = 0; i < n; i++) {
        if (i > 0 && d[i].w.clause != d[i - 1].w.clause)
            reach = 0;
        if (d[i].flags & FLAG_NEGATION) {
            reach = REACH_OF_NEGATION;
        } else if (!d[i].w.is_function && reach > 0) {
            d[i].w.is_negated = true;
            reach--;
        }
    }
}

/* "non cerco lavoro, cerco compagnia": something is refused only where something else is wanted
 * afterwards. "non voglio piu ..." refuses nothing that we could offer. */
static void mark_refused(struct draft *d, int n)
{
    for (int i = 1; i < n; i++) {
        if (!(d[i].flags & FLAG_WANT) ||
            !((d[i - 1].flags & FLAG_NEGATION) || (i > 1 && (d[i - 2].flags & FLAG_NEGATION))))
            continue;
        int end = i + 1;

        while (end < n && d[end].w.clause == d[i].w.clause)
            end++;
        bool is_other_wanted = false;

        for (int k = end; k < n; k++)
            is_other_wanted |= (d[k].flags & FLAG_WANT) && !(d[k - 1].flags & FLAG_NEGATION);
        if (!is_other_wanted || (i + 1 < n && str_eq_z(d[i + 1].w.folded, "piu")))
            continue;
        for (int k = i + 1; k < end; k++)
            d[k].w.is_refused = !d[k].w.is_function;
    }
}

static void put_rings(const struct words *w, struct draft *d)
{
    int n = 0;

    while (n < WORDS_MAX_RINGS && d->w.ring[n] >= 0)
        n++;
    for (int m = map_get(&w->ring_of, d->w.stem); m >= 0 && n < WORDS_MAX_RINGS;
         m = w->memberships[m].next)
        if (n == 0 || d->w.ring[0] != w->memberships[m].ring)
            d->w.ring[n++] = w->memberships[m].ring;
    d->w.is_known |= n > 0;
}

void words_analyse(const struct words *w, struct arena *mem, struct str text, struct word **out,
                   int *n_out)
{
    int n;
    struct draft *d = lexicon_drafts(w, mem, text, &n);

    n = join_expressions(w, d, n);
    mark_negated(d, n);
    mark_refused(d, n);
    struct word *list = ARENA_ARRAY(mem, struct word, (size_t)n);

    for (int i = 0; i < n; i++) {
        if (!d[i].w.is_function)
            put_rings(w, &d[i]);
        d[i].w.is_weak =
            map_get(&w->weak, d[i].w.stem) >= 0 || (d[i].is_number && d[i].w.ring[0] < 0);
        list[i] = d[i].w;
    }
    *out = list;
    *n_out = n;
}

bool words_is_function(const struct words *w, struct str folded)
{
    const int flags = map_get(&w->flags, folded);

    return flags > 0 && (flags & ~FLAG_COMMON) != 0;
}

int words_n_rings(const struct words *w)
{
    return w->n_rings;
}

struct str words_ring_name(const struct words *w, int ring)
{
    return w->ring_names[ring];
}

int words_ring_of(const struct words *w, struct str name)
{
    return map_get(&w->rings, name);
}
