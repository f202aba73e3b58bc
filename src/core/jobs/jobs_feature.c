/* jobs_feature.c - what jobs gives to the program: a table, and `wecare jobs`. */
#include "base/macros.h"
#include "core/jobs/jobs_feature.h"
#include "jobs_sql.h"

static const struct command commands[] = {
    {"jobs", jobs_help, jobs_command},
};

extern const struct feature jobs_feature;
const struct feature jobs_feature = {
    .name = "jobs",
    .migrations = jobs_migrations,
    .n_migrations = jobs_n_migrations,
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};
