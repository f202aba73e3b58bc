/* places_testing.c - a fresh territory for tests. */
#include "core/places/places_testing.h"
#include "places_sql.h"
#include "store/template_testing.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct feature places_feature;

static enum status load(struct ctx *c, void *arg)
{
    (void)arg;
    return places_feature.load_reference(c);
}

struct filling {
    struct arena *mem;
    enum status (*load)(struct ctx *c, void *arg);
};

static enum status fill_job(struct db_tx *tx, void *arg)
{
    const struct filling *f = arg;
    struct ctx c = ctx_new(f->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    c.today = day_parse(STR("2026-11-21"));
    return f->load(&c, NULL);
}

static enum status fill(struct db *d, void *arg)
{
    struct filling f = {arena_new(0), (enum status (*)(struct ctx *, void *))arg};
    const enum status st = db_write_alone(d, fill_job, &f);

    arena_free(f.mem);
    return st;
}

void territory_test_open_filled(struct territory_test *t, const struct migration *list, int n,
                                enum status (*load_all)(struct ctx *c, void *arg))
{
    template_testing_begin(&t->store, &(struct template){list, n, fill, (void *)load_all, (const void *)load_all});
    t->mem = t->store.mem;
    t->folder[0] = '\0';
}

void territory_test_open(struct territory_test *t, bool with_reference)
{
    if (with_reference) {
        territory_test_open_filled(t, places_migrations, places_n_migrations, load);
        return;
    }
    store_testing_begin(&t->store, places_migrations, places_n_migrations);
    t->mem = t->store.mem;
    t->folder[0] = '\0';
}

static void remove_files(const char *folder)
{
    DIR *dir = opendir(folder);
    char path[400];

    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        if (e->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            unlink(path);
        }
    if (dir != NULL)
        closedir(dir);
    rmdir(folder);
}

void territory_test_close(struct territory_test *t)
{
    if (t->folder[0] != '\0')
        remove_files(t->folder);
    store_testing_end(&t->store);
}

struct job {
    struct territory_test *t;
    const char *today;
    enum status (*run)(struct ctx *c, void *arg);
    void *arg;
};

static enum status run_job(struct db_tx *tx, void *arg)
{
    struct job *j = arg;
    struct ctx c = ctx_new(j->t->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    c.today = day_parse(str_of(j->today));
    return j->run(&c, j->arg);
}

enum status territory_test_run(struct territory_test *t, const char *today,
                               enum status (*job)(struct ctx *c, void *arg), void *arg)
{
    struct job j = {t, today, job, arg};

    return db_write_alone(t->store.db, run_job, &j);
}

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    (void)run;
    ck_assert_int_le(done, total);
}

static void on_say(struct import_run *run, struct str line)
{
    struct import_test *i = run->ui;

    i->said = str_fmt(run->c->mem, "%.*s%.*s\n", (int)i->said.n, i->said.p, (int)line.n, line.p);
}

struct importing {
    const struct importer *importer;
    struct import_test *test;
};

static enum status import(struct ctx *c, void *arg)
{
    struct importing *im = arg;

    im->test->run.c = c;
    im->test->run.ui = im->test;
    im->test->st = im->importer->run(&im->test->run);
    im->test->problems = c->problems;
    im->test->run.c = NULL; /* it is gone with this frame */
    return im->test->st == ST_OK && im->test->run.is_dry_run ? ST_CONFLICT : im->test->st;
}

struct import_test territory_test_import(struct territory_test *t, const struct feature *f,
                                         const char *kind, const char *file, bool is_dry_run)
{
    struct import_test out = {
        .run = {.file = file, .is_dry_run = is_dry_run, .progress = on_progress, .say = on_say}};
    struct importing im = {.test = &out};

    for (int i = 0; i < f->n_importers; i++)
        if (strcmp(f->importers[i].kind, kind) == 0)
            im.importer = &f->importers[i];
    ck_assert_ptr_nonnull(im.importer);
    territory_test_run(t, "2026-11-21", import, &im);
    return out;
}

bool import_test_has(const struct import_test *i, const char *key, int64_t row)
{
    for (int k = 0; k < i->problems.n; k++)
        if (strcmp(i->problems.list[k].key, key) == 0 &&
            (row < 0 || i->problems.list[k].row == row))
            return true;
    return false;
}

const char *territory_test_file(struct territory_test *t, const char *name, struct str bytes)
{
    if (t->folder[0] == '\0') {
        strcpy(t->folder, "/tmp/wecare-test-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(t->folder));
    }
    const char *path = str_fmt(t->mem, "%s/%s", t->folder, name).p;
    FILE *f = fopen(path, "wb");

    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    return path;
}

const char *territory_test_shared(struct territory_test *t, const char *name)
{
    const char *shared = getenv("TEST_SHARED"), *source = getenv("WECARE_SOURCE");
    const char *path =
        shared != NULL ? str_fmt(t->mem, "%s/data/%s", shared, name).p
                       : str_fmt(t->mem, "%s/../shared/data/%s", source == NULL ? "." : source, name).p;

    return access(path, R_OK) == 0 ? path : NULL;
}
