/*
 * regulations_feature.h - private to regulations: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status regulations_compare_page(struct web *w);
