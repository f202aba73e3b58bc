/* Many threads, full queues, killed processes: what was acknowledged is there, once. */
#include "base/clock.h"
#include "base/log.h"
#include "store/store_testing.h"
#include "unit.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N_THREADS = 16, N_EACH = 60 };

static const enum db_type two_ints[] = {DB_INT, DB_INT};
static const enum db_type three_ints[] = {DB_INT, DB_INT, DB_INT};
static const struct db_statement add_row = {.name = "add_row",
                                            .sqlite = "INSERT INTO line (who, n, up) VALUES (?1, ?2, ?3)",
                                            .postgres = "INSERT INTO line (who, n, up) VALUES ($1, $2, $3)",
                                            .params = three_ints,
                                            .n_params = 3,
                                            .writes = true};
static const struct db_statement read_sum = {.name = "read_sum",
                                             .sqlite = "SELECT n FROM total WHERE id = ?1",
                                             .postgres = "SELECT n FROM total WHERE id = $1",
                                             .params = two_ints,
                                             .n_params = 1,
                                             .columns = two_ints,
                                             .n_columns = 1};
static const struct db_statement write_sum = {.name = "write_sum",
                                              .sqlite = "UPDATE total SET n = ?1 WHERE id = ?2",
                                              .postgres = "UPDATE total SET n = $1 WHERE id = $2",
                                              .params = two_ints,
                                              .n_params = 2,
                                              .writes = true};

static void begin(struct store_testing *t)
{
    store_testing_begin(t, NULL, 0);
    store_testing_exec(t, "CREATE TABLE total (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)");
    store_testing_exec(t, "CREATE TABLE line (who BIGINT, n BIGINT, up BIGINT REFERENCES total (id)"
                          " DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (who, n))");
    store_testing_exec(t, "INSERT INTO total VALUES (1, 0)");
}

struct row {
    int64_t who, n;
    bool fails, dangles; /* after its insert; at the commit */
};

static enum status add_job(struct db_tx *tx, void *arg)
{
    const struct row *r = arg;
    const struct db_value v[] = {{.type = DB_INT, .i = r->who},
                                 {.type = DB_INT, .i = r->n},
                                 {.type = DB_INT, .i = 4711, .is_null = !r->dangles}};
    const enum status st = db_run(tx, &add_row, v, NULL, NULL, NULL, NULL);

    return st == ST_OK && r->fails ? ST_DENIED : st;
}

static bool take_int(void *to, const struct db_value *v)
{
    *(int64_t *)to = v[0].i;
    return true;
}

/* Reads, then writes what it read and one more: lost when two do it at once. */
static enum status add_one_job(struct db_tx *tx, void *arg)
{
    struct db_value v[] = {{.type = DB_INT, .i = 1}, {.type = DB_INT, .i = 1}};
    enum status st = db_run(tx, &read_sum, v, NULL, take_int, &v[0].i, NULL);

    (void)arg;
    v[0].i++;
    return st == ST_OK ? db_run(tx, &write_sum, v, NULL, NULL, NULL, NULL) : st;
}

struct crew {
    struct store_testing *t;
    int64_t who;
    int n_ok, n_other, n_busy;
};

static void crew_run(struct store_testing *t, struct crew crew[N_THREADS], void *(*work)(void *))
{
    pthread_t threads[N_THREADS];

    for (int i = 0; i < N_THREADS; i++) {
        crew[i] = (struct crew){.t = t, .who = i};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &crew[i]), 0);
    }
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* Of three jobs one fails after its insert, one leaves a key that points nowhere; they share a
 * commit with jobs that are well. */
static void *write_some_bad(void *arg)
{
    struct crew *c = arg;

    for (int64_t i = 0; i < N_EACH; i++) {
        struct row r = {.who = c->who, .n = i, .fails = i % 3 == 0, .dangles = i % 3 == 1};
        const enum status st = db_write(c->t->db, add_job, &r);

        c->n_ok += st == ST_OK && i % 3 == 2;
        c->n_other += st == (i % 3 == 0 ? ST_DENIED : ST_CONFLICT);
    }
    return NULL;
}

START_TEST(test_db__a_job_that_fails_takes_none_of_its_group_along)
{
    struct store_testing t;
    struct crew crew[N_THREADS];

    begin(&t);
    crew_run(&t, crew, write_some_bad);
    for (int i = 0; i < N_THREADS; i++) {
        ck_assert_int_eq(crew[i].n_ok, N_EACH / 3);
        ck_assert_int_eq(crew[i].n_other, N_EACH - N_EACH / 3);
    }
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM line"),
                     N_THREADS * (N_EACH / 3));
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM line WHERE n % 3 < 2"), 0);
    store_testing_end(&t);
}
END_TEST

