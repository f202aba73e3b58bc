/* What both engines promise alike: transactions, values, statuses. */
#include "base/log.h"
#include "store/db.h"
#include "store/store_testing.h"
#include "unit.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define BOTH(text) .sqlite = text, .postgres = text

static const char note_sql[] = "CREATE TABLE note (id BIGINT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION,"
                               " words TEXT, bytes %s, up BIGINT REFERENCES note (id) DEFERRABLE"
                               " INITIALLY DEFERRED)";

static const enum db_type note_types[] = {DB_INT, DB_INT, DB_REAL, DB_TEXT, DB_BLOB};
static const enum db_type note_columns[] = {DB_INT, DB_INT | DB_NULLABLE, DB_REAL | DB_NULLABLE,
                                            DB_TEXT | DB_NULLABLE, DB_BLOB | DB_NULLABLE};
static const struct db_statement note_add = {
    .name = "note_add",
    .sqlite = "INSERT INTO note (id, n, x, words, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
    .postgres = "INSERT INTO note (id, n, x, words, bytes) VALUES ($1, $2, $3, $4, $5)",
    .params = note_types,
    .n_params = 5,
    .writes = true};
static const struct db_statement note_get = {
    .name = "note_get",
    .sqlite = "SELECT id, n, x, words, bytes FROM note WHERE id = ?1",
    .postgres = "SELECT id, n, x, words, bytes FROM note WHERE id = $1",
    .params = note_types,
    .n_params = 1,
    .columns = note_columns,
    .n_columns = 5};
static const struct db_statement note_all = {.name = "note_all",
                                             BOTH("SELECT id FROM note ORDER BY id"),
                                             .columns = note_columns,
                                             .n_columns = 1};
static const struct db_statement note_raise = {
    .name = "note_raise",
    .sqlite = "UPDATE note SET n = n + 1 WHERE id >= ?1",
    .postgres = "UPDATE note SET n = n + 1 WHERE id >= $1",
    .params = note_types,
    .n_params = 1,
    .writes = true};

static void begin(struct store_testing *t)
{
    char sql[300];

    store_testing_begin(t, NULL, 0);
    snprintf(sql, sizeof sql, note_sql, store_testing_engine() == DB_SQLITE ? "BLOB" : "BYTEA");
    store_testing_exec(t, sql);
}

struct note {
    int64_t id, n;
    bool is_null;
    double x;
    struct str words, bytes;
    enum status then; /* what the job returns after its insert */
    int n_runs;
};

static enum status add(struct db_tx *tx, const struct note *v)
{
    const struct db_value values[] = {{.type = DB_INT, .i = v->id},
                                      {.type = DB_INT, .i = v->n, .is_null = v->is_null},
                                      {.type = DB_REAL, .r = v->x, .is_null = v->is_null},
                                      {.type = DB_TEXT, .s = v->words, .is_null = v->is_null},
                                      {.type = DB_BLOB, .s = v->bytes, .is_null = v->is_null}};

    return db_run(tx, &note_add, values, NULL, NULL, NULL, NULL);
}

static enum status add_job(struct db_tx *tx, void *arg)
{
    struct note *v = arg;
    const enum status st = add(tx, v);

    v->n_runs++;
    return st == ST_OK ? v->then : st;
}

static bool keep_row(void *arg, const struct db_value *v)
{
    memcpy(arg, v, 5 * sizeof *v);
    return true;
}

static enum status get(struct store_testing *t, int64_t id, struct db_value out[5], int64_t *n)
{
    struct db_tx *tx;

    ck_assert_int_eq(db_read_begin(t->db, &tx), ST_OK);
    const enum status st = db_run(tx, &note_get, &(struct db_value){.type = DB_INT, .i = id},
                                  t->mem, keep_row, out, n);

    db_read_end(tx);
    return st;
}

static int64_t count(struct store_testing *t)
{
    return store_testing_number(t, "SELECT COUNT(*) FROM note");
}

