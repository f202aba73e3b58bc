/*
 * people_block.h - which pairs are worth comparing.
 *
 * Why     of 4 million people nobody compares 8 billion pairs: records that share one of some twenty
 *         keys are. A key is a keyed digest (BLAKE2b) of two fields or more, so what an index
 *         keeps tells nothing without the key, and frequent surnames do not stand out alone.
 * Blocks  of more than max_block records are passed over, and counted by pass; for keys of one field alone, and
 *         for a given name with a part of a date, the bound is lower (people_pass_most): they find rare names and dates, not
 *         frequent ones.
 * Once    a pair that shares several keys is given once, in the first pass where it may be.
 * Batch   one pass at a time, its keys made on the spot: what stays of a pass is four bytes a record.
 */
#pragma once
#include "people_set.h"

enum { PEOPLE_PASSES = 24, PEOPLE_KEY_BYTES = 32, PEOPLE_MAX_BLOCK = 400 };

extern const char *const people_pass_name[PEOPLE_PASSES];

/* One key a pass; 0 where a field that it needs is not known. */
void people_block_keys(const struct people_set *set, uint32_t i, const unsigned char secret[PEOPLE_KEY_BYTES],
                       uint64_t out[PEOPLE_PASSES]);

/* The most records of a block of this pass. */
int people_pass_most(int pass, int max_block);

struct people_pair {
    uint32_t a, b; /* a before b */
};

struct people_pairs;

/* n_threads: 0 is one. */
struct people_pairs *people_pairs_new(struct arena *mem, const struct people_set *set, const unsigned char secret[PEOPLE_KEY_BYTES],
                                      int max_block, int n_threads);
/* The next ones, at most room; 0 at the end. The order is that of nothing in particular, and the
 * same for the same set and secret. */
size_t people_pairs_next(struct people_pairs *p, struct people_pair *out, size_t room);

/* The same by hand, for several threads: pass after pass, and in each the parts, every part by one thread. */
bool people_pairs_pass(struct people_pairs *p); /* false when none is left */
uint32_t people_pairs_parts(const struct people_pairs *p);

struct people_walk { /* where a thread is: begins with its part, and zeros */
    uint32_t part;
    uint32_t one_of; /* one pair of so many, chosen by the pair itself; 0, 1: all */
    uint32_t i, k;
};
/* The next pairs of the part, at most room; 0 at its end. */
size_t people_pairs_walk(const struct people_pairs *p, struct people_walk *w, struct people_pair *out, size_t room);

struct people_passed_over {
    uint64_t n_blocks[PEOPLE_PASSES], n_records[PEOPLE_PASSES];
};
/* Of the passes that were given. */
const struct people_passed_over *people_pairs_passed_over(const struct people_pairs *p);