static void *add_ones(void *arg)
{
    struct crew *c = arg;

    for (int i = 0; i < 20; i++) {
        const enum status st = db_write(c->t->db, add_one_job, NULL);

        c->n_ok += st == ST_OK;
        c->n_busy += st == ST_BUSY;
        c->n_other += st != ST_OK && st != ST_BUSY;
    }
    return NULL;
}

START_TEST(test_db__writers_that_meet_lose_nothing)
{
    struct store_testing t;
    struct crew crew[N_THREADS];
    int n_ok = 0, n_other = 0;

    begin(&t);
    crew_run(&t, crew, add_ones);
    for (int i = 0; i < N_THREADS; i++) {
        n_ok += crew[i].n_ok;
        n_other += crew[i].n_other;
    }
    ck_assert_int_eq(n_other, 0);
    ck_assert_int_gt(n_ok, N_THREADS);
    ck_assert_int_eq(store_testing_number(&t, "SELECT n FROM total"), n_ok);
    store_testing_end(&t);
}
END_TEST

static void *read_and_write(void *arg)
{
    struct crew *c = arg;

    for (int64_t i = 0; i < N_EACH; i++) {
        struct row r = {.who = c->who, .n = i};
        struct db_tx *tx;
        int64_t n = -1;

        c->n_ok += db_write(c->t->db, add_job, &r) == ST_OK;
        if (db_read_begin(c->t->db, &tx) != ST_OK)
            continue;
        c->n_other += db_run(tx, &read_sum, &(struct db_value){.type = DB_INT, .i = 1}, NULL, take_int,
                             &n, NULL) != ST_OK || n != 0;
        db_read_end(tx);
    }
    return NULL;
}

START_TEST(test_db__readers_and_writers_do_not_stop_each_other)
{
    struct store_testing t;
    struct crew crew[N_THREADS];

    begin(&t);
    crew_run(&t, crew, read_and_write);
    for (int i = 0; i < N_THREADS; i++) {
        ck_assert_int_eq(crew[i].n_ok, N_EACH);
        ck_assert_int_eq(crew[i].n_other, 0);
    }
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__no_free_connection_is_said_in_time)
{
    struct store_testing t;
    struct db_tx *held[2], *none;

    begin(&t);
    store_testing_reopen(&t, &(struct db_options){.n_readers = 2, .wait_ms = 100});
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(db_read_begin(t.db, &held[i]), ST_OK);
    const int64_t began_us = clock_mono_us();

    ck_assert_int_eq(db_read_begin(t.db, &none), ST_BUSY);
    ck_assert_int_ge(clock_mono_us() - began_us, 90000);
    ck_assert_int_lt(clock_mono_us() - began_us, 2000000);
    db_read_end(held[1]);
    ck_assert_int_eq(db_read_begin(t.db, &held[1]), ST_OK);
    for (int i = 0; i < 2; i++)
        db_read_end(held[i]);
    store_testing_end(&t);
}
END_TEST

/* ---- a long write ---- */

static enum status slow_job(struct db_tx *tx, void *arg)
{
    _Atomic bool *is_running = arg;

    (void)tx;
    *is_running = true;
    usleep(600000);
    return ST_OK;
}

struct slow {
    struct store_testing *t;
    _Atomic bool is_running;
    enum status st;
};

static void *write_slowly(void *arg)
{
    struct slow *s = arg;

    s->st = db_write_alone(s->t->db, slow_job, &s->is_running);
    return NULL;
}

START_TEST(test_db__a_long_write_alone_makes_others_wait_and_then_say_busy)
{
    struct store_testing t;
    struct slow slow = {.t = &t};
    struct row r = {.who = 1, .n = 1};
    pthread_t thread;

    begin(&t);
    store_testing_reopen(&t, &(struct db_options){.wait_ms = 150});
    pthread_create(&thread, NULL, write_slowly, &slow);
    while (!slow.is_running)
        usleep(1000);
    const int64_t began_us = clock_mono_us();

    ck_assert_int_eq(db_write(t.db, add_job, &r), ST_BUSY);
    ck_assert_int_lt(clock_mono_us() - began_us, 450000);
    pthread_join(thread, NULL);
    ck_assert_int_eq(slow.st, ST_OK);
    ck_assert_int_eq(store_testing_number(&t, "SELECT COUNT(*) FROM line"), 0);
    ck_assert_int_eq(db_write(t.db, add_job, &r), ST_OK);
    store_testing_end(&t);
}
END_TEST

