/* feeds_feature.c - what feeds gives to the program. */
#include "feeds_feature.h"
#include "base/macros.h"

static const struct importer importers[] = {
    {"hsds", feeds_hsds_help, feeds_import_hsds, feeds_hsds_options, true},
    {"csv", feeds_csv_help, feeds_import_csv, feeds_csv_options, true},
    {"xlsx", feeds_xlsx_help, feeds_import_xlsx, feeds_xlsx_options, true},
};

const struct feature feeds_feature = {
    .name = "feeds",
    .importers = importers,
    .n_importers = ARRAY_LEN(importers),
    .load_demo = feeds_load_demo,
};
