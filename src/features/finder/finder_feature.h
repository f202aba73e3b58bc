/*
 * finder_feature.h - private to finder: the handlers behind its routes, one block for each group of pages.
 */
#pragma once
#include "web/web.h"

/* Home: finder_home_page.c */
enum status finder_home_page(struct web *w);

/* Needs: finder_needs_page.c */
enum status finder_needs_page(struct web *w);
