/*
 * digest.h - short numbers and ids that follow from what was given: the same gives the same.
 *
 * Why     an import must know in one comparison whether a row has changed, and things without an
 *         id of their own need one that is the same at each reading.
 * Lengths go into the sum: "ab" + "c" is not "a" + "bc".
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <sodium.h>
#include <stdint.h>

enum { UUID_LEN = 36 };

/* Room for libsodium's state wherever the struct lies (it wants 64 bytes of alignment, which the
 * sanitizers' stack does not give). Not to be copied. */
struct digest {
    unsigned char room[sizeof(crypto_generichash_state) + 63];
};

void digest_begin(struct digest *d);
void digest_text(struct digest *d, struct str s);
void digest_int(struct digest *d, int64_t v);
void digest_real(struct digest *d, double v);
int64_t digest_end(struct digest *d); /* 64 bits of BLAKE2b */

/* UUID version 8 (RFC 9562) that follows from an owner and a name; it begins as the owner's, when
 * that is a UUID. */
struct str uuid_derive(struct arena *mem, struct str owner, struct str name);
/* UUID version 5 (RFC 9562) of a name in a space, itself a UUID: what other programs make of the same two. */
struct str uuid_of_name(struct arena *mem, struct str space, struct str name);
/* 8-4-4-4-12 hexadecimal digits, of any version. */
bool uuid_is(struct str s);
/* Small letters, in the arena when that changes anything. */
struct str uuid_tidy(struct arena *mem, struct str s);
