/*
 * feature.h - what a slice (core or feature) gives to the program, in one table.
 *
 * A slice NAME defines `const struct feature NAME_feature` in NAME_feature.c and stands as one
 * line in src/app/features.c. Taking the folder and the line away leaves a program that works.
 */
#pragma once
#include "store/ctx.h"
#include "store/db.h"
#include "store/migrate.h"
#include "web/outside.h"
#include "web/web.h"
#include <stdatomic.h>

struct import_run {
    const char *file;  /* path given by the administrator: a file, or a folder if the kind takes one */
    const char *asked; /* the same as it was typed: an address, when the file was fetched; NULL: the path */
    const char *const *options; /* given ones of the importer's options, in its order: NULL when left
                                   out, "" for a mark without value; NULL: there are none */
    bool is_dry_run;   /* say what would change, change nothing */
    struct ctx *c;     /* c->tx is the one transaction; problems name refused rows */
    struct db *db;     /* set: no transaction is open, a staged importer reads and then takes all at once */
    int64_t n_read, n_added, n_changed, n_same, n_refused, n_gone;
    void (*progress)(struct import_run *run, int64_t done, int64_t total); /* never NULL */
    void (*say)(struct import_run *run, struct str line); /* one line for the administrator */
    void (*refused)(struct import_run *run, const struct problem *p); /* as it is found; NULL: at the end */
    void (*noticed)(struct import_run *run, const struct problem *p); /* in the place of say; may be NULL */
    bool checks_only;  /* nothing is put anywhere: what is wrong is told */
    void *ui;
};

/* ST_OK commits (unless dry). ST_INVALID: refused, nothing changed; the problems say why. */
typedef enum status (*import_fn)(struct import_run *run);

enum { IMPORT_MAX_OPTIONS = 8 };

struct import_option {
    const char *name; /* "--mapping"; NULL ends the list */
    bool has_value;   /* a word follows */
    bool is_required;
};

struct importer {
    const char *kind; /* "boundaries" in: wecare import boundaries FILE */
    const char *help; /* what the file is, where to get it, what is done with it */
    import_fn run;
    const struct import_option *options; /* beside --dry-run; NULL: none */
    bool is_staged; /* runs without a transaction, import_run.db set, unless it is a dry run */
};

struct command {
    const char *name; /* "notes" in: wecare notes */
    const char *help;
    /* argv after the name; returns the exit code: 0 done, 1 refused, 2 wrong use. */
    int (*run)(struct db *d, int argc, char **argv);
    bool without_db; /* works on files alone: no database is opened, d is NULL */
    /* In the place of run, for one that must know the settings of the world outside. */
    int (*run_outside)(struct db *d, const struct outside *o, int argc, char **argv);
};

/* One job at work (core/jobs). The handler has the database and no transaction: what is slow, the
 * network above all, happens between its own short ones (jobs_read, jobs_write). It may be run a
 * second time after a crash, so doing it twice must do no harm. */
struct job_run {
    struct db *db;
    const struct outside *outside;
    struct arena *mem; /* gone when the job has ended */
    struct str key;    /* which one of its kind: the name of a feed */
    int n_tries;       /* 1: the first since it last went well */
    int64_t now_ms;    /* when it was taken */
    int64_t again_at;  /* out: run it again at that instant; 0: it is done, or see every_s */
    struct str why;    /* out, when not ST_OK: one English sentence for the keeper */
    const atomic_bool *stop; /* ask jobs_must_stop */
    int64_t job_id, lease, fixed_ms; /* of core/jobs */
};

/* ST_OK: done. ST_BUSY: not now, at again_at; nothing has failed. Else it is tried again after
 * pauses that grow from one minute to six hours; again_at, when set, says when instead. */
typedef enum status (*job_fn)(struct job_run *run);

struct job_kind {
    const char *name; /* "feeds.pull": the slice and what is done */
    job_fn run;
    int every_s; /* one with an empty key runs by itself that often, from the start on; 0: when added */
};

struct feature {
    const char *name;
    const struct route *routes;
    int n_routes;
    const struct menu_entry *menu;
    int n_menu;
    const struct migration *migrations; /* made by tools/sqlc: NAME_migrations */
    int n_migrations;
    const struct importer *importers;
    int n_importers;
    const struct command *commands;
    int n_commands;
    /* Loads the slice's reference data (bodies of law and territory) from the built-in tables:
     * the same twice gives the same. NULL: none. Called in the order of features.c. */
    enum status (*load_reference)(struct ctx *c);
    /* Loads invented data for the demo territory, marked as such. NULL: none. */
    enum status (*load_demo)(struct ctx *c);
    /* What there is to say once the demo stands (addresses to try), a line at a time, in a write
     * transaction after all of load_demo. NULL: nothing. */
    enum status (*say_demo)(struct ctx *c, const struct outside *o, struct buf *said);
    /* At each start of the portal and once a day, in a write transaction: retention. NULL: none. */
    enum status (*daily)(struct ctx *c);
    /* Work done later, in the background (core/jobs/jobs.h). */
    const struct job_kind *jobs;
    int n_jobs;
};
