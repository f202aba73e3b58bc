/*
 * publish_api_routes.h - private: the handlers of the API and of the open data, for the table of the
 * slice.
 */
#pragma once
#include "web/web.h"

enum status publish_api_root(struct web *w);
enum status publish_api_status(struct web *w);
enum status publish_api_services(struct web *w);
enum status publish_api_service(struct web *w);
enum status publish_api_ats(struct web *w);
enum status publish_api_at(struct web *w);
enum status publish_api_organisations(struct web *w);
enum status publish_api_organisation(struct web *w);
enum status publish_api_locations(struct web *w);
enum status publish_api_location(struct web *w);
enum status publish_api_taxonomies(struct web *w);
enum status publish_api_taxonomy(struct web *w);
enum status publish_api_terms(struct web *w);
enum status publish_api_term(struct web *w);
enum status publish_api_openapi(struct web *w);

enum status publish_services_csv(struct web *w);
enum status publish_package(struct web *w);
enum status publish_services_xlsx(struct web *w);
enum status publish_services_geojson(struct web *w);
