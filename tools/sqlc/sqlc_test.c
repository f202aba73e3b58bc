/* Good files give the right C, bad ones the right sentence at the right line. */
#include "sqlc.h"
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct result {
    bool is_done;
    struct buf c, h;
    struct sqlc_errors e;
};

static struct sqlc_file file(const char *name, const char *text)
{
    return (struct sqlc_file){.path = name, .name = name, .text = str_of(text)};
}

static struct result compile(struct arena *mem, const struct sqlc_file *sql, int n_sql,
                             const struct sqlc_file *schema, int n_schema)
{
    const struct sqlc_input in = {.slice = "places",
                                  .c_path = "places_sql.c",
                                  .h_name = "places_sql.h",
                                  .sql = sql,
                                  .n_sql = n_sql,
                                  .schema = schema,
                                  .n_schema = n_schema};
    struct result r = {.c = buf_new(mem, 1000), .h = buf_new(mem, 1000), .e.text = buf_new(mem, 100)};

    r.is_done = sqlc_compile(mem, &in, &r.c, &r.h, &r.e);
    buf_char(&r.c, '\0');
    buf_char(&r.h, '\0');
    buf_char(&r.e.text, '\0');
    return r;
}

static struct result compile_one(struct arena *mem, const char *name, const char *text)
{
    const struct sqlc_file f = file(name, text);

    return compile(mem, &f, 1, NULL, 0);
}

#define HAS(buffer, words)                                                                         \
    ck_assert_msg(strstr((buffer).p, (words)) != NULL, "no '%s' in:\n%s", (words), (buffer).p)
#define HAS_NOT(buffer, words) ck_assert_ptr_null(strstr((buffer).p, (words)))

/* ---- good ---- */

static const char by_istat[] = "-- by_istat.sql: one comune by its code.\n"
                               "-- In   :istat text, :on text\n"
                               "-- Out  area_id int, name text, lat real?\n"
                               "-- Gives one\n"
                               "-- Why: everybody asks.\n"
                               "SELECT a.area_id, a.name, /* :no */ lat -- :nor this\n"
                               "  FROM area a\n"
                               " WHERE a.istat = :istat AND a.since <= :on AND a.kind <> 'a:b \"?\"';\n";

