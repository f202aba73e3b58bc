/*
 * regulations_figures.h - private to regulations: every regulation of a kind asked, and what differs between them.
 */
#pragma once
#include "regulations.h"
#include "regulations_view.h"

enum { REGULATIONS_TO_CENTS = 5000000 }; /* how far a chart goes */

/* Few facts of one household; nothing of it is kept. */
struct regulations_asked {
    int64_t isee_cents;
    int age, adults, minors, times;
};
extern const struct regulations_asked regulations_asked_usual;
struct rules_household *regulations_asked_household(struct ctx *c, enum regulation_kind kind, const struct regulations_asked *a);

struct regulations_figure {
    const struct regulation *regulation;
    const struct rules *rules;
    struct regulations_curve curve;
    struct rules_answer answer;   /* of the household asked */
    struct str per;               /* ora, giorno, pasto, mese */
    int times;                    /* how often in a month the amount is paid: 1 for mese */
    bool is_known;                /* the household's amount is known */
    int64_t cents, month_cents;   /* of the household asked */
};
/* A text that no longer reads is left out, and counted. */
enum status regulations_figures(struct ctx *c, const struct regulation *list, int n, const struct regulations_asked *a,
                                struct regulations_figure **out, int *n_out, int *n_unread);
/* Of one text that is being written. */
enum status regulations_figure_of(struct ctx *c, const struct regulation *r, const struct rules *rules,
                                  const struct regulations_asked *a, struct regulations_figure *out);

struct regulations_spread {
    int n; /* with a threshold */
    int64_t low, high; /* thresholds, cents */
    int n_months;
    int64_t low_month, high_month; /* what the household pays or gets in a month */
};
/* Over all, or over those of a district ("22"). */
struct regulations_spread regulations_spread_of(const struct regulations_figure *f, int n, struct str district_code);

/* Words: "8.000,00 €", "12,5 %", "all’ora". */
struct str regulations_euro(struct ctx *c, int64_t cents);
struct str regulations_per_words(struct ctx *c, struct str per);
struct str regulations_pattern_words(struct ctx *c, const struct regulation *r);
struct str regulations_parameter_words(struct ctx *c, const struct rules_parameter *p);
struct str regulations_isee_words(struct ctx *c, const struct regulations_curve *curve);
/* What jumps, one sentence each. */
void regulations_jump_words(struct ctx *c, const struct regulations_figure *f, struct regulations_step_view **out, int *n_out);
/* The regulation in words: the pattern, then its parameters. */
void regulations_in_words(struct ctx *c, const struct regulations_figure *f, struct regulations_step_view **out, int *n_out);

/* Letters, lines, letters placed apart, the table. by_month: amounts of a month. */
void regulations_draw(struct ctx *c, const struct regulations_figure *f, int n, struct regulations_chart *out);
