/* people_learn.c - expectation-maximisation over patterns of levels, with two and with three classes. */
#include "people_learn.h"
#include "base/splitmix.h"
#include "people_threads.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 4096, RANDOM_PAIRS = 1000000, ITERATIONS = 200, LEAST_RECORDS = 50, LEARNT_WHOLE = 400000, LOOKED_AT = 150000, MOST_BITS = 60 };

/* Thirty to one. At ten to one (3.2 bits) the precision of all is enough, but that of a citizenship with a hundred true pairs
 * moves by three points with a few wrong ones: what is fair to small groups is this one (decision 0020). */
#define CUT_AUTOMATIC 5.0

/* Pairs of relatives to pairs of one person: where homes are written down there are two to one or more. Fewer are no households but
 * records of one person that differ much, and would be lost to it. */
#define LEAST_HOUSEHOLDS 0.25

struct tally { /* patterns of candidates and how often each occurs */
    struct people_tally *rows;
    size_t n, n_slots;
    uint32_t *slots;
};

static bool is_same(const struct people_tally *a, const struct people_tally *b)
{
    return a->pattern == b->pattern && a->unrelated == b->unrelated && a->household == b->household;
}

static size_t slot_of(const struct tally *t, const struct people_tally *row)
{
    const uint64_t key[2] = {row->pattern, (uint64_t)(uint16_t)row->unrelated << 16 | (uint16_t)row->household};

    return people_hash(key, sizeof key) & (t->n_slots - 1);
}

static void tally_grow(struct arena *mem, struct tally *t)
{
    const size_t n_slots = t->n_slots == 0 ? 1 << 14 : t->n_slots * 2;
    struct people_tally *rows = ARENA_ARRAY(mem, struct people_tally, n_slots / 2 + 1);

    if (t->n > 0)
        memcpy(rows, t->rows, t->n * sizeof *rows);
    t->rows = rows;
    t->n_slots = n_slots;
    t->slots = ARENA_ARRAY(mem, uint32_t, n_slots);
    for (size_t i = 0; i < t->n; i++) {
        size_t at = slot_of(t, &rows[i]);

        while (t->slots[at] != 0)
            at = (at + 1) & (n_slots - 1);
        t->slots[at] = (uint32_t)i + 1;
    }
}

static void tally_add(struct arena *mem, struct tally *t, const struct people_tally *row)
{
    if (t->n * 2 >= t->n_slots)
        tally_grow(mem, t);
    size_t at = slot_of(t, row);

    for (; t->slots[at] != 0; at = (at + 1) & (t->n_slots - 1))
        if (is_same(&t->rows[t->slots[at] - 1], row)) {
            t->rows[t->slots[at] - 1].count += row->count;
            return;
        }
    t->rows[t->n] = *row;
    t->slots[at] = (uint32_t)++t->n;
}

static int compare_tallies(const void *a, const void *b)
{
    const struct people_tally *x = a, *y = b;

    if (x->pattern != y->pattern)
        return x->pattern < y->pattern ? -1 : 1;
    if (x->unrelated != y->unrelated)
        return x->unrelated < y->unrelated ? -1 : 1;
    return x->household < y->household ? -1 : x->household > y->household;
}

static int16_t whole_bits(double bits)
{
    return (int16_t)lround(bits > MOST_BITS ? MOST_BITS : bits < -MOST_BITS ? -MOST_BITS : bits);
}

struct tallying {
    const struct people_set *set;
    const struct people_learn_options *o;
    const struct people_scorer *scorer; /* NULL: patterns alone */
    struct people_pairs *pairs;
    struct tally_worker *workers;
    uint32_t one_of;
    atomic_uint next;
    atomic_ullong n_done;
};

struct tally_worker {
    struct arena *mem;
    struct people_comparer *comparer;
    struct tally t;
    uint64_t n;
};

static struct people_tally row_of(const struct tallying *all, struct tally_worker *w, struct people_pair p)
{
    struct people_tally row = {.pattern = people_compare(w->comparer, p.a, p.b), .count = 1};
    double unrelated, household;

