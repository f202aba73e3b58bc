/*
 * rules_ratio.h - exact fractions: what a rule reckons with.
 *
 * Why     an ISEE is a fraction (2/3 of what passes a franchise, divided by 2.76); a limit must be
 *         compared with it exactly, and money is rounded once, at the end (DOMAIN.md 0.3).
 * Shape   den > 0, lowest terms, so that equal values are equal bytes.
 * Units   of the number are its user's: money is in cents.
 * Errors  false when a result does not fit 64 bits above and below: *out is then left alone. No
 *         result is ever inexact.
 * Pure    no memory, no clock.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct ratio {
    int64_t num, den;
};

struct ratio ratio_of(int64_t n);
/* False when den is 0 or the value does not fit. */
bool ratio_make(int64_t num, int64_t den, struct ratio *out);
bool ratio_add(struct ratio a, struct ratio b, struct ratio *out);
bool ratio_sub(struct ratio a, struct ratio b, struct ratio *out);
bool ratio_mul(struct ratio a, struct ratio b, struct ratio *out);
bool ratio_div(struct ratio a, struct ratio b, struct ratio *out); /* false for b 0 too */
int ratio_cmp(struct ratio a, struct ratio b);                      /* -1, 0, 1 */
/* To a whole number, halves away from zero. */
int64_t ratio_round(struct ratio a);
int64_t ratio_floor(struct ratio a);
