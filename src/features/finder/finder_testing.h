/*
 * finder_testing.h - a small catalogue around Ivrea, for the tests of the pages.
 *
 * Kept small and written by hand: each row stands for one thing that a page must show or hide.
 */
#pragma once
#include "tests/support/harness.h"

/* Puts the services of finder_testing.c through the catalogue's own door; ends the test when
 * refused. */
void finder_testing_fill(struct harness *h);
/* As many more of one need in Ivrea: pages of results. */
void finder_testing_many(struct harness *h, int n);

/* The address of a place that no page may show. */
extern const char finder_testing_secret[];
