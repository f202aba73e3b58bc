/* people_score.c - weights of levels and frequencies of values put together. */
#include "people_score.h"
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Frequencies of one column by the number of the value; names carry a row per origin beside. */
struct table {
    float *logs; /* log2 of the frequency */
    uint32_t n, room;
};

/* How rare the names of a record are, log2: each by itself, and the two together by origins. */
struct rarity {
    float given, surname, both;
};

struct people_scorer {
    struct arena *mem;
    const struct people_set *set;
    const struct people_model *m;
    double w[PEOPLE_CLASSES][PEOPLE_COLUMNS][PEOPLE_LEVELS]; /* log2 of probability */
    double prior[PEOPLE_CLASSES];
    double chance[PEOPLE_COUNTED]; /* that two unrelated values are equal, whatever they are */
    struct table by_value[PEOPLE_COUNTED];
    float *names[2]; /* of given names and surnames: P(name | origin), n_origins each */
    bool *is_rare[2];
    uint32_t names_room;
    struct rarity *rarities; /* of every record, with its own origin */
    uint32_t n_rarities, room_rarities;
    double share[PEOPLE_MAX_ORIGINS];
    int of_set[256]; /* the model's origin of the set's */
};

/* How much of the frequency counts when the values are not equal but near: by level. */
static const double near_name[PEOPLE_LEVELS] = {1, .7, .5, .5, 0, 0, 0, 0};
static const double near_text[PEOPLE_LEVELS] = {1, .5, 0, 0, 0, 0, 0, 0};
static const double near_birth[PEOPLE_LEVELS] = {1, .5, 0, 0, 0, 0, 0, 0};

static const struct frequent_column {
    int column;
    enum people_counted what;
    bool of_household; /* a household shares it: its frequency says nothing between the two */
    const double *near;
} frequent[] = {{PEOPLE_COL_BIRTH, PEOPLE_COUNT_BIRTH, false, near_birth},
                {PEOPLE_COL_BIRTHPLACE, PEOPLE_COUNT_BIRTHPLACE, false, near_text},
                {PEOPLE_COL_ADDRESS, PEOPLE_COUNT_ADDRESS, true, near_text},
                {PEOPLE_COL_MUNICIPALITY, PEOPLE_COUNT_MUNICIPALITY, true, near_text},
                {PEOPLE_COL_PHONE, PEOPLE_COUNT_PHONE, true, near_text},
                {PEOPLE_COL_EMAIL, PEOPLE_COUNT_EMAIL, false, near_text},
                {PEOPLE_COL_POSTCODE, PEOPLE_COUNT_POSTCODE, true, near_text},
                {PEOPLE_COL_EXTRA1, PEOPLE_COUNT_EXTRA1, false, near_text},
                {PEOPLE_COL_EXTRA2, PEOPLE_COUNT_EXTRA2, false, near_text}};

/* How many of the records with a value belong to somebody else: a record itself, and the others of the
 * same person or household, are in its count and say nothing of how common the value is. */
static double of_others(const struct people_scorer *s, int what, double count)
{
    static const int column[PEOPLE_COUNTED] = {PEOPLE_COL_GIVEN, PEOPLE_COL_SURNAME, PEOPLE_COL_BIRTH, PEOPLE_COL_BIRTHPLACE,
                                               PEOPLE_COL_ADDRESS, PEOPLE_COL_MUNICIPALITY, PEOPLE_COL_PHONE, PEOPLE_COL_EMAIL,
                                               PEOPLE_COL_POSTCODE, PEOPLE_COL_EXTRA1, PEOPLE_COL_EXTRA2};
    const struct people_model *m = s->m;
    const double n = (double)m->counts[what].n_records;
    const double own = m->prior[PEOPLE_SAME] * m->p[PEOPLE_SAME][column[what]][0] + m->prior[PEOPLE_HOUSEHOLD] * m->p[PEOPLE_HOUSEHOLD][column[what]][0];
    const double left = count - 1 - n * own;

    return left > 0.15 * count ? left : 0.15 * count;
}

