/* rules_column.c - see rules_column.h. */
#include "rules_column.h"
#include <string.h>

struct column *column_new(struct arena *mem, const struct scope *s, bool with_dens)
{
    struct column *const c = arena_alloc(mem, sizeof *c);
    const size_t n = (size_t)s->n + 1;

    *c = (struct column){.num = arena_alloc(mem, n * sizeof *c->num), .den = 1, .known = arena_alloc(mem, n)};
    if (with_dens)
        c->dens = arena_alloc(mem, n * sizeof *c->dens);
    return c;
}

int64_t column_den(const struct column *c, int i)
{
    return c->dens != NULL ? c->dens[i] : c->den;
}

uint8_t column_least(uint8_t a, uint8_t b)
{
    return a == RULES_BAD || b == RULES_BAD ? RULES_BAD : a < b ? a : b;
}

static void fill_constant(struct column *c, const struct scope *s, struct ratio v)
{
    for (int i = 0; i < s->n; i++)
        c->num[i] = v.num;
    c->den = v.den;
    memset(c->known, RULES_CERTAIN, (size_t)s->n);
}

struct column *column_constant(struct arena *mem, const struct scope *s, struct ratio v)
{
    struct column *const c = column_new(mem, s, false);

    fill_constant(c, s, v);
    return c;
}

bool column_one(enum node_kind kind, int64_t xn, int64_t xd, int64_t yn, int64_t yd, int64_t *num, int64_t *den)
{
    int64_t a, c;

    switch (kind) {
    case NODE_ADD:
    case NODE_SUBTRACT:
        if (xd == yd) {
            *den = xd;
            return kind == NODE_ADD ? !__builtin_add_overflow(xn, yn, num) : !__builtin_sub_overflow(xn, yn, num);
        }
        if (__builtin_mul_overflow(xn, yd, &a) || __builtin_mul_overflow(yn, xd, &c) || __builtin_mul_overflow(xd, yd, den))
            return false;
        return kind == NODE_ADD ? !__builtin_add_overflow(a, c, num) : !__builtin_sub_overflow(a, c, num);
    case NODE_MULTIPLY:
        return !__builtin_mul_overflow(xn, yn, num) && !__builtin_mul_overflow(xd, yd, den);
    default:
        if (yn == 0 || __builtin_mul_overflow(xn, yd, num) || __builtin_mul_overflow(xd, yn, den))
            return false;
        if (*den < 0) {
            *den = -*den;
            *num = -*num;
        }
        return true;
    }
}

/* The common case: both have one den for all, and so has what comes out. */
static struct column *uniform(struct arena *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s)
{
    struct column *const c = column_new(mem, s, false);
    int64_t dummy;

    if (!column_one(kind == NODE_DIVIDE ? NODE_MULTIPLY : kind, 0, x->den, 0, y->den, &dummy, &c->den)) {
        memset(c->known, RULES_BAD, (size_t)s->n);
        memset(c->num, 0, (size_t)s->n * sizeof *c->num);
        c->den = 1;
        return c;
    }
    const int64_t by_x = c->den / x->den, by_y = c->den / y->den;

    for (int i = 0; i < s->n; i++) {
        int64_t p = x->num[i], q = y->num[i];
        bool is_bad;

        if (kind == NODE_MULTIPLY) {
            is_bad = __builtin_mul_overflow(p, q, &c->num[i]);
        } else {
            is_bad = __builtin_mul_overflow(p, by_x, &p);
            is_bad = __builtin_mul_overflow(q, by_y, &q) || is_bad;
            is_bad = (kind == NODE_ADD ? __builtin_add_overflow(p, q, &c->num[i])
                                       : __builtin_sub_overflow(p, q, &c->num[i])) ||
                     is_bad;
        }
        c->known[i] = is_bad ? RULES_BAD : column_least(x->known[i], y->known[i]);
    }
    return c;
}

struct column *column_arithmetic(struct arena *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                 const struct scope *s)
{
    if (kind != NODE_DIVIDE && x->dens == NULL && y->dens == NULL)
        return uniform(mem, kind, x, y, s);
    struct column *const c = column_new(mem, s, true);

    for (int i = 0; i < s->n; i++) {
        c->known[i] = column_least(x->known[i], y->known[i]);
        c->num[i] = 0;
        c->dens[i] = 1;
        if (c->known[i] != RULES_UNKNOWN && c->known[i] != RULES_BAD &&
            !column_one(kind, x->num[i], column_den(x, i), y->num[i], column_den(y, i), &c->num[i], &c->dens[i])) {
            c->known[i] = RULES_BAD;
            c->dens[i] = 1;
        }
    }
    return c;
}

int column_order(const struct column *x, const struct column *y, int i)
{
    const __int128 left = (__int128)x->num[i] * column_den(y, i), right = (__int128)y->num[i] * column_den(x, i);

    return left < right ? -1 : left > right;
}

static bool holds(enum node_kind kind, int o)
{
    switch (kind) {
    case NODE_EQUAL:
        return o == 0;
    case NODE_DIFFERENT:
        return o != 0;
    case NODE_LESS:
        return o < 0;
    case NODE_LESS_EQUAL:
        return o <= 0;
    case NODE_MORE:
        return o > 0;
    default:
        return o >= 0;
    }
}

struct column *column_compare(struct arena *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s)
{
    struct column *const c = column_new(mem, s, false);
    const bool is_plain = x->dens == NULL && y->dens == NULL && x->den == y->den;

    for (int i = 0; i < s->n; i++) {
        const int o = is_plain ? (x->num[i] > y->num[i]) - (x->num[i] < y->num[i]) : column_order(x, y, i);

        c->num[i] = holds(kind, o);
        c->known[i] = column_least(x->known[i], y->known[i]);
    }
    return c;
}

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

/* Rows of y where `take` says so, else those of x. */
struct column *column_pick(struct arena *mem, const struct scope *s, const struct column *x, const struct column *y,
                           const bool *take)
{
    const bool is_plain = x->dens == NULL && y->dens == NULL && x->den == y->den;
    struct column *const c = column_new(mem, s, !is_plain);

    for (int i = 0; i < s->n; i++) {
        const struct column *const from = take[i] ? y : x;

        c->num[i] = from->num[i];
        c->known[i] = from->known[i];
        if (!is_plain)
            c->dens[i] = column_den(from, i);
    }
    c->den = x->den;
    return c;
}
