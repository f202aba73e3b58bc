/*
 * people_measure.h - how near two short texts are.
 *
 * In      letters as people_text.h leaves them. The fixed forms (people_jw.c) take 32 bytes filled up
 *         with zeros and are what scoring calls; the path is chosen at run time by what the processor
 *         has, with the same answer bit for bit.
 * Order   Jaro's letters are taken from the left: (a, b) and (b, a) may differ. Who wants one answer
 *         puts the lower text first.
 * Source  Jaro 1989, Winkler 1990; a beginning in common counts up to four letters, above 0.7.
 * Pure    no memory, no database, no clock.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 0 to 1. Longer than 64 letters: the first 64 are compared. */
double people_jaro(const char *a, size_t na, const char *b, size_t nb);
double people_jaro_winkler(const char *a, size_t na, const char *b, size_t nb);

/* Jaro-Winkler of two fixed texts: at most 32 letters are compared, none of them is a zero byte. */
typedef double (*people_jw_fn)(const char a[32], size_t na, const char b[32], size_t nb);
double people_jw32_portable(const char a[32], size_t na, const char b[32], size_t nb);
people_jw_fn people_jw32(void); /* the best that this processor runs */

/* All that this processor runs, the best first, the portable one last. */
enum { PEOPLE_JW_PATHS = 3 };
struct people_jw_path {
    const char *name; /* "avx512", "avx2", "portable" */
    people_jw_fn of;
};
int people_jw32_paths(struct people_jw_path out[PEOPLE_JW_PATHS]);

/* What can be said of two fixed texts without reading them: how many letters they can have in common at most, and so what
 * Jaro-Winkler cannot reach. Bytes are taken by their last five bits: A to Z are all apart. */
struct people_letters {
    uint64_t twice; /* two bits a letter: there once, there twice */
    uint32_t head;  /* the first four letters, the first lowest */
    uint8_t n, more; /* letters; those beyond the second of their kind */
};
struct people_letters people_letters_of(const char text[32], size_t n);

static inline uint32_t people_letters_common(const struct people_letters *a, const struct people_letters *b)
{
    const uint64_t fives = 0x5555555555555555, threes = 0x3333333333333333, both = a->twice & b->twice;
    const uint64_t pairs = both - (both >> 1 & fives), fours = (pairs & threes) + (pairs >> 2 & threes);

    return (uint32_t)(((fours + (fours >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56) + (a->more < b->more ? a->more : b->more);
}

/* How many of the first four letters are the same. */
static inline int people_letters_head(const struct people_letters *a, const struct people_letters *b)
{
    return a->head == b->head ? 4 : __builtin_ctz(a->head ^ b->head) / 8;
}

/* What a level of Jaro-Winkler asks of m(na + nb) / (na nb), in 4096ths, by how many first letters are the same. */
struct people_bar {
    uint32_t of_head[5];
};
struct people_bar people_bar_of(double level);

/* True only if people_jw32 is below the level, whatever the order of the letters in common. */
static inline bool people_letters_miss(const struct people_letters *a, const struct people_letters *b, uint32_t n_common,
                                       const struct people_bar *bar)
{
    return n_common * (uint32_t)(a->n + b->n) * 4096 < bar->of_head[people_letters_head(a, b)] * (uint32_t)(a->n * b->n);
}

/* Edits: insert, delete, replace; and with exchange of neighbours (unrestricted). At most 128
 * letters are compared. */
int people_levenshtein(const char *a, size_t na, const char *b, size_t nb);
int people_damerau(const char *a, size_t na, const char *b, size_t nb);

/* At most one edit (insert, delete, replace, exchange of neighbours). */
int people_is_one_slip(const char *a, size_t na, const char *b, size_t nb);
