/* staging_feature.c - what staging gives to the program: its tables. */
#include "staging.h"
#include "staging_sql.h"
#include "web/feature.h"

const struct feature staging_feature = {
    .name = "staging",
    .migrations = staging_migrations,
    .n_migrations = staging_n_migrations,
};
