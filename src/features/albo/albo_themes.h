/*
 * albo_themes.h - private to albo: whom a body is there for, the areas of reference/needs/areas.csv.
 */
#pragma once
#include "albo.h"

enum { N_ALBO_THEMES = 7 };
extern const char *const albo_themes[N_ALBO_THEMES];

bool albo_is_theme(struct str id);
struct str albo_theme_words(struct ctx *c, struct str id); /* empty: none of them */
/* Those of the list that are themes, each once, in the order of the table, with blanks between. */
struct str albo_tidy_themes(struct ctx *c, const struct str *list, int n);