START_TEST(test_db__every_kind_of_value_comes_back_as_it_went)
{
    static const char bytes[] = {0, 1, (char)0xff, '\\', 'x', 0};
    const struct note in[] = {
        {.id = INT64_MIN, .n = INT64_MAX, .x = 0.1, .words = STR("l'è ''\\ ? :a $1 \"x\""),
         .bytes = {bytes, sizeof bytes}},
        {.id = 2, .n = 0, .x = -1.7976931348623157e308, .words = {NULL, 0}, .bytes = {NULL, 0}},
        {.id = 3, .is_null = true}};
    struct store_testing t;
    struct db_value v[5];
    int64_t n;

    begin(&t);
    for (int i = 0; i < ARRAY_LEN(in); i++) {
        ck_assert_int_eq(db_write(t.db, add_job, (void *)&in[i]), ST_OK);
        ck_assert_int_eq(get(&t, in[i].id, v, &n), ST_OK);
        ck_assert_int_eq(n, 1);
        ck_assert(v[0].i == in[i].id);
        for (int k = 1; k < 5; k++)
            ck_assert_int_eq(v[k].is_null, in[i].is_null);
        ck_assert(v[1].i == in[i].n);
        ck_assert(v[2].r == in[i].x);
        ck_assert(str_eq(v[3].s, in[i].words));
        ck_assert(str_eq(v[4].s, in[i].bytes));
    }
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__no_row_is_no_error_and_changed_rows_are_counted)
{
    struct store_testing t;
    struct db_value v[5];
    int64_t n = 7;

    begin(&t);
    ck_assert_int_eq(get(&t, 99, v, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    store_testing_exec(&t, "INSERT INTO note (id, n) VALUES (1, 1), (2, 1), (3, 1)");
    store_testing_exec(&t, "UPDATE note SET n = 5 WHERE id > 1");
    ck_assert_int_eq(store_testing_number(&t, "SELECT SUM(n) FROM note"), 11);
    store_testing_end(&t);
}
END_TEST

static enum status raise_job(struct db_tx *tx, void *n)
{
    return db_run(tx, &note_raise, &(struct db_value){.type = DB_INT, .i = 2}, NULL, NULL, NULL, n);
}

START_TEST(test_db__a_write_tells_how_many_rows_it_changed)
{
    struct store_testing t;
    int64_t n = 0;

    begin(&t);
    store_testing_exec(&t, "INSERT INTO note (id, n) VALUES (1, 1), (2, 1), (3, 1)");
    ck_assert_int_eq(db_write(t.db, raise_job, &n), ST_OK);
    ck_assert_int_eq(n, 2);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_job_that_does_not_return_ok_leaves_no_trace)
{
    struct store_testing t;
    struct note v = {.id = 1, .then = ST_DENIED};

    begin(&t);
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_DENIED);
    ck_assert_int_eq(count(&t), 0);
    v.then = ST_OK;
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK);
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_CONFLICT);
    ck_assert_int_eq(count(&t), 1);
    store_testing_end(&t);
}
END_TEST

static enum status ignore_failure_job(struct db_tx *tx, void *arg)
{
    const struct note first = {.id = 5}, after = {.id = 6};

    (void)arg;
    add(tx, &first);
    ck_assert_int_eq(add(tx, &first), ST_CONFLICT);
    ck_assert_int_gt((int)db_error(tx).n, 0);
    ck_assert_int_eq(add(tx, &after), ST_CONFLICT); /* it fails like the first failure */
    return ST_OK;
}

START_TEST(test_db__a_job_cannot_go_on_after_a_failed_statement)
{
    struct store_testing t;

    begin(&t);
    ck_assert_int_eq(db_write(t.db, ignore_failure_job, NULL), ST_CONFLICT);
    ck_assert_int_eq(count(&t), 0);
    store_testing_end(&t);
}
END_TEST

static enum status dangling_job(struct db_tx *tx, void *arg)
{
    (void)arg;
    return db_exec(tx, "INSERT INTO note (id, up) VALUES (1, 12345)");
}

