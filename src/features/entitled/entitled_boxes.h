/*
 * entitled_boxes.h - private to entitled: from answers to what a page shows of them.
 */
#pragma once
#include "entitled_form.h"
#include "entitled_view.h"
#include "features/rules/rules_chain.h"

struct str entitled_label(struct ctx *c, const struct entitled_field *f);
struct str entitled_choice_words(struct ctx *c, const struct entitled_field *f, struct str value);
/* Of the first problem of a box; empty: none. */
struct str entitled_problem_words(struct ctx *c, const char *name);
void entitled_put_problems(struct ctx *c, struct entitled_link **out, int *n_out);

/* The form with what was typed and what is to be mended. */
void entitled_put_form(struct ctx *c, const struct entitled_answers *a, struct entitled_form_view *v);
/* The answers in words, and as hidden fields of the form that leads back. */
void entitled_put_answers(struct ctx *c, const struct entitled_answers *a, struct entitled_result_view *v);

/* "1.124,17 euro" in the language of c. */
struct str entitled_money(struct ctx *c, int64_t cents);
/* One measure as a page shows it; comune_id: where to look for its desks. */
enum status entitled_put_measure(struct ctx *c, const struct rules_due *d, int64_t comune_id, struct entitled_measure *out);
/* All of them by verdict, and the estimates. */
enum status entitled_put_chain(struct ctx *c, const struct rules_chain *chain, int64_t comune_id, struct entitled_result_view *v);
