/* people_scale.h - the watch that both halves of people_scale look at. */
#pragma once
#include "core/people/people_model.h"

struct watch {
    double cpu, wall; /* seconds */
};

struct watch watch_start(void);
void watch_say(const struct watch *from, const char *what);

/* The index of all records in the database that WECARE_TEST_STORE says, and checks against it. */
void people_scale_desk(struct people_set *set, const struct people_model *m, uint32_t n_persons);

/* The baseline, in a new file. */
void people_scale_sql(const struct people_set *set, const char *file);
