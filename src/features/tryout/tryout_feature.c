/* tryout_feature.c - what tryout gives to the program. */
#include "tryout_feature.h"
#include "base/macros.h"
#include "web/feature.h"

enum { BODY_KB = 6 * 1024 }; /* 2 MB of a list and what a form adds */

#define ASKS(path, handler)                                                                                                        \
    {                                                                                                                              \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "list", "view", .asks_only = true, .body_kb = BODY_KB \
    }

static const struct route routes[] = {
    {GET, "/prova", tryout_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "list", "view"},
    {GET, "/prova/mappa.svg", tryout_map_picture, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "map", "view"},
    ASKS("/prova", tryout_post),
    ASKS("/prova/elenco.csv", tryout_csv),
    ASKS("/prova/elenco.xlsx", tryout_xlsx),
};

static const struct menu_entry menu[] = {
    {"/prova", "tryout.menu", "table", MENU_FOOT_HELP + 40, ANYONE, false},
};

const struct feature tryout_feature = {
    .name = "tryout",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
