/*
 * str.h - text from outside: a pointer and a length, checked once at the door.
 *
 * Memory  a str borrows its bytes; functions that make new bytes take an arena.
 * Text    UTF-8. str_is_utf8 is the check at the door: no NUL, no control characters but tab,
 *         CR and LF, no surrogates, no overlong forms.
 */
#pragma once
#include "base/arena.h"
#include "base/macros.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p; /* may be NULL when n is 0; not ended by NUL unless made by str_copy/str_fmt */
    size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

struct str str_of(const char *z); /* NULL is the empty text */
bool str_eq(struct str a, struct str b);
bool str_eq_z(struct str a, const char *z);
int str_cmp(struct str a, struct str b); /* by bytes, as memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_from(struct str s, size_t at); /* the rest; empty when at is past the end */
struct str str_head(struct str s, size_t n);  /* the first n bytes at most */
struct str str_trim(struct str s);            /* without ASCII white space at both ends */
/* Index of the first byte c, or -1. */
ptrdiff_t str_index(struct str s, char c);
/* Cuts the text before the first sep off *rest and returns it; the whole when there is none. */
struct str str_cut(struct str *rest, char sep);

/* New bytes in the arena, ended by a NUL that is not counted. */
struct str str_copy(struct arena *mem, struct str s);
const char *str_z(struct arena *mem, struct str s);
struct str str_fmt(struct arena *mem, const char *fmt, ...) PRINTF_LIKE(2, 3);

bool str_is_utf8(struct str s);
/* Number of code points of valid UTF-8. */
size_t str_length(struct str s);

/* Whole decimal number with optional sign; false (and *out left alone) on anything else. */
bool str_to_int(struct str s, int64_t *out);
/* Decimal number "45.4637"; a comma is not accepted; false on anything else, inf or nan. */
bool str_to_double(struct str s, double *out);

/* For looking up names: lower case, accents taken off (Latin letters), apostrophes and
 * punctuation turned to one space, ends trimmed: "Cuorgnè" -> "cuorgne",
 * "Sant'Ambrogio  di Torino" -> "sant ambrogio di torino". */
struct str str_fold(struct arena *mem, struct str s);

/* For addresses people can read: folded, spaces turned to hyphens. */
struct str str_slug(struct arena *mem, struct str s);

/* Edit distance of two folded texts (each at most 64 bytes are compared); for "did you mean". */
int str_distance(struct str a, struct str b);
