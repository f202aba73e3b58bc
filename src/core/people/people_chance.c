/* people_chance.c - how much of a difference between groups chance alone explains. */
#include "people_eval.h"
#include "base/splitmix.h"
#include <math.h>
#include <stdlib.h>

void people_measure_interval(const struct people_measure *m, double *low, double *high)
{
    const double z = 1.96, n = (double)m->n_given, p = m->precision;

    *low = 0;
    *high = 1;
    if (m->n_given == 0)
        return;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n), half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);

    *low = middle - half < 0 ? 0 : middle - half;
    *high = middle + half > 1 ? 1 : middle + half;
}

static double next_share(uint64_t *state)
{
    return (double)(splitmix_next(state) >> 11) / 9007199254740992.0;
}

/* How many of n go wrong: from one wrong one to the next, so that few cost little. */
static double draw_wrong(uint64_t *state, double n, double wrong)
{
    double at = 0, k = 0;

    if (wrong <= 0)
        return 0;
    for (;; k++) {
        at += floor(log(1 - next_share(state)) / log(1 - wrong)) + 1;
        if (at > n)
            return k;
    }
}

static int by_gap(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

void people_gap_by_chance(const struct people_quality *q, double *out_mean, double *out_often)
{
    enum { ROUNDS = 2000 };
    double gaps[ROUNDS], sum = 0, given = 0, wrong = 0;
    uint64_t state = 20261122;

    for (int g = 0; g < q->n_groups; g++)
        if (q->groups[g].at_cut.n_true >= PEOPLE_GROUP_GAP && q->groups[g].name.n > 0) {
            given += (double)q->groups[g].at_cut.n_given;
            wrong += (double)(q->groups[g].at_cut.n_given - q->groups[g].at_cut.n_right);
        }
    for (int i = 0; i < ROUNDS; i++) {
        double least = 2, most = -1;

        for (int g = 0; g < q->n_groups; g++) {
            const double n = (double)q->groups[g].at_cut.n_given;

            if (q->groups[g].at_cut.n_true < PEOPLE_GROUP_GAP || q->groups[g].name.n == 0 || n == 0)
                continue;
            const double p = 1 - draw_wrong(&state, n, wrong / given) / n;

            least = p < least ? p : least;
            most = p > most ? p : most;
        }
        gaps[i] = most > least ? most - least : 0;
        sum += gaps[i];
    }
    qsort(gaps, ROUNDS, sizeof *gaps, by_gap);
    *out_mean = sum / ROUNDS;
    *out_often = gaps[ROUNDS * 95 / 100];
}
