/*
 * random.h - the one source of randomness (libsodium: the system's generator).
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <stddef.h>
#include <stdint.h>

void random_init(void); /* call once, before threads start; a bug() when there is no entropy */
void random_bytes(void *out, size_t n);
uint32_t random_below(uint32_t limit); /* uniform in 0..limit-1; limit >= 1 */

/* UUID version 7 (RFC 9562) at this instant, 36 characters: what the outside sees of a row. */
struct str random_uuid(struct arena *mem, int64_t now_ms);

/* A code a person can read out on the phone: n characters of 23456789ABCDEFGHJKMNPQRSTVWXYZ. */
struct str random_code(struct arena *mem, int n);
