/*
 * feeds_hsds_old.h - private: HSDS 1.1 and 2.0 made into 3.0, so that one reader serves all three.
 *
 * Ids     1.1 and 2.0 let an id be anything, most often a number. Such an id becomes a UUID version 5 of the
 *         feed's name, the kind of thing and the id: the same at every pull, another for another feed. A
 *         number is taken so in 3.0 too; other words that are no UUID are refused there.
 * Trees   members that were called otherwise, lists that were tables of their own (eligibility, payments),
 *         days of the week as numbers or names.
 * Source  HSDS 1.1 and 2.0.1, docs.openreferral.org, and the change log of 3.0.
 */
#pragma once
#include "feeds_hsds_fields.h"
#include "feeds_intake.h"

/* The members of an entry as 3.0 has them; one that is 3.0 already is left as it is. */
void feeds_hsds_modern(struct feeds_intake *in, json_t *tree, bool says_taxonomy);
/* The same of one that is known to be an object of that kind, nothing nested in it. */
void feeds_hsds_modern_as(struct feeds_intake *in, json_t *tree, enum hsds_object as);
/* One row of a table: its ids and those it points at. */
void feeds_hsds_modern_row(struct feeds_intake *in, json_t *row, enum hsds_object as);
/* "MO" for 1, "1", "monday", "lunedì"; NULL: no day. */
const char *feeds_hsds_weekday(struct str s);
