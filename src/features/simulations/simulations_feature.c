/* simulations_feature.c - what simulations gives to the program. */
#include "simulations_feature.h"
#include "base/macros.h"

enum {
    BODY_KB = 6 * 1024, /* a CSV of 2 MB as a form or JSON sends it, and two texts */
    TEXTS_KB = 1536     /* two texts of RULES_MAX_TEXT with their escapes */
};

#define ASKS(path, handler, cost)                                                                                                   \
    {                                                                                                                               \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, cost, "public", "simulation", "view", .asks_only = true, .body_kb = BODY_KB \
    }

static const struct route routes[] = {
    {GET, "/simulazioni", simulations_form_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "simulation", "view"},
    ASKS("/simulazioni", simulations_result_post, COST_SEARCH),
    ASKS("/simulazioni/tabelle.xlsx", simulations_xlsx_post, COST_EXPORT),
    ASKS("/simulazioni/tabelle.csv", simulations_csv_post, COST_EXPORT),
    ASKS("/simulazioni/simulazione.json", simulations_json_post, COST_EXPORT),
    {POST, "/api/rules/1/diff", simulations_api_diff, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "simulation", "view", .body_kb = TEXTS_KB},
    {POST, "/api/rules/1/simulate", simulations_api_simulate, ANYONE, TX_READ, CACHE_NEVER, COST_EXPORT, "public", "simulation", "view", .body_kb = BODY_KB},
};

static const struct menu_entry menu[] = {
    {"/simulazioni", "simulations.title", NULL, MENU_FOOT_RULES + 53, ANYONE},
};

static const struct command commands[] = {
    {"rules simulate", "OLD NEW POPULATION.csv|--synthetic SEED,N: an old text of rules against a new one", simulations_simulate_command, true},
    {"rules diff", "OLD NEW: what changed between two texts of rules", simulations_diff_command, true},
};

const struct feature simulations_feature = {
    .name = "simulations",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};
