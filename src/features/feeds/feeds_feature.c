/* feeds_feature.c - what feeds gives to the program. */
#include "feeds_api_routes.h"
#include "feeds_feature.h"
#include "base/macros.h"

/* ---- out ---- */

#define OUT(path, handler, cost, object)                                                           \
    {                                                                                              \
        GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, cost, "public", object, "export"    \
    }
#define ASK(path, handler, object)                                                                 \
    {                                                                                              \
        POST, path, handler, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", object, "export" \
    }

static const struct route routes[] = {
    OUT("/api/openapi.json", feeds_api_openapi, COST_PAGE, "api"),
    {GET, "/api/status", feeds_api_status, ANYONE, TX_READ, CACHE_NEVER, COST_PAGE, "public", "api",
     "view"},
    OUT("/api/hsds/3.0", feeds_api_root, COST_PAGE, "api"),
    OUT("/api/hsds/3.0/services", feeds_api_services, COST_EXPORT, "service"),
    ASK("/api/hsds/3.0/services", feeds_api_services, "service"),
    OUT("/api/hsds/3.0/services/:id", feeds_api_service, COST_PAGE, "service"),
    OUT("/api/hsds/3.0/service_at_locations", feeds_api_ats, COST_EXPORT, "service"),
    ASK("/api/hsds/3.0/service_at_locations", feeds_api_ats, "service"),
    OUT("/api/hsds/3.0/service_at_locations/:id", feeds_api_at, COST_PAGE, "service"),
    OUT("/api/hsds/3.0/organizations", feeds_api_organisations, COST_EXPORT, "organisation"),
    OUT("/api/hsds/3.0/organizations/:id", feeds_api_organisation, COST_PAGE, "organisation"),
    OUT("/api/hsds/3.0/locations", feeds_api_locations, COST_EXPORT, "location"),
    OUT("/api/hsds/3.0/locations/:id", feeds_api_location, COST_PAGE, "location"),
    OUT("/api/hsds/3.0/taxonomies", feeds_api_taxonomies, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomies/:id", feeds_api_taxonomy, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomy_terms", feeds_api_terms, COST_PAGE, "taxonomy"),
    OUT("/api/hsds/3.0/taxonomy_terms/:id", feeds_api_term, COST_PAGE, "taxonomy"),
    /* open now and near depend on the hour and on nothing that is kept */
    {GET, "/dati/servizi.csv", feeds_services_csv, ANYONE, TX_READ, CACHE_NEVER, COST_EXPORT,
     "public", "service", "export"},
    {GET, "/dati/servizi.geojson", feeds_services_geojson, ANYONE, TX_READ, CACHE_NEVER,
     COST_EXPORT, "public", "service", "export"},
};

static const struct importer importers[] = {
    {"hsds", feeds_hsds_help, feeds_import_hsds, feeds_hsds_options},
    {"csv", feeds_csv_help, feeds_import_csv, feeds_csv_options},
};

const struct feature feeds_feature = {
    .name = "feeds",
    .routes = routes,
    .n_routes = ARRAY_LEN(routes),
    .importers = importers,
    .n_importers = ARRAY_LEN(importers),
    .load_demo = feeds_load_demo,
};