    if (all->scorer == NULL)
        return row;
    people_frequency_bits(all->scorer, p.a, p.b, row.pattern, &unrelated, &household);
    row.unrelated = whole_bits(unrelated);
    row.household = whole_bits(household);
    return row;
}

static void tally_parts(void *arg, int thread)
{
    struct tallying *all = arg;
    struct tally_worker *w = &all->workers[thread];
    struct people_pair batch[BATCH];

    for (uint32_t part; (part = atomic_fetch_add(&all->next, 1)) < people_pairs_parts(all->pairs);) {
        struct people_walk walk = {.part = part, .one_of = all->one_of};

        for (size_t n; (n = people_pairs_walk(all->pairs, &walk, batch, BATCH)) > 0; w->n += n) {
            for (size_t i = 0; i < n; i++) {
                const struct people_tally row = row_of(all, w, batch[i]);

                tally_add(w->mem, &w->t, &row);
            }
            const uint64_t done = atomic_fetch_add(&all->n_done, n) + n;

            if (thread == 0 && all->o->progress != NULL && (done - n) / (BATCH * 64) != done / (BATCH * 64))
                all->o->progress(all->o->arg, "candidate pairs", done, 0);
        }
    }
}

/* Of very many candidates a share tells as much: patterns are counted, and some thousands of each that matters are enough. */
uint32_t people_learn_one_of(const struct people_learn_options *o, uint32_t n_records)
{
    return o->one_of > 0 ? o->one_of : 1 + n_records / LEARNT_WHOLE;
}

void people_tally_candidates(struct arena *mem, const struct people_set *set, const struct people_learn_options *o,
                             const struct people_scorer *s, struct people_evidence *e)
{
    struct arena *own = arena_new(0);
    const int n_threads = people_threads_n(o->n_threads);
    struct tallying all = {.set = set, .o = o, .scorer = s, .one_of = people_learn_one_of(o, people_set_count(set))};
    const uint32_t one_of = 1 + (uint32_t)(e->n_candidates / LOOKED_AT);
    struct tally t = {0};
    uint64_t n_met = 0;

    all.one_of = s != NULL && one_of > all.one_of ? one_of : all.one_of;
    all.pairs = people_pairs_new(own, set, o->secret, o->max_block, n_threads);
    all.workers = ARENA_ARRAY(own, struct tally_worker, (size_t)n_threads);
    for (int k = 0; k < n_threads; k++) {
        all.workers[k].mem = arena_new(0);
        all.workers[k].comparer = people_comparer_new(all.workers[k].mem, set);
    }
    while (people_pairs_pass(all.pairs)) {
        all.next = 0;
        people_threads_run(n_threads, tally_parts, &all);
    }
    for (int k = 0; k < n_threads; k++) {
        for (size_t i = 0; i < all.workers[k].t.n; i++) {
            struct people_tally row = all.workers[k].t.rows[i];

            row.count *= all.one_of;
            tally_add(own, &t, &row);
        }
        n_met += all.workers[k].n * all.one_of;
        arena_free(all.workers[k].mem);
    }
    e->n_candidates = n_met;
    e->n = t.n;
    e->rows = ARENA_ARRAY(mem, struct people_tally, t.n);
    if (t.n > 0)
        memcpy(e->rows, t.rows, t.n * sizeof *e->rows);
    qsort(e->rows, e->n, sizeof *e->rows, compare_tallies);
    arena_free(own);
}

static void add_levels(struct people_evidence *e, uint64_t pattern)
{
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        const int l = people_level(pattern, col);

        if (l != PEOPLE_LEVEL_NONE)
            e->any[col][l] += 1;
    }
}

