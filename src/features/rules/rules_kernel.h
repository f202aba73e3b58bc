/* rules_kernel.h - private to the slice: loops over rows of a column, in wide registers where there are any.
 * The caller has seen to it that nothing overflows; every loop is exact. */
#pragma once
#include "rules_private.h"

void kernel_range(const int64_t *a, int n, int64_t *least, int64_t *most);
void kernel_scale(int64_t *out, const int64_t *a, int64_t by, int64_t plus, int n);                             /* a * by + plus */
void kernel_add(int64_t *out, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n);           /* a * by_a + b * by_b */
void kernel_multiply(int64_t *out, const int64_t *a, const int64_t *b, int n);
void kernel_least(int64_t *out, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n);
void kernel_greatest(int64_t *out, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n);
void kernel_least_to(int64_t *out, const int64_t *a, int64_t by, int64_t k, int n);
void kernel_greatest_to(int64_t *out, const int64_t *a, int64_t by, int64_t k, int n);
void kernel_pick(int64_t *out, const uint8_t *take, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n); /* take ? b : a */
void kernel_pick_to(int64_t *out, const uint8_t *take, const int64_t *a, int64_t by_a, int64_t b, int n);
void kernel_pick_of(int64_t *out, const uint8_t *take, int64_t a, int64_t b, int n);
/* 1 where it holds; kind: NODE_EQUAL .. NODE_MORE_EQUAL. */
void kernel_compare(uint8_t *out, enum node_kind kind, const int64_t *a, int64_t by_a, const int64_t *b, int64_t by_b, int n);
void kernel_compare_to(uint8_t *out, enum node_kind kind, const int64_t *a, int64_t by, int64_t k, int n);
void kernel_between(uint8_t *out, const int64_t *a, int64_t low, int64_t high, int n); /* both included */
void kernel_and(uint8_t *out, const uint8_t *a, const uint8_t *b, int n);
void kernel_or(uint8_t *out, const uint8_t *a, const uint8_t *b, int n);
void kernel_not(uint8_t *out, const uint8_t *a, int n);
void kernel_least_bytes(uint8_t *out, const uint8_t *a, const uint8_t *b, int n);
/* How many (how much) of the rows from[h] + skip .. to[h] - 1 of each household; `sums` has room for the rows and one. */
void kernel_count(int64_t *out, const uint8_t *a, const int *from, const int *to, int skip, int32_t *sums, int n, int n_rows);
void kernel_sum(int64_t *out, const int64_t *a, const int *from, const int *to, int skip, int64_t *sums, int n, int n_rows);
