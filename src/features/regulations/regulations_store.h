/*
 * regulations_store.h - private to regulations: the only door to its tables.
 */
#pragma once
#include "regulations.h"

enum regulations_how { REGULATIONS_BY_FORM, REGULATIONS_BY_TEXT, REGULATIONS_BY_UNDO, REGULATIONS_BY_DEMO };

/* One text that a regulation had. */
struct regulations_version {
    int version, of_version; /* of_version: the one an undo brought back; 0: none */
    struct str title, text;
    int from, to;
    bool is_open, is_invented;
    enum regulations_how how;
    int64_t changed_at;
};

enum status regulations_store_list(struct ctx *c, enum regulation_kind kind, int64_t organisation_id, struct regulation **out,
                                   int *n_out);
/* Also one that was taken back: *out_is_open. */
enum status regulations_store_get(struct ctx *c, struct str slug, struct regulation *out, bool *out_is_open);
enum status regulations_store_versions(struct ctx *c, int64_t regulation_id, struct regulations_version **out, int *n_out);
/* Key of the one a set of the demo made; 0: none. */
enum status regulations_store_of_source(struct ctx *c, struct str source_key, int64_t *out_id);
/* (write) Without any text yet. ST_CONFLICT: the slug is taken. */
enum status regulations_store_add(struct ctx *c, const struct regulation *r, struct str source_key, int64_t *out_id);
/* (write) v->version: the number that is in force now; the next is written. ST_CONFLICT: it is another one by now. */
enum status regulations_store_step(struct ctx *c, int64_t regulation_id, const struct regulations_version *v);
