/*
 * entitled_plain.h - private to entitled: facts of the rules as boxes, as they stand in the list.
 *
 * Why     a social worker knows the facts and wants them all on one page; a reckoning wants just those its texts ask.
 * Boxes   of the household by the name of the fact, of a person "eta-1", "eta-2" ...; after those who live together
 *         come children who live elsewhere. Empty: not known.
 */
#pragma once
#include "entitled_boxes.h"
#include "features/regulations/regulations_plan.h"

enum { PLAIN_MOST_PEOPLE = 20 };

struct entitled_plain {
    const struct rules_facts *facts;
    const bool *is_asked; /* by place in the list */
    const bool *is_rare;  /* stand in the folded part; NULL: none */
    const struct regulations_plan *plan; /* a scale of need and a plan of care that are filled too; NULL: none */
    struct str *values;
    struct str *people[PLAIN_MOST_PEOPLE];
    int n_people, n_outside;
};

/* Nothing said, one person. */
void entitled_plain_new(struct ctx *c, const bool *is_asked, struct entitled_plain *out);
/* What was sent, one more or one less as the button said ("azione"); what cannot be read is a problem with its box. */
void entitled_plain_read(struct web *w, const bool *is_asked, struct entitled_plain *out);
struct rules_household *entitled_plain_household(struct ctx *c, const struct entitled_plain *p);
/* The boxes of the household and of each person. */
void entitled_plain_part(struct ctx *c, const struct entitled_plain *p, struct entitled_part *out);
/* The same by chapters, for a page that shows everything: the first of each is open, and those with something in them. */
void entitled_plain_chapters(struct ctx *c, const struct entitled_plain *p, struct entitled_part *out);
