/*
 * daily.h - what the program does by itself once a day and at each start: retention.
 *
 * Why     a promise to delete after so many days must not wait for somebody to come by.
 * How     one thread; at the start and then when the day changes (it looks every few minutes) each
 *         slice's daily work runs as one write job. A failure is logged and tried again at the next
 *         look; it never stops the portal.
 */
#pragma once
#include "base/status.h"
#include "store/db.h"
#include "web/feature.h"

struct daily;

/* ST_UNAVAILABLE: the system gives no thread. */
enum status daily_start(struct arena *mem, struct db *d, const struct feature *const *features, int n_features,
                        struct daily **out);
void daily_stop(struct daily *y); /* waits for the work at hand; NULL is fine */

/* The work itself, now: for tests. */
enum status daily_run(struct db *d, const struct feature *const *features, int n_features);
