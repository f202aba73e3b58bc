/*
 * splitmix.h - chance that follows from a seed: the same draws on every machine (SplitMix64; Steele, Lea and Flood 2014).
 *
 * For     populations that are invented, samples that can be drawn again, pairs taken or left. Never for a key, a code or
 *         anything somebody must not guess: random.h.
 * Pure    no state of its own.
 */
#pragma once
#include <stdint.h>

/* Mixed so that neighbours have nothing in common. */
static inline uint64_t splitmix_of(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* The next of a row of draws; *state begins with the seed. */
static inline uint64_t splitmix_next(uint64_t *state)
{
    const uint64_t drawn = splitmix_of(*state);

    *state += UINT64_C(0x9e3779b97f4a7c15);
    return drawn;
}
