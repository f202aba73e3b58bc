/* territory_feature.c - what territory gives to the program. */
#include "territory_feature.h"
#include "base/macros.h"

#define PAGE(path, handler, object)                                                                \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_PAGE, "public", object, "view" \
    }
#define FILE_OF(path, handler, object)                                                             \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, COST_EXPORT, "public", object,      \
            "export"                                                                               \
    }

static const struct route routes[] = {
    PAGE("/territorio", territory_home_page, "area"),
    {GET, "/territorio/cerca", territory_search_page, ANYONE, TX_READ, CACHE_REVALIDATE,
     COST_SEARCH, "public", "comune", "view"},
    PAGE("/territorio/comune/:slug", territory_comune_page, "comune"),
    PAGE("/territorio/distretto/:slug", territory_district_page, "district"),
    PAGE("/territorio/area/:slug", territory_area_page, "area"),
    {GET, "/territorio/mappa.svg", territory_mosaic, ANYONE, TX_READ, CACHE_SHORT, COST_PAGE,
     "public", "area", "view"},
    PAGE("/enti", territory_bodies_page, "body"),
    PAGE("/enti/:slug", territory_body_page, "body"),
    FILE_OF("/dati/comuni.csv", territory_comuni_csv, "comune"),
    FILE_OF("/dati/distretti.csv", territory_districts_csv, "district"),
    FILE_OF("/dati/enti.csv", territory_bodies_csv, "body"),
    FILE_OF("/api/v1/areas", territory_areas_api, "area"),
    FILE_OF("/api/v1/areas/:kind/:code", territory_area_api, "area"),
    FILE_OF("/api/v1/bodies", territory_bodies_api, "body"),
    FILE_OF("/api/v1/bodies/:slug", territory_body_api, "body"),
};

static const struct menu_entry menu[] = {
    {"/territorio", "territory.title", "map", 50, ANYONE},
};

const struct feature territory_feature = {
    .name = "territory",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .menu = menu,
    .n_menu = ARRAY_LEN(menu),
};
