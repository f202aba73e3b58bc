/* people_command_test.c - the commands on files. Starts threads: scoring does. */
#include "people_feature.h"
#include "people_testing.h"
#include "unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int run(const char *words)
{
    char line[512], *argv[20];
    int n = 0;

    snprintf(line, sizeof line, "%s", words);
    for (char *p = strtok(line, " "); p != NULL; p = strtok(NULL, " "))
        argv[n++] = p;
    fflush(stdout);
    return people_command(NULL, n, argv);
}

static struct str bytes_of(struct arena *mem, const char *file)
{
    char *p = arena_alloc(mem, 4 << 20);
    FILE *f = fopen(file, "rb");

    ck_assert_msg(f != NULL, "%s", file);
    const size_t n = fread(p, 1, 4 << 20, f);

    fclose(f);
    return (struct str){p, n};
}

START_TEST(test_people__commands_on_files)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-people-XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    people_world_write(mem, 5, 300, "r.csv", "t.csv");
    ck_assert_int_eq(run("train r.csv --model m.txt"), 0);
    ck_assert_int_eq(run("train r.csv --model m2.txt --keep m.txt"), 0);
    ck_assert(str_eq(bytes_of(mem, "m.txt"), bytes_of(mem, "m2.txt")));
    ck_assert_int_eq(run("score r.csv --model m.txt --out a.csv --threads 2"), 0);
    ck_assert_int_eq(run("score r.csv --out b.csv"), 0);
    ck_assert(str_eq(bytes_of(mem, "a.csv"), bytes_of(mem, "b.csv")));
    ck_assert(str_starts(bytes_of(mem, "a.csv"), STR("rec_a,rec_b,score\n")));
    ck_assert_int_eq(run("cluster r.csv --model m.txt --out c.csv"), 0);
    ck_assert(str_starts(bytes_of(mem, "c.csv"), STR("rec_id,cluster_id\n")));
    ck_assert_int_eq(run("eval r.csv --truth t.csv --model m.txt --out q.txt"), 0);
    ck_assert(str_starts(bytes_of(mem, "q.txt"), STR("wecare people quality\t2\n")));
    ck_assert_int_eq(run("explain r.csv R00000001 R00000002 --model m.txt"), 0);
    ck_assert_int_eq(run("explain r.csv R00000001 R00000001 --model m.txt"), 1);
    ck_assert_int_eq(run("explain r.csv R00000001"), 2);
    ck_assert_int_eq(run("score none.csv"), 1);
    ck_assert_int_eq(run("score r.csv --map shoe=size"), 2);
    ck_assert_int_eq(run("score r.csv --model t.csv"), 1);
    ck_assert_int_eq(run("dance r.csv"), 2);
    ck_assert_int_eq(run(""), 2);
    arena_free(mem);
}
END_TEST

static void put(const char *file, const char *text)
{
    FILE *f = fopen(file, "w");

    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

START_TEST(test_people__a_bad_row_is_named_and_the_others_are_read)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-people-XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    people_world_write(mem, 5, 200, "r.csv", "t.csv");
    FILE *f = fopen("r.csv", "a");

    fputs(",mensa,2026-01-01,Maria,Rossi\n", f);     /* nobody's */
    fputs("X1\n", f);                                /* says nothing */
    fputs("X2,mensa,2026-01-01,Ma\xffria,Rossi\n", f); /* no text */
    fclose(f);
    FILE *err = freopen("err.txt", "w", stderr);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(run("score r.csv --out a.csv"), 0);
    fflush(stderr);
    const char *said = str_z(mem, bytes_of(mem, "err.txt"));

    ck_assert_ptr_nonnull(strstr(said, "3 left out"));
    ck_assert_ptr_nonnull(strstr(said, "the row has no identifier"));
    ck_assert_ptr_nonnull(strstr(said, "the row says nothing of a person"));
    put("twice.csv", "rec_id,surname\nA,Rossi\nA,Bianchi\n");
    ck_assert_int_eq(run("score twice.csv"), 1);
    fflush(stderr);
    ck_assert_ptr_nonnull(strstr(str_z(mem, bytes_of(mem, "err.txt")), "two rows have the identifier A"));
    put("noid.csv", "surname,given_name\nRossi,Maria\n");
    ck_assert_int_eq(run("score noid.csv"), 1);
    put("few.csv", "rec_id,surname\nA,Rossi\nB,Bianchi\n");
    ck_assert_int_eq(run("score few.csv"), 1);
    put("old.csv", "as it was"); /* a full disk leaves what stood there */
    ck_assert_int_eq(symlink("/dev/full", "old.csv.new"), 0);
    ck_assert_int_eq(run("cluster r.csv --out old.csv"), 1);
    ck_assert(str_eq_z(bytes_of(mem, "old.csv"), "as it was"));
    ck_assert_int_ne(access("old.csv.new", F_OK), 0);
    ck_assert_int_eq(run("score r.csv --out nowhere/a.csv"), 1);
    arena_free(mem);
}
END_TEST