START_TEST(test_sqlc__a_query_becomes_typed_structs_and_a_function)
{
    struct arena *mem = arena_new(0);
    const struct result r = compile_one(mem, "by_istat.sql", by_istat);

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    HAS(r.h, "struct places_by_istat_in {\n    struct str istat;\n    struct str on;\n};");
    HAS(r.h, "    int64_t area_id;\n    struct str name;\n    bool has_lat;\n    double lat;\n");
    HAS(r.h, "enum status places_sql_by_istat(struct ctx *c, const struct places_by_istat_in *in, "
             "struct places_by_istat_row *out);");
    HAS(r.c, "a.istat = \\?1 AND a.since <= \\?2 AND a.kind <> 'a:b \\\"\\?\\\"'\"");
    HAS(r.c, "a.istat = $1 AND a.since <= $2");
    HAS_NOT(r.c, ":no");
    HAS_NOT(r.c, ";\"");
    HAS(r.c, "DB_REAL | DB_NULLABLE");
    HAS(r.c, "#line 3 \"by_istat.sql\"");
    HAS(r.c, "ST_NOT_FOUND");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__a_parameter_used_twice_has_one_number)
{
    struct arena *mem = arena_new(0);
    const struct result r = compile_one(mem, "x.sql",
                                        "-- x.sql: swaps.\n-- In :b int,\n--    :a int?\n"
                                        "UPDATE t SET p = :a, q = :b WHERE r = :a OR s = :b");

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    HAS(r.c, "SET p = \\?2, q = \\?1 WHERE r = \\?2 OR s = \\?1");
    HAS(r.c, "SET p = $2, q = $1 WHERE r = $2 OR s = $1");
    HAS(r.c, ".is_null = !in->has_a");
    HAS(r.c, ".writes = true");
    HAS(r.h, "int64_t *n_changed);");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__each_way_of_giving_rows_has_its_signature)
{
    struct arena *mem = arena_new(0);
    static const char *const gives[] = {"many", "each"};
    static const char *const want[] = {"struct places_x_row **out, int *n_out);",
                                       "bool (*each)(void *, const struct places_x_row *), void *arg);"};

    for (int i = 0; i < 2; i++) {
        const char *text = str_fmt(mem, "-- x.sql: all.\n-- Out a int\n-- Gives %s\nSELECT a FROM t",
                                   gives[i]).p;
        const struct result r = compile_one(mem, "x.sql", text);

        ck_assert_msg(r.is_done, "%s", r.e.text.p);
        HAS(r.h, want[i]);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__returning_and_with_give_rows_of_a_write)
{
    struct arena *mem = arena_new(0);
    const struct result r = compile_one(
        mem, "x.sql", "-- x.sql: adds.\n-- In :a int\n-- Out id int\n-- Gives one\n"
                      "WITH w AS (SELECT :a AS a) INSERT INTO t (a) SELECT a FROM w RETURNING id");

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    HAS(r.c, ".writes = true");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__twins_speak_to_their_engine_each)
{
    struct arena *mem = arena_new(0);
    const struct sqlc_file twins[] = {
        file("x.postgres.sql", "-- x.postgres.sql: a.\n-- In :a text\n-- Out n int\n-- Gives one\n"
                               "SELECT n FROM t WHERE v @@ to_tsquery(:a)"),
        file("x.sqlite.sql", "-- x.sqlite.sql: a.\n-- In :a text\n-- Out n int\n-- Gives one\n"
                             "SELECT n FROM t WHERE t MATCH :a")};
    const struct result r = compile(mem, twins, 2, NULL, 0);

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    HAS(r.c, "MATCH \\?1");
    HAS(r.c, "v @@ to_tsquery($1)");
    HAS(r.h, "places_n_statements = 1");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__migrations_get_the_types_of_each_engine)
{
    struct arena *mem = arena_new(0);
    const struct sqlc_file steps[] = {
        file("0001-area.back.sql", "DROP TABLE area;"),
        file("0001-area.sql", "CREATE TABLE area (\n  id {{id}}, -- public\n"
                              "  at INTEGER NOT NULL CHECK (at IN (1, 2)), -- public\n"
                              "  lat REAL, -- personal: where\n  photo BLOB, -- special (art. 9)\n"
                              "  word TEXT DEFAULT 'INTEGER', -- public\n  UNIQUE (at, lat)\n);\n")};
    const struct result r = compile(mem, NULL, 0, steps, 2);

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    HAS(r.c, "id INTEGER PRIMARY KEY,");
    HAS(r.c, "id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,");
    HAS(r.c, "at BIGINT NOT NULL");
    HAS(r.c, "lat DOUBLE PRECISION");
    HAS(r.c, "photo BYTEA");
    HAS(r.c, "DEFAULT 'INTEGER'");
    HAS(r.h, "places_n_migrations = 1");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__an_empty_slice_has_empty_tables)
{
    struct arena *mem = arena_new(0);
    const struct result r = compile(mem, NULL, 0, NULL, 0);

    ck_assert(r.is_done);
    HAS(r.h, "enum { places_n_statements = 0, places_n_migrations = 0 };");
    arena_free(mem);
}
END_TEST

/* ---- bad: one file each, and the sentence it must give ---- */

struct bad {
    const char *body; /* after the first line */
    const char *says;
};

static const struct bad bad_queries[] = {
    {"-- In :a int\nDELETE FROM t", "x.sql:2: In declares :a, the statement never uses it"},
    {"DELETE FROM t WHERE a = :b", "x.sql:2: :b is used but In does not declare it"},
    {"-- In :a number\nDELETE FROM t WHERE a = :a", "x.sql:2: unknown type 'number' of a"},
    {"-- In :a\nDELETE FROM t WHERE a = :a", "x.sql:2: ':a' has no type"},
    {"-- In a int\nDELETE FROM t WHERE a = :a", "In: 'a int' is not ':name type'"},
    {"-- In :a int, :a text\nDELETE FROM t WHERE a = :a", "a stands twice"},
    {"-- In :a int?, :has_a int\nDELETE FROM t WHERE a = :a AND b = :has_a", "has_a is taken"},
    {"-- In :a int,\nDELETE FROM t WHERE a = :a", "a comma at the end"},
    {"-- In \nDELETE FROM t", "an empty list"},
    {"-- In :Bad int\nDELETE FROM t WHERE a = :Bad", "cannot be a name in C"},
    {"-- In :struct int\nDELETE FROM t WHERE a = :struct", "'struct' cannot be a name in C"},
    {"-- Out a int\nSELECT a FROM t", "x.sql:2: Gives is missing"},
    {"-- Out a int\n-- Gives some\nSELECT a FROM t", "x.sql:3: Gives 'some'"},
    {"-- Out a int\n-- Gives none\nSELECT a FROM t", "Gives none, but Out declares columns"},
    {"-- Gives one\nDELETE FROM t", "Gives rows, but Out is missing"},
    {"-- Out a int\n-- Out b int\n-- Gives one\nSELECT a FROM t", "x.sql:3: the same key stands twice"},
    {"-- Out a int\n-- Gives each\nDELETE FROM t RETURNING a", "Gives each only for a query that reads"},
    {"SELECT a FROM t", "the statement gives 1 columns, Out is missing"},
    {"-- Out a int\n-- Gives one\nSELECT a, b FROM t", "x.sql:2: the statement gives 2 columns, Out declares 1"},
    {"-- Out a int\n-- Gives one\nSELECT b FROM t", "x.sql:4: column 1 is called b, Out says a"},
    {"-- Out a int, b int\n-- Gives one\nSELECT t.b,\n (SELECT 1, 2) AS b FROM t",
     "x.sql:4: column 1 is called b, Out says a"},
    {"-- Out a int\n-- Gives one\nSELECT * FROM t", "name the columns instead of '*'"},
    {"-- Out a int\n-- Gives one\nSELECT t.* FROM t", "name the columns instead of '*'"},
    {"-- Out a int\n-- Gives one\nDELETE FROM t", "RETURNING is missing?"},
    {"DELETE FROM t; DELETE FROM u", "x.sql:2: more than one statement"},
    {"", "no statement in it"},
    {"-- nothing here\n", "no statement in it"},
    {"DROP TABLE t", "a query begins with SELECT"},
    {"DELETE FROM t WHERE a = $1", "'$' is not portable"},
    {"DELETE FROM t WHERE a = ?", "'?' is not allowed"},
    {"DELETE FROM t WHERE a = @a", "not an operator of both engines"},
    {"DELETE FROM t WHERE a = '1'::int", "'::' is a cast of PostgreSQL alone"},
    {"DELETE FROM t WHERE a = : a", "':' without a name"},
    {"DELETE FROM t WHERE a LIKE 'b'", "'LIKE' is not allowed"},
    {"DELETE FROM t WHERE lower (a) = 'b'", "'lower' is not allowed"},
    {"DELETE FROM t WHERE a < now()", "there is one clock"},
    {"DELETE FROM t WHERE a < CURRENT_DATE", "there is one clock"},
    {"DELETE FROM t WHERE a = 'b", "x.sql:2: a quote is opened here and never closed"},
    {"DELETE FROM t WHERE \"a = 1", "a quote is opened here and never closed"},
    {"DELETE FROM t\n/* b", "x.sql:3: a comment is opened here and never closed"},
    {"DELETE FROM t /* a /* b */ WHERE 1 = 1", "a comment inside a comment"},
    {"DELETE FROM t WHERE (a = 1", "1 '(' never closed"},
    {"DELETE FROM t WHERE a = 1)", "')' without its '('"},
    {"DELETE FROM t WHERE `a` = 1", "quote names with \""},
    {"DELETE FROM t WHERE [a] = 1", "quote names with \""},
    {"DELETE FROM t WHERE a = x'00'", "a letter before a quote"},
    {"DELETE FROM t WHERE è = 1", "letters with accents only between quotes"},
    {"-- In :a int\nDELETE FROM t WHERE a = :a AND b = ':a'", "between quotes it is not put in"},
    {"DELETE FROM t WHERE a = {{id}}", "'{{' stands only in schema files"},
    {"DELETE FROM t WHERE a = '\x01'", "not UTF-8, or a control character"},
};

START_TEST(test_sqlc__bad_queries_say_what_is_wrong_and_where)
{
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(bad_queries); i++) {
        const char *text = str_fmt(mem, "-- x.sql: a test.\n%s", bad_queries[i].body).p;
        const struct result r = compile_one(mem, "x.sql", text);

        ck_assert_msg(!r.is_done, "accepted: %s", text);
        ck_assert_msg(strstr(r.e.text.p, bad_queries[i].says) != NULL, "%s\n---- not said: %s\n%s", text,
                      bad_queries[i].says, r.e.text.p);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__all_that_is_wrong_is_told_at_once)
{
    struct arena *mem = arena_new(0);
    const struct result r = compile_one(mem, "x.sql", "-- x.sql: a.\n-- In :a int\n"
                                                      "DELETE FROM t WHERE b LIKE :c AND d = $1");

    ck_assert_int_eq(r.e.n, 4);
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__the_first_line_and_the_file_name_are_checked)
{
    struct arena *mem = arena_new(0);

    HAS(compile_one(mem, "y.sql", "-- x.sql: a.\nDELETE FROM t").e.text, "the first line says");
    HAS(compile_one(mem, "Y-z.sql", "-- Y-z.sql: a.\nDELETE FROM t").e.text, "no name of a query");
    arena_free(mem);
}
END_TEST

START_TEST(test_sqlc__twins_must_agree_and_both_be_there)
{
    struct arena *mem = arena_new(0);
    const struct sqlc_file differ[] = {
        file("x.postgres.sql", "-- x.postgres.sql: a.\n-- In :a text\nDELETE FROM t WHERE a = :a"),
        file("x.sqlite.sql", "-- x.sqlite.sql: a.\n-- In :a int\nDELETE FROM t WHERE a = :a")};
    const struct sqlc_file twice[] = {
        file("x.sql", "-- x.sql: a.\nDELETE FROM t"),
        file("x.sqlite.sql", "-- x.sqlite.sql: a.\nDELETE FROM t")};

    HAS(compile(mem, differ, 2, NULL, 0).e.text, "do not declare the same In, Out and Gives");
    HAS(compile(mem, differ, 1, NULL, 0).e.text, "the twin for SQLite (.sqlite.sql) is missing");
    HAS(compile(mem, twice, 2, NULL, 0).e.text, "both as one text for all engines and as a twin");
    arena_free(mem);
}
END_TEST

static const struct {
    const char *name[2], *text[2];
    const char *says;
} bad_schemas[] = {
    {{"0001-a.sql"}, {"CREATE INDEX i ON t (a)"}, "0001-a.back.sql is missing: every step has its way back"},
    {{"0001-a.back.sql"}, {"DROP INDEX i"}, "0001-a.sql is missing: every step has its way forward"},
    {{"0002-a.back.sql", "0002-a.sql"}, {"DROP INDEX i", "CREATE INDEX i ON t (a)"}, "step 0001 is missing"},
    {{"0001-a.sql", "0001-b.back.sql"}, {"CREATE INDEX i ON t (a)", "DROP INDEX i"}, "number 0001 is taken by 0001-a"},
    {{"1-a.sql"}, {"DROP INDEX i"}, "the file name is no step"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "CREATE TABLE t (\n a TEXT, -- public\n b TEXT\n)"},
     "0001-a.sql:3: column b does not say what it holds"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "CREATE TABLE t (\n a TEXT, -- publicity\n)"},
     "0001-a.sql:2: column a does not say what it holds"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "ALTER TABLE t ADD COLUMN b TEXT;"},
     "column b does not say what it holds"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "CREATE TABLE t (\n a INTEGER PRIMARY KEY -- public\n)"},
     "write {{id}}"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "CREATE TABLE t (\n a {{key}} -- public\n)"},
     "unknown {{...}}"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"DROP TABLE t", "INSERT INTO t VALUES (:a)"}, "a schema takes no parameters"},
    {{"0001-a.back.sql", "0001-a.sql"}, {"-- nothing", "CREATE INDEX i ON t (a)"}, "no statement in it"},
    {{"0001-a.back.sql", "0001-a.sqlite.sql"}, {"DROP INDEX i", "CREATE INDEX i ON t (a)"},
     "the twin 0001-a.postgres.sql is missing"},
};

