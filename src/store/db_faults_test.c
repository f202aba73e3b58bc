/* When the disk or the server fails: nothing acknowledged is lost, reads go on. Runs fully in a
 * build with -Dfaults=true; without, only the cases that need no fault points. */
#include "base/clock.h"
#include "base/log.h"
#include "store/store_testing.h"
#include "unit.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const enum db_type one_int[] = {DB_INT, DB_TEXT};
static const struct db_statement add_row = {.name = "fault_add",
                                            .sqlite = "INSERT INTO line (n, words) VALUES (?1, ?2)",
                                            .postgres = "INSERT INTO line (n, words) VALUES ($1, $2)",
                                            .params = one_int,
                                            .n_params = 2,
                                            .writes = true};

struct line {
    int64_t n;
    struct str words;
    int n_runs;
};

static enum status add_job(struct db_tx *tx, void *arg)
{
    struct line *l = arg;
    const struct db_value v[] = {{.type = DB_INT, .i = l->n}, {.type = DB_TEXT, .s = l->words}};

    l->n_runs++;
    return db_run(tx, &add_row, v, NULL, NULL, NULL, NULL);
}

static enum status add(struct store_testing *t, int64_t n)
{
    return db_write(t->db, add_job, &(struct line){.n = n, .words = STR("a")});
}

static void begin(struct store_testing *t)
{
    store_testing_begin(t, NULL, 0);
    store_testing_exec(t, "CREATE TABLE line (n BIGINT PRIMARY KEY, words TEXT)");
    log_to_fd(-1);
}

static int64_t count(struct store_testing *t)
{
    return store_testing_number(t, "SELECT COUNT(*) FROM line");
}

#ifdef WECARE_FAULTS
START_TEST(test_db__a_commit_that_fails_is_not_acknowledged)
{
    struct store_testing t;

    begin(&t);
    ck_assert_int_eq(add(&t, 1), ST_OK);
    fault_set("store.commit:1");
    ck_assert_int_eq(add(&t, 2), ST_UNAVAILABLE);
    fault_set(NULL);
    ck_assert_int_eq(count(&t), 1);
    ck_assert_int_eq(add(&t, 2), ST_OK);
    ck_assert_int_eq(db_state(t.db), ST_OK);
    store_testing_end(&t);
}
END_TEST

/* SECURITY T33: after a failed fsync nothing more is acknowledged by this handle. */
START_TEST(test_db__a_failed_fsync_breaks_the_handle_and_reads_go_on)
{
    static const char *const plans[] = {"store.fsync:1", "store.write:1"};
    struct store_testing t;

    if (store_testing_engine() != DB_SQLITE)
        return; /* PostgreSQL does this in its own server */
    for (int i = 0; i < ARRAY_LEN(plans); i++) {
        begin(&t);
        ck_assert_int_eq(add(&t, 1), ST_OK);
        fault_set(plans[i]);
        ck_assert_int_eq(add(&t, 2), ST_UNAVAILABLE);
        fault_set(NULL);
        ck_assert_int_eq(add(&t, 3), ST_UNAVAILABLE); /* the disk is well again: too late */
        ck_assert_int_eq(db_state(t.db), ST_UNAVAILABLE);
        ck_assert_int_eq(count(&t), 1);
        store_testing_reopen(&t, &(struct db_options){0});
        ck_assert_int_eq(db_state(t.db), ST_OK);
        ck_assert_int_ge(count(&t), 1);
        ck_assert_int_eq(add(&t, 3), ST_OK);
        store_testing_end(&t);
    }
}
END_TEST

/* SECURITY T34 */
START_TEST(test_db__a_full_disk_refuses_writes_and_heals_by_itself)
{
    struct store_testing t;

    if (store_testing_engine() != DB_SQLITE)
        return;
    begin(&t);
    ck_assert_int_eq(add(&t, 1), ST_OK);
    fault_set("store.full:*");
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(add(&t, 100 + i), ST_UNAVAILABLE);
        ck_assert_int_eq(count(&t), 1);
    }
    ck_assert_int_eq(db_state(t.db), ST_OK);
    fault_set(NULL);
    ck_assert_int_eq(add(&t, 2), ST_OK);
    ck_assert_int_eq(count(&t), 2);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_job_is_run_again_when_the_engine_asks)
{
    struct store_testing t;
    struct line l = {.n = 1, .words = STR("a")};

    if (store_testing_engine() != DB_POSTGRES)
        return;
    begin(&t);
    fault_set("store.serialisation:1");
    ck_assert_int_eq(db_write(t.db, add_job, &l), ST_OK);
    ck_assert_int_eq(l.n_runs, 2);
    ck_assert_int_eq(count(&t), 1);
    l.n = 2;
    fault_set("store.serialisation:*");
    store_testing_reopen(&t, &(struct db_options){.wait_ms = 200});
    ck_assert_int_eq(db_write(t.db, add_job, &l), ST_BUSY);
    fault_set(NULL);
    ck_assert_int_eq(count(&t), 1);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_commit_whose_answer_is_lost_is_asked_after)
{
    struct store_testing t;

    if (store_testing_engine() != DB_POSTGRES)
        return;
    begin(&t);
    fault_set("store.commit-lost:1");
    ck_assert_int_eq(add(&t, 1), ST_OK);
    fault_set(NULL);
    ck_assert_int_eq(count(&t), 1);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_server_out_of_reach_is_said_and_found_again)
{
    struct store_testing t;
    struct db_tx *tx;

    if (store_testing_engine() != DB_POSTGRES)
        return;
    begin(&t);
    store_testing_reopen(&t, &(struct db_options){0}); /* no connection is open yet */
    fault_set("store.connect:*");
    ck_assert_int_eq(add(&t, 1), ST_UNAVAILABLE);
    ck_assert_int_eq(db_state(t.db), ST_UNAVAILABLE);
    ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
    ck_assert_int_eq(db_run(tx, &(struct db_statement){.name = "one", .postgres = "SELECT 1",
                                                       .columns = one_int, .n_columns = 1,
                                                       .is_once = true},
                            NULL, t.mem, NULL, NULL, NULL), ST_UNAVAILABLE);
    db_read_end(tx);
    fault_set(NULL);
    ck_assert_int_eq(add(&t, 1), ST_OK);
    ck_assert_int_eq(db_state(t.db), ST_OK);
    store_testing_end(&t);
}
END_TEST

