/* entitled_feature.c - what entitled gives to the program: pages and an API that read and keep nothing. */
#include "entitled_feature.h"
#include "base/macros.h"

enum { BODY_KB = 64 };
#define PAGE(path, handler) {GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "measure", "view"}
#define ASK(path, handler)                                                                                            \
    {                                                                                                                 \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "measure", "view", .asks_only = true, \
            .body_kb = BODY_KB                                                                                        \
    }

static const struct route routes[] = {
    PAGE("/spetta", entitled_page),
    ASK("/spetta", entitled_again_post),
    PAGE("/spetta/risultato", entitled_result_back),
    ASK("/spetta/risultato", entitled_result_post),
    PAGE("/spetta/operatore", entitled_desk_page),
    ASK("/spetta/operatore", entitled_desk_post),
    PAGE("/calcoli", entitled_sums_page),
    ASK("/calcoli", entitled_sums_post),
    {GET, "/api/rules/1/measures", entitled_api_measures, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "measure", "view"},
    {POST, "/api/rules/1/ask", entitled_api_ask, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "measure", "view", .body_kb = BODY_KB},
    {POST, "/api/rules/1/isee", entitled_api_isee, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "measure", "view", .body_kb = BODY_KB},
};

static const struct menu_entry menu[] = {
    {"/spetta", "entitled.title", "badge-check", 20, ANYONE},
};

extern const struct feature entitled_feature;
const struct feature entitled_feature = {
    .name = "entitled",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
