/* rules_column.h - private to the slice: columns of fractions, and what is reckoned with them row by row. */
#pragma once
#include "rules_private.h"

enum { RULES_BAD = 3 }; /* beside enum rules_known: does not fit 64 bits, or divided by nothing */

/* Fractions num/den: one den for all (dens NULL), or one each. known of each row. */
struct column {
    int64_t *num, *dens, den;
    uint8_t *known;
};

struct scope {
    int n;
    bool is_members;
};

struct column *column_new(struct arena *mem, const struct scope *s, bool with_dens);
struct column *column_constant(struct arena *mem, const struct scope *s, struct ratio v);
int64_t column_den(const struct column *c, int i);
uint8_t column_least(uint8_t a, uint8_t b); /* the less sure; RULES_BAD when one is */
/* One row of a sum, product or quotient; false: does not fit, or divided by nothing. */
bool column_one(enum node_kind kind, int64_t xn, int64_t xd, int64_t yn, int64_t yd, int64_t *num, int64_t *den);
struct column *column_arithmetic(struct arena *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                 const struct scope *s);
int column_order(const struct column *x, const struct column *y, int i);
struct column *column_compare(struct arena *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s);
/* x and y of an "and" (want false) or an "or" (want true), as rules_ask has it; into x. */
void column_settle(int64_t *num, uint8_t *known, int64_t y, uint8_t y_known, bool want);
/* Rows of y where `take` says so, else those of x. */
struct column *column_pick(struct arena *mem, const struct scope *s, const struct column *x, const struct column *y,
                           const bool *take);
