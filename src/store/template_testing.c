/* template_testing.c - a database filled once per test program and copied for each test: loading a
 * whole territory again for every test would cost more than the tests. */
#include "store/template_testing.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* This very program, as it was built: another build fills another template. */
struct program {
    char path[PATH_MAX];
    char key[33];
};

static void this_program(struct program *p)
{
    unsigned char sum[16];
    char text[PATH_MAX + 80];
    struct stat info;
    const ssize_t n = readlink("/proc/self/exe", p->path, sizeof p->path - 16);

    if (n <= 0 || stat("/proc/self/exe", &info) != 0)
        bug("this program does not find itself: %s", strerror(errno));
    p->path[n] = '\0';
    const int size = snprintf(text, sizeof text, "%s %lld %lld %ld", p->path, (long long)info.st_size,
                              (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);

    crypto_generichash(sum, sizeof sum, (const unsigned char *)text, (size_t)size, NULL, 0);
    sodium_bin2hex(p->key, sizeof p->key, sum, sizeof sum);
}

/* Tests of one program may run side by side: one fills, the others wait. */
static int lock(const struct program *p)
{
    char path[PATH_MAX + 16];

    snprintf(path, sizeof path, "%s.lock", p->path);
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0 || flock(fd, LOCK_EX) != 0)
        bug("no lock %s: %s", path, strerror(errno));
    return fd;
}

static void copy_file(const char *from, const char *to)
{
    const int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    char bytes[65536];
    ssize_t n = in < 0 || out < 0 ? -1 : 1;

    while (n > 0 && (n = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)n) != n)
            n = -1;
    if (n < 0)
        bug("%s is not copied to %s: %s", from, to, strerror(errno));
    close(in);
    close(out);
}

static void fill_new(struct store_testing *t, const struct template *made)
{
    store_testing_begin(t, made->list, made->n);
    if (made->fill(t->db, made->arg) != ST_OK)
        bug("the template of the tests is not filled");
}

/* ---- SQLite: a file beside the program, named by the build it belongs to ---- */

static void begin_sqlite(struct store_testing *t, const struct template *made, const struct program *p)
{
    char kept[PATH_MAX + 16], mark[PATH_MAX + 16], key[33] = "", file[300];

    snprintf(kept, sizeof kept, "%s.db", p->path);
    snprintf(mark, sizeof mark, "%s.key", p->path);
    FILE *f = fopen(mark, "r");

    if (f != NULL) {
        if (fgets(key, sizeof key, f) == NULL)
            key[0] = '\0';
        fclose(f);
    }
    if (strcmp(key, p->key) != 0) {
        struct store_testing first;

        fill_new(&first, made);
        db_close(first.db); /* the last to close folds the log into the file */
        snprintf(file, sizeof file, "%s/wecare.db", first.folder);
        copy_file(file, kept);
        store_testing_sweep(&first);
        arena_free(first.mem);
        f = fopen(mark, "w");
        if (f == NULL || fputs(p->key, f) < 0 || fclose(f) != 0)
            bug("%s is not written", mark);
    }
    store_testing_choose(t);
    snprintf(file, sizeof file, "%s/wecare.db", t->folder);
    copy_file(kept, file);
    store_testing_reopen(t, &(struct db_options){0});
}

/* ---- PostgreSQL: a database that the server itself copies ---- */

static void begin_postgres(struct store_testing *t, const struct template *made, const struct program *p)
{
    char name[64], words[256];

    snprintf(name, sizeof name, "wecare_template_%s", p->key);
    snprintf(words, sizeof words, "SELECT count(*) FROM pg_database WHERE datname = '%s' AND datistemplate", name);
    if (store_testing_ask_server(words) == 0) {
        struct store_testing first;

        fill_new(&first, made);
        db_close(first.db);
        snprintf(words, sizeof words, "ALTER DATABASE %s RENAME TO %s", first.name, name);
        store_testing_tell_server(words);
        snprintf(words, sizeof words, "ALTER DATABASE %s IS_TEMPLATE true", name);
        store_testing_tell_server(words);
        arena_free(first.mem);
    }
    store_testing_choose(t);
    snprintf(words, sizeof words, "CREATE DATABASE %s TEMPLATE %s", t->name, name);
    store_testing_tell_server(words);
    store_testing_reopen(t, &(struct db_options){0});
}

void template_testing_begin(struct store_testing *t, const struct template *made)
{
    struct program p;

    this_program(&p);
    const int held = lock(&p);

    if (store_testing_engine() == DB_SQLITE)
        begin_sqlite(t, made, &p);
    else
        begin_postgres(t, made, &p);
    close(held);
}