START_TEST(test_db__a_key_that_points_nowhere_is_refused_at_the_commit)
{
    struct store_testing t;

    begin(&t);
    ck_assert_int_eq(db_write(t.db, dangling_job, NULL), ST_CONFLICT);
    ck_assert_int_eq(count(&t), 0);
    store_testing_exec(&t, "INSERT INTO note (id, up) VALUES (1, 2), (2, NULL)");
    ck_assert_int_eq(count(&t), 2);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_read_sees_one_moment_and_a_later_one_the_news)
{
    struct store_testing t;
    struct note v = {.id = 1};
    struct db_tx *tx;
    struct db_value row[5];
    const struct db_value id = {.type = DB_INT, .i = 1};
    int64_t n;

    begin(&t);
    ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
    ck_assert_int_eq(db_run(tx, &note_get, &id, t.mem, keep_row, row, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK); /* a reader stops no writer */
    ck_assert_int_eq(db_run(tx, &note_get, &id, t.mem, keep_row, row, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    db_read_end(tx);
    ck_assert_int_eq(count(&t), 1);
    store_testing_end(&t);
}
END_TEST

/* ---- walking rows ---- */

struct walk {
    struct db_tx *tx;
    struct arena *mem;
    int64_t n, n_inner, stop_at;
};

static bool count_inner(void *arg, const struct db_value *v)
{
    (void)v;
    ++*(int64_t *)arg;
    return true;
}

static bool walk_row(void *arg, const struct db_value *v)
{
    struct walk *w = arg;

    ck_assert_int_eq(v[0].i, ++w->n);
    if (w->n % 100 == 1) /* the same statement inside itself, and another */
        ck_assert_int_eq(db_run(w->tx, &note_all, NULL, w->mem, count_inner, &w->n_inner, NULL), ST_OK);
    return w->n != w->stop_at;
}

static void walk(struct store_testing *t, bool is_borrowed, int64_t stop_at, struct walk *out)
{
    struct db_tx *tx;
    int64_t n;

    ck_assert_int_eq(db_read_begin(t->db, &tx), ST_OK);
    *out = (struct walk){.tx = tx, .mem = is_borrowed ? NULL : t->mem, .stop_at = stop_at};
    ck_assert_int_eq(db_run(tx, &note_all, NULL, out->mem, walk_row, out, &n), ST_OK);
    ck_assert_int_eq(n, out->n);
    db_read_end(tx);
}

START_TEST(test_db__callbacks_may_query_and_may_stop_early)
{
    struct store_testing t;
    struct walk w;

    begin(&t);
    store_testing_exec(&t, "INSERT INTO note (id) WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL "
                           "SELECT x + 1 FROM c WHERE x < 1000) SELECT x FROM c");
    for (int is_borrowed = 0; is_borrowed < 2; is_borrowed++) {
        walk(&t, is_borrowed, 0, &w);
        ck_assert_int_eq(w.n, 1000);
        ck_assert_int_eq(w.n_inner, 10 * 1000);
        walk(&t, is_borrowed, 300, &w);
        ck_assert_int_eq(w.n, 300);
    }
    store_testing_end(&t);
}
END_TEST

/* ---- out of memory in the middle ---- */

static enum status greedy_job(struct db_tx *tx, void *arg)
{
    struct arena *small = arg;
    jmp_buf trap;

    arena_reset(small);
    if (setjmp(trap) != 0) {
        arena_trap(small, NULL);
        return ST_BUSY; /* as the router does: the trap stays inside the job */
    }
    arena_trap(small, &trap);
    ck_assert_int_eq(db_exec(tx, "INSERT INTO note (id) VALUES (70)"), ST_OK);
    db_run(tx, &note_get, &(struct db_value){.type = DB_INT, .i = 1}, small, count_inner,
           &(int64_t){0}, NULL);
    arena_trap(small, NULL);
    return ST_OK;
}

/* The same in a page that reads. */
static bool greedy_read(struct db_tx *tx, struct arena *small)
{
    jmp_buf trap;

    arena_reset(small);
    if (setjmp(trap) != 0) {
        arena_trap(small, NULL);
        return false;
    }
    arena_trap(small, &trap);
    db_run(tx, &note_get, &(struct db_value){.type = DB_INT, .i = 1}, small, count_inner,
           &(int64_t){0}, NULL);
    arena_trap(small, NULL);
    return true;
}

START_TEST(test_db__a_trap_in_a_read_keeps_no_old_moment_alive)
{
    struct store_testing t;
    struct arena *small = arena_new(1000);
    char big[3000];
    struct note v = {.id = 1, .words = {big, sizeof big}};
    struct db_tx *tx;

    memset(big, 'a', sizeof big);
    begin(&t);
    store_testing_reopen(&t, &(struct db_options){.n_readers = 1});
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK);
    for (int64_t id = 2; id < 30; id++) {
        ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
        ck_assert(!greedy_read(tx, small));
        db_read_end(tx);
        ck_assert_int_eq(db_write(t.db, add_job, &(struct note){.id = id}), ST_OK);
        ck_assert_int_eq(count(&t), id); /* the one reader sees the news */
    }
    store_testing_end(&t);
    arena_free(small);
}
END_TEST

START_TEST(test_db__a_trap_in_the_middle_of_a_row_undoes_the_job_alone)
{
    struct store_testing t;
    struct arena *small = arena_new(1000);
    char big[3000];
    struct note v = {.id = 1, .words = {big, sizeof big}};

    memset(big, 'a', sizeof big);
    begin(&t);
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK);
    for (int i = 0; i < 40; i++) /* more than the pool: nothing may stay behind */
        ck_assert_int_eq(db_write(t.db, greedy_job, small), ST_BUSY);
    ck_assert_int_eq(count(&t), 1);
    v.id = 2;
    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK);
    store_testing_end(&t);
    arena_free(small);
}
END_TEST

/* ---- columns that are not what they say ---- */

