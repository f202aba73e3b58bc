/* search_tsvector.c - the plain way on PostgreSQL: tsvector in Italian, a GIN index, SQL. */
#include "base/buf.h"
#include "search_seed.h"
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PGconn *pg;

static void run(const char *sql)
{
    PGresult *const r = PQexec(pg, sql);
    const ExecStatusType st = PQresultStatus(r);

    if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK && st != PGRES_COPY_IN) {
        fprintf(stderr, "tsvector: %s\n", PQerrorMessage(pg));
        exit(EXIT_FAILURE);
    }
    PQclear(r);
}

static bool open_db(const struct seed *s, const char *where)
{
    if (where == NULL)
        return false;
    pg = PQconnectdb(where);
    if (PQstatus(pg) != CONNECTION_OK) {
        PQfinish(pg);
        return false;
    }
    run("DROP TABLE IF EXISTS bench_service; DROP TABLE IF EXISTS bench_opening;"
        "CREATE TABLE bench_service (id BIGINT PRIMARY KEY, text TEXT, lat DOUBLE PRECISION, lon "
        "DOUBLE PRECISION,"
        " category INT, pattern INT);"
        "CREATE TABLE bench_opening (pattern INT PRIMARY KEY, weekdays INT, from_min INT, to_min "
        "INT)");
    for (int i = 0; i < SEED_PATTERNS; i++) {
        char sql[200];
        const struct seed_pattern *const p = seed_pattern(s, i);

        snprintf(sql, sizeof sql, "INSERT INTO bench_opening VALUES (%d, %d, %d, %d)", i,
                 p->weekdays, p->from_min, p->to_min);
        run(sql);
    }
    run("COPY bench_service FROM STDIN");
    return true;
}

static void add(const struct seeded *s)
{
    char line[4000];
    const int n = snprintf(line, sizeof line, "%lld\t%.*s\t%.6f\t%.6f\t%d\t%d\n", (long long)s->id,
                           (int)s->text.n, s->text.p, s->lat, s->lon, s->category, s->pattern);

    if (n >= (int)sizeof line || PQputCopyData(pg, line, n) != 1)
        exit(EXIT_FAILURE);
}

static void ready(void)
{
    PQputCopyEnd(pg, NULL);
    while (PQgetResult(pg) != NULL)
        continue;
    run("ALTER TABLE bench_service ADD COLUMN words tsvector GENERATED ALWAYS AS "
        "(to_tsvector('italian', text)) STORED;"
        "CREATE INDEX ON bench_service USING gin (words); CREATE INDEX ON bench_service (lat, lon);"
        "CREATE INDEX ON bench_service (category); ANALYZE; SET jit = off; SET work_mem = '256MB'");
    PQclear(PQprepare(
        pg, "ask",
        "SELECT id, count(*) OVER () FROM (SELECT s.id, (s.lat - $2) * (s.lat - $2) * 12364.3 +"
        " (s.lon - $3) * (s.lon - $3) * $4 AS far FROM bench_service s JOIN bench_opening o USING "
        "(pattern)"
        " WHERE s.words @@ plainto_tsquery('italian', $1) AND s.category = $5::int"
        " AND s.lat BETWEEN $2::float8 - 0.09 AND $2::float8 + 0.09"
        " AND s.lon BETWEEN $3::float8 - 0.13 AND $3::float8 + 0.13"
        " AND (o.weekdays >> 1) & 1 = 1 AND o.from_min <= 630 AND o.to_min > 630) x"
        " WHERE far <= 100 ORDER BY far LIMIT 20",
        5, (const Oid[]){25, 701, 701, 701, 25}));
}

static int ask(const struct seed_question *q, int64_t ids[20])
{
    char words[100], lat[40], lon[40], per[40], category[20];
    const double c = __builtin_cos(q->lat * 3.14159265358979 / 180);
    const char *const values[] = {words, lat, lon, per, category};

    snprintf(words, sizeof words, "%.*s", (int)q->words.n, q->words.p);
    snprintf(lat, sizeof lat, "%.7f", q->lat);
    snprintf(lon, sizeof lon, "%.7f", q->lon);
    snprintf(per, sizeof per, "%.5f", 12364.3 * c * c);
    snprintf(category, sizeof category, "%d", q->category);
    PGresult *const r = PQexecPrepared(pg, "ask", 5, values, NULL, NULL, 0);

    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        fprintf(stderr, "tsvector: %s\n", PQerrorMessage(pg));
        exit(EXIT_FAILURE);
    }
    const int n = PQntuples(r), total = n > 0 ? atoi(PQgetvalue(r, 0, 1)) : 0;

    for (int i = 0; i < n; i++)
        ids[i] = atoll(PQgetvalue(r, i, 0));
    PQclear(r);
    return total;
}

static void close_db(void)
{
    run("DROP TABLE bench_service; DROP TABLE bench_opening");
    PQfinish(pg);
}

const struct rival rival_tsvector = {"PostgreSQL tsvector", open_db, add, ready, ask, close_db};
