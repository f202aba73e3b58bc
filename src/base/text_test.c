#include "base/date.h"
#include "base/text.h"
#include "base/words.h"
#include "unit.h"
#include <math.h>
#include <string.h>

static void same(struct str got, const char *want)
{
    ck_assert_msg(str_eq_z(got, want), "\"%.*s\" is not \"%s\"", (int)got.n, got.p, want);
}

START_TEST(test_text__every_word_is_found_by_its_key)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct words_lang *const l = &words_all[i];

        ck_assert_int_ge(l->n_words, 13);
        for (int k = 0; k < l->n_words; k++) {
            ck_assert(text_has((enum lang)i, l->words[k].key));
            ck_assert(text_get((enum lang)i, l->words[k].key).p == l->words[k].forms[0].p);
        }
    }
}
END_TEST

START_TEST(test_text__an_unknown_key_is_shown_as_it_is)
{
    same(text_get(LANG_IT, "no.such-key"), "no.such-key");
    same(text_get_n(LANG_EN, "no.such-key", 3), "no.such-key");
    ck_assert(!text_has(LANG_IT, "no.such-key"));
    ck_assert(!text_has(LANG_IT, ""));
    ck_assert(!text_has(LANG_IT, "base.month-0"));
    ck_assert(!text_has(LANG_IT, "base.month-011"));
}
END_TEST

START_TEST(test_text__words_by_language)
{
    same(text_get(LANG_IT, "base.month-11"), "novembre");
    same(text_get(LANG_EN, "base.month-11"), "November");
}
END_TEST

START_TEST(test_text__plural_forms)
{
    bool is_seen = false;

    /* The first key with forms of its own, whichever slice brought it. */
    for (int k = 0; k < words_all[LANG_IT].n_words && !is_seen; k++) {
        const struct word *const w = &words_all[LANG_IT].words[k];

        if (w->n_forms != 2)
            continue;
        is_seen = true;
        ck_assert(text_get_n(LANG_IT, w->key, 1).p == w->forms[0].p);
        ck_assert(text_get_n(LANG_IT, w->key, 0).p == w->forms[1].p);
        ck_assert(text_get_n(LANG_IT, w->key, 1180).p == w->forms[1].p);
        ck_assert(text_get_n(LANG_IT, w->key, -1).p == w->forms[0].p);
        ck_assert(text_get_n(LANG_IT, w->key, INT64_MIN).p == w->forms[1].p);
    }
    same(text_get_n(LANG_IT, "base.month-01", 7), "gennaio"); /* one form: the same for all */
}
END_TEST

START_TEST(test_text__numbers)
{
    struct arena *const mem = arena_new(0);

    same(text_int(mem, LANG_IT, 0), "0");
    same(text_int(mem, LANG_IT, 999), "999");
    same(text_int(mem, LANG_IT, 1180), "1.180");
    same(text_int(mem, LANG_EN, 1180), "1,180");
    same(text_int(mem, LANG_IT, -4273210), "-4.273.210");
    same(text_int(mem, LANG_IT, INT64_MIN), "-9.223.372.036.854.775.808");
    same(text_decimal(mem, LANG_IT, 1234.5, 1), "1.234,5");
    same(text_decimal(mem, LANG_EN, 1234.5, 1), "1,234.5");
    same(text_decimal(mem, LANG_IT, 0.06, 1), "0,1");
    same(text_decimal(mem, LANG_IT, -0.04, 1), "0,0"); /* no minus before nothing */
    same(text_decimal(mem, LANG_IT, -2.5, 2), "-2,50");
    same(text_decimal(mem, LANG_IT, 999.96, 1), "1.000,0");
    same(text_decimal(mem, LANG_IT, 12.7, 0), "13");
    same(text_decimal(mem, LANG_IT, NAN, 1), "–");
    same(text_decimal(mem, LANG_IT, INFINITY, 1), "–");
    ck_assert_uint_eq(text_decimal(mem, LANG_IT, 1.7e308, 17).n, 309 + 102 + 1 + 17);
    arena_free(mem);
}
END_TEST

START_TEST(test_text__days)
{
    struct arena *const mem = arena_new(0);

    same(text_day(mem, LANG_IT, day_from_ymd(2026, 11, 21)), "21 novembre 2026");
    same(text_day(mem, LANG_EN, day_from_ymd(2026, 1, 1)), "1 January 2026");
    same(text_day(mem, LANG_IT, day_from_ymd(2024, 2, 29)), "29 febbraio 2024");
    same(text_day(mem, LANG_IT, DAY_NONE), "");
    arena_free(mem);
}
END_TEST

START_TEST(test_text__values_in_words)
{
    struct arena *const mem = arena_new(0);
    const struct text_arg args[] = {{"name", STR("Bra")}, {"n", STR("{name}")}, {"none", STR("")}};

    same(text_fill(mem, STR("a {name} b {name}"), args, 3), "a Bra b Bra");
    same(text_fill(mem, STR("{n}"), args, 3), "{name}"); /* a value is not read again */
    same(text_fill(mem, STR("{who} {name}"), args, 3), "{who} Bra");
    same(text_fill(mem, STR("{none}|"), args, 3), "|");
    same(text_fill(mem, STR("{name"), args, 3), "{name");
    same(text_fill(mem, STR("{{name}}"), args, 3), "{Bra}");
    same(text_fill(mem, STR("}{"), args, 3), "}{");
    same(text_fill(mem, STR(""), args, 3), "");
    same(text_fill(mem, STR("{name}"), NULL, 0), "{name}");
    arena_free(mem);
}
END_TEST

UNIT_MAIN("text", test_text__every_word_is_found_by_its_key,
          test_text__an_unknown_key_is_shown_as_it_is, test_text__words_by_language,
          test_text__plural_forms, test_text__numbers, test_text__days, test_text__values_in_words)
