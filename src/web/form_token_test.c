#include "unit.h"
#include "web/form_token.h"
#include <string.h>

static const unsigned char key[32] = "one key of 32 bytes, for a test.";
static const unsigned char other_key[32] = "another one, also of 32 bytes...";
enum { HOUR_MS = 3600000 };
static const int64_t now = 1700000000000;

START_TEST(test_form_token__holds_for_its_cookie_and_its_time)
{
    struct arena *mem = arena_new(0);
    const struct str cookie = form_cookie_new(mem), another = form_cookie_new(mem);
    const struct str token = form_token_new(mem, key, cookie, now);
    struct str nonce = {"", 0}, second = {"", 0};

    ck_assert_uint_eq(cookie.n, FORM_COOKIE_CHARS);
    ck_assert(form_cookie_looks_right(cookie));
    ck_assert(!str_eq(cookie, another));
    ck_assert(form_token_check(mem, key, cookie, token, now, &nonce));
    ck_assert_uint_eq(nonce.n, 32);
    ck_assert(form_token_check(mem, key, cookie, token, now + 23 * HOUR_MS, &second));
    ck_assert(str_eq(nonce, second));
    ck_assert(!form_token_check(mem, key, cookie, token, now + 24 * HOUR_MS, &second));
    ck_assert(!form_token_check(mem, key, cookie, token, now - HOUR_MS,
                                &second)); /* the clock went back */
    ck_assert(!form_token_check(mem, key, another, token, now, &second));
    ck_assert(!form_token_check(mem, other_key, cookie, token, now, &second));
    ck_assert(
        form_token_check(mem, key, cookie, form_token_new(mem, key, cookie, now), now, &second));
    ck_assert(!str_eq(nonce, second)); /* each form its own */
    arena_free(mem);
}
END_TEST

START_TEST(test_form_token__any_changed_letter_spoils_it)
{
    struct arena *mem = arena_new(0);
    const struct str cookie = form_cookie_new(mem);
    const struct str token = form_token_new(mem, key, cookie, now);
    struct str nonce;

    for (size_t i = 0; i < token.n; i++) {
        char *changed = (char *)(uintptr_t)str_copy(mem, token).p;

        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        ck_assert_msg(
            !form_token_check(mem, key, cookie, (struct str){changed, token.n}, now, &nonce), "%zu",
            i);
    }
    ck_assert(!form_token_check(mem, key, cookie, str_head(token, token.n - 1), now, &nonce));
    ck_assert(!form_token_check(mem, key, cookie, str_fmt(mem, "%.*sA", (int)token.n, token.p), now,
                                &nonce));
    ck_assert(!form_token_check(mem, key, cookie, STR(""), now, &nonce));
    ck_assert(!form_token_check(mem, key, STR(""), token, now, &nonce));
    ck_assert(!form_cookie_looks_right(STR("AAAAAAAAAAAAAAAAAAAA==")));
    ck_assert(!form_cookie_looks_right(STR("AAAAAAAAAAAAAAAAAAAAA;")));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("form_token", test_form_token__holds_for_its_cookie_and_its_time,
          test_form_token__any_changed_letter_spoils_it)
