/*
 * programme_feature.h - private to programme: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status programme_list_page(struct web *w);
enum status programme_project_page(struct web *w);
enum status programme_projects_csv(struct web *w);
enum status programme_targets_csv(struct web *w);
enum status programme_projects_api(struct web *w);
