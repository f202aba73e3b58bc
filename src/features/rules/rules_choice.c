/* rules_choice.c - columns of truths, and rows taken from one column or another. */
#include "rules_column.h"

/* ---- truths ---- */

/* As `both` of rules_ask.c, row by row. */
void column_settle(int64_t *num, uint8_t *known, int64_t y, uint8_t y_known, bool want)
{
    const bool x_settles = *known != RULES_UNKNOWN && (*num != 0) == want;
    const bool y_settles = y_known != RULES_UNKNOWN && (y != 0) == want;

    if (*known == RULES_BAD || y_known == RULES_BAD) {
        *known = RULES_BAD;
    } else if (x_settles || y_settles) {
        *known = x_settles && y_settles ? (*known > y_known ? *known : y_known) : x_settles ? *known : y_known;
        *num = want;
    } else {
        *known = *known < y_known ? *known : y_known;
        *num = !want;
    }
}

struct column *column_not(struct pool *mem, const struct column *x, const struct scope *s)
{
    struct column *const c = column_new(mem);

    *c = *x;
    c->value = x->value == 0;
    c->least = 0;
    c->most = 1;
    if (!column_is_one(x)) {
        uint8_t *const truth = pool_take(mem, (size_t)s->n + 1);

        kernel_not(truth, column_truths(mem, x, s), s->n);
        c->truth = truth;
        c->num = NULL;
    }
    return c;
}

struct column *column_logic(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                            const struct scope *s)
{
    const bool want = kind == NODE_OR;

    if (column_is_certain(x) && column_is_certain(y)) {
        if (column_is_one(x) || column_is_one(y)) {
            const struct column *const one = column_is_one(x) ? x : y, *const other = column_is_one(x) ? y : x;

            return (struct column *)(uintptr_t)((one->value != 0) == want ? one : other);
        }
        struct column *const c = column_new(mem);
        uint8_t *const truth = pool_take(mem, (size_t)s->n + 1);

        (want ? kernel_or : kernel_and)(truth, column_truths(mem, x, s), column_truths(mem, y, s), s->n);
        c->truth = truth;
        c->most = 1;
        return c;
    }
    struct column_rows r;
    struct column *const c = column_open(mem, s, true, false, &r);

    for (int i = 0; i < s->n; i++) {
        int64_t num = column_num(x, i);

        r.known[i] = column_known(x, i);
        if (r.known[i] != RULES_CERTAIN || (num != 0) != want)
            column_settle(&num, &r.known[i], column_num(y, i), column_known(y, i), want);
        r.truth[i] = num != 0;
    }
    column_close(c, s);
    return c;
}

/* ---- choice ---- */

static struct column *pick_truths(struct pool *mem, const struct scope *s, const struct column *x, const struct column *y,
                                  const uint8_t *take)
{
    struct column_rows r;
    struct column *const c = column_open(mem, s, true, false, &r);

    for (int i = 0; i < s->n; i++) {
        r.truth[i] = column_num(take[i] ? y : x, i) != 0;
        r.known[i] = column_known(take[i] ? y : x, i);
    }
    column_close(c, s);
    return c;
}

static struct column *pick_by_rows(struct pool *mem, const struct scope *s, const struct column *x, const struct column *y,
                                   const uint8_t *take)
{
    struct column_rows r;
    struct column *const c = column_open(mem, s, false, true, &r);

    for (int i = 0; i < s->n; i++) {
        const struct column *const from = take[i] ? y : x;

        r.num[i] = column_num(from, i);
        r.dens[i] = column_den(from, i);
        r.known[i] = column_known(from, i);
    }
    column_close(c, s);
    return c;
}

struct column *column_pick(struct pool *mem, const struct scope *s, const struct column *x, const struct column *y,
                           const uint8_t *take)
{
    int64_t by_x, by_y, den;

    if (x->truth != NULL || y->truth != NULL)
        return pick_truths(mem, s, x, y, take);
    if (!column_common(x, y, &by_x, &by_y, &den))
        return pick_by_rows(mem, s, x, y, take);
    struct column *const c = column_new(mem);
    int64_t *const num = column_room(mem, c, s);
    const int64_t xl = x->least * by_x, xm = x->most * by_x, yl = y->least * by_y, ym = y->most * by_y;

    c->den = den;
    c->least = xl < yl ? xl : yl;
    c->most = xm > ym ? xm : ym;
    c->may_be_bad = x->may_be_bad || y->may_be_bad;
    c->sure = x->sure;
    if (x->known != NULL || y->known != NULL || x->sure != y->sure) {
        uint8_t *const known = pool_take(mem, (size_t)s->n + 1);

        for (int i = 0; i < s->n; i++)
            known[i] = column_known(take[i] ? y : x, i);
        c->known = known;
    }
    if (column_is_one(x) && column_is_one(y))
        kernel_pick_of(num, take, x->value * by_x, y->value * by_y, s->n);
    else if (column_is_one(y))
        kernel_pick_to(num, take, x->num, by_x, y->value * by_y, s->n);
    else
        kernel_pick(num, take, column_numbers(mem, x, s), by_x, column_numbers(mem, y, s), by_y, s->n);
    return c;
}
