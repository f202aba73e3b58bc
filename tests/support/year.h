/*
 * year.h - a year of upkeep in a few seconds: bodies of several kinds, the clock moved day by day, mails read
 * from the outbox, links opened, a managing body at the telephone.
 *
 * Kinds   of a hundred bodies 45 answer the first mail, 15 the reminder, 10 only a call, 30 are silent: they
 *         answer no mail ever, and a call as seldom as `silent_reached` says.
 * Start   a catalogue as imports bring it: its entries were confirmed at any time of the last year.
 * Same    the same plan gives the same year.
 */
#pragma once
#include "tests/support/harness.h"

struct year_plan {
    int n_bodies;
    int calls_a_month;  /* that the managing bodies make, all together; on working days */
    int reached;        /* of a hundred calls to a body that answers calls, how many reach somebody */
    int silent_reached; /* the same for a silent one */
    uint32_t seed;
};
struct year_result {
    int n_entries, n_fresh, n_due, n_sunk; /* at the end; fresh: within its rhythm, to the day */
    int n_silent_entries, n_silent_fresh;
    int n_mails, n_most_mails_a_day, n_confirmed;
    int n_calls, n_reached;
    int n_mean_fresh; /* mean over the second half of the year */
};
void year_run(struct harness *h, const struct year_plan *p, struct year_result *out);
