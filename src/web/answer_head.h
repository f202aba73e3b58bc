/*
 * answer_head.h - the headers of an answer: what a browser may do with it, how long it may be kept,
 * its entity tag and its compressed form.
 */
#pragma once
#include "web/inside.h"

/* From what the handler wrote to what is sent. */
void answer_finish(struct web *w, const char *cookie_name, struct answer *out);

/* The headers that every answer carries, pages and files alike. */
void answer_safety(const struct web_app *app, struct answer *out);
