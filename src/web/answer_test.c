#include "unit.h"
#include "web/web_testing.h"
#include <string.h>
#include <zlib.h>

/* ---- rows ---- */

static enum status hello(struct web *w)
{
    buf_fmt(web_out(w), "ciao %d ", (int)web_lang(w));
    buf_str(web_out(w), web_path_value(w, "name"));
    buf_char(web_out(w), ' ');
    buf_str(web_out(w), web_query(w, "q"));
    return ST_OK;
}

static enum status fixed(struct web *w)
{
    buf_z(web_out(w), "the fixed one");
    return ST_OK;
}

static enum status form(struct web *w)
{
    buf_str(web_out(w), web_form_token(w));
    return ST_OK;
}

static enum status long_page(struct web *w)
{
    for (int i = 0; i < 2000; i++)
        buf_fmt(web_out(w), "<p>riga %d</p>", i);
    return ST_OK;
}

static enum status endless(struct web *w)
{
    for (;;)
        buf_z(web_out(w), "never enough, never enough, never enough, never enough. ");
    return ST_OK;
}

static enum status counting(struct web *w)
{
    return db_exec(web_ctx(w)->tx, "SELECT 1");
}

static enum status send_note(struct web *w)
{
    const struct str words = web_field(w, "words");
    const enum status st = web_testing_note(web_ctx(w), str_z(web_ctx(w)->mem, words));

    if (st != ST_OK)
        return st;
    if (str_eq(words, STR("wrong"))) {
        web_set_code(w, 422);
        buf_z(web_out(w), "the form again");
        return ST_OK;
    }
    if (str_eq(words, STR("conflict"))) {
        buf_z(web_out(w), "half a page");
        return fail(web_ctx(w), ST_CONFLICT, "web.busy-title");
    }
    if (str_eq(words, STR("endless")))
        return endless(w);
    if (str_eq(words, STR("nonce"))) {
        buf_str(web_out(w), web_form_nonce(w));
        return ST_OK;
    }
    return web_redirect(w, STR("/hello/x"));
}

static enum status download(struct web *w)
{
    web_set_type(w, "text/csv; charset=utf-8");
    web_set_download(w, STR("Cuorgn\xc3\xa8 \"x\"\r\nSet-Cookie: a=b.csv"));
    return ST_OK;
}

static enum status away(struct web *w)
{
    return web_redirect(w, web_query(w, "to"));
}

static int n_runs;

static enum status counted(struct web *w)
{
    n_runs++;
    buf_fmt(web_out(w), "%lld ", (long long)n_runs);
    buf_str(web_out(w), web_origin(w));
    if (str_eq_z(web_query(w, "look"), "1"))
        buf_str(web_out(w), web_header(w, "User-Agent"));
    return str_eq_z(web_query(w, "none"), "1") ? ST_NOT_FOUND : ST_OK;
}

#define ROW(method, path, handler, tx, cache)                                                      \
    {                                                                                              \
        method, path, handler, ANYONE, tx, cache, COST_PAGE, "public", "thing", "view"             \
    }
static const struct route rows[] = {
    ROW(GET, "/", fixed, TX_NONE, CACHE_REVALIDATE),
    ROW(GET, "/hello/:name", hello, TX_NONE, CACHE_SHORT),
    ROW(GET, "/hello/fixed", fixed, TX_READ, CACHE_REVALIDATE),
    ROW(GET, "/form", form, TX_NONE, CACHE_REVALIDATE),
    ROW(GET, "/long", long_page, TX_NONE, CACHE_REVALIDATE),
    ROW(GET, "/endless", endless, TX_READ, CACHE_NEVER),
    ROW(GET, "/count", counting, TX_READ, CACHE_NEVER),
    ROW(POST, "/note", send_note, TX_WRITE, CACHE_NEVER),
    ROW(GET, "/counted", counted, TX_READ, CACHE_REVALIDATE),
    ROW(GET, "/counted/never", counted, TX_READ, CACHE_NEVER),
    ROW(GET, "/download", download, TX_NONE, CACHE_NEVER),
    ROW(GET, "/away", away, TX_NONE, CACHE_NEVER),
    {GET, "/closed", fixed, SIGNED_IN, TX_NONE, CACHE_NEVER, COST_PAGE, "public", "thing", "view"},
    ROW(GET, "/api/v1/thing", fixed, TX_NONE, CACHE_REVALIDATE),
};

