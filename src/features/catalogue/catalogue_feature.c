/* catalogue_feature.c - what catalogue gives to the program. */
#include "catalogue_feature.h"
#include "base/macros.h"
#include "catalogue_alias.h"
#include "catalogue_sql.h"

/* At each start and once a day. */
static enum status daily(struct ctx *c)
{
    const enum status st = catalogue_initiatives_sweep(c);

    return st == ST_OK ? catalogue_leave(c) : st;
}

static const struct command commands[] = {
    {"initiatives", catalogue_initiatives_help, catalogue_initiatives_command},
};

const struct feature catalogue_feature = {
    .name = "catalogue",
    .migrations = catalogue_migrations,
    .n_migrations = catalogue_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
    .load_reference = catalogue_load_reference,
    .daily = daily,
};
