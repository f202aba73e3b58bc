/* people_score.c - weights of levels and frequencies of values put together. */
#include "people_score.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How rare the names of a record are, log2: each by itself, and the two together by origins. */
struct rarity {
    float given, surname, both;
};

/* What two columns add together, by their eight bits of a pattern; which frequencies they bring in. */
struct weight {
    double of[PEOPLE_CLASSES];
    uint32_t frequent; /* bits of frequent[], and NAMES */
};

enum { COLUMN_PAIRS = PEOPLE_COLUMNS / 2, NAMES = 1 << 30, NAME_IS_NEAR = 4, MOST_FREQUENT = 11, AHEAD = 16 };

struct people_scorer {
    struct arena *mem;
    const struct people_set *set;
    const struct people_model *m;
    double w[PEOPLE_CLASSES][PEOPLE_COLUMNS][PEOPLE_LEVELS]; /* log2 of probability */
    double prior[PEOPLE_CLASSES];
    double chance[PEOPLE_COUNTED]; /* that two unrelated values are equal, whatever they are */
    struct weight weights[COLUMN_PAIRS][256];
    float *names[2]; /* of given names and surnames: P(name | origin), n_origins each */
    bool *is_rare[2];
    uint32_t n_names, names_room;
    /* A row a record, one beside the other as they are read: its rarity with its own origin, then log2 of the frequency of each
     * value that the model counts. */
    float *rows;
    uint32_t n_rows, rows_room, row_floats;
    int at[PEOPLE_COUNTED]; /* where in a row; 0: not counted */
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
    const uint32_t n = people_set_n_values(s->set, PEOPLE_OF_NAME), n_o = (uint32_t)s->m->n_origins, room = n + n / 8 + 64;