static struct web_testing t;

static void begin(void)
{
    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
}

static bool holds(const struct web_reply *r, const char *z)
{
    return r->body.n > 0 && memmem(r->body.p, r->body.n, z, strlen(z)) != NULL;
}

#define HEADER_IS(r, name, want) ck_assert_str_eq(web_testing_header(&t, &(r), name), want)

START_TEST(test_answer__values_of_path_and_query)
{
    begin();
    struct web_reply r = web_testing_get(&t, "/hello/Cuorgn%C3%A8?q=a+b%26c&q=2");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(r.body, "ciao 0 Cuorgn\xc3\xa8 a b&c"));
    HEADER_IS(r, "Content-Type", "text/html; charset=utf-8");
    HEADER_IS(r, "Cache-Control", "public, max-age=60");
    r = web_testing_get(&t, "/en/hello/x");
    ck_assert(str_eq_z(r.body, "ciao 1 x "));
    r = web_testing_get(&t, "/hello/fixed");
    ck_assert(str_eq_z(r.body, "the fixed one"));
    ck_assert_int_eq(web_testing_get(&t, "/en").code, 200);
    ck_assert_int_eq(web_testing_get(&t, "/en/").code, 200);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__not_there_and_not_this_way)
{
    begin();
    ck_assert_int_eq(web_testing_get(&t, "/nowhere").code, 404);
    ck_assert_int_eq(web_testing_get(&t, "/it/hello/x").code, 404);
    struct web_reply r = web_testing_ask(&t, "POST", "/hello/x", NULL, "");

    ck_assert_int_eq(r.code, 405);
    HEADER_IS(r, "Allow", "GET, HEAD");
    r = web_testing_ask(&t, "DELETE", "/note", NULL, NULL);
    ck_assert_int_eq(r.code, 405);
    HEADER_IS(r, "Allow", "POST");
    r = web_testing_ask(&t, "HEAD", "/long", NULL, NULL);
    ck_assert_int_eq(r.code, 200);
    ck_assert_uint_eq(r.body.n, 0);
    ck_assert_int_eq(web_testing_get(&t, "/closed").code, 403);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__a_last_slash_is_sent_to_the_one_address)
{
    begin();
    struct web_reply r = web_testing_get(&t, "/en/hello/x%20y/?q=1");

    ck_assert_int_eq(r.code, 308);
    HEADER_IS(r, "Location", "/en/hello/x%20y?q=1");
    ck_assert_int_eq(web_testing_get(&t, "/nowhere/").code, 404);
    ck_assert_int_eq(web_testing_get(&t, "//evil.example/").code, 400);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__every_answer_says_what_a_browser_may_do)
{
    static const char *const targets[] = {"/",           "/nowhere", "/form",
                                          "/endless",    "/health",  "/%zz",
                                          "/robots.txt", "/closed",  "/assets/none.css"};

    begin();
    for (int i = 0; i < ARRAY_LEN(targets); i++) {
        const struct web_reply r = web_testing_get(&t, targets[i]);
        const char *csp = web_testing_header(&t, &r, "Content-Security-Policy");

        ck_assert_msg(strstr(csp, "default-src 'none'") != NULL, "%s", targets[i]);
        ck_assert_ptr_null(strstr(csp, "unsafe"));
        ck_assert_ptr_nonnull(strstr(csp, "frame-ancestors 'none'"));
        HEADER_IS(r, "X-Content-Type-Options", "nosniff");
        HEADER_IS(r, "Referrer-Policy", "same-origin");
        HEADER_IS(r, "Cross-Origin-Opener-Policy", "same-origin");
        HEADER_IS(r, "Strict-Transport-Security", "");
        ck_assert_str_ne(web_testing_header(&t, &r, "Cache-Control"), "");
    }
    web_testing_end(&t);
    web_testing_begin(&t, rows, ARRAY_LEN(rows), "https://portale.example.it", NULL);
    const struct web_reply r = web_testing_get(&t, "/");

    HEADER_IS(r, "Strict-Transport-Security", "max-age=31536000");
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__only_a_page_with_a_form_sets_a_cookie_and_is_not_kept)
{
    begin();
    struct web_reply r = web_testing_get(&t, "/hello/x");

    HEADER_IS(r, "Set-Cookie", "");
    r = web_testing_get(&t, "/form"); /* its row says it may be kept: the token wins */
    HEADER_IS(r, "Cache-Control", "no-store");
    HEADER_IS(r, "ETag", "");
    const char *cookie = web_testing_header(&t, &r, "Set-Cookie");

    ck_assert_int_eq(strncmp(cookie, "form=", 5), 0);
    ck_assert_ptr_nonnull(strstr(cookie, "; Path=/; HttpOnly; SameSite=Lax"));
    ck_assert_ptr_null(strstr(cookie, "Secure"));
    /* Who has the cookie keeps it: no second one. */
    const char *const headers[] = {str_fmt(t.mem, "Cookie: a=b; %.27s", cookie).p, NULL};

    r = web_testing_ask(&t, "GET", "/form", headers, NULL);
    HEADER_IS(r, "Set-Cookie", "");
    web_testing_end(&t);
    web_testing_begin(&t, rows, ARRAY_LEN(rows), "https://portale.example.it", NULL);
    r = web_testing_get(&t, "/form");
    cookie = web_testing_header(&t, &r, "Set-Cookie");
    ck_assert_int_eq(strncmp(cookie, "__Host-form=", 12), 0);
    ck_assert_ptr_nonnull(strstr(cookie, "; Secure"));
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__an_entity_tag_spares_the_second_transfer)
{
    begin();
    struct web_reply r = web_testing_get(&t, "/long");
    const char *tag = web_testing_header(&t, &r, "ETag");
    const char *const asks[] = {str_fmt(t.mem, "If-None-Match: \"other\", W/%s", tag).p, NULL};
    const char *const packed[] = {str_fmt(t.mem, "If-None-Match: %s", tag).p,
                                  "Accept-Encoding: gzip", NULL};

    ck_assert_str_ne(tag, "");
    r = web_testing_ask(&t, "GET", "/long", asks, NULL);
    ck_assert_int_eq(r.code, 304);
    ck_assert_uint_eq(r.body.n, 0);
    HEADER_IS(r, "ETag", tag);
    /* The packed bytes are other bytes: another tag. */
    r = web_testing_ask(&t, "GET", "/long", packed, NULL);
    ck_assert_int_eq(r.code, 200);
    ck_assert_str_ne(web_testing_header(&t, &r, "ETag"), tag);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__text_is_packed_for_who_can_read_it)
{
    static const char *const gzip[] = {"Accept-Encoding: br;q=0, gzip;q=0.5", NULL};
    static const char *const refused[] = {"Accept-Encoding: gzip;q=0", NULL};
    char plain[64 * 1024];

    begin();
    const struct web_reply whole = web_testing_get(&t, "/long");
    struct web_reply r = web_testing_ask(&t, "GET", "/long", gzip, NULL);

    HEADER_IS(r, "Content-Encoding", "gzip");
    ck_assert_ptr_nonnull(strstr(web_testing_header(&t, &r, "Vary"), "Accept-Encoding"));
    ck_assert_uint_lt(r.body.n * 3, whole.body.n);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)r.body.p,
                  .avail_in = (uInt)r.body.n,
                  .next_out = (Bytef *)plain,
                  .avail_out = sizeof plain};

    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert_uint_eq(z.total_out, whole.body.n);
    ck_assert_mem_eq(plain, whole.body.p, whole.body.n);
    inflateEnd(&z);
    r = web_testing_ask(&t, "GET", "/long", refused, NULL);
    HEADER_IS(r, "Content-Encoding", "");
    r = web_testing_ask(&t, "GET", "/", gzip, NULL); /* too small to be worth it */
    HEADER_IS(r, "Content-Encoding", "");
    web_testing_end(&t);
}
END_TEST

