#include "base/buf.h"
#include "base/macros.h"
#include "unit.h"
#include "web/pairs.h"
#include <string.h>

static struct arena *mem;
static struct pairs p;

static void begin(void)
{
    mem = arena_new(16 << 20);
}

static enum status plain(const char *z)
{
    return pairs_urlencoded(mem, str_of(z), PAIRS_MAX, &p);
}

static struct str value(const char *name, int n)
{
    const struct pair *at = pairs_at(&p, name, n, false);

    return at == NULL ? STR("<none>") : at->value;
}

#define IS(name, nth, want)                                                                        \
    ck_assert_msg(str_eq_z(value(name, nth), want), "%s: %.*s", name, (int)value(name, nth).n,     \
                  value(name, nth).p)

START_TEST(test_pairs__names_and_values)
{
    begin();
    ck_assert_int_eq(plain("a=1&b=due+tre&a=%41%2b&c&=x&d=&e=a=b"), ST_OK);
    IS("a", 0, "1");
    IS("a", 1, "A+");
    IS("a", 2, "<none>");
    IS("b", 0, "due tre");
    IS("c", 0, "");
    IS("", 0, "x");
    IS("d", 0, "");
    IS("e", 0, "a=b");
    ck_assert_int_eq(plain("a=100%&b=%zz&c=%4"), ST_OK); /* as browsers read it */
    IS("a", 0, "100%");
    IS("b", 0, "%zz");
    IS("c", 0, "%4");
    ck_assert_int_eq(plain(""), ST_OK);
    ck_assert_int_eq(p.n, 0);
    ck_assert_int_eq(plain("&&&"), ST_OK);
    ck_assert_int_eq(p.n, 0);
    ck_assert_int_eq(plain("a=riga%0D%0Ariga%09"), ST_OK);
    IS("a", 0, "riga\r\nriga\t");
    arena_free(mem);
}
END_TEST

START_TEST(test_pairs__what_is_not_text_is_refused)
{
    static const char *const bad[] = {"a=%00", "a=%ff", "a=%C3%28",    "%ff=a",
                                      "a=%01", "a=%7f", "a=%ED%A0%80", "a=%C0%80"};
    char name[300];

    begin();
    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(plain(bad[i]) == ST_INVALID, "%s", bad[i]);
    memset(name, 'n', PAIR_NAME_MAX);
    name[PAIR_NAME_MAX] = '\0';
    ck_assert_int_eq(plain(name), ST_OK);
    name[PAIR_NAME_MAX] = 'n';
    name[PAIR_NAME_MAX + 1] = '\0';
    ck_assert_int_eq(plain(name), ST_INVALID);
    arena_free(mem);
}
END_TEST

START_TEST(test_pairs__their_number_is_bounded)
{
    begin();
    struct buf b = buf_new(mem, 1024);

    for (int i = 0; i < 5; i++)
        buf_z(&b, "a=1&");
    ck_assert_int_eq(pairs_urlencoded(mem, buf_view(&b), 5, &p), ST_OK);
    ck_assert_int_eq(pairs_urlencoded(mem, buf_view(&b), 4, &p), ST_TOO_LARGE);
    arena_free(mem);
}
END_TEST

static enum status parts(const char *type, const char *body)
{
    return pairs_multipart(mem, str_of(type), str_of(body), PAIRS_MAX, &p);
}

#define TYPE "multipart/form-data; boundary=XX"
#define FIELD(name, value)                                                                         \
    "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"

START_TEST(test_pairs__parts)
{
    begin();
    ck_assert_int_eq(parts(TYPE, FIELD("a", "uno") FIELD("b", "riga\r\nriga")
                                     FIELD("c", "--X\r\n--XY") "--XX--\r\n"),
                     ST_OK);
    IS("a", 0, "uno");
    IS("b", 0, "riga\r\nriga");
    IS("c", 0, "--X\r\n--XY");
    ck_assert_int_eq(
        parts("Multipart/Form-Data; charset=utf-8; boundary=\"XX\"", FIELD("a", "") "--XX--"),
        ST_OK);
    IS("a", 0, "");
    ck_assert_int_eq(parts(TYPE, "--XX--\r\n"), ST_OK);
    ck_assert_int_eq(p.n, 0);
    ck_assert_int_eq(parts(TYPE, FIELD("a\\\"b", "x") "--XX--"), ST_OK);
    IS("a\"b", 0, "x");
    arena_free(mem);
}
END_TEST

