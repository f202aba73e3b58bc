/* rules_kernel.c - see rules_kernel.h. Each loop is compiled three times on x86-64; which one runs is asked of the processor. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif
#include "rules_kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define EACH_WAY(name, params, args)                                                                                                   \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))) static void name##_widest params                                 \
    {                                                                                                                               \
        name##_rows args;                                                                                                           \
    }                                                                                                                               \
    __attribute__((target("avx2"))) static void name##_wide params                                                                 \
    {                                                                                                                               \
        name##_rows args;                                                                                                           \
    }                                                                                                                               \
    static void name##_plain params                                                                                                 \
    {                                                                                                                               \
        name##_rows args;                                                                                                           \
    }                                                                                                                               \
    void name params                                                                                                                \
    {                                                                                                                               \
        if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))        \
            name##_widest args;                                                                                                     \
        else if (__builtin_cpu_supports("avx2"))                                                                                    \
            name##_wide args;                                                                                                       \
        else                                                                                                                        \
            name##_plain args;                                                                                                      \
    }
#else
#define EACH_WAY(name, params, args)                                                                                                   \
    void name params                                                                                                                \
    {                                                                                                                               \
        name##_rows args;                                                                                                           \
    }
#endif
#define ROWS(name) static inline __attribute__((always_inline)) void name##_rows

ROWS(kernel_range)(const int64_t *a, int n, int64_t *least, int64_t *most)
{
    int64_t low = INT64_MAX, high = INT64_MIN;

    for (int i = 0; i < n; i++) {
        low = a[i] < low ? a[i] : low;
        high = a[i] > high ? a[i] : high;
    }
    *least = low;
    *most = high;
}
EACH_WAY(kernel_range, (const int64_t *a, int n, int64_t *least, int64_t *most), (a, n, least, most))

ROWS(kernel_scale)(int64_t *restrict out, const int64_t *restrict a, int64_t by, int64_t plus, int n)
{
    if (by == 1)
        for (int i = 0; i < n; i++)
            out[i] = a[i] + plus;
    else
        for (int i = 0; i < n; i++)
            out[i] = a[i] * by + plus;
}
EACH_WAY(kernel_scale, (int64_t * out, const int64_t *a, int64_t by, int64_t plus, int n), (out, a, by, plus, n))

#define TWO_COLUMNS (int64_t * out, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n)
#define ROWS_OF_TWO(name, plain, scaled)                                                                                            \
    ROWS(name)(int64_t *restrict out, const int64_t *restrict a, int64_t by_a, const int64_t *restrict b, int64_t by_b, int n)      \
    {                                                                                                                               \
        if (by_a == 1 && by_b == 1)                                                                                                 \
            for (int i = 0; i < n; i++)                                                                                             \
                out[i] = plain;                                                                                                     \
        else                                                                                                                        \
            for (int i = 0; i < n; i++) {                                                                                           \
                const int64_t x = a[i] * by_a, y = b[i] * by_b;                                                                     \
                                                                                                                                    \
                out[i] = scaled;                                                                                                    \
            }                                                                                                                       \
    }                                                                                                                               \
    EACH_WAY(name, TWO_COLUMNS, (out, a, by_a, b, by_b, n))

ROWS_OF_TWO(kernel_least, (a[i] < b[i] ? a[i] : b[i]), (x < y ? x : y))
ROWS_OF_TWO(kernel_greatest, (a[i] > b[i] ? a[i] : b[i]), (x > y ? x : y))

ROWS(kernel_add)(int64_t *restrict out, const int64_t *restrict a, int64_t by_a, const int64_t *restrict b, int64_t by_b, int n)
{
    if (by_a == 1 && by_b == 1)
        for (int i = 0; i < n; i++)
            out[i] = a[i] + b[i];
    else if (by_a == 1 && by_b == -1)
        for (int i = 0; i < n; i++)
            out[i] = a[i] - b[i];
    else
        for (int i = 0; i < n; i++)
            out[i] = a[i] * by_a + b[i] * by_b;
}
EACH_WAY(kernel_add, TWO_COLUMNS, (out, a, by_a, b, by_b, n))

ROWS(kernel_multiply)(int64_t *restrict out, const int64_t *restrict a, const int64_t *restrict b, int n)
{
    for (int i = 0; i < n; i++)
        out[i] = a[i] * b[i];
}
EACH_WAY(kernel_multiply, (int64_t * out, const int64_t *a, const int64_t *b, int n), (out, a, b, n))

ROWS(kernel_least_to)(int64_t *restrict out, const int64_t *restrict a, int64_t by, int64_t k, int n)
{
    for (int i = 0; i < n; i++) {
        const int64_t x = a[i] * by;

        out[i] = x < k ? x : k;
    }
}
EACH_WAY(kernel_least_to, (int64_t * out, const int64_t *a, int64_t by, int64_t k, int n), (out, a, by, k, n))

ROWS(kernel_greatest_to)(int64_t *restrict out, const int64_t *restrict a, int64_t by, int64_t k, int n)
{
    for (int i = 0; i < n; i++) {
        const int64_t x = a[i] * by;

        out[i] = x > k ? x : k;
    }
}
EACH_WAY(kernel_greatest_to, (int64_t * out, const int64_t *a, int64_t by, int64_t k, int n), (out, a, by, k, n))

ROWS(kernel_pick)(int64_t *restrict out, const uint8_t *restrict take, const int64_t *restrict a, int64_t by_a,
                  const int64_t *restrict b, int64_t by_b, int n)
{
    for (int i = 0; i < n; i++) {
        const int64_t x = a[i] * by_a, y = b[i] * by_b;

        out[i] = take[i] ? y : x;
    }
}
EACH_WAY(kernel_pick, (int64_t * out, const uint8_t *take, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n),
      (out, take, a, by_a, b, by_b, n))

ROWS(kernel_pick_to)(int64_t *restrict out, const uint8_t *restrict take, const int64_t *restrict a, int64_t by_a, int64_t b, int n)
{
    for (int i = 0; i < n; i++) {
        const int64_t x = a[i] * by_a;

        out[i] = take[i] ? b : x;
    }
}
EACH_WAY(kernel_pick_to, (int64_t * out, const uint8_t *take, const int64_t *a, int64_t by_a, int64_t b, int n), (out, take, a, by_a, b, n))

ROWS(kernel_pick_of)(int64_t *restrict out, const uint8_t *restrict take, int64_t a, int64_t b, int n)
{
    for (int i = 0; i < n; i++)
        out[i] = take[i] ? b : a;
}
EACH_WAY(kernel_pick_of, (int64_t * out, const uint8_t *take, int64_t a, int64_t b, int n), (out, take, a, b, n))

#define COMPARE(sign, right)                                                                                                        \
    do {                                                                                                                            \
        if (by_a == 1)                                                                                                              \
            for (int i = 0; i < n; i++)                                                                                             \
                out[i] = a[i] sign(right);                                                                                          \
        else                                                                                                                        \
            for (int i = 0; i < n; i++)                                                                                             \
                out[i] = a[i] * by_a sign(right);                                                                                   \
    } while (0)
#define COMPARISONS(right)                                                                                                          \
    switch (kind) {                                                                                                                 \
    case NODE_EQUAL:                                                                                                                \
        COMPARE(==, right);                                                                                                         \
        break;                                                                                                                      \
    case NODE_DIFFERENT:                                                                                                            \
        COMPARE(!=, right);                                                                                                         \
        break;                                                                                                                      \
    case NODE_LESS:                                                                                                                 \
        COMPARE(<, right);                                                                                                          \
        break;                                                                                                                      \
    case NODE_LESS_EQUAL:                                                                                                           \
        COMPARE(<=, right);                                                                                                         \
        break;                                                                                                                      \
    case NODE_MORE:                                                                                                                 \
        COMPARE(>, right);                                                                                                          \
        break;                                                                                                                      \
    default:                                                                                                                        \
        COMPARE(>=, right);                                                                                                         \
    }

ROWS(kernel_compare)(uint8_t *restrict out, enum node_kind kind, const int64_t *restrict a, int64_t by_a, const int64_t *restrict b,
                     int64_t by_b, int n)
{
    COMPARISONS(b[i] * by_b)
}
EACH_WAY(kernel_compare, (uint8_t * out, enum node_kind kind, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n),
      (out, kind, a, by_a, b, by_b, n))

ROWS(kernel_compare_to)(uint8_t *restrict out, enum node_kind kind, const int64_t *restrict a, int64_t by_a, int64_t k, int n)
{
    COMPARISONS(k)
}
EACH_WAY(kernel_compare_to, (uint8_t * out, enum node_kind kind, const int64_t *a, int64_t by, int64_t k, int n), (out, kind, a, by, k, n))

ROWS(kernel_between)(uint8_t *restrict out, const int64_t *restrict a, int64_t low, int64_t high, int n)
{
    for (int i = 0; i < n; i++)
        out[i] = (a[i] >= low) & (a[i] <= high);
}
EACH_WAY(kernel_between, (uint8_t * out, const int64_t *a, int64_t low, int64_t high, int n), (out, a, low, high, n))

#define ROWS_OF_BYTES(name, one)                                                                                                    \
    ROWS(name)(uint8_t *restrict out, const uint8_t *restrict a, const uint8_t *restrict b, int n)                                  \
    {                                                                                                                               \
        for (int i = 0; i < n; i++)                                                                                                 \
            out[i] = one;                                                                                                           \
    }                                                                                                                               \
    EACH_WAY(name, (uint8_t * out, const uint8_t *a, const uint8_t *b, int n), (out, a, b, n))

ROWS_OF_BYTES(kernel_and, a[i] & b[i])
ROWS_OF_BYTES(kernel_or, a[i] | b[i])
ROWS_OF_BYTES(kernel_least_bytes, a[i] < b[i] ? a[i] : b[i])

ROWS(kernel_not)(uint8_t *restrict out, const uint8_t *restrict a, int n)
{
    for (int i = 0; i < n; i++)
        out[i] = a[i] ^ 1;
}
EACH_WAY(kernel_not, (uint8_t * out, const uint8_t *a, int n), (out, a, n))

/* Sums from the first row on: what lies between two rows is a difference, however many there are. */
void kernel_count(int64_t *out, const uint8_t *a, const int *from, const int *to, int skip, int32_t *sums, int n, int n_rows)
{
    int32_t sum = 0;

    for (int i = 0; i < n_rows; i++) {
        sums[i] = sum;
        sum += a[i];
    }
    sums[n_rows] = sum;
    for (int h = 0; h < n; h++)
        out[h] = sums[to[h]] - sums[from[h] + skip];
}

void kernel_sum(int64_t *out, const int64_t *a, const int *from, const int *to, int skip, int64_t *sums, int n, int n_rows)
{
    int64_t sum = 0;

    for (int i = 0; i < n_rows; i++) {
        sums[i] = sum;
        sum += a[i];
    }
    sums[n_rows] = sum;
    for (int h = 0; h < n; h++)
        out[h] = sums[to[h]] - sums[from[h] + skip];
}
