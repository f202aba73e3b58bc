/*
 * upkeep_sample.h - private to upkeep: which entries are telephoned about this month, and what the calls say.
 *
 * Why     what bodies say of themselves must be checked by somebody else now and then, by chance and not by
 *         choice, and every body must have its turn.
 * Draw    two in a hundred of the shown entries (at least one). First bodies: by chance, one that was never or
 *         long not met more likely (entries x (1 + months)^2), those not met for SAMPLE_LONGEST months before
 *         all others; then one entry of each, by chance; again from the first when bodies are fewer.
 * Again   the same seed and the same list of entries give the same sample; the seed is in upkeep_sample.
 * Pure    no database, no clock.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { SAMPLE_PER_HUNDRED = 2, SAMPLE_LONGEST = 18, SAMPLE_NEVER = 24 };

struct sample_entry {
    int64_t service_id, organisation_id, body_id, district_id;
    int sampled_month; /* when its organisation was last drawn, year * 12 + month - 1; 0: never */
    bool is_drawn;     /* out */
};
int sample_size(int n);
struct arena;
/* list in order of organisation and service. Returns how many were drawn. */
int sample_draw(struct arena *mem, struct sample_entry *list, int n, int64_t seed, int month);

/* 95 % interval of Wilson, in per cent, rounded outwards: what n checks say of all. n 0: 0 to 100. */
void sample_interval(int n, int n_wrong, int *out_low, int *out_high);
