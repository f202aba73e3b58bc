/*
 * xlsx_write.h - a spreadsheet (XLSX) of any length in little memory.
 *
 * Shape   one sheet with a row of names that stays in sight, and a sheet "Informazioni" that says
 *         where the figures come from, under which licence and of which day.
 * Safe    a text is a text: one that begins with = + - @ is never a formula, one that looks like an
 *         address is no link. What XML cannot hold is taken out; a text longer than a cell may hold
 *         (32,767 characters) is cut at its end with "…".
 * Memory  about 2 MB whatever the rows, besides the finished file (25,000 services: 3 MB), which is
 *         in `mem`. The sheet on its way stands in a file of the system's folder for passing files,
 *         which nobody else can name.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum { XLSX_TEXT, XLSX_NUMBER, XLSX_DAY, XLSX_EMPTY };

struct xlsx_cell {
    int kind;
    struct str text; /* XLSX_TEXT */
    double number;   /* XLSX_NUMBER */
    int day;         /* XLSX_DAY: a day number (base/date.h) */
};

struct xlsx_column {
    struct str name;
    int width; /* in characters; 0: 18 */
};

struct xlsx_info {
    struct str label, text; /* one line of "Informazioni" */
};

struct xlsx_book {
    struct str sheet; /* name of the first sheet, at most 31 characters; []:*?/\ become spaces */
    const struct xlsx_column *columns;
    int n_columns;
    const struct xlsx_info *info;
    int n_info;
    int made_on; /* day: the same rows on the same day are the same bytes */
    /* Fills cells[0 .. n_columns) (all XLSX_EMPTY before); false: there are no more. Its texts need
     * live until the next call only. *st other than ST_OK ends it all with that status. */
    bool (*row)(void *arg, struct xlsx_cell *cells, enum status *st);
    void *arg;
};

/* ST_TOO_LARGE: more rows than a sheet has. ST_UNAVAILABLE: no room for the file on its way. */
enum status xlsx_write(struct arena *mem, const struct xlsx_book *book, struct str *out_bytes);
