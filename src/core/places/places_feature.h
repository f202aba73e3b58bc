/* places_feature.h - private: what places_feature.c puts in its tables. */
#pragma once
#include "web/feature.h"

enum status places_load_reference(struct ctx *c);

extern const char places_boundaries_help[];
enum status places_import_boundaries(struct import_run *run);
extern const char places_caps_help[];
enum status places_import_caps(struct import_run *run);
extern const char places_areas_help[];
enum status places_import_areas(struct import_run *run);
