/* people_eval.c - links against the truth: curves, calibration, errors by citizenship. */
#include "people_eval.h"
#include "base/csv.h"
#include "base/text.h"
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
};

static bool take(void *arg, const struct csv_row *row)
{
    struct truth_reading *r = arg;
    const int64_t i = people_set_find(r->set, csv_cell(row, "rec_id"));
    const struct str person = csv_cell(row, "person_id");

    r->has_columns = csv_name_like(row, "rec_id").n > 0 && csv_name_like(row, "person_id").n > 0;
    if (i >= 0 && person.n > 0 && r->n < people_set_count(r->set))
        r->rows[r->n++] = (struct named){people_hash(person.p, person.n), (uint32_t)i};
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
    struct truth_reading r = {.mem = mem, .set = set, .out = out, .rows = ARENA_ARRAY(mem, struct named, people_set_count(set))};
    const struct csv_options o = {.each = take, .arg = &r};
    struct csv_trouble trouble = {0};
    const enum status st = csv_read_file(mem, file, &o, &trouble);

    if (st != ST_OK || !r.has_columns) {
        *why = st == ST_NOT_FOUND ? str_fmt(mem, "%s cannot be read", file)
                                  : str_fmt(mem, "%s: the truth wants columns rec_id and person_id", file);
        return st == ST_OK ? ST_INVALID : st;
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

static struct people_measure measured(uint64_t n_true, uint64_t n_given, uint64_t n_right)
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
    return measured(t->n_true, given, right);
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
        const struct people_measure m = measured(t->n_true, i + 1, right);

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
    q->clusters = measured(t->n_true, given, right);
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
    double least = 2, most = -1;

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

        *out = (struct people_group){people_set_origin(set, g), measured(n_true[g], given[g], right[g])};
        if (n_true[g] >= 100 && g > 0) {
            least = out->at_cut.precision < least ? out->at_cut.precision : least;
            most = out->at_cut.precision > most ? out->at_cut.precision : most;
        }
    }
    q->gap = most > least ? most - least : 0;
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
    arena_free(own);
}

/* ---- the file ---- */

static const char head[] = "wecare people quality\t1";

static void write_measure(struct buf *out, const char *name, const struct people_measure *m)
{
    buf_fmt(out, "measure\t%s\t%llu\t%llu\t%llu\n", name, (unsigned long long)m->n_true, (unsigned long long)m->n_given,
            (unsigned long long)m->n_right);
}

void people_quality_write(struct buf *out, const struct people_quality *q)
{
    buf_fmt(out, "%s\n", head);
    buf_fmt(out, "records\t%llu\t%llu\t%llu\n", (unsigned long long)q->n_records, (unsigned long long)q->n_candidates,
            (unsigned long long)q->n_reached);
    buf_fmt(out, "cuts\t%.4f\t%.4f\n", q->cut, q->best_score);
    write_measure(out, "best", &q->best);
    write_measure(out, "even", &q->at_even);
    write_measure(out, "cut", &q->at_cut);
    write_measure(out, "clusters", &q->clusters);
    for (int i = 0; i < PEOPLE_CURVE; i++)
        buf_fmt(out, "curve\t%.4f\t%.6f\t%.6f\n", q->curve[i].score, q->curve[i].precision, q->curve[i].recall);
    for (int b = 0; b < PEOPLE_BINS; b++)
        buf_fmt(out, "bin\t%.4f\t%.4f\t%.6f\t%llu\t%llu\n", q->bins[b].from, q->bins[b].to, q->bins[b].stated,
                (unsigned long long)q->bins[b].n, (unsigned long long)q->bins[b].n_right);
    for (int g = 0; g < q->n_groups; g++)
        buf_fmt(out, "group\t%.*s\t%llu\t%llu\t%llu\n", (int)q->groups[g].name.n, q->groups[g].name.p,
                (unsigned long long)q->groups[g].at_cut.n_true, (unsigned long long)q->groups[g].at_cut.n_given,
                (unsigned long long)q->groups[g].at_cut.n_right);
    buf_fmt(out, "gap\t%.6f\n", q->gap);
}

static bool real(struct str *rest, double *out)
{
    return str_to_double(str_cut(rest, '\t'), out);
}

static bool count(struct str *rest, uint64_t *out)
{
    int64_t v;

    if (!str_to_int(str_cut(rest, '\t'), &v) || v < 0)
        return false;
    *out = (uint64_t)v;
    return true;
}

static bool measure_of(struct str *rest, struct people_measure *out)
{
    uint64_t n_true, given, right;

    if (!count(rest, &n_true) || !count(rest, &given) || !count(rest, &right) || right > given || right > n_true)
        return false;
    *out = measured(n_true, given, right);
    return true;
}

static bool read_line(struct arena *mem, struct people_quality *q, struct str rest, int *n_curve, int *n_bins)
{
    const struct str key = str_cut(&rest, '\t');

    if (str_eq_z(key, "records"))
        return count(&rest, &q->n_records) && count(&rest, &q->n_candidates) && count(&rest, &q->n_reached);
    if (str_eq_z(key, "cuts"))
        return real(&rest, &q->cut) && real(&rest, &q->best_score);
    if (str_eq_z(key, "gap"))
        return real(&rest, &q->gap);
    if (str_eq_z(key, "measure")) {
        const struct str name = str_cut(&rest, '\t');
        struct people_measure other;

        return measure_of(&rest, str_eq_z(name, "best")   ? &q->best
                                 : str_eq_z(name, "even") ? &q->at_even
                                 : str_eq_z(name, "cut")  ? &q->at_cut
                                 : str_eq_z(name, "clusters") ? &q->clusters
                                                              : &other);
    }
    if (str_eq_z(key, "curve") && *n_curve < PEOPLE_CURVE) {
        const int i = (*n_curve)++;

        return real(&rest, &q->curve[i].score) && real(&rest, &q->curve[i].precision) && real(&rest, &q->curve[i].recall);
    }
    if (str_eq_z(key, "bin") && *n_bins < PEOPLE_BINS) {
        const int b = (*n_bins)++;

        return real(&rest, &q->bins[b].from) && real(&rest, &q->bins[b].to) && real(&rest, &q->bins[b].stated) &&
               count(&rest, &q->bins[b].n) && count(&rest, &q->bins[b].n_right) && q->bins[b].n_right <= q->bins[b].n;
    }
    if (str_eq_z(key, "group") && q->n_groups < PEOPLE_GROUPS) {
        struct people_group *g = &q->groups[q->n_groups++];

        g->name = str_copy(mem, str_cut(&rest, '\t'));
        return str_is_utf8(g->name) && measure_of(&rest, &g->at_cut);
    }
    return false;
}

enum status people_quality_read(struct arena *mem, struct str text, struct people_quality *out)
{
    int n_curve = 0, n_bins = 0;

    *out = (struct people_quality){0};
    if (!str_eq_z(str_cut(&text, '\n'), head))
        return ST_INVALID;
    while (text.n > 0)
        if (!read_line(mem, out, str_cut(&text, '\n'), &n_curve, &n_bins))
            return ST_INVALID;
    return n_curve == PEOPLE_CURVE && n_bins == PEOPLE_BINS ? ST_OK : ST_INVALID;
}
