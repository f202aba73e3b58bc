/*
 * words.h - the catalogues as the build leaves them: constant tables, found by a hash.
 *
 * Made by `embed words` from the compiled catalogues of gettext. Only text.c reads them; everybody
 * else asks text.h. Nothing is loaded at start, nothing is ever written.
 */
#pragma once
#include "base/str.h"
#include <string.h>

struct word {
    const char *key;
    uint32_t hash;
    int n_forms;
    const struct str *forms; /* one, or one for each plural of the language */
};

enum { WORDS_SMALL = 128 };

struct words_lang {
    const char *code;   /* "it" */
    const char *plural; /* the C expression of Plural-Forms, over n */
    int n_plurals;
    const unsigned char *small; /* the form of 0 to WORDS_SMALL - 1 things */
    const struct word *words;
    int n_words;
    const uint16_t *slots; /* n_slots, a power of two: 0 empty, else 1 + index; linear probing */
    int n_slots;
};

extern const struct words_lang words_all[];
extern const int n_words_all;

/* The same here and in tools/embed: eight bytes a step. */
static inline uint32_t words_hash(const char *key, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ n, part;

    for (; n >= 8; n -= 8, key += 8) {
        memcpy(&part, key, 8);
        h = (h ^ part) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    part = 0;
    if (n > 0)
        memcpy(&part, key, n);
    h = (h ^ part) * 0xff51afd7ed558ccdu;
    return (uint32_t)(h >> 32);
}
