/* rules_column.c - see rules_column.h. */
#include "rules_column.h"
#include <string.h>

enum { LINE = 64 };
static const int64_t widest = INT64_C(1) << 62; /* what fast ways stay within */

void *pool_take(struct pool *p, size_t bytes)
{
    bytes = (bytes + LINE - 1) / LINE * LINE;
    if (p->room - p->n < bytes) {
        p->room = p->room * 2 > bytes ? p->room * 2 : bytes * 2;
        p->p = arena_alloc(p->mem, p->room);
        p->n = 0;
    }
    void *const at = p->p + p->n;

    p->n += bytes;
    return at;
}

uint8_t column_least(uint8_t a, uint8_t b)
{
    return a == RULES_BAD || b == RULES_BAD ? RULES_BAD : a < b ? a : b;
}

struct column *column_new(struct pool *mem)
{
    struct column *const c = pool_take(mem, sizeof *c);

    *c = (struct column){.den = 1, .sure = RULES_CERTAIN, .dens_most = 1};
    return c;
}

struct column *column_constant(struct pool *mem, struct ratio v)
{
    struct column *const c = column_new(mem);

    c->value = c->least = c->most = v.num;
    c->den = v.den;
    return c;
}

struct column *column_open(struct pool *mem, const struct scope *s, bool is_truth, bool with_dens, struct column_rows *rows)
{
    struct column *const c = column_new(mem);
    const size_t n = (size_t)s->n + 1;

    *rows = (struct column_rows){.known = pool_take(mem, n)};
    if (is_truth)
        c->truth = rows->truth = pool_take(mem, n);
    else
        c->num = rows->num = pool_take(mem, n * sizeof *rows->num);
    if (with_dens)
        c->dens = rows->dens = pool_take(mem, n * sizeof *rows->dens);
    c->known = rows->known;
    return c;
}

void column_close(struct column *c, const struct scope *s)
{
    int64_t low;

    c->may_be_bad = memchr(c->known, RULES_BAD, (size_t)s->n) != NULL;
    c->least = 0;
    c->most = 1;
    if (c->num != NULL && s->n > 0)
        kernel_range(c->num, s->n, &c->least, &c->most);
    if (c->dens != NULL && s->n > 0)
        kernel_range(c->dens, s->n, &low, &c->dens_most);
}

const int64_t *column_numbers(struct pool *mem, const struct column *c, const struct scope *s)
{
    if (c->num != NULL)
        return c->num;
    int64_t *const all = pool_take(mem, ((size_t)s->n + 1) * sizeof *all);

    for (int i = 0; i < s->n; i++)
        all[i] = column_num(c, i);
    return all;
}

const uint8_t *column_truths(struct pool *mem, const struct column *c, const struct scope *s)
{
    if (c->truth != NULL)
        return c->truth;
    uint8_t *const all = pool_take(mem, (size_t)s->n + 1);

    for (int i = 0; i < s->n; i++)
        all[i] = column_num(c, i) != 0;
    return all;
}

/* ---- how sure: of two columns together ---- */

static void put_known(struct pool *mem, struct column *c, const struct column *x, const struct column *y, const struct scope *s)
{
    c->may_be_bad = x->may_be_bad || y->may_be_bad;
    if (x->known == NULL && y->known == NULL) {
        c->sure = column_least(x->sure, y->sure);
        return;
    }
    const uint8_t *const one = x->known == NULL ? y->known : x->known;
    const uint8_t sure = x->known == NULL ? x->sure : y->sure;

    if ((x->known == NULL || y->known == NULL) && sure == RULES_CERTAIN) {
        c->known = one;
        return;
    }
    uint8_t *const known = pool_take(mem, (size_t)s->n + 1);

    if (x->known != NULL && y->known != NULL && !c->may_be_bad)
        kernel_least_bytes(known, x->known, y->known, s->n);
    else
        for (int i = 0; i < s->n; i++)
            known[i] = column_least(column_known(x, i), column_known(y, i));
    c->known = known;
}

