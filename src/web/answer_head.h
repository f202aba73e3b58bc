/*
 * answer_head.h - the headers of an answer: what a browser may do with it, how long it may be kept,
 * its entity tag and its compressed form.
 */
#pragma once
#include "web/inside.h"

/* From what the handler wrote to what is sent. */
void answer_finish(struct web *w, struct answer *out);

/* The same from a page kept earlier; out holds it from now on. */
void answer_kept(struct web *w, struct kept *k, struct answer *out);
/* All that a public page depends on, besides the data; empty when that is too long. */
struct str answer_key(struct web *w);

/* The entity tag of those bytes, in its quotes. */
struct str answer_tag(struct arena *mem, struct str bytes);

/* The headers that every answer carries, pages and files alike. */
void answer_safety(const struct web_app *app, struct answer *out);
