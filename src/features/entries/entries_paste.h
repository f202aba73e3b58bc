/*
 * entries_paste.h - private to entries: a pasted list, row by row against the entries that are there.
 *
 * A row is new, changes an entry of the same name (and comune, when several are called so), is the same, or stays in the box with
 * its reason: a cell that cannot be read, no name, a name twice. Only whole rows are written.
 * Memory  as many rows as sheets.h takes at once, each in a memory of its own that goes with it: five thousand cost what one does,
 *         besides the text and its cells.
 */
#pragma once
#include "base/map.h"
#include "entries_feature.h"
#include "features/sheets/sheets.h"

enum paste_state { PASTE_NEW, PASTE_CHANGES, PASTE_SAME, PASTE_STAYS };

struct paste_row {
    struct sheet_row read;
    enum paste_state state;
    int64_t service_id;         /* 0: new */
    struct edit_change *changes;
    int n_changes;
    struct edit_field_outcome *tried; /* what would be taken */
    int n_tried;
    const char *why;            /* PASTE_STAYS: message key, with value */
    struct str value;
};

/* The entries that are there, in short. */
struct paste_known {
    int64_t service_id, comune_id;
    int next; /* another of the same name; -1: none */
};
struct paste {
    struct sheet_grid grid;
    struct sheet_columns columns;
    struct sheets *sheets;
    int64_t organisation_id;
    struct paste_known *known;
    struct map by_name; /* folded name: the first of that name */
    struct str text;
};
/* `column` names what each column is where somebody chose it: "colonna-3" in the form. ST_INVALID: *why. */
enum status paste_open(struct web *w, const struct entries_key *k, struct str text, struct paste *out, struct sheet_trouble *why);

/* Called for each row in order; *r and all that is taken from c->mem are gone when it returns. */
typedef enum status (*paste_each)(void *arg, struct ctx *c, int i, struct paste_row *r);
enum status paste_rows(struct ctx *c, const struct paste *p, paste_each each, void *arg);

/* The lines of the text that stay: names on top, rows that stay. Empty: none. */
struct str paste_rest(struct ctx *c, const struct paste *p, const bool *is_left);
