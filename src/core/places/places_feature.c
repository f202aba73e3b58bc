/* places_feature.c - what places gives to the program: data, no pages. */
#include "core/places/places_feature.h"
#include "base/macros.h"
#include "places_sql.h"

static const struct importer importers[] = {
    {"areas", places_areas_help, places_import_areas},
    {"boundaries", places_boundaries_help, places_import_boundaries},
    {"caps", places_caps_help, places_import_caps},
};

const struct feature places_feature = {
    .name = "places",
    .migrations = places_migrations,
    .n_migrations = places_n_migrations,
    .importers = importers,
    .n_importers = ARRAY_LEN(importers),
    .load_reference = places_load_reference,
};
