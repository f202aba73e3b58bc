/* people_cluster.c - average linkage with pairs that may not be joined. */
#include "people_cluster.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MET = 1000000, MOST_PAIRS = 400 }; /* between two groups; of larger ones the first of each are looked at */

struct joining {
    const struct people_clustering *o;
    struct people_scorer *scorer;
    struct people_comparer *comparer;
    uint32_t *root;        /* the lowest record of the group */
    uint32_t *next, *last; /* the records of a group in a ring, from its root */
    uint32_t *size;
    double prior;
    struct arena *mem; /* of met; NULL: not asked */
    struct people_edge *met;
    size_t n_met, room_met;
};

static int by_strength(const void *a, const void *b)
{
    const struct people_edge *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int compare_apart(const void *a, const void *b)
{
    const struct people_apart *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

void people_apart_sort(struct people_apart *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].a > list[i].b)
            list[i] = (struct people_apart){list[i].b, list[i].a};
    qsort(list, n, sizeof *list, compare_apart);
}

static bool is_apart(const struct people_clustering *o, uint32_t a, uint32_t b)
{
    const struct people_apart one = {a < b ? a : b, a < b ? b : a};

    return o->n_apart > 0 && bsearch(&one, o->apart, o->n_apart, sizeof one, compare_apart) != NULL;
}

/* Every pair between the two groups, as far as there are not too many; *out is their mean evidence. */
static bool may_join(struct joining *j, uint32_t ra, uint32_t rb, double *out)
{
    double sum = 0;
    uint32_t n = 0, a = ra;

    for (uint32_t i = 0; i < j->size[ra]; i++, a = j->next[a]) {
        uint32_t b = rb;

        for (uint32_t k = 0; k < j->size[rb]; k++, b = j->next[b]) {
            if (people_are_surely_two(j->o->set, a, b) || is_apart(j->o, a, b))
                return false;
            if (n >= MOST_PAIRS)
                continue;
            const uint32_t low = a < b ? a : b, high = a < b ? b : a;
            const double e = people_score(j->scorer, low, high, people_compare(j->comparer, low, high)) - j->prior;

            sum += e > 40 ? 40 : e < -20 ? -20 : e;
            n++;
        }
    }
    *out = sum / n;
    return *out >= j->o->evidence;
}

/* The pairs that a join brings together, with the strength of the link that did it. */
static void note_met(struct joining *j, uint32_t ra, uint32_t rb, float score)
{
    const size_t n = (size_t)j->size[ra] * j->size[rb];
    uint32_t a = ra;

    if (n > MOST_MET)
        return;
    if (j->n_met + n > j->room_met) {
        const size_t to = (j->n_met + n) * 2;

        j->met = j->room_met == 0 ? ARENA_ARRAY(j->mem, struct people_edge, to)
                                  : arena_grow(j->mem, j->met, j->room_met * sizeof *j->met, to * sizeof *j->met);
        j->room_met = to;
    }
    for (uint32_t i = 0; i < j->size[ra]; i++, a = j->next[a]) {
        uint32_t b = rb;

        for (uint32_t k = 0; k < j->size[rb]; k++, b = j->next[b])
            j->met[j->n_met++] = (struct people_edge){a < b ? a : b, a < b ? b : a, score};
    }
}

static void join(struct joining *j, uint32_t ra, uint32_t rb)
{
    const uint32_t low = ra < rb ? ra : rb, high = ra < rb ? rb : ra;
    uint32_t a = high;

    for (uint32_t i = 0; i < j->size[high]; i++, a = j->next[a])
        j->root[a] = low;
    j->next[j->last[low]] = high;
    j->last[low] = j->last[high];
    j->next[j->last[low]] = low;
    j->size[low] += j->size[high];
}

