/* search_fts5.c - the plain way on SQLite: FTS5 for the words, SQL for the rest. */
#include "search_seed.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *db;
static sqlite3_stmt *put_text, *put_row, *question;

static void must(int code, const char *what)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "fts5: %s: %s\n", what, sqlite3_errmsg(db));
        exit(EXIT_FAILURE);
    }
}

static const char schema[] = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA "
                             "cache_size=-262144; PRAGMA mmap_size=4000000000;"
                             "CREATE VIRTUAL TABLE words USING fts5(text, content='', "
                             "tokenize='unicode61 remove_diacritics 2');"
                             "CREATE TABLE service (id INTEGER PRIMARY KEY, lat REAL, lon REAL, "
                             "category INTEGER, pattern INTEGER);"
                             "CREATE TABLE opening (pattern INTEGER PRIMARY KEY, weekdays INTEGER, "
                             "from_min INTEGER, to_min INTEGER);";

/* A degree of latitude is 111.195 km, of longitude by the cosine of 45 degrees and what is asked.
 */
static const char asking[] =
    "SELECT id, count(*) OVER () FROM (SELECT s.id AS id, (s.lat - ?2) * (s.lat - ?2) * 12364.3 +"
    " (s.lon - ?3) * (s.lon - ?3) * ?4 AS far FROM words w JOIN service s ON s.id = w.rowid"
    " JOIN opening o ON o.pattern = s.pattern WHERE words MATCH ?1 AND s.category = ?5"
    " AND s.lat BETWEEN ?2 - 0.09 AND ?2 + 0.09 AND s.lon BETWEEN ?3 - 0.13 AND ?3 + 0.13"
    " AND (o.weekdays >> ?6) & 1 AND o.from_min <= ?7 AND o.to_min > ?7)"
    " WHERE far <= 100 ORDER BY far LIMIT 20";

static bool open_db(const struct seed *s, const char *where)
{
    char path[600];

    snprintf(path, sizeof path, "%s/fts5.db", where);
    must(sqlite3_open(path, &db), "open");
    must(sqlite3_exec(db, schema, NULL, NULL, NULL), "schema");
    must(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), "begin");
    must(sqlite3_prepare_v2(db, "INSERT INTO words (rowid, text) VALUES (?1, ?2)", -1, &put_text,
                            NULL),
         "words");
    must(sqlite3_prepare_v2(db, "INSERT INTO service VALUES (?1, ?2, ?3, ?4, ?5)", -1, &put_row,
                            NULL),
         "row");
    for (int i = 0; i < SEED_PATTERNS; i++) {
        char sql[200];
        const struct seed_pattern *const p = seed_pattern(s, i);

        snprintf(sql, sizeof sql, "INSERT INTO opening VALUES (%d, %d, %d, %d)", i, p->weekdays,
                 p->from_min, p->to_min);
        must(sqlite3_exec(db, sql, NULL, NULL, NULL), "opening");
    }
    return true;
}

static void add(const struct seeded *s)
{
    sqlite3_bind_int64(put_text, 1, s->id);
    sqlite3_bind_text(put_text, 2, s->text.p, (int)s->text.n, SQLITE_STATIC);
    must(sqlite3_step(put_text), "text");
    sqlite3_reset(put_text);
    sqlite3_bind_int64(put_row, 1, s->id);
    sqlite3_bind_double(put_row, 2, s->lat);
    sqlite3_bind_double(put_row, 3, s->lon);
    sqlite3_bind_int(put_row, 4, s->category);
    sqlite3_bind_int(put_row, 5, s->pattern);
    must(sqlite3_step(put_row), "row");
    sqlite3_reset(put_row);
}

static void ready(void)
{
    must(sqlite3_exec(db, "COMMIT; INSERT INTO words (words) VALUES ('optimize'); ANALYZE", NULL,
                      NULL, NULL),
         "commit");
    must(sqlite3_prepare_v2(db, asking, -1, &question, NULL), "asking");
}

static int ask(const struct seed_question *q, int64_t ids[20])
{
    const double c = __builtin_cos(q->lat * 3.14159265358979 / 180);
    int n = 0, total = 0;

    sqlite3_bind_text(question, 1, q->words.p, (int)q->words.n, SQLITE_STATIC);
    sqlite3_bind_double(question, 2, q->lat);
    sqlite3_bind_double(question, 3, q->lon);
    sqlite3_bind_double(question, 4, 12364.3 * c * c);
    sqlite3_bind_int(question, 5, q->category);
    sqlite3_bind_int(question, 6, 1);
    sqlite3_bind_int(question, 7, SEED_NOW_MIN);
    while (sqlite3_step(question) == SQLITE_ROW) {
        ids[n++] = sqlite3_column_int64(question, 0);
        total = sqlite3_column_int(question, 1);
    }
    sqlite3_reset(question);
    return total;
}

static void close_db(void)
{
    sqlite3_finalize(put_text);
    sqlite3_finalize(put_row);
    sqlite3_finalize(question);
    sqlite3_close(db);
}

const struct rival rival_fts5 = {"FTS5 and SQL", open_db, add, ready, ask, close_db};
