/*
 * csv.h - a large CSV file read row by row, however long: for imports. (A table of ours that is
 * already in memory is read with sheet.h.)
 *
 * In      UTF-8 with or without a byte-order mark, LF or CR LF, comma, semicolon or tab (by the
 *         first row), quotes doubled inside quotes; a first row of names.
 * Limits  a row of 1 MB, 500 columns, 64 KB read at a time: memory does not grow with the file.
 * Wrong   a row with too many cells, text that is not UTF-8: the row is handed over with its reason
 *         and reading goes on. A broken quote or a row past its limit ends the reading.
 * Memory  cells live until the callback returns: copy what is kept.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum { CSV_MAX_COLUMNS = 500, CSV_MAX_ROW_BYTES = 1024 * 1024 };

struct csv_reader;

struct csv_row {
    int64_t line;      /* 1-based, where the row begins */
    int64_t at, n_bytes; /* its bytes in the file, to read it again (csv_split_row); n_bytes 0: not known, the lines
                            end in CR alone */
    const char *wrong; /* message key of what is wrong with this row; NULL: nothing */
    bool was_1252;     /* as mends_1252 asked */
    const struct csv_reader *reader;
    const struct str *cells;
    int n_cells;
};

/* White space at both ends is taken off; the empty text when the file has no such column. */
struct str csv_cell(const struct csv_row *row, const char *name);
/* Place of a column among the cells; -1: there is none. The same for every row. */
int csv_column(const struct csv_row *row, const char *name);
char csv_separator(const struct csv_row *row);

/* The name of the column as the file writes it, found without regard to small and capital letters;
 * empty: there is none. */
struct str csv_name_like(const struct csv_row *row, const char *name);

/* Returning false stops the reading (ST_OK). */
typedef bool (*csv_each)(void *arg, const struct csv_row *row);

struct csv_options {
    const char *const *needed; /* names of columns that must be there */
    int n_needed;
    csv_each each;
    void *arg;
    char separator;       /* 0: by the first row */
    bool is_windows_1252; /* what Excel writes on an Italian Windows; else UTF-8 */
    bool mends_1252;      /* a row that is not UTF-8 is read as Windows-1252: row->was_1252 */
    void (*progress)(void *arg, int64_t done, int64_t total); /* bytes; may be NULL */
};

struct csv_trouble {
    int64_t line;     /* 0: the file as a whole */
    const char *key;  /* message key: "base.csv-..." */
    struct str value; /* for {value} */
};

/* ST_INVALID: *trouble says why reading ended. ST_NOT_FOUND: the file cannot be opened. */
enum status csv_read_file(struct arena *mem, const char *file, const struct csv_options *o,
                          struct csv_trouble *trouble);
/* The same of bytes that are in memory. */
enum status csv_read_bytes(struct arena *mem, struct str bytes, const struct csv_options *o,
                           struct csv_trouble *trouble);

/* The cells of one row that was read before, from its bytes; returns how many, at most `most`. A cell that is
 * not UTF-8 is read as Windows-1252. */
int csv_split_row(struct arena *mem, struct str bytes, char separator, struct str *cells, int most);
