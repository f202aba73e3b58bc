/*
 * feeds_tables_private.h - private: what the two readings of the tables share.
 */
#pragma once
#include "feeds_tables.h"

enum { TABLE_MAX_FIELDS = 48, TABLE_MAX_PARTS = 4, TABLE_OLD_NAMES = 16 };

/* Where a row stands: its file of the table << 60 | its place in the file << 20 | its bytes; of JSON the number
 * of the row. */
struct row_place {
    uint64_t hash; /* of a key's name and value */
    uint64_t ref;
};

/* One file of a table: HSDS 1.1 and 2.0 had two for what is one now. */
struct hsds_part {
    const char *file, *name; /* path; as it is called */
    int fd;
    char separator;
    int columns[TABLE_MAX_FIELDS]; /* by field of the object: place among the cells, -1: none */
    int old[TABLE_OLD_NAMES];      /* by name of older versions */
};

struct hsds_table {
    struct hsds_part parts[TABLE_MAX_PARTS];
    int n_parts; /* 0: not there, or of JSON */
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
    struct feeds_seen *eligibility; /* 1.1 and 2.0: service -> place in said, from 1 */
    struct str *said;
    int64_t n_said, room_said;
};

/* A row as an object of 3.0; names are seen at the first row of a part (feeds_part_names). */
json_t *feeds_row_object(struct feeds_intake *in, const struct hsds_part *part, enum hsds_object as, const struct str *cells, int n_cells);
uint64_t feeds_key_hash(const struct feeds_tables *t, const char *key, struct str value);
/* The second reading: entry by entry with what hangs on it. */
void feeds_tables_join(struct feeds_tables *t, struct feeds_hsds *h);
