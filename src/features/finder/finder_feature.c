/* finder_feature.c - what finder gives to the program. */
#include "finder_feature.h"
#include "base/macros.h"
#include "web/feature.h"

#define PAGE(path, handler, object)                                                                \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", object, "view" \
    }

static const struct route routes[] = {
    /* Finding: home, needs, results, emergency. */
    PAGE("/", finder_home_page, "need"),
    PAGE("/bisogni", finder_needs_page, "need"),
    /* Sheets: service, organisation, board, gaps, initiatives. */
};

static const struct menu_entry menu[] = {
    {"/", "finder.menu-find", "search", 10, ANYONE},
};

const struct feature finder_feature = {
    .name = "finder",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
