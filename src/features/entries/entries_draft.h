/*
 * entries_draft.h - private to entries: what was typed and not saved, kept on the server.
 *
 * Why     a telephone rings in the middle of a form, a key ends, a power cut: nothing typed is lost.
 * Kept    one for each key and entry, for DRAFT_DAYS days, then it goes by itself. Who holds another key of the same organisation
 *         sees it too: a new key finds what the old one left.
 */
#pragma once
#include "features/catalogue/catalogue_edit.h"

enum { DRAFT_DAYS = 30 };
enum { DRAFT_NEW = 0, DRAFT_PASTE = -1 }; /* service_id of what is no entry yet */

struct draft_field {
    enum edit_field field;
    struct str text;
    struct str was; /* as in the form: 16 hexadecimal digits; may be empty */
};
struct draft {
    int64_t draft_id, link_id, saved_at_ms;
    struct draft_field *fields;
    int n;
    struct str paste; /* of DRAFT_PASTE: the text of the box */
};
struct draft_of {
    int64_t organisation_id, link_id, service_id;
};
enum status draft_save(struct ctx *c, const struct draft_of *of, const struct draft *d); /* (write) */
/* The newest of that entry; the holder's own first. ST_NOT_FOUND: none. */
enum status draft_find(struct ctx *c, const struct draft_of *of, struct draft *out);
enum status draft_drop(struct ctx *c, const struct draft_of *of); /* (write) */
enum status draft_drop_one(struct ctx *c, int64_t organisation_id, int64_t draft_id); /* (write) */
/* Keys of entries with a draft; may repeat. */
enum status draft_entries(struct ctx *c, int64_t organisation_id, int64_t **out_ids, int *n_out);
enum status draft_sweep(struct ctx *c); /* (write) */
