/*
 * rules_column.h - private to the slice: columns of fractions and truths, and what is reckoned with them.
 *
 * Fast    a column knows the least and the most of its numbers: where nothing can outgrow 64 bits its rows are reckoned in
 *         wide registers without looking. All else goes row by row; a row that does not fit is RULES_BAD, and its household
 *         is asked alone.
 */
#pragma once
#include "rules_kernel.h"
#include "rules_private.h"

enum { RULES_BAD = 3 }; /* beside enum rules_known: does not fit 64 bits, or divided by nothing */

struct scope {
    int n;
    bool is_members;
};

/* Memory of one block, given back all at once and not cleared. */
struct pool {
    struct arena *mem;
    char *p;
    size_t n, room;
};
void *pool_take(struct pool *p, size_t bytes);

/* Numbers num/den: one den for all (dens NULL), or one each; or truths. */
struct column {
    const int64_t *num;   /* numbers; NULL: truths, or one value for all */
    const int64_t *dens;
    int64_t den;
    const uint8_t *truth; /* truths, 0 or 1; NULL: numbers, or one value for all */
    int64_t value;        /* of all rows, when both are NULL */
    const uint8_t *known; /* NULL: all rows are `sure` */
    uint8_t sure;
    bool may_be_bad;      /* some row may be RULES_BAD */
    int64_t least, most;  /* num and value lie between them; dens_most: of dens */
    int64_t dens_most;
};

static inline bool column_is_one(const struct column *c)
{
    return c->num == NULL && c->truth == NULL;
}
static inline int64_t column_num(const struct column *c, int i)
{
    return c->num != NULL ? c->num[i] : c->truth != NULL ? c->truth[i] : c->value;
}
static inline int64_t column_den(const struct column *c, int i)
{
    return c->dens != NULL ? c->dens[i] : c->den;
}
static inline uint8_t column_known(const struct column *c, int i)
{
    return c->known != NULL ? c->known[i] : c->sure;
}
static inline bool column_is_certain(const struct column *c)
{
    return c->known == NULL && c->sure == RULES_CERTAIN;
}
uint8_t column_least(uint8_t a, uint8_t b); /* the less sure; RULES_BAD when one is */

struct column *column_new(struct pool *mem);
struct column *column_constant(struct pool *mem, struct ratio v);
/* What is written row by row; ends with column_close, which finds least and most. */
struct column_rows {
    int64_t *num, *dens; /* dens NULL: one for all */
    uint8_t *truth;
    uint8_t *known;
};
struct column *column_open(struct pool *mem, const struct scope *s, bool is_truth, bool with_dens, struct column_rows *rows);
void column_close(struct column *c, const struct scope *s);

/* One row of a sum, product or quotient; false: does not fit, or divided by nothing. */
bool column_one(enum node_kind kind, int64_t xn, int64_t xd, int64_t yn, int64_t yd, int64_t *num, int64_t *den);
struct column *column_arithmetic(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                                 const struct scope *s);
struct column *column_negate(struct pool *mem, const struct column *x, const struct scope *s);
int column_order(const struct column *x, const struct column *y, int i);
struct column *column_compare(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s);
/* The lesser (NODE_LEAST) or the greater of two. */
struct column *column_extreme(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                              const struct scope *s);
struct column *column_logic(struct pool *mem, enum node_kind kind, const struct column *x, const struct column *y,
                            const struct scope *s);
struct column *column_not(struct pool *mem, const struct column *x, const struct scope *s);
/* x and y of an "and" (want false) or an "or" (want true), as rules_ask has it; into x. */
void column_settle(int64_t *num, uint8_t *known, int64_t y, uint8_t y_known, bool want);
/* Rows of y where `take` says so, else those of x; as known as the row taken. */
struct column *column_pick(struct pool *mem, const struct scope *s, const struct column *x, const struct column *y,
                           const uint8_t *take);
/* The same column, known no better than another. */
struct column *column_as_known_as(struct pool *mem, const struct column *x, const struct column *other, const struct scope *s);
/* Both brought to one den: by what each is multiplied. False: it does not fit. */
bool column_common(const struct column *x, const struct column *y, int64_t *by_x, int64_t *by_y, int64_t *den);
/* Room for the numbers of c. */
int64_t *column_room(struct pool *mem, struct column *c, const struct scope *s);
/* The rows' numbers in memory, for one that has one value. */
const int64_t *column_numbers(struct pool *mem, const struct column *c, const struct scope *s);
const uint8_t *column_truths(struct pool *mem, const struct column *c, const struct scope *s);