struct column *column_as_known_as(struct pool *mem, const struct column *x, const struct column *other, const struct scope *s)
{
    if (column_is_certain(other))
        return (struct column *)(uintptr_t)x;
    struct column *const c = column_new(mem);

    *c = *x;
    put_known(mem, c, x, other, s);
    return c;
}

/* ---- arithmetic ---- */

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
            if (*den == INT64_MIN || *num == INT64_MIN)
                return false;
            *den = -*den;
            *num = -*num;
        }
        return true;
    }
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t r = a % b;

        a = b;
        b = r;
    }
    return a;
}

static bool fits(__int128 v)
{
    return v <= widest && v >= -widest;
}

/* Both brought to one den: by what each is multiplied. False: it does not fit. */
bool column_common(const struct column *x, const struct column *y, int64_t *by_x, int64_t *by_y, int64_t *den)
{
    if (x->dens != NULL || y->dens != NULL)
        return false;
    const int64_t g = divisor(x->den, y->den);

    *by_x = y->den / g;
    *by_y = x->den / g;
    if (!fits((__int128)x->den * *by_x))
        return false;
    *den = x->den * *by_x;
    return fits((__int128)x->least * *by_x) && fits((__int128)x->most * *by_x) && fits((__int128)y->least * *by_y) &&
           fits((__int128)y->most * *by_y);
}

static struct column *like(struct pool *mem, const struct column *x, const struct column *y, const struct scope *s)
{
    struct column *const c = column_new(mem);

    put_known(mem, c, x, y, s);
    return c;
}

int64_t *column_room(struct pool *mem, struct column *c, const struct scope *s)
{
    int64_t *const num = pool_take(mem, ((size_t)s->n + 1) * sizeof *num);

    c->num = num;
    return num;
}

/* a + sign * b. NULL: not in this way. */
static struct column *sum(struct pool *mem, const struct column *x, const struct column *y, int sign, const struct scope *s)
{
    int64_t by_x, by_y, den;

    if (!column_common(x, y, &by_x, &by_y, &den))
        return NULL;
    by_y *= sign;
    const int64_t low_y = sign > 0 ? y->least * by_y : y->most * by_y, high_y = sign > 0 ? y->most * by_y : y->least * by_y;

    if (!fits((__int128)x->least * by_x + low_y) || !fits((__int128)x->most * by_x + high_y))
        return NULL;
    struct column *const c = like(mem, x, y, s);

    c->den = den;
    c->least = x->least * by_x + low_y;
    c->most = x->most * by_x + high_y;
    if (column_is_one(x) && column_is_one(y))
        c->value = x->value * by_x + y->value * by_y;
    else if (column_is_one(y))
        kernel_scale(column_room(mem, c, s), x->num, by_x, y->value * by_y, s->n);
    else if (column_is_one(x))
        kernel_scale(column_room(mem, c, s), y->num, by_y, x->value * by_x, s->n);
    else
        kernel_add(column_room(mem, c, s), x->num, by_x, y->num, by_y, s->n);
    return c;
}

static bool corners(const struct column *x, const struct column *y, int64_t *least, int64_t *most)
{
    const __int128 p[] = {(__int128)x->least * y->least, (__int128)x->least * y->most, (__int128)x->most * y->least,
                          (__int128)x->most * y->most};
    __int128 low = p[0], high = p[0];

    for (int i = 1; i < 4; i++) {
        low = p[i] < low ? p[i] : low;
        high = p[i] > high ? p[i] : high;
    }
    *least = (int64_t)low;
    *most = (int64_t)high;
    return fits(low) && fits(high);
}

static struct column *product(struct pool *mem, const struct column *x, const struct column *y, const struct scope *s)
{
    int64_t least, most;

    if (x->dens != NULL || y->dens != NULL || !fits((__int128)x->den * y->den) || !corners(x, y, &least, &most))
        return NULL;
    struct column *const c = like(mem, x, y, s);
    int64_t by = x->den * y->den;

