/*
 * entries_paste.h - private to entries: a pasted list, row by row against the entries that are there.
 *
 * A row is new, changes an entry of the same name (and comune, when several are called so), is the same, or stays in the box with
 * its reason: a cell that cannot be read, no name, a name twice. Only whole rows are written.
 */
#pragma once
#include "entries_feature.h"
#include "features/sheets/sheets.h"

enum { PASTE_ROWS = 200 }; /* taken at once; the rest stays in the box */

enum paste_state { PASTE_NEW, PASTE_CHANGES, PASTE_SAME, PASTE_STAYS };

struct paste_row {
    struct sheet_row read;
    enum paste_state state;
    int64_t service_id;         /* 0: new */
    struct edit_change *changes;
    int n_changes;
    struct edit_field_outcome *tried; /* what would be taken */
    int n_tried;
    struct service now;         /* as it is now; of a new one blank */
    const char *why;            /* PASTE_STAYS: message key, with value */
    struct str value;
};
struct paste {
    struct sheet_grid grid;
    struct sheet_columns columns;
    struct paste_row *rows;
    int n_rows; /* at most PASTE_ROWS */
    struct str text;
};
/* `column` names what each column is where somebody chose it: "colonna-3" in the form. ST_INVALID: *why. */
enum status paste_read(struct web *w, const struct entries_key *k, struct str text, struct paste *out, struct sheet_trouble *why);
/* The lines of the text that stay: names on top, rows that stay, rows past PASTE_ROWS. Empty: none. */
struct str paste_rest(struct ctx *c, const struct paste *p, const bool *is_left);
