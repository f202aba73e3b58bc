#include "base/fault.h"
#include "base/log.h"
#include "store/sqlite_private.h"
#include <stdio.h>
#include <string.h>

static const char setup[] = "PRAGMA journal_mode=WAL;"
                            "PRAGMA synchronous=FULL;"
                            "PRAGMA foreign_keys=ON;"
                            "PRAGMA trusted_schema=OFF;"
                            "PRAGMA cell_size_check=ON;"
                            "PRAGMA temp_store=MEMORY;"
                            "PRAGMA cache_size=-4000;"
                            "PRAGMA journal_size_limit=67108864;";

static bool prepare_own(struct connection *c)
{
    const struct {
        const char *sql;
        sqlite3_stmt **to;
    } list[] = {{c->tx.may_write ? "BEGIN IMMEDIATE" : "BEGIN", &c->begin},
                {"COMMIT", &c->commit},
                {"ROLLBACK", &c->rollback},
                {"SAVEPOINT job", &c->savepoint},
                {"RELEASE job", &c->release},
                {"ROLLBACK TO job", &c->rollback_to}};

    for (int i = 0; i < ARRAY_LEN(list); i++)
        if (sqlite3_prepare_v3(c->h, list[i].sql, -1, SQLITE_PREPARE_PERSISTENT, list[i].to, NULL) !=
            SQLITE_OK)
            return false;
    return true;
}

/* WAL is a property of the file, and SQLite keeps silent when it cannot have it. */
static bool is_wal(sqlite3 *h)
{
    sqlite3_stmt *s = NULL;
    const bool is_it = sqlite3_prepare_v2(h, "PRAGMA journal_mode", -1, &s, NULL) == SQLITE_OK &&
                       sqlite3_step(s) == SQLITE_ROW &&
                       strcmp((const char *)sqlite3_column_text(s, 0), "wal") == 0;

    sqlite3_finalize(s);
    return is_it;
}

