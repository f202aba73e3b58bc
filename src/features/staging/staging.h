/*
 * staging.h - what comes in waits here, read and checked, until all of it is there; then it is taken at once.
 *
 * Why     a list of a million rows must not stop everybody else for minutes, must not be half taken when the
 *         machine dies, and must not begin again from nothing. What was the same last time is not written.
 * Use     staging_open; for each entry that was read staging_put_...; staging_mark where reading could go on
 *         from; staging_seal at the end; staging_take; staging_close. Between them no transaction is held:
 *         blocks of 256 KB are written as they fill up, each with the place it stands for.
 * Killed  while reading: staging_open with the same identity finds what was read and staging_at tells where to
 *         go on; with another identity it is dropped. While taking: nothing was taken, all of it waits.
 *         One transaction takes everything, so others see all or nothing.
 * Again   of each entry taken a sum is kept (25 bytes): one that comes again the same is neither staged nor put.
 * Refs    what a put gives in *out_ref stands for the key that the entry will have: a service names its
 *         organisation and locations by it. A key of the catalogue itself is named by its negative.
 * Two     readers of one source at a time: the second gets ST_CONFLICT and nothing is harmed.
 * Memory  16 to 48 bytes for each entry known or met, until staging_close.
 */
#pragma once
#include "features/catalogue/catalogue_write.h"
#include "store/db.h"

struct staging;

enum staging_kind {
    STAGED_ORGANISATION = 1,
    STAGED_LOCATION,
    STAGED_SERVICE,
    STAGED_TAXONOMY,
    STAGED_TERM,
    STAGED_NOTE /* words of the reader to itself */
};

struct staging_ask {
    struct db *db;
    struct str source;   /* "hsds:NAME" */
    struct str identity; /* of what is read: another file, another time is another identity */
    /* What was read before the program died, in its order, before staging_open returns. */
    void (*met)(void *arg, enum staging_kind kind, struct str id, int64_t ref, int64_t row);
    void *arg;
};
enum status staging_open(struct arena *mem, const struct staging_ask *a, struct staging **out);
/* Entries of the source that were read and are not to be read again; 0: none. */
int64_t staging_at(const struct staging *s);
struct str staging_page(const struct staging *s); /* what was given to the last mark */
bool staging_is_sealed(const struct staging *s);  /* all was read: staging_take is next */
bool staging_is_whole(const struct staging *s);   /* as sealed */
struct staging_tally {
    int64_t n_read, n_refused;
};
struct staging_tally staging_tally(const struct staging *s); /* as marked last */

/* source_id must not be empty; each id once in a run. row: of the file, for words. */
enum status staging_put_organisation(struct staging *s, const struct organisation *o, int64_t row, int64_t *out_ref);
enum status staging_put_location(struct staging *s, const struct location *l, int64_t row, int64_t *out_ref);
enum status staging_put_service(struct staging *s, const struct service *v, int64_t row);
enum status staging_put_taxonomy(struct staging *s, const struct taxonomy *t, int64_t row);
enum status staging_put_term(struct staging *s, const struct taxonomy_term *t, int64_t row);
enum status staging_note(struct staging *s, struct str id, int64_t row);
/* The source says that this service is no longer there (a list of what changed, not of all there is). */
enum status staging_put_gone(struct staging *s, struct str service_source_id);

/* `at` entries are read, and all that they said was put. Written when a block is full. */
enum status staging_mark(struct staging *s, int64_t at, struct str page, struct staging_tally tally);
/* Nothing more comes. is_whole: all that the source has. */
enum status staging_seal(struct staging *s, bool is_whole, struct staging_tally tally);

struct staging_counts {
    int64_t n_added, n_changed, n_same, n_left;
};
struct staging_taken {
    struct staging_counts services, organisations, locations;
    int64_t n_missing; /* of a whole source: services it no longer has */
    int64_t n_gone;    /* of those, and of those it called gone: taken away now */
};
struct staging_take {
    bool hides_gone;
    /* Told within the transaction, which may run twice; NULL: not. What a put left alone; services missing. */
    void (*left)(void *arg, enum staging_kind kind, struct str name);
    enum status (*missing)(void *arg, struct ctx *c, const int64_t *ids, int n);
    void *arg;
};
/* One transaction; afterwards the run is no more. */
enum status staging_take(struct staging *s, const struct staging_take *t, struct staging_taken *out);
/* keep: an unfinished run waits for the next reader; else it is dropped. NULL is fine. */
void staging_close(struct staging *s, bool keep);