static void put_together(struct joining *j, struct people_edge *edges, size_t n)
{
    qsort(edges, n, sizeof *edges, by_strength);
    for (size_t i = 0; i < n; i++) {
        const uint32_t ra = j->root[edges[i].a], rb = j->root[edges[i].b];

        double evidence;

        if (ra == rb || !may_join(j, ra, rb, &evidence))
            continue;
        /* a strong link between two groups that agree but little is not as sure as it looks: never surer than the pairs are on the mean */
        const double mean = evidence + j->prior, met = mean < edges[i].score ? mean : edges[i].score;

        if (j->mem != NULL)
            note_met(j, ra, rb, (float)met);
        join(j, ra, rb);
    }
}

static void run(struct arena *own, const struct people_clustering *o, const struct people_edges *edges, const uint32_t *only, uint32_t root,
                uint32_t *cluster, struct joining *out)
{
    const uint32_t n = people_set_count(o->set);
    struct people_edge *strong = ARENA_ARRAY(own, struct people_edge, edges->n);
    struct joining j = {.o = o};
    size_t n_strong = 0;

    j.scorer = people_scorer_new(own, o->set, o->model);
    j.comparer = people_comparer_new(own, o->set);
    j.root = cluster;
    j.next = ARENA_ARRAY(own, uint32_t, n);
    j.last = ARENA_ARRAY(own, uint32_t, n);
    j.size = ARENA_ARRAY(own, uint32_t, n);
    j.prior = log2(o->model->prior[PEOPLE_SAME] / (1 - o->model->prior[PEOPLE_SAME]));
    for (size_t i = 0; i < edges->n; i++)
        if (edges->list[i].score >= o->cut && (only == NULL || (only[edges->list[i].a] == root && only[edges->list[i].b] == root)))
            strong[n_strong++] = edges->list[i];
    for (uint32_t i = 0; i < n; i++) {
        if (only != NULL && only[i] != root)
            continue;
        j.root[i] = j.next[i] = j.last[i] = i;
        j.size[i] = 1;
    }
    j.mem = out == NULL ? NULL : own;
    put_together(&j, strong, n_strong);
    if (out != NULL)
        *out = j;
}

void people_cluster(const struct people_clustering *o, const struct people_edges *edges, uint32_t *cluster)
{
    struct arena *own = arena_new(0);

    run(own, o, edges, NULL, 0, cluster, NULL);
    arena_free(own);
}

static int by_records(const void *a, const void *b)
{
    const struct people_edge *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

void people_score_together(struct arena *mem, const struct people_clustering *o, const struct people_edges *edges, struct people_edges *out)
{
    struct arena *own = arena_new(0);
    uint32_t *cluster = ARENA_ARRAY(own, uint32_t, people_set_count(o->set));
    struct joining j;
    size_t k = 0;

    run(own, o, edges, NULL, 0, cluster, &j);
    qsort(j.met, j.n_met, sizeof *j.met, by_records);
    *out = *edges;
    out->n = 0;
    out->list = ARENA_ARRAY(mem, struct people_edge, edges->n + j.n_met);
    for (size_t i = 0; i < edges->n || k < j.n_met;) {
        const int c = i == edges->n ? 1 : k == j.n_met ? -1 : by_records(&edges->list[i], &j.met[k]);
        struct people_edge e = c <= 0 ? edges->list[i] : j.met[k];

        if (c == 0 && j.met[k].score > e.score)
            e.score = j.met[k].score;
        i += c <= 0;
        k += c >= 0;
        out->list[out->n++] = e;
    }
    arena_free(own);
}

void people_uncluster(const struct people_clustering *o, const struct people_edges *edges, uint32_t a, uint32_t *cluster)
{
    struct arena *own = arena_new(0);
    uint32_t *before = ARENA_ARRAY(own, uint32_t, people_set_count(o->set));

    memcpy(before, cluster, people_set_count(o->set) * sizeof *before);
    run(own, o, edges, before, before[a], cluster, NULL);
    arena_free(own);
}
