#include "base/log.h"
#include "store/postgres_private.h"
#include <endian.h>
#include <stdio.h>
#include <string.h>

enum { OID_BOOL = 16, OID_BYTEA = 17, OID_CHAR = 18, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21,
       OID_INT4 = 23, OID_TEXT = 25, OID_JSON = 114, OID_FLOAT4 = 700, OID_FLOAT8 = 701,
       OID_BPCHAR = 1042, OID_VARCHAR = 1043, OID_NUMERIC = 1700, OID_JSONB = 3802 };

/* ---- errors ---- */

static enum status status_of(struct pg *c, const char *state)
{
    static const struct {
        const char *prefix;
        enum status st;
    } table[] = {{"23", ST_CONFLICT},    {"40001", ST_BUSY}, {"40P01", ST_BUSY},
                 {"55P03", ST_BUSY},     {"53300", ST_BUSY}, {"57014", ST_TIMEOUT},
                 {"54", ST_TOO_LARGE}};

    c->must_retry = c->must_retry || strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 ||
                    strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0;
    /* "cached plan must not change result type", "prepared statement does not exist": the schema
     * or the connection behind a proxy changed under us. */
    c->is_stale = c->is_stale || strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0;
    c->is_lost = c->is_lost || strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0 ||
                 strcmp(state, "25006") == 0 || strcmp(state, "25P03") == 0;
    for (int i = 0; i < ARRAY_LEN(table); i++)
        if (strncmp(state, table[i].prefix, strlen(table[i].prefix)) == 0)
            return table[i].st;
    return ST_UNAVAILABLE;
}

enum status pg_status(struct pg *c, const PGresult *r)
{
    const ExecStatusType is = PQresultStatus(r);
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

    if (is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK)
        return ST_OK;
    if (state == NULL || PQstatus(c->h) != CONNECTION_OK) {
        c->is_lost = true;
        return ST_UNAVAILABLE;
    }
    return status_of(c, state);
}

/* Names and codes go to the log. The engine's sentence may quote a value when data are wrong
 * (classes 22 and 23): then it stays out. */
enum status pg_failed(struct pg *c, const char *name, const PGresult *r)
{
    const enum status st = pg_status(c, r);
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    const bool may_quote = state != NULL && state[0] == '2' && (state[1] == '2' || state[1] == '3');
    char line[200];

    snprintf(line, sizeof line, "%s %s", state == NULL ? "connection lost" : state,
             words == NULL || may_quote ? "" : words);
    if (st == ST_UNAVAILABLE)
        log_event(LOG_ERROR, "store-statement", LOG_Z("statement", name), LOG_Z("what", line),
                  LOG_END);
    return tx_failed(&c->tx, st, line);
}

void pg_tidy(struct pg *c)
{
    while (c->n_open > 0)
        PQclear(c->open[--c->n_open]);
}

static void keep_open(struct pg *c, PGresult *r, const char *name)
{
    if (c->n_open == MAX_OPEN)
        bug("%s: queries inside the callbacks of queries, %d deep", name, MAX_OPEN);
    c->open[c->n_open++] = r;
}

static void let_go(struct pg *c)
{
    PQclear(c->open[--c->n_open]);
}

/* ---- prepared statements ---- */

static size_t slot_of(const struct pg *c, const struct db_statement *s)
{
    size_t i = ((uintptr_t)s >> 4) * 0x9e3779b97f4a7c15u >> 32 & (size_t)(c->n_slots - 1);

    while (c->prepared[i] != NULL && c->prepared[i] != s)
        i = (i + 1) & (size_t)(c->n_slots - 1);
    return i;
}

static void grow(struct pg *c)
{
    const struct db_statement **old = c->prepared;
    const int n_old = c->n_slots;

    c->n_slots = n_old == 0 ? 64 : n_old * 2;
    c->prepared = ARENA_ARRAY(c->mem, const struct db_statement *, (size_t)c->n_slots);
    for (int i = 0; i < n_old; i++)
        if (old[i] != NULL)
            c->prepared[slot_of(c, old[i])] = old[i];
}

void pg_forget_prepared(struct pg *c)
{
    for (int i = 0; i < c->n_slots; i++)
        c->prepared[i] = NULL;
    c->n_used = 0;
    c->is_stale = false;
}

static const Oid param_types[] = {OID_INT8, OID_FLOAT8, OID_TEXT, OID_BYTEA};

struct params {
    Oid types[DB_MAX_PARAMS];
    const char *values[DB_MAX_PARAMS];
    int lengths[DB_MAX_PARAMS], formats[DB_MAX_PARAMS];
    uint64_t numbers[DB_MAX_PARAMS]; /* in network order */
};

