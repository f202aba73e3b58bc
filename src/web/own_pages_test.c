#include "base/macros.h"
#include "unit.h"
#include "web/web_testing.h"
#include <string.h>

static enum status hello(struct web *w)
{
    buf_z(web_out(w), "ciao");
    return ST_OK;
}

static const struct route rows[] = {
    {GET, "/hello/:name", hello, ANYONE, TX_NONE, CACHE_NEVER, COST_PAGE, "public", "thing",
     "view"},
};

static struct web_testing t;

static bool holds(const struct web_reply *r, const char *z)
{
    return r->body.n > 0 && memmem(r->body.p, r->body.n, z, strlen(z)) != NULL;
}

#define HEADER_IS(r, name, want) ck_assert_str_eq(web_testing_header(&t, &(r), name), want)

START_TEST(test_own_pages__answer_while_the_rows_do_too)
{
    static const char *const proxied[] = {"X-Forwarded-For: 192.0.2.1", NULL};
    static const char *const brotli[] = {"Accept-Encoding: gzip, br", NULL};

    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    struct web_reply r = web_testing_get(&t, "/health");

    ck_assert_int_eq(r.code, 200);
    ck_assert(holds(&r, "\"ready\""));
    ck_assert_int_eq(web_testing_get(&t, "/hello/x").code, 200);
    r = web_testing_get(&t, "/metrics");
    ck_assert(
        holds(&r, "wecare_requests_total{route=\"/hello/:name\",method=\"GET\",code=\"200\"} 1"));
    ck_assert(holds(
        &r, "wecare_request_seconds_bucket{route=\"/hello/:name\",method=\"GET\",le=\"+Inf\"} 1"));
    ck_assert_int_eq(web_testing_ask(&t, "GET", "/metrics", proxied, NULL).code, 404);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/health", NULL, NULL).code, 405);
    ck_assert_int_eq(web_testing_get(&t, "/health/").code, 404);
    ck_assert_int_eq(web_testing_get(&t, "/en/health").code, 404);
    ck_assert_int_eq(web_testing_get(&t, "/assets/app.00000000.css").code, 404);
    r = web_testing_ask(&t, "GET", web_asset("app.css"), brotli, NULL);
    ck_assert_int_eq(r.code, 200);
    HEADER_IS(r, "Content-Encoding", "br");
    HEADER_IS(r, "Cache-Control", "public, max-age=31536000, immutable");
    const char *const tag[] = {
        str_fmt(t.mem, "If-None-Match: %s", web_testing_header(&t, &r, "ETag")).p, brotli[0], NULL};

    ck_assert_int_eq(web_testing_ask(&t, "GET", web_asset("app.css"), tag, NULL).code, 304);
    web_testing_end(&t);
}
END_TEST

UNIT_MAIN("own_pages", test_own_pages__answer_while_the_rows_do_too)