/* Levels among any two records: all pairs of a small set, a fixed sample of a large one. */
void people_sample_any(const struct people_set *set, struct people_evidence *e)
{
    const uint64_t n = people_set_count(set);
    struct arena *own = arena_new(0);
    struct people_comparer *c = people_comparer_new(own, set);
    uint64_t state = 20261121;

    if (n * (n - 1) / 2 <= RANDOM_PAIRS)
        for (uint32_t a = 0; a < n; a++)
            for (uint32_t b = a + 1; b < n; b++)
                add_levels(e, people_compare(c, a, b));
    else
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            const uint32_t a = (uint32_t)(splitmix_next(&state) % n), b = (uint32_t)(splitmix_next(&state) % n);

            if (a != b)
                add_levels(e, people_compare(c, a, b));
        }
    arena_free(own);
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        double sum = 0;

        for (int l = 0; l < people_column_levels[col]; l++)
            sum += e->any[col][l];
        for (int l = 0; l < people_column_levels[col] && sum > 0; l++)
            e->any[col][l] /= sum;
        e->n_any[col] = sum;
    }
}

/* Where the equality of a column is rare, all pairs are known exactly from the counts of values. */
static void use_exact_collisions(struct people_evidence *e, const struct people_model *m)
{
    static const struct {
        int column;
        enum people_counted what;
    } known[] = {{PEOPLE_COL_GIVEN, PEOPLE_COUNT_GIVEN},       {PEOPLE_COL_SURNAME, PEOPLE_COUNT_SURNAME},
                 {PEOPLE_COL_BIRTH, PEOPLE_COUNT_BIRTH},       {PEOPLE_COL_BIRTHPLACE, PEOPLE_COUNT_BIRTHPLACE},
                 {PEOPLE_COL_PHONE, PEOPLE_COUNT_PHONE},       {PEOPLE_COL_EMAIL, PEOPLE_COUNT_EMAIL},
                 {PEOPLE_COL_POSTCODE, PEOPLE_COUNT_POSTCODE}, {PEOPLE_COL_EXTRA1, PEOPLE_COUNT_EXTRA1},
                 {PEOPLE_COL_EXTRA2, PEOPLE_COUNT_EXTRA2}};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (m->counts[known[i].what].n_records > 1 && e->n_any[known[i].column] > 0) {
            double *p = e->any[known[i].column];
            const double exact = m->counts[known[i].what].collision, rest = 1 - p[0];

            for (int l = 1; l < PEOPLE_LEVELS && rest > 0; l++)
                p[l] *= (1 - exact) / rest;
            p[0] = exact;
        }
}

static const double of_same[PEOPLE_COLUMNS][PEOPLE_LEVELS] = {
    [PEOPLE_COL_GIVEN] = {.75, .08, .05, .05, .03, .01, .03},
    [PEOPLE_COL_SURNAME] = {.75, .08, .05, .05, .03, .01, .03},
    [PEOPLE_COL_ORDER] = {.96, .04},
    [PEOPLE_COL_BIRTH] = {.8, .03, .05, .04, .03, .02, .01, .02},
    [PEOPLE_COL_TAX] = {.85, .08, .03, .02, .015, .0025, .0025},
    [PEOPLE_COL_NUMBER] = {.85, .1, .05},
    [PEOPLE_COL_SEX] = {.97, .03},
    [PEOPLE_COL_BIRTHPLACE] = {.85, .07, .03, .05},
    [PEOPLE_COL_CITIZENSHIP] = {.97, .03},
    [PEOPLE_COL_ADDRESS] = {.6, .2, .05, .05, .1},
    [PEOPLE_COL_MUNICIPALITY] = {.85, .05, .02, .08},
    [PEOPLE_COL_PHONE] = {.75, .05, .2},
    [PEOPLE_COL_EMAIL] = {.75, .1, .05, .1},
    [PEOPLE_COL_POSTCODE] = {.8, .08, .02, .1},
    [PEOPLE_COL_EXTRA1] = {.7, .1, .05, .15},
    [PEOPLE_COL_EXTRA2] = {.7, .1, .05, .15},
};
/* What a household shares; its other columns are those of any two people. */
static const double of_household[PEOPLE_COLUMNS][PEOPLE_LEVELS] = {
    [PEOPLE_COL_SURNAME] = {.5, .05, .03, .02, .02, .03, .35},
    [PEOPLE_COL_ADDRESS] = {.6, .2, .05, .05, .1},
    [PEOPLE_COL_MUNICIPALITY] = {.9, .04, .01, .05},
    [PEOPLE_COL_PHONE] = {.6, .03, .37},
    [PEOPLE_COL_POSTCODE] = {.9, .04, .01, .05},
};
/* The most that relatives can share of what is one's own: twins, grandfather and grandchild. */
static const double most_of_household[PEOPLE_COLUMNS] = {
    [PEOPLE_COL_GIVEN] = .03, [PEOPLE_COL_BIRTH] = .03, [PEOPLE_COL_TAX] = .0005, [PEOPLE_COL_NUMBER] = .0005};

