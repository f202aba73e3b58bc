/*
 * people_score.h - the probability that two records are one person, and why.
 *
 * Units   log2 odds against "relatives or unrelated": 0 is even, 3.2 is nine in ten, 5 is thirty to one.
 * Same    for (a, b) and (b, a), for any order of records, on any number of threads.
 */
#pragma once
#include "people_model.h"

struct people_scorer;

/* Binds a model to a set: looks up the frequency of every value once. Records may be added to the set
 * afterwards: people_scorer_follow. */
struct people_scorer *people_scorer_new(struct arena *mem, const struct people_set *set, const struct people_model *m);
void people_scorer_follow(struct people_scorer *s);

/* Of a pattern made by people_compare of the same two records. */
double people_score(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern);
/* Bits by which chance, and a household, are likelier for the values of these two than for any values of their levels. */
void people_frequency_bits(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, double *out_unrelated,
                           double *out_household);
double people_probability(double log2_odds);

/* What each column adds, in bits, for the same person against the rest; frequency is in its column. */
struct people_reason {
    int column;
    int level;
    double bits;
    double of_frequency; /* the part of bits that comes from how rare or common the value is */
};
int people_explain(const struct people_scorer *s, uint32_t a, uint32_t b, uint64_t pattern, struct people_reason out[PEOPLE_COLUMNS]);

struct people_edge {
    uint32_t a, b;
    float score;
};

/* Those of n pairs whose score, by people_score, is `least` or more, in the order of the pairs; how many. out: room for n.
 * What cannot reach it is left as soon as that is certain. */
size_t people_score_pairs(const struct people_scorer *s, struct people_comparer *c, const struct people_pair *pairs, size_t n, double least,
                          struct people_edge *out);

struct people_scoring {
    const struct people_set *set;
    const struct people_model *model;
    unsigned char secret[PEOPLE_KEY_BYTES];
    int max_block, n_threads; /* 0: one */
    double least;             /* pairs below are not kept */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t total);
    void *arg;
};

struct people_edges {
    struct people_edge *list; /* by a, then b */
    size_t n;
    uint64_t n_compared;
    struct people_passed_over over;
};

/* All pairs worth comparing. */
void people_score_all(struct arena *mem, const struct people_scoring *o, struct people_edges *out);
