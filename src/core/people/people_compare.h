/*
 * people_compare.h - two records side by side: how far each field agrees.
 *
 * Why     a probability is made of levels of agreement, not of texts; equal patterns of levels are
 *         counted together, so that learning costs nothing however many pairs there are.
 * Pattern four bits a column, PEOPLE_LEVEL_NONE where one side says nothing. The same for (a, b) as
 *         for (b, a).
 * Threads one comparer a thread; the set is only read.
 */
#pragma once
#include "people_set.h"

enum people_column {
    PEOPLE_COL_GIVEN,
    PEOPLE_COL_SURNAME,
    PEOPLE_COL_ORDER, /* 0 straight, 1 given name and surname exchanged; only when both agree */
    PEOPLE_COL_BIRTH,
    PEOPLE_COL_TAX,
    PEOPLE_COL_NUMBER,
    PEOPLE_COL_SEX,
    PEOPLE_COL_BIRTHPLACE,
    PEOPLE_COL_CITIZENSHIP,
    PEOPLE_COL_ADDRESS,
    PEOPLE_COL_MUNICIPALITY,
    PEOPLE_COL_PHONE,
    PEOPLE_COL_EMAIL,
    PEOPLE_COL_POSTCODE,
    PEOPLE_COL_EXTRA1,
    PEOPLE_COL_EXTRA2,
    PEOPLE_COLUMNS
};

enum { PEOPLE_LEVEL_NONE = 15, PEOPLE_LEVELS = 8 };

/* Levels of names: 0 equal, 1 the same sound or an equivalent name, 2 one is part of the other, 3 very near (Jaro-Winkler 0.92 or
 * one slip), 4 near or a word in common, 5 a little or an initial, 6 different.
 * Of birth: 0 equal, 1 day and month exchanged, 2 one slip, 3 two parts of three, 4 the year, the rest being unknown, 5 the year,
 * 6 a year apart, 7 different.
 * Of the code: 0 equal, 1 equal but for a slip, 2 eleven characters or more, 3 six or more, 4 different and not both
 * valid, 5 valid, different, something in common, 6 valid and different.
 * Of the address: 0 street and house, 1 one of the two in doubt, 2 the street, 3 nearly the street or another place, 4 different.
 * Of other texts: 0 equal, 1 0.92, 2 0.83, 3 different. */
enum { PEOPLE_NAME_AGREES = 3, PEOPLE_TAX_BOTH_VALID = 5 };

extern const char *const people_column_name[PEOPLE_COLUMNS];
extern const uint8_t people_column_levels[PEOPLE_COLUMNS];

static inline int people_level(uint64_t pattern, int column)
{
    return (int)(pattern >> (4 * column) & 15);
}

struct people_comparer;

struct people_comparer *people_comparer_new(struct arena *mem, const struct people_set *set);
uint64_t people_compare(struct people_comparer *c, uint32_t a, uint32_t b);

/* Two codes that are both valid and say two people: never one cluster. */
bool people_are_surely_two(const struct people_set *set, uint32_t a, uint32_t b);
