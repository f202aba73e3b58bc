/*
 * courses_feature.h - private to courses: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status courses_list_page(struct web *w);
enum status courses_places_post(struct web *w);
enum status courses_repeat_post(struct web *w);

enum status courses_load_demo(struct ctx *c);
