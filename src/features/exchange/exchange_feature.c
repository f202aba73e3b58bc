/* exchange_feature.c - what exchange gives to the program. */
#include "exchange_feature.h"
#include "exchange.h"
#include "base/macros.h"
#include "exchange_sql.h"

static const struct route routes[] = {
    {GET, "/dati/scambio", exchange_changes, ANYONE, TX_READ, CACHE_NEVER, COST_EXPORT, "public", "service", "export"},
};

static const struct command commands[] = {
    {"feed", exchange_feed_help, .run_outside = exchange_feed_command},
};

/* What others know us by is there from the first start on. */
static enum status daily(struct ctx *c)
{
    struct str id;

    return exchange_own_id(c, &id);
}

static const struct job_kind jobs[] = {{exchange_job_name, exchange_job}};

const struct feature exchange_feature = {
    .name = "exchange",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .migrations = exchange_migrations,
    .n_migrations = exchange_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .daily = daily,
    .jobs = jobs,
    .n_jobs = ARRAY_LEN(jobs),
};
