/*
 * feeds_mapping_private.h - private: a mapping as it is kept, and the names of all fields.
 */
#pragma once
#include "feeds_mapping.h"

enum piece_kind { PIECE_TEXT, PIECE_COLUMN, PIECE_OPEN, PIECE_CLOSE };
enum filter_kind { FILTER_TABLE, FILTER_LOWER, FILTER_SENTENCE, FILTER_TITLE, FILTER_FIRST, FILTER_DAYS_AGO, FILTER_DAYS_AHEAD, FILTER_DIGITS, FILTER_URL, FILTER_DAY, FILTER_IF_URL, FILTER_IF_EMAIL };
enum { MAX_FILTERS = 6, MAX_PIECES = 60, MAX_SKIPS = 8 };

struct mapping_table {
    struct str name;
    struct str *folded, *values;
    int n, room;
    bool has_other, has_empty;
    struct str other, empty;
};

struct mapping_filter {
    enum filter_kind kind;
    struct str table_name;
    int table; /* number of it; -1: not looked up yet */
};

struct mapping_piece {
    enum piece_kind kind;
    struct str text;    /* PIECE_TEXT */
    const char *column; /* PIECE_COLUMN */
    int at;             /* its place among the cells; -2: not looked up yet */
    struct mapping_filter filters[MAX_FILTERS];
    int n_filters;
};

struct mapping_text {
    struct mapping_piece *pieces;
    int n;
};

struct mapping_field {
    const char *name; /* one of the known names */
    int number;
    int64_t line;
    struct mapping_text text;
};

struct mapping_skip {
    struct mapping_text text;
    struct str values; /* folded, "; " between */
};

struct feeds_mapping {
    struct arena *mem;
    struct mapping_source source;
    struct mapping_field fields[MAPPING_MAX_FIELDS]; /* by name and number once read */
    int n_fields;
    struct mapping_table tables[MAPPING_MAX_TABLES];
    int n_tables;
    struct mapping_skip skips[MAX_SKIPS];
    int n_skips;
    const char **columns;
    int n_columns;
};

/* The known name of a field, and whether it may carry a number ("phone.number": phone.2.number); NULL: none. */
const char *feeds_field_known(struct str written, bool *out_is_numbered);
/* All of them, one after the other; NULL past the last. */
const char *feeds_field_at(int i);
/* Compiles "text with {columns}". NULL: good; else the message key, *out_value for {value}. */
const char *feeds_mapping_compile(struct feeds_mapping *m, struct str written, struct mapping_text *out, struct str *out_value);
