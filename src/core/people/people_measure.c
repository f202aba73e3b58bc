/* people_measure.c - Jaro-Winkler in words of bits, and edit distances. */
#include "people_measure.h"
#include "base/macros.h"
#include <string.h>

enum { EDIT_MAX = 128 };

/* The measure from its counts; one place, so that every path gives the same bits. */
static double jaro_of(int m, int n_moved, size_t na, size_t nb)
{
    if (m == 0)
        return 0;
    const double d = m;

    return (d / (double)na + d / (double)nb + (d - n_moved / 2) / d) / 3;
}

static double winkler_of(double jaro, const char *a, const char *b, size_t least)
{
    size_t k = 0;

    if (jaro <= 0.7) /* Winkler: a common beginning speaks only for words that are near already */
        return jaro;
    while (k < 4 && k < least && a[k] == b[k])
        k++;
    return jaro + (double)k * 0.1 * (1 - jaro);
}

static int reach_of(size_t na, size_t nb)
{
    const int most = (int)(na > nb ? na : nb);

    return most / 2 - 1 < 0 ? 0 : most / 2 - 1;
}

static uint64_t window(int i, int reach)
{
    const int from = i - reach < 0 ? 0 : i - reach, to = i + reach + 1;
    const uint64_t below = to >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << to) - 1;

    return from >= 64 ? 0 : below & ~(((uint64_t)1 << from) - 1);
}

/* The k-th taken letter of a stands against the k-th taken letter of b. */
static int count_moved(const char *a, uint64_t in_a, const char *b, uint64_t in_b)
{
    int n = 0;

    for (; in_a != 0; in_a &= in_a - 1, in_b &= in_b - 1)
        n += a[__builtin_ctzll(in_a)] != b[__builtin_ctzll(in_b)];
    return n;
}

double people_jaro(const char *a, size_t na, const char *b, size_t nb)
{
    uint64_t in_a = 0, in_b = 0;

    na = na > 64 ? 64 : na;
    nb = nb > 64 ? 64 : nb;
    if (na == 0 || nb == 0)
        return na == nb;
    const int reach = reach_of(na, nb);
    uint64_t of[256]; /* places of each letter in b; only those that are met are ever set or read */

    for (size_t i = 0; i < na; i++)
        of[(unsigned char)a[i]] = 0;
    for (size_t k = 0; k < nb; k++)
        of[(unsigned char)b[k]] = 0;
    for (size_t k = 0; k < nb; k++)
        of[(unsigned char)b[k]] |= (uint64_t)1 << k;
    for (size_t i = 0; i < na; i++) {
        const uint64_t free_here = of[(unsigned char)a[i]] & window((int)i, reach) & ~in_b;

        in_b |= free_here & (~free_here + 1);
        in_a |= (uint64_t)(free_here != 0) << i;
    }
    return jaro_of(__builtin_popcountll(in_a), count_moved(a, in_a, b, in_b), na, nb);
}

double people_jaro_winkler(const char *a, size_t na, const char *b, size_t nb)
{
    return winkler_of(people_jaro(a, na, b, nb), a, b, na < nb ? na : nb);
}

int people_levenshtein(const char *a, size_t na, const char *b, size_t nb)
{
    int row[EDIT_MAX + 1];

    na = na > EDIT_MAX ? EDIT_MAX : na;
    nb = nb > EDIT_MAX ? EDIT_MAX : nb;
    for (size_t k = 0; k <= nb; k++)
        row[k] = (int)k;
    for (size_t i = 1; i <= na; i++) {
        int before = row[0];

        row[0] = (int)i;
        for (size_t k = 1; k <= nb; k++) {
            const int above = row[k], replaced = before + (a[i - 1] != b[k - 1]);
            const int least = above < row[k - 1] ? above + 1 : row[k - 1] + 1;

            row[k] = replaced < least ? replaced : least;
            before = above;
        }
    }
    return row[nb];
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

/* Lowrance and Wagner: exchanged neighbours may be edited in between. */
int people_damerau(const char *a, size_t na, const char *b, size_t nb)
{
    int d[EDIT_MAX + 2][EDIT_MAX + 2], last_row[256] = {0};

    na = na > EDIT_MAX ? EDIT_MAX : na;
    nb = nb > EDIT_MAX ? EDIT_MAX : nb;
    const int far = (int)(na + nb);

    d[0][0] = far;
    for (size_t i = 0; i <= na; i++) {
        d[i + 1][0] = far;
        d[i + 1][1] = (int)i;
    }
    for (size_t k = 0; k <= nb; k++) {
        d[0][k + 1] = far;
        d[1][k + 1] = (int)k;
    }
    for (size_t i = 1; i <= na; i++) {
        int last_match = 0;

        for (size_t k = 1; k <= nb; k++) {
            const int from_row = last_row[(unsigned char)b[k - 1]], from_col = last_match;
            const int same = a[i - 1] == b[k - 1];
            const int edit = least_of(d[i][k] + !same, least_of(d[i + 1][k], d[i][k + 1]) + 1);
            const int swap = d[from_row][from_col] + ((int)i - from_row - 1) + 1 + ((int)k - from_col - 1);

            d[i + 1][k + 1] = least_of(edit, swap);
            if (same)
                last_match = (int)k;
        }
        last_row[(unsigned char)a[i - 1]] = (int)i;
    }
    return d[na + 1][nb + 1];
}

int people_is_one_slip(const char *a, size_t na, const char *b, size_t nb)
{
    size_t head = 0, tail = 0;

    if (na > nb)
        return people_is_one_slip(b, nb, a, na);
    if (nb - na > 1)
        return 0;
    while (head < na && a[head] == b[head])
        head++;
    while (tail < na - head && a[na - 1 - tail] == b[nb - 1 - tail])
        tail++;
    const size_t left_a = na - head - tail, left_b = nb - head - tail;

    if (left_b <= 1)
        return 1;
    return left_a == 2 && left_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}
