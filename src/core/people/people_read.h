/*
 * people_read.h - records from a CSV file of any system.
 *
 * Columns are found by their usual names in Italian and English (cognome, surname, last_name); others are
 *         named by the caller: "surname=nachname".
 * Wrong   a row that is not fit is named by its line and left out; reading goes on.
 */
#pragma once
#include "base/status.h"
#include "people_set.h"

/* A larger file is refused: twice the people of Piemonte, and what a machine of 8 GB holds. */
enum { PEOPLE_MOST_RECORDS = 10000000 };

struct people_columns {
    struct str of[PEOPLE_FIELDS]; /* name of the column; empty: by its usual names */
    struct str id, source, entered;
    bool is_off[PEOPLE_FIELDS]; /* "number=-": not to be used */
};

/* "field=column"; false when there is no such field. */
bool people_columns_map(struct people_columns *c, struct str words);

struct people_refused {
    int64_t line;
    const char *why; /* one English sentence, as long as the program lives */
};

struct people_reading {
    int latest_year;
    struct people_columns columns;
    const char *places; /* an archive of comuni in place of the one built in; NULL: none */
    uint32_t most; /* records; 0: PEOPLE_MOST_RECORDS */
    void (*progress)(void *arg, const char *what, uint64_t done, uint64_t total); /* bytes */
    void (*refuse)(void *arg, struct people_refused r);
    void *arg;
};

struct people_read {
    struct people_set *set;
    int64_t n_rows, n_refused;
    bool has[PEOPLE_FIELDS]; /* which fields the file has */
};

/* ST_NOT_FOUND: cannot be opened. ST_INVALID, ST_TOO_LARGE: *why says what is wrong with the file as a whole, and in which row. */
enum status people_read_file(struct arena *mem, const char *file, const struct people_reading *o, struct people_read *out, struct str *why);
