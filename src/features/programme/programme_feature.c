/* programme_feature.c - what programme gives to the program. */
#include "programme_feature.h"
#include "base/macros.h"
#include "programme_sql.h"
#include "programme_store.h"

static const struct route routes[] = {
    {GET, "/progetti", programme_list_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public",
     "project", "view"},
    {GET, "/progetti/:slug", programme_project_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE,
     "public", "project", "view"},
    {GET, "/dati/progetti.csv", programme_projects_csv, ANYONE, TX_READ, CACHE_REVALIDATE,
     COST_EXPORT, "public", "project", "export"},
    {GET, "/dati/obiettivi.csv", programme_targets_csv, ANYONE, TX_READ, CACHE_REVALIDATE,
     COST_EXPORT, "public", "project", "export"},
    {GET, "/api/v1/projects", programme_projects_api, ANYONE, TX_READ, CACHE_REVALIDATE,
     COST_EXPORT, "public", "project", "export"},
};

static const struct menu_entry menu[] = {
    {"/progetti", "programme.title", "folder-kanban", 60, ANYONE},
};

const struct feature programme_feature = {
    .name = "programme",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
    .migrations = programme_migrations,
    .n_migrations = programme_n_migrations,
    .load_reference = programme_load_reference,
};
