/* bodies_feature.c - what bodies gives to the program: data, no pages. */
#include "base/macros.h"
#include "bodies_sql.h"
#include "core/bodies/bodies_store.h"

static const struct importer importers[] = {
    {"memberships", bodies_memberships_help, bodies_import_memberships},
};

extern const struct feature bodies_feature;
const struct feature bodies_feature = {
    .name = "bodies",
    .migrations = bodies_migrations,
    .n_migrations = bodies_n_migrations,
    .importers = importers,
    .n_importers = ARRAY_LEN(importers),
    .load_reference = bodies_load_reference,
};
