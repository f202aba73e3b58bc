/* One line per slice, in the order of migrations and of loading; tools/slices.py reads it. */
#include "app/features.h"
#include "base/macros.h"
#include <stddef.h>

#define SLICES                                                                                     \
    SLICE(places) \
    SLICE(bodies) \
    SLICE(messages) \
    SLICE(jobs) \
    SLICE(post) \
    SLICE(links) \
    SLICE(people) \
    SLICE(portal) \
    SLICE(territory) \
    SLICE(programme) \
    SLICE(needs) \
    SLICE(opening) \
    SLICE(catalogue) \
    SLICE(search) \
    SLICE(finder) \
    SLICE(staging) \
    SLICE(sheets) \
    SLICE(feeds) \
    SLICE(upkeep) \
    SLICE(tryout) \
    SLICE(publish) \
    SLICE(open_data) \
    SLICE(exchange) \
    SLICE(entries) \
    SLICE(rules) \
    SLICE(twins) \
    SLICE(albo) \
    SLICE(models) \
    SLICE(points) \
    SLICE(courses) \
    SLICE(regulations) \
    SLICE(simulations) \
    SLICE(entitled) \
    SLICE(recognition)

#define SLICE(name) extern const struct feature name##_feature;
SLICES
#undef SLICE

#define SLICE(name) &name##_feature,
const struct feature *const app_features[] = {SLICES};
#undef SLICE
const int n_app_features = ARRAY_LEN(app_features);
