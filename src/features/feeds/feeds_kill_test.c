/* feeds_kill_test.c - kill -9 in the middle of an import: the old list or the new one, never a mixture, and
 * what was acknowledged stays. The program itself is run, on SQLite. */
#include "base/buf.h"
#include "feeds_testing.h"
#include "features/catalogue/catalogue.h"
#include "unit.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 14, SERVICES = 1500 };

struct place {
    struct arena *mem;
    const char *program, *folder, *data;
};

static pid_t start(const struct place *p, const char *const *words)
{
    const char *argv[10] = {p->program, "--data", p->data};
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

static bool finish(pid_t pid)
{
    int status;

    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Many services of one name, all of the same ids. */
static const char *write_list(const struct place *p, const char *name)
{
    struct buf b = buf_new(p->mem, 1 << 17);

    buf_z(&b, "c,n\n");
    for (int i = 0; i < SERVICES; i++)
        buf_fmt(&b, "%d,%s %d\n", i, name, i);
    return feeds_testing_file(p->mem, p->folder, str_fmt(p->mem, "%s.csv", name).p, buf_view(&b));
}

struct counts {
    int64_t all, of_a, of_b;
};

static void count(struct ctx *c, struct counts *out)
{
    struct service_read r = {.limit = 500, .without_ids = true};
    struct service *list;
    int n = 1;

    while (n > 0) {
        ck_assert_int_eq(catalogue_read(c, c->mem, &r, &list, &n), ST_OK);
        for (int i = 0; i < n; i++) {
            r.after_id = list[i].service_id;
            if (!str_eq_z(list[i].source, "csv:kill"))
                continue;
            out->all++;
            out->of_a += str_starts(list[i].name, STR("Alfa "));
            out->of_b += str_starts(list[i].name, STR("Beta "));
        }
    }
}

static struct counts look(const struct place *p)
{
    const struct db_options o = {.url = str_fmt(p->mem, "sqlite:%s", p->data).p, .must_exist = true};
    struct ctx c = ctx_new(p->mem, &actor_keeper, LANG_IT);
    struct counts out = {0};
    struct db *d;
    struct str why = {"", 0};

    ck_assert_int_eq(db_open(&o, p->mem, &d, &why), ST_OK);
    ck_assert_int_eq(db_check(d, &why, p->mem), ST_OK);
    ck_assert_int_eq(db_read_begin(d, &c.tx), ST_OK);
    count(&c, &out);
    db_read_end(c.tx);
    db_close(d);
    return out;
}

START_TEST(test_import__killed_at_any_moment_leaves_one_list)
{
    if (store_testing_engine() != DB_SQLITE)
        return; /* the files are SQLite's; a killed client of PostgreSQL leaves an open transaction, undone */
    struct place p = {.mem = arena_new(0)};

    p.program = str_fmt(p.mem, "%s/wecare", getenv("WECARE_BUILD")).p;
    p.folder = feeds_testing_folder(p.mem);
    p.data = str_fmt(p.mem, "%s/data", p.folder).p;
    ck_assert(finish(start(&p, (const char *const[]){"db", "migrate", NULL})) || finish(start(&p, (const char *const[]){"demo", NULL})));
    const char *const files[2] = {write_list(&p, "Alfa"), write_list(&p, "Beta")};
    const char *map = feeds_testing_file(p.mem, p.folder, "kill.map",
                                         STR("[source]\nname = kill\n[fields]\nid = {c}\nname = {n}\nsummary = {n}\norganisation.name = Ente\n"
                                             "location.comune = Ivrea\nhours = Mo-Fr 09:00-12:00\n"));
    int n_killed = 0, n_done = 0;
    bool was_a = false;

    for (int round = 0; round < ROUNDS; round++) {
        const pid_t pid = start(&p, (const char *const[]){"import", "csv", files[round % 2], "--mapping", map, NULL});

        if (round >= 2) { /* two to their end first: then there is something to lose */
            usleep(random_below(200000));
            kill(pid, SIGKILL);
        }
        const bool is_done = finish(pid);
        const struct counts now = look(&p);

        ck_assert_msg(round >= 2 || is_done, "the import itself fails");
        ck_assert_int_eq(now.all, SERVICES);
        ck_assert_msg(now.of_a == now.all || now.of_b == now.all, "a mixture: %d of one list, %d of the other", (int)now.of_a, (int)now.of_b);
        const bool is_a = now.of_a == now.all;

        ck_assert_msg(is_a == (round % 2 == 0) || (!is_done && is_a == was_a), "round %d: an acknowledged list is lost", round);
        was_a = is_a;
        n_killed += !is_done;
        n_done += is_done;
    }
    printf("# %d imports killed, %d ended\n", n_killed, n_done);
    ck_assert_int_gt(n_killed, 0);
    feeds_testing_drop(p.folder);
    arena_free(p.mem);
}
END_TEST

UNIT_MAIN("feeds_kill", test_import__killed_at_any_moment_leaves_one_list)
