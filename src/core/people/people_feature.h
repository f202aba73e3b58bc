/*
 * people_feature.h - private to people: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

extern const char people_command_help[];
int people_command(struct db *d, int argc, char **argv);
