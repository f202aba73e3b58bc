/*
 * links_guess.h - private to links: addresses of keys that were tried and are none.
 *
 * Why     nobody guesses 137 bits, but who tries must neither cost the database anything nor go
 *         unseen. Who holds a true key is never kept out: only what is no key is counted.
 */
#pragma once
#include "store/ctx.h"
#include "store/db.h"

enum { LINKS_GUESSES_PER_MINUTE = 60 }; /* from everybody together */

/* Counts one; true: there were too many within this minute. */
bool links_guessed(struct ctx *c);
