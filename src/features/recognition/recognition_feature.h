/*
 * recognition_feature.h - private to recognition: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status recognition_quality_page(struct web *w);
enum status recognition_models_page(struct web *w);
enum status recognition_models_post(struct web *w);
enum status recognition_model_page(struct web *w);
enum status recognition_use_post(struct web *w);
enum status recognition_take_post(struct web *w);
enum status recognition_back_post(struct web *w);
