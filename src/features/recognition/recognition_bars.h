/*
 * recognition_bars.h - private to recognition: is it good enough, and how sure may we be.
 *
 * Source  the bars that the project set itself for unseen data; intervals by Wilson (1927), 95 %, and for the difference of two
 *         shares by Newcombe (1998), method 10.
 * Pure    no database, no clock.
 */
#pragma once
#include "core/people/people_eval.h"

enum recognition_bar_kind {
    RECOGNITION_PRECISION, /* of the links made without anybody's look: share that is right */
    RECOGNITION_RECALL,    /* of the true ones: share that is made so */
    RECOGNITION_BEST,      /* balance of both (F1) at the best cut */
    RECOGNITION_PERSONS,   /* the same of whole persons */
    RECOGNITION_GAP,       /* of precision between citizenships */
    RECOGNITION_SAID,      /* of pairs said to be 80 to 95 % sure: share that is true */
    RECOGNITION_BARS
};

struct recognition_bar {
    double value, least, most; /* shares; most 1 and least 0 where there is no such bound */
    bool is_known;             /* enough pairs to say */
    bool is_met;
};

void recognition_bars(const struct people_quality *q, struct recognition_bar out[RECOGNITION_BARS]);
int recognition_bars_met(const struct recognition_bar bars[RECOGNITION_BARS], int *out_known);

struct recognition_interval {
    double from, to;
};
/* Of k among n; 0 to 1 when n is 0. */
struct recognition_interval recognition_wilson(uint64_t k, uint64_t n);

/* The citizenships of the largest gap of precision, as places in q->groups, and the interval of the gap. False: fewer than two. */
bool recognition_gap(const struct people_quality *q, int *out_least, int *out_most, struct recognition_interval *out);