static void set_types(struct params *p, const struct db_statement *s)
{
    for (int i = 0; i < s->n_params; i++)
        p->types[i] = param_types[s->params[i] & ~DB_NULLABLE];
}

/* Everything in binary: lengths are given, so nothing is copied and nothing is quoted. */
static enum status set_values(struct pg *c, struct params *p, const struct db_statement *s,
                              const struct db_value *v)
{
    for (int i = 0; i < s->n_params; i++) {
        const bool is_number = v[i].type == DB_INT || v[i].type == DB_REAL;
        uint64_t bits = (uint64_t)v[i].i;

        if (v[i].type == DB_REAL)
            memcpy(&bits, &v[i].r, sizeof bits);
        if (!is_number && v[i].s.n > INT32_MAX)
            return tx_failed(&c->tx, ST_TOO_LARGE, "a value of more than 2 GB");
        p->numbers[i] = htobe64(bits);
        p->formats[i] = 1;
        p->lengths[i] = is_number ? (int)sizeof bits : (int)v[i].s.n;
        p->values[i] = v[i].is_null ? NULL
                       : is_number  ? (const char *)&p->numbers[i]
                       : v[i].s.n > 0 ? v[i].s.p : "";
    }
    return ST_OK;
}

static enum status prepare(struct pg *c, const struct db_statement *s, const struct params *p)
{
    if (c->n_used * 2 >= c->n_slots)
        grow(c);
    const size_t slot = slot_of(c, s);

    if (c->prepared[slot] != NULL)
        return ST_OK;
    PGresult *r = PQprepare(c->h, s->name, s->postgres, s->n_params, p->types);
    const enum status st =
        PQresultStatus(r) == PGRES_COMMAND_OK ? ST_OK : pg_failed(c, s->name, r);

    PQclear(r);
    if (st == ST_OK) {
        c->prepared[slot] = s;
        c->n_used++;
    }
    return st;
}

/* ---- values out ---- */

