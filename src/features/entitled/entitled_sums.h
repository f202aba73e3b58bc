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
/* May a current ISEE be asked for, and how much it would be: the text of ISEE_COR asked about the year as it was reckoned
 * (the household of the chain, with its estimates) and the last 12 months as they are now. ST_NOT_FOUND: no such text holds, or
 * no such person. ST_INVALID: a number grew too large. */
enum status sums_current(struct ctx *c, const struct rules_household *reckoned, int person, struct ratio new_income, struct rules_due *out);

/* Is what an indicator reckons asked by the text; without a text: is it the ordinary ISEE. */
bool sums_matters(const struct rules *indicator, const struct rules *r);
