/*
 * people_public_testing.h - invented sets of the kinds on which public tools are measured: for tests and benchmarks.
 *
 * Why     those sets may not stand here, and one of each says little: these are as many as asked for, the
 *         same for the same seed, and hold no line of theirs.
 */
#pragma once
#include "people_set.h"

/* Of the kind of a generator of slips: originals and their copies, each copy with a few of the errors of typing, ear
 * and eye; names, a whole address, a date; no telephone, no number. most: copies of one original, few having many. */
struct people_set *people_copies_set(struct arena *mem, uint64_t seed, uint32_t n_originals, uint32_t n_copies, int most, int64_t **person);

/* Of the kind of historical lists: 5 to 20 versions of each person, heavily different: another part of the
 * name, a short form, other dates, half the columns empty; kin who share surname and place. */
struct people_set *people_historical_set(struct arena *mem, uint64_t seed, uint32_t n_persons, int64_t **person);
