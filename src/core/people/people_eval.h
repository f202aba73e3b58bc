/*
 * people_eval.h - how good links are, where the truth is known.
 *
 * Why     precision comes first: a false "already helped" takes food from a person. It is counted for
 *         each citizenship too, and the gap between them is a figure like any other.
 */
#pragma once
#include "people_cluster.h"

enum { PEOPLE_QUALITY_VERSION = 2, PEOPLE_CURVE = 41, PEOPLE_BINS = 8, PEOPLE_GROUPS = 40, PEOPLE_GROUP_LEAST = 50, PEOPLE_GROUP_GAP = 100 };

struct people_truth {
    int64_t *person; /* by record; -1: not in the truth */
    uint64_t n_true; /* pairs of one person */
};

/* CSV with rec_id, person_id. ST_INVALID, ST_NOT_FOUND: *why. */
enum status people_truth_read(struct arena *mem, const char *file, const struct people_set *set, struct people_truth *out, struct str *why);

struct people_measure {
    uint64_t n_true, n_given, n_right;
    double precision, recall, f1;
};

struct people_group {
    struct str name; /* citizenship of the person; "" not known */
    struct people_measure at_cut;
};

struct people_quality {
    uint64_t n_records, n_candidates, n_reached; /* reached: true pairs among the candidates */
    struct people_measure best, at_even, at_cut, clusters;
    double best_score, cut;
    struct {
        double score, precision, recall;
    } curve[PEOPLE_CURVE]; /* from -10 to 30 bits */
    struct {
        double from, to, stated; /* stated: the mean probability */
        uint64_t n, n_right;
    } bins[PEOPLE_BINS];
    struct people_group groups[PEOPLE_GROUPS];
    int n_groups;
    struct {
        double from;         /* the review cut */
        uint64_t n, n_right; /* pairs between the two cuts: those that a person looks at */
    } queue;
    bool has_queue;
    uint64_t model; /* people_model_mark of the model that was judged; 0: not known */
    double gap; /* people_gap */
};

void people_evaluate(const struct people_set *set, const struct people_truth *truth, const struct people_edges *edges,
                     const uint32_t *cluster, double cut, struct people_quality *out);

/* The pairs from the review cut to the automatic one; people_evaluate first. */
void people_evaluate_queue(const struct people_truth *truth, const struct people_edges *edges, double review, struct people_quality *q);

struct people_measure people_measured(uint64_t n_true, uint64_t n_given, uint64_t n_right);
/* Takes part in the gap: a citizenship that is known, PEOPLE_GROUP_GAP true pairs or more, and some link made. */
bool people_group_counts(const struct people_group *g);
/* The largest difference of precision at the cut between those; 0 when fewer than two. */
double people_gap(const struct people_quality *q);

/* Between which shares the precision may lie: 95 of a hundred (Wilson 1927). With a hundred pairs given and one of them
 * wrong, from 0.945 to 0.998: two groups may differ by three points and be alike. */
void people_measure_interval(const struct people_measure *m, double *low, double *high);
/* The gap that would be seen if every group had one precision, that of all: its mean, and what it passes in
 * five of a hundred. Wrong pairs are taken one by one, though they come by groups: at least so much. */
void people_gap_by_chance(const struct people_quality *q, double *out_mean, double *out_often);

/* As text for a file that the page reads, and back; version 1 had neither queue nor model. A judgement holds counts alone: no
 * group of fewer than PEOPLE_GROUP_LEAST true pairs, no record, no pair. */
void people_quality_write(struct buf *out, const struct people_quality *q);
enum status people_quality_read(struct arena *mem, struct str text, struct people_quality *out, struct people_wrong *wrong);
