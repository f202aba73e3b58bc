/*
 * needs_find.c - from a phrase to the needs it speaks of.
 *
 * Each word finds the places where its stem or a near synonym stands; entries wholly found count
 * more than their parts; then, need by need, the best entries are added up, a word that has spoken
 * once counting little the second time.
 */
#include "base/macros.h"
#include "needs_index.h"
#include <string.h>

enum {
    QUALITY_SAME = 100,
    QUALITY_RING = 80,     /* a near synonym */
    QUALITY_POLARITY = 86, /* of itself, when one is negated and the other is not */
    QUALITY_REFUSED = 20,
    LEAST_QUALITY = 12,
    WORD_AGAIN = 20,    /* per cent of a word's weight when it has spoken already */
    PART_OF_ENTRY = 70, /* per cent, beside the part that was found */
    EXTRA_WORD = 14,    /* per cent more for each word of an entry wholly found */
    MAX_ROUNDS = 5,
    MAX_CONTENT = 60,
    BY_GROUP = 30,   /* per cent of its group's score that a need gets */
    RING_LEANS = 60, /* per cent of what the word itself leans */
    LEANING = 40,    /* per cent of the leanings that enters the score */
    COVERAGE = 60,   /* per cent of the score that depends on how much of the phrase was heard */
    SURE_RATIO = 17, /* tenths: the first over the second */
};

static const int per_cent_by_sure[N_SURE] = {0, 30, 62, 100, 78};
static const int per_cent_by_round[MAX_ROUNDS] = {100, 70, 50, 35, 25};

struct asked {
    struct word w;
    struct str written; /* before any repair */
    int quality;        /* per cent: less when repaired or refused */
    int weight;         /* of the rarest place where it stands; 0: it stands nowhere */
};

struct touch {
    uint8_t quality[MAX_ENTRY_WORDS], by[MAX_ENTRY_WORDS];
    int next; /* of the same target, entry + 1; 0 ends */
    bool is_touched, is_used;
};

struct finding {
    const struct needs *x;
    struct arena *mem;
    struct asked *asked;
    int n_asked;
    struct touch *touches; /* by entry */
    int *first;            /* by target: entry + 1 of the first touched */
    int *scores;           /* by target */
    int *leanings;         /* by target */
    uint8_t *spoken;       /* by asked word, of the target at hand */
    uint64_t *words_of;    /* by target: bit of each asked word that spoke */
    bool *is_said;         /* by target: a phrase that says the need was wholly found */
};

/* ---- the words of the phrase ---- */

static const struct repair *repair_at(const struct repaired *r, struct str written)
{
    const size_t from = (size_t)(written.p - r->text.p), to = from + written.n;

    for (int i = 0; i < r->n; i++)
        if (r->list[i].from < to && from < r->list[i].to)
            return &r->list[i];
    return NULL;
}

static void read_phrase(struct finding *f, struct str phrase)
{
    struct repaired r;
    struct word *w;
    int n;

    repair_phrase(f->x, f->mem, phrase, &r);
    words_analyse(f->x->words, f->mem, r.text, &w, &n);
    f->asked = ARENA_ARRAY(f->mem, struct asked, MAX_CONTENT);
    for (int i = 0; i < n && f->n_asked < MAX_CONTENT; i++) {
        if (w[i].is_function)
            continue;
        struct asked *const a = &f->asked[f->n_asked++];
        const struct repair *const repaired = repair_at(&r, w[i].written);

        *a = (struct asked){.w = w[i], .written = w[i].written, .quality = 100};
        if (repaired != NULL) {
            a->written = repaired->written;
            a->quality -= repaired->cost_permille * 3 / 100;
        }
    }
}

/* ---- where they stand ---- */

static int quality_of(const struct finding *f, const struct asked *a, const struct posting *p,
                      int how)
{
    const struct entry *const e = &f->x->entries[p->entry];
    const bool is_urgent = e->target < f->x->n_needs && f->x->needs[e->target].is_urgent;
    int quality = how * a->quality / 100;

    if (a->w.is_negated != e->words[p->at].is_negated)
        quality = quality * QUALITY_POLARITY / 100;
    if (a->w.is_refused && !is_urgent) /* who is in danger is heard whatever they add */
        quality = quality * QUALITY_REFUSED / 100;
    return quality;
}

