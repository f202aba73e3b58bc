/*
 * rules_population.h - the same rule asked about a whole population at once.
 *
 * Why     what would a new threshold do: to how many, at what cost, who wins and who loses. Two
 *         million households must be answered while somebody moves a slider.
 * Same    the answer for each household is that of rules_ask, to the cent: a property test says so.
 *         Columns hold fractions as they come (not in lowest terms); where one grows past 64 bits
 *         its household is asked alone.
 * Shape   facts by column; members of household h are first_member[h] .. first_member[h + 1] - 1, the
 *         first of them who asks. A fact whose column is NULL is unknown to everybody; one that has a usual
 *         value (facts.csv) has that for everybody, as an estimate.
 * Units   money in cents, numbers times 10^6 (den): what a file can say with six decimals.
 * Memory  columns are the caller's; what is reckoned lives in a scratch arena of the call, a block
 *         of households at a time.
 */
#pragma once
#include "rules.h"

enum { RULES_DEN = 1000000 }; /* of the numbers in a column; money and truths have 1 */

struct rules_population {
    int64_t n_households, n_members;
    const int64_t *first_member;       /* n_households + 1 */
    const int64_t *const *of_household; /* by place in the list of facts: n_households, or NULL */
    const int64_t *const *of_member;    /* n_members, or NULL; codes are their place in the list */
    const uint8_t *const *known;        /* by fact: enum rules_known of each; NULL: all certain */
    const uint8_t *const *truths; /* by fact: of one that is yes or no, 0 or 1 in a byte, in the place of its column above;
                                     NULL, or NULL for a fact: there is none */
    const int64_t *n_outside; /* of each household: how many of its last members live elsewhere; NULL: none */
};

struct rules_outcome {
    uint8_t verdict; /* enum rules_verdict */
    bool is_error;   /* a number grew too large, or a division by nothing: no verdict */
    int64_t cents;   /* of the amount asked for; 0 with "no" or when it is unknown */
};

/* Asks households from..to-1; `amount` names one of the rule's amounts, -1 none. out has to - from. */
void rules_ask_all(const struct rules *r, const struct rules_facts *f, const struct rules_population *p, int amount,
                   int64_t from, int64_t to, struct rules_outcome *out);

/* One household of the population, as rules_ask wants it. */
struct rules_household *rules_population_household(struct arena *mem, const struct rules_facts *f,
                                                   const struct rules_population *p, int64_t h);
/* Place of an amount among the rule's amounts by its name in the text ("totale"); -1: none. */
int rules_find_amount(const struct rules *r, struct str name);
