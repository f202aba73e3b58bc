/*
 * links_cookie.h - private to links: the keys that a browser holds, one of each purpose.
 */
#pragma once
#include "core/links/links.h"

/* The live and the ended ones, at most one of each purpose; what is no key is left out. */
enum status links_held_here(struct web *w, struct links_link out[LINKS_PURPOSE_COUNT], int *n_out);
/* This one too from now on, in the place of another of its purpose. */
enum status links_hold(struct web *w, struct str token, const struct links_link *k);
void links_let_go(struct web *w);
