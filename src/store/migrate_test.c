#include "store/migrate.h"
#include "base/log.h"
#include "store/store_testing.h"
#include "unit.h"
#include <pthread.h>
#include <string.h>

#define STEP(slice_, number_, name_, forward_, back_)                                              \
    {.slice = (slice_), .number = (number_), .name = (name_), .forward = {(forward_), (forward_)}, \
     .back = {(back_), (back_)}}

static const struct migration steps[] = {
    STEP("places", 1, "area", "CREATE TABLE area (id BIGINT PRIMARY KEY); INSERT INTO area VALUES (1)",
         "DROP TABLE area"),
    STEP("places", 2, "name", "ALTER TABLE area ADD COLUMN name TEXT",
         "ALTER TABLE area DROP COLUMN name"),
    STEP("bodies", 1, "body", "CREATE TABLE body (id BIGINT PRIMARY KEY REFERENCES area (id))",
         "DROP TABLE body")};

static bool has_table(struct store_testing *t, const char *sql)
{
    return store_testing_number(t, sql) == 1;
}

#define HAS(t, name)                                                                               \
    has_table((t), store_testing_engine() == DB_SQLITE                                             \
                       ? "SELECT COUNT(*) FROM sqlite_schema WHERE name = '" name "'"              \
                       : "SELECT COUNT(*) FROM pg_tables WHERE tablename = '" name "'")

START_TEST(test_migrate__forward_applies_what_is_missing_once)
{
    struct store_testing t;
    struct migration_report r;

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, steps, 1);
    ck_assert_int_eq(migrate_state(t.db, steps, 3, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_pending, 2);
    ck_assert_int_eq(migrate_forward(t.db, steps, 3, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_applied, 2);
    ck_assert_int_eq(r.n_pending, 0);
    ck_assert(HAS(&t, "body"));
    ck_assert_int_eq(migrate_forward(t.db, steps, 3, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_applied, 0);
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM area"), 1);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_migrate__an_empty_database_has_all_pending)
{
    struct store_testing t;
    struct migration_report r;

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, NULL, 0);
    ck_assert_int_eq(migrate_state(t.db, steps, 3, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_pending, 3);
    ck_assert(!HAS(&t, "store_migration")); /* asking writes nothing */
    store_testing_end(&t);
}
END_TEST

START_TEST(test_migrate__back_undoes_the_last_steps_of_a_slice)
{
    struct store_testing t;
    struct migration_report r;

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, steps, 3);
    ck_assert_int_eq(migrate_back(t.db, steps, 3, "bodies", 1, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_undone, 1);
    ck_assert_int_eq(r.n_pending, 1);
    ck_assert(!HAS(&t, "body"));
    ck_assert_int_eq(migrate_back(t.db, steps, 3, "places", 2, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_undone, 2);
    ck_assert(!HAS(&t, "area"));
    ck_assert_int_eq(migrate_back(t.db, steps, 3, "places", 1, t.mem, &r), ST_NOT_FOUND);
    ck_assert_int_gt((int)r.why.n, 0);
    ck_assert_int_eq(migrate_forward(t.db, steps, 3, t.mem, &r), ST_OK);
    ck_assert_int_eq(r.n_applied, 3);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_migrate__an_edited_step_is_refused)
{
    struct store_testing t;
    struct migration_report r;
    struct migration edited[3];

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, steps, 3);
    memcpy(edited, steps, sizeof edited);
    edited[1].forward[DB_POSTGRES] = "ALTER TABLE area ADD COLUMN name VARCHAR";
    ck_assert_int_eq(migrate_state(t.db, edited, 3, t.mem, &r), ST_CONFLICT);
    ck_assert_int_eq(migrate_forward(t.db, edited, 3, t.mem, &r), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(str_z(t.mem, r.why), "0002-name of places was edited"));
    store_testing_end(&t);
}
END_TEST

START_TEST(test_migrate__a_newer_database_is_refused_and_a_gone_slice_is_not)
{
    struct store_testing t;
    struct migration_report r;

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, steps, 3);
    ck_assert_int_eq(migrate_forward(t.db, steps, 1, t.mem, &r), ST_CONFLICT); /* knows places 1 */
    ck_assert_ptr_nonnull(strstr(str_z(t.mem, r.why), "newer"));
    ck_assert_int_eq(migrate_state(t.db, steps, 2, t.mem, &r), ST_OK); /* bodies was taken away */
    ck_assert_int_eq(r.n_pending, 0);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_migrate__a_step_that_fails_leaves_nothing_of_itself)
{
    static const struct migration bad[] = {
        STEP("places", 1, "ok", "CREATE TABLE area (id BIGINT)", "DROP TABLE area"),
        STEP("places", 2, "bad", "CREATE TABLE half (id BIGINT); INSERT INTO nowhere VALUES (1)",
             "DROP TABLE half")};
    struct store_testing t;
    struct migration_report r;

    log_to_fd(-1);
    store_testing_begin(&t, NULL, 0);
    ck_assert_int_eq(migrate_forward(t.db, bad, 2, t.mem, &r), ST_UNAVAILABLE);
    ck_assert_int_eq(r.n_applied, 1);
    ck_assert_int_eq(r.n_pending, 1);
    ck_assert_ptr_nonnull(strstr(str_z(t.mem, r.why), "0002-bad of places"));
    ck_assert_ptr_nonnull(strstr(str_z(t.mem, r.why), "nowhere"));
    ck_assert(HAS(&t, "area"));
    ck_assert(!HAS(&t, "half"));
    store_testing_end(&t);
}
END_TEST

/* ---- two programs at once ---- */

struct twin {
    struct store_testing *t;
    struct db *db;
    struct migration_report r;
    enum status st;
};

static void *go_forward(void *arg)
{
    struct twin *w = arg;
    struct arena *mem = arena_new(0);

    w->st = migrate_forward(w->db, steps, 3, mem, &w->r);
    arena_free(mem);
    return NULL;
}

START_TEST(test_migrate__two_programs_that_start_together_share_the_work)
{
    struct store_testing t;
    struct twin twins[2];
    pthread_t threads[2];
    struct str why;

    log_set_level(LOG_ERROR);
    store_testing_begin(&t, NULL, 0);
    for (int i = 0; i < 2; i++) {
        twins[i] = (struct twin){.t = &t};
        ck_assert_int_eq(db_open(&(struct db_options){.url = t.url, .n_readers = 4}, t.mem,
                                 &twins[i].db, &why), ST_OK);
    }
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, go_forward, &twins[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(twins[i].st, ST_OK);
        db_close(twins[i].db);
    }
    ck_assert_int_eq(twins[0].r.n_applied + twins[1].r.n_applied, 3);
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM store_migration"), 3);
    store_testing_end(&t);
}
END_TEST

UNIT_MAIN("migrate", test_migrate__forward_applies_what_is_missing_once,
          test_migrate__an_empty_database_has_all_pending,
          test_migrate__back_undoes_the_last_steps_of_a_slice,
          test_migrate__an_edited_step_is_refused,
          test_migrate__a_newer_database_is_refused_and_a_gone_slice_is_not,
          test_migrate__a_step_that_fails_leaves_nothing_of_itself,
          test_migrate__two_programs_that_start_together_share_the_work)
