/*
 * upkeep_feature.h - private to upkeep: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status upkeep_confirm_page(struct web *w);
enum status upkeep_confirm_post(struct web *w);
enum status upkeep_correct_page(struct web *w);
enum status upkeep_correct_post(struct web *w);
enum status upkeep_freshness_page(struct web *w);
enum status upkeep_freshness_csv(struct web *w);
enum status upkeep_calls_page(struct web *w);
enum status upkeep_calls_post(struct web *w);
enum status upkeep_sheet_page(struct web *w);
enum status upkeep_load_demo(struct ctx *c);
extern const char upkeep_help[];
int upkeep_command(struct db *d, int argc, char **argv);
