/* rules_bands.c - bands without gaps or overlaps: found when a rule is saved, not when a family falls in. */
#include "rules_band.h"

/* A notice said "lower than 6,400.00" and then "6,400.01 to 10,600.00": exactly 6,400.00 belonged to
 * nobody. Two bounds of money that follow each other by one cent, both included, do meet. */
static const char *meet(const struct band *a, const struct band *b, enum rules_type type)
{
    struct ratio next;

    if (!a->has_high || !b->has_low)
        return !a->has_high ? "rules.error-band-overlap" : NULL;
    const int order = ratio_cmp(a->high, b->low);

    if (order > 0)
        return "rules.error-band-overlap";
    if (order == 0)
        return a->with_high && b->with_low     ? "rules.error-band-overlap"
               : !a->with_high && !b->with_low ? "rules.error-band-gap"
                                               : NULL;
    if (type == RULES_MONEY && a->with_high && b->with_low && ratio_add(a->high, ratio_of(1), &next) &&
        ratio_cmp(next, b->low) == 0)
        return NULL;
    return "rules.error-band-gap";
}

bool rules_bands_hold(struct reader *r, const struct definition *d)
{
    for (int i = 0; i < d->n_bands; i++) {
        struct band *const b = &d->bands[i];
        const char *key = NULL;

        if (b->has_low && b->has_high && ratio_cmp(b->low, b->high) > 0)
            key = "rules.error-band-empty";
        else if (i > 0)
            key = meet(&d->bands[i - 1], b, d->node->type);
        if (key != NULL) {
            if (r->error->key == NULL)
                *r->error = (struct rules_error){b->line, b->column, key, d->name};
            return false;
        }
    }
    return true;
}

bool rules_in_band(const struct band *b, struct ratio x)
{
    const int low = b->has_low ? ratio_cmp(x, b->low) : 1, high = b->has_high ? ratio_cmp(x, b->high) : -1;

    return (low > 0 || (low == 0 && b->with_low)) && (high < 0 || (high == 0 && b->with_high));
}
