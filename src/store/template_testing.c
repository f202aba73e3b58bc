/* template_testing.c - a database filled once for each build and copied for each test of every program: loading
 * a whole territory again for every test, or even for every program of tests, would cost more than the tests. */
#include "store/template_testing.h"
#include "base/log.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the template lies, whose it is, and of which build. */
struct kept {
    char path[PATH_MAX]; /* beside what fills it, without its ending */
    char key[33];        /* another build of the code that fills it fills another */
};

/* A function stands in the program or in a library: which, where in it, and as it was built. */
static void add_code(crypto_generichash_state *who, crypto_generichash_state *build, const void *code, char *file)
{
    Dl_info at;
    struct stat info;
    char text[PATH_MAX + 80];

    if (dladdr(code, &at) == 0 || realpath(at.dli_fname, file) == NULL || stat(file, &info) != 0)
        bug("this program does not find itself: %s", strerror(errno));
    int n = snprintf(text, sizeof text, "%s %td ", file, (const char *)code - (const char *)at.dli_fbase);

    crypto_generichash_update(who, (const unsigned char *)text, (size_t)n);
    n = snprintf(text, sizeof text, "%lld %lld %ld ", (long long)info.st_size, (long long)info.st_mtim.tv_sec,
                 info.st_mtim.tv_nsec);
    crypto_generichash_update(build, (const unsigned char *)text, (size_t)n);
}

static void find_kept(struct kept *k, const struct template *made)
{
    const void *const code[] = {(const void *)migrate_forward, (const void *)made->fill, made->loads};
    crypto_generichash_state who, build;
    unsigned char sum[16];
    char file[PATH_MAX], name[33];

    crypto_generichash_init(&who, NULL, 0, sizeof sum);
    crypto_generichash_init(&build, NULL, 0, sizeof sum);
    for (size_t i = 0; i < sizeof code / sizeof *code && code[i] != NULL; i++)
        add_code(&who, &build, code[i], file);
    for (int i = 0; i < made->n; i++)
        crypto_generichash_update(&who, (const unsigned char *)made->list[i].name, strlen(made->list[i].name));
    crypto_generichash_final(&who, sum, sizeof sum);
    sodium_bin2hex(name, sizeof name, sum, sizeof sum);
    crypto_generichash_update(&build, sum, sizeof sum);
    crypto_generichash_final(&build, sum, sizeof sum);
    sodium_bin2hex(k->key, sizeof k->key, sum, sizeof sum);
    if (snprintf(k->path, sizeof k->path - 8, "%s/template-%s", dirname(file), name) >= (int)sizeof k->path - 8)
        bug("the folder of this program has too long a name");
}

/* Programs and tests run side by side: one fills, the others wait. */
static int lock(const struct kept *k)
{
    char path[PATH_MAX + 16];

    snprintf(path, sizeof path, "%s.lock", k->path);
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

/* ---- SQLite: a file beside what fills it, marked with the build it belongs to ---- */

static void begin_sqlite(struct store_testing *t, const struct template *made, const struct kept *p, int held)
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
    flock(held, LOCK_SH); /* copies are made side by side */
    store_testing_choose(t);
    snprintf(file, sizeof file, "%s/wecare.db", t->folder);
    copy_file(kept, file);
    store_testing_reopen(t, &(struct db_options){0});
}

/* ---- PostgreSQL: a database that the server itself copies ---- */

static void begin_postgres(struct store_testing *t, const struct template *made, const struct kept *p, int held)
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
    flock(held, LOCK_SH); /* copies are made side by side */
    store_testing_choose(t);
    snprintf(words, sizeof words, "CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", t->name, name);
    store_testing_tell_server(words);
    store_testing_reopen(t, &(struct db_options){0});
}

void template_testing_begin(struct store_testing *t, const struct template *made)
{
    struct kept p;

    find_kept(&p, made);
    const int held = lock(&p);

    if (store_testing_engine() == DB_SQLITE)
        begin_sqlite(t, made, &p, held);
    else
        begin_postgres(t, made, &p, held);
    close(held);
}

void template_testing_path(const struct template *made, char *out)
{
    struct kept k;

    find_kept(&k, made);
    strcpy(out, k.path);
}
