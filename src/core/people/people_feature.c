/* people_feature.c - what people gives to the program. */
#include "people_feature.h"
#include "base/macros.h"
#include "people_sql.h"
#include "people_view.h"

static const struct route routes[] = {
    {GET, "/riconoscimento", people_quality_page, ANYONE, TX_NONE, CACHE_REVALIDATE, COST_PAGE, "public", "model", "view"},
};

static const struct menu_entry menu[] = {
    {"/riconoscimento", "people.quality-title", NULL, MENU_FOOT_RULES + 50, ANYONE},
};

static const struct command commands[] = {
    {.name = "people", .help = people_command_help, .run = people_command, .without_db = true},
};

const struct feature people_feature = {
    .name = "people",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = people_migrations,
    .n_migrations = people_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};
