/*
 * publish_export.h - any result of the catalogue, however long: for files and feeds.
 *
 * Query   that of the results page (/trova): cosa, bisogno, dove, km and the filters; what it shows
 * is what the file holds, in the same order, pages aside. Besides: `ente` (slug of an organisation) and
 * `distretto` (slug of a district). Without any: all services, by key.
 * Memory  16 bytes a service while it is sent; texts a block at a time.
 * Kept    who asks again what has not changed gets 304: see publish_has_same.
 */
#pragma once
#include "features/publish/publish_api_put.h"

struct export;

/* Reads the query. ST_INVALID: problems say what is wrong in it. */
enum status publish_select(struct web *w, struct export **out);
int publish_n(const struct export *x);
/* Only the `most` that changed last, the latest first. */
enum status publish_latest(struct ctx *c, struct export *x, int most);
/* The next block, in c->mem; *n_out may be 0 before the end, when some were hidden meanwhile. */
enum status publish_next(struct ctx *c, struct export *x, struct service **out, int *n_out);
bool publish_is_done(const struct export *x);
/* When the catalogue changed last: UTC milliseconds, 0: it is empty. */
enum status publish_changed_at(struct ctx *c, int64_t *out_ms);
/* True: who asks has this already; the handler returns ST_OK. `with` is whatever else the answer depends
 * on (the type that was chosen); may be empty. Needs the query to be read. */
enum status publish_has_same(struct web *w, const struct export *x, struct str with, bool *out_is_same);

/* ---- a file of it, piece by piece ---- */

/* Writes what stands before the first entry, then each service, then the end. */
struct export_format {
    const char *type, *file_name; /* file_name NULL: shown, not saved */
    void (*begin)(struct api_out *o);
    void (*put)(struct api_out *o, const struct service *s, bool is_first);
    void (*end)(struct api_out *o);
};

/* The whole answer: reads the query, then goes on piece by piece. */
enum status publish_export(struct web *w, const struct export_format *format);
/* The same of what was selected already. */
enum status publish_export_of(struct web *w, struct export *x, const struct export_format *format);

/* The place of a service where it is given, in one line: "Via Roma 1, 10015 Ivrea (TO)"; of a
 * secret one its comune, with the words that say so. */
struct str publish_address_line(struct ctx *c, const struct location *l);
