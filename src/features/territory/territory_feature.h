/*
 * territory_feature.h - private to territory: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status territory_home_page(struct web *w);
enum status territory_search_page(struct web *w);
enum status territory_comune_page(struct web *w);
enum status territory_district_page(struct web *w);
enum status territory_area_page(struct web *w);
enum status territory_bodies_page(struct web *w);
enum status territory_body_page(struct web *w);
/* An organisation that is no managing body, at the same addresses: territory_organisation_page.c */
enum status territory_organisation_page(struct web *w);
enum status territory_mosaic(struct web *w);

enum status territory_comuni_csv(struct web *w);
enum status territory_districts_csv(struct web *w);
enum status territory_bodies_csv(struct web *w);
enum status territory_areas_api(struct web *w);
enum status territory_area_api(struct web *w);
enum status territory_bodies_api(struct web *w);
enum status territory_body_api(struct web *w);
