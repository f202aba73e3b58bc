#include "base/macros.h"
#include "unit.h"
#include "web/request_target.h"
#include <string.h>

START_TEST(test_request_target__one_road_has_one_address)
{
    static const struct {
        const char *raw, *path, *query, *second;
        int n;
        enum lang lang;
        bool last_slash;
    } good[] = {
        {"/", "/", "", "", 0, LANG_IT, false},
        {"/a", "/a", "", "", 1, LANG_IT, false},
        {"/a/b?c=d?e", "/a/b", "c=d?e", "b", 2, LANG_IT, false},
        {"/a/Cuorgn%C3%A8", "/a/Cuorgn%C3%A8", "", "Cuorgn\xc3\xa8", 2, LANG_IT, false},
        {"/a/%41%20b", "/a/%41%20b", "", "A b", 2, LANG_IT, false},
        {"/a/b/", "/a/b", "", "b", 2, LANG_IT, true},
        {"/en", "/", "", "", 0, LANG_EN, false},
        {"/en/", "/", "", "", 0, LANG_EN, false},
        {"/en/a/b?q", "/a/b", "q", "b", 2, LANG_EN, false},
        {"/en/a/", "/a", "", "", 1, LANG_EN, true},
        {"/english", "/english", "", "", 1, LANG_IT, false},
        {"/it/a", "/it/a", "", "a", 2, LANG_IT, false},
        {"/a/...", "/a/...", "", "...", 2, LANG_IT, false},
        {"/a/+", "/a/+", "", "+", 2, LANG_IT, false},
        {"/?", "/", "", "", 0, LANG_IT, false},
    };
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(good); i++) {
        struct target t;

        ck_assert_msg(target_read(mem, str_of(good[i].raw), &t) == ST_OK, "%s", good[i].raw);
        ck_assert_msg(str_eq_z(t.path, good[i].path), "%s: %.*s", good[i].raw, (int)t.path.n,
                      t.path.p);
        ck_assert(str_eq_z(t.query, good[i].query));
        ck_assert_int_eq(t.n_segments, good[i].n);
        ck_assert_int_eq(t.lang, good[i].lang);
        ck_assert_msg(t.has_last_slash == good[i].last_slash, "%s", good[i].raw);
        if (*good[i].second != '\0')
            ck_assert(str_eq_z(t.segments[1], good[i].second));
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_request_target__what_could_mean_two_things_is_refused)
{
    static const char *const bad[] = {
        "",         "a",       "*",      "http://x/",  "//",      "//a",    "/a//b",
        "/a//",     "/.",      "/..",    "/a/..",      "/a/./b",  "/%2e",   "/%2E%2e/a",
        "/a/.%2e",  "/a%2fb",  "/a%2Fb", "/a%5cb",     "/a\\b",   "/a%00",  "/%00",
        "/a%0d%0a", "/a%1f",   "/a%7f",  "/a%",        "/a%4",    "/a%zz",  "/%",
        "/a b",     "/a\tb",   "/a\x01", "/a\xc3\xa8", "/a#b",    "/a<b",   "/a>b",
        "/a\"b",    "/%C3%28", "/%ff",   "/%ED%A0%80", "/%C0%AE", "/a?b c", "/a?\xc3\xa8",
        "/a?b#c",   "/%65n/a", "/e%6e"};
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(bad); i++) {
        struct target t;

        ck_assert_msg(target_read(mem, str_of(bad[i]), &t) == ST_INVALID, "%s", bad[i]);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_request_target__sizes_are_bounded)
{
    static char raw[TARGET_MAX + 2];
    struct arena *mem = arena_new(0);
    struct target t;

    memset(raw, 'a', sizeof raw);
    raw[0] = '/';
    ck_assert_int_eq(target_read(mem, (struct str){raw, TARGET_MAX}, &t), ST_OK);
    ck_assert_int_eq(target_read(mem, (struct str){raw, TARGET_MAX + 1}, &t), ST_TOO_LARGE);
    for (int i = 0; i < 2 * TARGET_SEGMENTS; i += 2)
        raw[i] = '/';
    ck_assert_int_eq(target_read(mem, (struct str){raw, 2 * TARGET_SEGMENTS}, &t), ST_OK);
    ck_assert_int_eq(t.n_segments, TARGET_SEGMENTS);
    raw[2 * TARGET_SEGMENTS] = '/';
    ck_assert_int_eq(target_read(mem, (struct str){raw, 2 * TARGET_SEGMENTS + 2}, &t),
                     ST_TOO_LARGE);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("request_target", test_request_target__one_road_has_one_address,
          test_request_target__what_could_mean_two_things_is_refused,
          test_request_target__sizes_are_bounded)
