#include "base/buf.h"
#include "base/str.h"
#include "unit.h"
#include <string.h>

static struct arena *mem;

static const char *fold(const char *z)
{
    return str_fold(mem, str_of(z)).p;
}

START_TEST(test_str__fold_makes_names_comparable)
{
    static const char *const cases[][2] = {
        {"Cuorgnè", "cuorgne"},
        {"Sant'Ambrogio  di Torino", "sant ambrogio di torino"},
        {"Sant’Ambrogio", "sant ambrogio"},
        {"  Ceres-Monastero ", "ceres monastero"},
        {"AGLIÈ", "aglie"},
        {"Rhêmes", "rhemes"},
        {"Œuvre ÆØ ß Łódź", "oeuvre aeo ss lodz"},
        {"Cirie\xcc\x80", "cirie"}, /* the accent as a character of its own */
        {"Київ", "Київ"},
        {"a\xff\xfe" "b", "a b"},
        {"", ""},
        {"...", ""},
    };

    mem = arena_new(0);
    for (int i = 0; i < ARRAY_LEN(cases); i++)
        ck_assert_str_eq(fold(cases[i][0]), cases[i][1]);
    arena_free(mem);
}
END_TEST

START_TEST(test_str__fold_of_a_fold_is_the_same)
{
    mem = arena_new(0);
    for (int cp = 0x20; cp < 0x250; cp++) {
        char z[8] = "a";
        int n = 1;

        if (cp < 0x80) {
            z[n++] = (char)cp;
        } else {
            z[n++] = (char)(0xc0 | cp >> 6);
            z[n++] = (char)(0x80 | (cp & 0x3f));
        }
        z[n] = 'b';
        const char *once = fold(z);

        ck_assert_str_eq(fold(once), once);
        ck_assert(str_is_utf8(str_of(once)));
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_str__utf8_door_refuses_what_is_not_text)
{
    static const char *const good[] = {"", "ciao", "è così", "日本", "\xf0\x9f\x99\x82", "a\tb\nc"};
    static const char *const bad[] = {"\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                                      "\xf4\x90\x80\x80", "\x80", "\xc3", "a\x01", "\x7f", "\xff"};

    for (int i = 0; i < ARRAY_LEN(good); i++)
        ck_assert(str_is_utf8(str_of(good[i])));
    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(!str_is_utf8(str_of(bad[i])), "case %d", i);
    ck_assert(!str_is_utf8((struct str){"a\0b", 3}));
}
END_TEST

START_TEST(test_str__numbers_are_whole_or_refused)
{
    int64_t v = 7;
    double d = 7;
    static const char *const bad[] = {"", "-", "+", "1a", " 1", "1 ", "0x10", "1.0", "9223372036854775808", "--1"};
    static const char *const bad_real[] = {"", "1,5", "inf", "nan", "1e999", "1.5x", "-", "."};

    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(!str_to_int(str_of(bad[i]), &v), "%s", bad[i]);
    ck_assert_int_eq(v, 7);
    ck_assert(str_to_int(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    ck_assert(str_to_int(STR("9223372036854775807"), &v) && v == INT64_MAX);
    ck_assert(str_to_int(STR("+42"), &v) && v == 42);
    for (int i = 0; i < ARRAY_LEN(bad_real); i++)
        ck_assert_msg(!str_to_double(str_of(bad_real[i]), &d), "%s", bad_real[i]);
    ck_assert(str_to_double(STR("45.4637"), &d) && d > 45.46 && d < 45.47);
}
END_TEST

START_TEST(test_str__cut_trim_and_ends)
{
    struct str rest = STR("a,b,,c");

    ck_assert(str_eq_z(str_cut(&rest, ','), "a"));
    ck_assert(str_eq_z(str_cut(&rest, ','), "b"));
    ck_assert(str_eq_z(str_cut(&rest, ','), ""));
    ck_assert(str_eq_z(str_cut(&rest, ','), "c"));
    ck_assert_uint_eq(rest.n, 0);
    ck_assert(str_eq_z(str_trim(STR(" \t x y \r\n")), "x y"));
    ck_assert(str_starts(STR("/en/x"), STR("/en")) && !str_starts(STR("/e"), STR("/en")));
    ck_assert(str_ends(STR("a.csv"), STR(".csv")) && !str_ends(STR("v"), STR(".csv")));
    ck_assert_int_lt(str_cmp(STR("ab"), STR("abc")), 0);
    ck_assert_int_gt(str_cmp(STR("b"), STR("abc")), 0);
}
END_TEST

START_TEST(test_str__distance_counts_edits)
{
    ck_assert_int_eq(str_distance(STR("ivrea"), STR("ivrea")), 0);
    ck_assert_int_eq(str_distance(STR("ivrea"), STR("ivera")), 2);
    ck_assert_int_eq(str_distance(STR("cuorgne"), STR("cuorne")), 1);
    ck_assert_int_eq(str_distance(STR(""), STR("abc")), 3);
}
END_TEST

START_TEST(test_buf__escapes_for_html_url_and_json)
{
    mem = arena_new(0);
    struct buf b = buf_new(mem, 0);

    buf_html(&b, STR("<a href=\"x\" on='y'>&</a>"));
    ck_assert_str_eq(str_z(mem, buf_view(&b)),
                     "&lt;a href=&#34;x&#34; on=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
    b = buf_new(mem, 0);
    buf_url(&b, STR("a b/è?&~"));
    ck_assert_str_eq(str_z(mem, buf_view(&b)), "a%20b%2F%C3%A8%3F%26~");
    b = buf_new(mem, 0);
    buf_json(&b, STR("\"\\\n\x01</script>"));
    ck_assert_str_eq(str_z(mem, buf_view(&b)), "\\\"\\\\\\n\\u0001\\u003c/script\\u003e");
    b = buf_new(mem, 0);
    buf_int(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_int(&b, 0);
    ck_assert_str_eq(str_z(mem, buf_view(&b)), "-9223372036854775808 0");
    for (int i = 0; i < 5000; i++)
        buf_fmt(&b, "%d;", i);
    ck_assert(str_ends(buf_view(&b), STR("4998;4999;")));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("str", test_str__fold_makes_names_comparable, test_str__fold_of_a_fold_is_the_same,
          test_str__utf8_door_refuses_what_is_not_text, test_str__numbers_are_whole_or_refused,
          test_str__cut_trim_and_ends, test_str__distance_counts_edits,
          test_buf__escapes_for_html_url_and_json)
