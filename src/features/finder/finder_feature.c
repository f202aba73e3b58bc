/* finder_feature.c - what finder gives to the program. */
#include "finder_feature.h"
#include "base/macros.h"
#include "finder_clarity.h"
#include "finder_sql.h"
#include "web/feature.h"

#define PAGE(path, handler, object)                                                                \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", object, "view" \
    }

/* About violence: nothing of it is kept, by the browser either. */
#define HIDDEN(path, handler, cost)                                                                \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, cost, "public", "need", "view"           \
    }

static const struct route routes[] = {
    /* Finding: home, needs, results, emergency. */
    PAGE("/", finder_home_page, "need"),
    PAGE("/bisogni", finder_needs_page, "need"),
    PAGE("/bisogni/:need", finder_need_page, "need"),
    {GET, "/trova", finder_results_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_SEARCH, "public",
     "service", "view"},
    {GET, "/trova/mappa.svg", finder_map_picture, ANYONE, TX_READ, CACHE_SHORT, COST_PAGE, "public",
     "area", "view"},
    {GET, "/trova/qui", finder_here, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "comune",
     "view"},
    HIDDEN("/violenza", finder_violence_page, COST_PAGE),
    HIDDEN("/violenza/trova", finder_violence_results_page, COST_SEARCH),
    HIDDEN("/violenza/:need", finder_violence_need_page, COST_PAGE),
    /* Sheets: service, board, gaps, initiatives. */
    PAGE("/servizi/:slug", finder_service_page, "service"),
    {GET, "/servizi/:slug/chiarezza", finder_clarity_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE,
     "public", "service", "view"},
    {POST, "/servizi/:slug/chiarezza", finder_clarity_post, ANYONE, TX_WRITE, CACHE_NEVER,
     COST_WRITE, "answer-note", "service", "send"},
    PAGE("/e-adesso", finder_next_page, "service"),
    PAGE("/bacheca/:comune", finder_board_page, "comune"),
    PAGE("/manca", finder_gaps_page, "area"),
    PAGE("/manca/comune/:slug", finder_gaps_comune_page, "comune"),
    PAGE("/manca/distretto/:slug", finder_gaps_district_page, "district"),
    {GET, "/dati/cosa-manca.csv", finder_gaps_csv, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT,
     "public", "area", "export"},
    PAGE("/iniziative", finder_initiatives_page, "initiative"),
    {GET, "/iniziative/:slug", finder_initiative_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE,
     "public", "initiative", "view"},
    {POST, "/iniziative/:slug", finder_initiative_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE,
     "public", "initiative", "send"},
};

static const struct menu_entry menu[] = {
    {"/", "finder.menu-find", "search", 10, ANYONE},
    {"/e-adesso", "finder.next-title", NULL, MENU_FOOT_HELP + 10, ANYONE},
    {"/manca", "finder.gaps-title", NULL, MENU_FOOT_RULES + 50, ANYONE},
};

static const struct command commands[] = {
    {"clarity", finder_clarity_help, finder_clarity_command},
};

const struct feature finder_feature = {
    .name = "finder",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = finder_migrations,
    .n_migrations = finder_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .daily = finder_clarity_sweep,
};
