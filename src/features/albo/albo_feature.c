/* albo_feature.c - what albo gives to the program. */
#include "albo_feature.h"
#include "albo.h"
#include "albo_sql.h"
#include "base/macros.h"

#define PAGE(path, handler)                                                                                            \
    {                                                                                                                  \
        GET, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "answer-note", "proposal", "view"                 \
    }
#define SEND(path, handler)                                                                                            \
    {                                                                                                                  \
        POST, path, handler, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "answer-note", "proposal", "send"              \
    }

static const struct route routes[] = {
    {GET, "/albo", albo_list_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "organisation", "view"},
    {GET, "/dati/albo.csv", albo_csv, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", "organisation", "export"},
    PAGE("/albo/proponi", albo_propose_page),
    SEND("/albo/proponi", albo_propose_post),
    PAGE("/albo/proponi/:code", albo_follow_page),
    PAGE("/albo/gestione", albo_manage_page),
    PAGE("/albo/gestione/:id", albo_one_page),
    SEND("/albo/gestione/:id/approva", albo_approve_post),
    SEND("/albo/gestione/:id/rifiuta", albo_refuse_post),
    PAGE("/albo/nostro", albo_own_page),
    SEND("/albo/nostro", albo_own_post),
};

static const struct menu_entry menu[] = {
    {"/albo", "albo.title", NULL, MENU_FOOT_RULES + 55, ANYONE},
};

const struct feature albo_feature = {
    .name = "albo",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = albo_migrations,
    .n_migrations = albo_n_migrations,
    .load_demo = albo_load_demo,
    .daily = albo_sweep,
};
