/* twins_job.c - the look of every hour, a piece at a time: others write in between. */
#include "core/jobs/jobs.h"
#include "twins.h"
#include "twins_feature.h"

enum { PIECE = 20 };

static enum status piece(struct ctx *c, void *arg)
{
    return twins_look(c, PIECE, arg);
}

enum status twins_look_job(struct job_run *run)
{
    struct twins_report report = {0};
    enum status st;

    do {
        st = jobs_write(run, piece, &report);
        if (st == ST_OK && !report.is_whole)
            st = jobs_must_stop(run) ? ST_BUSY : jobs_hold(run);
    } while (st == ST_OK && !report.is_whole);
    return st;
}
