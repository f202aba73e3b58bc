/* upkeep_sample.c - the monthly sample: see upkeep_sample.h. */
#include "upkeep_sample.h"
#include "base/arena.h"
#include "base/macros.h"
#include "base/splitmix.h"
#include <math.h>
#include <stdlib.h>

/* An organisation with its entries [first, first + n). */
struct urn {
    int64_t organisation_id;
    int first, n, n_drawn, months;
    double key; /* the smallest are drawn */
};

int sample_size(int n)
{
    const int least = (n * SAMPLE_PER_HUNDRED + 99) / 100;

    return n == 0 ? 0 : least;
}

/* What follows from the seed and from what is drawn, above 0, at most 1. */
static double chance(int64_t seed, int64_t of, int round)
{
    const uint64_t x = splitmix_of(splitmix_of((uint64_t)seed ^ splitmix_of((uint64_t)of)) + (uint64_t)round);

    return ((double)(x >> 11) + 1.0) / 9007199254740992.0;
}

static int by_key(const void *a, const void *b)
{
    const struct urn *const x = a, *const y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->organisation_id > y->organisation_id) - (x->organisation_id < y->organisation_id);
}

static int fill_urns(struct sample_entry *list, int n, int month, struct urn *urns)
{
    int n_urns = 0;

    for (int i = 0; i < n; i++) {
        list[i].is_drawn = false;
        if (n_urns == 0 || urns[n_urns - 1].organisation_id != list[i].organisation_id) {
            const int met = list[i].sampled_month;

            urns[n_urns++] = (struct urn){.organisation_id = list[i].organisation_id,
                                          .first = i,
                                          .months = met == 0 ? SAMPLE_NEVER : month > met ? month - met : 0};
        }
        urns[n_urns - 1].n++;
    }
    return n_urns;
}

/* Efraimidis and Spirakis: -ln(u) / weight, the smallest first; those overdue stand before all. */
static void order_urns(struct urn *urns, int n, int64_t seed, int round)
{
    for (int i = 0; i < n; i++) {
        struct urn *const u = &urns[i];
        const double since = 1.0 + u->months, weight = u->n * since * since;

        u->key = u->n_drawn == u->n ? HUGE_VAL : -log(chance(seed, u->organisation_id, round)) / weight;
        if (u->n_drawn == 0 && u->months >= SAMPLE_LONGEST && u->months != SAMPLE_NEVER)
            u->key -= 1e6;
    }
    qsort(urns, (size_t)n, sizeof *urns, by_key);
}

static void draw_one(struct sample_entry *list, struct urn *u, int64_t seed)
{
    struct sample_entry *best = NULL;
    double least = 2;

    for (int i = u->first; i < u->first + u->n; i++) {
        const double x = chance(seed, ~list[i].service_id, 0);

        if (!list[i].is_drawn && x < least) {
            least = x;
            best = &list[i];
        }
    }
    if (best != NULL)
        best->is_drawn = true;
    u->n_drawn++;
}

int sample_draw(struct arena *mem, struct sample_entry *list, int n, int64_t seed, int month)
{
    struct urn *const urns = ARENA_ARRAY(mem, struct urn, (size_t)n);
    const int n_urns = fill_urns(list, n, month, urns), size = sample_size(n);
    int n_drawn = 0;

    for (int round = 0; n_drawn < size; round++) {
        order_urns(urns, n_urns, seed, round);
        for (int i = 0; i < n_urns && n_drawn < size; i++)
            if (urns[i].n_drawn == round && urns[i].n_drawn < urns[i].n) {
                draw_one(list, &urns[i], seed);
                n_drawn++;
            }
    }
    return n_drawn;
}

void sample_interval(int n, int n_wrong, int *out_low, int *out_high)
{
    const double z = 1.959964, zz = z * z;

    *out_low = 0;
    *out_high = 100;
    if (n <= 0)
        return;
    const double p = (double)n_wrong / n, middle = (p + zz / (2.0 * n)) / (1 + zz / n),
                 half = z * sqrt(p * (1 - p) / n + zz / (4.0 * n * n)) / (1 + zz / n);

    *out_low = (int)floor(100 * (middle - half) + 1e-9);
    *out_high = (int)ceil(100 * (middle + half) - 1e-9);
    if (*out_low < 0)
        *out_low = 0;
    if (*out_high > 100)
        *out_high = 100;
}
