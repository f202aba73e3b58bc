/* jobs_command.c - `wecare jobs`: what is planned, what is at work, what went wrong. */
#include "base/buf.h"
#include "base/date.h"
#include "core/jobs/jobs.h"
#include "core/jobs/jobs_feature.h"
#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

const char jobs_help[] =
    "wecare jobs                       what runs in the background: when, and what went wrong\n"
    "\n"
    "The running portal does the work by itself (mails, feeds, daily rounds). A job that failed is\n"
    "tried again after pauses that grow; its last reason stands beside it.\n";

struct listing {
    struct jobs_row *rows;
    int n;
};

static enum status list(struct ctx *c, void *arg)
{
    struct listing *l = arg;

    return jobs_list(c, &l->rows, &l->n);
}

static void say(struct arena *mem, const struct jobs_row *r)
{
    const struct str at = instant_iso(mem, r->run_at);

    printf("%-24.*s %-20.*s %s", (int)r->name.n, r->name.p, (int)r->key.n, r->key.p,
           r->is_at_work ? "at work now" : at.p);
    if (r->last_error.n > 0)
        printf("  after %d failed: %.*s", r->n_tries, (int)r->last_error.n, r->last_error.p);
    putchar('\n');
}

int jobs_command(struct db *d, int argc, char **argv)
{
    struct job_run run = {.db = d, .mem = arena_new(0)};
    struct listing l = {0};
    int code = EXIT_DONE;

    (void)argv;
    if (argc > 0) {
        fputs(jobs_help, stderr);
        code = EXIT_USAGE;
    } else if (jobs_read(&run, list, &l) != ST_OK) {
        fputs("The database cannot be read.\n", stderr);
        code = EXIT_REFUSED;
    } else if (l.n == 0) {
        puts("Nothing is planned: the portal plans its work when it starts.");
    }
    for (int i = 0; i < l.n; i++)
        say(run.mem, &l.rows[i]);
    arena_free(run.mem);
    return code;
}