    for (int which = 0; which < 2; which++) {
        if (n > s->names_room) {
            float *names = ARENA_ARRAY(s->mem, float, (size_t)room * n_o);
            bool *is_rare = ARENA_ARRAY(s->mem, bool, room);

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
        s->names_room = room;
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

/* What the text of a column is made of, in numbers: the same numbers, the same frequency. */
static uint64_t parts_of(const struct people_record *r, enum people_counted what)
{
    switch (what) {
    case PEOPLE_COUNT_BIRTH:
        return r->birth;
    case PEOPLE_COUNT_BIRTHPLACE:
        return r->birthplace;
    case PEOPLE_COUNT_ADDRESS:
        return people_hash((const uint32_t[]){r->street, r->municipality, r->house}, 3 * sizeof(uint32_t));
    case PEOPLE_COUNT_MUNICIPALITY:
        return r->municipality;
    case PEOPLE_COUNT_PHONE:
        return r->phone;
    case PEOPLE_COUNT_EMAIL:
        return r->email;
    case PEOPLE_COUNT_POSTCODE:
        return r->postcode;
    case PEOPLE_COUNT_EXTRA1:
        return r->extra1;
    default:
        return r->extra2;
    }
}

enum { MEMO = 1 << 13, MEMO_LEAST = 1000 };

struct memo { /* what was looked up last, while many records are bound */
    uint64_t parts;
    float log;
    bool is_set;
};

static float value_log(const struct people_scorer *s, uint32_t i, enum people_counted what, struct memo *memo)
{
    const uint64_t parts = parts_of(people_set_record(s->set, i), what);
    struct memo one, *m = memo == NULL ? &one : &memo[what * MEMO + (parts * 0x9e3779b97f4a7c15u >> 32 & (MEMO - 1))];
    char buf[PEOPLE_TEXT_MAX];

    if (memo == NULL || !m->is_set || m->parts != parts)
        *m = (struct memo){parts, (float)log_frequency(s, what, people_counted_text(s->set, i, what, buf)), true};
    return m->log;
}

/* Frequencies stand by record here: an address is three fields, a date none that is kept. */
static void bind_record(struct people_scorer *s, uint32_t i, struct memo *memo)
{
    const struct people_record *r = people_set_record(s->set, i);
    const struct rarity names = rarity_of(s, r, s->of_set[r->origin]);
    float *row = s->rows + (size_t)i * s->row_floats;

    memcpy(row, &names, sizeof names);
    for (int what = PEOPLE_COUNT_BIRTH; what < PEOPLE_COUNTED; what++)
        if (s->at[what] != 0)
            row[s->at[what]] = value_log(s, i, (enum people_counted)what, memo);
}

static void bind_records(struct people_scorer *s)
{
    const uint32_t n = people_set_count(s->set);

    if (n > s->rows_room) {
        const uint32_t room = n + n / 8 + 64;
        float *rows = arena_array(s->mem, room, s->row_floats * sizeof *rows);

        if (s->n_rows > 0)
            memcpy(rows, s->rows, (size_t)s->n_rows * s->row_floats * sizeof *rows);
        s->rows = rows;
        s->rows_room = room;
    }
    if (s->n_rows == n)
        return;
    struct arena *own = arena_new(0);
    struct memo *memo = n - s->n_rows < MEMO_LEAST ? NULL : ARENA_ARRAY(own, struct memo, (size_t)PEOPLE_COUNTED * MEMO);

    for (; s->n_rows < n; s->n_rows++)
        bind_record(s, s->n_rows, memo);
    arena_free(own);
}

void people_scorer_follow(struct people_scorer *s)
{
    bind_origins(s);
    bind_names(s, s->n_names);
    s->n_names = people_set_n_values(s->set, PEOPLE_OF_NAME);
    bind_records(s);
}

static void weigh_column(const struct people_scorer *s, int col, int l, struct weight *out)
{
    if (l >= PEOPLE_LEVELS)
        return;
    for (int k = 0; k < PEOPLE_CLASSES; k++)
        out->of[k] += s->w[k][col][l];
    for (int i = 0; i < ARRAY_LEN(frequent); i++)
        if (frequent[i].column == col && s->at[frequent[i].what] != 0 && frequent[i].near[l] != 0)
            out->frequent |= 1u << i;
    if (col <= PEOPLE_COL_SURNAME && l <= NAME_IS_NEAR)
        out->frequent |= NAMES;
}

static void bind_weights(struct people_scorer *s)
{
    for (int pair = 0; pair < COLUMN_PAIRS; pair++)
        for (int bits = 0; bits < 256; bits++) {
            weigh_column(s, 2 * pair, bits & 15, &s->weights[pair][bits]);
            weigh_column(s, 2 * pair + 1, bits >> 4, &s->weights[pair][bits]);
        }
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
    s->row_floats = sizeof(struct rarity) / sizeof(float);
    for (int i = 0; i < ARRAY_LEN(frequent); i++)
        if (m->counts[frequent[i].what].n_records > 0)
            s->at[frequent[i].what] = (int)s->row_floats++;
    s->row_floats = (s->row_floats + 3) & ~3u;
    bind_weights(s);
    people_scorer_follow(s);
    return s;
}

/* What frequencies add, in bits by which chance is likelier for these values than for any: minus is rarer. */
struct frequency {
    double unrelated, household;
    int column;
};

static struct rarity rarity_at(const struct people_scorer *s, uint32_t i)
{
    struct rarity r;

    memcpy(&r, s->rows + (size_t)i * s->row_floats, sizeof r);
    return r;
}

/* Of names: for "unrelated" and, without the surname, for "household". */
static void weigh_names(const struct people_scorer *s, uint32_t ia, uint32_t ib, uint64_t pattern, struct frequency out[2])
{
    const struct people_record *a = people_set_record(s->set, ia), *b = people_set_record(s->set, ib);
    const int lg = people_level(pattern, PEOPLE_COL_GIVEN), ls = people_level(pattern, PEOPLE_COL_SURNAME);
    const double ng = lg < PEOPLE_LEVELS ? near_name[lg] : 0, ns = ls < PEOPLE_LEVELS ? near_name[ls] : 0;
    const int own_a = s->of_set[a->origin], own_b = s->of_set[b->origin];
    /* who says no origin is of the other's, if that one says it */
    const struct rarity ra = own_a == 0 && own_b != 0 ? rarity_of(s, a, own_b) : rarity_at(s, ia);
    const struct rarity rb = own_b == 0 && own_a != 0 ? rarity_of(s, b, own_a) : rarity_at(s, ib);
    const double given = ra.given > rb.given ? ra.given : rb.given, surname = ra.surname > rb.surname ? ra.surname : rb.surname;
    double tie_a = ra.both - ra.given - ra.surname, tie_b = rb.both - rb.given - rb.surname;
    double tie = tie_a > tie_b ? tie_a : tie_b; /* names that go together are met together more often */

    tie = tie < 0 ? 0 : tie;
    out[0] = out[1] = (struct frequency){0, 0, PEOPLE_COL_GIVEN};
    out[1].column = PEOPLE_COL_SURNAME;
    out[0].unrelated = ng * (given - s->chance[PEOPLE_COUNT_GIVEN]);
    out[1].unrelated = ns * (surname - s->chance[PEOPLE_COUNT_SURNAME]);
    out[0].household = 0; /* a child named after the grandfather has his name whether it is common or not */
    if (lg <= NAME_IS_NEAR && ls <= NAME_IS_NEAR)
        out[0].unrelated += tie;
}

/* Of all columns of the pattern whose frequency says something; how many. */
static int weigh_frequencies(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, uint32_t which,
                             struct frequency out[MOST_FREQUENT])
{
    const float *x = s->rows + (size_t)a * s->row_floats, *y = s->rows + (size_t)b * s->row_floats;
    int n = 0;

    if ((which & NAMES) != 0) {
        weigh_names(s, a, b, pattern, out);
        n = 2;
    }
    for (uint32_t left = which & ~(uint32_t)NAMES; left != 0; left &= left - 1) {
        const struct frequent_column *f = &frequent[__builtin_ctz(left)];
        const float of_a = x[s->at[f->what]], of_b = y[s->at[f->what]];
        const double bits = f->near[people_level(pattern, f->column)] * ((of_a > of_b ? of_a : of_b) - s->chance[f->what]);

        out[n++] = (struct frequency){bits, f->of_household ? 0 : bits, f->column};
    }
    return n;
}

static double sum_logs(double x, double y)
{
    const double most = x > y ? x : y, least = x > y ? y : x;

    return least < most - 60 ? most : most + log2(1 + exp2(least - most));
}

/* The sums of a pattern, and then what the frequencies of these values say; below `least` it is only known to be there. */
static double score_from(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, double least)
{
    double same = s->prior[PEOPLE_SAME], household = s->prior[PEOPLE_HOUSEHOLD], unrelated = s->prior[PEOPLE_UNRELATED];
    struct frequency f[MOST_FREQUENT];
    uint32_t which = 0;

    for (int pair = 0; pair < COLUMN_PAIRS; pair++) {
        const struct weight *w = &s->weights[pair][pattern >> (8 * pair) & 255];

        same += w->of[PEOPLE_SAME];
        household += w->of[PEOPLE_HOUSEHOLD];
        unrelated += w->of[PEOPLE_UNRELATED];
        which |= w->frequent;
    }
    for (int i = 0, n = which == 0 ? 0 : weigh_frequencies(s, a, b, pattern, which, f); i < n; i++) {
        household += f[i].household;
        unrelated += f[i].unrelated;
    }
    /* the sum is never less than the greater of the two: what misses with that one alone misses */
    if (same - (household > unrelated ? household : unrelated) < least)
        return -INFINITY;
    return same - sum_logs(household, unrelated);
}

double people_score(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern)
{
    return score_from(s, a, b, pattern, -INFINITY);
}

/* Records lie far apart: those of the pairs to come are asked of memory while this one is scored. */
static void fetch(const struct people_scorer *s, uint32_t i)
{
    const char *record = (const char *)people_set_record(s->set, i);

    __builtin_prefetch(record);
    __builtin_prefetch(record + sizeof(struct people_record) - 1);
    __builtin_prefetch(s->rows + (size_t)i * s->row_floats);
}

size_t people_score_pairs(const struct people_scorer *s, struct people_comparer *c, const struct people_pair *pairs, size_t n, double least,
                          struct people_edge *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        const uint32_t a = pairs[i].a, b = pairs[i].b;

        if (i + AHEAD < n) {
            fetch(s, pairs[i + AHEAD].a);
            fetch(s, pairs[i + AHEAD].b);
        }
        const double score = score_from(s, a, b, people_compare(c, a, b), least);

        if (score >= least)
            out[kept++] = (struct people_edge){a, b, (float)score};
    }
    return kept;
}

void people_frequency_bits(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, double *out_unrelated,
                           double *out_household)
{
    struct frequency list[MOST_FREQUENT];
    uint32_t which = 0;

    for (int pair = 0; pair < COLUMN_PAIRS; pair++)
        which |= s->weights[pair][pattern >> (8 * pair) & 255].frequent;
    *out_unrelated = *out_household = 0;
    for (int i = 0, n = which == 0 ? 0 : weigh_frequencies(s, a, b, pattern, which, list); i < n; i++) {
        *out_unrelated += list[i].unrelated;
        *out_household += list[i].household;
    }
}

double people_probability(double log2_odds)
{
    return 1 / (1 + exp2(-log2_odds));
}

int people_explain(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, struct people_reason out[PEOPLE_COLUMNS])
{
    double f[PEOPLE_COLUMNS] = {0}, h[PEOPLE_COLUMNS] = {0};
    double household = s->prior[PEOPLE_HOUSEHOLD], unrelated = s->prior[PEOPLE_UNRELATED];
    struct frequency list[MOST_FREQUENT];
    uint32_t which = 0;
    int n = 0;

    for (int pair = 0; pair < COLUMN_PAIRS; pair++)
        which |= s->weights[pair][pattern >> (8 * pair) & 255].frequent;
    for (int i = 0, n_list = weigh_frequencies(s, a, b, pattern, which, list); i < n_list; i++) {
        f[list[i].column] = list[i].unrelated;
        h[list[i].column] = list[i].household;
    }
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
