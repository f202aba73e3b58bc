/*
 * tryout_parts.h - private: the parts of the page of a list, each made from the rows.
 */
#pragma once
#include "tryout.h"
#include "tryout_view.h"

void tryout_put_quality(struct ctx *c, const struct tryout_list *l, struct tryout_view *v);
void tryout_put_problems(struct ctx *c, const struct tryout_list *l, struct tryout_view *v);
void tryout_put_needs(struct ctx *c, const struct tryout_list *l, struct tryout_view *v);
void tryout_put_columns(struct ctx *c, const struct tryout_list *l, struct tryout_view *v);
enum status tryout_put_map(struct ctx *c, const struct tryout_list *l, struct tryout_view *v);
