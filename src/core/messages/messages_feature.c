/* messages_feature.c - what messages gives to the program. */
#include "core/messages/messages.h"
#include "messages_feature.h"
#include "base/macros.h"
#include "messages_sql.h"

static const struct route routes[] = {
    {GET, "/aiuto/scrivi", messages_write_page, ANYONE, TX_NONE, CACHE_NEVER, COST_PAGE, "public",
     "note", "view"},
    {POST, "/aiuto/scrivi", messages_write_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE,
     "answer-note", "note", "send"},
    {GET, "/aiuto/scrivi/:code", messages_follow_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE,
     "answer-note", "note", "view"},
};

static const struct menu_entry menu[] = {
    {"/aiuto/scrivi", "messages.write-title", NULL, MENU_FOOT_HELP + 20, ANYONE,
     .tells_page = true},
};

static const struct command commands[] = {
    {"notes", messages_notes_help, messages_notes_command},
};

static enum status daily(struct ctx *c)
{
    return messages_sweep(c, NULL);
}

const struct feature messages_feature = {
    .name = "messages",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = messages_migrations,
    .n_migrations = messages_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .load_demo = messages_load_demo,
    .daily = daily,
};