static void touch(struct finding *f, int by, const struct posting *p, int how)
{
    struct touch *const t = &f->touches[p->entry];
    const int target = f->x->entries[p->entry].target;
    const int quality = quality_of(f, &f->asked[by], p, how);

    if (f->asked[by].weight < f->x->entries[p->entry].words[p->at].weight)
        f->asked[by].weight = f->x->entries[p->entry].words[p->at].weight;
    if (quality < LEAST_QUALITY || quality <= t->quality[p->at])
        return;
    t->quality[p->at] = (uint8_t)quality;
    t->by[p->at] = (uint8_t)by;
    if (!t->is_touched) {
        t->is_touched = true;
        t->next = f->first[target];
        f->first[target] = p->entry + 1;
    }
}

static void touch_all(struct finding *f)
{
    const struct needs *const x = f->x;

    for (int i = 0; i < f->n_asked; i++) {
        const struct word *const w = &f->asked[i].w;
        const int term = map_get(&x->term_of, w->stem);

        for (int k = term < 0 ? 0 : x->first_of_term[term];
             term >= 0 && k < x->first_of_term[term + 1]; k++)
            touch(f, i, &x->by_term[k], QUALITY_SAME);
        for (int r = 0; r < WORDS_MAX_RINGS && w->ring[r] >= 0; r++)
            for (int k = x->first_of_ring[w->ring[r]]; k < x->first_of_ring[w->ring[r] + 1]; k++)
                touch(f, i, &x->by_ring[k], QUALITY_RING);
    }
}

/* Beside the phrases it stands in, each word leans towards the needs that say it most. */
static void lean_on(struct finding *f, const struct leaning *list, int n, int per_cent)
{
    for (int i = 0; i < n; i++)
        f->leanings[list[i].target] += list[i].weight * per_cent;
}

static void lean_all(struct finding *f)
{
    const struct needs *const x = f->x;

    for (int i = 0; i < f->n_asked; i++) {
        const struct asked *const a = &f->asked[i];
        const int term = map_get(&x->term_of, a->w.stem);
        const int quality = a->w.is_refused ? 0 : a->quality;

        if (term >= 0)
            lean_on(f, x->term_leanings + x->first_leaning_of_term[term],
                    x->first_leaning_of_term[term + 1] - x->first_leaning_of_term[term], quality);
        for (int r = 0; r < WORDS_MAX_RINGS && a->w.ring[r] >= 0; r++) {
            const int *const first = x->first_leaning_of_ring + a->w.ring[r];

            lean_on(f, x->ring_leanings + first[0], first[1] - first[0],
                    quality * RING_LEANS / 100);
        }
    }
}

/* ---- how much it says ---- */

static int value_of(const struct finding *f, int entry)
{
    const struct entry *const e = &f->x->entries[entry];
    const struct touch *const t = &f->touches[entry];
    int found = 0, n_found = 0;

    for (int k = 0; k < e->n; k++) {
        int part = e->words[k].weight * t->quality[k];

        if (t->quality[k] > 0 && f->spoken[t->by[k]])
            part = part * WORD_AGAIN / 100;
        found += part;
        n_found += t->quality[k] > 0;
    }
    int64_t value = (int64_t)found * per_cent_by_sure[e->sure] / 100;

    if (n_found == e->n)
        value = value * (100 + EXTRA_WORD * (e->n - 1)) / 100;
    else
        value = value * found / (e->mass * 100) * PART_OF_ENTRY / 100;
    return (int)value;
}

static bool is_wholly_said(const struct finding *f, int entry)
{
    const struct entry *const e = &f->x->entries[entry];

    for (int k = 0; k < e->n; k++)
        if (f->touches[entry].quality[k] == 0)
            return false;
    return e->sure == SURE_SAYS;
}

static void score_target(struct finding *f, int target)
{
    memset(f->spoken, 0, MAX_CONTENT);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        int best = -1, most = 0;

        for (int e = f->first[target]; e > 0; e = f->touches[e - 1].next) {
            const int value = f->touches[e - 1].is_used ? 0 : value_of(f, e - 1);

            if (value > most || (value == most && value > 0 && e - 1 < best)) {
                most = value;
                best = e - 1;
            }
        }
        if (best < 0)
            break;
        struct touch *const t = &f->touches[best];

        t->is_used = true;
        f->is_said[target] |= is_wholly_said(f, best);
        f->scores[target] += most * per_cent_by_round[round] / 100;
        for (int k = 0; k < f->x->entries[best].n; k++) {
            if (t->quality[k] > 0) {
                f->spoken[t->by[k]] = 1;
                f->words_of[target] |= 1ull << t->by[k];
            }
        }
    }
}

