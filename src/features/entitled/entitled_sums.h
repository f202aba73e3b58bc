/*
 * entitled_sums.h - private to entitled: a household before and after something happens to it.
 *
 * Birth   one more child of the household, aged 0, without income.
 * Work    a person's income from work becomes what is said; he looks for work. The ISEE stays as it is for the year, unless
 *         a current one may be asked for: the rules of ISEE_COR say so, from the year's values and those of the last 12 months.
 * ISEE    what was typed of it holds before; after, it is reckoned again from income and wealth, and is an estimate.
 */
#pragma once
#include "entitled.h"
#include "features/rules/rules_chain.h"

enum sums_event { EVENT_NONE, EVENT_BIRTH, EVENT_WORK };

/* n_people: the household's; person: who loses work, from 0. NULL: no such person, or no room for one more. */
const struct rules_household *sums_after(struct ctx *c, const struct rules_household *before, enum sums_event event, int person,
                                         struct ratio new_income);

/* Facts that a text asks about, in *asked; of the indicators that reckon one of them, in *asked and *rare. */
void sums_asks(struct ctx *c, const struct rules *r, bool **asked, bool **rare);
/* The same household with what the current ISEE asks: the year as it was, and the last 12 months as they are now. NULL: no
 * such person. */
const struct rules_household *sums_current(struct ctx *c, const struct rules_household *before, int person, struct ratio new_income);
