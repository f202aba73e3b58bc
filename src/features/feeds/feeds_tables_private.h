/*
 * feeds_tables_private.h - private: what the two readings of the tables share.
 */
#pragma once
#include "feeds_tables.h"

enum { TABLE_MAX_FIELDS = 48 };

/* Where a row stands: its place in the file << 20 | its bytes; of JSON the number of the row. */
struct row_place {
    uint64_t hash; /* of a key's name and value */
    uint64_t ref;
};

struct hsds_table {
    const char *file;
    int fd; /* -1: not there, or of JSON */
    char separator;
    int columns[TABLE_MAX_FIELDS]; /* by field of the object: place among the cells, -1: none */
    struct arena *mem, *mem_places;
    json_t **rows; /* of JSON */
    int64_t n_rows, room_rows, n_lines;
    struct row_place *places; /* by hash, then by place */
    int64_t n_places, room_places;
    struct feeds_seen *ids; /* id -> line */
};

struct feeds_tables {
    struct feeds_intake *in;
    struct arena *mem;
    struct hsds_table tables[HSDS_OBJECT_COUNT];
    struct feeds_seen *refused; /* "table:ref" of refused rows */
};

json_t *feeds_row_object(const struct hsds_table *b, enum hsds_object as, const struct str *cells, int n_cells);
uint64_t feeds_key_hash(const struct feeds_tables *t, const char *key, struct str value);
/* The second reading: entry by entry with what hangs on it. */
void feeds_tables_join(struct feeds_tables *t, struct feeds_hsds *h);
