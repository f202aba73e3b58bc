/* upkeep_feature.c - what upkeep gives to the program. */
#include "upkeep_feature.h"
#include "base/macros.h"
#include "upkeep.h"
#include "upkeep_sql.h"

static const struct route routes[] = {
    {GET, "/conferma/:token", upkeep_confirm_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service", "view",
     .is_secret_address = true},
    {POST, "/conferma/:token", upkeep_confirm_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "service", "confirm",
     .is_secret_address = true},
};

/* At each start and once a day. */
static enum status daily(struct ctx *c)
{
    struct upkeep_report report;

    return upkeep_round(c, &report);
}

const struct feature upkeep_feature = {
    .name = "upkeep",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = upkeep_migrations,
    .n_migrations = upkeep_n_migrations,
    .daily = daily,
};
