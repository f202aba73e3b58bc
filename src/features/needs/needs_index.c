/* needs_index.c - phrases to entries, and from words to where they stand. */
#include "needs_index.h"
#include <stdlib.h>
#include <string.h>

enum { WEAK = 40 }; /* per cent of the weight of other words */

static void list_word(struct needs *x, struct str folded)
{
    if (map_get(&x->listed_at, folded) >= 0)
        return;
    folded = str_copy(x->mem, folded);
    map_add(&x->listed_at, folded, x->n_listed);
    if (x->n_listed == 0)
        x->listed = ARENA_ARRAY(x->mem, struct str, 1024);
    else if (x->n_listed >= 1024 && (x->n_listed & (x->n_listed - 1)) == 0)
        x->listed = arena_grow(x->mem, x->listed, (size_t)x->n_listed * sizeof *x->listed,
                               (size_t)x->n_listed * 2 * sizeof *x->listed);
    x->listed[x->n_listed++] = folded;
}

/* The words as they were written, before expressions joined them: a mistake is made in one of them.
 */
static void list_words(struct needs *x, struct str phrase)
{
    int n;
    const struct draft *const d = lexicon_drafts(x->words, x->scratch, phrase, &n);

    for (int i = 0; i < n; i++)
        if (!d[i].is_number)
            list_word(x, d[i].w.folded);
    arena_reset(x->scratch);
}

static struct entry *new_entry(struct needs *x)
{
    if (x->n_entries == 0)
        x->entries = ARENA_ARRAY(x->mem, struct entry, 1024);
    else if (x->n_entries >= 1024 && (x->n_entries & (x->n_entries - 1)) == 0)
        x->entries = arena_grow(x->mem, x->entries, (size_t)x->n_entries * sizeof *x->entries,
                                (size_t)x->n_entries * 2 * sizeof *x->entries);
    x->entries[x->n_entries] = (struct entry){.n = 0};
    return &x->entries[x->n_entries];
}

static bool has_term(const struct entry *e, int term)
{
    for (int i = 0; i < e->n; i++)
        if (e->words[i].term == term)
            return true;
    return false;
}

enum status index_add(struct needs *x, int target, int sure, struct str phrase, bool is_vocabulary,
                      const char **why)
{
    struct word *w;
    int n;
    struct entry *e = new_entry(x);

    arena_reset(x->scratch);
    words_analyse(x->words, x->scratch, phrase, &w, &n);
    e->target = target;
    for (int i = 0; i < n; i++) {
        if (w[i].is_function)
            continue;
        int term = map_get(&x->term_of, w[i].stem);

        if (term < 0)
            term = map_add(&x->term_of, str_copy(x->mem, w[i].stem), x->n_terms++);
        if (has_term(e, term))
            continue;
        if (e->n == MAX_ENTRY_WORDS) {
            *why = "has more than eight words that count";
            return ST_INVALID;
        }
        struct entry_word *const ew = &e->words[e->n++];

        *ew = (struct entry_word){
            .term = term, .is_negated = w[i].is_negated, .is_weak = w[i].is_weak};
        memcpy(ew->ring, w[i].ring, sizeof ew->ring);
    }
    if (e->n == 0) {
        *why = "has function words alone";
        return ST_INVALID;
    }
    e->sure =
        sure == SURE_SAYS && e->n == 1 && n > 1 && w[0].written.n < phrase.n ? SURE_REST : sure;
    if (is_vocabulary)
        list_words(x, phrase);
    x->n_entries++;
    return ST_OK;
}

/* ---- closing ---- */

/* Entries of one target side by side, in the order they came in. */
static void sort_by_target(struct needs *x)
{
    const int n_targets = x->n_needs + x->n_groups;
    int *at = ARENA_ARRAY(x->mem, int, (size_t)n_targets + 1);
    struct entry *sorted = ARENA_ARRAY(x->mem, struct entry, (size_t)x->n_entries);

    for (int i = 0; i < x->n_entries; i++)
        at[x->entries[i].target + 1]++;
    for (int t = 0; t < n_targets; t++)
        at[t + 1] += at[t];
    for (int i = 0; i < x->n_entries; i++)
        sorted[at[x->entries[i].target]++] = x->entries[i];
    x->entries = sorted;
}

/* 16 * log2(1 + all / with): a word that stands in one need weighs most. */
static int rarity(int n_all, int n_with)
{
    int bits16 = 0;
    int64_t ratio = (int64_t)(n_all + n_with) * 4096 / (n_with > 0 ? n_with : 1);

    while (ratio >= 8192) {
        ratio /= 2;
        bits16 += 16;
    }
    return bits16 + (int)((ratio - 4096) * 16 / 4096); /* straight between powers of two */
}

/* In how many needs each term and each ring stands in a phrase at least so sure. */
static void count_needs(const struct needs *x, int least_sure, int *n_terms, int *n_rings)
{
    int *last_term = ARENA_ARRAY(x->mem, int, (size_t)x->n_terms);
    int *last_ring = ARENA_ARRAY(x->mem, int, (size_t)words_n_rings(x->words) + 1);

    for (int i = 0; i < x->n_entries; i++) {
        const struct entry *const e = &x->entries[i];

        if (e->target >= x->n_needs || e->sure < least_sure)
            continue;
        for (int k = 0; k < e->n; k++) {
            const int term = e->words[k].term;

            n_terms[term] += last_term[term] != e->target + 1;
            last_term[term] = e->target + 1;
            for (int r = 0; r < WORDS_MAX_RINGS && e->words[k].ring[r] >= 0; r++) {
                const int ring = e->words[k].ring[r];

                n_rings[ring] += last_ring[ring] != e->target + 1;
                last_ring[ring] = e->target + 1;
            }
        }
    }
}

