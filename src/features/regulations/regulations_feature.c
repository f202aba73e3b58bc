/* regulations_feature.c - what regulations gives to the program. */
#include "regulations_feature.h"
#include "base/macros.h"
#include "regulations_sql.h"

static const struct route routes[] = {
    {GET, "/regolamenti", regulations_compare_page, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", "regulation", "view"},
};

extern const struct feature regulations_feature;
const struct feature regulations_feature = {
    .name = "regulations",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = regulations_migrations,
    .n_migrations = regulations_n_migrations,
};