static double log_frequency(const struct people_scorer *s, int what, struct str text)
{
    const struct people_counts *c = &s->m->counts[what];
    const struct people_count *row = people_count_find(c, text);
    const double n = (double)c->n_records;

    return log2(of_others(s, what, row == NULL ? (c->rare > 0 ? c->rare : 1) * n : (double)row->count) / n);
}

/* P(name | origin) smoothed with the name's frequency everywhere; a rare name is kept apart. */
static void bind_name(struct people_scorer *s, int which, uint32_t id)
{
    const struct people_counts *c = &s->m->counts[which];
    const struct people_value *v = people_set_value(s->set, PEOPLE_OF_NAME, id);
    const struct people_count *row = people_count_find(c, (struct str){v->text, v->n});
    const double n_all = c->n_records == 0 ? 1 : (double)c->n_records, count = row == NULL ? c->rare * n_all : (double)row->count;
    const double kept = count > 0 ? of_others(s, which, count) / count : 1, all = count * kept / n_all;
    const double share_known = c->n_records == 0 ? 1 : (double)c->n_records / (double)s->m->n_records;

    s->is_rare[which][id] = row == NULL;
    for (int o = 0; o < s->m->n_origins; o++) {
        const double n = (double)s->m->origin_count[o] * share_known;

        s->names[which][(size_t)id * (size_t)s->m->n_origins + (size_t)o] =
            (float)(row == NULL ? all : ((double)row->by_origin[o] * kept + 10 * all) / (n + 10));
    }
}

static void bind_names(struct people_scorer *s, uint32_t from)
{
    const uint32_t n = people_set_n_values(s->set, PEOPLE_OF_NAME), n_o = (uint32_t)s->m->n_origins;

    for (int which = 0; which < 2; which++) {
        if (n > s->names_room) {
            float *names = ARENA_ARRAY(s->mem, float, (size_t)n * 2 * n_o);
            bool *is_rare = ARENA_ARRAY(s->mem, bool, (size_t)n * 2);

            if (from > 0) {
                memcpy(names, s->names[which], (size_t)from * n_o * sizeof *names);
                memcpy(is_rare, s->is_rare[which], from * sizeof *is_rare);
            }
            s->names[which] = names;
            s->is_rare[which] = is_rare;
        }
        for (uint32_t id = from; id < n; id++)
            bind_name(s, which, id);
    }
    if (n > s->names_room)
        s->names_room = 2 * n;
}

static void bind_origins(struct people_scorer *s)
{
    for (int o = 0; o < people_set_n_origins(s->set); o++) {
        s->of_set[o] = 0;
        for (int k = 1; k < s->m->n_origins; k++)
            if (str_eq(people_set_origin(s->set, o), s->m->origin[k]))
                s->of_set[o] = k;
    }
}

/* Frequencies stand by record here: an address is three fields, a date none that is kept. */
static void bind_values(struct people_scorer *s, enum people_counted what)
{
    struct table *t = &s->by_value[what];
    const uint32_t n = people_set_count(s->set);
    char buf[PEOPLE_TEXT_MAX];

    if (s->m->counts[what].n_records == 0)
        return;
    if (n > t->room) {
        float *logs = ARENA_ARRAY(s->mem, float, (size_t)n + n / 8 + 64);

        if (t->n > 0)
            memcpy(logs, t->logs, t->n * sizeof *logs);
        t->logs = logs;
        t->room = n + n / 8 + 64;
    }
    for (; t->n < n; t->n++)
        t->logs[t->n] = (float)log_frequency(s, what, people_counted_text(s->set, t->n, what, buf));
}

static double of_name(const struct people_scorer *s, int which, uint32_t id, int o, int own)
{
    /* a rare name belongs to the origin of who bears it, as far as that is known */
    if (s->is_rare[which][id] && own > 0 && s->share[own] > 0)
        return o == own ? s->names[which][(size_t)id * (size_t)s->m->n_origins] / s->share[own] : 0;
    return s->names[which][(size_t)id * (size_t)s->m->n_origins + (size_t)o];
}

static struct rarity rarity_of(const struct people_scorer *s, const struct people_record *r, int own)
{
    double given = 0, surname = 0, both = 0;