START_TEST(test_sqlc__bad_schemas_say_what_is_wrong)
{
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(bad_schemas); i++) {
        struct sqlc_file f[2];
        int n = 0;

        for (; n < 2 && bad_schemas[i].name[n] != NULL; n++)
            f[n] = file(bad_schemas[i].name[n], bad_schemas[i].text[n]);
        const struct result r = compile(mem, NULL, 0, f, n);

        ck_assert_msg(!r.is_done, "accepted: %s", bad_schemas[i].says);
        HAS(r.e.text, bad_schemas[i].says);
    }
    arena_free(mem);
}
END_TEST

/* ---- what it writes is C, and a mistake in its use is told at the .sql file ---- */

static int run_cc(struct arena *mem, const char *folder, const char *out)
{
    const char *source = getenv("WECARE_SOURCE");

    return system(str_fmt(mem, "cc -std=c17 -Wall -Wextra -Werror -I%s/src -I%s -c %s/t.c -o %s/t.o 2>%s",
                          source == NULL ? "." : source, folder, folder, folder, out).p);
}

static void put_file(struct arena *mem, const char *folder, const char *name, const char *text)
{
    FILE *f = fopen(str_fmt(mem, "%s/%s", folder, name).p, "w");

    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

START_TEST(test_sqlc__its_c_compiles_and_points_at_the_sql)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-sqlc-XXXXXX", said[20000] = "";
    const struct sqlc_file files[] = {
        file("by_istat.sql", by_istat),
        file("all.sql", "-- all.sql: every one \\ with */ marks.\n-- Out name text?, n int\n-- Gives each\n"
                        "SELECT name, 1 AS n FROM area"),
        file("list.sql", "-- list.sql: every one.\n-- In :a blob?\n-- Out photo blob?, n int\n-- Gives many\n"
                         "SELECT photo, n FROM area WHERE photo = :a"),
        file("drop.sql", "-- drop.sql: all go.\nDELETE FROM area")};
    const struct sqlc_file steps[] = {file("0001-a.back.sql", "DROP TABLE area"),
                                      file("0001-a.sql", "CREATE TABLE area (\n id {{id}} -- public\n)")};
    const struct result r = compile(mem, files, ARRAY_LEN(files), steps, 2);
    const char *err;
    FILE *f;

    ck_assert_msg(r.is_done, "%s", r.e.text.p);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    err = str_fmt(mem, "%s/said", folder).p;
    put_file(mem, folder, "places_sql.h", r.h.p);
    put_file(mem, folder, "t.c", r.c.p);
    ck_assert_int_eq(run_cc(mem, folder, err), 0);
    /* A hand that changes a type in the C finds the .sql named. */
    char *type = strstr(r.c.p, "in->istat");

    memcpy(type, "in->nowhe", 9);
    put_file(mem, folder, "t.c", r.c.p);
    ck_assert_int_ne(run_cc(mem, folder, err), 0);
    f = fopen(err, "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_gt((int)fread(said, 1, sizeof said - 1, f), 0);
    fclose(f);
    ck_assert_ptr_nonnull(strstr(said, "by_istat.sql:"));
    ck_assert_int_eq(system(str_fmt(mem, "rm -r %s", folder).p), 0);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("sqlc", test_sqlc__a_query_becomes_typed_structs_and_a_function,
          test_sqlc__a_parameter_used_twice_has_one_number,
          test_sqlc__each_way_of_giving_rows_has_its_signature,
          test_sqlc__returning_and_with_give_rows_of_a_write,
          test_sqlc__twins_speak_to_their_engine_each,
          test_sqlc__migrations_get_the_types_of_each_engine,
          test_sqlc__an_empty_slice_has_empty_tables,
          test_sqlc__bad_queries_say_what_is_wrong_and_where,
          test_sqlc__all_that_is_wrong_is_told_at_once,
          test_sqlc__the_first_line_and_the_file_name_are_checked,
          test_sqlc__twins_must_agree_and_both_be_there, test_sqlc__bad_schemas_say_what_is_wrong,
          test_sqlc__its_c_compiles_and_points_at_the_sql)
