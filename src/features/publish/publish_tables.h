/*
 * publish_tables.h - private: HSDS objects taken apart into the rows of its tables.
 *
 * Why     the tabular package says just what the API says: each object is written as JSON by the same
 *         functions (publish_api_put.h) and taken apart here, so nothing can be in one and not in the other.
 * Keys    what stands inside another has its key: service_id, location_id, link_id of an attribute.
 * Twice   an organisation, a place, a term stand in the package once, however many services name them.
 * Exact   cells are as they are (RFC 4180), for programs: nothing is put before a text that begins with =.
 * Source  HSDS 3.0, "HSDS serializations: tabular data package"; the columns are those of its schema.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include <jansson.h>

enum publish_table {
    TABLE_ORGANIZATIONS,
    TABLE_SERVICES,
    TABLE_LOCATIONS,
    TABLE_AT,
    TABLE_PROGRAMS,
    TABLE_IDENTIFIERS,
    TABLE_CONTACTS,
    TABLE_PHONES,
    TABLE_ADDRESSES,
    TABLE_SCHEDULES,
    TABLE_COSTS,
    TABLE_AREAS,
    TABLE_LANGUAGES,
    TABLE_DOCUMENTS,
    TABLE_ACCESS,
    TABLE_FUNDING,
    TABLE_ATTRIBUTES,
    TABLE_TAXONOMIES,
    TABLE_TERMS,
    PUBLISH_TABLES
};

struct publish_table_row {
    const char *file;    /* "services.csv" */
    const char *member;  /* as it is called inside other objects; NULL: it stands in none */
    const char *key;     /* "service_id": as others point at it; NULL: nobody does */
    const char *entity;  /* "service": link_entity of its attributes */
    const char *columns; /* names with spaces between; # before a number, ! before what is always there */
};
extern const struct publish_table_row publish_tables[PUBLISH_TABLES];

/* Where the rows of each table go. */
struct publish_rows {
    struct arena *keep; /* ids seen; lives as long as this */
    struct buf *out[PUBLISH_TABLES];
    struct publish_ids *seen[PUBLISH_TABLES]; /* of those that stand in it once; else NULL */
};

struct publish_rows publish_rows_new(struct arena *keep);
/* The row with the names of a table. */
void publish_table_head(struct buf *out, enum publish_table t);
/* An object and all that stands in it. mem: of the row. */
void publish_take_apart(struct publish_rows *r, struct arena *mem, enum publish_table t, const json_t *object);
/* The descriptor of the package (datapackage.json): tables, columns, keys that point at others. */
struct publish_about {
    struct str name, title, address, licence, made_at;
};
void publish_descriptor(struct buf *out, const struct publish_about *about);
