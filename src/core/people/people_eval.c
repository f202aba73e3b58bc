/* people_eval.c - links against the truth: curves, calibration, errors by citizenship. */
#include "people_eval.h"
#include "base/csv.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct truth_reading {
    struct arena *mem;
    const struct people_set *set;
    struct people_truth *out;
    struct named {
        uint64_t hash;
        uint32_t record;
    } *rows;
    size_t n;
    bool has_columns;
    bool *seen;       /* by record */
    struct str twice; /* a record that stands in it twice: whose is it? */
};

static bool take(void *arg, const struct csv_row *row)
{
    struct truth_reading *r = arg;
    const int64_t i = people_set_find(r->set, csv_cell(row, "rec_id"));
    const struct str person = csv_cell(row, "person_id");

    r->has_columns = csv_name_like(row, "rec_id").n > 0 && csv_name_like(row, "person_id").n > 0;
    if (i >= 0 && person.n > 0) {
        if (r->seen[i]) {
            r->twice = people_set_id(r->set, (uint32_t)i);
            return false;
        }
        r->seen[i] = true;
        r->rows[r->n++] = (struct named){people_hash(person.p, person.n), (uint32_t)i};
    }
    return r->has_columns;
}

static int by_hash(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->record < y->record ? -1 : x->record > y->record;
}

enum status people_truth_read(struct arena *mem, const char *file, const struct people_set *set, struct people_truth *out, struct str *why)
{
    struct truth_reading r = {.mem = mem, .set = set, .out = out, .rows = ARENA_ARRAY(mem, struct named, people_set_count(set)),
                              .seen = ARENA_ARRAY(mem, bool, people_set_count(set))};
    const struct csv_options o = {.each = take, .arg = &r};
    struct csv_trouble trouble = {0};
    const enum status st = csv_read_file(mem, file, &o, &trouble);

    if (st != ST_OK || !r.has_columns) {
        *why = st == ST_NOT_FOUND ? str_fmt(mem, "%s cannot be read", file)
                                  : str_fmt(mem, "%s: the truth wants columns rec_id and person_id", file);
        return st == ST_OK ? ST_INVALID : st;
    }
    if (r.twice.n > 0) {
        *why = str_fmt(mem, "%s: %.*s stands in the truth twice", file, (int)r.twice.n, r.twice.p);
        return ST_INVALID;
    }
    out->person = ARENA_ARRAY(mem, int64_t, people_set_count(set));
    for (uint32_t i = 0; i < people_set_count(set); i++)
        out->person[i] = -1;
    qsort(r.rows, r.n, sizeof *r.rows, by_hash);
    out->n_true = 0;
    for (size_t at = 0, end; at < r.n; at = end) {
        for (end = at; end < r.n && r.rows[end].hash == r.rows[at].hash; end++)
            out->person[r.rows[end].record] = r.rows[at].record;
        out->n_true += (uint64_t)(end - at) * (end - at - 1) / 2;
    }
    return ST_OK;
}

static bool is_right(const struct people_truth *t, uint32_t a, uint32_t b)
{
    return t->person[a] >= 0 && t->person[a] == t->person[b];
}

struct people_measure people_measured(uint64_t n_true, uint64_t n_given, uint64_t n_right)
{
    struct people_measure m = {n_true, n_given, n_right, 0, 0, 0};

    m.precision = n_given == 0 ? 0 : (double)n_right / (double)n_given;
    m.recall = n_true == 0 ? 0 : (double)n_right / (double)n_true;
    m.f1 = m.precision + m.recall == 0 ? 0 : 2 * m.precision * m.recall / (m.precision + m.recall);
    return m;
}

static struct people_measure measure_at(const struct people_truth *t, const struct people_edges *e, double cut)
{
    uint64_t given = 0, right = 0;

    for (size_t i = 0; i < e->n; i++)
        if (e->list[i].score >= cut) {
            given++;
            right += is_right(t, e->list[i].a, e->list[i].b);
        }
    return people_measured(t->n_true, given, right);
}

static int by_score(const void *a, const void *b)
{
    const float x = ((const struct people_edge *)a)->score, y = ((const struct people_edge *)b)->score;

    return x > y ? -1 : x < y;
}

static void find_best(struct arena *own, const struct people_truth *t, const struct people_edges *e, struct people_quality *q)
{
    struct people_edge *list = ARENA_ARRAY(own, struct people_edge, e->n);
    uint64_t right = 0;

    if (e->n > 0)
        memcpy(list, e->list, e->n * sizeof *list);
    qsort(list, e->n, sizeof *list, by_score);
    for (size_t i = 0; i < e->n; i++) {
        right += is_right(t, list[i].a, list[i].b);
        if (i + 1 < e->n && list[i + 1].score == list[i].score)
            continue;
        const struct people_measure m = people_measured(t->n_true, i + 1, right);

        if (m.f1 > q->best.f1) {
            q->best = m;
            q->best_score = list[i].score;
        }
    }
    q->n_reached = right;
}

static void measure_clusters(struct arena *own, const struct people_set *set, const struct people_truth *t, const uint32_t *cluster,
                             struct people_quality *q)
{
    const uint32_t n = people_set_count(set);
    uint32_t *first = ARENA_ARRAY(own, uint32_t, (size_t)n + 1), *list = ARENA_ARRAY(own, uint32_t, n);
    uint64_t given = 0, right = 0;