    for (int o = 0; o < s->m->n_origins; o++) {
        const double g = of_name(s, 0, r->given, o, own), f = of_name(s, 1, r->surname, o, own);

        given += s->share[o] * g;
        surname += s->share[o] * f;
        both += s->share[o] * g * f;
    }
    return (struct rarity){(float)log2(given + 1e-12), (float)log2(surname + 1e-12), (float)log2(both + 1e-15)};
}

static void bind_rarities(struct people_scorer *s)
{
    const uint32_t n = people_set_count(s->set);

    if (n > s->room_rarities) {
        struct rarity *all = ARENA_ARRAY(s->mem, struct rarity, (size_t)n + n / 8 + 64);

        if (s->n_rarities > 0)
            memcpy(all, s->rarities, s->n_rarities * sizeof *all);
        s->rarities = all;
        s->room_rarities = n + n / 8 + 64;
    }
    for (; s->n_rarities < n; s->n_rarities++) {
        const struct people_record *r = people_set_record(s->set, s->n_rarities);

        s->rarities[s->n_rarities] = rarity_of(s, r, s->of_set[r->origin]);
    }
}

void people_scorer_follow(struct people_scorer *s)
{
    const uint32_t bound = s->by_value[PEOPLE_COUNT_GIVEN].n;

    bind_origins(s);
    bind_names(s, bound);
    s->by_value[PEOPLE_COUNT_GIVEN].n = people_set_n_values(s->set, PEOPLE_OF_NAME);
    bind_rarities(s);
    for (int what = PEOPLE_COUNT_BIRTH; what < PEOPLE_COUNTED; what++)
        bind_values(s, (enum people_counted)what);
}

struct people_scorer *people_scorer_new(struct arena *mem, const struct people_set *set, const struct people_model *m)
{
    struct people_scorer *s = ARENA_NEW(mem, struct people_scorer);
    double n_known = 0;

    s->mem = mem;
    s->set = set;
    s->m = m;
    for (int k = 0; k < PEOPLE_CLASSES; k++) {
        s->prior[k] = m->prior[k] > 0 ? log2(m->prior[k]) : -1000;
        for (int col = 0; col < PEOPLE_COLUMNS; col++)
            for (int l = 0; l < people_column_levels[col]; l++)
                s->w[k][col][l] = log2(m->p[k][col][l] > 1e-12 ? m->p[k][col][l] : 1e-12);
    }
    for (int i = 0; i < ARRAY_LEN(frequent); i++)
        s->chance[frequent[i].what] = s->w[PEOPLE_UNRELATED][frequent[i].column][0];
    s->chance[PEOPLE_COUNT_GIVEN] = s->w[PEOPLE_UNRELATED][PEOPLE_COL_GIVEN][0];
    s->chance[PEOPLE_COUNT_SURNAME] = s->w[PEOPLE_UNRELATED][PEOPLE_COL_SURNAME][0];
    for (int o = 0; o < m->n_origins; o++)
        n_known += (double)m->origin_count[o];
    for (int o = 0; o < m->n_origins; o++)
        s->share[o] = n_known > 0 ? (double)m->origin_count[o] / n_known : 1;
    people_scorer_follow(s);
    return s;
}

