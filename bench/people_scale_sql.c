/*
 * people_scale_sql.c - what SQL alone does with the same records: who is equal letter by letter in given name, surname and
 * date of birth. The baseline: it finds what has no slip in it, and nothing else.
 */
#include "base/arena.h"
#include "people_scale.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LOOKS = 5000 };

static void run(sqlite3 *h, const char *sql)
{
    if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK) {
        printf("SQLite: %s\n", sqlite3_errmsg(h));
        exit(1);
    }
}

static void load(sqlite3 *h, const struct people_set *set)
{
    sqlite3_stmt *s;

    run(h, "CREATE TABLE p (id INTEGER PRIMARY KEY, given TEXT, surname TEXT, birth INTEGER); BEGIN");
    sqlite3_prepare_v2(h, "INSERT INTO p VALUES (?, ?, ?, ?)", -1, &s, NULL);
    for (uint32_t i = 0; i < people_set_count(set); i++) {
        const struct people_record *r = people_set_record(set, i);
        const struct people_value *g = people_set_value(set, PEOPLE_OF_NAME, r->given), *f = people_set_value(set, PEOPLE_OF_NAME, r->surname);

        if (r->given == 0 || r->surname == 0 || r->birth % 10000 == 0)
            continue;
        sqlite3_bind_int64(s, 1, i);
        sqlite3_bind_text(s, 2, g->text, g->n, SQLITE_STATIC);
        sqlite3_bind_text(s, 3, f->text, f->n, SQLITE_STATIC);
        sqlite3_bind_int64(s, 4, r->birth);
        sqlite3_step(s);
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    run(h, "COMMIT; CREATE INDEX p_all ON p (surname, given, birth)");
}

static int64_t number(sqlite3 *h, const char *sql)
{
    sqlite3_stmt *s;

    if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
        exit(1);
    const int64_t n = sqlite3_column_int64(s, 0);

    sqlite3_finalize(s);
    return n;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void look(sqlite3 *h, const struct people_set *set)
{
    static double ms[LOOKS];
    sqlite3_stmt *s;

    sqlite3_prepare_v2(h, "SELECT id FROM p WHERE surname = ? AND given = ? AND birth = ?", -1, &s, NULL);
    for (uint32_t i = 0; i < LOOKS; i++) {
        const struct people_record *r = people_set_record(set, (uint32_t)((uint64_t)i * 7919 % people_set_count(set)));
        const struct people_value *g = people_set_value(set, PEOPLE_OF_NAME, r->given), *f = people_set_value(set, PEOPLE_OF_NAME, r->surname);
        const double from = now_ms();

        sqlite3_bind_text(s, 1, f->text, f->n, SQLITE_STATIC);
        sqlite3_bind_text(s, 2, g->text, g->n, SQLITE_STATIC);
        sqlite3_bind_int64(s, 3, r->birth);
        while (sqlite3_step(s) == SQLITE_ROW)
            continue;
        sqlite3_reset(s);
        ms[i] = now_ms() - from;
    }
    sqlite3_finalize(s);
    qsort(ms, LOOKS, sizeof *ms, by_value);
    printf("baseline: one look for equal names and date  p50 %7.3f  p99 %7.3f  worst %7.3f ms\n", ms[LOOKS / 2], ms[LOOKS * 99 / 100], ms[LOOKS - 1]);
}

void people_scale_sql(const struct people_set *set, const char *file)
{
    sqlite3 *h;
    struct watch w = watch_start();

    if (sqlite3_open(file, &h) != SQLITE_OK)
        exit(1);
    run(h, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-49152");
    load(h, set);
    const int64_t n = number(h, "SELECT count(*) FROM p a JOIN p b ON a.surname = b.surname AND a.given = b.given AND a.birth = b.birth AND a.id < b.id");

    printf("baseline: SQL alone, %lld pairs equal in names and date\n", (long long)n);
    watch_say(&w, "baseline: rows, index, self-join");
    look(h, set);
    sqlite3_close(h);
}
