/* Backup while people write, restore only of what is whole, check. */
#include "base/log.h"
#include "store/store_testing.h"
#include "unit.h"
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct migration steps[] = {
    {.slice = "keep", .number = 1, .name = "line",
     .forward = {"CREATE TABLE line (n BIGINT PRIMARY KEY, up BIGINT REFERENCES line (n), words TEXT)",
                 "CREATE TABLE line (n BIGINT PRIMARY KEY, up BIGINT REFERENCES line (n), words TEXT)"},
     .back = {"DROP TABLE line", "DROP TABLE line"}}};

struct stage {
    struct store_testing t;
    char folder[64], file[96];
};

static void begin(struct stage *s)
{
    log_set_level(LOG_ERROR);
    store_testing_begin(&s->t, steps, 1);
    strcpy(s->folder, "/tmp/wecare-keep-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(s->folder));
    snprintf(s->file, sizeof s->file, "%s/copy", s->folder);
    store_testing_exec(&s->t, "INSERT INTO line WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL "
                              "SELECT x + 1 FROM c WHERE x < 2000) SELECT x, 1, 'some words' FROM c");
}

static void end(struct stage *s)
{
    unlink(s->file);
    ck_assert_int_eq(rmdir(s->folder), 0); /* no part of a copy is left behind */
    store_testing_end(&s->t);
}

static enum status restore(struct stage *s, const char *file, struct str *why)
{
    db_close(s->t.db);
    s->t.db = NULL;
    return db_restore(&(struct db_options){.url = s->t.url}, file, why, s->t.mem);
}

static int64_t count(struct stage *s)
{
    return store_testing_number(&s->t, "SELECT COUNT(*) FROM line");
}

START_TEST(test_keep__a_backup_comes_back_as_it_was)
{
    struct stage s;
    struct str why;

    begin(&s);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
    store_testing_exec(&s.t, "UPDATE line SET up = NULL");
    store_testing_exec(&s.t, "DELETE FROM line WHERE n > 5");
    ck_assert_int_eq(restore(&s, s.file, &why), ST_OK);
    store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
    ck_assert_int_eq(count(&s), 2000);
    ck_assert_int_eq(db_check(s.t.db, &why, s.t.mem), ST_OK);
    end(&s);
}
END_TEST

START_TEST(test_keep__a_backup_does_not_write_over_a_file)
{
    struct stage s;
    struct str why;

    begin(&s);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_CONFLICT);
    ck_assert_int_gt((int)why.n, 0);
    ck_assert_int_eq(db_backup(s.t.db, "/nonexistent/x", &why, s.t.mem), ST_UNAVAILABLE);
    end(&s);
}
END_TEST

struct pour {
    struct stage *s;
    _Atomic bool is_over;
    _Atomic int64_t n_done;
};

static enum status pair_job(struct db_tx *tx, void *arg)
{
    const int64_t n = *(int64_t *)arg;
    char sql[160];

    snprintf(sql, sizeof sql, "INSERT INTO line (n) VALUES (%lld), (%lld)", (long long)(2 * n),
             (long long)(2 * n + 1));
    return db_exec(tx, sql);
}

static void *pour_in(void *arg)
{
    struct pour *p = arg;

    for (int64_t n = 5000; !p->is_over; n++)
        p->n_done += db_write(p->s->t.db, pair_job, &n) == ST_OK;
    return NULL;
}

static void wait_for_writes(const struct pour *p, int64_t n)
{
    for (int i = 0; p->n_done < n && i < 20000; i++)
        usleep(1000);
}

START_TEST(test_keep__a_backup_under_writes_is_of_one_moment)
{
    struct stage s;
    struct pour p = {.s = &s};
    pthread_t thread;
    struct str why;

    begin(&s);
    pthread_create(&thread, NULL, pour_in, &p);
    wait_for_writes(&p, 20);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
    wait_for_writes(&p, p.n_done + 20);
    p.is_over = true;
    pthread_join(thread, NULL);
    ck_assert_int_eq(count(&s), 2000 + 2 * p.n_done);
    ck_assert_int_eq(restore(&s, s.file, &why), ST_OK);
    store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
    const int64_t n = count(&s);

    ck_assert_int_gt(n, 2000);
    ck_assert_int_lt(n, 2000 + 2 * p.n_done);
    ck_assert_int_eq(n % 2, 0); /* both rows of a job or none */
    end(&s);
}
END_TEST

static void damage(const char *file, long at, const char *bytes)
{
    const int fd = open(file, O_RDWR);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(pwrite(fd, bytes, strlen(bytes), at), (ssize_t)strlen(bytes));
    close(fd);
}

