#include "base/text.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/log.h"
#include "base/plural.h"
#include "base/words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const lang_code[LANG_COUNT] = {[LANG_IT] = "it", [LANG_EN] = "en"};
const char *const lang_name[LANG_COUNT] = {[LANG_IT] = "Italiano", [LANG_EN] = "English"};

static const char group_mark[LANG_COUNT] = {[LANG_IT] = '.', [LANG_EN] = ','};
static const char decimal_mark[LANG_COUNT] = {[LANG_IT] = ',', [LANG_EN] = '.'};

static const struct word *find(enum lang lang, const char *key)
{
    const struct words_lang *const l = &words_all[lang];
    const size_t n = strlen(key);
    const uint32_t hash = words_hash(key, n), mask = (uint32_t)l->n_slots - 1;

    for (uint32_t at = hash & mask; l->slots[at] != 0; at = (at + 1) & mask) {
        const struct word *const w = &l->words[l->slots[at] - 1];

        if (w->hash == hash && strcmp(w->key, key) == 0)
            return w;
    }
    return NULL;
}

void text_init(void)
{
    if (n_words_all != LANG_COUNT)
        bug("the build embedded %d catalogues, not %d", n_words_all, LANG_COUNT);
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct words_lang *const l = &words_all[i];

        if (strcmp(l->code, lang_code[i]) != 0)
            bug("catalogue %d is of \"%s\", not of \"%s\"", i, l->code, lang_code[i]);
        for (uint64_t n = 0; n < 200; n++) {
            uint64_t form;

            if (!plural_form(str_of(l->plural), n, &form) || form >= (uint64_t)l->n_plurals)
                bug("the plural rule of \"%s\" has no form for %d", l->code, (int)n);
        }
    }
}

bool text_has(enum lang lang, const char *key)
{
    return find(lang, key) != NULL;
}

static const struct word *find_or_source(enum lang *lang, const char *key)
{
    const struct word *w = find(*lang, key);

    if (w == NULL && *lang != LANG_IT) {
        *lang = LANG_IT;
        w = find(LANG_IT, key);
    }
    return w;
}

struct str text_get(enum lang lang, const char *key)
{
    const struct word *const w = find_or_source(&lang, key);

    return w == NULL ? str_of(key) : w->forms[0];
}

struct str text_get_n(enum lang lang, const char *key, int64_t n)
{
    const struct word *const w = find_or_source(&lang, key);
    const uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    uint64_t form = 0;

    if (w == NULL)
        return str_of(key);
    if (size < WORDS_SMALL)
        form = words_all[lang].small[size];
    else if (!plural_form(str_of(words_all[lang].plural), size, &form))
        form = (uint64_t)w->n_forms;
    if (form >= (uint64_t)w->n_forms)
        form = (uint64_t)w->n_forms - 1;
    return w->forms[form];
}

/* The digits of a whole number in groups of three. */
static void put_grouped(struct buf *b, enum lang lang, const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf_char(b, group_mark[lang]);
        buf_char(b, digits[i]);
    }
}

struct str text_int(struct arena *mem, enum lang lang, int64_t v)
{
    enum { ROOM = 28 }; /* 19 digits, 6 marks, a sign */
    char *const p = arena_alloc(mem, ROOM);
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    int at = ROOM, n = 0;

    do {
        if (n > 0 && n % 3 == 0)
            p[--at] = group_mark[lang];
        p[--at] = (char)('0' + left % 10);
        n++;
    } while ((left /= 10) != 0);
    if (v < 0)
        p[--at] = '-';
    return (struct str){p + at, (size_t)(ROOM - at)};
}

struct str text_decimal(struct arena *mem, enum lang lang, double v, int n_decimals)
{
    struct buf b = buf_new(mem, 32);
    char digits[400]; /* the largest double has 309 digits before the point */

    if (!isfinite(v))
        return STR("–");
    n_decimals = n_decimals < 0 ? 0 : n_decimals > 17 ? 17 : n_decimals;
    snprintf(digits, sizeof digits, "%.*f", n_decimals, fabs(v));
    const size_t n = strcspn(digits, ".");

    if (v < 0 && strspn(digits, "0.") != strlen(digits)) /* no minus before nothing */
        buf_char(&b, '-');
    put_grouped(&b, lang, digits, n);
    if (digits[n] != '\0') {
        buf_char(&b, decimal_mark[lang]);
        buf_z(&b, digits + n + 1);
    }
    return buf_view(&b);
}

static struct str month_name(enum lang lang, int month)
{
    static const char *const months[] = {"base.month-01", "base.month-02", "base.month-03",
                                         "base.month-04", "base.month-05", "base.month-06",
                                         "base.month-07", "base.month-08", "base.month-09",
                                         "base.month-10", "base.month-11", "base.month-12"};

    return text_get(lang, months[month - 1]);
}

struct str text_month(struct arena *mem, enum lang lang, int year, int month)
{
    const struct str name = month_name(lang, month);

    return str_fmt(mem, "%.*s %d", (int)name.n, name.p, year);
}

/* Without marks between thousands. */
static struct str digits_of(struct arena *mem, int v)
{
    struct buf b = buf_new(mem, 12);

    buf_int(&b, v);
    return buf_view(&b);
}

struct str text_day(struct arena *mem, enum lang lang, int day)
{
    if (day == DAY_NONE)
        return STR("");
    const struct ymd d = day_to_ymd(day);
    const struct text_arg args[] = {
        {"day", digits_of(mem, d.day)},
        {"month", month_name(lang, d.month)},
        {"year", digits_of(mem, d.year)},
    };

    return text_fill(mem, text_get(lang, "base.day"), args, ARRAY_LEN(args));
}

struct str text_fill(struct arena *mem, struct str words, const struct text_arg *args, int n_args)
{
    ptrdiff_t open = str_index(words, '{');

    if (open < 0)
        return words;
    struct buf b = buf_new(mem, words.n + 64);

    for (; open >= 0; open = str_index(words, '{')) {
        const struct str after = str_from(words, (size_t)open + 1);
        const ptrdiff_t close = str_index(after, '}');
        int found = -1;

        for (int i = 0; i < n_args && found < 0 && close >= 0; i++)
            if (str_eq_z(str_head(after, (size_t)close), args[i].name))
                found = i;
        buf_str(&b, str_head(words, (size_t)open + (found < 0)));
        if (found >= 0)
            buf_str(&b, args[found].value);
        words = found < 0 ? after : str_from(after, (size_t)close + 1);
    }
    buf_str(&b, words);
    return buf_view(&b);
}
