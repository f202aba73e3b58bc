/*
 * xlsx_read.h - rows of a spreadsheet (XLSX, ECMA-376), one after the other, however long.
 *
 * In      the first sheet that is not hidden, or one by name. Text in place or shared, numbers as
 *         people see them without a format ("12.5", "11122233"), days by the cell's style
 *         ("2026-11-21", with "T09:30" when there is an hour, "09:30" when there is an hour alone),
 *         both calendars (1900 and 1904), booleans ("1", "0"), what a formula last gave, errors
 *         ("#N/D") as the empty text and counted. Of merged cells the first has the text.
 * Words   a text that a spreadsheet wrote is UTF-8 without controls but tab and line end; others are
 *         taken out.
 * Refused before anything of it is read: what is no spreadsheet, with a reason for each kind that
 *         people try (an old .xls, .ods, a CSV by another name, one with a password); a zip that
 *         grows past its limits; a document type or entity (they can reach other files or grow
 *         without end); elements deeper than 64.
 * Memory  in arenas of the reader's own, at most 32 MB for shared texts and 6 MB beside; it does not
 *         grow with the rows. Nothing here jumps out of the reader; `mem` has what *trouble says.
 * Clock   none. Files: the one that is given, read only; no network.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum {
    XLSX_MAX_COLUMNS = 500,    /* cells further right are counted and left out */
    XLSX_MAX_CELL = 32 * 1024, /* what Excel itself holds in one; longer is cut and counted */
    XLSX_MAX_ROWS = 1048576
};

struct xlsx_reader;

struct xlsx_options {
    struct str sheet;  /* name; empty: the first that is not hidden */
    int64_t max_bytes; /* of the parts after unpacking; 0: 2 GB. Of shared texts at most 32 MB of it */
};

struct xlsx_row {
    int64_t row;    /* as the spreadsheet numbers it, from 1 */
    bool is_hidden; /* by its keeper or by a filter: given all the same */
    const struct str *cells; /* until the next call; missing ones are empty */
    int n_cells;             /* up to the last that is not empty; 0: an empty row that stands there */
};

struct xlsx_trouble {
    int64_t row;      /* 0: the file as a whole */
    const char *key;  /* message key: "base.xlsx-..." */
    struct str value; /* for {value} */
};

/* ST_INVALID: *trouble says why. ST_NOT_FOUND: the file cannot be opened. ST_OK: xlsx_close it. */
enum status xlsx_open_file(struct arena *mem, const char *file, const struct xlsx_options *o, struct xlsx_reader **out,
                           struct xlsx_trouble *trouble);
/* bytes must live until xlsx_close. */
enum status xlsx_open_bytes(struct arena *mem, struct str bytes, const struct xlsx_options *o,
                            struct xlsx_reader **out, struct xlsx_trouble *trouble);
void xlsx_close(struct xlsx_reader *r); /* NULL is fine */

/* False: there are no more, or *trouble (key not NULL) says what ended the reading. */
bool xlsx_next_row(struct xlsx_reader *r, struct xlsx_row *out, struct xlsx_trouble *trouble);

/* What was told apart on the way. */
struct xlsx_notes {
    int64_t n_hidden_rows, n_errors, n_merged, n_cut, n_columns_left;
    int n_sheets, n_hidden_sheets; /* of the workbook */
};
const struct xlsx_notes *xlsx_notes(const struct xlsx_reader *r);
struct str xlsx_sheet_name(const struct xlsx_reader *r);

/* True: the bytes begin as a zip does, so xlsx_open is worth asking; also for what it refuses with
 * a reason of its own (old .xls, password). */
bool xlsx_is_meant(struct str first_bytes);
