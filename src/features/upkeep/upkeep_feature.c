/* upkeep_feature.c - what upkeep gives to the program. */
#include "upkeep_feature.h"
#include "base/macros.h"
#include "upkeep.h"
#include "upkeep_sql.h"

static const struct route routes[] = {
    {GET, "/conferma/:token", upkeep_confirm_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service", "view",
     .is_secret_address = true},
    {POST, "/conferma/:token", upkeep_confirm_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "service", "confirm",
     .is_secret_address = true},
    {GET, "/telefonate", upkeep_calls_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service", "view"},
    {POST, "/telefonate", upkeep_calls_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "service", "confirm"},
    {GET, "/telefonate/foglio/:organisation", upkeep_sheet_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service",
     "view"},
    {GET, "/servizi/:slug/correggi", upkeep_correct_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service", "view"},
    {POST, "/servizi/:slug/correggi", upkeep_correct_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "answer-note", "service",
     "send"},
    {GET, "/freschezza", upkeep_freshness_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "catalogue", "view"},
    {GET, "/dati/freschezza.csv", upkeep_freshness_csv, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", "catalogue",
     "export"},
};

static const struct menu_entry menu[] = {
    {"/freschezza", "upkeep.freshness-title", NULL, MENU_FOOT_RULES + 55, ANYONE},
};

static const struct command commands[] = {
    {"upkeep", upkeep_help, upkeep_command},
};

/* At each start and once a day. */
static enum status daily(struct ctx *c)
{
    struct upkeep_report report;

    return upkeep_round(c, &report);
}

const struct feature upkeep_feature = {
    .name = "upkeep",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = upkeep_migrations,
    .n_migrations = upkeep_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .load_demo = upkeep_load_demo,
    .daily = daily,
};
