/* portal_feature.c - what portal gives to the program. */
#include "portal_feature.h"
#include "base/macros.h"
#include "web/feature.h"

#define PAGE(path, handler, tx)                                                                    \
    {GET, path, handler, ANYONE, tx, CACHE_REVALIDATE, COST_PAGE, "public", "portal", "view"}

static const struct route routes[] = {
    PAGE("/aiuto", portal_help_page, TX_READ),
    PAGE("/accessibilita", portal_accessibility_page, TX_NONE),
    PAGE("/privacy", portal_privacy_page, TX_NONE),
    PAGE("/note-legali", portal_legal_page, TX_NONE),
};

static const struct menu_entry menu[] = {
    {"/aiuto", "portal.menu-help", "circle-help", 90, ANYONE},
    {"/aiuto", "portal.menu-questions", NULL, MENU_FOOT_HELP, ANYONE},
    {"/accessibilita", "portal.accessibility-title", NULL, MENU_FOOT_RULES, ANYONE},
    {"/privacy", "portal.privacy-title", NULL, MENU_FOOT_RULES + 10, ANYONE},
    {"/note-legali", "portal.legal-title", NULL, MENU_FOOT_RULES + 20, ANYONE},
};

const struct feature portal_feature = {
    .name = "portal",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
