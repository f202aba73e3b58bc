/* year_bench.c - the simulated year of upkeep: 2,000 bodies, three of ten silent, and how many calls a month the
 * managing bodies make. The baseline is the same year without a call. Usage: year_bench [BODIES] */
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/macros.h"
#include "base/random.h"
#include "base/text.h"
#include "tests/support/year.h"
#include <stdio.h>
#include <stdlib.h>

static const struct {
    int calls_a_month, silent_reached;
} cases[] = {{0, 0}, {400, 0}, {400, 20}, {800, 20}, {1200, 20}, {300, 40}, {400, 40}, {600, 40}, {800, 40}, {400, 60}};

static double share(int n, int of)
{
    return of == 0 ? 0 : n * 100.0 / of;
}

int main(int argc, char **argv)
{
    const int n_bodies = argc > 1 ? atoi(argv[1]) : 2000;

    clock_init();
    random_init();
    fault_init();
    text_init();
    log_set_level(LOG_ERROR);
    printf("%d bodies; of a hundred 45 answer the first mail, 15 the reminder, 10 a call (60 of 100 calls), 30 no mail\n\n"
           "calls/month  silent reached  fresh at end  mean 2nd half  due   sunk  silent fresh  mails (most/day)  calls  reached  s\n",
           n_bodies);
    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct harness *h = harness_new();
        const struct year_plan p = {.n_bodies = n_bodies,
                                    .calls_a_month = cases[i].calls_a_month * n_bodies / 2000,
                                    .reached = 60,
                                    .silent_reached = cases[i].silent_reached,
                                    .seed = 7};
        const int64_t began_us = clock_mono_us();
        struct year_result r;

        year_run(h, &p, &r);
        printf("%11d  %13d%%  %11.1f%%  %12.1f%%  %4.1f  %4.1f  %11.1f%%  %8d (%4d)  %9d  %7d  %.0f\n", p.calls_a_month,
               p.silent_reached, share(r.n_fresh, r.n_entries), r.n_mean_fresh / 10.0, share(r.n_due, r.n_entries),
               share(r.n_sunk, r.n_entries), share(r.n_silent_fresh, r.n_silent_entries), r.n_mails,
               r.n_most_mails_a_day, r.n_calls, r.n_reached, (double)(clock_mono_us() - began_us) / 1e6);
        fflush(stdout);
        harness_free(h);
    }
    return 0;
}
