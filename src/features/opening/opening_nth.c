/* opening_nth.c - "il secondo e il quarto giovedì del mese": read, and written the shorter way. */
#include "opening_nth.h"
#include "base/macros.h"
#include <ctype.h>
#include <string.h>

enum { SUNDAY = 6, N_ORDINALS = 10, ALL_FIVE = 0x3e };

/* In the order of the month; the bit is that of struct hours_rule. In Italian Sunday alone is feminine. */
static const struct ordinal {
    const char *stem;
    int bit;
} ordinals[N_ORDINALS] = {{"prim", 1},        {"second", 2},     {"terz", 3},      {"quart", 4},    {"quint", 5},
                          {"quintultim", 13}, {"quartultim", 12}, {"terzultim", 11}, {"penultim", 10}, {"ultim", 9}};

static const char *const day_names[] = {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"};
static const char *const day_words[][4] = {{"lunedi", "lun"}, {"martedi", "mar"}, {"mercoledi", "mer"}, {"giovedi", "gio"},
                                           {"venerdi", "ven"}, {"sabato", "sab", "sabati"}, {"domenica", "dom", "domeniche"}};

/* ---- read ---- */

static void skip_space(struct str *s)
{
    while (s->n > 0 && (isspace((unsigned char)s->p[0]) || str_starts(*s, STR("\xC2\xA0"))))
        *s = str_from(*s, s->p[0] == '\xC2' ? 2 : 1);
}

static size_t word_bytes(struct str s)
{
    size_t n = 0;

    while (n < s.n && (isalpha((unsigned char)s.p[n]) || ((unsigned char)s.p[n] >= 0xC3 && (unsigned char)s.p[n] < 0xE0 && n + 1 < s.n)))
        n += (unsigned char)s.p[n] >= 0xC3 ? 2 : 1;
    return n < s.n ? n : s.n;
}

/* A whole word, folded; *s is moved past it only when it is this one. */
static bool take_word(struct arena *mem, struct str *s, const char *word)
{
    struct str at = *s;

    skip_space(&at);
    const size_t n = word_bytes(at);

    if (n == 0 || !str_eq_z(str_fold(mem, str_head(at, n)), word))
        return false;
    *s = str_from(at, n);
    return true;
}

static bool take_words(struct arena *mem, struct str *s, const char *first, const char *second)
{
    struct str at = *s;

    if (!take_word(mem, &at, first) || !take_word(mem, &at, second))
        return false;
    *s = at;
    return true;
}

static void take_article(struct arena *mem, struct str *s)
{
    struct str at = *s;

    if (take_word(mem, s, "il") || take_word(mem, s, "la") || take_word(mem, s, "i") || take_word(mem, s, "le") || !take_word(mem, &at, "l"))
        return;
    if (str_starts(at, STR("'")))
        *s = str_from(at, 1);
    else if (str_starts(at, STR("\xE2\x80\x99")))
        *s = str_from(at, 3);
}

/* "1°", "3º", "2ª": the sign tells it from an hour. */
static int take_sign(struct str *s)
{
    static const char *const signs[] = {"\xC2\xB0", "\xC2\xBA", "\xC2\xAA", "^"};
    struct str at = *s;

    skip_space(&at);
    if (at.n < 2 || at.p[0] < '1' || at.p[0] > '5')
        return 0;
    for (int i = 0; i < ARRAY_LEN(signs); i++)
        if (str_starts(str_from(at, 1), str_of(signs[i]))) {
            *s = str_from(at, 1 + strlen(signs[i]));
            return at.p[0] - '0';
        }
    return 0;
}

/* The bit of one ordinal with its article; 0: none stands here. */
static int take_ordinal(struct arena *mem, struct str *s)
{
    struct str at = *s;

    take_article(mem, &at);
    int bit = take_sign(&at);

    skip_space(&at);
    const size_t n = word_bytes(at);
    const struct str folded = str_fold(mem, str_head(at, n));

    for (int i = 0; bit == 0 && folded.n > 1 && i < N_ORDINALS; i++)
        if (str_eq_z(str_head(folded, folded.n - 1), ordinals[i].stem) && strchr("oa", folded.p[folded.n - 1]) != NULL) {
            bit = ordinals[i].bit;
            at = str_from(at, n);
        }
    if (bit != 0)
        *s = at;
    return bit;
}

static bool take_joint(struct arena *mem, struct str *s)
{
    struct str at = *s;

    skip_space(&at);
    if (at.n > 0 && at.p[0] == ',') {
        *s = str_from(at, 1);
        return true;
    }
    return take_word(mem, s, "e") || take_word(mem, s, "ed");
}

/* "secondo, terzo e quarto"; 0: none. */
static uint16_t take_ordinals(struct arena *mem, struct str *s)
{
    unsigned bits = 0;
    struct str at = *s;

    for (int bit; (bit = take_ordinal(mem, &at)) != 0;) {
        bits |= 1u << bit;
        *s = at;
        if (!take_joint(mem, &at))
            break;
    }
    return (uint16_t)bits;
}

static int take_day(struct arena *mem, struct str *s)
{
    for (int d = 0; d <= SUNDAY; d++)
        for (int i = 0; i < 4 && day_words[d][i] != NULL; i++)
            if (take_word(mem, s, day_words[d][i]))
                return d;
    return -1;
}

static void take_of_month(struct arena *mem, struct str *s)
{
    struct str at = *s;

    if (take_words(mem, s, "del", "mese"))
        return;
    if (take_word(mem, &at, "di") && (take_words(mem, &at, "ogni", "mese") || take_words(mem, &at, "ciascun", "mese")))
        *s = at;
}

/* After "tutti i giovedì": "tranne il primo". */
static enum hours_nth_said read_each(struct arena *mem, struct str *rest, uint16_t *nth)
{
    struct str at = *rest;

    *nth = 0;
    if (!take_word(mem, &at, "tranne") && !take_word(mem, &at, "eccetto") && !take_word(mem, &at, "escluso") && !take_words(mem, &at, "ad", "eccezione"))
        return HOURS_NTH_EACH;
    const unsigned out = take_ordinals(mem, &at);

    if (out == 0 || (out & ~(unsigned)ALL_FIVE) != 0 || out == ALL_FIVE) {
        *rest = at; /* the last may be the fourth or the fifth */
        return HOURS_NTH_WRONG;
    }
    take_of_month(mem, &at);
    *nth = (uint16_t)(ALL_FIVE & ~out);
    *rest = at;
    return HOURS_NTH_OF_DAY;
}

enum hours_nth_said hours_nth_read(struct arena *mem, struct str *rest, int *day, uint16_t *nth)
{
    struct str at = *rest;

    if (take_words(mem, &at, "tutti", "i") || take_words(mem, &at, "tutte", "le")) {
        *day = take_day(mem, &at);
        if (*day < 0)
            return HOURS_NTH_NONE;
        *rest = at;
        return read_each(mem, rest, nth);
    }
    const bool is_every = take_word(mem, &at, "ogni");

    *nth = take_ordinals(mem, &at);
    if (*nth == 0) {
        *day = is_every ? take_day(mem, &at) : -1;
        if (*day < 0)
            return HOURS_NTH_NONE;
        *rest = at;
        return read_each(mem, rest, nth);
    }
    *day = take_day(mem, &at);
    *rest = at;
    if (*day < 0)
        return HOURS_NTH_WRONG;
    take_of_month(mem, rest);
    return HOURS_NTH_OF_DAY;
}

/* ---- written ---- */

/* "il secondo, terzo e l'ultimo" */
static void put_ordinals(struct buf *b, unsigned nth, bool is_feminine)
{
    int n_left = __builtin_popcount(nth);
    bool is_first = true;

    for (int i = 0; i < N_ORDINALS; i++) {
        if ((nth >> ordinals[i].bit & 1) == 0)
            continue;
        const bool has_vowel = ordinals[i].stem[0] == 'u';

        if (!is_first)
            buf_z(b, n_left == 1 ? " e " : ", ");
        buf_fmt(b, "%s%s%c", has_vowel ? "l'" : !is_first ? "" : is_feminine ? "la " : "il ", ordinals[i].stem, is_feminine ? 'a' : 'o');
        is_first = false;
        n_left--;
    }
}

void hours_nth_put(struct buf *b, int day, uint16_t nth)
{
    const unsigned left_out = ALL_FIVE & ~(unsigned)nth;
    const bool is_feminine = day == SUNDAY;

    if ((nth & ~(unsigned)ALL_FIVE) == 0 && __builtin_popcount(left_out) == 1) {
        buf_fmt(b, "%s %s tranne ", is_feminine ? "tutte le" : "tutti i",
                is_feminine ? "domeniche" : day == SUNDAY - 1 ? "sabati" : day_names[day]);
        put_ordinals(b, left_out, is_feminine);
        return;
    }
    put_ordinals(b, nth, is_feminine);
    buf_fmt(b, " %s del mese", day_names[day]);
}