    c->least = least;
    c->most = most;
    if (column_is_one(x) && column_is_one(y)) {
        const int64_t g = divisor(x->value * y->value < 0 ? -(x->value * y->value) : x->value * y->value, by);

        c->value = c->least = c->most = x->value * y->value / (g == 0 ? 1 : g);
        by /= g == 0 ? 1 : g;
    } else if (column_is_one(y)) { /* in lowest terms, so that chains do not grow */
        const int64_t g = divisor(y->value < 0 ? -y->value : y->value, x->den), k = g == 0 ? 1 : g;

        kernel_scale(column_room(mem, c, s), x->num, y->value / k, 0, s->n);
        c->least /= k;
        c->most /= k;
        by /= k;
    } else if (column_is_one(x)) {
        const int64_t g = divisor(x->value < 0 ? -x->value : x->value, y->den), k = g == 0 ? 1 : g;

        kernel_scale(column_room(mem, c, s), y->num, x->value / k, 0, s->n);
        c->least /= k;
        c->most /= k;
        by /= k;
    } else {
        kernel_multiply(column_room(mem, c, s), x->num, y->num, s->n);
    }
    c->den = by;
    return c;
}

/* By one value for all; or by rows that are all above nothing. */
static struct column *quotient(struct pool *mem, const struct column *x, const struct column *y, const struct scope *s)
{
    if (column_is_one(y) && y->value != 0 && y->value != INT64_MIN) {
        const int64_t sign = y->value < 0 ? -1 : 1;
        struct column by = *y;

        by.value = by.least = by.most = y->den * sign;
        by.den = y->value * sign;
        return product(mem, x, &by, s);
    }
    if (x->dens != NULL || y->dens != NULL || y->least <= 0 || y->may_be_bad || !fits((__int128)x->least * y->den) ||
        !fits((__int128)x->most * y->den) || !fits((__int128)y->most * x->den))
        return NULL;
    struct column *const c = like(mem, x, y, s);
    int64_t *const dens = pool_take(mem, ((size_t)s->n + 1) * sizeof *dens);

    kernel_scale(column_room(mem, c, s), column_numbers(mem, x, s), y->den, 0, s->n);
    kernel_scale(dens, column_numbers(mem, y, s), x->den, 0, s->n);
    c->dens = dens;
    c->least = x->least * y->den;
    c->most = x->most * y->den;
    c->dens_most = y->most * x->den;
    return c;
}

static struct column *arithmetic_by_rows(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                         const struct scope *s)
{
    struct column_rows r;
    struct column *const c = column_open(mem, s, false, true, &r);

    for (int i = 0; i < s->n; i++) {
        r.known[i] = column_least(column_known(x, i), column_known(y, i));
        r.num[i] = 0;
        r.dens[i] = 1;
        if (r.known[i] != RULES_UNKNOWN && r.known[i] != RULES_BAD &&
            !column_one(kind, column_num(x, i), column_den(x, i), column_num(y, i), column_den(y, i), &r.num[i], &r.dens[i])) {
            r.known[i] = RULES_BAD;
            r.num[i] = 0;
            r.dens[i] = 1;
        }
    }
    column_close(c, s);
    return c;
}

struct column *column_arithmetic(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                 const struct scope *s)
{
    struct column *const c = kind == NODE_ADD        ? sum(mem, x, y, 1, s)
                             : kind == NODE_SUBTRACT ? sum(mem, x, y, -1, s)
                             : kind == NODE_MULTIPLY ? product(mem, x, y, s)
                                                     : quotient(mem, x, y, s);

    return c != NULL ? c : arithmetic_by_rows(mem, kind, x, y, s);
}

struct column *column_negate(struct pool *mem, const struct column *x, const struct scope *s)
{
    struct column *const c = column_new(mem);

