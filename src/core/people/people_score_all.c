/* people_score_all.c - all pairs worth comparing, on several threads. */
#include "people_rows.h"
#include "people_score.h"
#include "people_threads.h"
#include <stdatomic.h>

enum { BATCH = 8192 };

struct shared {
    const struct people_scoring *o;
    struct people_scorer *scorer;
    struct people_pairs *pairs;
    struct worker *workers;
    atomic_uint next; /* part of the pass */
    atomic_ullong n_compared;
};

struct worker {
    struct arena *mem;
    struct people_comparer *comparer;
    struct people_pair *batch;
    struct people_edge *kept_now; /* of one batch */
    struct people_rows kept;      /* of struct people_edge */
    uint32_t n;
};

static void score_parts(void *arg, int thread)
{
    struct shared *sh = arg;
    struct worker *w = &sh->workers[thread];
    struct people_pair *batch = w->batch;
    struct people_edge *kept = w->kept_now;

    for (uint32_t part; (part = atomic_fetch_add(&sh->next, 1)) < people_pairs_parts(sh->pairs);) {
        struct people_walk walk = {.part = part};

        for (size_t n; (n = people_pairs_walk(sh->pairs, &walk, batch, BATCH)) > 0;) {
            const uint64_t done = atomic_fetch_add(&sh->n_compared, n) + n;

            if (thread == 0 && sh->o->progress != NULL && (done - n) / (BATCH * 64) != done / (BATCH * 64))
                sh->o->progress(sh->o->arg, "pairs scored", done, sh->o->model->n_candidates > done ? sh->o->model->n_candidates : 0);
            const size_t n_kept = people_score_pairs(sh->scorer, w->comparer, batch, n, sh->o->least, kept);

            for (size_t i = 0; i < n_kept; i++)
                *(struct people_edge *)people_rows_at(&w->kept, w->n++) = kept[i];
        }
    }
}

static void sort_run(struct people_edge *list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct people_edge e = list[i];
        size_t k = i;

        for (; k > 0 && list[k - 1].b > e.b; k--)
            list[k] = list[k - 1];
        list[k] = e;
    }
}

/* From the lists of the workers straight to their places by a; then each run of one a by b. A sort of all of them would
 * want as much memory again. */
static void take_edges(struct arena *mem, const struct shared *sh, uint32_t n_records, int n_threads, struct people_edges *out)
{
    struct arena *own = arena_new(0);
    size_t *at = ARENA_ARRAY(own, size_t, (size_t)n_records + 1);

    for (int t = 0; t < n_threads; t++)
        for (uint32_t i = 0; i < sh->workers[t].n; i++, out->n++)
            at[((const struct people_edge *)people_row(&sh->workers[t].kept, i))->a + 1]++;
    for (uint32_t a = 0; a < n_records; a++)
        at[a + 1] += at[a];
    out->list = ARENA_ARRAY(mem, struct people_edge, out->n);
    for (int t = 0; t < n_threads; t++) {
        for (uint32_t i = 0; i < sh->workers[t].n; i++) {
            const struct people_edge *e = people_row(&sh->workers[t].kept, i);

            out->list[at[e->a]++] = *e;
        }
        arena_free(sh->workers[t].mem);
    }
    for (size_t from = 0, end; from < out->n; from = end) {
        for (end = from + 1; end < out->n && out->list[end].a == out->list[from].a; end++)
            continue;
        sort_run(out->list + from, end - from);
    }
    arena_free(own);
}

void people_score_all(struct arena *mem, const struct people_scoring *o, struct people_edges *out)
{
    struct arena *own = arena_new(0);
    const int n_threads = people_threads_n(o->n_threads);
    struct worker workers[PEOPLE_MAX_THREADS] = {0};
    struct shared sh = {.o = o, .workers = workers};

    sh.scorer = people_scorer_new(own, o->set, o->model);
    sh.pairs = people_pairs_new(own, o->set, o->secret, o->max_block, n_threads);
    for (int t = 0; t < n_threads; t++) {
        struct worker *w = &sh.workers[t];

        w->mem = arena_new(0);
        w->comparer = people_comparer_new(w->mem, o->set);
        w->batch = ARENA_ARRAY(w->mem, struct people_pair, BATCH); /* not on the stack: a thread's may be small */
        w->kept_now = ARENA_ARRAY(w->mem, struct people_edge, BATCH);
        w->kept = people_rows_new(w->mem, sizeof(struct people_edge));
    }
    while (people_pairs_pass(sh.pairs)) {
        sh.next = 0;
        people_threads_run(n_threads, score_parts, &sh);
    }
    *out = (struct people_edges){.n_compared = sh.n_compared, .over = *people_pairs_passed_over(sh.pairs)};
    arena_free(own); /* blocks and frequencies go before the links are put together */
    take_edges(mem, &sh, people_set_count(o->set), n_threads, out);
}
