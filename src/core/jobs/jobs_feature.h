/*
 * jobs_feature.h - private to jobs: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

extern const char jobs_help[];
int jobs_command(struct db *d, int argc, char **argv);
