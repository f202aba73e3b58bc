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