START_TEST(test_db__a_null_without_its_mark_and_a_wrong_type_are_told)
{
    static const enum db_type is_int[] = {DB_INT};
    static const struct db_statement bad[] = {
        {.name = "null", BOTH("SELECT n FROM note"), .columns = is_int, .n_columns = 1},
        {.name = "text", BOTH("SELECT words FROM note"), .columns = is_int, .n_columns = 1},
        {.name = "real", BOTH("SELECT x FROM note"), .columns = is_int, .n_columns = 1},
        {.name = "max", BOTH("SELECT MAX(id) FROM note WHERE id > 100"), .columns = is_int,
         .n_columns = 1}};
    struct store_testing t;
    struct db_tx *tx;

    begin(&t);
    store_testing_exec(&t, "INSERT INTO note (id, words, x) VALUES (1, 'a', 1.5)");
    log_to_fd(-1);
    for (int i = 0; i < ARRAY_LEN(bad); i++) {
        ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
        ck_assert_int_eq(db_run(tx, &bad[i], NULL, t.mem, NULL, NULL, NULL), ST_UNAVAILABLE);
        ck_assert_int_gt((int)db_error(tx).n, 0);
        db_read_end(tx);
    }
    ck_assert_int_eq(count(&t), 1);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__numbers_of_other_widths_fit_what_out_declares)
{
    struct store_testing t;

    begin(&t);
    store_testing_exec(&t, "INSERT INTO note (id, n) VALUES (1, 40), (2, 2)");
    ck_assert_int_eq(store_testing_number(&t, "SELECT SUM(n) FROM note"), 42);
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM note"), 2);
    ck_assert_int_eq(store_testing_number(&t, "SELECT EXISTS (SELECT 1 FROM note)"), 1);
    ck_assert_int_eq(store_testing_number(&t, "SELECT 1"), 1);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__the_version_changes_with_every_write_and_not_without)
{
    struct store_testing t;
    struct note v = {.id = 1};

    begin(&t);
    const int64_t before = db_data_version(t.db);

    ck_assert_int_eq(db_write(t.db, add_job, &v), ST_OK);
    const int64_t after = db_data_version(t.db);

    ck_assert_int_ne(before, after);
    store_testing_end(&t);
}
END_TEST

/* ---- misuse ends the program ---- */

static enum status nested_job(struct db_tx *tx, void *db)
{
    struct note v = {.id = 1};

    (void)tx;
    return db_write(db, add_job, &v);
}

static void nest(struct store_testing *t)
{
    db_write(t->db, nested_job, t->db);
}

static void write_in_read(struct store_testing *t)
{
    struct db_tx *tx;

    if (db_read_begin(t->db, &tx) == ST_OK)
        raise_job(tx, NULL);
}

/* In a process of its own, whatever CK_FORK says. */
static void check_dies(void (*misuse)(struct store_testing *t))
{
    struct store_testing *t =
        mmap(NULL, sizeof *t, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    const pid_t pid = fork();
    int how = 0;

    if (pid == 0) {
        log_to_fd(-1);
        signal(SIGABRT, SIG_DFL);
        alarm(20); /* one that waits for itself would wait for ever */
        begin(t);
        misuse(t);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(pid, &how, 0), pid);
    store_testing_sweep(t);
    munmap(t, sizeof *t);
    ck_assert(WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT);
}

START_TEST(test_db__a_write_inside_a_job_is_a_bug)
{
    check_dies(nest);
}
END_TEST

START_TEST(test_db__writing_in_a_read_transaction_is_a_bug)
{
    check_dies(write_in_read);
}
END_TEST

UNIT_MAIN("db", test_db__every_kind_of_value_comes_back_as_it_went,
          test_db__no_row_is_no_error_and_changed_rows_are_counted,
          test_db__a_write_tells_how_many_rows_it_changed,
          test_db__a_job_that_does_not_return_ok_leaves_no_trace,
          test_db__a_job_cannot_go_on_after_a_failed_statement,
          test_db__a_key_that_points_nowhere_is_refused_at_the_commit,
          test_db__a_read_sees_one_moment_and_a_later_one_the_news,
          test_db__callbacks_may_query_and_may_stop_early,
          test_db__a_trap_in_the_middle_of_a_row_undoes_the_job_alone,
          test_db__a_trap_in_a_read_keeps_no_old_moment_alive,
          test_db__a_null_without_its_mark_and_a_wrong_type_are_told,
          test_db__numbers_of_other_widths_fit_what_out_declares,
          test_db__the_version_changes_with_every_write_and_not_without,
          test_db__a_write_inside_a_job_is_a_bug,
          test_db__writing_in_a_read_transaction_is_a_bug)
