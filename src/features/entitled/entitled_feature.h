/*
 * entitled_feature.h - private to entitled: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status entitled_page(struct web *w);
enum status entitled_again_post(struct web *w);
enum status entitled_result_back(struct web *w);
enum status entitled_result_post(struct web *w);
enum status entitled_desk_page(struct web *w);
enum status entitled_desk_post(struct web *w);
enum status entitled_sums_page(struct web *w);
enum status entitled_sums_post(struct web *w);
enum status entitled_api_measures(struct web *w);
enum status entitled_api_ask(struct web *w);
enum status entitled_api_isee(struct web *w);
