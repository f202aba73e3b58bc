/*
 * simulations_feature.h - private to simulations: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

int simulations_simulate_command(struct db *d, int argc, char **argv);
int simulations_diff_command(struct db *d, int argc, char **argv);

enum status simulations_form_page(struct web *w);
enum status simulations_result_post(struct web *w);
enum status simulations_xlsx_post(struct web *w);
enum status simulations_csv_post(struct web *w);
enum status simulations_json_post(struct web *w);
enum status simulations_api_diff(struct web *w);
enum status simulations_api_simulate(struct web *w);
