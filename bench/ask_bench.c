/*
 * ask_bench.c - what the house itself costs: guard, router, transaction, template of a page that
 * says nothing, asked in process; beside the same without transaction, without frame, and from
 * memory.
 *
 * Use     ask_bench [N]     processor time per request, medians of five
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/macros.h"
#include "base/random.h"
#include "base/text.h"
#include "web/frame.h"
#include "web/server.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { N_ROUNDS = 5 };

static enum status bare(struct web *w)
{
    buf_z(web_out(w), "ciao");
    return ST_OK;
}

/* The whole frame around nothing: menu, language menu, foot. */
static enum status framed(struct web *w)
{
    return frame_error(w, 404);
}

#define ROW(path, handler, tx, cache)                                                              \
    {                                                                                              \
        GET, path, handler, ANYONE, tx, cache, COST_PAGE, "public", "thing", "view"                \
    }
static const struct route rows[] = {
    ROW("/bare", bare, TX_NONE, CACHE_NEVER),
    ROW("/bare/read", bare, TX_READ, CACHE_NEVER),
    ROW("/framed/read", framed, TX_READ, CACHE_NEVER),
    ROW("/framed/kept", framed, TX_READ, CACHE_REVALIDATE),
};
static const char *const what[ARRAY_LEN(rows)] = {
    "guard, router, headers", "and a read transaction", "and a template in the frame",
    "the same from memory"};
static const struct feature tiny = {.name = "tiny", .routes = rows, .n_routes = ARRAY_LEN(rows)};
static const struct feature *const features[] = {&tiny};
static const struct site site = {.portal_name = "WeCaRe", .licence = "CC BY 4.0"};
static const unsigned char key[32] = "a key for benchmarks, 32 bytes..";

static int64_t processor_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static double round_of(struct web_app *app, struct arena *mem, const char *target, int n)
{
    struct web_reply r = {0};
    const int64_t began = processor_us();

    for (int i = 0; i < n; i++) {
        arena_reset(mem);
        web_app_ask(app, mem, &(struct web_ask){.method = "GET", .target = target}, &r);
        if (r.code != 200) {
            fprintf(stderr, "%s answers %d\n", target, r.code);
            exit(1);
        }
    }
    return (double)(processor_us() - began) / n;
}

static int up(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void run(struct web_app *app, int n)
{
    struct arena *mem = arena_new(0);
    double us[ARRAY_LEN(rows)][N_ROUNDS];

    for (int k = 0; k < N_ROUNDS; k++)
        for (int i = 0; i < ARRAY_LEN(rows); i++)
            us[i][k] = round_of(app, mem, rows[i].path, n);
    for (int i = 0; i < ARRAY_LEN(rows); i++) {
        qsort(us[i], N_ROUNDS, sizeof us[i][0], up);
        printf("%-32s %7.1f us  (least %.1f, most %.1f)\n", what[i], us[i][N_ROUNDS / 2], us[i][0],
               us[i][N_ROUNDS - 1]);
    }
    arena_free(mem);
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"wecare.db", "wecare.db-wal", "wecare.db-shm",
                                        "wecare.lock"};
    char path[300];

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    char folder[] = "/var/tmp/wecare-bench-XXXXXX";
    struct arena *mem = arena_new(0);
    struct str why = {"", 0};
    struct web_app *app;
    struct db *db;

    clock_init();
    random_init();
    text_init();
    log_set_level(LOG_WARN);
    if (mkdtemp(folder) == NULL)
        return 1;
    const struct db_options d = {.url = str_fmt(mem, "sqlite:%s", folder).p};

    if (db_open(&d, mem, &db, &why) != ST_OK) {
        fprintf(stderr, "%.*s\n", (int)why.n, why.p);
        return 1;
    }
    const struct web_app_options o = {.features = features,
                                      .n_features = 1,
                                      .db = db,
                                      .site = &site,
                                      .token_key = key,
                                      .limits = {.max_connections = 8,
                                                 .max_per_address = 8,
                                                 .max_at_work = 8,
                                                 .wait_ms = 1,
                                                 .idle_s = 1,
                                                 .request_s = 1,
                                                 .max_header_bytes = 32768,
                                                 .max_body_bytes = 65536,
                                                 .arena_bytes = 1 << 24,
                                                 .kept_bytes = 1 << 20}};

    if (web_app_new(&o, mem, &app, &why) != ST_OK) {
        fprintf(stderr, "%.*s\n", (int)why.n, why.p);
        return 1;
    }
    run(app, argc > 1 ? atoi(argv[1]) : 20000);
    web_app_free(app);
    db_close(db);
    arena_free(mem);
    remove_folder(folder);
    return 0;
}
