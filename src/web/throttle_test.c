/* throttle_test.c - points of an address, versions of an answer, answers in pieces as gzip, what may be framed and read elsewhere. */
#include "base/macros.h"
#include "unit.h"
#include "web/http_date.h"
#include "web/throttle.h"
#include "web/web_testing.h"
#include <string.h>
#include <zlib.h>

enum { POINTS = 60 };
#define CHANGED INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */

static enum status data(struct web *w)
{
    if (web_has_same(w, STR("7"), CHANGED))
        return ST_OK;
    web_set_type(w, "text/csv");
    buf_z(web_out(w), "a,b\n");
    return ST_OK;
}

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    int *n = state;

    for (int i = 0; i < 1000; i++)
        buf_fmt(web_out(w), "%d,%d\n", *n, i);
    *out_is_last = ++*n == 20;
    return ST_OK;
}

static enum status pieces(struct web *w)
{
    web_set_type(w, "text/csv");
    buf_z(web_out(w), "a,b\n");
    web_stream(w, piece, ARENA_NEW(web_ctx(w)->mem, int));
    return ST_OK;
}

static enum status framed(struct web *w)
{
    buf_z(web_out(w), "<p>here</p>");
    web_allow_frames(w);
    return ST_OK;
}

static enum status page(struct web *w)
{
    buf_z(web_out(w), "<p>here</p>");
    return ST_OK;
}

#define ROW(path, handler, cost) {GET, path, handler, ANYONE, TX_READ, CACHE_REVALIDATE, cost, "public", "thing", "view"}
static const struct route routes[] = {
    ROW("/page", page, COST_PAGE),          ROW("/framed", framed, COST_PAGE),       ROW("/dati/a.csv", data, COST_EXPORT),
    ROW("/dati/all.csv", pieces, COST_EXPORT), ROW("/api/v1/one", page, COST_PAGE), ROW("/api/v1/search", page, COST_SEARCH),
};

static struct web_testing t;

static void begin(void)
{
    struct web_limits l = web_testing_limits;

    l.points = POINTS;
    web_testing_begin(&t, routes, ARRAY_LEN(routes), NULL, &l);
}

static struct web_reply from(const char *target, const char *header)
{
    const char *headers[] = {header, NULL};

    return web_testing_ask(&t, "GET", target, headers, "");
}

static int number(const struct web_reply *r, const char *name)
{
    int64_t n = -1;

    str_to_int(str_of(web_testing_header(&t, r, name)), &n);
    return (int)n;
}

START_TEST(test_throttle__an_address_has_so_many_points_a_minute)
{
    static const char me[] = "X-Forwarded-For: 192.0.2.7", other[] = "X-Forwarded-For: 192.0.2.7, 198.51.100.9",
                      made_up[] = "X-Forwarded-For: 198.51.100.1, 192.0.2.7";
    struct web_reply r;

    begin();
    for (int i = 0; i < POINTS / 10; i++) {
        r = from("/dati/a.csv", me);
        ck_assert_int_eq(r.code, 200);
        ck_assert_int_eq(number(&r, "X-RateLimit-Limit"), POINTS);
        ck_assert_int_eq(number(&r, "X-RateLimit-Remaining"), POINTS - 10 * (i + 1));
    }
    r = from("/dati/a.csv", me);
    ck_assert_int_eq(r.code, 429);
    ck_assert_int_ge(number(&r, "Retry-After"), 5);
    ck_assert_int_le(number(&r, "Retry-After"), 10);
    r = from("/api/v1/one", me);
    ck_assert_int_eq(r.code, 429);
    ck_assert_str_eq(web_testing_header(&t, &r, "Content-Type"), "application/problem+json");
    ck_assert_int_eq(from("/page", me).code, 200);             /* people are not held back */
    ck_assert_int_eq(from("/dati/a.csv", other).code, 200);    /* the last one is who asks */
    ck_assert_int_eq(from("/dati/a.csv", made_up).code, 429);  /* whatever it wrote before itself */
    ck_assert_int_eq(from("/dati/a.csv", "Accept: */*").code, 200); /* from this machine, nobody in particular */
    web_testing_end(&t);
}
END_TEST

START_TEST(test_throttle__points_come_back_and_a_house_is_one_asker)
{
    struct arena *mem = arena_new(0);
    struct throttle *x = throttle_new(mem, POINTS);
    struct incoming in = {.has_address = true, .address = {0x20, 0x01, 0x0d, 0xb8, 1, 2, 3, 4, 9}};
    struct throttle_turn turn;

    for (int i = 0; i < POINTS / 5; i++)
        ck_assert(!throttle_take(x, &in, &routes[5], 1000000).is_refused);
    turn = throttle_take(x, &in, &routes[5], 1000000);
    ck_assert(turn.is_refused);
    ck_assert_int_eq(turn.retry_s, 5);
    in.address[15] = 77; /* the same /64 */
    ck_assert(throttle_take(x, &in, &routes[4], 1000000).is_refused);
    in.address[3] = 0xb9;
    ck_assert(!throttle_take(x, &in, &routes[4], 1000000).is_refused);
    in.address[3] = 0xb8;
    ck_assert(!throttle_take(x, &in, &routes[5], 1000000 + 5000000).is_refused);
    ck_assert(throttle_take(x, &in, &routes[5], 1000000 + 5000000).is_refused);
    ck_assert_int_eq(throttle_take(x, &in, &routes[4], 1000000 + 120000000).remaining, POINTS - 1);
    throttle_end(x);
    arena_free(mem);
}
END_TEST

