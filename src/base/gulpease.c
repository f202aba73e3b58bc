/* gulpease.c - words, letters and sentences of a text, in one walk. */
#include "base/gulpease.h"
#include <ctype.h>
#include <string.h>

/* Bytes of the letter or digit that stands there; 0: neither. Letters of Latin-1 take two bytes in UTF-8. */
static size_t letter_at(struct str s, size_t i)
{
    const unsigned char ch = (unsigned char)s.p[i];

    if (ch < 0x80)
        return isalnum(ch) ? 1 : 0;
    return ch == 0xC3 && i + 1 < s.n && (unsigned char)s.p[i + 1] >= 0x80 ? 2 : 0;
}

/* Bytes of the word that begins there, and its letters. */
static size_t word_at(struct str s, size_t i, int *n_letters)
{
    const size_t begin = i;

    for (;;) {
        size_t n = i < s.n ? letter_at(s, i) : 0;

        if (n == 0 && i > begin && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ',') && isdigit((unsigned char)s.p[i + 1])) {
            i++;
            continue;
        }
        if (n == 0)
            return i - begin;
        i += n;
        (*n_letters)++;
    }
}

static bool is_end(struct str s, size_t i)
{
    return s.p[i] == '\n' || (memchr(".!?:;", s.p[i], 5) != NULL && (i + 1 == s.n || isspace((unsigned char)s.p[i + 1])));
}

/* Cuts the next sentence off *rest; false at the end. */
static bool next_sentence(struct str *rest, struct str *out, int *n_words, int *n_letters)
{
    *n_words = *n_letters = 0;
    for (size_t i = 0; i < rest->n;) {
        const size_t n = word_at(*rest, i, n_letters);

        *n_words += n > 0;
        i += n;
        if (i < rest->n && is_end(*rest, i)) {
            *out = str_trim(str_head(*rest, i + 1));
            *rest = str_from(*rest, i + 1);
            return true;
        }
        i += n == 0;
    }
    *out = str_trim(*rest);
    *rest = STR("");
    return *n_words > 0;
}

void gulpease_measure(struct str text, struct gulpease *out)
{
    struct str sentence;
    int n_words, n_letters;

    *out = (struct gulpease){.score = 100};
    while (next_sentence(&text, &sentence, &n_words, &n_letters)) {
        out->n_words += n_words;
        out->n_letters += n_letters;
        out->n_sentences += n_words > 0;
    }
    out->is_told = out->n_words >= GULPEASE_FEW;
    if (out->n_words == 0)
        return;
    const int score = 89 + (300 * out->n_sentences - 10 * out->n_letters) / out->n_words;

    out->score = score < 0 ? 0 : score > 100 ? 100 : score;
}

bool gulpease_next_long(struct str *rest, struct str *out_sentence, int *out_n_words)
{
    int n_letters;

    while (next_sentence(rest, out_sentence, out_n_words, &n_letters))
        if (*out_n_words > GULPEASE_LONG)
            return true;
    return false;
}
