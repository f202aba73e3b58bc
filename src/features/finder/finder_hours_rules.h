/*
 * finder_hours_rules.h - private to finder: rules of opening that no single week can show, in
 * words.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "store/ctx.h"

/* One sentence for each rule that is not the same every week, and the words that came with any. */
void finder_hours_rules(struct ctx *c, const struct service *s, const struct service_at *at,
                        struct str **out, int *n_out);
/* "8 dicembre" of 1208: month * 100 + day. */
struct str finder_month_day(struct ctx *c, int month_day);
