/*
 * catalogue_alias.h - two entries that are one, entries that change organisation, and what leaves by
 *                     itself when its day is past.
 *
 * Why     two bodies describe one service, two bodies become one: what is shown twice confuses who
 *         seeks help, and what was once a right address must stay one.
 * Joined  what was joined is gone and leads to what is kept: its slug and uuid give that. A source that
 *         brings it again leaves it (catalogue_put_service: PUT_LEFT with the key of the one kept);
 *         when the one kept is gone by its own source, what was joined stands for itself again.
 * Fields  which text of which one is kept is written before, with catalogue_edit.
 */
#pragma once
#include "features/catalogue/catalogue.h"

/* The one it leads to after however many; itself when it was never joined. */
enum status catalogue_kept(struct ctx *c, int64_t service_id, int64_t *out_id);
/* Those joined to it directly, the latest first. */
enum status catalogue_joined_to(struct ctx *c, int64_t kept_id, int64_t **out_ids, int *n_out);
/* (write) ST_CONFLICT with words: the same, a circle, joined already, one of them is gone. */
enum status catalogue_join(struct ctx *c, int64_t merged_id, int64_t kept_id);
/* (write) Stands for itself again, shown. ST_NOT_FOUND: it was not joined. */
enum status catalogue_part(struct ctx *c, int64_t merged_id);

/* ---- whose it is (write) ---- */
/* Keys of all entries, hidden and gone ones too, and of the places of an organisation. */
enum status catalogue_all_of(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out);
enum status catalogue_places_of(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out);
enum status catalogue_move(struct ctx *c, int64_t service_id, int64_t organisation_id);
enum status catalogue_move_place(struct ctx *c, int64_t location_id, int64_t organisation_id);

/* ---- what leaves by itself (write) ---- */
/* The number of free places is said again today, the same. ST_NOT_FOUND: no number is said. */
enum status catalogue_places_said(struct ctx *c, int64_t service_id);
/* Once a day: what has ended since, or is no longer believed, gets a new change number, so that indexes
 * and feeds see it. A clock that was set back brings back what it must. */
enum status catalogue_leave(struct ctx *c);
