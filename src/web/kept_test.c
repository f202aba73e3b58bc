#include "unit.h"
#include "web/kept.h"
#include "web/router.h"
#include <stdio.h>
#include <string.h>

static struct arena *mem;
static struct kept_pages *all;
enum { BYTES = 1024 * 1024 };

static void begin(void)
{
    struct router *r;
    struct str why;

    mem = arena_new(0);
    ck_assert_int_eq(router_new(mem, NULL, 0, &r, &why), ST_OK);
    all = kept_new(mem, BYTES, metrics_new(mem, r));
}

static void put(const char *key, int64_t version, struct str body)
{
    kept_put(all, str_of(key), version,
             &(struct kept_answer){body, STR("\"t\""), STR("text/html"), false});
}

static bool has(const char *key, int64_t version)
{
    struct kept *k = kept_find(all, str_of(key), version);

    kept_release(k);
    return k != NULL;
}

START_TEST(test_kept__holds_for_one_version)
{
    begin();
    put("a", 1, STR("uno"));
    struct kept *k = kept_find(all, STR("a"), 1);

    ck_assert_ptr_nonnull(k);
    ck_assert(str_eq_z(kept_answer_of(k)->body, "uno"));
    ck_assert(str_eq_z(kept_answer_of(k)->tag, "\"t\""));
    ck_assert(!has("a", 2));
    ck_assert(!has("a", 1)); /* it went when it was found old */
    ck_assert(!has("b", 1));
    ck_assert(str_eq_z(kept_answer_of(k)->body, "uno")); /* who sends it still holds it */
    kept_release(k);
    put("a", 2, STR("due"));
    put("a", 2, STR("tre"));
    k = kept_find(all, STR("a"), 2);
    ck_assert(str_eq_z(kept_answer_of(k)->body, "tre"));
    kept_release(k);
    kept_end(all);
    arena_free(mem);
}
END_TEST

START_TEST(test_kept__what_was_asked_for_longest_ago_goes_first)
{
    static char page[20000];
    char key[32];
    int n_left = 0;

    begin();
    put("often", 1, STR("x"));
    for (int i = 0; i < 500; i++) {
        snprintf(key, sizeof key, "page-%d", i);
        put(key, 1, (struct str){page, sizeof page});
        ck_assert(has("often", 1));
        ck_assert_int_le(kept_bytes(all), BYTES);
    }
    for (int i = 0; i < 500; i++) {
        snprintf(key, sizeof key, "page-%d", i);
        n_left += has(key, 1);
    }
    ck_assert_int_ge(n_left, 15); /* 48 KB each */
    ck_assert_int_le(n_left, 25);
    ck_assert(has("page-499", 1));
    ck_assert(!has("page-0", 1));
    kept_end(all);
    arena_free(mem);
}
END_TEST

START_TEST(test_kept__a_huge_page_does_not_push_the_others_out)
{
    static char page[BYTES];

    begin();
    put("a", 1, STR("x"));
    put("huge", 1, (struct str){page, sizeof page});
    ck_assert(!has("huge", 1));
    ck_assert(has("a", 1));
    kept_end(all);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("kept", test_kept__holds_for_one_version,
          test_kept__what_was_asked_for_longest_ago_goes_first,
          test_kept__a_huge_page_does_not_push_the_others_out)