/* The frequency of names in bits: for "unrelated" and, without the surname, for "household". */
static void weigh_names(const struct people_scorer *s, uint32_t ia, uint32_t ib, uint64_t pattern, double out[PEOPLE_COLUMNS],
                        double out_household[PEOPLE_COLUMNS])
{
    const struct people_record *a = people_set_record(s->set, ia), *b = people_set_record(s->set, ib);
    const int lg = people_level(pattern, PEOPLE_COL_GIVEN), ls = people_level(pattern, PEOPLE_COL_SURNAME);
    const double ng = lg < PEOPLE_LEVELS ? near_name[lg] : 0, ns = ls < PEOPLE_LEVELS ? near_name[ls] : 0;

    if (lg > 4 && ls > 4)
        return;
    const int own_a = s->of_set[a->origin], own_b = s->of_set[b->origin];
    /* who says no origin is of the other's, if that one says it */
    const struct rarity ra = own_a == 0 && own_b != 0 ? rarity_of(s, a, own_b) : s->rarities[ia];
    const struct rarity rb = own_b == 0 && own_a != 0 ? rarity_of(s, b, own_a) : s->rarities[ib];
    const double given = ra.given > rb.given ? ra.given : rb.given, surname = ra.surname > rb.surname ? ra.surname : rb.surname;
    double tie_a = ra.both - ra.given - ra.surname, tie_b = rb.both - rb.given - rb.surname;
    double tie = tie_a > tie_b ? tie_a : tie_b; /* names that go together are met together more often */

    tie = tie < 0 ? 0 : tie;
    out[PEOPLE_COL_GIVEN] = ng * (given - s->chance[PEOPLE_COUNT_GIVEN]);
    out[PEOPLE_COL_SURNAME] = ns * (surname - s->chance[PEOPLE_COUNT_SURNAME]);
    out_household[PEOPLE_COL_GIVEN] = out[PEOPLE_COL_GIVEN] + (lg <= 4 ? tie : 0);
    if (lg <= 4 && ls <= 4)
        out[PEOPLE_COL_GIVEN] += tie;
}

/* Bits by which chance is likelier for these values than for any: minus is rarer. */
static void weigh_values(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, double out[PEOPLE_COLUMNS],
                         double out_household[PEOPLE_COLUMNS])
{
    for (int i = 0; i < ARRAY_LEN(frequent); i++) {
        const struct frequent_column *f = &frequent[i];
        const int l = people_level(pattern, f->column);

        if (l == PEOPLE_LEVEL_NONE || f->near[l] == 0 || s->by_value[f->what].n == 0)
            continue;
        const float x = s->by_value[f->what].logs[a], y = s->by_value[f->what].logs[b];

        out[f->column] = f->near[l] * ((x > y ? x : y) - s->chance[f->what]);
        if (!f->of_household)
            out_household[f->column] = out[f->column];
    }
}

static double sum_logs(double x, double y)
{
    const double most = x > y ? x : y, least = x > y ? y : x;

    return least < most - 60 ? most : most + log2(1 + exp2(least - most));
}

double people_score(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern)
{
    double f[PEOPLE_COLUMNS] = {0}, h[PEOPLE_COLUMNS] = {0};
    double same = s->prior[PEOPLE_SAME], household = s->prior[PEOPLE_HOUSEHOLD], unrelated = s->prior[PEOPLE_UNRELATED];

    weigh_names(s, a, b, pattern, f, h);
    weigh_values(s, a, b, pattern, f, h);
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        const int l = people_level(pattern, col);

        if (l == PEOPLE_LEVEL_NONE)
            continue;
        same += s->w[PEOPLE_SAME][col][l];
        household += s->w[PEOPLE_HOUSEHOLD][col][l] + h[col];
        unrelated += s->w[PEOPLE_UNRELATED][col][l] + f[col];
    }
    return same - sum_logs(household, unrelated);
}

double people_probability(double log2_odds)
{
    return 1 / (1 + exp2(-log2_odds));
}

int people_explain(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, struct people_reason out[PEOPLE_COLUMNS])
{
    double f[PEOPLE_COLUMNS] = {0}, h[PEOPLE_COLUMNS] = {0};
    double household = s->prior[PEOPLE_HOUSEHOLD], unrelated = s->prior[PEOPLE_UNRELATED];
    int n = 0;

    weigh_names(s, a, b, pattern, f, h);
    weigh_values(s, a, b, pattern, f, h);
    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        const int l = people_level(pattern, col);

        if (l == PEOPLE_LEVEL_NONE)
            continue;
        household += s->w[PEOPLE_HOUSEHOLD][col][l] + h[col];
        unrelated += s->w[PEOPLE_UNRELATED][col][l] + f[col];
    }
    /* the rest is a household as far as it is likelier than chance: each column against that mixture */
    const double share = people_probability(household - unrelated);

    for (int col = 0; col < PEOPLE_COLUMNS; col++) {
        const int l = people_level(pattern, col);

        if (l == PEOPLE_LEVEL_NONE)
            continue;
        const double rest = share * (s->w[PEOPLE_HOUSEHOLD][col][l] + h[col]) + (1 - share) * (s->w[PEOPLE_UNRELATED][col][l] + f[col]);

        out[n++] = (struct people_reason){col, l, s->w[PEOPLE_SAME][col][l] - rest, -(share * h[col] + (1 - share) * f[col])};
    }
    return n;
}

