/*
 * feeds_feature.h - private to feeds: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

extern const char feeds_hsds_help[];
extern const struct import_option feeds_hsds_options[];
enum status feeds_import_hsds(struct import_run *run);

extern const char feeds_csv_help[];
extern const struct import_option feeds_csv_options[];
enum status feeds_import_csv(struct import_run *run);

extern const char feeds_xlsx_help[];
extern const struct import_option feeds_xlsx_options[];
enum status feeds_import_xlsx(struct import_run *run);

enum status feeds_load_demo(struct ctx *c);
