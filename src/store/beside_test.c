/* beside_test.c - what a slice keeps in memory beside a database. */
#include "store/store_testing.h"
#include "unit.h"
#include <pthread.h>
#include <stdatomic.h>

/* What make and end did, for the test to look at. */
struct seen {
    atomic_int n_made, n_ended;
    enum status wrote;
};
static struct seen seen;

static void begin(struct store_testing *t)
{
    seen = (struct seen){0}; /* without forks the tests share it */
    store_testing_begin(t, NULL, 0);
}

static enum status write_row(struct db_tx *tx, void *arg)
{
    return db_exec(tx, "INSERT INTO kept VALUES (7)");
}

static void *make(struct db *d)
{
    atomic_fetch_add(&seen.n_made, 1);
    return d;
}

static void end_writes(void *kept, struct db *d)
{
    ck_assert_ptr_eq(kept, d);
    atomic_fetch_add(&seen.n_ended, 1);
    seen.wrote = db_write(d, write_row, NULL);
}

static void end(void *kept, struct db *d)
{
    atomic_fetch_add(&seen.n_ended, 1);
}

static const struct db_beside writes = {"writes", make, end_writes};
static const struct db_beside other = {"other", make, end};

static void *ask(void *arg)
{
    return db_beside(arg, &other);
}

START_TEST(test_beside__made_once_however_many_ask)
{
    struct store_testing t;
    pthread_t threads[8];

    begin(&t);
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, t.db), 0);
    for (int i = 0; i < 8; i++) {
        void *got;

        pthread_join(threads[i], &got);
        ck_assert_ptr_eq(got, t.db);
    }
    ck_assert_int_eq(seen.n_made, 1);
    db_beside(t.db, &writes);
    ck_assert_int_eq(seen.n_made, 2);
    db_beside(t.db, &writes);
    ck_assert_int_eq(seen.n_made, 2);
    store_testing_exec(&t, "CREATE TABLE kept (n INTEGER)");
    store_testing_end(&t);
    ck_assert_int_eq(seen.n_ended, 2);
}
END_TEST

START_TEST(test_beside__its_end_may_still_write)
{
    struct store_testing t;

    begin(&t);
    store_testing_exec(&t, "CREATE TABLE kept (n INTEGER)");
    db_beside(t.db, &writes);
    store_testing_reopen(&t, &(struct db_options){0});
    ck_assert_int_eq(seen.n_ended, 1);
    ck_assert_int_eq(seen.wrote, ST_OK);
    ck_assert_int_eq(store_testing_number(&t, "SELECT n FROM kept"), 7);
    db_beside(t.db, &other);
    ck_assert_int_eq(seen.n_made, 2); /* another opening, made anew */
    store_testing_end(&t);
    ck_assert_int_eq(seen.n_ended, 2);
}
END_TEST

static enum status look(struct db_tx *tx, void *arg)
{
    ck_assert(db_may_write(tx));
    ck_assert_ptr_eq(db_of(tx), arg);
    return ST_OK;
}

START_TEST(test_beside__a_transaction_knows_its_database)
{
    struct store_testing t;
    struct db_tx *tx;

    begin(&t);
    ck_assert_int_eq(db_read_begin(t.db, &tx), ST_OK);
    ck_assert(!db_may_write(tx));
    ck_assert_ptr_eq(db_of(tx), t.db);
    db_read_end(tx);
    ck_assert_int_eq(db_write(t.db, look, t.db), ST_OK);
    store_testing_end(&t);
}
END_TEST

UNIT_MAIN("beside", test_beside__made_once_however_many_ask, test_beside__its_end_may_still_write,
          test_beside__a_transaction_knows_its_database)
