/*
 * people_testing.h - an invented population and what its desks write: for tests and benchmarks.
 *
 * Why     tests want records with truth, as many as asked for, the same for the same seed: households
 *         of one to six, fifteen origins, bodies of different care, slips of every kind that desks
 *         make. Names are put together from syllables; any likeness to people is chance.
 *         200,000 persons and more are a region: its 1,180 comuni, streets of their own, a long tail of given
 *         names, so that the pairs worth comparing grow with the records and not with their square.
 */
#pragma once
#include "people_set.h"

struct people_world;

struct people_world *people_world_new(struct arena *mem, uint64_t seed, uint32_t n_persons);

struct people_told {
    struct people_raw raw; /* text lives until the next call */
    uint32_t person, household;
};

/* The next record; false when every person has been written down (one to five times each). */
bool people_world_next(struct people_world *w, struct people_told *out);

/* A sealed set of all records, and the person of each by its number. */
struct people_set *people_world_set(struct arena *mem, uint64_t seed, uint32_t n_persons, int64_t **person);
/* As two CSV files. */
void people_world_write(struct arena *mem, uint64_t seed, uint32_t n_persons, const char *records, const char *truth);
