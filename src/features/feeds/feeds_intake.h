/*
 * feeds_intake.h - private: the way into the catalogue that every importer of services takes.
 *
 * Whole   a refused row is named with its reason and nothing is changed, unless --skip-refused: then all
 *         others come in. A notice is said and changes nothing about what comes in.
 * Again   what comes again is found by its source and id: brought up to date, never doubled. The same id
 *         twice in one list is a refused row.
 * Gone    what the source no longer has is counted and said; --hide-gone hides it.
 * Staged  with run->db what is read waits in staging.h until all of it is there, and goes on where it stood
 *         when the program died; without, all is put at once in the caller's transaction (dry runs, tests,
 *         invented data).
 * Memory  in->row is emptied after each entry (feeds_next_row); what is met is remembered in 16 to 32 bytes.
 */
#pragma once
#include "feeds_places.h"
#include "feeds_seen.h"
#include "features/needs/needs.h"
#include "features/catalogue/catalogue_write.h"
#include "features/staging/staging.h"
#include "web/feature.h"

enum { FEEDS_SKIP_REFUSED, FEEDS_HIDE_GONE, FEEDS_OWN_OPTION }; /* places in run->options */
#define FEEDS_OPTIONS {"--skip-refused"}, {"--hide-gone"}

enum { FEEDS_MAX_REFUSED = 100000, FEEDS_MAX_NOTICES = 50 };

struct feeds_counts {
    int64_t n_added, n_changed, n_same, n_left;
};

struct feeds_intake {
    struct import_run *run;
    struct ctx *c;
    struct str source;
    bool is_old;        /* entries of HSDS 1.1 or 2.0 were met */
    struct arena *keep; /* of the whole import */
    struct arena *row;  /* of one entry; c->mem while it is read */
    struct catalogue_write *w; /* NULL: staged */
    struct staging *staging;   /* NULL: put at once */
    struct db_tx *looks;       /* staged: what places and bodies are asked in */
    struct feeds_places *places;
    const struct needs *needs;
    struct feeds_seen *services;      /* id -> row where it was met */
    struct feeds_seen *organisations; /* id -> its key in the catalogue */
    struct feeds_seen *locations;
    struct feeds_seen *top;       /* organisations, places, taxonomies that are entries of their own: id -> row */
    int64_t n_entries, n_skipped; /* entries begun; those that a reader before has read */
    struct feeds_counts of_services, of_organisations, of_locations;
    bool skips_refused, hides_gone;
    int64_t row_no;       /* of the file, as the administrator sees it */
    struct str table;     /* "phones.csv: " before the field; empty: one file only */
    int64_t n_refused;    /* rows */
    int64_t n_notices;
    bool is_row_refused;
    enum status st; /* what the database said; not ST_OK ends the reading */
};

/* ST_OK: *out is to be closed whatever happens. identity: of the file (feeds_identity); for staging alone. */
enum status feeds_intake_open(struct import_run *run, struct str source, struct str identity, struct feeds_intake **out);
/* Size, time and ends of a file or of all files of a folder, with the options given: the same file again. */
struct str feeds_identity(const struct import_run *run, const char *more);
/* An entry begins: true when it was read by a reader that died, and is to be passed over. */
bool feeds_was_read(struct feeds_intake *in);
/* All that was read so far stands by itself: reading could go on from here. */
void feeds_mark(struct feeds_intake *in);
/* All was read by a reader that died before it was taken: only feeds_intake_end is left. */
bool feeds_is_read(const struct feeds_intake *in);
/* Ends the import: ST_INVALID when rows were refused and that counts. is_whole: the file says all that its
 * source has, so what it does not name is gone. */
enum status feeds_intake_end(struct feeds_intake *in, bool is_whole);
void feeds_intake_close(struct feeds_intake *in);

/* The next entry begins. */
void feeds_next_row(struct feeds_intake *in, int64_t row_no);
/* What is wrong with this entry, so that it cannot come in. field and value are copied. */
void feeds_refuse(struct feeds_intake *in, struct str field, const char *key, struct str value);
/* What the administrator should know of it. */
void feeds_notice(struct feeds_intake *in, struct str field, const char *key, struct str value);
/* False: refused, or the database failed: leave it. */
bool feeds_may_put(const struct feeds_intake *in);
/* False: enough was refused, or the database failed: stop reading. */
bool feeds_goes_on(const struct feeds_intake *in);

/* One that was put before in this import is left alone. *out_id is its key. */
void feeds_put_organisation(struct feeds_intake *in, const struct organisation *o, int64_t *out_id);
void feeds_put_location(struct feeds_intake *in, const struct location *l, int64_t *out_id);
void feeds_put_service(struct feeds_intake *in, const struct service *s);
void feeds_put_taxonomy(struct feeds_intake *in, const struct taxonomy *t);
void feeds_put_term(struct feeds_intake *in, const struct taxonomy_term *t);
/* The source says that this service is no more (a list of changes). */
void feeds_put_gone(struct feeds_intake *in, struct str source_id);
/* The organisation of a key of the catalogue, as a service refers to it. */
int64_t feeds_ref_of_key(const struct feeds_intake *in, int64_t organisation_id);

/* Short name of a source made from a file's name or the host of an address: "dati/Scuole 2024.csv" ->
 * "scuole-2024", "https://welfare.example/api/services" -> "welfare-example". */
struct str feeds_source_of_file(struct arena *mem, const char *file);