START_TEST(test_version__what_has_not_changed_is_not_sent)
{
    struct web_reply r;

    begin();
    r = from("/dati/a.csv", "Accept: */*");
    const char *tag = str_fmt(t.mem, "If-None-Match: %s", web_testing_header(&t, &r, "ETag")).p;

    ck_assert_str_eq(web_testing_header(&t, &r, "Last-Modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
    r = from("/dati/a.csv", tag);
    ck_assert_int_eq(r.code, 304);
    ck_assert_uint_eq(r.body.n, 0);
    ck_assert_str_ne(web_testing_header(&t, &r, "ETag"), "");
    ck_assert_int_eq(from("/dati/a.csv", "If-None-Match: \"other\"").code, 200);
    ck_assert_int_eq(from("/dati/a.csv", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT").code, 304);
    ck_assert_int_eq(from("/dati/a.csv", "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT").code, 200);
    ck_assert_int_eq(from("/dati/a.csv", "If-Modified-Since: yesterday").code, 200);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_version__dates_of_http)
{
    static const char *const wrong[] = {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
                                        "Sun, 06 Nuv 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"};
    struct arena *mem = arena_new(0);
    int64_t at = 5;

    ck_assert(str_eq_z(http_date(mem, CHANGED), "Sun, 06 Nov 1994 08:49:37 GMT"));
    ck_assert(http_date_read(STR("Sun, 06 Nov 1994 08:49:37 GMT"), &at));
    ck_assert_int_eq(at, CHANGED);
    for (int i = 0; i < ARRAY_LEN(wrong); i++)
        ck_assert_msg(!http_date_read(str_of(wrong[i]), &at), "%s is read", wrong[i]);
    arena_free(mem);
}
END_TEST

START_TEST(test_stream__pieces_are_packed_as_one)
{
    static char plain[400000];
    struct web_reply whole, packed;
    z_stream z = {0};

    begin();
    whole = from("/dati/all.csv", "Accept: */*");
    packed = from("/dati/all.csv", "Accept-Encoding: gzip");
    ck_assert_str_eq(web_testing_header(&t, &whole, "Content-Encoding"), "");
    ck_assert_str_eq(web_testing_header(&t, &packed, "Content-Encoding"), "gzip");
    ck_assert_uint_lt(packed.body.n * 3, whole.body.n);
    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)packed.body.p;
    z.avail_in = (uInt)packed.body.n;
    z.next_out = (Bytef *)plain;
    z.avail_out = sizeof plain;
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(z.total_out, whole.body.n);
    ck_assert_int_eq(memcmp(plain, whole.body.p, whole.body.n), 0);
    inflateEnd(&z);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_frames__only_what_is_made_for_it)
{
    struct web_reply r;

    begin();
    r = from("/page", "Accept: */*");
    ck_assert_ptr_nonnull(strstr(web_testing_header(&t, &r, "Content-Security-Policy"), "frame-ancestors 'none'"));
    ck_assert_str_eq(web_testing_header(&t, &r, "Access-Control-Allow-Origin"), "");
    for (int i = 0; i < 2; i++) { /* the second time it might have been kept */
        r = from("/framed", "Accept: */*");
        ck_assert_ptr_nonnull(strstr(web_testing_header(&t, &r, "Content-Security-Policy"), "frame-ancestors *"));
        ck_assert_ptr_null(strstr(web_testing_header(&t, &r, "Content-Security-Policy"), "script-src"));
        r = from("/api/v1/one", "Accept: */*");
        ck_assert_str_eq(web_testing_header(&t, &r, "Access-Control-Allow-Origin"), "*");
        ck_assert_str_eq(web_testing_header(&t, &r, "Cross-Origin-Resource-Policy"), "cross-origin");
        ck_assert_ptr_nonnull(strstr(web_testing_header(&t, &r, "Content-Security-Policy"), "frame-ancestors 'none'"));
    }
    web_testing_end(&t);
}
END_TEST

UNIT_MAIN("throttle", test_throttle__an_address_has_so_many_points_a_minute, test_throttle__points_come_back_and_a_house_is_one_asker,
          test_version__what_has_not_changed_is_not_sent, test_version__dates_of_http, test_stream__pieces_are_packed_as_one,
          test_frames__only_what_is_made_for_it)
