/* promises_test.c - what holds for the whole program: queries, steps, rows, menus. */
#include "promises.h"
#include "app/assembly.h"
#include "app/features.h"
#include "tests/support/harness.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* ---- every query prepares, and gives what it declares ---- */

struct trouble {
    char words[4000];
    int n;
};

static void note(struct trouble *t, const char *name, const char *why)
{
    const size_t at = strlen(t->words);

    t->n++;
    snprintf(t->words + at, sizeof t->words - at, "%s: %s\n", name, why);
}

static void prepare_on_sqlite(sqlite3 *db, const struct db_statement *s, struct trouble *t)
{
    sqlite3_stmt *prepared = NULL;
    const char *rest = "";

    if (sqlite3_prepare_v2(db, s->sqlite, -1, &prepared, &rest) != SQLITE_OK)
        note(t, s->name, sqlite3_errmsg(db));
    else if (rest[strspn(rest, "; \n\t")] != '\0')
        note(t, s->name, "more than one statement");
    else if (sqlite3_column_count(prepared) != s->n_columns)
        note(t, s->name, "gives another number of columns than it declares");
    else if (sqlite3_bind_parameter_count(prepared) != s->n_params)
        note(t, s->name, "takes another number of parameters than it declares");
    else if ((sqlite3_stmt_readonly(prepared) == 0) != s->writes)
        note(t, s->name, "writes, or does not, unlike it declares");
    sqlite3_finalize(prepared);
}

static void prepare_all_on_sqlite(const struct store_testing *st, struct trouble *t)
{
    char path[600];
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/wecare.db", st->folder);
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    for (int i = 0; i < n_all_statements; i++)
        for (int k = 0; k < all_statements[i].n; k++)
            prepare_on_sqlite(db, all_statements[i].list[k], t);
    sqlite3_close(db);
}

/* pg_type: bool, bytea, int8, int2, int4, text, float8, varchar, numeric. */
static bool fits(enum db_type declared, Oid type)
{
    switch (declared & ~DB_NULLABLE) {
    case DB_INT: return type == 20 || type == 21 || type == 23 || type == 16 || type == 1700;
    case DB_REAL: return type == 701 || type == 700 || type == 1700;
    case DB_TEXT: return type == 25 || type == 1043 || type == 114 || type == 3802;
    default: return type == 17;
    }
}

static void check_columns(const PGresult *r, const struct db_statement *s, struct trouble *t)
{
    if (PQnfields(r) != s->n_columns)
        note(t, s->name, "gives another number of columns than it declares");
    else
        for (int i = 0; i < s->n_columns; i++)
            if (!fits(s->columns[i], PQftype(r, i)))
                note(t, s->name, PQfname(r, i));
}

static void prepare_on_postgres(PGconn *db, const struct db_statement *s, struct trouble *t)
{
    static const Oid types[] = {[DB_INT] = 20, [DB_REAL] = 701, [DB_TEXT] = 25, [DB_BLOB] = 17};
    Oid params[DB_MAX_PARAMS];

    for (int i = 0; i < s->n_params; i++)
        params[i] = types[s->params[i] & ~DB_NULLABLE];
    PGresult *r = PQprepare(db, s->name, s->postgres, s->n_params, params);

    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        note(t, s->name, PQresultErrorMessage(r));
    } else {
        PQclear(r);
        r = PQdescribePrepared(db, s->name);
        check_columns(r, s, t);
    }
    PQclear(r);
}

static void prepare_all_on_postgres(const struct store_testing *st, struct trouble *t)
{
    PGconn *db = PQconnectdb(st->url);

    ck_assert_int_eq(PQstatus(db), CONNECTION_OK);
    for (int i = 0; i < n_all_statements; i++)
        for (int k = 0; k < all_statements[i].n; k++)
            prepare_on_postgres(db, all_statements[i].list[k], t);
    PQfinish(db);
}

START_TEST(test_promises__every_query_prepares)
{
    struct arena *mem = arena_new(0);
    struct store_testing st;
    struct trouble t = {"", 0};
    int n, n_queries = 0;
    const struct migration *all = assembly_migrations(mem, &n);

    store_testing_begin(&st, all, n);
    for (int i = 0; i < n_all_statements; i++)
        n_queries += all_statements[i].n;
    ck_assert_int_gt(n_queries, 30);
    if (store_testing_engine() == DB_SQLITE)
        prepare_all_on_sqlite(&st, &t);
    else
        prepare_all_on_postgres(&st, &t);
    if (t.n > 0)
        ck_abort_msg("%d of %d queries:\n%s", t.n, n_queries, t.words);
    store_testing_end(&st);
    arena_free(mem);
}
END_TEST

/* ---- every step of the schema has a way back that leaves nothing behind ---- */

