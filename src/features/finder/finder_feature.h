/*
 * finder_feature.h - private to finder: the handlers behind its routes, one block for each group of
 * pages.
 */
#pragma once
#include "web/web.h"

/* Home: finder_home_page.c */
enum status finder_home_page(struct web *w);

/* Needs and emergency: finder_needs_page.c, finder_need_page.c */
enum status finder_needs_page(struct web *w);
enum status finder_need_page(struct web *w);
enum status finder_violence_page(struct web *w);
enum status finder_violence_need_page(struct web *w);

/* Results: finder_results_page.c, finder_map.c */
enum status finder_results_page(struct web *w);
enum status finder_violence_results_page(struct web *w);
enum status finder_map_picture(struct web *w);

/* Near me: finder_here.c */
enum status finder_here(struct web *w);

/* The sheet of a service and how clear it is: finder_service_page.c, finder_clarity_page.c */
struct db;
enum status finder_service_page(struct web *w);
enum status finder_clarity_page(struct web *w);
enum status finder_clarity_post(struct web *w);
extern const char finder_clarity_help[];
int finder_clarity_command(struct db *d, int argc, char **argv);

/* The sheet for the notice board, E adesso?: finder_board_page.c */
enum status finder_board_page(struct web *w);
enum status finder_next_page(struct web *w);

/* Initiatives of 2018-2020: finder_initiative_page.c */
enum status finder_initiatives_page(struct web *w);
enum status finder_initiative_page(struct web *w);
enum status finder_initiative_post(struct web *w);

/* Cosa manca qui: finder_gaps_page.c, finder_gaps_data.c */
enum status finder_gaps_page(struct web *w);
enum status finder_gaps_comune_page(struct web *w);
enum status finder_gaps_district_page(struct web *w);
enum status finder_gaps_csv(struct web *w);
