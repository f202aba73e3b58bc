/* regulations_feature.c - what regulations gives to the program. */
#include "regulations_feature.h"
#include "base/macros.h"
#include "regulations_sql.h"

enum { FORM_KB = 320 }; /* a text may be as long as the language reads, percent-encoded */

static const struct route routes[] = {
    {GET, "/regolamenti", regulations_compare_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "regulation", "view"},
    {POST, "/regolamenti", regulations_compare_post, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "regulation", "view",
     .asks_only = true},
    {GET, "/regolamenti/confronto.csv", regulations_csv, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", "regulation", "export"},
    {GET, "/regolamenti/confronto.xlsx", regulations_xlsx, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", "regulation",
     "export"},
    {GET, "/regolamenti/mio", regulations_own_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "regulation", "view"},
    {POST, "/regolamenti/mio", regulations_own_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "regulation", "send",
     .body_kb = FORM_KB},
    {GET, "/regolamenti/:slug", regulations_show_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "regulation", "view"},
    {POST, "/regolamenti/:slug", regulations_show_post, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "regulation", "view",
     .asks_only = true},
    {POST, "/regolamenti/:slug/torna", regulations_undo_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "regulation", "send"},
};

static const struct menu_entry menu[] = {
    {"/regolamenti", "regulations.title", NULL, MENU_FOOT_RULES + 52, ANYONE},
};

extern const struct feature regulations_feature;
const struct feature regulations_feature = {
    .name = "regulations",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = regulations_migrations,
    .n_migrations = regulations_n_migrations,
    .load_demo = regulations_load_demo,
};