static const char *const urlencoded[] = {"Content-Type: application/x-www-form-urlencoded", NULL};

START_TEST(test_answer__a_post_writes_and_leads_on)
{
    begin();
    struct web_reply r = web_testing_ask(&t, "POST", "/en/note", urlencoded, "words=hello");

    ck_assert_int_eq(r.code, 303);
    HEADER_IS(r, "Location", "/en/hello/x");
    HEADER_IS(r, "Cache-Control", "no-store");
    ck_assert_int_eq(web_testing_notes(&t), 1);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__what_is_refused_leaves_nothing_behind)
{
    begin();
    struct web_reply r = web_testing_ask(&t, "POST", "/note", urlencoded, "words=wrong");

    ck_assert_int_eq(r.code, 422);
    ck_assert(holds(&r, "the form again"));
    r = web_testing_ask(&t, "POST", "/note", urlencoded, "words=conflict");
    ck_assert_int_eq(r.code, 409);
    ck_assert(!holds(&r, "half a page"));
    r = web_testing_ask(&t, "POST", "/note", urlencoded, "words=endless");
    ck_assert_int_eq(r.code, 503);
    ck_assert_int_eq(web_testing_notes(&t), 0);
    /* The writer is well. */
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", urlencoded, "words=a").code, 303);
    ck_assert_int_eq(web_testing_notes(&t), 1);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__a_page_that_outgrows_its_memory_harms_nobody)
{
    begin();
    for (int i = 0; i < 20; i++) { /* more than there are readers: each was given back */
        const struct web_reply r = web_testing_get(&t, "/endless");

        ck_assert_int_eq(r.code, 503);
        ck_assert_str_ne(web_testing_header(&t, &r, "Retry-After"), "");
        ck_assert(!holds(&r, "never enough"));
        ck_assert_int_eq(web_testing_get(&t, "/count").code, 200);
    }
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__a_forged_post_is_refused)
{
    static const char *const from_elsewhere[] = {"Content-Type: application/x-www-form-urlencoded",
                                                 "Origin: https://evil.example", NULL};
    static const char *const cross_site[] = {"Content-Type: application/x-www-form-urlencoded",
                                             "Sec-Fetch-Site: cross-site", NULL};
    static const char *const same_site[] = {"Content-Type: application/x-www-form-urlencoded",
                                            "Sec-Fetch-Site: same-site", NULL};
    static const char *const null_origin[] = {"Content-Type: application/x-www-form-urlencoded",
                                              "Origin: null", NULL};
    static const char *const ours[] = {"Content-Type: application/x-www-form-urlencoded",
                                       "Origin: http://localhost", "Sec-Fetch-Site: same-origin",
                                       NULL};
    struct web_reply r = {0};

    begin();
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", from_elsewhere, "words=a").code, 403);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", cross_site, "words=a").code, 403);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", same_site, "words=a").code, 403);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", null_origin, "words=a").code, 403);
    web_app_ask(t.app, t.mem,
                &(struct web_ask){.method = "POST",
                                  .target = "/note",
                                  .headers = urlencoded,
                                  .body = STR("words=a"),
                                  .without_token = true},
                &r);
    ck_assert_int_eq(r.code, 403);
    ck_assert_int_eq(web_testing_notes(&t), 0);
    /* A handler that does not look at its problems writes nothing either when the form is late. */
    web_app_ask(t.app, t.mem,
                &(struct web_ask){.method = "POST",
                                  .target = "/note",
                                  .headers = ours,
                                  .body = STR("words=a"),
                                  .without_token = true},
                &r);
    ck_assert_int_eq(r.code, 403);
    ck_assert_int_eq(web_testing_notes(&t), 0);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", ours, "words=a").code, 303);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__the_nonce_is_that_of_the_form_shown)
{
    struct web_reply first = {0}, second = {0};

    begin();
    const struct web_reply page = web_testing_get(&t, "/form");
    const char *cookie = web_testing_header(&t, &page, "Set-Cookie");
    const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded",
                                   str_fmt(t.mem, "Cookie: %.27s", cookie).p, NULL};
    const struct web_ask ask = {
        .method = "POST",
        .target = "/note",
        .headers = headers,
        .body = str_fmt(t.mem, "words=nonce&form_token=%.*s", (int)page.body.n, page.body.p),
        .without_token = true};

    web_app_ask(t.app, t.mem, &ask, &first);
    web_app_ask(t.app, t.mem, &ask, &second);
    ck_assert_int_eq(first.code, 200);
    ck_assert_uint_eq(first.body.n, 32);
    ck_assert(str_eq(first.body, second.body));
    /* Another browser's cookie does not go with it. */
    const char *const others[] = {headers[0], "Cookie: form=AAAAAAAAAAAAAAAAAAAAAA", NULL};
    struct web_ask stolen = ask;

    stolen.headers = others;
    web_app_ask(t.app, t.mem, &stolen, &second);
    ck_assert_int_eq(second.code, 403);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__forms_that_cannot_be_read_are_answered)
{
    static const char *const multipart[] = {"Content-Type: multipart/form-data; boundary=XX", NULL};
    static const char *const json[] = {"Content-Type: application/json", NULL};
    char *big = calloc(1, 70 * 1024);

    begin();
    memset(big, 'a', 70 * 1024 - 1);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", urlencoded, "words=%ff").code, 400);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", urlencoded, "words=%00").code, 400);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", json, "{}").code, 415);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", urlencoded, big).code, 413);
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", multipart, "rubbish").code, 400);
    ck_assert_int_eq(
        web_testing_ask(&t, "POST", "/note", multipart,
                        "--XX\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n"
                        "hello\r\n--XX--\r\n")
            .code,
        303);
    ck_assert_int_eq(web_testing_notes(&t), 1);
    free(big);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__programs_get_a_problem_document)
{
    static const char *const json[] = {"Accept: application/json",
                                       "Content-Type: application/x-www-form-urlencoded", NULL};

    begin();
    struct web_reply r = web_testing_get(&t, "/api/v1/none");

    ck_assert_int_eq(r.code, 404);
    HEADER_IS(r, "Content-Type", "application/problem+json");
    ck_assert(holds(&r, "\"status\":404"));
    r = web_testing_ask(&t, "POST", "/note", json, "words=conflict");
    ck_assert_int_eq(r.code, 409);
    ck_assert(holds(&r, "\"key\":\"web.busy-title\""));
    ck_assert(holds(&r, "Un momento"));
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__nothing_can_be_put_into_a_header)
{
    begin();
    struct web_reply r = web_testing_get(&t, "/away?to=%2Fa%0D%0ASet-Cookie:%20x=y");

    HEADER_IS(r, "Location", "/a%0D%0ASet-Cookie:%20x=y");
    r = web_testing_get(&t, "/away?to=%2F%2Fevil.example");
    HEADER_IS(r, "Location", "/");
    r = web_testing_get(&t, "/away?to=https://evil.example");
    HEADER_IS(r, "Location", "/");
    r = web_testing_get(&t, "/away?to=/%5Cevil.example");
    HEADER_IS(r, "Location", "/");
    r = web_testing_get(&t, "/download");
    HEADER_IS(r, "Set-Cookie", "");
    ck_assert_ptr_nonnull(
        strstr(web_testing_header(&t, &r, "Content-Disposition"), "filename*=UTF-8''Cuorgn%C3%A8"));
    web_testing_end(&t);
}
END_TEST

