/* publish_feature.c - what publish gives to the program. */
#include "publish_api_routes.h"
#include "base/macros.h"
#include "web/feature.h"

#define OUT(path, handler, cost, object)                                                           \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, cost, "public", object, "export"    \
    }
#define ASK(path, handler, object)                                                                 \
    {                                                                                              \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", object, "export" \
    }

#define STATUS(path)                                                                              \
    {                                                                                             \
        GET, path, publish_api_status, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "api",  \
            "view"                                                                                \
    }

static const struct route routes[] = {
    OUT("/api/openapi.json", publish_api_openapi, COST_PAGE, "api"),
    STATUS("/api/status"),
    STATUS("/api/hsds/3.0/status"),
    STATUS("/api/rules/1/status"),
    STATUS("/api/v1/status"),
    STATUS("/status"),
    OUT("/api/hsds/3.0", publish_api_root, COST_PAGE, "api"),
    OUT("/api/hsds/3.0/services", publish_api_services, COST_EXPORT, "service"),
    ASK("/api/hsds/3.0/services", publish_api_services, "service"),
    OUT("/api/hsds/3.0/services/:id", publish_api_service, COST_PAGE, "service"),
    OUT("/api/hsds/3.0/service_at_locations", publish_api_ats, COST_EXPORT, "service"),
    ASK("/api/hsds/3.0/service_at_locations", publish_api_ats, "service"),
    OUT("/api/hsds/3.0/service_at_locations/:id", publish_api_at, COST_PAGE, "service"),
    OUT("/api/hsds/3.0/organizations", publish_api_organisations, COST_EXPORT, "organisation"),
    OUT("/api/hsds/3.0/organizations/:id", publish_api_organisation, COST_PAGE, "organisation"),
    OUT("/api/hsds/3.0/locations", publish_api_locations, COST_EXPORT, "location"),
    OUT("/api/hsds/3.0/locations/:id", publish_api_location, COST_PAGE, "location"),
    OUT("/api/hsds/3.0/taxonomies", publish_api_taxonomies, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomies/:id", publish_api_taxonomy, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomy_terms", publish_api_terms, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomy_terms/:id", publish_api_term, COST_PAGE, "taxonomy"),
    OUT("/dati/hsds.zip", publish_package, COST_EXPORT, "service"),
    OUT("/dati/servizi.csv", publish_services_csv, COST_EXPORT, "service"),
    OUT("/dati/servizi.xlsx", publish_services_xlsx, COST_EXPORT, "service"),
    OUT("/dati/servizi.geojson", publish_services_geojson, COST_EXPORT, "service"),
};

const struct feature publish_feature = {
    .name = "publish",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
};
