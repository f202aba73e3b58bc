/*
 * jwrite.h - writes JSON into a buffer as it goes: commas and escapes are its business.
 *
 *     struct jwrite j = jwrite_to(web_out(w));
 *     jwrite_open(&j, NULL, '{');
 *     jwrite_str(&j, "name", name);
 *     jwrite_open(&j, "near", '[');  jwrite_str(&j, NULL, x);  jwrite_close(&j, ']');
 *     jwrite_close(&j, '}');
 *
 * Key     a literal of our own, written as it is; NULL for an item of a list.
 * Text    < > & are written as \u003c..., so that JSON inside a page is harmless.
 */
#pragma once
#include "base/buf.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct jwrite {
    struct buf *out;
    bool needs_comma;
};

struct jwrite jwrite_to(struct buf *out);
void jwrite_open(struct jwrite *j, const char *key, char bracket); /* '{' or '[' */
void jwrite_close(struct jwrite *j, char bracket);                 /* '}' or ']' */
void jwrite_str(struct jwrite *j, const char *key, struct str v);
/* null when the text is empty. */
void jwrite_str_or_null(struct jwrite *j, const char *key, struct str v);
void jwrite_int(struct jwrite *j, const char *key, int64_t v);
void jwrite_bool(struct jwrite *j, const char *key, bool v);
void jwrite_null(struct jwrite *j, const char *key);
/* With n_decimals digits after the point; null for what is not a finite number. */
void jwrite_real(struct jwrite *j, const char *key, double v, int n_decimals);
