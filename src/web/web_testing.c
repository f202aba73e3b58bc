#include "web/web_testing.h"
#include <check.h>
#include <string.h>
#include <strings.h>

const struct web_limits web_testing_limits = {.max_connections = 64,
                                              .max_per_address = 64,
                                              .max_at_work = 8,
                                              .wait_ms = 300,
                                              .idle_s = 5,
                                              .request_s = 5,
                                              .max_header_bytes = 32 * 1024,
                                              .max_body_bytes = 64 * 1024,
                                              .arena_bytes = 4 * 1024 * 1024,
                                              .kept_bytes = 1024 * 1024};
static const unsigned char key[32] = "a key for tests, 32 bytes long..";
static const struct site site = {.portal_name = "WeCaRe", .licence = "CC BY 4.0"};

void web_testing_begin(struct web_testing *t, const struct route *routes, int n, const char *origin,
                       const struct web_limits *limits)
{
    struct str why = {"", 0};

    t->mem = arena_new(0);
    store_testing_begin(&t->store, NULL, 0);
    store_testing_exec(&t->store, "CREATE TABLE note (words TEXT)");
    struct feature *tiny = ARENA_NEW(t->mem, struct feature);
    const struct feature **list = ARENA_ARRAY(t->mem, const struct feature *, 1);

    *tiny = (struct feature){.name = "tiny", .routes = routes, .n_routes = n};
    list[0] = tiny;
    const struct web_app_options o = {.features = list,
                                      .n_features = 1,
                                      .db = t->store.db,
                                      .site = &site,
                                      .origin = origin,
                                      .limits = limits == NULL ? web_testing_limits : *limits,
                                      .token_key = key};

    if (web_app_new(&o, t->mem, &t->app, &why) != ST_OK)
        ck_abort_msg("web_app_new: %.*s", (int)why.n, why.p);
}

void web_testing_end(struct web_testing *t)
{
    web_app_free(t->app);
    store_testing_end(&t->store);
    arena_free(t->mem);
}

struct web_reply web_testing_ask(struct web_testing *t, const char *method, const char *target,
                                 const char *const *headers, const char *body)
{
    struct web_reply r = {0};

    web_app_ask(t->app, t->mem,
                &(struct web_ask){
                    .method = method, .target = target, .headers = headers, .body = str_of(body)},
                &r);
    return r;
}

struct web_reply web_testing_get(struct web_testing *t, const char *target)
{
    return web_testing_ask(t, "GET", target, NULL, NULL);
}

const char *web_testing_header(struct web_testing *t, const struct web_reply *r, const char *name)
{
    struct str rest = r->headers;

    while (rest.n > 0) {
        struct str line = str_cut(&rest, '\n');
        const struct str head = str_cut(&line, ':');

        if (head.n == strlen(name) && strncasecmp(head.p, name, head.n) == 0)
            return str_z(t->mem, str_trim(line));
    }
    return "";
}

enum status web_testing_note(struct ctx *c, const char *words)
{
    return db_exec(c->tx, str_fmt(c->mem, "INSERT INTO note (words) VALUES ('%s')", words).p);
}

int64_t web_testing_notes(struct web_testing *t)
{
    return store_testing_number(&t->store, "SELECT count(*) FROM note");
}