static void start(struct people_model *m, const struct people_evidence *e)
{
    const double n = (double)m->n_records;

    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        for (int l = 0; l < people_column_levels[col]; l++) {
            m->p[PEOPLE_SAME][col][l] = of_same[col][l];
            m->p[PEOPLE_UNRELATED][col][l] = e->any[col][l];
            m->p[PEOPLE_HOUSEHOLD][col][l] = of_household[col][0] > 0 ? of_household[col][l] : e->any[col][l];
        }
    m->prior[PEOPLE_SAME] = 1 / n;
    m->prior[PEOPLE_HOUSEHOLD] = m->n_classes == 3 ? 1 / n : 0;
    m->prior[PEOPLE_UNRELATED] = 1 - m->prior[PEOPLE_SAME] - m->prior[PEOPLE_HOUSEHOLD];
}

/* Any two records are also, rarely, one person or one household: these are taken out again. */
static void settle_unrelated(struct people_model *m, const struct people_evidence *e)
{
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        double sum = 0, least = 1 / (e->n_any[col] + 10);

        for (int l = 0; l < people_column_levels[col]; l++) {
            double u = e->any[col][l];

            u -= m->prior[PEOPLE_SAME] * m->p[PEOPLE_SAME][col][l] + m->prior[PEOPLE_HOUSEHOLD] * m->p[PEOPLE_HOUSEHOLD][col][l];
            if (u < 0.05 * e->any[col][l])
                u = 0.05 * e->any[col][l];
            m->p[PEOPLE_UNRELATED][col][l] = u < least * 0.1 ? least * 0.1 : u;
            sum += m->p[PEOPLE_UNRELATED][col][l];
        }
        for (int l = 0; l < people_column_levels[col]; l++)
            m->p[PEOPLE_UNRELATED][col][l] = sum > 0 ? m->p[PEOPLE_UNRELATED][col][l] / sum : 1.0 / people_column_levels[col];
    }
    /* who agrees by chance agrees exchanged a little more often than one person: exchange earns nothing */
    for (int k = PEOPLE_HOUSEHOLD; k <= PEOPLE_UNRELATED; k++) {
        m->p[k][PEOPLE_COL_ORDER][1] = 2 * m->p[PEOPLE_SAME][PEOPLE_COL_ORDER][1];
        m->p[k][PEOPLE_COL_ORDER][1] = m->p[k][PEOPLE_COL_ORDER][1] > 0.5 ? 0.5 : m->p[k][PEOPLE_COL_ORDER][1];
        m->p[k][PEOPLE_COL_ORDER][0] = 1 - m->p[k][PEOPLE_COL_ORDER][1];
    }
}

/* What one person hardly ever does: two valid different codes, two sexes, two quite different given names. */
static const struct {
    int column, level;
    double most;
} most_of_same[] = {{PEOPLE_COL_TAX, 5, .001}, {PEOPLE_COL_TAX, 6, .001}, {PEOPLE_COL_SEX, 1, .04}, {PEOPLE_COL_GIVEN, 6, .15},
                    {PEOPLE_COL_SURNAME, 6, .2}};

static void bound_same(struct people_model *m)
{
    for (int i = 0; i < ARRAY_LEN(most_of_same); i++) {
        double *p = &m->p[PEOPLE_SAME][most_of_same[i].column][most_of_same[i].level];

        *p = *p > most_of_same[i].most ? most_of_same[i].most : *p;
    }
}

