/*
 * catalogue_feature.h - private to catalogue: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

/* Initiatives of the documents as services of source "initiatives"; the same tables load nothing. */
enum status catalogue_load_reference(struct ctx *c);
/* Forms of answers that are past their day. */
enum status catalogue_initiatives_sweep(struct ctx *c);

extern const char catalogue_initiatives_help[];
int catalogue_initiatives_command(struct db *d, int argc, char **argv);
