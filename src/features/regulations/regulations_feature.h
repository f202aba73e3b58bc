/*
 * regulations_feature.h - private to regulations: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status regulations_compare_page(struct web *w);
enum status regulations_compare_post(struct web *w);
enum status regulations_csv(struct web *w);
enum status regulations_xlsx(struct web *w);
enum status regulations_own_page(struct web *w);
enum status regulations_own_post(struct web *w);
enum status regulations_show_page(struct web *w);
enum status regulations_show_post(struct web *w);
enum status regulations_undo_post(struct web *w);

enum status regulations_load_demo(struct ctx *c);