/* ---- the answer ---- */

static void put_hit(struct finding *f, int need, int target, int score, int most,
                    struct need_hits *out)
{
    int at = out->n;

    while (at > 0 && out->list[at - 1].score < score)
        at--;
    if (at == most)
        return;
    if (out->n == most)
        out->n--;
    memmove(out->list + at + 1, out->list + at, (size_t)(out->n - at) * sizeof *out->list);
    out->list[at] = (struct need_hit){
        .need = &f->x->needs[need], .score = score, .is_by_group = target != need, .n_why = target};
    out->n++;
}

/* The target was kept in n_why until it was known which hits stay. */
static void put_reasons(struct finding *f, struct need_hits *out)
{
    for (int i = 0; i < out->n; i++) {
        struct need_hit *const h = &out->list[i];
        const uint64_t spoke = f->words_of[h->n_why];

        h->n_why = 0;
        h->why = ARENA_ARRAY(f->mem, struct need_reason, (size_t)__builtin_popcountll(spoke));
        for (int k = 0; k < f->n_asked; k++)
            if (spoke >> k & 1)
                h->why[h->n_why++] =
                    (struct need_reason){f->asked[k].written, f->asked[k].w.folded};
    }
}

/* A need that takes in all that was said stands before one that heard a single word of it. */
static int with_coverage(const struct finding *f, int target)
{
    int all = 0, heard = 0;

    for (int i = 0; i < f->n_asked; i++) {
        all += f->asked[i].weight;
        if (f->words_of[target] >> i & 1)
            heard += f->asked[i].weight;
    }
    if (all == 0)
        return f->scores[target];
    return (int)((int64_t)f->scores[target] * (100 - COVERAGE + COVERAGE * heard / all) / 100);
}

static void answer(struct finding *f, int most, struct need_hits *out)
{
    const struct needs *const x = f->x;

    for (int i = 0; i < x->n_needs; i++) {
        const int of_group = f->scores[x->n_needs + x->needs[i].group];

        if (f->scores[i] > 0)
            put_hit(f, i, i,
                    (with_coverage(f, i) + f->leanings[i] * LEANING / 100) / 100 +
                        of_group * BY_GROUP / 10000 + 1,
                    most, out);
    }
    for (int g = 0; g < x->n_groups && out->n == 0; g++)
        for (int k = 0; k < x->groups[g].n && f->scores[x->n_needs + g] > 0; k++)
            put_hit(f, x->groups[g].first + k, x->n_needs + g, f->scores[x->n_needs + g] / 100 + 1,
                    most, out);
    out->is_sure = out->n > 0 && f->is_said[out->list[0].n_why] &&
                   (out->n == 1 || out->list[0].score * 10 >= out->list[1].score * SURE_RATIO);
    put_reasons(f, out);
}

void needs_find(const struct needs *x, struct arena *mem, struct str phrase, int most,
                struct need_hits *out)
{
    const size_t n_targets = (size_t)(x->n_needs + x->n_groups);
    struct finding f = {.x = x, .mem = mem};

    *out = (struct need_hits){.n = 0};
    if (most <= 0)
        return;
    read_phrase(&f, phrase);
    if (f.n_asked == 0)
        return;
    f.touches = ARENA_ARRAY(mem, struct touch, (size_t)x->n_entries);
    f.first = ARENA_ARRAY(mem, int, n_targets);
    f.scores = ARENA_ARRAY(mem, int, n_targets);
    f.leanings = ARENA_ARRAY(mem, int, n_targets);
    f.words_of = ARENA_ARRAY(mem, uint64_t, n_targets);
    f.is_said = ARENA_ARRAY(mem, bool, n_targets);
    f.spoken = ARENA_ARRAY(mem, uint8_t, MAX_CONTENT);
    touch_all(&f);
    lean_all(&f);
    for (int t = 0; t < (int)n_targets; t++)
        if (f.first[t] > 0)
            score_target(&f, t);
    out->list = ARENA_ARRAY(mem, struct need_hit, (size_t)most);
    answer(&f, most, out);
}
