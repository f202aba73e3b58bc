/*
 * feeds_feature.h - private to feeds: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"