    *c = *x;
    if (!fits(x->least) || !fits(x->most)) {
        const struct column minus = {.value = -1, .den = 1, .sure = RULES_CERTAIN, .least = -1, .most = -1};

        return arithmetic_by_rows(mem, NODE_MULTIPLY, x, &minus, s);
    }
    c->least = -x->most;
    c->most = -x->least;
    c->value = -x->value;
    if (x->num != NULL)
        kernel_scale(column_room(mem, c, s), x->num, -1, 0, s->n);
    return c;
}

/* ---- order ---- */

int column_order(const struct column *x, const struct column *y, int i)
{
    const __int128 left = (__int128)column_num(x, i) * column_den(y, i), right = (__int128)column_num(y, i) * column_den(x, i);

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

static enum node_kind turned(enum node_kind kind)
{
    return kind == NODE_LESS         ? NODE_MORE
           : kind == NODE_LESS_EQUAL ? NODE_MORE_EQUAL
           : kind == NODE_MORE       ? NODE_LESS
           : kind == NODE_MORE_EQUAL ? NODE_LESS_EQUAL
                                     : kind;
}

struct column *column_compare(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s)
{
    struct column *const c = like(mem, x, y, s);
    int64_t by_x, by_y, den;

    c->most = 1;
    if (column_is_one(x) && column_is_one(y)) {
        c->value = holds(kind, column_order(x, y, 0));
        return c;
    }
    uint8_t *const truth = pool_take(mem, (size_t)s->n + 1);

    c->truth = truth;
    if (x->truth != NULL || y->truth != NULL || !column_common(x, y, &by_x, &by_y, &den))
        for (int i = 0; i < s->n; i++)
            truth[i] = holds(kind, column_order(x, y, i));
    else if (column_is_one(y))
        kernel_compare_to(truth, kind, x->num, by_x, y->value * by_y, s->n);
    else if (column_is_one(x))
        kernel_compare_to(truth, turned(kind), y->num, by_y, x->value * by_x, s->n);
    else
        kernel_compare(truth, kind, x->num, by_x, y->num, by_y, s->n);
    return c;
}

static struct column *extreme_by_rows(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                      const struct scope *s)
{
    struct column_rows r;
    struct column *const c = column_open(mem, s, false, true, &r);

    for (int i = 0; i < s->n; i++) {
        const struct column *const best = (kind == NODE_LEAST) == (column_order(y, x, i) < 0) ? y : x;

        r.num[i] = column_num(best, i);
        r.dens[i] = column_den(best, i);
        r.known[i] = column_least(column_known(x, i), column_known(y, i));
    }
    column_close(c, s);
    return c;
}

struct column *column_extreme(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s)
{
    const bool is_least = kind == NODE_LEAST;
    int64_t by_x, by_y, den;

    if (!column_common(x, y, &by_x, &by_y, &den))
        return extreme_by_rows(mem, kind, x, y, s);
    struct column *const c = like(mem, x, y, s);
    const int64_t xl = x->least * by_x, xm = x->most * by_x, yl = y->least * by_y, ym = y->most * by_y;

    c->den = den;
    c->least = (is_least ? xl < yl : xl > yl) ? xl : yl;
    c->most = (is_least ? xm < ym : xm > ym) ? xm : ym;
    if (column_is_one(x) && column_is_one(y)) {
        c->value = c->least;
    } else if (column_is_one(x) || column_is_one(y)) {
        const struct column *const rows = column_is_one(x) ? y : x;
        const int64_t k = column_is_one(x) ? x->value * by_x : y->value * by_y, by = column_is_one(x) ? by_y : by_x;

        if (is_least)
            kernel_least_to(column_room(mem, c, s), rows->num, by, k, s->n);
        else
            kernel_greatest_to(column_room(mem, c, s), rows->num, by, k, s->n);
    } else if (is_least) {
        kernel_least(column_room(mem, c, s), x->num, by_x, y->num, by_y, s->n);
    } else {
        kernel_greatest(column_room(mem, c, s), x->num, by_x, y->num, by_y, s->n);
    }
    return c;
}