/* ---- all pairs, on several threads ---- */

enum { BATCH = 8192, MAX_THREADS = 64 };

struct shared {
    const struct people_scoring *o;
    struct people_scorer *scorer;
    struct people_pairs *pairs;
    pthread_mutex_t lock;
    uint64_t n_compared;
};

struct worker {
    struct shared *shared;
    struct arena *mem;
    struct people_edge *kept;
    size_t n, room;
};

static void keep_edge(struct worker *w, struct people_edge e)
{
    if (w->n == w->room) {
        const size_t to = w->room == 0 ? 4096 : w->room * 2;

        w->kept = w->room == 0 ? ARENA_ARRAY(w->mem, struct people_edge, to)
                               : arena_grow(w->mem, w->kept, w->room * sizeof e, to * sizeof e);
        w->room = to;
    }
    w->kept[w->n++] = e;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct shared *sh = w->shared;
    struct people_comparer *c = people_comparer_new(w->mem, sh->o->set);
    struct people_pair *batch = ARENA_ARRAY(w->mem, struct people_pair, BATCH);

    for (;;) {
        pthread_mutex_lock(&sh->lock);
        const size_t n = people_pairs_next(sh->pairs, batch, BATCH);

        sh->n_compared += n;
        if (sh->o->progress != NULL && n > 0 && sh->n_compared / (BATCH * 64) != (sh->n_compared - n) / (BATCH * 64))
            sh->o->progress(sh->o->arg, "pairs scored", sh->n_compared, sh->o->model->n_candidates);
        pthread_mutex_unlock(&sh->lock);
        if (n == 0)
            return NULL;
        for (size_t i = 0; i < n; i++) {
            const double score = people_score(sh->scorer, batch[i].a, batch[i].b, people_compare(c, batch[i].a, batch[i].b));

            if (score >= sh->o->least)
                keep_edge(w, (struct people_edge){batch[i].a, batch[i].b, (float)score});
        }
    }
}

static int compare_edges(const void *a, const void *b)
{
    const struct people_edge *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

void people_score_all(struct arena *mem, const struct people_scoring *o, struct people_edges *out)
{
    struct arena *own = arena_new(0);
    struct shared sh = {.o = o};
    const int n_threads = o->n_threads < 1 ? 1 : o->n_threads > MAX_THREADS ? MAX_THREADS : o->n_threads;
    struct worker *workers = ARENA_ARRAY(own, struct worker, (size_t)n_threads);
    pthread_t *threads = ARENA_ARRAY(own, pthread_t, (size_t)n_threads);
    int n_started = 0;

    sh.scorer = people_scorer_new(own, o->set, o->model);
    sh.pairs = people_pairs_new(own, o->set, o->secret, o->max_block);
    pthread_mutex_init(&sh.lock, NULL);
    for (int t = 0; t < n_threads; t++) {
        workers[t] = (struct worker){.shared = &sh, .mem = arena_new(0)};
        if (t > 0 && pthread_create(&threads[n_started], NULL, work, &workers[t]) == 0)
            n_started++;
    }
    work(&workers[0]);
    for (int t = 0; t < n_started; t++)
        pthread_join(threads[t], NULL);
    pthread_mutex_destroy(&sh.lock);
    *out = (struct people_edges){.n_compared = sh.n_compared, .over = *people_pairs_passed_over(sh.pairs)};
    for (int t = 0; t < n_threads; t++)
        out->n += workers[t].n;
    out->list = ARENA_ARRAY(mem, struct people_edge, out->n);
    for (int t = 0, at = 0; t < n_threads; t++) {
        if (workers[t].n > 0)
            memcpy(out->list + at, workers[t].kept, workers[t].n * sizeof *out->list);
        at += (int)workers[t].n;
        arena_free(workers[t].mem);
    }
    qsort(out->list, out->n, sizeof *out->list, compare_edges);
    arena_free(own);
}
