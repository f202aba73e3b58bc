/*
 * models_feature.h - private to models: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status models_list_page(struct web *w);
enum status models_show_page(struct web *w);
enum status models_copy_post(struct web *w);
enum status models_new_page(struct web *w);
enum status models_new_post(struct web *w);
enum status models_edit_page(struct web *w);
enum status models_edit_post(struct web *w);
enum status models_close_post(struct web *w);
enum status models_differences_page(struct web *w);
enum status models_take_post(struct web *w);
enum status models_leave_post(struct web *w);

enum status models_load_demo(struct ctx *c);
