/*
 * needs_split.h - private: a text cut into tokens, each folded; the first step of analysis.
 *
 * Folded  lower case without accents (Latin, Cyrillic), Arabic without vowel signs, tatweel and
 *         article, three and more equal letters as one ("aiutooo"), "sol@" and "sol*" as "solo".
 * Cut     at everything that is no letter or digit, between letters and digits, and around
 *         each Chinese character. Clauses end at , . ; : ! ? ( ) line ends and " - ".
 * Memory  folded texts in the arena, written ones are views of the text.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct token {
    struct str written;
    struct str folded;
    int clause;
    bool is_number;
};

/* At most n_room; bytes that are no UTF-8 part two words. */
int split_text(struct arena *mem, struct str text, struct token *out, int n_room);
