/*
 * metrics.h - how it goes, in numbers: requests by row and code, times, who waits, who was
 * refused. No address, no word of anybody.
 *
 * Threads counters are atomic; each may be a little ahead of another.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include <stdatomic.h>
#include <stdint.h>

enum { METRICS_ASSETS = -1, METRICS_OWN = -2, METRICS_NOWHERE = -3, METRICS_REFUSED = -4 };

struct metrics;
struct router;

struct metrics *metrics_new(struct arena *mem, const struct router *r);

/* One answer sent. place: index of a row or one of the above. */
void metrics_count(struct metrics *m, int place, int code, int64_t us);
void metrics_refused(struct metrics *m, int guard_reason);

enum metrics_gauge {
    GAUGE_CONNECTIONS,
    GAUGE_AT_WORK,
    GAUGE_WAITING,
    GAUGE_BODY_BYTES,
    GAUGE_COUNT
};
int64_t metrics_add(struct metrics *m, enum metrics_gauge g, int64_t change); /* the new value */
int64_t metrics_value(const struct metrics *m, enum metrics_gauge g);

enum metrics_event {
    EVENT_TURNED_AWAY,
    EVENT_TOO_SLOW,
    EVENT_OUT_OF_MEMORY,
    EVENT_KEPT_FOUND,
    EVENT_KEPT_MISSED,
    EVENT_COUNT
};
void metrics_event(struct metrics *m, enum metrics_event e);

/* Text for Prometheus (exposition format 0.0.4). */
void metrics_write(const struct metrics *m, struct buf *out);
/* The path of a row, or "assets", "own", "nowhere", "refused". */
const char *metrics_place_name(const struct metrics *m, int place);