START_TEST(test_pairs__files)
{
    begin();
    ck_assert_int_eq(
        parts(TYPE, FIELD("a", "uno") "--XX\r\nContent-Disposition: form-data; name=\"f\"; "
                                      "filename=\"perch\xc3\xa9.csv\"\r\n"
                                      "Content-Type: text/csv\r\n\r\n\x01\xff,2\r\n--XX--\r\n"),
        ST_OK);
    const struct pair *f = pairs_at(&p, "f", 0, true);

    ck_assert_ptr_nonnull(f);
    ck_assert(str_eq_z(f->file_name, "perch\xc3\xa9.csv"));
    ck_assert(str_eq_z(f->type, "text/csv"));
    ck_assert(str_eq_z(f->value, "\x01\xff,2"));
    ck_assert_ptr_null(pairs_at(&p, "f", 0, false)); /* a file is no field */
    ck_assert_ptr_null(pairs_at(&p, "a", 0, true));
    arena_free(mem);
}
END_TEST

START_TEST(test_pairs__parts_that_do_not_hold_are_refused)
{
    static const struct {
        const char *type, *body;
    } bad[] = {
        {"multipart/form-data", FIELD("a", "1") "--XX--"},
        {"multipart/form-data; boundary=", FIELD("a", "1") "--XX--"},
        {"multipart/form-data; boundary=X X", FIELD("a", "1") "--XX--"},
        {"multipart/form-data; boundary=XX; boundary=XX", FIELD("a", "1") "--XX--"},
        {"multipart/form-data; boundary=\"XX", FIELD("a", "1") "--XX--"},
        {"multipart/mixed; boundary=XX", FIELD("a", "1") "--XX--"},
        {TYPE, ""},
        {TYPE, "preamble\r\n" FIELD("a", "1") "--XX--"},
        {TYPE, FIELD("a", "1")},
        {TYPE, FIELD("a", "1") "--XX"},
        {TYPE, FIELD("a", "1") "--XX--epilogue"},
        {TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"},
        {TYPE, "--XX\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: "
               "form-data; name=\"b\"\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\r\nno colon\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX--"},
        {TYPE, "--XX\nContent-Disposition: form-data; name=\"a\"\n\n1\n--XX--"},
        {TYPE, FIELD("a", "\xff") "--XX--"},
        {TYPE, FIELD("\xff", "a") "--XX--"},
    };

    begin();
    for (int i = 0; i < ARRAY_LEN(bad); i++)
        ck_assert_msg(parts(bad[i].type, bad[i].body) == ST_INVALID, "%d: %s\n%s", i, bad[i].type,
                      bad[i].body);
    arena_free(mem);
}
END_TEST

START_TEST(test_pairs__the_head_of_a_part_is_bounded)
{
    begin();
    struct buf b = buf_new(mem, 8192);

    buf_z(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nX: ");
    for (int i = 0; i < PART_HEADER_MAX; i++)
        buf_char(&b, 'x');
    buf_z(&b, "\r\n\r\n1\r\n--XX--");
    ck_assert_int_eq(pairs_multipart(mem, STR(TYPE), buf_view(&b), PAIRS_MAX, &p), ST_INVALID);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("pairs", test_pairs__names_and_values, test_pairs__what_is_not_text_is_refused,
          test_pairs__their_number_is_bounded, test_pairs__parts, test_pairs__files,
          test_pairs__parts_that_do_not_hold_are_refused, test_pairs__the_head_of_a_part_is_bounded)
