/* people_feature.c - what people gives to the program. */
#include "people_feature.h"
#include "base/macros.h"
#include "people_sql.h"

static const struct command commands[] = {
    {.name = "people", .help = people_command_help, .run = people_command, .without_db = true},
};

const struct feature people_feature = {
    .name = "people",
    .migrations = people_migrations,
    .n_migrations = people_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};
