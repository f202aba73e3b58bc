/* exchange_feature.c - what exchange gives to the program. */
#include "exchange_feature.h"
#include "exchange.h"
#include "exchange_body.h"
#include "base/macros.h"
#include "exchange_sql.h"

static const struct route routes[] = {
    {GET, "/dati/scambio", exchange_changes, ANYONE, TX_READ, CACHE_NEVER, COST_EXPORT, "public", "service", "export"},
    {GET, "/dati/fonti", exchange_sources_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "feed", "view"},
    {GET, "/dati/controlla", exchange_check_page, ANYONE, TX_NONE, CACHE_NEVER, COST_PAGE, "public", "feed", "view"},
    {POST, "/dati/controlla", exchange_check_post, ANYONE, TX_READ, CACHE_NEVER, COST_EXPORT, "public", "feed", "view", .asks_only = true,
     .body_kb = 3072},
};

static const struct menu_entry menu[] = {
    {"/dati/fonti", "exchange.sources-title", NULL, MENU_FOOT_HELP + 60, ANYONE},
};

static const struct command commands[] = {
    {"feed", exchange_feed_help, .run_outside = exchange_feed_command},
    {"export", exchange_export_help, exchange_export_command},
};

static const struct importer importers[] = {
    {"body", exchange_body_help, exchange_import_body, .is_staged = true},
};

/* What others know us by is there from the first start on. */
static enum status daily(struct ctx *c)
{
    struct str id;

    return exchange_own_id(c, &id);
}

static const struct job_kind jobs[] = {{exchange_job_name, exchange_job}};

const struct feature exchange_feature = {
    .name = "exchange",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = exchange_migrations,
    .n_migrations = exchange_n_migrations,
    .importers = importers,
    .n_importers = ARRAY_LEN(importers),
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .load_reference = daily,
    .daily = daily,
    .jobs = jobs,
    .n_jobs = ARRAY_LEN(jobs),
};
