/* rules_feature.h - private to the slice: what its table names. */
#pragma once
#include "store/db.h"
#include "web/web.h"

int rules_command(struct db *d, int argc, char **argv);
int rules_isee_command(struct db *d, int argc, char **argv);

enum status rules_api_check(struct web *w);
enum status rules_api_trace(struct web *w);
