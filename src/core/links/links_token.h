/*
 * links_token.h - private to links: tokens, and what is kept of them.
 *
 * How     28 characters of the 30 that nobody confuses (base/random.h), in small letters: 137 random
 *         bits. Letters and digits alone, for mail programs cut signs off the end of an address, and
 *         a sheet of paper may carry one that somebody types. Kept is BLAKE2b-256: with that much
 *         chance in a token, no salt and no slow hash are needed.
 */
#pragma once
#include "core/links/links.h"

enum { LINKS_TOKEN_CHARS = 28 };

struct links_hash {
    int64_t head; /* its first 64 bits */
    struct str hex;
};

struct str links_token_new(struct arena *mem);
/* In small letters; empty: no token looks like this. */
struct str links_token_tidy(struct arena *mem, struct str typed);
/* False: no token looks like this. */
bool links_token_hash(struct arena *mem, struct str token, struct links_hash *out);

/* The actor of c from now on: what the key may. */
void links_act(struct ctx *c, const struct links_link *k);
