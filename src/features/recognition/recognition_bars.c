/* recognition_bars.c - the bars of quality and the uncertainty of shares. */
#include "recognition_bars.h"
#include <math.h>

enum { SAID_LEAST = 50 }; /* pairs; with fewer a share says little */

static const struct {
    double least, most;
} bounds[RECOGNITION_BARS] = {
    [RECOGNITION_PRECISION] = {0.985, 1}, [RECOGNITION_RECALL] = {0.82, 1}, [RECOGNITION_BEST] = {0.92, 1},
    [RECOGNITION_PERSONS] = {0.94, 1},    [RECOGNITION_GAP] = {0, 0.03},    [RECOGNITION_SAID] = {0.75, 0.97},
};

/* Of all bins that lie between the two. */
static double said(const struct people_quality *q, double from, double to, uint64_t *out_n)
{
    uint64_t n = 0, right = 0;

    for (int b = 0; b < PEOPLE_BINS; b++)
        if (q->bins[b].from >= from - 1e-6 && q->bins[b].to <= to + 1e-6) {
            n += q->bins[b].n;
            right += q->bins[b].n_right;
        }
    *out_n = n;
    return n == 0 ? 0 : (double)right / (double)n;
}

void recognition_bars(const struct people_quality *q, struct recognition_bar out[RECOGNITION_BARS])
{
    struct recognition_interval gap;
    uint64_t n_said;
    int least, most;
    const double values[RECOGNITION_BARS] = {
        [RECOGNITION_PRECISION] = q->at_cut.precision, [RECOGNITION_RECALL] = q->at_cut.recall, [RECOGNITION_BEST] = q->best.f1,
        [RECOGNITION_PERSONS] = q->clusters.f1,        [RECOGNITION_GAP] = people_gap(q),       [RECOGNITION_SAID] = said(q, 0.8, 0.95, &n_said)};

    for (int i = 0; i < RECOGNITION_BARS; i++) {
        out[i] = (struct recognition_bar){values[i], bounds[i].least, bounds[i].most, true, false};
        if (i == RECOGNITION_PRECISION)
            out[i].is_known = q->at_cut.n_given > 0;
        if (i == RECOGNITION_GAP)
            out[i].is_known = recognition_gap(q, &least, &most, &gap);
        if (i == RECOGNITION_SAID)
            out[i].is_known = n_said >= SAID_LEAST;
        out[i].is_met = out[i].is_known && values[i] >= bounds[i].least && values[i] <= bounds[i].most;
    }
}

int recognition_bars_met(const struct recognition_bar bars[RECOGNITION_BARS], int *out_known)
{
    int n = 0;

    *out_known = 0;
    for (int i = 0; i < RECOGNITION_BARS; i++) {
        *out_known += bars[i].is_known;
        n += bars[i].is_met;
    }
    return n;
}

struct recognition_interval recognition_wilson(uint64_t k, uint64_t n)
{
    const double z = 1.959964, size = (double)n, p = n == 0 ? 0 : (double)k / size, d = 1 + z * z / size;

    if (n == 0)
        return (struct recognition_interval){0, 1};
    const double middle = (p + z * z / (2 * size)) / d, half = z * sqrt(p * (1 - p) / size + z * z / (4 * size * size)) / d;

    return (struct recognition_interval){fmax(0, middle - half), fmin(1, middle + half)};
}

bool recognition_gap(const struct people_quality *q, int *out_least, int *out_most, struct recognition_interval *out)
{
    int least = -1, most = -1, n = 0;

    for (int g = 0; g < q->n_groups; g++)
        if (people_group_counts(&q->groups[g])) {
            n++;
            least = least < 0 || q->groups[g].at_cut.precision < q->groups[least].at_cut.precision ? g : least;
            most = most < 0 || q->groups[g].at_cut.precision > q->groups[most].at_cut.precision ? g : most;
        }
    if (n < 2)
        return false;
    const struct people_measure *const low = &q->groups[least].at_cut, *const high = &q->groups[most].at_cut;
    const struct recognition_interval l = recognition_wilson(low->n_right, low->n_given), h = recognition_wilson(high->n_right, high->n_given);
    const double d = high->precision - low->precision;

    *out_least = least;
    *out_most = most;
    *out = (struct recognition_interval){fmax(0, d - hypot(high->precision - h.from, l.to - low->precision)),
                                         fmin(1, d + hypot(h.to - high->precision, low->precision - l.from))};
    return true;
}
