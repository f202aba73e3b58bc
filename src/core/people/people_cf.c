/* people_cf.c - reading, checking and repairing a codice fiscale. */
#include "people_cf.h"
#include "base/date.h"
#include <string.h>

static const char omocodia[] = "LMNPQRSTUV";
static const char months[] = "ABCDEHLMPRST";
static const unsigned char odd_figure[10] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
static const unsigned char odd_letter[26] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
static const char layout[] = "AAAAAA99A99A999A"; /* A letter, 9 figure */

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

char people_cf_check(const char *c)
{
    int sum = 0;

    for (int i = 0; i < 15; i++) {
        if (i % 2 == 0)
            sum += is_figure(c[i]) ? odd_figure[c[i] - '0'] : odd_letter[c[i] - 'A'];
        else
            sum += is_figure(c[i]) ? c[i] - '0' : c[i] - 'A';
    }
    return (char)('A' + sum % 26);
}

/* Consonants, then vowels, then X; with n_skip the second of four or more consonants is left out. */
static void three(const char *w, size_t n, bool is_given, char out[3])
{
    char consonant[4], vowel[3];
    int n_consonants = 0, n_vowels = 0, k = 0;

    for (size_t i = 0; i < n; i++) {
        const bool is_vowel = w[i] != '\0' && strchr("AEIOU", w[i]) != NULL;

        if (!is_letter(w[i]))
            continue;
        if (is_vowel && n_vowels < 3)
            vowel[n_vowels++] = w[i];
        else if (!is_vowel && n_consonants < 4)
            consonant[n_consonants++] = w[i];
    }
    for (int i = 0; i < n_consonants && k < 3; i++)
        if (!(is_given && n_consonants == 4 && i == 1))
            out[k++] = consonant[i];
    for (int i = 0; i < n_vowels && k < 3; i++)
        out[k++] = vowel[i];
    while (k < 3)
        out[k++] = 'X';
}

void people_cf_surname(const char *folded, size_t n, char out[3])
{
    three(folded, n, false, out);
}

void people_cf_given(const char *folded, size_t n, char out[3])
{
    three(folded, n, true, out);
}

/* The figure or letter that belongs in place i; says whether something was put right. */
static char repair(char c, int i, bool *repaired)
{
    const char as = layout[i] == '9' ? (c == 'O' ? '0' : c == 'I' ? '1' : c) : (c == '0' ? 'O' : c == '1' ? 'I' : c);

    *repaired |= as != c;
    return as;
}

static int pair(const char *c)
{
    return (c[0] - '0') * 10 + c[1] - '0';
}

static bool read_birth(struct people_cf *out, int latest_year)
{
    const char *const month = out->n > 8 ? memchr(months, out->base[8], sizeof months - 1) : NULL;

    if (out->n < 11 || month == NULL)
        return false;
    const int day = pair(out->base + 9);
    const int year = pair(out->base + 6);

    out->sex = day > 40 ? 'F' : 'M';
    out->day = day > 40 ? day - 40 : day;
    out->month = (int)(month - months) + 1;
    out->year = latest_year / 100 * 100 + year;
    if (out->year > latest_year)
        out->year -= 100;
    /* 29 February of a wrong century would be no day at all: the other century is meant */
    return day_from_ymd(out->year, out->month, out->day) != DAY_NONE;
}

/* Figures for their omocodia letters; false when a place holds what cannot stand there. */
static bool read_base(struct people_cf *out, const char *c, int n)
{
    for (int i = 0; i < n && i < 15; i++) {
        const char *letter = layout[i] == '9' && is_letter(c[i]) ? memchr(omocodia, c[i], 10) : NULL;

        out->is_omocodic |= letter != NULL;
        out->base[i] = letter != NULL ? (char)('0' + (letter - omocodia)) : c[i];
        out->n = (uint8_t)(i + 1);
        if (layout[i] == '9' ? !is_figure(out->base[i]) : !is_letter(c[i]))
            return false;
    }
    return true;
}

static enum people_cf_wrong wrong_of(const struct people_cf *cf, const char *c, int n, bool has_shape)
{
    if (n < 16)
        return PEOPLE_CF_SHORT;
    if (n > 16)
        return PEOPLE_CF_LONG;
    if (!has_shape || !is_letter(c[15]))
        return PEOPLE_CF_SHAPE;
    if (memchr(months, c[8], sizeof months - 1) == NULL)
        return PEOPLE_CF_MONTH;
    if (!cf->has_birth)
        return PEOPLE_CF_DAY;
    return c[15] == people_cf_check(c) ? PEOPLE_CF_RIGHT : PEOPLE_CF_CHECK;
}

void people_cf_read(struct str typed, int latest_year, struct people_cf *out)
{
    char c[32];
    int n = 0;

    *out = (struct people_cf){0};
    for (size_t i = 0; i < typed.n && n < (int)sizeof c; i++) {
        const char t = typed.p[i] >= 'a' && typed.p[i] <= 'z' ? (char)(typed.p[i] - 'a' + 'A') : typed.p[i];

        if (is_letter(t) || is_figure(t))
            c[n++] = t;
        else if (t != ' ' && t != '-' && t != '.' && t != '/' && t != '\t')
            c[n++] = '?';
    }
    if (n < 6) {
        out->wrong = PEOPLE_CF_SHORT;
        return;
    }
    for (int i = 0; i < n && i < 16; i++)
        c[i] = repair(c[i], i, &out->is_repaired);
    const bool has_shape = read_base(out, c, n);

    out->has_birth = has_shape && read_birth(out, latest_year);
    if (has_shape && n >= 15)
        memcpy(out->belfiore, out->base + 11, 4);
    out->check = n >= 16 ? c[15] : 0;
    out->wrong = wrong_of(out, c, n, has_shape);
    if (out->wrong == PEOPLE_CF_RIGHT)
        out->state = PEOPLE_CF_VALID;
    else if (n < 16 && has_shape && (n < 11 || out->has_birth))
        out->state = PEOPLE_CF_CUT;
    else
        out->state = n >= 14 && n <= 18 ? PEOPLE_CF_INVALID : PEOPLE_CF_NONE;
}

bool people_cf_is_of_another(unsigned d)
{
    return (d & PEOPLE_CF_NOT_GIVEN) != 0 && (d & (d - 1)) != 0;
}
