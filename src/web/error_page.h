/*
 * error_page.h - one table: what a status means to a browser and to a program.
 *
 * People  a page in their language: what happened, what to do next (frame.h).
 * Programs under /api and for who accepts JSON: a problem document (RFC 9457).
 */
#pragma once
#include "web/inside.h"

int error_code(enum status st);
/* Writes the answer of that code into w: page or problem document. */
void error_write(struct web *w, int code);
/* Seconds after which to try again; 0: the code does not say so. */
int error_retry_after_s(int code);
