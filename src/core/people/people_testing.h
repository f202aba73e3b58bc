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

/* How a population differs from the usual one; all zero is the usual one. Shares are of a hundred. */
struct people_variant {
    const char *name;
    int foreigners;   /* of households; 0: 48 */
    int codes, contacts; /* of what the desks otherwise ask for; 0: 100 */
    int slips;        /* of the usual ones, 200 is twice; 0: 100 */
    int exchanged;    /* foreigners whose given name and surname are exchanged; 0: 5 */
    int romanised;    /* foreigners' names written another way at this desk */
    int homeless;     /* households of one, at the town hall's address */
    int twins;        /* of children with an elder one */
    int namesakes;    /* children with the name of the head of the household */
    int married;      /* women with the surname of the first of the household, beside or in place of theirs */
    int many_names;   /* persons whose names are put together freely: fewer homonyms */
    int moved;        /* records with another address and town than the household's */
};

struct people_world *people_world_new(struct arena *mem, uint64_t seed, uint32_t n_persons);
struct people_world *people_world_of(struct arena *mem, uint64_t seed, uint32_t n_persons, const struct people_variant *v);

struct people_told {
    struct people_raw raw; /* text lives until the next call */
    uint32_t person, household;
};

/* The next record; false when every person has been written down (one to five times each). */
bool people_world_next(struct people_world *w, struct people_told *out);

/* A sealed set of all records, and the person of each by its number. */
struct people_set *people_world_set(struct arena *mem, uint64_t seed, uint32_t n_persons, int64_t **person);
struct people_set *people_variant_set(struct arena *mem, uint64_t seed, uint32_t n_persons, const struct people_variant *v, int64_t **person);
/* As two CSV files. */
void people_world_write(struct arena *mem, uint64_t seed, uint32_t n_persons, const char *records, const char *truth);
