/*
 * works.h - the threads that run jobs (core/jobs/jobs.h) while the portal is served.
 *
 * How     a few threads, so that a feed of many minutes does not hold up the mail. Each looks every two
 *         seconds for a job that is due, and runs jobs until none is.
 */
#pragma once
#include "core/jobs/jobs.h"

struct works;

enum { WORKS_THREADS = 2 };

/* hands->stop is set here. ST_UNAVAILABLE: the system gives no thread. */
enum status works_start(struct arena *mem, const struct jobs_hands *hands, struct works **out);
void works_stop(struct works *w); /* tells the jobs at work, and waits for them; NULL is fine */