/* Keeps a household from becoming a second kind of "same person". */
static void bound_household(struct people_model *m)
{
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        double *h = m->p[PEOPLE_HOUSEHOLD][col];
        const double *u = m->p[PEOPLE_UNRELATED][col];
        const int n = people_column_levels[col];

        if (of_household[col][0] == 0 && most_of_household[col] == 0)
            continue;
        for (int l = 0; l < n && most_of_household[col] > 0; l++) {
            const double most = l > PEOPLE_NAME_AGREES ? 1 : u[l] > most_of_household[col] ? u[l] : most_of_household[col];

            h[l] = h[l] > most ? most : h[l];
        }
        double sum = 0;

        for (int l = 0; l < n; l++)
            sum += h[l];
        for (int l = 0; l < n; l++)
            h[l] = sum > 0 ? h[l] / sum : 1.0 / n;
    }
}

static void likelihoods(const struct people_model *m, const struct people_tally *row, double out[PEOPLE_CLASSES])
{
    const uint64_t pattern = row->pattern;

    for (int k = 0; k < PEOPLE_CLASSES; k++) {
        out[k] = m->prior[k];
        for (int col = 0; col < PEOPLE_COLUMNS; col++) {
            const int l = people_level(pattern, col);

            if (l != PEOPLE_LEVEL_NONE)
                out[k] *= m->p[k][col][l];
        }
    }
    out[PEOPLE_UNRELATED] = ldexp(out[PEOPLE_UNRELATED], row->unrelated);
    out[PEOPLE_HOUSEHOLD] = ldexp(out[PEOPLE_HOUSEHOLD], row->household);
}

/* A date or a code says who is who. Where neither is known, names alone would say that relatives share them. */
static bool is_told_apart(uint64_t pattern)
{
    const int birth = people_level(pattern, PEOPLE_COL_BIRTH);

    return (birth != PEOPLE_LEVEL_NONE && birth != 4) || people_level(pattern, PEOPLE_COL_TAX) != PEOPLE_LEVEL_NONE ||
           people_level(pattern, PEOPLE_COL_NUMBER) != PEOPLE_LEVEL_NONE;
}

/* One round; the logarithm of the likelihood of the candidates, in bits. */
static double round_of(struct people_model *m, const struct people_evidence *e)
{
    double count[2][PEOPLE_COLUMNS][PEOPLE_LEVELS] = {0}, mass[2] = {0}, bits = 0;
    const double all = (double)m->n_records * (double)(m->n_records - 1) / 2;

    for (size_t i = 0; i < e->n; i++) {
        double like[PEOPLE_CLASSES];

        likelihoods(m, &e->rows[i], like);
        const double sum = like[0] + like[1] + like[2], n = (double)e->rows[i].count;

        if (sum <= 0)
            continue;
        bits += n * log2(sum);
        for (int k = 0; k < 2; k++) {
            const double share = n * like[k] / sum;

            mass[k] += share;
            for (int col = k == PEOPLE_HOUSEHOLD && !is_told_apart(e->rows[i].pattern) ? PEOPLE_COL_SURNAME : 0; col < PEOPLE_COLUMNS; col++) {
                const int l = people_level(e->rows[i].pattern, col);

                if (l != PEOPLE_LEVEL_NONE)
                    count[k][col][l] += share;
            }
        }
    }
    for (int k = 0; k < 2 && k < m->n_classes - 1; k++) {
        m->prior[k] = (mass[k] + 0.5) / all;
        for (int col = 0; col < PEOPLE_COLUMNS; col++) {
            double sum = 0;

            for (int l = 0; l < people_column_levels[col]; l++)
                sum += count[k][col][l];
            for (int l = 0; l < people_column_levels[col]; l++) {
                const double before = k == PEOPLE_SAME ? of_same[col][l] : of_household[col][0] > 0 ? of_household[col][l] : m->p[PEOPLE_UNRELATED][col][l];

                m->p[k][col][l] = (count[k][col][l] + 2 * before) / (sum + 2);
            }
        }
    }
    m->prior[PEOPLE_UNRELATED] = 1 - m->prior[PEOPLE_SAME] - m->prior[PEOPLE_HOUSEHOLD];
    return bits;
}

