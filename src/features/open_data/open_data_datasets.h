/*
 * open_data_datasets.h - private: every dataset that the portal gives away, in one table: the page and DCAT-AP_IT are made of it.
 *
 * Whole   a test walks the rows of the router: an address under /dati/ that stands in no dataset fails it.
 * There   a dataset whose files are in no slice of this program is not told of.
 */
#pragma once
#include "base/date.h"
#include "web/web.h"

enum { DATASET_FILES = 8 };

enum dataset_size { SIZE_SERVICES, SIZE_EVENTS, SIZE_ORGANISATIONS, SIZE_TERMS, SIZE_COMUNI, SIZE_DISTRICTS, SIZE_BODIES, SIZE_PROJECTS, SIZE_ROWS, SIZE_UNKNOWN };

struct dataset_file {
    const char *address; /* "/dati/servizi.csv" */
    const char *label;   /* "CSV" */
    const char *format;  /* of the European list of file types: "CSV" */
    const char *type;    /* media type */
};

struct dataset_row {
    const char *id;       /* "servizi": words open_data.set-<id> and open_data.set-<id>-text */
    const char *rhythm;   /* of the European list of frequencies: "CONT", "IRREG" */
    const char *theme;    /* of the European data portal: "SOCI" */
    enum dataset_size size;
    const char *table;    /* SIZE_ROWS: of reference/ */
    bool is_reference;    /* it changes when the program does */
    struct dataset_file files[DATASET_FILES];
};
extern const struct dataset_row dataset_rows[];
extern const int n_dataset_rows;

struct dataset {
    const struct dataset_row *row;
    struct str title, text;
    int64_t n_items; /* -1: not counted */
    int changed_on;  /* DAY_NONE: nothing is in it yet */
};

/* Those that this program has, counted. */
enum status datasets_read(struct web *w, struct dataset **out, int *n_out);
/* Address of the licence of the contents; empty when it is none of those that have one. */
struct str dataset_licence_address(struct arena *mem, const char *licence);
