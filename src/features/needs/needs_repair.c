/* needs_repair.c - words that stand in no table: parted, corrected, or completed. */
#include "base/buf.h"
#include "base/macros.h"
#include "needs_index.h"
#include <string.h>

enum {
    COST_SLIP = 350,      /* one letter doubled or not */
    COST_PARTED = 250,    /* "laffitto", "nonriesco" */
    COST_COMPLETED = 700, /* "psico", "amministr" */
    MAX_PARTS = 6,
    LONGEST_PARTED = 40,
    LEAST_COMPLETED = 4,
    LEAST_JOINED = 7,
    MAX_REPAIRS = 24,
};

static bool is_letters(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
    return s.n > 0;
}

static bool is_stem_found(const struct needs *x, struct str stem)
{
    return map_get(&x->term_of, stem) >= 0 || map_get(&x->words->ring_of, stem) >= 0 ||
           map_get(&x->words->expression_of, stem) >= 0;
}

/* A form that no table lists counts as found by its stem, unless a letter more or less makes a
 * listed word: "bollete" has the stem of "bollo" and is meant for "bollette". */
static bool is_found(const struct needs *x, const struct draft *d)
{
    struct correction c;

    if (d->w.is_known || vocabulary_has(x->vocabulary, d->w.folded))
        return true;
    return is_stem_found(x, d->w.stem) &&
           !(vocabulary_correct(x->vocabulary, d->w.folded, &c, 1) > 0 &&
             c.cost_permille <= COST_SLIP);
}

/* What one part costs; 0 when it is no word. Short words are function words or no words at all. */
static int cost_of_part(const struct needs *x, struct str part)
{
    const int flags = map_get(&x->words->flags, part);
    const bool is_function = flags > 0 && (flags & FLAG_FUNCTION);

    if (part.n == 1)
        return memchr("aeiold", part.p[0], 6) != NULL ? 5 : 0;
    if (is_function)
        return part.n == 2 ? 4 : 3;
    if (part.n < 4)
        return 0;
    const int at = map_get(&x->listed_at, part);

    return at >= 0 && at < x->n_telling ? 1 : flags > 0 ? 2 : 0;
}

/* The cheapest way to part a run of letters into words; false when there is none that says
 * something. */
static bool part_word(const struct needs *x, struct arena *mem, struct str s, struct str *out)
{
    int costs[LONGEST_PARTED + 1] = {0}, parts[LONGEST_PARTED + 1] = {0};
    size_t from[LONGEST_PARTED + 1] = {0}, n_telling[LONGEST_PARTED + 1] = {0};

    if (s.n < 5 || s.n > LONGEST_PARTED)
        return false;
    for (size_t end = 1; end <= s.n; end++) {
        costs[end] = 1000;
        for (size_t begin = 0; begin < end; begin++) {
            const struct str part = {s.p + begin, end - begin};
            const int c = costs[begin] < 1000 && part.n < s.n ? cost_of_part(x, part) : 0;

            if (c > 0 && costs[begin] + c < costs[end]) {
                costs[end] = costs[begin] + c;
                from[end] = begin;
                parts[end] = parts[begin] + 1;
                n_telling[end] = n_telling[begin] + (c == 1 ? part.n : 0);
            }
        }
    }
    if (costs[s.n] >= 1000 || parts[s.n] > MAX_PARTS || n_telling[s.n] < 4 ||
        n_telling[s.n] * 2 < s.n)
        return false;
    struct buf b = buf_new(mem, s.n * 2);
    bool is_begin[LONGEST_PARTED + 1] = {false};

    for (size_t end = s.n; end > 0; end = from[end])
        is_begin[from[end]] = true;
    for (size_t i = 0; i < s.n; i++) {
        if (i > 0 && is_begin[i])
            buf_char(&b, ' ');
        buf_char(&b, s.p[i]);
    }
    *out = buf_view(&b);
    return true;
}

/* The shortest word that begins so; people stop typing, and desks write "amministr. di sostegno".
 */
static bool complete_word(const struct needs *x, struct str s, struct str *out)
{
    struct str best = STR("");

    if (s.n < LEAST_COMPLETED)
        return false;
    for (int i = 0; i < x->n_telling; i++)
        if (str_starts(x->listed[i], s) && (best.n == 0 || x->listed[i].n < best.n))
            best = x->listed[i];
    *out = best;
    return best.n > 0 && (s.n >= 6 || best.n <= s.n * 2);
}

static bool repair_word(const struct needs *x, struct arena *mem, struct str folded,
                        struct str *out, int *cost)
{
    struct correction c;

    if (!is_letters(folded))
        return false;
    const bool is_corrected = vocabulary_correct(x->vocabulary, folded, &c, 1) > 0;

    if (!(is_corrected && c.cost_permille <= COST_SLIP) && part_word(x, mem, folded, out)) {
        *cost = COST_PARTED;
        return true;
    }

    if (is_corrected && c.cost_permille <= COST_COMPLETED) {
        *out = c.meant;
        *cost = c.cost_permille;
        return true;
    }
    *cost = COST_COMPLETED;
    if (complete_word(x, folded, out))
        return true;
    if (is_corrected) {
        *out = c.meant;
        *cost = c.cost_permille;
    }
    return is_corrected;
}

static void put_repair(struct repaired *out, struct buf *b, struct str written, struct str meant,
                       int cost)
{
    const size_t from = b->n;

    buf_str(b, meant);
    out->list[out->n++] = (struct repair){from, b->n, written, cost};
}

/* "scuola bus", "micro credito": two words that the tables know as one. */
static bool join_words(const struct needs *x, struct arena *mem, const struct draft *d,
                       struct str *out)
{
    const struct str a = d[0].w.folded, b = d[1].w.folded;

    if (a.n < 3 || b.n < 3 || a.n + b.n < LEAST_JOINED || d[0].w.is_function ||
        d[1].w.is_function || d[0].w.clause != d[1].w.clause)
        return false;
    *out = str_fmt(mem, "%.*s%.*s", (int)a.n, a.p, (int)b.n, b.p);
    const int at = map_get(&x->listed_at, *out);

    return at >= 0 && at < x->n_telling;
}

void repair_phrase(const struct needs *x, struct arena *mem, struct str phrase,
                   struct repaired *out)
{
    int n, cost;
    const struct draft *const d = lexicon_drafts(x->words, mem, phrase, &n);
    struct buf b = {0};
    const char *done = phrase.p;
    struct str meant;

    *out = (struct repaired){.text = phrase};
    for (int i = 0; i < n && out->n < MAX_REPAIRS; i++) {
        struct str written = d[i].w.written;

        if (written.p < done)
            continue; /* several words of one variant */
        if (i + 1 < n && d[i + 1].w.written.p > written.p && join_words(x, mem, &d[i], &meant)) {
            cost = COST_PARTED;
            written.n = (size_t)(d[i + 1].w.written.p + d[i + 1].w.written.n - written.p);
        } else if (is_found(x, &d[i]) || !repair_word(x, mem, d[i].w.folded, &meant, &cost)) {
            continue;
        }
        if (out->n == 0) {
            out->list = ARENA_ARRAY(mem, struct repair, MAX_REPAIRS);
            b = buf_new(mem, phrase.n * 2 + 64);
        }
        buf_put(&b, done, (size_t)(written.p - done));
        put_repair(out, &b, written, meant, cost);
        done = written.p + written.n;
    }
    if (out->n == 0)
        return;
    buf_put(&b, done, (size_t)(phrase.p + phrase.n - done));
    out->text = buf_view(&b);
}
