/*
 * features.h - the list that wires all: every slice of the program, in the order of loading.
 */
#pragma once
#include "web/feature.h"

extern const struct feature *const app_features[];
extern const int n_app_features;
