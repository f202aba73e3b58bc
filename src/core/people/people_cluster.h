/*
 * people_cluster.h - who is whom: links put together into persons.
 *
 * Why     plain chaining of links joins a family through one bad record. Two groups are joined when
 *         their best link is strong enough, the pairs between them agree on the whole, and nothing
 *         says that they are two people (two valid codes, or a decision "not the same").
 * Same    for any order of records and of links.
 */
#pragma once
#include "people_score.h"

struct people_apart { /* a person decided: not the same */
    uint32_t a, b;
};

/* Sorts decided pairs, the lower record first in each: what people_clustering wants. */
void people_apart_sort(struct people_apart *list, size_t n);

/* Groups are joined by links that are even or better, of pairs that agree by seven bits on the mean;
 * weaker links count too where links are seen together (people_score_together). */
#define PEOPLE_CLUSTER_CUT 0.0
#define PEOPLE_CLUSTER_EVIDENCE 7.0
#define PEOPLE_TOGETHER_CUT (-4.0)

struct people_clustering {
    const struct people_set *set;
    const struct people_model *model;
    double cut;      /* the weakest link that joins, log2 odds */
    double evidence; /* the least mean evidence of the pairs between two groups, bits without the prior */
    const struct people_apart *apart; /* sorted */
    size_t n_apart;
};

/* cluster[i] is the lowest record of the cluster of record i. Edges as people_score_all gives them. */
void people_cluster(const struct people_clustering *o, const struct people_edges *edges, uint32_t *cluster);

/* The links seen together: two records that meet through others (A is B, B is C) are as sure as the link
 * that brought their groups together, where that is more than the two say alone. Links of groups that
 * may not be joined stay as they are. Sorted as edges are; those of groups were perhaps no candidates. */
void people_score_together(struct arena *mem, const struct people_clustering *o, const struct people_edges *edges, struct people_edges *out);

/* Takes a decided pair apart: the cluster of a and b is put together anew with the links inside it and
 * the pair forbidden (add it to o->apart first). Others are left alone. */
void people_uncluster(const struct people_clustering *o, const struct people_edges *edges, uint32_t a, uint32_t *cluster);
