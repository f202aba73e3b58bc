/*
 * search_cards.h - the services of an answer as a list shows them, most of them out of memory.
 *
 * Why     twenty services read whole cost more than the search that found them, and a list shows
 *         little of each.
 * Gives   struct service with what a card shows and no more: names, summary, where (comune, quarter,
 *         secret, access), the first telephone as its only one, cost, ways, places free, days,
 *         confirmation, status, kind, whether documents are asked for (n_documents; the documents
 *         are empty). What else is wanted in a list is added to the two lists of search_cards.c.
 * Kept    some megabytes beside the database, those asked for last. A card is of one change of its
 *         service and of one state of the territory: what has changed since is read again.
 * Order   of the hits; those hidden, gone or ended meanwhile are left out.
 */
#pragma once
#include "features/search/search.h"

enum status search_cards(struct ctx *c, const struct search_answer *a, struct service **out,
                         int *n_out);
