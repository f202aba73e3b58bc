/* simulations_serve.c - a budget that does not reach everybody: who comes first, who waits. */
#include "simulations_private.h"
#include <stdlib.h>

struct waiting {
    int64_t rank, isee, h, year; /* rank: the lower comes first */
};

static int by_turn(const void *a, const void *b)
{
    const struct waiting *const x = a, *const y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->isee != y->isee)
        return x->isee < y->isee ? -1 : 1;
    return x->h < y->h ? -1 : x->h > y->h;
}

/* What is not known stands behind all that is. */
static int64_t fact_of(const struct rules_population *p, int fact, int64_t h, bool most_first)
{
    if (fact < 0)
        return 0;
    if (p->of_household[fact] == NULL || (p->known[fact] != NULL && p->known[fact][h] == RULES_UNKNOWN))
        return INT64_MAX;
    return most_first ? -p->of_household[fact][h] : p->of_household[fact][h];
}

void simulations_serve(const struct simulations_population *p, const struct simulations_choice *o, const int64_t *years,
                       struct simulations_result *out)
{
    struct arena *const mem = arena_new(0);
    struct simulations_list *const l = &out->list;
    struct waiting *const list = arena_array(mem, (size_t)p->p.n_households + 1, sizeof *list);
    const struct str name = o->rank == SIMULATIONS_BY_POINTS ? STR("punteggio_sociale") : o->rank_fact;
    const int fact = o->rank == SIMULATIONS_BY_ISEE ? -1 : rules_fact_find(p->facts, name);
    int64_t n = 0, i = 0;

    for (int64_t h = 0; h < p->p.n_households; h++)
        if (years[h] >= 0)
            list[n++] = (struct waiting){fact_of(&p->p, fact, h, true), fact_of(&p->p, out->isee, h, false), h, years[h]};
    qsort(list, (size_t)n, sizeof *list, by_turn);
    while (i < n) {
        int64_t end = i, sum = 0;

        for (; end < n && list[end].rank == list[i].rank && list[end].isee == list[i].isee; end++)
            sum += list[end].year;
        if (l->spent + sum > o->budget_cents) { /* nobody may say who of them comes first: all wait */
            l->n_tied = end - i > 1 ? end - i : 0;
            break;
        }
        l->spent += sum;
        l->last_rank = list[i].rank == INT64_MAX ? -1 : -list[i].rank;
        l->last_isee = list[i].isee == INT64_MAX ? -1 : list[i].isee;
        i = end;
    }
    l->n_asking = n;
    l->n_served = i;
    l->n_waiting = n - i;
    arena_free(mem);
}
