/* entries_feature.c - what entries gives to the program. */
#include "entries_feature.h"
#include "base/macros.h"
#include "entries_sql.h"

#define READS(path, handler, object) {GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "keep-entries", object, "view"}
#define WRITES(path, handler, object, verb) {POST, path, handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "keep-entries", object, verb}

/* A list of two megabytes, and one that is too long by far: it is told so on the page. */
enum { PASTE_BODY_KB = 4096 };

static const struct route routes[] = {
    READS("/schede", entries_list_page, "entry"),
    WRITES("/schede", entries_row_post, "entry", "edit"),
    WRITES("/schede/conferma", entries_confirm_post, "entry", "confirm"),
    WRITES("/schede/annulla", entries_undo_post, "entry", "undo"),
    READS("/schede/nuova", entries_new_page, "entry"),
    WRITES("/schede/nuova", entries_new_post, "entry", "add"),
    READS("/schede/incolla", entries_paste_page, "entry"),
    {POST, "/schede/incolla", entries_paste_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "keep-entries", "entry", "edit", .body_kb = PASTE_BODY_KB},
    READS("/schede/:slug", entries_entry_page, "entry"),
    WRITES("/schede/:slug", entries_entry_post, "entry", "edit"),
    READS("/schede/:slug/anteprima", entries_preview_page, "entry"),
    READS("/schede/:slug/storia", entries_history_page, "history"),
    WRITES("/schede/:slug/storia", entries_history_post, "history", "undo"),
    WRITES("/schede/:slug/altri", entries_conflict_post, "conflict", "settle"),
};

static const struct menu_entry menu[] = {
    {"/schede", "entries.menu", NULL, MENU_FOOT_HELP + 30, ANYONE},
};

static enum status daily(struct ctx *c)
{
    return draft_sweep(c);
}

const struct feature entries_feature = {
    .name = "entries",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = entries_migrations,
    .n_migrations = entries_n_migrations,
    .daily = daily,
};
