/* points_feature.c - what points gives to the program: one page, the entries are the catalogue's. */
#include "points_feature.h"
#include "base/macros.h"

static const struct route routes[] = {
    {GET, "/punti", points_list_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_SEARCH, "public", "service", "view"},
};

static const struct menu_entry menu[] = {
    {"/punti", "points.title", NULL, MENU_FOOT_HELP + 5, ANYONE},
};

extern const struct feature points_feature;
const struct feature points_feature = {
    .name = "points",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
