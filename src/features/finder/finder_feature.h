/*
 * finder_feature.h - private to finder: the handlers behind its routes, one block for each group of pages.
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
