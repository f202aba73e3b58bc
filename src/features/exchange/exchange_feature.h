/*
 * exchange_feature.h - private: what the files of exchange give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

extern const char exchange_job_name[];
enum status exchange_job(struct job_run *run);

extern const char exchange_feed_help[], exchange_export_help[];
int exchange_feed_command(struct db *d, const struct outside *o, int argc, char **argv);

enum status exchange_changes(struct web *w);      /* GET /dati/scambio */
enum status exchange_sources_page(struct web *w); /* GET /dati/fonti */
enum status exchange_check_page(struct web *w);   /* GET /dati/controlla */
enum status exchange_check_post(struct web *w);   /* POST /dati/controlla */
