/* twins_feature.c - what twins gives to the program. */
#include "twins_feature.h"
#include "base/macros.h"
#include "twins_sql.h"

#define PAGE(path, handler)                                                                                            \
    {                                                                                                                  \
        GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "pair", "view"                          \
    }
#define SEND(path, handler)                                                                                            \
    {                                                                                                                  \
        POST, path, handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "pair", "send"                       \
    }

static const struct route routes[] = {
    PAGE("/doppioni", twins_list_page),
    PAGE("/doppioni/uniti", twins_joins_page),
    PAGE("/doppioni/uniti/:id", twins_join_page),
    SEND("/doppioni/uniti/:id/separa", twins_part_post),
    PAGE("/doppioni/:id", twins_pair_page),
    SEND("/doppioni/:id/stessa", twins_same_post),
    SEND("/doppioni/:id/diverse", twins_different_post),
    SEND("/doppioni/:id/ancora", twins_again_post),
};

static const struct command commands[] = {
    {"body", twins_body_help, twins_body_command},
    {"twins", twins_twins_help, twins_twins_command},
};

enum { EVERY_S = 3600 };
static const struct job_kind jobs[] = {
    {"twins.look", twins_look_job, EVERY_S},
};

const struct feature twins_feature = {
    .name = "twins",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = twins_migrations,
    .n_migrations = twins_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .jobs = jobs,
    .n_jobs = ARRAY_LEN(jobs),
    .load_demo = twins_load_demo,
};
