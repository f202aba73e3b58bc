/*
 * people_measure.h - how near two short texts are.
 *
 * In      letters as people_text.h leaves them. The fixed forms take 32 bytes filled up with zeros
 *         and are what scoring calls; the processor's wide registers are used when it has them,
 *         with the same answer bit for bit.
 * Pure    no memory, no database, no clock.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* 0 to 1. Longer than 64 letters: the first 64 are compared. */
double people_jaro(const char *a, size_t na, const char *b, size_t nb);
double people_jaro_winkler(const char *a, size_t na, const char *b, size_t nb);

/* Jaro-Winkler of two fixed texts of at most 32 letters: portable, and chosen at run time. */
typedef double (*people_jw_fn)(const char a[32], size_t na, const char b[32], size_t nb);
double people_jw32_portable(const char a[32], size_t na, const char b[32], size_t nb);
people_jw_fn people_jw32(void); /* the best that this processor runs */
const char *people_jw32_name(void); /* "avx2" or "portable" */

/* Edits: insert, delete, replace; and with exchange of neighbours (unrestricted). At most 128
 * letters are compared. */
int people_levenshtein(const char *a, size_t na, const char *b, size_t nb);
int people_damerau(const char *a, size_t na, const char *b, size_t nb);

/* At most one edit (insert, delete, replace, exchange of neighbours). */
int people_is_one_slip(const char *a, size_t na, const char *b, size_t nb);
