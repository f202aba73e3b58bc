/*
 * catalogue_history.h - what changed in an entry, when and by which body; undo; what feeds say differently.
 *
 * Why     "who wrote this, and can it go back?" is asked of every catalogue kept by many hands.
 * Rows    one for each field that changed, by hand or by a feed; never the name of a person. An undo is
 *         another row: nothing is ever taken out.
 * Owner   a field corrected by hand stays the body's: what a feed brings instead is a conflict row, open
 *         until the body keeps its own or takes the other.
 */
#pragma once
#include "features/catalogue/catalogue_edit.h"

struct history_row {
    int64_t history_id, service_id, organisation_id, change_no;
    enum edit_field field;
    struct str was, now;
    enum edit_how how;
    struct str by, batch;
    int64_t at_ms;
    int64_t undoes;  /* history_id of the row this one undid; 0: none */
    bool is_undone;  /* some later row undid it */
    bool was_owned;  /* it was its body's own before too */
    struct str slug, service_name; /* of the entry as it is called now */
};

/* Newest first, before history_id `before` (0: from the newest), at most limit. */
struct history_read {
    int64_t service_id;      /* 0: all entries of organisation_id */
    int64_t organisation_id;
    struct str batch;        /* empty: all */
    int64_t before;
    int limit;
};
enum status catalogue_history(struct ctx *c, const struct history_read *r, struct history_row **out, int *n_out);
enum status catalogue_history_row(struct ctx *c, int64_t history_id, struct history_row *out);

/* Puts back what the field read before (write). ST_CONFLICT with words: it was changed again since; nothing is
 * done. ST_NOT_FOUND: no such row. */
enum status catalogue_undo(struct ctx *c, int64_t history_id, const struct edit_who *who);
/* All rows of a batch of one organisation (write): entries it made are gone again. Those changed since are
 * left; *n_left says how many. */
struct undo_batch {
    int64_t organisation_id;
    struct str batch;
};
enum status catalogue_undo_batch(struct ctx *c, const struct undo_batch *b, const struct edit_who *who, int *n_undone,
                                 int *n_left);

/* A row as another portal kept it, with its instant (write); one that is there already is given back. */
enum status catalogue_history_take(struct ctx *c, const struct history_row *r, int64_t *out_id);

/* ---- whose a field is ---- */
struct field_owner {
    int64_t service_id;
    enum edit_field field;
    struct str source; /* name of the body */
    int64_t at_ms;
};
enum status catalogue_owners(struct ctx *c, int64_t service_id, struct field_owner **out, int *n_out);
/* A field is that body's since then (write). */
enum status catalogue_owner_take(struct ctx *c, const struct field_owner *o);

/* ---- what somebody else says of a field ---- */
struct field_conflict {
    int64_t conflict_id, service_id, organisation_id;
    enum edit_field field;
    struct str ours, theirs;
    struct str source; /* "hsds:...", or the body of the second editor when is_editor */
    bool is_editor;
    int64_t at_ms, settled_at_ms; /* settled 0: open */
    struct str slug, service_name;
};
struct conflict_read {
    int64_t organisation_id; /* 0: of all */
    int64_t service_id;      /* 0: of all */
    bool with_settled;
    int64_t before;          /* conflict_id; 0: from the newest */
    int limit;
};
enum status catalogue_conflict(struct ctx *c, int64_t conflict_id, struct field_conflict *out);
enum status catalogue_conflicts(struct ctx *c, const struct conflict_read *r, struct field_conflict **out, int *n_out);
/* take: their text is written (as the body's own word of today); else ours stays. Settled either way (write).
 * ST_CONFLICT with words: ours has changed since. ST_NOT_FOUND: none, or settled already. */
enum status catalogue_settle(struct ctx *c, int64_t conflict_id, bool take, const struct edit_who *who);

/* Notes that a source wants another text (write): service_id, field, ours, theirs, source, is_editor. An open row of the same
 * field and source is brought up to it; what a body has kept its own against is not asked again. */
enum status catalogue_note_conflict(struct ctx *c, const struct field_conflict *x);