    for (uint32_t i = 0; i < n; i++)
        first[cluster[i] + 1]++;
    for (uint32_t i = 0; i < n; i++)
        first[i + 1] += first[i];
    for (uint32_t i = n; i-- > 0;)
        list[--first[cluster[i] + 1]] = i;
    /* first[r + 1] is now where the cluster of r begins */
    for (uint32_t r = 0; r < n; r++) {
        const uint32_t from = first[r + 1], to = r + 2 <= n ? first[r + 2] : n;

        for (uint32_t i = from; i < to; i++)
            for (uint32_t k = i + 1; k < to; k++) {
                given++;
                right += is_right(t, list[i], list[k]);
            }
    }
    q->clusters = people_measured(t->n_true, given, right);
}

/* The citizenship of a person: that of the first of the records that says one. */
static void find_groups(struct arena *own, const struct people_set *set, const struct people_truth *t, const struct people_edges *e,
                        struct people_quality *q)
{
    const uint32_t n = people_set_count(set);
    const int n_origins = people_set_n_origins(set);
    uint16_t *of = ARENA_ARRAY(own, uint16_t, n);
    uint64_t *n_of = ARENA_ARRAY(own, uint64_t, n), *n_true = ARENA_ARRAY(own, uint64_t, (size_t)n_origins),
             *given = ARENA_ARRAY(own, uint64_t, (size_t)n_origins), *right = ARENA_ARRAY(own, uint64_t, (size_t)n_origins);

    for (uint32_t i = 0; i < n; i++)
        if (t->person[i] >= 0) {
            n_of[t->person[i]]++;
            if (of[t->person[i]] == 0)
                of[t->person[i]] = people_set_record(set, i)->origin;
        }
    for (uint32_t i = 0; i < n; i++)
        n_true[of[i]] += n_of[i] * (n_of[i] - (n_of[i] > 0)) / 2;
    for (size_t i = 0; i < e->n; i++)
        if (e->list[i].score >= q->cut) {
            const int64_t p = t->person[e->list[i].a] >= 0 ? t->person[e->list[i].a] : t->person[e->list[i].b];
            const int g = p < 0 ? 0 : of[p];

            given[g]++;
            right[g] += is_right(t, e->list[i].a, e->list[i].b);
        }
    for (int g = 0; g < n_origins; g++) {
        if (n_true[g] < PEOPLE_GROUP_LEAST || q->n_groups == PEOPLE_GROUPS)
            continue;
        struct people_group *out = &q->groups[q->n_groups++];

        *out = (struct people_group){people_set_origin(set, g), people_measured(n_true[g], given[g], right[g])};
    }
}

bool people_group_counts(const struct people_group *g)
{
    return g->name.n > 0 && g->at_cut.n_true >= PEOPLE_GROUP_GAP && g->at_cut.n_given > 0;
}

double people_gap(const struct people_quality *q)
{
    double least = 2, most = -1;

    for (int g = 0; g < q->n_groups; g++)
        if (people_group_counts(&q->groups[g])) {
            least = fmin(least, q->groups[g].at_cut.precision);
            most = fmax(most, q->groups[g].at_cut.precision);
        }
    return most > least ? most - least : 0;
}

static int by_size(const void *a, const void *b)
{
    const struct people_group *x = a, *y = b;

    if (x->at_cut.n_true != y->at_cut.n_true)
        return x->at_cut.n_true > y->at_cut.n_true ? -1 : 1;
    return str_cmp(x->name, y->name);
}

static void fill_bins(const struct people_truth *t, const struct people_edges *e, struct people_quality *q)
{
    static const double bounds[PEOPLE_BINS + 1] = {0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 1.0};

    for (int b = 0; b < PEOPLE_BINS; b++) {
        q->bins[b].from = bounds[b];
        q->bins[b].to = bounds[b + 1];
    }
    for (size_t i = 0; i < e->n; i++) {
        const double p = people_probability(e->list[i].score);

        for (int b = 0; b < PEOPLE_BINS; b++)
            if (p >= bounds[b] && (p < bounds[b + 1] || b == PEOPLE_BINS - 1)) {
                q->bins[b].n++;
                q->bins[b].n_right += is_right(t, e->list[i].a, e->list[i].b);
                q->bins[b].stated += p;
                break;
            }
    }
    for (int b = 0; b < PEOPLE_BINS; b++)
        q->bins[b].stated = q->bins[b].n == 0 ? 0 : q->bins[b].stated / (double)q->bins[b].n;
}

void people_evaluate(const struct people_set *set, const struct people_truth *truth, const struct people_edges *edges,
                     const uint32_t *cluster, double cut, struct people_quality *q)
{
    struct arena *own = arena_new(0);

    *q = (struct people_quality){.n_records = people_set_count(set), .n_candidates = edges->n, .cut = cut};
    find_best(own, truth, edges, q);
    q->at_even = measure_at(truth, edges, 0);
    q->at_cut = measure_at(truth, edges, cut);
    measure_clusters(own, set, truth, cluster, q);
    for (int i = 0; i < PEOPLE_CURVE; i++) {
        const double score = i - 10;
        const struct people_measure m = measure_at(truth, edges, score);

        q->curve[i].score = score;
        q->curve[i].precision = m.precision;
        q->curve[i].recall = m.recall;
    }
    fill_bins(truth, edges, q);
    find_groups(own, set, truth, edges, q);
    qsort(q->groups, (size_t)q->n_groups, sizeof *q->groups, by_size);
    q->gap = people_gap(q);
    arena_free(own);
}

void people_evaluate_queue(const struct people_truth *t, const struct people_edges *e, double review, struct people_quality *q)
{
    const struct people_measure m = measure_at(t, e, review);

    q->has_queue = true;
    q->queue.from = review;
    q->queue.n = m.n_given > q->at_cut.n_given ? m.n_given - q->at_cut.n_given : 0;
    q->queue.n_right = m.n_right > q->at_cut.n_right ? m.n_right - q->at_cut.n_right : 0;
}
