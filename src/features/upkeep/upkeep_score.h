/*
 * upkeep_score.h - how much an entry tells: ten criteria, each from 0 to 1000, all of equal weight.
 *
 * Why     a body must see what is missing and what it gains by adding it; a number that nobody can reckon
 *         again convinces nobody. docs/user/freshness.md says the same in words.
 * Formula the score is the mean of the ten, from 0 to 100 for people.
 *           address  given in presence: an address in one of its places 1000 (a secret place counts), only
 *                    the comune 500, no place 0; not given in presence 1000
 *           contact  a telephone 1000; an e-mail, a form or a site alone 500
 *           need     at least one need of the tables 1000
 *           who      who may use it, in words, ages or kinds of people 1000
 *           cost     said (free, by ISEE, paid, or in words) 1000
 *           words    description of 200 to 2,000 characters 1000; shorter in proportion; longer falls to 0 at 4,000
 *           date     confirmed within six months 1000, falling to 0 at two years (catalogue_freshness_share)
 *           hours    opening hours in one of its places or of its own 1000; nowhere to go (home, online) 1000
 *           access   how one begins, in words 1000
 *           papers   what to bring is said ("nothing" is an answer) 1000
 * Source  the score of data.inclusion (score_qualite, schema v1), PEERS 1a; hours, access and papers are ours.
 * Pure    no database, no clock (upkeep_score_view: words for a page).
 */
#pragma once
#include "features/catalogue/catalogue.h"

enum score_part {
    SCORE_ADDRESS,
    SCORE_CONTACT,
    SCORE_NEED,
    SCORE_WHO,
    SCORE_COST,
    SCORE_WORDS,
    SCORE_DATE,
    SCORE_HOURS,
    SCORE_ACCESS,
    SCORE_PAPERS,
    SCORE_PARTS
};
/* "address"...: words "upkeep.score-<name>", what to do "upkeep.score-<name>-how". */
const char *upkeep_score_name(enum score_part part);

struct upkeep_score {
    int parts[SCORE_PARTS]; /* 0..1000 */
    int lasting;            /* sum of all but the date: 0..9000 */
    int total;              /* 0..100 */
};
void upkeep_score(const struct service *s, int today, struct upkeep_score *out);
/* The same from what was kept: the sum of all but the date, and the day. */
int upkeep_score_of(int lasting, int confirmed_on, int today);

/* ---- for people: the ten with their points of ten, what is missing first ---- */
struct upkeep_score_line {
    struct str label, points, how; /* how: what gives all ten; empty: it has them */
};
struct upkeep_score_view {
    struct str total; /* "85" */
    struct upkeep_score_line *lines;
    int n_lines;
};
/* Shown by the part "upkeep.score_lines". Words live in c->mem. */
struct upkeep_score_view upkeep_score_view(struct ctx *c, const struct service *s);
