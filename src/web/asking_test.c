/* asking_test.c - a POST of a page that only asks: long, without a token, from this site alone. */
#include "base/macros.h"
#include "unit.h"
#include "web/web.h"
#include "web/web_testing.h"
#include <stdlib.h>
#include <string.h>

static enum status asked_page(struct web *w)
{
    struct web_upload file = {.bytes = {"", 0}};

    web_upload_at(w, "file", 0, &file);
    buf_fmt(web_out(w), "%zu bytes, %zu in a file", web_field(w, "words").n, file.bytes.n);
    return ST_OK;
}

static const struct route rows[] = {
    {POST, "/ask", asked_page, ANYONE, TX_READ, CACHE_NEVER, COST_SEARCH, "public", "thing", "view", .asks_only = true, .body_kb = 128},
};

static const char *const urlencoded[] = {"Content-Type: application/x-www-form-urlencoded", NULL};

static struct web_reply ask(struct web_testing *t, const char *const *headers, struct str body)
{
    const struct web_ask one = {.method = "POST", .target = "/ask", .headers = headers, .body = body, .without_token = true};
    struct web_reply r;

    web_app_ask(t->app, t->mem, &one, &r);
    return r;
}

/* "words=aaa...", n letters. */
static struct str words(struct web_testing *t, size_t n)
{
    char *p = arena_alloc(t->mem, n + 6);

    memcpy(p, "words=", 6);
    memset(p + 6, 'a', n);
    return (struct str){p, n + 6};
}

START_TEST(test_asking__a_question_too_long_for_an_address)
{
    static const char *const elsewhere[] = {"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: cross-site", NULL};
    static const char *const other[] = {"Content-Type: application/x-www-form-urlencoded", "Origin: https://elsewhere.example", NULL};
    struct web_testing t;

    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    struct web_reply r = ask(&t, urlencoded, words(&t, 100 * 1024));

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(r.body, "102400 bytes, 0 in a file"));
    ck_assert_int_eq(ask(&t, urlencoded, words(&t, 130 * 1024)).code, 413);
    ck_assert_int_eq(ask(&t, elsewhere, words(&t, 10)).code, 403);
    ck_assert_int_eq(ask(&t, other, words(&t, 10)).code, 403);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_asking__a_file_comes_as_it_is)
{
    static const char *const multipart[] = {"Content-Type: multipart/form-data; boundary=XX", NULL};
    struct web_testing t;

    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    struct web_reply r = ask(&t, multipart, STR("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n"
                                                "PK\3\4\0\0\xff\r\n--XX--\r\n"));

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(r.body, "0 bytes, 7 in a file"));
    web_testing_end(&t);
}
END_TEST

UNIT_MAIN("asking", test_asking__a_question_too_long_for_an_address, test_asking__a_file_comes_as_it_is)
