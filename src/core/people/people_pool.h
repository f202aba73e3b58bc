/*
 * people_pool.h - private to people: short texts kept once, known by a number.
 *
 * Numbers 1 and up, in the order in which texts come; 0 stands for none.
 * Texts   as people_text.h folds them, PEOPLE_NAME_MAX bytes at most: what is longer is cut.
 * Memory  the arena given to people_pool_new.
 */
#pragma once
#include "people_rows.h"
#include "people_set.h"

struct people_pool {
    struct people_rows values; /* of struct people_value, from 1 */
    uint32_t n;                /* one more than there are */
    uint32_t *slots;           /* by digest; 0: free */
    uint32_t n_slots;
};

struct people_pool people_pool_new(struct arena *mem);
/* The number of a text; *is_new when it was not there. */
uint32_t people_pool_keep(struct people_pool *p, const char *text, size_t n, bool *is_new);

static inline const struct people_value *people_pool_at(const struct people_pool *p, uint32_t id)
{
    return people_row(&p->values, id);
}