START_TEST(test_db__a_full_queue_is_said_in_time)
{
    struct store_testing t;
    struct slow slow = {.t = &t}, waiting = {.t = &t};
    struct row r = {.who = 1, .n = 1};
    pthread_t threads[2];

    begin(&t);
    if (store_testing_engine() == DB_SQLITE) { /* PostgreSQL has no queue of ours */
        store_testing_reopen(&t, &(struct db_options){.queue_limit = 1, .wait_ms = 100});
        pthread_create(&threads[0], NULL, write_slowly, &slow);
        while (!slow.is_running)
            usleep(1000);
        pthread_create(&threads[1], NULL, write_slowly, &waiting); /* fills the queue */
        usleep(50000);
        /* One that would wait without limit in the queue does not get into it. */
        ck_assert_int_eq(db_write_alone(t.db, add_job, &r), ST_BUSY);
        for (int i = 0; i < 2; i++)
            pthread_join(threads[i], NULL);
        ck_assert_int_eq(waiting.st, ST_OK);
        ck_assert_int_eq(db_write(t.db, add_job, &r), ST_OK);
    }
    store_testing_end(&t);
}
END_TEST

/* ---- kill -9 ---- */

enum { MAX_ROWS = 1 << 15 };

struct shared {
    struct store_testing t;
    _Atomic int64_t n_acked;
    int64_t next[N_THREADS];
    _Atomic unsigned char acked[N_THREADS][MAX_ROWS];
};

struct killed {
    struct shared *s;
    struct db *db;
    int64_t who;
};

static void *write_until_killed(void *arg)
{
    struct killed *k = arg;

    while (k->s->next[k->who] < MAX_ROWS) {
        struct row r = {.who = k->who, .n = k->s->next[k->who]++}; /* taken, whatever comes */

        if (db_write(k->db, add_job, &r) == ST_OK)
            k->s->n_acked += k->s->acked[r.who][r.n] = 1;
    }
    return NULL;
}

static void child(struct shared *s)
{
    struct killed k[N_THREADS];
    pthread_t thread;
    struct str why;
    struct db *db;

    if (db_open(&(struct db_options){.url = s->t.url, .n_readers = 20}, arena_new(0), &db, &why) != ST_OK)
        _exit(3);
    for (int i = 0; i < N_THREADS; i++) {
        k[i] = (struct killed){.s = s, .db = db, .who = i};
        pthread_create(&thread, NULL, write_until_killed, &k[i]);
    }
    pause();
}

static bool cross_off(void *arg, const struct db_value *v)
{
    struct shared *s = arg;

    s->acked[v[0].i][v[1].i] = 0;
    return true;
}

/* How many acknowledged rows are not in the database. */
static int64_t n_missing(struct shared *s)
{
    static const struct db_statement all = {.name = "all_lines",
                                            .sqlite = "SELECT who, n FROM line",
                                            .postgres = "SELECT who, n FROM line",
                                            .columns = two_ints,
                                            .n_columns = 2};
    struct db_tx *tx;
    int64_t n = 0;

    ck_assert_int_eq(db_read_begin(s->t.db, &tx), ST_OK);
    ck_assert_int_eq(db_run(tx, &all, NULL, NULL, cross_off, s, NULL), ST_OK);
    db_read_end(tx);
    for (int i = 0; i < N_THREADS; i++)
        for (int k = 0; k < MAX_ROWS; k++)
            n += s->acked[i][k];
    return n;
}

START_TEST(test_db__kill_9_under_writes_loses_no_acknowledged_row)
{
    struct shared *s =
        mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    const int n_rounds = 12;
    int how;

    begin(&s->t);
    db_close(s->t.db);
    s->t.db = NULL;
    for (int round = 0; round < n_rounds; round++) {
        const pid_t pid = fork();

        if (pid == 0) {
            log_to_fd(-1);
            child(s);
        }
        /* A moment chosen by chance, but not before something was acknowledged. */
        const int64_t enough = s->n_acked + 30, until_us = clock_mono_us() + 20000000;

        while (s->n_acked < enough && clock_mono_us() < until_us)
            usleep(2000);
        usleep(random_below(80000));
        kill(pid, SIGKILL);
        ck_assert_int_eq(waitpid(pid, &how, 0), pid);
        ck_assert(WIFSIGNALED(how));
        store_testing_reopen(&s->t, &(struct db_options){0});
        struct str why;

        ck_assert_int_eq(db_check(s->t.db, &why, s->t.mem), ST_OK);
        ck_assert_int_eq(n_missing(s), 0);
        db_close(s->t.db);
        s->t.db = NULL;
    }
    store_testing_reopen(&s->t, &(struct db_options){0});
    ck_assert_int_gt(store_testing_number(&s->t, "SELECT COUNT(*) FROM line"), 20 * n_rounds);
    store_testing_end(&s->t);
    munmap(s, sizeof *s);
}
END_TEST

UNIT_MAIN("db_threads", test_db__a_job_that_fails_takes_none_of_its_group_along,
          test_db__writers_that_meet_lose_nothing,
          test_db__readers_and_writers_do_not_stop_each_other,
          test_db__no_free_connection_is_said_in_time,
          test_db__a_long_write_alone_makes_others_wait_and_then_say_busy,
          test_db__a_full_queue_is_said_in_time,
          test_db__kill_9_under_writes_loses_no_acknowledged_row)
