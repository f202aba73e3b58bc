/* rules_ratio.c - see rules_ratio.h. */
#include "rules_ratio.h"

typedef __int128 wide;

static wide wide_gcd(wide a, wide b)
{
    while (b != 0) {
        const wide r = a % b;

        a = b;
        b = r;
    }
    return a;
}

/* Lowest terms, when they fit. den is not 0. */
static bool settle(wide num, wide den, struct ratio *out)
{
    if (den < 0) {
        num = -num;
        den = -den;
    }
    const wide g = wide_gcd(num < 0 ? -num : num, den);

    num /= g;
    den /= g;
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX)
        return false;
    *out = (struct ratio){(int64_t)num, (int64_t)den};
    return true;
}

struct ratio ratio_of(int64_t n)
{
    return (struct ratio){n, 1};
}

bool ratio_make(int64_t num, int64_t den, struct ratio *out)
{
    return den != 0 && settle(num, den, out);
}

/* a.num * b.den + sign * b.num * a.den needs 127 bits at most: each product has 126. */
static bool plus(struct ratio a, struct ratio b, int sign, struct ratio *out)
{
    if (a.den == 1 && b.den == 1)
        return settle((wide)a.num + sign * (wide)b.num, 1, out);
    return settle((wide)a.num * b.den + sign * ((wide)b.num * a.den), (wide)a.den * b.den, out);
}

bool ratio_add(struct ratio a, struct ratio b, struct ratio *out)
{
    return plus(a, b, 1, out);
}

bool ratio_sub(struct ratio a, struct ratio b, struct ratio *out)
{
    return plus(a, b, -1, out);
}

bool ratio_mul(struct ratio a, struct ratio b, struct ratio *out)
{
    return settle((wide)a.num * b.num, (wide)a.den * b.den, out);
}

bool ratio_div(struct ratio a, struct ratio b, struct ratio *out)
{
    return b.num != 0 && settle((wide)a.num * b.den, (wide)a.den * b.num, out);
}

int ratio_cmp(struct ratio a, struct ratio b)
{
    const wide left = (wide)a.num * b.den, right = (wide)b.num * a.den;

    return left < right ? -1 : left > right;
}

int64_t ratio_floor(struct ratio a)
{
    const int64_t q = a.num / a.den;

    return a.num % a.den < 0 ? q - 1 : q;
}

int64_t ratio_round(struct ratio a)
{
    const wide twice = 2 * (a.num < 0 ? -(wide)a.num : (wide)a.num) + a.den;
    const int64_t q = (int64_t)(twice / (2 * (wide)a.den));

    return a.num < 0 ? -q : q;
}
