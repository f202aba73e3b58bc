/*
 * finder_feature.h - private to finder: the handlers behind its routes, one block for each group of pages.
 */
#pragma once
#include "web/web.h"

/* Needs: finder_needs_page.c */
enum status finder_needs_page(struct web *w);
