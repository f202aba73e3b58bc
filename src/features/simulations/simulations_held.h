/* simulations_held.h - private to the slice: populations of a seed kept in memory while somebody moves a threshold. */
#pragma once
#include "simulations.h"
#include "store/ctx.h"

/* At most two, of 64 MB each; the one used longest ago makes room. Always to be given back. */
struct simulations_population *simulations_held_take(struct ctx *c, const struct rules_facts *f, uint64_t seed, int64_t n, const bool *wanted);
void simulations_held_give(struct ctx *c, struct simulations_population *p);

/* Programs ask one after the other, so that they leave room for people: false while another one is at it. Who entered leaves. */
bool simulations_held_enter(struct ctx *c);
void simulations_held_leave(struct ctx *c);

/* What an old text answers of a population that was taken: as it was kept, or empty, for a run to fill. To be given back
 * before the population is; a full one is then kept for whoever asks with the same old text. */
struct simulations_before *simulations_held_before(struct ctx *c, const struct simulations_population *p, struct str old_text);
void simulations_held_keep(struct ctx *c, const struct simulations_population *p, struct simulations_before *b);