static bool fits(enum db_type want, Oid is)
{
    switch (want) {
    case DB_INT:
        return is == OID_INT8 || is == OID_INT4 || is == OID_INT2 || is == OID_BOOL ||
               is == OID_NUMERIC;
    case DB_REAL:
        return is == OID_FLOAT8 || is == OID_FLOAT4 || is == OID_NUMERIC || is == OID_INT8 ||
               is == OID_INT4 || is == OID_INT2;
    case DB_TEXT:
        return is == OID_TEXT || is == OID_VARCHAR || is == OID_NAME || is == OID_JSON ||
               is == OID_JSONB || is == OID_CHAR || is == OID_BPCHAR;
    default:
        return is == OID_BYTEA;
    }
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* "\x6162" becomes "ab" in its own place: half as long, and the result belongs to us. */
static struct str bytes_in_place(char *p, size_t n)
{
    const size_t n_bytes = n < 2 ? 0 : (n - 2) / 2;

    for (size_t i = 0; i < n_bytes; i++)
        p[i] = (char)(hex(p[2 + 2 * i]) << 4 | hex(p[3 + 2 * i]));
    return (struct str){p, n_bytes};
}

static enum status read_column(struct pg *c, const PGresult *r, int row,
                               const struct db_statement *s, int at, struct arena *mem,
                               struct db_value *out)
{
    const enum db_type want = s->columns[at] & ~DB_NULLABLE;
    char *p = PQgetvalue(r, row, at);
    const struct str text = {p, (size_t)PQgetlength(r, row, at)};
    const Oid type = PQftype(r, at);
    bool is_good = true;

    *out = (struct db_value){.type = want};
    if (PQgetisnull(r, row, at)) {
        out->is_null = true;
        return (s->columns[at] & DB_NULLABLE) != 0
                   ? ST_OK
                   : tx_bad_column(&c->tx, s, at, "is NULL; Out declares it without ?");
    }
    if (!fits(want, type))
        return tx_bad_column(&c->tx, s, at, "is of another type than Out declares");
    if (want == DB_INT && type == OID_BOOL)
        out->i = *p == 't';
    else if (want == DB_INT)
        is_good = str_to_int(text, &out->i);
    else if (want == DB_REAL)
        is_good = str_to_double(text, &out->r);
    else {
        const struct str bytes = want == DB_BLOB ? bytes_in_place(p, text.n) : text;

        out->s = mem == NULL ? bytes : str_copy(mem, bytes);
    }
    return is_good ? ST_OK : tx_bad_column(&c->tx, s, at, "is no number that fits");
}

/* Rows of one result; *is_more is false when the callback has had enough. */
static enum status walk(struct pg *c, PGresult *r, const struct db_statement *s,
                        struct arena *mem, db_row each, void *arg, int64_t *n_rows, bool *is_more)
{
    struct db_value row[DB_MAX_COLUMNS];
    const int n = PQntuples(r);

    if (PQnfields(r) != s->n_columns)
        bug("%s gives %d columns, %d are declared", s->name, PQnfields(r), s->n_columns);
    for (int i = 0; i < n && *is_more; i++) {
        for (int k = 0; k < s->n_columns; k++) {
            const enum status st = read_column(c, r, i, s, k, mem, &row[k]);

            if (st != ST_OK)
                return st;
        }
        ++*n_rows;
        *is_more = each == NULL || each(arg, row);
    }
    return ST_OK;
}

static int64_t n_changed(PGresult *r)
{
    int64_t n = 0;

    str_to_int(str_of(PQcmdTuples(r)), &n);
    return n;
}

/* A long export: rows come bit by bit from a cursor, other queries may run in between. */
static enum status run_cursor(struct pg *c, const struct db_statement *s, const struct params *p,
                              db_row each, void *arg, int64_t *n_rows)
{
    const int number = c->n_cursors++;
    char fetch[64];
    char *sql = arena_alloc(c->mem, strlen(s->postgres) + 64);
    bool is_more = true;

    sprintf(sql, "DECLARE c%d NO SCROLL CURSOR FOR %s", number, s->postgres);
    PGresult *r = PQexecParams(c->h, sql, s->n_params, p->types, p->values, p->lengths, p->formats,
                               0);
    enum status st = PQresultStatus(r) == PGRES_COMMAND_OK ? ST_OK : pg_failed(c, s->name, r);

    PQclear(r);
    snprintf(fetch, sizeof fetch, "FETCH %d FROM c%d", FETCH_ROWS, number);
    while (st == ST_OK && is_more) {
        r = PQexec(c->h, fetch);
        if (PQresultStatus(r) != PGRES_TUPLES_OK) {
            st = pg_failed(c, s->name, r);
            PQclear(r);
            return st;
        }
        keep_open(c, r, s->name);
        st = walk(c, r, s, NULL, each, arg, n_rows, &is_more);
        is_more = is_more && PQntuples(r) == FETCH_ROWS;
        let_go(c);
    }
    if (st == ST_OK) {
        snprintf(fetch, sizeof fetch, "CLOSE c%d", number);
        PQclear(PQexec(c->h, fetch));
    }
    return st;
}

enum status pg_run(struct db_tx *tx, const struct db_statement *s, const struct db_value *params,
                   struct arena *mem, db_row each, void *arg, int64_t *n_rows)
{
    struct pg *c = (struct pg *)tx;
    struct params p;
    bool is_more = true;
    enum status st = pg_begin(c);

    set_types(&p, s);
    if (st == ST_OK)
        st = set_values(c, &p, s, params);
    if (st == ST_OK && mem == NULL && s->n_columns > 0 && !s->writes)
        return run_cursor(c, s, &p, each, arg, n_rows);
    if (st == ST_OK && !s->is_once)
        st = prepare(c, s, &p);
    if (st != ST_OK)
        return st;
    PGresult *r = s->is_once ? PQexecParams(c->h, s->postgres, s->n_params, p.types, p.values,
                                            p.lengths, p.formats, 0)
                             : PQexecPrepared(c->h, s->name, s->n_params, p.values, p.lengths,
                                              p.formats, 0);

    if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK) {
        st = pg_failed(c, s->name, r);
        PQclear(r);
        return st;
    }
    keep_open(c, r, s->name);
    if (s->n_columns > 0)
        st = walk(c, r, s, mem, each, arg, n_rows, &is_more);
    else
        *n_rows = s->writes ? n_changed(r) : 0;
    let_go(c);
    return st;
}

enum status pg_exec(struct db_tx *tx, const char *sql)
{
    struct pg *c = (struct pg *)tx;
    enum status st = pg_begin(c);

    if (st != ST_OK)
        return st;
    PGresult *r = PQexec(c->h, sql);

    if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK &&
        PQresultStatus(r) != PGRES_EMPTY_QUERY)
        st = pg_failed(c, "exec", r);
    PQclear(r);
    return st;
}

const char *pg_text(PGconn *h, const char *sql, struct arena *mem)
{
    PGresult *r = PQexec(h, sql);
    const bool has_one = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0;
    const char *out = has_one ? str_z(mem, str_of(PQgetvalue(r, 0, 0))) : NULL;

    PQclear(r);
    return out;
}