enum status conn_open(struct connection *c, struct sqlite_db *d, bool may_write, struct str *why,
                      struct arena *mem)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (may_write ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(d->path, &c->h, flags, sqlite_faults_vfs());

    c->tx.db = &d->db;
    c->tx.may_write = may_write;
    if (c->mem == NULL)
        c->mem = arena_new(0);
    if (rc == SQLITE_OK) {
        sqlite3_busy_timeout(c->h, d->wait_ms);
        sqlite3_db_config(c->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_db_config(c->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        sqlite3_db_config(c->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        rc = sqlite3_exec(c->h, setup, NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK && !may_write)
        rc = sqlite3_exec(c->h, "PRAGMA query_only=ON", NULL, NULL, NULL);
    if (rc == SQLITE_OK && is_wal(c->h) && prepare_own(c))
        return ST_OK;
    if (why != NULL)
        *why = str_fmt(mem, "%s cannot be opened: %s", d->path,
                       c->h == NULL ? "no memory" : sqlite3_errmsg(c->h));
    conn_close(c);
    return (rc & 0xff) == SQLITE_BUSY ? ST_BUSY : ST_UNAVAILABLE;
}

void conn_close(struct connection *c)
{
    if (c->h != NULL) {
        for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(c->h, NULL)) != NULL;)
            sqlite3_finalize(s);
        sqlite3_close(c->h);
    }
    arena_free(c->mem);
    c->h = NULL;
    c->mem = NULL;
    c->slots = NULL;
    c->n_slots = c->n_used = 0;
}

int conn_step(struct connection *c, sqlite3_stmt *s)
{
    const int rc = sqlite3_step(s);

    (void)c;
    sqlite3_reset(s);
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static void end_spare(struct connection *c)
{
    sqlite3_finalize(c->spare[--c->n_spare]);
}

void conn_tidy(struct connection *c)
{
    for (int i = 0; c->n_busy > 0 && i < c->n_slots; i++)
        if (c->slots[i].is_busy) {
            sqlite3_reset(c->slots[i].stmt);
            c->slots[i].is_busy = false;
            c->n_busy--;
        }
    while (c->n_spare > 0)
        end_spare(c);
}

/* After these the content of the disk is not known: SECURITY.md T33. A full disk is none of
 * them, nor is memory or a lock. */
static bool breaks(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return true;
    case SQLITE_IOERR:
        return rc != SQLITE_IOERR_NOMEM && rc != SQLITE_IOERR_BLOCKED && rc != SQLITE_IOERR_LOCK &&
               rc != SQLITE_IOERR_SHMSIZE && rc != SQLITE_IOERR_SHMMAP && rc != SQLITE_IOERR_SHMOPEN;
    default:
        return false;
    }
}

enum status conn_status(struct connection *c, int rc)
{
    if (c->tx.may_write && breaks(rc))
        c->is_broken = true;
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return ST_OK;
    case SQLITE_CONSTRAINT:
        return ST_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ST_BUSY;
    case SQLITE_TOOBIG:
        return ST_TOO_LARGE;
    case SQLITE_INTERRUPT:
        return ST_TIMEOUT;
    default:
        return ST_UNAVAILABLE;
    }
}

/* Notes a failed statement: names and codes go to the log, values never do. */
static enum status failed(struct connection *c, const char *name, int rc)
{
    const enum status st = conn_status(c, rc);
    const char *words = sqlite3_errmsg(c->h);

    if (st == ST_UNAVAILABLE)
        log_event(LOG_ERROR, "store-statement", LOG_Z("statement", name), LOG_INT("code", rc),
                  LOG_Z("what", words), LOG_END);
    return tx_failed(&c->tx, st, words);
}

/* ---- finding the prepared statement ---- */

static size_t slot_of(const struct connection *c, const struct db_statement *s)
{
    size_t i = ((uintptr_t)s >> 4) * 0x9e3779b97f4a7c15u >> 32 & (size_t)(c->n_slots - 1);

    while (c->slots[i].key != NULL && c->slots[i].key != s)
        i = (i + 1) & (size_t)(c->n_slots - 1);
    return i;
}

static void grow_slots(struct connection *c)
{
    const struct prepared *old = c->slots;
    const int n_old = c->n_slots;

    c->n_slots = n_old == 0 ? 64 : n_old * 2;
    c->slots = ARENA_ARRAY(c->mem, struct prepared, (size_t)c->n_slots);
    for (int i = 0; i < n_old; i++)
        if (old[i].key != NULL)
            c->slots[slot_of(c, old[i].key)] = old[i];
}

/* The statement to step; *out_slot is NULL for a spare one. */
static int find(struct connection *c, const struct db_statement *s, sqlite3_stmt **out,
                struct prepared **out_slot)
{
    struct prepared *slot = NULL;
    unsigned flags = 0;

    if (!s->is_once) {
        if (c->n_used * 2 >= c->n_slots)
            grow_slots(c);
        slot = &c->slots[slot_of(c, s)];
        flags = SQLITE_PREPARE_PERSISTENT;
    }
    if (slot != NULL && slot->key != NULL && !slot->is_busy) {
        *out = slot->stmt;
        *out_slot = slot;
        return SQLITE_OK;
    }
    const bool is_spare = slot == NULL || slot->is_busy;

    if (is_spare && c->n_spare == MAX_NESTED)
        bug("%s: queries inside the callbacks of queries, %d deep", s->name, MAX_NESTED);
    const int rc = sqlite3_prepare_v3(c->h, s->sqlite, -1, is_spare ? 0 : flags, out, NULL);

    if (rc != SQLITE_OK)
        return rc;
    if (sqlite3_column_count(*out) != s->n_columns)
        bug("%s gives %d columns, %d are declared", s->name, sqlite3_column_count(*out),
            s->n_columns);
    if (is_spare) {
        c->spare[c->n_spare++] = *out;
        slot = NULL;
    } else {
        *slot = (struct prepared){.key = s, .stmt = *out};
        c->n_used++;
    }
    *out_slot = slot;
    return SQLITE_OK;
}

/* ---- values in, values out ---- */

static int bind_one(sqlite3_stmt *s, int at, const struct db_value *v)
{
    /* NULL for the pointer would bind NULL, and an empty text is not that. */
    const char *bytes = v->s.n == 0 ? "" : v->s.p;

    if (v->is_null)
        return sqlite3_bind_null(s, at);
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(s, at, v->i);
    case DB_REAL:
        return sqlite3_bind_double(s, at, v->r);
    case DB_TEXT:
        return sqlite3_bind_text64(s, at, bytes, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    default:
        return sqlite3_bind_blob64(s, at, bytes, v->s.n, SQLITE_STATIC);
    }
}

static int bind_all(sqlite3_stmt *s, const struct db_statement *d, const struct db_value *v)
{
    const int n_taken = sqlite3_bind_parameter_count(s); /* a twin may leave the last ones out */
    int rc = SQLITE_OK;

    for (int i = 0; i < d->n_params && i < n_taken && rc == SQLITE_OK; i++)
        rc = bind_one(s, i + 1, &v[i]);
    return rc;
}

static enum status read_column(struct connection *c, sqlite3_stmt *stmt,
                               const struct db_statement *s, int at, struct arena *mem,
                               struct db_value *out)
{
    const int type = sqlite3_column_type(stmt, at);
    const enum db_type want = s->columns[at] & ~DB_NULLABLE;

    *out = (struct db_value){.type = want};
    if (type == SQLITE_NULL) {
        out->is_null = true;
        return (s->columns[at] & DB_NULLABLE) != 0
                   ? ST_OK
                   : tx_bad_column(&c->tx, s, at, "is NULL; Out declares it without ?");
    }
    if (want == DB_INT && type == SQLITE_INTEGER) {
        out->i = sqlite3_column_int64(stmt, at);
        return ST_OK;
    }
    if (want == DB_REAL && (type == SQLITE_FLOAT || type == SQLITE_INTEGER)) {
        out->r = sqlite3_column_double(stmt, at);
        return ST_OK;
    }
    if ((want == DB_TEXT && type == SQLITE_TEXT) || (want == DB_BLOB && type == SQLITE_BLOB)) {
        const char *p = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(stmt, at)
                                            : sqlite3_column_blob(stmt, at);
        const struct str s_out = {p, (size_t)sqlite3_column_bytes(stmt, at)};

        if (p == NULL && s_out.n > 0)
            return failed(c, s->name, SQLITE_NOMEM);
        out->s = mem == NULL ? s_out : str_copy(mem, s_out);
        return ST_OK;
    }
    return tx_bad_column(&c->tx, s, at, "is of another type than Out declares");
}

static enum status step_all(struct connection *c, sqlite3_stmt *stmt, const struct db_statement *s,
                            struct arena *mem, db_row each, void *arg, int64_t *n_rows)
{
    struct db_value row[DB_MAX_COLUMNS];
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < s->n_columns; i++) {
            const enum status st = read_column(c, stmt, s, i, mem, &row[i]);

            if (st != ST_OK)
                return st;
        }
        ++*n_rows;
        if (each != NULL && !each(arg, row))
            return ST_OK;
    }
    if (rc != SQLITE_DONE)
        return failed(c, s->name, rc);
    if (s->n_columns == 0)
        *n_rows = s->writes ? sqlite3_changes64(c->h) : 0;
    return ST_OK;
}

enum status sqlite_run(struct db_tx *tx, const struct db_statement *s,
                       const struct db_value *params, struct arena *mem, db_row each, void *arg,
                       int64_t *n_rows)
{
    struct connection *c = (struct connection *)tx;
    struct prepared *slot = NULL;
    sqlite3_stmt *stmt = NULL;
    int rc = find(c, s, &stmt, &slot);

    if (rc == SQLITE_OK)
        rc = bind_all(stmt, s, params);
    if (rc != SQLITE_OK)
        return failed(c, s->name, rc);
    /* A row's text may spring the arena's trap and jump over this frame: from here on conn_tidy
     * knows what is open. */
    if (slot != NULL) {
        slot->is_busy = true;
        c->n_busy++;
    }
    const enum status st = step_all(c, stmt, s, mem, each, arg, n_rows);

    sqlite3_reset(stmt);
    if (slot == NULL) {
        end_spare(c);
    } else {
        /* Nested queries may have moved the slots. */
        c->slots[slot_of(c, s)].is_busy = false;
        c->n_busy--;
    }
    return st;
}

enum status sqlite_exec(struct db_tx *tx, const char *sql)
{
    struct connection *c = (struct connection *)tx;
    const int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? ST_OK : failed(c, "exec", rc);
}
