/*
 * regulations_plan.h - a scale of need as a form with its points, and a plan of care with its costs, by the regulation of a body.
 *
 * Why     a social worker answers the questions of the scale, types the hours of the plan, and sees at once the points, the
 *         band of intensity, its ceiling, what is covered and what remains. The same facts feed the other measures.
 * Whose   questions and services are facts of reference/rules/facts.csv; the body says which count, how many points each
 *         answer has, from how many points a band begins, its ceiling and what an hour costs. All of it is its text.
 * Sums    are those of the text (rules_ask): here they are only laid out.
 * Empty   a service of which nothing is said is not in the plan: none of it. A question without an answer stays unknown.
 */
#pragma once
#include "regulations.h"

enum { PLAN_ITEMS = 12, PLAN_SERVICES = 8, PLAN_BANDS = 12 };

/* The facts that a scale may ask, in the order of the form: "bada_a_se" ... Each has three answers, the first without points. */
extern const char *const regulations_items[PLAN_ITEMS];
struct regulations_service {
    const char *fact;   /* "ore_oss_settimana" */
    const char *name;   /* in the text: prezzo_oss, mese_oss */
    const char *price;  /* words of its price there: "un'ora di operatore sociosanitario (OSS)" */
    const char *label;  /* key, for the form of the body */
    const char *unit;   /* key: "22,50 € all'ora" */
    bool by_week, is_hours;
};
extern const struct regulations_service regulations_services[PLAN_SERVICES];

struct regulations_plan_item {
    int fact; /* by place in the list of facts */
    struct str label;
    struct str points[3]; /* of each answer, as the text has them */
};
struct regulations_plan_service {
    int fact;
    struct str label, price; /* price: "22,50 € all'ora"; empty: the sum is typed itself */
    struct str words;        /* of its step in the text */
};
struct regulations_plan_band {
    struct str from, ceiling; /* points; euro */
};
struct regulations_plan {
    struct regulations_plan_item items[PLAN_ITEMS];
    struct regulations_plan_service services[PLAN_SERVICES + 1];
    struct regulations_plan_band bands[PLAN_BANDS];
    int n_items, n_services, n_bands; /* n_services 0: the sum of the band itself is given */
};
/* False: the text is none that the form of a plan of care made. */
bool regulations_plan_of(struct ctx *c, const struct regulation *r, struct regulations_plan *out);
/* A question of the scale or a service of the plan. */
bool regulations_plan_asks(const struct regulations_plan *p, int fact);
/* "con aiuto: 5 punti"; an answer of another fact: its words alone. */
struct str regulations_plan_answer(struct ctx *c, const struct regulations_plan *p, int fact, struct str code);
/* Services of which nothing is said: none. */
void regulations_plan_rest(struct ctx *c, const struct regulations_plan *p, struct rules_household *h);

/* ---- what comes of it, for a page: {{> regulations.plan_result}} ---- */

struct regulations_plan_row {
    struct str label, said, value; /* said: the answer, or "8 × 22,50 € all'ora" */
};
struct regulations_plan_view {
    struct regulations_plan_row *points, *costs, *ends; /* the questions; the services; band, ceiling, covered, remains */
    int n_points, n_costs, n_ends;
};
/* a: what the text answers of the household h. */
void regulations_plan_told(struct ctx *c, const struct regulations_plan *p, const struct rules_household *h, const struct rules_answer *a,
                           struct regulations_plan_view *out);
