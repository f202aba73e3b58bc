/*
 * sheet.h - a table with names on its first row: CSV in (RFC 4180) and out.
 *
 * In      UTF-8 with or without a byte-order mark, comma or semicolon (by the first row), quotes
 *         doubled inside quotes. Refused: a text that is not UTF-8, a row with more cells than
 *         names, an open quote, two columns of one name, more than SHEET_MAX_COLUMNS columns.
 * Out     cells that a spreadsheet would take for a formula (= + - @ tab) get a ' before them;
 *         numbers are written by sheet_put_int and stay numbers.
 * Memory  names and cells live in the arena.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

enum { SHEET_MAX_COLUMNS = 500 };

struct sheet {
    struct str *names;
    int n_names;
    struct str *cells; /* row by row, n_names each; missing ones at the end of a row are empty */
    int64_t *lines;    /* 1-based line of the file where each row ends */
    int n_rows;
};

/* ST_INVALID: *why says in one English sentence what and on which line. A blank line is no row. */
enum status sheet_read(struct arena *mem, struct str bytes, struct sheet *out, struct str *why);

int sheet_column(const struct sheet *s, const char *name); /* -1: there is none */
/* By name; the empty text when there is no such column. White space at both ends is taken off. */
struct str sheet_cell(const struct sheet *s, int row, const char *name);
/* Whole number; false when the cell is empty or not one. */
bool sheet_int(const struct sheet *s, int row, const char *name, int64_t *out);
bool sheet_double(const struct sheet *s, int row, const char *name, double *out);

/* One of reference/ that is built in; a missing or broken one is a bug(). */
struct sheet sheet_of_table(struct arena *mem, const char *name);

/* ---- out: a row is cells, then sheet_end_row ---- */
void sheet_put(struct buf *b, struct str cell);
void sheet_put_int(struct buf *b, int64_t v);
void sheet_end_row(struct buf *b);