/* Neither the records nor a device is lost by naming it as the file to write. */
START_TEST(test_people__what_is_read_is_never_written_over)
{
    struct arena *mem = arena_new(0);
    char folder[] = "/tmp/wecare-people-XXXXXX";
    struct stat s;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    people_world_write(mem, 5, 200, "r.csv", "t.csv");
    people_world_write(mem, 5, 200, "x.new", "t.csv");
    const struct str records = bytes_of(mem, "r.csv"), truth = bytes_of(mem, "t.csv");

    ck_assert_int_eq(symlink("r.csv", "l.csv"), 0);
    ck_assert_int_eq(run("score r.csv --out r.csv"), 1);
    ck_assert_int_eq(run("score l.csv --out ./r.csv"), 1);
    ck_assert_int_eq(run("cluster x.new --out x"), 1);
    ck_assert_int_eq(run("train r.csv --model r.csv"), 1);
    ck_assert_int_eq(run("eval r.csv --truth t.csv --out t.csv"), 1);
    ck_assert(str_eq(bytes_of(mem, "r.csv"), records));
    ck_assert(str_eq(bytes_of(mem, "x.new"), records));
    ck_assert(str_eq(bytes_of(mem, "t.csv"), truth));
    ck_assert_int_eq(run("train r.csv --model m.txt"), 0);
    ck_assert_int_eq(run("score r.csv --model m.txt --out m.txt"), 1);
    ck_assert_int_eq(run("train r.csv --model m.txt --keep m.txt"), 0);
    ck_assert_int_eq(run("score r.csv --map surname=none"), 1);
    ck_assert_int_eq(run("score r.csv --model m.txt --map surname=SURNAME"), 0);
    put("twice.csv", "rec_id,person_id\nR00000001,a\nR00000002,a\nR00000001,b\n");
    ck_assert_int_eq(run("eval r.csv --truth twice.csv --model m.txt"), 1);
    fflush(stdout);
    const int kept = dup(STDOUT_FILENO), full = open("/dev/full", O_WRONLY);

    dup2(full, STDOUT_FILENO);
    const int to_full[] = {run("cluster r.csv --model m.txt"), run("eval r.csv --truth t.csv --model m.txt")};

    dup2(kept, STDOUT_FILENO);
    clearerr(stdout);
    ck_assert(to_full[0] == 1 && to_full[1] == 1);
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    const int pipe = open("pipe", O_RDWR | O_NONBLOCK);

    ck_assert_int_eq(fcntl(pipe, F_SETPIPE_SZ, 1 << 20) > 0, 1);
    ck_assert_int_eq(run("cluster r.csv --model m.txt --out pipe"), 0);
    ck_assert(stat("pipe", &s) == 0 && S_ISFIFO(s.st_mode));
    close(pipe);
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert_int_eq(run("cluster r.csv --model m.txt --out folder"), 1);
    ck_assert_int_eq(run("cluster r.csv --model m.txt --out none/c.csv"), 1);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("people_command", test_people__commands_on_files,
          test_people__a_bad_row_is_named_and_the_others_are_read, test_people__what_is_read_is_never_written_over)
