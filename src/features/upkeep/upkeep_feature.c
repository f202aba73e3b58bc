/* upkeep_feature.c - what upkeep gives to the program. */
#include "upkeep_feature.h"
#include "base/macros.h"
#include "upkeep_sql.h"

const struct feature upkeep_feature = {
    .name = "upkeep",
    .migrations = upkeep_migrations,
    .n_migrations = upkeep_n_migrations,
};