static void *add_many(void *arg)
{
    struct store_testing *t = arg;
    static _Atomic int64_t next = 1;
    int64_t n_ok = 0;

    for (int i = 0; i < 60; i++)
        n_ok += add(t, next++) == ST_OK;
    return (void *)(intptr_t)n_ok;
}

/* A group whose commit fails half of the time: each caller is told the truth. */
START_TEST(test_db__of_a_group_that_fails_nobody_is_acknowledged)
{
    struct store_testing t;
    pthread_t threads[8];
    int64_t n_ok = 0;

    begin(&t);
    fault_set("store.commit:2,store.commit:3,store.commit:5,store.commit:9");
    for (int i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, add_many, &t);
    for (int i = 0; i < 8; i++) {
        void *n;

        pthread_join(threads[i], &n);
        n_ok += (intptr_t)n;
    }
    fault_set(NULL);
    ck_assert_int_gt(n_ok, 0);
    ck_assert_int_lt(n_ok, 8 * 60);
    ck_assert_int_eq(count(&t), n_ok);
    store_testing_end(&t);
}
END_TEST
#endif

/* The same without fault points: SQLite itself runs into its page limit. */
static enum status limit_job(struct db_tx *tx, void *sql)
{
    return db_exec(tx, sql);
}

START_TEST(test_db__no_more_pages_refuses_the_large_and_keeps_the_small)
{
    struct store_testing t;
    char big[200000];

    if (store_testing_engine() != DB_SQLITE)
        return;
    begin(&t);
    memset(big, 'a', sizeof big);
    ck_assert_int_eq(add(&t, 1), ST_OK);
    ck_assert_int_eq(db_write(t.db, limit_job, "PRAGMA max_page_count = 20"), ST_OK);
    ck_assert_int_eq(db_write(t.db, add_job, &(struct line){.n = 2, .words = {big, sizeof big}}),
                     ST_UNAVAILABLE);
    ck_assert_int_eq(add(&t, 3), ST_OK);
    ck_assert_int_eq(count(&t), 2);
    ck_assert_int_eq(db_write(t.db, limit_job, "PRAGMA max_page_count = 100000"), ST_OK);
    ck_assert_int_eq(db_write(t.db, add_job, &(struct line){.n = 2, .words = {big, sizeof big}}), ST_OK);
    store_testing_end(&t);
}
END_TEST

/* The server closes every connection but the one that asks: pools do not notice at once. */
START_TEST(test_db__connections_that_died_are_replaced)
{
    struct store_testing t;

    if (store_testing_engine() != DB_POSTGRES)
        return;
    begin(&t);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(add(&t, i), ST_OK);
        store_testing_number(&t, "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                 " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        store_testing_number(&t, "SELECT COUNT(*) FROM line");
    }
    ck_assert_int_eq(count(&t), 3);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__what_cannot_be_opened_says_why)
{
    static const struct {
        const char *url;
        enum status st;
    } cases[] = {{"sqlite:/nonexistent/folder", ST_UNAVAILABLE},
                 {"mysql://x", ST_INVALID},
                 {"postgres://nobody@127.0.0.1:1/x", ST_UNAVAILABLE}};
    struct arena *mem = arena_new(0);
    struct str why;
    struct db *d;

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        ck_assert_int_eq(db_open(&(struct db_options){.url = cases[i].url}, mem, &d, &why),
                         cases[i].st);
        ck_assert_int_gt((int)why.n, 10);
        ck_assert_ptr_null(d);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_db__must_exist_makes_nothing)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-test-XXXXXX", url[64];
    struct str why;
    struct db *d;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(url, sizeof url, "sqlite:%s", folder);
    ck_assert_int_eq(db_open(&(struct db_options){.url = url, .must_exist = true}, mem, &d, &why),
                     ST_NOT_FOUND);
    ck_assert_int_eq(rmdir(folder), 0); /* still empty */
    arena_free(mem);
}
END_TEST

#ifdef WECARE_FAULTS
#define WITH_FAULT_POINTS                                                                          \
    test_db__a_commit_that_fails_is_not_acknowledged,                                              \
        test_db__a_failed_fsync_breaks_the_handle_and_reads_go_on,                                 \
        test_db__a_full_disk_refuses_writes_and_heals_by_itself,                                   \
        test_db__a_job_is_run_again_when_the_engine_asks,                                          \
        test_db__a_commit_whose_answer_is_lost_is_asked_after,                                     \
        test_db__a_server_out_of_reach_is_said_and_found_again,                                    \
        test_db__of_a_group_that_fails_nobody_is_acknowledged,
#else
#define WITH_FAULT_POINTS
#endif

UNIT_MAIN("db_faults", WITH_FAULT_POINTS test_db__no_more_pages_refuses_the_large_and_keeps_the_small,
          test_db__connections_that_died_are_replaced, test_db__what_cannot_be_opened_says_why,
          test_db__must_exist_makes_nothing)
