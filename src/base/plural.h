/*
 * plural.h - the rule of a language for "n things", as gettext writes it: "nplurals=2; plural=(n !=
 * 1);".
 *
 * What    the part of C that gettext allows: n, decimal numbers, ( ) ! * / % + - < <= > >= == !=
 *         && || ?: . Division by nothing and a result outside the forms are refused, not computed.
 * Pure    no memory is taken, no pointer is kept.
 * Source  GNU gettext manual, chapter "Plural forms".
 */
#pragma once
#include "base/str.h"

/* Splits the value of a Plural-Forms header; the expression borrows the header's bytes. */
bool plural_header(struct str header, int *out_n_forms, struct str *out_expression);
/* Which form for n things; false on an expression that is not one. */
bool plural_form(struct str expression, uint64_t n, uint64_t *out_form);
