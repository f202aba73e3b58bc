/* people_words.c - levels and bits in words of the catalogue. */
#include "people_words.h"
#include <math.h>
#include <stdlib.h>

/* The family of words that a column's levels have. */
static const struct {
    const char *field, *levels;
} words[PEOPLE_COLUMNS] = {
    [PEOPLE_COL_GIVEN] = {"people.field-given", "name"},
    [PEOPLE_COL_SURNAME] = {"people.field-surname", "name"},
    [PEOPLE_COL_ORDER] = {"people.field-order", "order"},
    [PEOPLE_COL_BIRTH] = {"people.field-birth", "birth"},
    [PEOPLE_COL_TAX] = {"people.field-tax", "tax"},
    [PEOPLE_COL_NUMBER] = {"people.field-number", "number"},
    [PEOPLE_COL_SEX] = {"people.field-sex", "two"},
    [PEOPLE_COL_BIRTHPLACE] = {"people.field-birthplace", "text"},
    [PEOPLE_COL_CITIZENSHIP] = {"people.field-citizenship", "two"},
    [PEOPLE_COL_ADDRESS] = {"people.field-address", "address"},
    [PEOPLE_COL_MUNICIPALITY] = {"people.field-municipality", "text"},
    [PEOPLE_COL_PHONE] = {"people.field-phone", "number"},
    [PEOPLE_COL_EMAIL] = {"people.field-email", "text"},
    [PEOPLE_COL_POSTCODE] = {"people.field-postcode", "text"},
    [PEOPLE_COL_EXTRA1] = {"people.field-extra", "text"},
    [PEOPLE_COL_EXTRA2] = {"people.field-extra", "text"},
};

enum people_verdict people_verdict_of(const struct people_model *m, double score)
{
    return score >= m->cut_automatic ? PEOPLE_AUTOMATIC : score >= m->cut_review ? PEOPLE_REVIEW : PEOPLE_NOTHING;
}

static const char *strength_of(double bits)
{
    return bits >= 6 ? "people.strength-much" : bits >= 1.5 ? "people.strength-for" : bits > -1.5 ? "people.strength-little"
         : bits > -6 ? "people.strength-against" : "people.strength-much-against";
}

static int by_weight(const void *a, const void *b)
{
    const double x = fabs(((const struct people_sentence *)a)->bits), y = fabs(((const struct people_sentence *)b)->bits);

    return x > y ? -1 : x < y;
}

void people_level_in_words(struct arena *mem, enum lang lang, int column, int level, struct str *out_field, struct str *out_finding)
{
    *out_field = text_get(lang, words[column].field);
    *out_finding = text_get(lang, str_fmt(mem, "people.%s-%d", words[column].levels, level).p);
}

int people_reasons_in_words(struct arena *mem, enum lang lang, const struct people_reason *reasons, int n,
                            struct people_sentence out[PEOPLE_COLUMNS])
{
    for (int i = 0; i < n; i++) {
        out[i] = (struct people_sentence){.strength = text_get(lang, strength_of(reasons[i].bits)), .bits = reasons[i].bits};
        people_level_in_words(mem, lang, reasons[i].column, reasons[i].level, &out[i].field, &out[i].finding);
    }
    qsort(out, (size_t)n, sizeof *out, by_weight);
    return n;
}

struct str people_verdict_in_words(struct arena *mem, enum lang lang, const struct people_model *m, double score)
{
    static const char *const keys[] = {"people.verdict-automatic", "people.verdict-review", "people.verdict-nothing"};
    const double percent = 100 * people_probability(score);
    const struct text_arg p = {"percent", text_decimal(mem, lang, percent > 99.9 ? 99.9 : percent, 1)};

    return text_fill(mem, text_get(lang, keys[people_verdict_of(m, score)]), &p, 1);
}

int people_doubts_in_words(enum lang lang, const struct people_record *r, struct str out[PEOPLE_DOUBTS])
{
    static const struct {
        unsigned flag;
        const char *key;
    } doubts[PEOPLE_DOUBTS] = {{PEOPLE_CODE_OF_ANOTHER, "people.doubt-another"},
                               {PEOPLE_PLACE_NOT_OF_CODE, "people.doubt-place"},
                               {PEOPLE_PLACE_NOT_THEN, "people.doubt-then"}};
    int n = 0;

    for (int i = 0; i < PEOPLE_DOUBTS; i++)
        if ((r->flags & doubts[i].flag) != 0)
            out[n++] = text_get(lang, doubts[i].key);
    return n;
}
