/*
 * traces.h - what is asked leaves nothing: no row in the database, no byte on the disk, no word in the log or the metrics.
 */
#pragma once
#include "tests/support/harness.h"

struct traces {
    struct harness *h;
    char path[32];
    int log;
    int64_t disk, version;
};

/* The log goes to a file from now on. */
void traces_begin(struct traces *t, struct harness *h);
/* The test ends when something was written, or one of the words (NULL after the last) stands in the log or in /metrics. */
void traces_none(struct traces *t, const char *const *words);
