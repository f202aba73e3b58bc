/*
 * people_overlap.h - the same help given twice: two services of one kind to one person, by two bodies, within some days.
 *
 * Why     bodies that do not know of each other help the same person with the same thing. It is told for coordination; nothing
 *         is refused by it.
 * In      events by CSV: event_id, rec_id, service, date (2026-01-31) and body, or their names in Italian; without a column of
 *         bodies the body of the record counts. Persons are the clusters of people_cluster.h.
 * Wrong   a row that is not fit (a record that is not there, no day, an event twice) is named by its line and left out.
 * Limits  PEOPLE_MOST_EVENTS rows, PEOPLE_MOST_OVERLAPS pairs.
 */
#pragma once
#include "base/buf.h"
#include "people_read.h"

enum { PEOPLE_MOST_EVENTS = 10000000, PEOPLE_MOST_OVERLAPS = 5000000, PEOPLE_OVERLAP_DAYS = 30 };

struct people_overlap {
    struct str a, b; /* identifiers of events, a before b by bytes */
    struct str service;
};

struct people_overlap_options {
    const struct people_set *set;
    const uint32_t *cluster; /* of each record */
    int days;                /* at most between the two */
    struct str except;       /* services that do not count, parted by commas */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t total);
    void (*refuse)(void *arg, struct people_refused r);
    void *arg;
};

struct people_overlaps {
    struct people_overlap *list; /* by a, then b, whatever the order of the rows */
    size_t n;
    int64_t n_events, n_refused;
};

/* ST_NOT_FOUND, ST_INVALID, ST_TOO_LARGE: *why. */
enum status people_overlaps_find(struct arena *mem, const char *file, const struct people_overlap_options *o, struct people_overlaps *out,
                                 struct str *why);
/* event_a,event_b,service */
void people_overlaps_write(struct buf *b, const struct people_overlaps *o);

struct people_overlap_quality {
    uint64_t n_true, n_given, n_right;
    double precision, recall, f1;
};
/* Against pairs that are known: event_a,event_b. */
enum status people_overlaps_judge(struct arena *mem, const char *truth, const struct people_overlaps *o, struct people_overlap_quality *q,
                                  struct str *why);