static enum status decide(void *arg, struct web *w, const struct route *row, struct actor *out)
{
    (void)w;
    *out = (struct actor){.account_id = *(int64_t *)arg};
    return row->who == ANYONE || *(int64_t *)arg != 0 ? ST_OK : ST_DENIED;
}

START_TEST(test_answer__the_hook_decides_and_what_is_somebodys_is_not_kept)
{
    int64_t account = 0;

    begin();
    web_app_set_access(t.app, decide, &account);
    ck_assert_int_eq(web_testing_get(&t, "/closed").code, 403);
    account = 7;
    ck_assert_int_eq(web_testing_get(&t, "/closed").code, 200);
    const struct web_reply r = web_testing_get(&t, "/"); /* a public row, asked by somebody */

    HEADER_IS(r, "Cache-Control", "no-store");
    web_testing_end(&t);
}
END_TEST

static int runs(const char *target, const char *const *headers)
{
    const int before = n_runs;

    ck_assert_int_ne(web_testing_ask(&t, "GET", target, headers, NULL).code, 500);
    return n_runs - before;
}

START_TEST(test_answer__a_public_page_is_written_once_until_the_data_change)
{
    static const char *const gzip[] = {"Accept-Encoding: gzip", NULL};
    static const char *const swap[] = {"HX-Request: true", NULL};
    static const char *const other_host[] = {"Host: other", NULL};

    begin();
    ck_assert_int_eq(runs("/counted", NULL), 1);
    const struct web_reply first = web_testing_get(&t, "/counted");

    ck_assert_int_eq(n_runs, 1);
    ck_assert(holds(&first, "1 http://localhost"));
    HEADER_IS(first, "Cache-Control", "public, max-age=0, must-revalidate");
    ck_assert_str_ne(web_testing_header(&t, &first, "ETag"), "");
    ck_assert_ptr_nonnull(
        strstr(web_testing_header(&t, &first, "Content-Security-Policy"), "'none'"));
    const char *const tag[] = {
        str_fmt(t.mem, "If-None-Match: %s", web_testing_header(&t, &first, "ETag")).p, NULL};

    ck_assert_int_eq(web_testing_ask(&t, "GET", "/counted", tag, NULL).code, 304);
    ck_assert_int_eq(n_runs, 1);
    /* Whatever a page may depend on makes it another page. */
    ck_assert_int_eq(runs("/counted?x=1", NULL), 1);
    ck_assert_int_eq(runs("/en/counted", NULL), 1);
    ck_assert_int_eq(runs("/counted", gzip), 1);
    ck_assert_int_eq(runs("/counted", swap), 1);
    ck_assert_int_eq(runs("/counted", other_host), 1);
    ck_assert_int_eq(runs("/counted", NULL), 0);
    ck_assert_int_eq(runs("/counted", other_host), 0);
    /* The data change. */
    ck_assert_int_eq(web_testing_ask(&t, "POST", "/note", urlencoded, "words=hello").code, 303);
    ck_assert_int_eq(runs("/counted", NULL), 1);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_answer__what_may_differ_is_written_anew)
{
    static const char *const agent[] = {"User-Agent: somebody", NULL};
    int64_t account = 7;

    begin();
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(runs("/counted/never", NULL), 1);
        ck_assert_int_eq(runs("/counted?look=1", agent), 1);
        ck_assert_int_eq(runs("/counted?none=1", NULL), 1);
    }
    const struct web_reply a = web_testing_get(&t, "/form"), b = web_testing_get(&t, "/form");

    ck_assert(!str_eq(a.body, b.body)); /* a form's token is nobody else's */
    web_app_set_access(t.app, decide, &account);
    ck_assert_int_eq(runs("/counted", NULL), 1);
    ck_assert_int_eq(runs("/counted", NULL), 1);
    account = 0;
    ck_assert_int_eq(runs("/counted", NULL),
                     1); /* nothing of what somebody saw is left for others */
    web_testing_end(&t);
}
END_TEST

UNIT_MAIN("answer", test_answer__values_of_path_and_query, test_answer__not_there_and_not_this_way,
          test_answer__a_last_slash_is_sent_to_the_one_address,
          test_answer__every_answer_says_what_a_browser_may_do,
          test_answer__only_a_page_with_a_form_sets_a_cookie_and_is_not_kept,
          test_answer__an_entity_tag_spares_the_second_transfer,
          test_answer__text_is_packed_for_who_can_read_it, test_answer__a_post_writes_and_leads_on,
          test_answer__what_is_refused_leaves_nothing_behind,
          test_answer__a_page_that_outgrows_its_memory_harms_nobody,
          test_answer__a_forged_post_is_refused, test_answer__the_nonce_is_that_of_the_form_shown,
          test_answer__forms_that_cannot_be_read_are_answered,
          test_answer__programs_get_a_problem_document,
          test_answer__nothing_can_be_put_into_a_header,
          test_answer__the_hook_decides_and_what_is_somebodys_is_not_kept,
          test_answer__a_public_page_is_written_once_until_the_data_change,
          test_answer__what_may_differ_is_written_anew)
