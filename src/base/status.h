/*
 * status.h - what the world did, as one small number that travels up.
 *
 * Why     three kinds of trouble are never mixed (STYLE.md section 6): what the person can
 *         fix is a problem (problems.h), what the world did is a status (here), what we got
 *         wrong is a bug() (log.h) and ends the worker.
 * Pure    no memory, no database, no clock.
 */
#pragma once

enum status {
    ST_OK = 0,
    ST_INVALID,     /* the person can fix it: the problems say where and how */
    ST_NOT_FOUND,   /* no such thing, or none that this actor may know of */
    ST_DENIED,      /* the actor may not do this */
    ST_CONFLICT,    /* somebody changed it meanwhile, or it is done already */
    ST_TOO_LARGE,   /* more than the limit that the settings table names */
    ST_BUSY,        /* too much at once: try again shortly */
    ST_TIMEOUT,     /* it took longer than its limit */
    ST_UNAVAILABLE, /* the database, the disk or the network failed; nothing was changed */
    ST_GONE,        /* there was one under that name and it will not come back */
    ST_COUNT
};

/* A short fixed English name ("not-found") for logs and for problem documents. */
const char *status_name(enum status st);