static void weigh(struct needs *x)
{
    const int n_rings = words_n_rings(x->words);
    int *terms = ARENA_ARRAY(x->mem, int, (size_t)x->n_terms);
    int *rings = ARENA_ARRAY(x->mem, int, (size_t)n_rings + 1);

    int *hints = ARENA_ARRAY(x->mem, int, (size_t)x->n_terms),
        *ring_hints = ARENA_ARRAY(x->mem, int, (size_t)n_rings + 1);

    count_needs(x, 2, terms, rings);
    count_needs(x, 1, hints, ring_hints);
    for (int i = 0; i < x->n_entries; i++) {
        struct entry *const e = &x->entries[i];

        for (int k = 0; k < e->n; k++) {
            struct entry_word *const w = &e->words[k];
            int n_with = terms[w->term];

            for (int r = 0; r < WORDS_MAX_RINGS && w->ring[r] >= 0; r++)
                n_with = rings[w->ring[r]] > n_with ? rings[w->ring[r]] : n_with;
            if (n_with == 0)
                n_with = hints[w->term];
            w->weight = rarity(x->n_needs, n_with) * (w->is_weak ? WEAK : 100) / 100;
            e->mass += w->weight;
        }
    }
}

/* Two walks over the same places: first how many, then where. */
static void post(struct needs *x)
{
    const int n_rings = words_n_rings(x->words);
    int *const terms = ARENA_ARRAY(x->mem, int, (size_t)x->n_terms + 2);
    int *const rings = ARENA_ARRAY(x->mem, int, (size_t)n_rings + 2);

    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < x->n_entries; i++) {
            for (int k = 0; k < x->entries[i].n; k++) {
                const struct entry_word *const w = &x->entries[i].words[k];

                if (pass == 0)
                    terms[w->term + 2]++;
                else
                    x->by_term[terms[w->term + 1]++] = (struct posting){i, k};
                for (int r = 0; r < WORDS_MAX_RINGS && w->ring[r] >= 0; r++) {
                    if (pass == 0)
                        rings[w->ring[r] + 2]++;
                    else
                        x->by_ring[rings[w->ring[r] + 1]++] = (struct posting){i, k};
                }
            }
        }
        if (pass == 1)
            break;
        for (int t = 1; t <= x->n_terms + 1; t++)
            terms[t] += terms[t - 1];
        for (int r = 1; r <= n_rings + 1; r++)
            rings[r] += rings[r - 1];
        x->by_term = ARENA_ARRAY(x->mem, struct posting, (size_t)terms[x->n_terms + 1]);
        x->by_ring = ARENA_ARRAY(x->mem, struct posting, (size_t)rings[n_rings + 1]);
    }
    x->first_of_term = terms;
    x->first_of_ring = rings;
}

static int root(int v)
{
    int r = 0;

    while ((r + 1) * (r + 1) <= v)
        r++;
    return r;
}

/* Postings of one word lie target by target: a sum for each run, and its share of the whole. */
static void lean(struct needs *x, const int *first, int n, const struct posting *list,
                 int **out_first, struct leaning **out)
{
    static const int says[N_SURE] = {0, 1, 3, 4, 3};
    struct leaning *const leanings = ARENA_ARRAY(x->mem, struct leaning, (size_t)first[n]);
    int *const firsts = ARENA_ARRAY(x->mem, int, (size_t)n + 1);
    int n_out = 0;

    for (int w = 0; w < n; w++) {
        int64_t all = 0;
        int n_targets = 0, rarest = 0;

        firsts[w] = n_out;
        for (int i = first[w]; i < first[w + 1]; i++) {
            const struct entry *const e = &x->entries[list[i].entry];
            const int said = says[e->sure] * 12 / e->n;

            if (e->target >= x->n_needs)
                continue;
            if (n_out == firsts[w] || leanings[n_out - 1].target != e->target) {
                leanings[n_out++] = (struct leaning){.target = e->target};
                n_targets++;
            }
            leanings[n_out - 1].weight += said;
            all += said;
            if (e->words[list[i].at].weight > rarest)
                rarest = e->words[list[i].at].weight;
        }
        for (int i = firsts[w]; i < n_out; i++)
            leanings[i].weight = rarest * root((int)(leanings[i].weight * 10000 / all)) / 100;
    }
    firsts[n] = n_out;
    *out_first = firsts;
    *out = leanings;
}

void index_close(struct needs *x)
{
    const struct map *const flags = &x->words->flags;

    for (int i = 0; i < x->words->n_members; i++)
        list_words(x, x->words->members[i]);
    x->n_telling = x->n_listed;
    for (uint32_t i = 0; i < flags->room;
         i++) /* "stano" is meant for "stanno", not for "stanotte" */
        if (flags->slots[i].key.p != NULL)
            list_word(x, flags->slots[i].key);
    sort_by_target(x);
    weigh(x);
    post(x);
    lean(x, x->first_of_term, x->n_terms, x->by_term, &x->first_leaning_of_term, &x->term_leanings);
    lean(x, x->first_of_ring, words_n_rings(x->words), x->by_ring, &x->first_leaning_of_ring,
         &x->ring_leanings);
    x->vocabulary = vocabulary_new(x->mem, x->listed, x->n_listed);
    arena_free(x->scratch);
    x->scratch = NULL;
}
