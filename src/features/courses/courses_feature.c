/* courses_feature.c - what courses gives to the program: pages alone, the entries are the catalogue's. */
#include "courses_feature.h"
#include "base/macros.h"

static const struct route routes[] = {
    {GET, "/schede/corsi", courses_list_page, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "service", "view"},
    {POST, "/schede/:slug/posti", courses_places_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "service", "send"},
    {POST, "/schede/:slug/ripeti", courses_repeat_post, ANYONE, TX_WRITE, CACHE_NEVER, COST_WRITE, "public", "service", "send"},
};

extern const struct feature courses_feature;
const struct feature courses_feature = {
    .name = "courses",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .load_demo = courses_load_demo,
};
