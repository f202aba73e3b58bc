/*
 * rules_chain.h - everything a household may be due, asked in one go.
 *
 * Why     a family knows its wages and its rent, not five kinds of ISEE: what can be reckoned is
 *         reckoned first and put in as an ESTIMATE, then every measure is asked. One function for
 *         page, API and command, so that all three say the same.
 * Order   1. facts with a usual value (facts.csv, column "usual": nobody is divorced twice a year)
 *            that nobody has said are put in as estimates;
 *         2. texts with a `stima` line reckon what they say (ISEE, family income), when the facts they
 *            ask are known and nobody has said the result;
 *            a text of the caller's own that has requirements is reckoned with too, whatever they come to (the points
 *            of a scale of need are points though the household has too much for the aid), and is asked as a measure;
 *         3. every other text that holds on the day is asked, the caller's own after those of the shelf;
 *         4. the answers are put in order: sure, likely, to be checked, no; in each, as on the shelf.
 * Pure    no clock, no database; nothing of the household is kept outside the arena.
 */
#pragma once
#include "rules_shelf.h"

struct rules_due {
    const struct rules *rules;
    enum rules_verdict verdict; /* as people are told: a text known and not checked again (mark K) is at best to be checked */
    bool is_unconfirmed;        /* the mark is K: "da verificare con" rules_where() */
    struct rules_answer answer; /* the text's own: verdict, steps, amounts, missing */
    const struct rules *const *against; /* asked too, not refused, and not to be had together */
    int n_against;
};

struct rules_chain {
    struct rules_due *indicators; /* ISEE of each kind that the facts allow, always estimates; in the shelf's order */
    int n_indicators;
    struct rules_due *list; /* in order of certainty */
    int n;
    const int *missing; /* facts, by place in the list: first the one that most answers wait for */
    int n_missing;
    const struct rules_household *household; /* what was asked: as given, with the estimates put in */
};

/* One text asked of a household as it stands: nothing is estimated first. ST_INVALID: a number grew too large; *why says in which
 * step. */
enum status rules_due_ask(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_household *h,
                          struct rules_due *out, struct str *why);

/* `more`: texts beside the shelf's (regulations of a body); NULL with n_more 0. Those that do not hold
 * on the day are left out, and so are indicators whose facts are not known. ST_INVALID: a number grew too
 * large; *why says in which text. */
enum status rules_chain_ask(struct arena *mem, const struct rules_shelf *s, const struct rules_household *h, int day,
                            const struct rules *const *more, int n_more, struct rules_chain *out, struct str *why);
