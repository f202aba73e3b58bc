/*
 * rules_json.h - texts of rules, households and answers as JSON: one way for every slice that answers programs.
 *
 * Asked   one JSON object with names that are known; any other name, a name twice, a parameter in the address are problems of
 *         the request. A text of rules is {"text": "misura ..."}, or {"code": "ADI", "day": "2026-03-01"} for one that is built in;
 *         without a day the one that holds today (rules_shelf_pick).
 * Told    what is wrong in a text stands under the name it was sent by, with its line and, in the words, its column. Nothing
 *         that was sent goes to a log.
 * Memory  the object lives as long as the call of `answer`, and so do the texts in it; the rest in the request.
 */
#pragma once
#include "base/jwrite.h"
#include "rules_chain.h"
#include "web/web.h"
#include <jansson.h>

/* Reads the body and calls `answer` with it. names: those that may stand in it, ended by NULL. ST_INVALID: the problems say what
 * cannot be read. ST_BUSY: the memory of the request ended on the way; it never jumps out of here. */
enum status rules_json_ask(struct web *w, const char *const *names, enum status (*answer)(struct web *w, const json_t *body));

struct rules_given {
    const struct rules *rules;
    struct str text;
};
/* The text that stands in the body under that name. False: the problems say why. */
bool rules_json_text(struct web *w, const json_t *body, const char *name, struct rules_given *out);
/* Notes what is wrong in a text that was sent under that name ("old.text"); returns ST_INVALID. */
enum status rules_json_refuse(struct web *w, const char *field, const struct rules_error *e);
/* What is wrong in words, without its place. */
struct str rules_json_words(struct ctx *c, const struct rules_error *e);

/* As rules_household_read, of an object that is read already. */
enum status rules_household_of(struct arena *mem, const struct rules_facts *f, const json_t *object, struct rules_household **out,
                               struct str *why);

/* What was sent, to be said back: cut when it is long, never inside a character. */
struct str rules_json_shown(struct str sent);

/* ---- what is answered ---- */

void rules_json_day(struct ctx *c, struct jwrite *j, const char *key, int day); /* null: open */
void rules_json_facts(struct jwrite *j, const char *key, const struct rules_facts *facts, const int *list, int n);
/* What a text says of itself, into an object that is open. */
void rules_json_measure(struct ctx *c, struct jwrite *j, const struct rules *r);
/* The measure with its verdict, amounts and steps, as an object; with_sentences: each step also as rules_sentence says it. */
void rules_json_due(struct ctx *c, struct jwrite *j, const char *key, const struct rules_due *d, bool with_sentences);
