/*
 * albo_feature.h - private to albo: what its files give to the table of the slice.
 */
#pragma once
#include "web/feature.h"

enum status albo_list_page(struct web *w);
enum status albo_csv(struct web *w);
enum status albo_propose_page(struct web *w);
enum status albo_propose_post(struct web *w);
enum status albo_follow_page(struct web *w);
enum status albo_manage_page(struct web *w);
enum status albo_one_page(struct web *w);
enum status albo_approve_post(struct web *w);
enum status albo_refuse_post(struct web *w);
enum status albo_own_page(struct web *w);
enum status albo_own_post(struct web *w);

enum status albo_load_demo(struct ctx *c);
