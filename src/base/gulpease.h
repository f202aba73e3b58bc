/*
 * gulpease.h - how easy an Italian text is to read, and which sentences are long.
 *
 * Source  Lucisano and Piemontese, 1988: 89 + (300 x sentences - 10 x letters) / words, at most 100. 60 and more is read without
 *         trouble by who finished middle school, 80 and more by who finished primary school. The same reckoning as
 *         tools/gulpease.py, which looks at the words of our own pages.
 * Parts   a sentence ends with . ! ? : ; before a space or the end, or with a line; a word is letters and digits, and a number
 *         with its marks.
 * Pure    no memory, no clock: the same text, the same answer.
 */
#pragma once
#include "base/str.h"

enum { GULPEASE_LONG = 25, GULPEASE_FEW = 12 }; /* words of a long sentence; fewer words in all say nothing */

struct gulpease {
    int score; /* 0 to 100; 100 for a text without words */
    int n_words, n_sentences, n_letters;
    bool is_told; /* enough words for the score to mean something */
};
void gulpease_measure(struct str text, struct gulpease *out);

/* The next sentence of more than GULPEASE_LONG words, cut off *rest; false: there are no more. */
bool gulpease_next_long(struct str *rest, struct str *out_sentence, int *out_n_words);
