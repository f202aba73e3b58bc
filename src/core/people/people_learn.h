/*
 * people_learn.h - private to people: what learning looks at.
 */
#pragma once
#include "people_model.h"
#include "people_score.h"

struct people_tally {
    uint64_t pattern;
    /* whole bits by which chance, and a household, explain these values better or worse than any of their levels */
    int16_t unrelated, household;
    uint64_t count;
};

struct people_evidence {
    struct people_tally *rows; /* candidates by pattern */
    size_t n;
    uint64_t n_candidates;
    double any[PEOPLE_COLUMNS][PEOPLE_LEVELS]; /* share of each level among any two records */
    double n_any[PEOPLE_COLUMNS];              /* pairs of the sample where the column is known */
};

/* Of how many candidate pairs one is looked at (people_learn_options.one_of). */
uint32_t people_learn_one_of(const struct people_learn_options *o, uint32_t n_records);
/* With a scorer, how frequent the values are stands beside the pattern, and of very many candidates a part is looked at. */
void people_tally_candidates(struct arena *mem, const struct people_set *set, const struct people_learn_options *o,
                             const struct people_scorer *s, struct people_evidence *e);
void people_sample_any(const struct people_set *set, struct people_evidence *e);
