#include "base/macros.h"
#include "unit.h"
#include "web/accepts.h"
#include <string.h>

enum { G = ACCEPTS_GZIP, B = ACCEPTS_BROTLI };

START_TEST(test_accepts__encodings_with_their_weights)
{
    static const struct {
        const char *header;
        int want;
    } cases[] = {
        {"", 0},
        {"gzip", G},
        {"GZIP", G},
        {"x-gzip", G},
        {"br", B},
        {"gzip, deflate, br, zstd", G | B},
        {"gzip;q=0", 0},
        {"gzip;q=0.0", 0},
        {"gzip;q=0.000", 0},
        {"gzip;q=0.001", G},
        {"gzip;q=1.000", G},
        {"gzip ; q = 0.5 , br ; Q=0", G},
        {"*", G | B},
        {"*;q=0", 0},
        {"br, *;q=0", B},
        {"gzip;q=0, *", B},
        {"identity", 0},
        {"identity;q=0", 0},
        {", ,gzip,", G},
        {"gzip;q=2", 0}, /* cannot be read: the plain bytes */
        {"gzip;q=1.5", 0},
        {"gzip;q=0.1234", 0},
        {"gzip;q=-1", 0},
        {"gzip;q=", 0},
        {"gzip;q=a, br", 0},
        {"gzip;level=9", 0},
        {"gzipped", 0},
        {"deflate", 0},
    };

    for (int i = 0; i < ARRAY_LEN(cases); i++)
        ck_assert_msg(accepts_encodings(str_of(cases[i].header)) == cases[i].want, "%s: %d",
                      cases[i].header, accepts_encodings(str_of(cases[i].header)));
}
END_TEST

START_TEST(test_accepts__json_rather_than_html)
{
    ck_assert(accepts_json(STR("application/json")));
    ck_assert(accepts_json(STR("application/problem+json, text/html;q=0.5")));
    ck_assert(
        !accepts_json(STR("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
    ck_assert(!accepts_json(STR("text/html, application/json;q=0.9")));
    ck_assert(!accepts_json(STR("*/*")));
    ck_assert(!accepts_json(STR("")));
    ck_assert(!accepts_json(STR("application/json;q=0")));
}
END_TEST

START_TEST(test_accepts__lists_of_tags)
{
    ck_assert(accepts_holds_tag(STR("\"a\""), STR("\"a\"")));
    ck_assert(accepts_holds_tag(STR("\"b\", W/\"a\""), STR("\"a\"")));
    ck_assert(accepts_holds_tag(STR("*"), STR("\"a\"")));
    ck_assert(!accepts_holds_tag(STR("\"a-g\""), STR("\"a\"")));
    ck_assert(!accepts_holds_tag(STR("a"), STR("\"a\"")));
    ck_assert(!accepts_holds_tag(STR(""), STR("\"a\"")));
}
END_TEST

START_TEST(test_accepts__what_would_not_be_shorter_is_not_packed)
{
    struct arena *mem = arena_new(0);
    unsigned char noise[4096];

    random_bytes(noise, sizeof noise);
    ck_assert_uint_eq(gzip_pack(mem, (struct str){(char *)noise, sizeof noise}, GZIP_FAST).n, 0);
    memset(noise, 'a', sizeof noise);
    const struct str packed = gzip_pack(mem, (struct str){(char *)noise, sizeof noise}, GZIP_SMALL);

    ck_assert_uint_gt(packed.n, 18);
    ck_assert_uint_lt(packed.n, 200);
    ck_assert_int_eq((unsigned char)packed.p[0], 0x1f);
    ck_assert_int_eq((unsigned char)packed.p[1], 0x8b);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("accepts", test_accepts__encodings_with_their_weights,
          test_accepts__json_rather_than_html, test_accepts__lists_of_tags,
          test_accepts__what_would_not_be_shorter_is_not_packed)