static int64_t n_relations(struct store_testing *st)
{
    return store_testing_number(
        st, store_testing_engine() == DB_SQLITE
                ? "SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE 'store_migration%' AND name NOT LIKE 'sqlite_%'"
                : "SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'store_migration%'");
}

static int n_steps_of(const struct migration *all, int n, const char *slice)
{
    int found = 0;

    for (int i = 0; i < n; i++)
        found += strcmp(all[i].slice, slice) == 0;
    return found;
}

START_TEST(test_promises__every_step_goes_back_and_forth)
{
    struct arena *mem = arena_new(0);
    struct store_testing st;
    struct migration_report report;
    int n;
    const struct migration *all = assembly_migrations(mem, &n);

    store_testing_begin(&st, all, n);
    const int64_t before = n_relations(&st);

    ck_assert_int_gt(before, 5);
    for (int i = n - 1; i >= 0; i--) {
        if (i < n - 1 && strcmp(all[i].slice, all[i + 1].slice) == 0)
            continue; /* the whole slice has gone back already */
        const enum status back = migrate_back(st.db, all, n, all[i].slice, n_steps_of(all, n, all[i].slice), mem, &report);

        if (back != ST_OK)
            ck_abort_msg("%s: %s %.*s", all[i].slice, status_name(back), (int)report.why.n, report.why.p);
    }
    ck_assert_int_eq(n_relations(&st), 0);
    ck_assert_int_eq(migrate_forward(st.db, all, n, mem, &report), ST_OK);
    ck_assert_int_eq(report.n_applied, n);
    ck_assert_int_eq(n_relations(&st), before);
    store_testing_end(&st);
    arena_free(mem);
}
END_TEST

/* ---- every row is whole, and what needs no value answers in both languages ---- */

static int ask(struct harness *h, struct arena *mem, const char *before, const char *path, struct web_reply *out)
{
    const struct web_ask a = {.method = "GET", .target = str_fmt(mem, "%s%s", before, path).p};

    web_app_ask(h->app, mem, &a, out);
    return out->code;
}

/* Files and addresses for programs have one language. */
static bool has_languages(const char *path)
{
    return strncmp(path, "/dati/", 6) != 0 && strncmp(path, "/api/", 5) != 0;
}

START_TEST(test_promises__every_row_is_whole_and_answers)
{
    struct harness *h = harness_new();
    struct arena *mem = arena_new(0);
    const struct route *r;
    struct web_reply reply;
    int n = 0;

    for (; (r = web_app_route(h->app, n)) != NULL; n++) {
        ck_assert_msg(r->method && r->path && r->handler && r->who && r->tx && r->cache && r->cost && r->purpose && *r->purpose &&
                          r->object && *r->object && r->audit && *r->audit,
                      "%s is incomplete", r->path == NULL ? "a row" : r->path);
        ck_assert_msg(r->method == GET || r->tx == TX_WRITE || r->asks_only || strncmp(r->path, "/api/", 5) == 0, "%s: a form that writes nothing", r->path);
        ck_assert_msg(r->method == POST || r->tx != TX_WRITE, "%s: reading must not write", r->path);
        if (r->method != GET || strchr(r->path, ':') != NULL)
            continue;
        const int code = ask(h, mem, "", r->path, &reply);

        ck_assert_msg(code == 200 || code == 303 || (code == 403 && keyed_opens(h, r->path)), "%s answers %d", r->path, code);
        if (has_languages(r->path))
            ck_assert_msg(ask(h, mem, "/en", r->path, &reply) == code, "/en%s answers %d", r->path, reply.code);
        arena_reset(mem);
    }
    ck_assert_int_gt(n, 10);
    arena_free(mem);
    harness_free(h);
}
END_TEST

START_TEST(test_promises__no_menu_entry_leads_nowhere)
{
    struct harness *h = harness_new();
    struct arena *mem = arena_new(0);
    struct web_reply reply;
    int n = 0;

    for (int i = 0; i < n_app_features; i++)
        for (int k = 0; k < app_features[i]->n_menu; k++, n++) {
            const struct menu_entry *e = &app_features[i]->menu[k];

            /* a visitor without a key is told how to get one: the page itself must be there for who has it */
            const int code = ask(h, mem, "", e->path, &reply);

            ck_assert_msg(code == 200 || (code == 403 && keyed_opens(h, e->path)), "%s of the menu answers %d", e->path, code);
            ck_assert_msg(ask(h, mem, "/en", e->path, &reply) == code, "/en%s of the menu answers %d", e->path, reply.code);
            arena_reset(mem);
        }
    ck_assert_int_gt(n, 3);
    arena_free(mem);
    harness_free(h);
}
END_TEST

UNIT_MAIN("promises", test_promises__every_query_prepares, test_promises__every_step_goes_back_and_forth,
          test_promises__every_row_is_whole_and_answers, test_promises__no_menu_entry_leads_nowhere)
