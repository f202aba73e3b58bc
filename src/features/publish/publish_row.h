/*
 * publish_row.h - private: a service at a place as cells, the same in CSV and in a spreadsheet.
 *
 * Memory  texts live in o->c->mem.
 */
#pragma once
#include "base/xlsx_write.h"
#include "publish_api_put.h"

enum { PUBLISH_COLUMNS = 46 };
extern const char *const publish_columns[];

/* at NULL: nowhere. cells: PUBLISH_COLUMNS of them. */
void publish_row(struct api_out *o, const struct service *s, const struct service_at *at, struct xlsx_cell *cells);