/* From where the model stands. */
static double improve(struct people_model *m, const struct people_evidence *e, const struct people_learn_options *o)
{
    const int n = o->n_iterations > 0 ? o->n_iterations : ITERATIONS;
    double bits = 0;

    for (int i = 0; i < n; i++) {
        const double before = bits;

        bits = round_of(m, e);
        if (i > 20 && fabs(bits - before) < 1e-8 * fabs(bits))
            break; /* nothing moves any more */
        bound_same(m);
        bound_household(m);
        settle_unrelated(m, e);
    }
    return bits;
}

static double fit(struct people_model *m, const struct people_evidence *e, const struct people_learn_options *o)
{
    start(m, e);
    settle_unrelated(m, e);
    return improve(m, e, o);
}

/* Once more with how frequent the values of each pair are: else pairs who share a name that many bear, or a name and the
 * state where all are called so, are taken for one person, and what one person may differ in is learnt from them. */
static void refine(const struct people_set *set, struct people_model *m, struct people_evidence *e, const struct people_learn_options *o)
{
    const int n_rounds = people_set_count(set) > LEARNT_WHOLE ? 1 : 2; /* of many one is enough: the second moves little */

    for (int round = 0; round < n_rounds; round++) {
        struct arena *own = arena_new(0);

        people_tally_candidates(own, set, o, people_scorer_new(own, set, m), e);
        improve(m, e, o);
        arena_free(own);
    }
}

/* Three classes want something that a household shares besides a surname: where it lives, at least. */
static bool has_household_evidence(const struct people_evidence *e)
{
    return e->n_any[PEOPLE_COL_ADDRESS] > 0 || e->n_any[PEOPLE_COL_PHONE] > 0 || e->n_any[PEOPLE_COL_MUNICIPALITY] > 0 ||
           e->n_any[PEOPLE_COL_POSTCODE] > 0;
}

static int n_parameters(const struct people_evidence *e)
{
    int n = 1;

    for (int col = 0; col < PEOPLE_COLUMNS; col++)
        n += e->n_any[col] > 0 ? people_column_levels[col] - 1 : 0;
    return n;
}

enum status people_learn(struct arena *mem, const struct people_set *set, const struct people_learn_options *o, struct people_model **out)
{
    struct people_model *m = ARENA_NEW(mem, struct people_model), *two = ARENA_NEW(mem, struct people_model);
    struct people_evidence *e = ARENA_NEW(mem, struct people_evidence);

    m->n_records = people_set_count(set);
    if (m->n_records < LEAST_RECORDS)
        return ST_INVALID;
    people_count_values(mem, set, m);
    people_sample_any(set, e);
    use_exact_collisions(e, m);
    people_tally_candidates(mem, set, o, NULL, e);
    m->n_candidates = e->n_candidates;
    m->cut_automatic = CUT_AUTOMATIC;
    m->cut_review = -3;
    *two = *m;
    m->n_classes = 3;
    two->n_classes = 2;
    const double bits_3 = fit(m, e, o), bits_2 = fit(two, e, o), n = (double)e->n_candidates + 1;
    const bool three = o->n_classes != 0 ? o->n_classes == 3
                                         : has_household_evidence(e) && m->prior[PEOPLE_HOUSEHOLD] > LEAST_HOUSEHOLDS * m->prior[PEOPLE_SAME] &&
                                               bits_3 - bits_2 > n_parameters(e) * log2(n) / 2;

    m->bits_per_pair_2 = two->bits_per_pair_2 = bits_2 / n;
    m->bits_per_pair_3 = two->bits_per_pair_3 = bits_3 / n;
    *out = three ? m : two;
    refine(set, *out, e, o);
    return ST_OK;
}
