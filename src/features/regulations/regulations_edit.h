/*
 * regulations_edit.h - private to regulations: a text is saved when it is right, and any earlier one can come back.
 */
#pragma once
#include "regulations_store.h"

/* Read, with its amount, a first day, and its own examples passed. ST_INVALID: *error says where (line 0: the whole) and why. */
enum status regulations_check(struct ctx *c, enum regulation_kind kind, struct str text, const struct rules **out,
                              struct rules_error *error);

struct regulations_put {
    struct str slug;         /* empty: a new one of organisation_id and kind */
    int64_t organisation_id;
    enum regulation_kind kind;
    struct str text;
    int version;             /* the one that was on the page when the writing began; 0 of a new one */
    bool is_invented;
    enum regulations_how how;
    struct str source_key;   /* of the demo; else empty */
};
/* (write) ST_INVALID: *error. ST_CONFLICT: somebody saved meanwhile. ST_DENIED: not theirs. */
enum status regulations_put(struct ctx *c, const struct regulations_put *p, struct str *out_slug, struct rules_error *error);

/* (write) The text of an earlier version is in force again, as a further version; to 0: it is taken back altogether.
 * version: the one that was on the page. ST_CONFLICT: another is in force by now. ST_NOT_FOUND: no such version. */
enum status regulations_undo(struct ctx *c, struct str slug, int version, int to);

/* All texts it had, the newest first. */
enum status regulations_history(struct ctx *c, int64_t regulation_id, struct regulations_version **out, int *n_out);
