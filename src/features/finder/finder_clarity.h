/*
 * finder_clarity.h - private to finder: how clear people find the page of a service.
 *
 * Why     the national model asks it at the foot of each page: stars, one question that follows
 * from them, words if one wants. Who writes the pages must read the answers. Privacy numbers by
 * page and month, nobody's answers; the words are a note to the keepers (core/messages), answered
 * and deleted as any other. Source  model of the sites of Comuni, "Valutazione della chiarezza
 * delle pagine" (4 and 5 stars: what was liked; 1 to 3: what was hard).
 */
#pragma once
#include "base/status.h"
#include "base/str.h"
#include "store/ctx.h"

enum {
    CLARITY_STARS = 5,
    CLARITY_ANSWERS = 5,
    CLARITY_POSITIVE = 4, /* stars from here on */
    CLARITY_WORDS_MAX = 200,
    CLARITY_PER_DAY = 5000 /* from everybody together */
};

struct finder_clarity_form {
    struct str service_uuid;
    int stars;        /* 1..5; else a problem of "stelle" */
    int answer;       /* 1..5; 0: none chosen */
    struct str words; /* may be empty */
    struct str page;  /* address the words are about */
    struct str nonce; /* web_form_nonce */
};

/* Counts it (write). The same form sent twice counts once. out_code: of the note the words became,
 * empty without words. ST_INVALID: the problems say what to fix, nothing was counted. */
enum status finder_clarity_send(struct ctx *c, const struct finder_clarity_form *f,
                                struct str *out_code);

struct finder_clarity_row {
    struct str service_uuid;
    int64_t n_stars[CLARITY_STARS + 1];   /* by stars */
    int64_t n_liked[CLARITY_ANSWERS + 1]; /* by answer, of 4 and 5 stars */
    int64_t n_hard[CLARITY_ANSWERS + 1];  /* by answer, of 1 to 3 stars */
    int64_t n, stars_total;
};
/* Every page that was judged, the least clear first. */
enum status finder_clarity_rows(struct ctx *c, struct finder_clarity_row **out, int *n_out);

/* Forms counted more than two days ago are forgotten (write): once a day. */
enum status finder_clarity_sweep(struct ctx *c);
