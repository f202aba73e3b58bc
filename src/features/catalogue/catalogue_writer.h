/*
 * catalogue_writer.h - private to catalogue: what a writer keeps in mind between two rows.
 *
 * Memory  `mem` is emptied at each row (statements put their rows there); `keep` lives to the end and
 *         holds 8 bytes a row and the names of the comuni met.
 */
#pragma once
#include "features/catalogue/catalogue_write.h"

/* Ids as they come, in chunks: a list that grows would leave its smaller selves behind in the arena. */
enum { SEEN_CHUNK = 1024 };
struct seen_chunk {
    int64_t ids[SEEN_CHUNK];
    struct seen_chunk *before;
};
struct seen {
    struct seen_chunk *last; /* chunks but the last are full */
    int64_t *ids;            /* in one piece: as of catalogue_writer_seen */
    int n, n_ids;
};

struct catalogue_write {
    struct ctx own; /* a copy of the caller's, with mem */
    struct arena *mem, *keep;
    struct str source;
    int64_t change_no;
    bool is_first; /* nothing of this source is known: what is put is new */
    struct seen services, locations, organisations;
    struct area *comuni;      /* by area_id modulo CACHED_COMUNI; area_id 0: empty */
    struct writer_place *places; /* the last locations, by location_id modulo CACHED_PLACES */
    struct secret_street *secrets; /* of the refuges put by this writer */
};

struct secret_street {
    int64_t location_id;
    struct str address;
    struct secret_street *next;
};

struct writer_place {
    int64_t location_id, comune_id;
};

enum { CACHED_COMUNI = 4096, CACHED_PLACES = 1024 };

/* Name and point of an area; name empty when there is none. Lives in w->keep. */
enum status catalogue_writer_area(struct catalogue_write *w, int64_t area_id, struct area *out);
/* The comune of a location; 0: none. */
enum status catalogue_writer_comune(struct catalogue_write *w, int64_t location_id, int64_t *out);
void catalogue_writer_saw(struct catalogue_write *w, struct seen *s, int64_t id);
/* Puts them in one piece, smallest first. */
void catalogue_writer_seen(struct catalogue_write *w, struct seen *s);

/* The street of a refuge goes out of the words of what is given there, should somebody have written it
 * there too: "indirizzo riservato" stands instead. */
void catalogue_writer_note_secret(struct catalogue_write *w, int64_t location_id, struct str address);
/* False: nothing is given at a refuge, nothing was changed. */
bool catalogue_writer_redact(struct catalogue_write *w, struct service *s, struct str *parts, struct str *more);
/* Without that street, however its number is written; the text itself when it is not in it. */
struct str catalogue_redact(struct arena *mem, struct str text, struct str address);

/* The end of a source that was given whole: what was not put again goes. */
enum status catalogue_writer_sweep(struct catalogue_write *w, int64_t *n_gone);

/* A row of catalogue_service for *s: uuid, slug and summary are set. ST_NOT_FOUND: id, code or source
 * id is taken. */
struct service_row {
    const struct service *s;
    struct str code, parts, more;
    int64_t sum, change_no;
    bool is_redacted; /* a secret street was taken out of parts and more: its lists still hold it */
    bool keeps_places_on; /* the number of free places was not said again: s->places_on stays */
};
enum status catalogue_writer_add(struct ctx *c, const struct service_row *r, int64_t *out_id);
enum status catalogue_writer_set(struct ctx *c, int64_t service_id, const struct service_row *r);
enum status catalogue_writer_ats(struct ctx *c, int64_t service_id, const struct service *s);
int64_t catalogue_writer_sum(struct arena *mem, const struct service *s, struct str parts, struct str more);

/* Before a row of the source changes what is there: fields that their body corrected stay, what the source says of
 * them is noted; the others get a row of history. s->ats is a copy afterwards. */
enum status catalogue_writer_keep(struct catalogue_write *w, int64_t service_id, struct service *s, const struct service_row *r);
enum status catalogue_writer_is_gone(struct catalogue_write *w, int64_t service_id, bool *out);
