/*
 * tryout.h - "Incolla il tuo elenco": a body's own list seen as the portal would show it, within a minute
 * and without leaving anything behind.
 *
 * Why     nobody gives a catalogue a list before having seen what becomes of it. Here it is a map, a report
 *         of what is missing and a sheet to print, from the spreadsheet as it is.
 * Stored  nothing: the text travels in the form of the page, the requests only read (.asks_only), and the
 *         log has lengths and never words.
 * Memory  all of it lives in the arena of the request.
 */
#pragma once
#include "features/sheets/sheets.h"
#include "features/upkeep/upkeep_score.h"
#include "web/web.h"

struct tryout_issue {
    enum sheet_field field;
    enum cell_state state;
    struct str typed, words; /* what was typed; what is said of it */
};

/* What is kept of a row for the page. */
struct tryout_row {
    int64_t line;
    struct str name, body, summary, phones, email, url, hours, place, eligibility, fees;
    struct str first_phone; /* to be dialled */
    int64_t comune_id;
    const struct need *need; /* the first; NULL: none was found */
    struct upkeep_score score;
    int64_t same_as;
    const struct tryout_issue *issues;
    int n_issues, n_not_read, n_mended, n_warned;
};

struct tryout_place {
    int64_t comune_id;
    struct str name, slug;
    double lat, lon;
    bool has_point;
    int n;
};

struct tryout_list {
    struct str text; /* as it travels on */
    struct sheet_grid grid;
    struct sheet_columns columns;
    struct tryout_row *rows; /* those that have a name */
    int n_rows;
    int n_nameless, n_same, n_not_read, n_mended, n_warned, n_ready, n_unplaced;
    int full[SCORE_PARTS]; /* rows that have the criterion wholly or by half and more */
    int score;             /* mean, 0..100 */
    struct tryout_place *places; /* most services first */
    int n_places;
};

/* What was pasted or sent (fields "testo", "file", "colonna-1", "colonna-2", ...), read. ST_INVALID: *why says what to do;
 * out->text is what was typed, as far as it is text. */
enum status tryout_read(struct web *w, struct tryout_list *out, struct sheet_trouble *why);

/* The same up to the rows, for who goes through them himself: text, grid, columns. */
enum status tryout_begin(struct web *w, struct tryout_list *out, struct sheets **out_sheets, struct sheet_trouble *why);

/* Ready: a name, a way to be reached, a place or a way to do without, a need. */
bool tryout_is_ready(const struct tryout_row *r);
