/*
 * feeds_seen.h - private: which keys were met, with a number each: 16 to 32 bytes a key, however long it is.
 *
 * Keys    are kept as 64 bits of a keyed hash (SipHash, a new key each time), so a list made to collide
 *         cannot be made. Two of a million keys fall together once in thirty million imports.
 */
#pragma once
#include "base/str.h"

struct feeds_seen;

struct feeds_seen *feeds_seen_new(void);
void feeds_seen_free(struct feeds_seen *s); /* NULL is fine */
uint64_t feeds_seen_hash(const struct feeds_seen *s, struct str key);
/* False when the key was there: *out is its number. True: it is added with `value`. */
bool feeds_seen_add(struct feeds_seen *s, struct str key, int64_t value, int64_t *out);
bool feeds_seen_find(const struct feeds_seen *s, struct str key, int64_t *out);
/* Another number for a key that is there. */
void feeds_seen_set(struct feeds_seen *s, struct str key, int64_t value);
