/*
 * points_feature.h - private to points: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status points_list_page(struct web *w);