START_TEST(test_keep__a_damaged_or_foreign_copy_does_not_replace_the_database)
{
    struct stage s;
    struct str why;
    struct stat st;

    begin(&s);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
    ck_assert_int_eq(stat(s.file, &st), 0);
    ck_assert_int_eq(truncate(s.file, st.st_size / 2), 0);
    ck_assert_int_ne(restore(&s, s.file, &why), ST_OK);
    ck_assert_int_gt((int)why.n, 0);
    damage(s.file, 0, "this is no database of anybody's whatsoever");
    ck_assert_int_ne(restore(&s, s.file, &why), ST_OK);
    ck_assert_int_ne(restore(&s, "/nonexistent", &why), ST_OK);
    store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
    ck_assert_int_eq(count(&s), 2000);
    end(&s);
}
END_TEST

START_TEST(test_keep__a_copy_damaged_inside_is_found)
{
    struct stage s;
    struct str why;

    begin(&s);
    if (store_testing_engine() == DB_SQLITE) {
        ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
        damage(s.file, 4 * 4096, "\xff\xff\xff\xff\xff\xff\xff\xff"); /* head of a page of rows */
        ck_assert_int_eq(restore(&s, s.file, &why), ST_UNAVAILABLE);
        ck_assert_ptr_nonnull(strstr(str_z(s.t.mem, why), "damaged"));
        store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
        ck_assert_int_eq(count(&s), 2000);
    }
    end(&s);
}
END_TEST

/* As another program would, past the store. */
static void by_hand(const char *file, const char *sql)
{
    sqlite3 *h = NULL;

    ck_assert_int_eq(sqlite3_open(file, &h), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(h);
}

START_TEST(test_keep__a_database_of_another_program_is_not_taken)
{
    struct stage s;
    struct store_testing other;
    struct str why;

    begin(&s);
    if (store_testing_engine() == DB_SQLITE) {
        by_hand(s.file, "CREATE TABLE other (x)");
    } else {
        store_testing_begin(&other, NULL, 0);
        store_testing_exec(&other, "CREATE TABLE other (x BIGINT)");
        ck_assert_int_eq(db_backup(other.db, s.file, &why, s.t.mem), ST_OK);
        store_testing_end(&other);
    }
    ck_assert_int_eq(restore(&s, s.file, &why), ST_INVALID);
    store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
    ck_assert_int_eq(count(&s), 2000);
    end(&s);
}
END_TEST

START_TEST(test_keep__a_running_portal_keeps_its_database)
{
    struct stage s;
    struct str why = {"", 0};
    int ends[2], how;
    char go;

    begin(&s);
    ck_assert_int_eq(db_backup(s.t.db, s.file, &why, s.t.mem), ST_OK);
    db_close(s.t.db);
    s.t.db = NULL;
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t pid = fork();

    if (pid == 0) { /* the portal */
        struct db *d;
        struct db_tx *tx;
        const enum status st = db_open(&(struct db_options){.url = s.t.url}, arena_new(0), &d, &why);

        if (st == ST_OK && db_read_begin(d, &tx) == ST_OK)
            db_exec(tx, "SELECT COUNT(*) FROM line");
        if (write(ends[1], st == ST_OK ? "y" : "n", 1) == 1)
            pause();
        _exit(1);
    }
    ck_assert_int_eq(read(ends[0], &go, 1), 1);
    ck_assert_int_eq(go, 'y');
    ck_assert_int_eq(db_restore(&(struct db_options){.url = s.t.url}, s.file, &why, s.t.mem), ST_BUSY);
    ck_assert_int_gt((int)why.n, 0);
    kill(pid, SIGKILL);
    waitpid(pid, &how, 0);
    usleep(200000); /* the server notices that its client is gone */
    ck_assert_int_eq(db_restore(&(struct db_options){.url = s.t.url}, s.file, &why, s.t.mem), ST_OK);
    store_testing_reopen(&s.t, &(struct db_options){.must_exist = true});
    ck_assert_int_eq(count(&s), 2000);
    end(&s);
}
END_TEST

START_TEST(test_keep__check_names_a_row_that_points_nowhere)
{
    struct stage s;
    struct str why;

    begin(&s);
    ck_assert_int_eq(db_check(s.t.db, &why, s.t.mem), ST_OK);
    if (store_testing_engine() == DB_SQLITE) { /* PostgreSQL takes no such row from anybody */
        by_hand(str_fmt(s.t.mem, "%s/wecare.db", s.t.folder).p,
                "PRAGMA foreign_keys=OFF; UPDATE line SET up = 77777 WHERE n = 9");
        ck_assert_int_eq(db_check(s.t.db, &why, s.t.mem), ST_UNAVAILABLE);
        ck_assert_ptr_nonnull(strstr(str_z(s.t.mem, why), "line"));
    }
    end(&s);
}
END_TEST

UNIT_MAIN("keep", test_keep__a_backup_comes_back_as_it_was,
          test_keep__a_backup_does_not_write_over_a_file,
          test_keep__a_backup_under_writes_is_of_one_moment,
          test_keep__a_damaged_or_foreign_copy_does_not_replace_the_database,
          test_keep__a_copy_damaged_inside_is_found,
          test_keep__a_database_of_another_program_is_not_taken,
          test_keep__a_running_portal_keeps_its_database,
          test_keep__check_names_a_row_that_points_nowhere)
