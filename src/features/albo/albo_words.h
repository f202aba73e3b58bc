/*
 * albo_words.h - private to albo: lists to choose from, problems in words.
 */
#pragma once
#include "albo.h"
#include "albo_view.h"

struct str albo_say(struct ctx *c, const char *key, const char *name, struct str value);
struct str albo_problem(struct ctx *c, const char *field); /* empty: none */
/* n_of: how many of each, said behind its label; NULL: not said. The kinds of managing bodies only with all. */
struct albo_option *albo_kind_options(struct ctx *c, enum organisation_kind chosen, bool all, const int *n_of, int *n_out);
struct albo_option *albo_section_options(struct ctx *c, enum albo_section chosen, const int *n_of, int *n_out);
/* chosen: ids with blanks. */
struct albo_option *albo_theme_options(struct ctx *c, struct str chosen, int *n_out);
struct str albo_themes_said(struct ctx *c, const struct str *themes, int n); /* with commas */
