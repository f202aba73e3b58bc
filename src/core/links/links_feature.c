/* links_feature.c - what links gives to the program. */
#include "core/links/links_feature.h"
#include "base/macros.h"
#include "links_sql.h"

static const struct route routes[] = {
    {GET, "/chiave", links_keys_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "key", "view"},
    {GET, "/chiave/lascia", links_leave_page, ANYONE, TX_NONE, CACHE_NEVER, COST_PAGE, "public", "key", "view"},
    {POST, "/chiave/lascia", links_leave_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "key", "leave"},
    {GET, "/chiave/:token", links_key_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "key", "view",
     .is_secret_address = true},
    {POST, "/chiave/:token", links_key_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "key", "enter",
     .is_secret_address = true},
};

static const struct command commands[] = {
    {"link", links_help, .run_outside = links_command},
};

extern const struct feature links_feature;
const struct feature links_feature = {
    .name = "links",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = links_migrations,
    .n_migrations = links_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .say_demo = links_say_demo,
    .daily = links_sweep,
};
