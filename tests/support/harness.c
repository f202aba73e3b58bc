#include "harness.h"
#include "app/assembly.h"
#include "app/features.h"
#include "store/template_testing.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct web_limits limits = {.max_connections = 64,
                                         .max_per_address = 64,
                                         .max_at_work = 8,
                                         .wait_ms = 2000,
                                         .idle_s = 5,
                                         .request_s = 10,
                                         .max_header_bytes = 32 * 1024,
                                         .max_body_bytes = 1024 * 1024,
                                         .arena_bytes = 64 * 1024 * 1024,
                                         .kept_bytes = 4 * 1024 * 1024};
static const unsigned char key[32] = "a key for tests, 32 bytes long..";

static void start_app(struct harness *h)
{
    struct str why = {"", 0};
    const struct feature **features = ARENA_ARRAY(h->mem, const struct feature *, (size_t)n_app_features + 1);

    memcpy(features, app_features, (size_t)n_app_features * sizeof *features);
    features[n_app_features] = h->more;
    const struct web_app_options o = {.features = features,
                                      .n_features = n_app_features + (h->more != NULL),
                                      .origin = h->origin,
                                      .db = h->db,
                                      .site = &h->site,
                                      .limits = limits,
                                      .token_key = key};

    if (web_app_new(&o, h->mem, &h->app, &why) != ST_OK)
        ck_abort_msg("web_app_new: %.*s", (int)why.n, why.p);
}

void harness_site(struct harness *h, struct site site)
{
    web_app_free(h->app);
    h->site = site;
    start_app(h);
}

void harness_with(struct harness *h, const struct feature *more, const char *origin)
{
    web_app_free(h->app);
    h->more = more;
    h->origin = origin;
    start_app(h);
}

static enum status bring_up(struct db *d, void *arg)
{
    struct migration_report report;
    struct str why = {"", 0};
    const enum status st = assembly_bring_up(arg, d, &report, &why);

    if (st != ST_OK)
        fprintf(stderr, "bring up: %.*s\n", (int)why.n, why.p);
    return st;
}

struct harness *harness_new(void)
{
    struct harness *h = calloc(1, sizeof *h);
    int n;

    h->mem = arena_new(0);
    const struct migration *all = assembly_migrations(h->mem, &n);

    template_testing_begin(&h->store, &(struct template){all, n, bring_up, h->mem, NULL});
    h->db = h->store.db;
    h->site = (struct site){.portal_name = "WeCaRe", .licence = "CC BY 4.0"};
    start_app(h);
    return h;
}

void harness_free(struct harness *h)
{
    web_app_free(h->app);
    store_testing_end(&h->store);
    arena_free(h->mem);
    free(h);
}

struct web_reply harness_ask(struct harness *h, const struct web_ask *ask)
{
    struct web_reply r = {0};

    web_app_ask(h->app, h->mem, ask, &r);
    return r;
}

struct web_reply harness_get(struct harness *h, const char *target)
{
    return harness_ask(h, &(struct web_ask){.method = "GET", .target = target});
}

struct web_reply harness_post(struct harness *h, const char *target, const char *form)
{
    static const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", NULL};

    return harness_ask(h, &(struct web_ask){.method = "POST", .target = target, .headers = headers, .body = str_of(form)});
}

struct job {
    enum status (*run)(struct ctx *c, void *arg);
    void *arg;
    struct harness *h;
};

static enum status run_job(struct db_tx *tx, void *arg)
{
    struct job *j = arg;
    struct ctx c = ctx_new(j->h->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    return j->run(&c, j->arg);
}

enum status harness_write(struct harness *h, enum status (*run)(struct ctx *c, void *arg), void *arg)
{
    struct job j = {run, arg, h};

    return db_write(h->db, run_job, &j);
}

enum status harness_read(struct harness *h, enum status (*run)(struct ctx *c, void *arg), void *arg)
{
    struct job j = {run, arg, h};
    struct db_tx *tx;
    enum status st = db_read_begin(h->db, &tx);

    if (st != ST_OK)
        return st;
    st = run_job(tx, &j);
    db_read_end(tx);
    return st;
}

static bool has(const struct web_reply *r, const char *text)
{
    return r->body.n != 0 && memmem(r->body.p, r->body.n, text, strlen(text)) != NULL;
}

/* Check cuts off a message past 8 KB by ending the test: the page is shown as far as it fits. */
static int shown(const struct web_reply *r)
{
    return r->body.n < 2500 ? (int)r->body.n : 2500;
}

void harness_has(const struct web_reply *r, const char *text)
{
    if (!has(r, text))
        ck_abort_msg("\"%s\" is not in the answer %d:\n%.*s", text, r->code, shown(r), r->body.p);
}

void harness_has_not(const struct web_reply *r, const char *text)
{
    if (has(r, text))
        ck_abort_msg("\"%s\" is in the answer %d:\n%.*s", text, r->code, shown(r), r->body.p);
}

struct str harness_header(struct harness *h, const struct web_reply *r, const char *name)
{
    struct str rest = r->headers;

    (void)h;
    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');
        const struct str key_part = str_cut(&line, ':');

        if (key_part.n == strlen(name) && strncasecmp(key_part.p, name, key_part.n) == 0)
            return str_trim(line);
    }
    return (struct str){"", 0};
}

int64_t harness_disk(const struct harness *h)
{
    DIR *d = h->store.folder[0] == '\0' ? NULL : opendir(h->store.folder);
    int64_t sum = 0;

    for (struct dirent *e = NULL; d != NULL && (e = readdir(d)) != NULL;) {
        const int fd = open(str_fmt(h->mem, "%s/%s", h->store.folder, e->d_name).p, O_RDONLY | O_CLOEXEC);
        const bool is_data = fd >= 0 && !str_ends(str_of(e->d_name), STR("-shm"));
        unsigned char block[4096];

        for (ssize_t n = 1; is_data && n > 0;) {
            n = read(fd, block, sizeof block);
            for (ssize_t k = 0; k < n; k++)
                sum += block[k] * (int64_t)(k + 1);
        }
        if (fd >= 0)
            close(fd);
    }
    if (d != NULL)
        closedir(d);
    return sum;
}
