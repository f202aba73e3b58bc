/* bodies_kill_test.c - kill -9 in the middle of an import: the old list or the new one, never a mixture,
 * and what was acknowledged stays. The program itself is run, on SQLite. */
#include "core/places/places.h"
#include "store/db.h"
#include "store/store_testing.h"
#include "unit.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 14 };

struct place {
    struct arena *mem;
    const char *program, *folder, *data;
};

static pid_t start(const struct place *p, const char *const *words)
{
    const char *argv[8] = {p->program, "--data", p->data};
    char path[] = "PATH=/usr/bin:/bin", *env[] = {path, NULL};
    posix_spawn_file_actions_t quiet;
    pid_t pid;

    for (int i = 0; words[i] != NULL; i++)
        argv[3 + i] = words[i];
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    ck_assert_int_eq(posix_spawn(&pid, p->program, &quiet, NULL, (char *const *)argv, env), 0);
    posix_spawn_file_actions_destroy(&quiet);
    return pid;
}

/* True when it ended well by itself. */
static bool finish(pid_t pid)
{
    int status;

    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Many comuni of the province of Torino under one body. */
static const char *write_list(const struct place *p, const char *body)
{
    const char *file = str_fmt(p->mem, "%s/%s.csv", p->folder, body).p;
    FILE *f = fopen(file, "w");

    ck_assert_ptr_nonnull(f);
    fputs("istat,body,source\n", f);
    for (int i = 6; i <= 137; i++)
        fprintf(f, "001%03d,%s,a test\n", i, body);
    for (int i = 183; i <= 276; i++) /* no code is missing in either stretch */
        fprintf(f, "001%03d,%s,a test\n", i, body);
    fclose(f);
    return file;
}

static void take_away(const char *folder)
{
    const char *const argv[] = {"rm", "-rf", folder, NULL};
    pid_t pid;

    if (posix_spawn(&pid, "/bin/rm", NULL, NULL, (char *const *)argv, NULL) == 0)
        waitpid(pid, NULL, 0);
}

struct counts {
    int64_t all, of_a, of_b;
};

static enum status read_counts(struct db_tx *tx, struct arena *mem, struct counts *out)
{
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    struct imported_membership *list;
    int n = 0;

    c.tx = tx;
    const enum status st = places_imported_memberships(&c, AREA_BODY_AREA, &list, &n);

    *out = (struct counts){.all = n};
    for (int i = 0; st == ST_OK && i < n; i++) {
        out->of_a += str_eq_z(list[i].in_code, "MB36");
        out->of_b += str_eq_z(list[i].in_code, "MB37");
    }
    return st;
}

static struct counts look(const struct place *p)
{
    const struct db_options o = {.url = str_fmt(p->mem, "sqlite:%s", p->data).p, .must_exist = true};
    struct counts out;
    struct db_tx *tx;
    struct db *d;
    struct str why = {"", 0};

    ck_assert_int_eq(db_open(&o, p->mem, &d, &why), ST_OK);
    ck_assert_int_eq(db_check(d, &why, p->mem), ST_OK);
    ck_assert_int_eq(db_read_begin(d, &tx), ST_OK);
    ck_assert_int_eq(read_counts(tx, p->mem, &out), ST_OK);
    db_read_end(tx);
    db_close(d);
    return out;
}

static struct place make_place(void)
{
    char folder[] = "/tmp/wecare-kill-XXXXXX";
    struct place p = {.mem = arena_new(0)};

    ck_assert_ptr_nonnull(mkdtemp(folder));
    p.program = str_fmt(p.mem, "%s/wecare", getenv("WECARE_BUILD")).p;
    p.folder = str_fmt(p.mem, "%s", folder).p;
    p.data = str_fmt(p.mem, "%s/data", folder).p;
    ck_assert(finish(start(&p, (const char *const[]){"db", "migrate", NULL})) || finish(start(&p, (const char *const[]){"demo", NULL})));
    return p;
}

START_TEST(test_import__killed_at_any_moment_leaves_one_list)
{
    if (store_testing_engine() != DB_SQLITE)
        return; /* the files are SQLite's; a killed client of PostgreSQL leaves an open transaction, undone */
    struct place p = make_place();
    const char *const files[2] = {write_list(&p, "MB36"), write_list(&p, "MB37")};
    int n_killed = 0, n_done = 0;
    bool was_a = false;

    for (int round = 0; round < ROUNDS; round++) {
        const pid_t pid = start(&p, (const char *const[]){"import", "memberships", files[round % 2], NULL});

        if (round >= 2) { /* two to their end first: then there is something to lose */
            usleep(random_below(60000));
            kill(pid, SIGKILL);
        }
        const bool is_done = finish(pid);
        const struct counts now = look(&p);

        ck_assert_msg(round >= 2 || is_done, "the import itself fails");
        ck_assert_int_eq(now.all, 226);
        ck_assert_msg(now.of_a == now.all || now.of_b == now.all, "a mixture: %d of one list, %d of the other", (int)now.of_a, (int)now.of_b);
        const bool is_a = now.of_a == now.all;

        ck_assert_msg(is_a == (round % 2 == 0) || (!is_done && is_a == was_a), "round %d: an acknowledged list is lost", round);
        was_a = is_a;
        n_killed += !is_done;
        n_done += is_done;
    }
    printf("# %d imports killed, %d ended\n", n_killed, n_done);
    ck_assert_int_gt(n_killed, 0);
    take_away(p.folder);
    arena_free(p.mem);
}
END_TEST

UNIT_MAIN("bodies_kill", test_import__killed_at_any_moment_leaves_one_list)
