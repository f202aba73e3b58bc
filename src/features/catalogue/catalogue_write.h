/*
 * catalogue_write.h - how services come in: one door for imports, demo, edits and reference data.
 *
 * Why     what comes again updates and never doubles; what is the same is left alone; what is hidden
 *         by the keeper stays so.
 * Use     struct catalogue_write *w;
 *         st = catalogue_write_begin(c, STR("csv:scuole"), &w);   once in a transaction and source
 *         catalogue_put_organisation(w, &o, &id, &change); ... catalogue_put_service(w, &s, &id, &change);
 *         st = catalogue_write_end(w, true, &n_gone);
 * Found   by (source, source_id), then by uuid. PUT_LEFT: another source owns that uuid, or the keeper
 *         has hidden it: nothing was written.
 * Cost    a new service takes two statements, and one for each place; 100,000 of them a few seconds.
 * Memory  one call may use a scratch arena of its own that is reset: nothing grows with the number of
 *         rows but 16 bytes a service.
 */
#pragma once
#include "features/catalogue/catalogue.h"

struct catalogue_write;

/* source: "demo", "hsds:NAME", "csv:NAME", "initiatives", "desk". Needs a write transaction. */
enum status catalogue_write_begin(struct ctx *c, struct str source, struct catalogue_write **out);
/* is_whole: this was all the source has: its services that were not put again are gone, and organisations and
 * locations that nothing speaks of any more. */
enum status catalogue_write_end(struct catalogue_write *w, bool is_whole, int64_t *n_gone);

/* Keys of the source's services that are shown and were not put again so far; good until the end. */
enum status catalogue_write_missing(struct catalogue_write *w, const int64_t **out_ids, int *n_out);

/* `source` of what is given is not read: it is the writer's. Read-only members are not read. An
 * empty uuid is made here. source_id must not be empty. */
enum status catalogue_put_organisation(struct catalogue_write *w, const struct organisation *o,
                                       int64_t *out_id, enum put_change *out_change);
/* is_secret: its addresses, point, names and ways to get there go where nothing reads them; its street goes
 * out of the words of the services put there afterwards ("indirizzo riservato"). Without a point it gets
 * the town's. Before the services that are given there. */
enum status catalogue_put_location(struct catalogue_write *w, const struct location *l,
                                   int64_t *out_id, enum put_change *out_change);
/* With all its parts and places (ats: location_id, description, schedules, parts, uuid). Summary empty:
 * the first sentence of the description. */
enum status catalogue_put_service(struct catalogue_write *w, const struct service *s, int64_t *out_id,
                                  enum put_change *out_change);
enum status catalogue_put_taxonomy(struct catalogue_write *w, const struct taxonomy *t,
                                   enum put_change *out_change);
enum status catalogue_put_term(struct catalogue_write *w, const struct taxonomy_term *t,
                               enum put_change *out_change);

/* What came again the same and is not put: it is there still. */
enum write_kind { WRITE_ORGANISATION, WRITE_LOCATION, WRITE_SERVICE };
void catalogue_write_same(struct catalogue_write *w, enum write_kind kind, int64_t id);

/* Keys by what this source calls them; ST_NOT_FOUND: none. */
enum status catalogue_find_location(struct catalogue_write *w, struct str source_id, int64_t *out_id);

/* ---- by hand, without a writer (write) ---- */
/* Somebody of that body has made sure on that day. ST_INVALID: a day to come. */
enum status catalogue_confirm(struct ctx *c, int64_t service_id, int on, enum confirm_how how,
                              struct str by);
/* Puts back how it was confirmed before; on DAY_NONE: never. For an undo. */
enum status catalogue_unconfirm(struct ctx *c, int64_t service_id, int on, enum confirm_how how, struct str by);
enum status catalogue_set_due(struct ctx *c, int64_t service_id, enum due_state due);
enum status catalogue_set_state(struct ctx *c, int64_t service_id, enum service_state state);
