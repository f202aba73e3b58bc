/*
 * upkeep_feature.h - private to upkeep: what its feature table points at.
 */
#pragma once
#include "web/feature.h"
