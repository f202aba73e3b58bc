/*
 * own_pages.h - what the server answers by itself: /assets/, /health, /metrics, /robots.txt,
 * /favicon.ico. They take no turn: they answer also while all hands are at work.
 */
#pragma once
#include "web/inside.h"

/* False when the path is none of these; else the whole answer is in out. */
bool own_page(struct web *w, struct answer *out);
/* The same question by the raw target alone, before anything is read. */
bool own_page_is(struct str target);
