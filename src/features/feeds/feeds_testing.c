/* feeds_testing.c - imports in process, in a fresh database. */
#include "feeds_testing.h"
#include "base/buf.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct feature feeds_feature;

struct str feeds_testing_cases(struct arena *mem, const char *file)
{
    enum { ROOM = 1 << 20 };
    const char *top = getenv("WECARE_SOURCE");
    FILE *f = fopen(str_fmt(mem, "%s/src/features/feeds/cases/%s", top == NULL ? "." : top, file).p, "rb");
    char *p = arena_alloc(mem, ROOM);

    if (f == NULL) {
        fprintf(stderr, "feeds_testing: %s cannot be read\n", file);
        exit(EXIT_FAILURE);
    }
    const size_t n = fread(p, 1, ROOM, f);

    fclose(f);
    return (struct str){p, n};
}

const char *feeds_testing_shared(struct arena *mem, const char *name)
{
    const char *given = getenv("TEST_SHARED"), *top = getenv("WECARE_SOURCE");
    const char *path = given != NULL ? str_fmt(mem, "%s/data/%s", given, name).p
                                     : str_fmt(mem, "%s/../shared/data/%s", top == NULL ? "." : top, name).p;

    return access(path, R_OK) == 0 ? path : NULL;
}

const char *feeds_testing_folder(struct arena *mem)
{
    char folder[] = "/tmp/wecare-feeds-XXXXXX";

    ck_assert_ptr_nonnull(mkdtemp(folder));
    return str_fmt(mem, "%s", folder).p;
}

const char *feeds_testing_file(struct arena *mem, const char *folder, const char *name, struct str bytes)
{
    const char *path = str_fmt(mem, "%s/%s", folder, name).p;
    FILE *f = fopen(path, "wb");

    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    return path;
}

void feeds_testing_drop(const char *folder)
{
    const char *const argv[] = {"rm", "-rf", folder, NULL};
    pid_t pid;

    if (posix_spawn(&pid, "/bin/rm", NULL, NULL, (char *const *)argv, NULL) == 0)
        waitpid(pid, NULL, 0);
}

struct job {
    struct harness *h;
    struct import_run run;
    const char *kind;
    struct feeds_import *out;
    struct buf said;
};

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    (void)done;
    (void)total;
}

static void on_say(struct import_run *run, struct str line)
{
    struct job *j = run->ui;

    buf_str(&j->said, line);
    buf_char(&j->said, '\n');
}

static enum status import_job(struct ctx *c, void *arg)
{
    struct job *j = arg;
    struct import_run run = j->run;
    struct problems kept = problems_new(j->h->mem);
    enum status st = ST_NOT_FOUND;

    j->said = buf_new(j->h->mem, 256);
    run.c = c;
    c->lang = LANG_EN;
    for (int i = 0; i < feeds_feature.n_importers; i++)
        if (strcmp(feeds_feature.importers[i].kind, j->kind) == 0)
            st = feeds_feature.importers[i].run(&run);
    for (int i = 0; i < c->problems.n; i++) {
        const struct problem *p = &c->problems.list[i];

        problems_add_row(&kept, p->row, str_fmt(j->h->mem, "%s", p->field).p, p->key, str_copy(j->h->mem, p->value));
    }
    *j->out = (struct feeds_import){.st = st,
                                    .n_read = run.n_read,
                                    .n_added = run.n_added,
                                    .n_changed = run.n_changed,
                                    .n_same = run.n_same,
                                    .n_refused = run.n_refused,
                                    .n_gone = run.n_gone,
                                    .problems = kept,
                                    .said = buf_view(&j->said)};
    return st == ST_OK && run.is_dry_run ? ST_CONFLICT : st;
}

struct feeds_import feeds_testing_import(struct harness *h, const char *kind, const char *file, const char *const *options,
                                         bool is_dry_run)
{
    static const char *const none[IMPORT_MAX_OPTIONS] = {NULL};
    struct feeds_import out = {.st = ST_UNAVAILABLE};
    struct job j = {.h = h, .kind = kind, .out = &out};

    j.run = (struct import_run){.file = file,
                                .options = options == NULL ? none : options,
                                .is_dry_run = is_dry_run,
                                .progress = on_progress,
                                .say = on_say,
                                .ui = &j};
    harness_write(h, import_job, &j);
    return out;
}

bool feeds_import_has(const struct feeds_import *i, const char *key, int64_t row)
{
    for (int k = 0; k < i->problems.n; k++)
        if (strcmp(i->problems.list[k].key, key) == 0 && (row < 0 || i->problems.list[k].row == row))
            return true;
    return false;
}

bool feeds_import_said(const struct feeds_import *i, const char *text)
{
    return memmem(i->said.p, i->said.n, text, strlen(text)) != NULL;
}
