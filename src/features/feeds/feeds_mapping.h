/*
 * feeds_mapping.h - private: which column of a list is what: a text that a clerk writes once.
 *
 * Format  docs/operator/import-csv.md: sections [source], [fields], [table NAME]; "field = text" with
 *         {column | table NAME} in it and [ ... ] for what is left out when its columns are empty.
 * Limits  a mapping of 256 KB, 300 fields, 200 tables.
 * Memory  everything lives in the arena given to feeds_mapping_read.
 */
#pragma once
#include "base/csv.h"
#include "base/date.h"

enum { MAPPING_MAX_BYTES = 256 * 1024, MAPPING_MAX_FIELDS = 300, MAPPING_MAX_TABLES = 200, MAPPING_MAX_NUMBER = 9 };

struct feeds_mapping;

struct mapping_source {
    struct str name, confirmed_by;
    bool is_demo, is_windows_1252;
    bool has_place_rows; /* rows of one id under each other are its places */
    char separator; /* 0: seen in the file */
};

struct mapping_trouble {
    int64_t line;
    const char *key;
    struct str value;
};

/* ST_INVALID: *trouble names the line and what is wrong there. */
enum status feeds_mapping_read(struct arena *mem, struct str text, struct feeds_mapping **out, struct mapping_trouble *trouble);

const struct mapping_source *feeds_mapping_source(const struct feeds_mapping *m);
/* Columns that the list must have. */
int feeds_mapping_columns(const struct feeds_mapping *m, const char *const **out);
/* Whether a line speaks of that field, and up to which number (0: of none of them). */
bool feeds_mapping_has(const struct feeds_mapping *m, const char *field);
int feeds_mapping_most(const struct feeds_mapping *m, const char *group); /* "location" */

struct mapping_row {
    struct feeds_mapping *m;
    struct arena *mem; /* of the row */
    const struct csv_row *row;
    int today;
    const char *wrong; /* message key of the last refusal */
    struct str wrong_value;
    struct str left_out; /* what `if-url` and `if-email` took away; the reader says it and empties this */
};

/* True: the mapping says to leave this row out. */
bool feeds_mapping_skips(struct mapping_row *r);
/* What a field is in this row; number 1 and up for "phone.2.number". The empty text when no line speaks
 * of it. False: r->wrong says why (a value that is in no line of a table, a day that is none). */
bool feeds_mapping_get(struct mapping_row *r, const char *field, int number, struct str *out);

/* "2026-11-21", "21/11/2026", "21.11.26", "20261121"; DAY_NONE for anything else. */
int feeds_day(struct str s);
