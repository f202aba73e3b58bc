#include "base/plural.h"
#include "unit.h"
#include <string.h>

static uint64_t form(const char *rule, uint64_t n)
{
    uint64_t f = 99;

    ck_assert_msg(plural_form(str_of(rule), n, &f), "%s refuses %d", rule, (int)n);
    return f;
}

START_TEST(test_plural__italian_and_english)
{
    ck_assert_uint_eq(form("(n != 1)", 0), 1);
    ck_assert_uint_eq(form("(n != 1)", 1), 0);
    ck_assert_uint_eq(form("n != 1", 1180), 1);
}
END_TEST

/* Rules of languages that will come (UI.md section 6), as gettext's manual gives them. */
START_TEST(test_plural__languages_to_come)
{
    static const char french[] = "n > 1";
    static const char romanian[] = "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2";
    static const char ukrainian[] =
        "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2";
    static const char arabic[] =
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5";

    ck_assert_uint_eq(form(french, 0), 0);
    ck_assert_uint_eq(form(french, 2), 1);
    ck_assert_uint_eq(form(romanian, 1), 0);
    ck_assert_uint_eq(form(romanian, 0), 1);
    ck_assert_uint_eq(form(romanian, 119), 1);
    ck_assert_uint_eq(form(romanian, 20), 2);
    ck_assert_uint_eq(form(ukrainian, 21), 0);
    ck_assert_uint_eq(form(ukrainian, 11), 2);
    ck_assert_uint_eq(form(ukrainian, 22), 1);
    ck_assert_uint_eq(form(ukrainian, 112), 2);
    ck_assert_uint_eq(form(arabic, 0), 0);
    ck_assert_uint_eq(form(arabic, 2), 2);
    ck_assert_uint_eq(form(arabic, 103), 3);
    ck_assert_uint_eq(form(arabic, 111), 4);
    ck_assert_uint_eq(form(arabic, 100), 5);
    ck_assert_uint_eq(form("0", 7), 0); /* Chinese */
}
END_TEST

START_TEST(test_plural__signs_bind_as_in_c)
{
    ck_assert_uint_eq(form("1+2*3", 0), 7);
    ck_assert_uint_eq(form("(1+2)*3", 0), 9);
    ck_assert_uint_eq(form("10-2-3", 0), 5);
    ck_assert_uint_eq(form("7/2%2", 0), 1);
    ck_assert_uint_eq(form("1<2==1", 0), 1);
    ck_assert_uint_eq(form("1||0&&0", 0), 1);
    ck_assert_uint_eq(form("!n", 0), 1);
    ck_assert_uint_eq(form("!!n", 5), 1);
    ck_assert_uint_eq(form("n?n:3", 0), 3);
    ck_assert_uint_eq(form("0?1:0?2:3", 0), 3);
    ck_assert_uint_eq(form(" n <= 1 ", 1), 1);
}
END_TEST

START_TEST(test_plural__refuses_what_is_no_rule)
{
    static const char *const bad[] = {"",    "n+",    "(n",    "n)",
                                      "m",   "n ? 1", "n/0",   "n%(n-n)",
                                      "1 2", "n = 1", "n & 1", "99999999999999999999999",
                                      "-1"};
    uint64_t f;
    struct arena *const mem = arena_new(0);
    char deep[8002];

    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(!plural_form(str_of(bad[i]), 3, &f), "accepts %s", bad[i]);
    memset(deep, '(', 4000); /* a rule, but nobody writes it: the reader's own depth is bounded */
    deep[4000] = 'n';
    memset(deep + 4001, ')', 4000);
    deep[8001] = '\0';
    ck_assert(!plural_form(str_of(deep), 1, &f));
    memset(deep, '!', 8000);
    deep[8000] = 'n';
    ck_assert(!plural_form(str_of(deep), 1, &f));
    arena_free(mem);
}
END_TEST

START_TEST(test_plural__header)
{
    struct str rule;
    int n = 0;

    ck_assert(plural_header(STR("nplurals=2; plural=(n != 1);"), &n, &rule));
    ck_assert_int_eq(n, 2);
    ck_assert(str_eq_z(rule, "(n != 1)"));
    ck_assert(!plural_header(STR("nplurals=0; plural=0;"), &n, &rule));
    ck_assert(!plural_header(STR("nplurals=7; plural=0;"), &n, &rule));
    ck_assert(!plural_header(STR("nplurals=INTEGER; plural=EXPRESSION;"), &n, &rule));
    ck_assert(!plural_header(STR(""), &n, &rule));
}
END_TEST

UNIT_MAIN("plural", test_plural__italian_and_english, test_plural__languages_to_come,
          test_plural__signs_bind_as_in_c, test_plural__refuses_what_is_no_rule,
          test_plural__header)
