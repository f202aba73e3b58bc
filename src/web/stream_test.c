/* stream_test.c - answers that go on piece by piece, and questions that are asked by POST. */
#include "unit.h"
#include "web/socket_testing.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { N_PIECES = 200, PIECE_BYTES = 100 * 1000, WHOLE = 6 + N_PIECES * PIECE_BYTES };

struct counting {
    int done;
    int stops_at; /* this piece fails; 0: none */
    bool is_endless_piece;
};

static enum status piece(struct web *w, void *state, bool *out_is_last)
{
    struct counting *k = state;

    if (db_exec(web_ctx(w)->tx, "SELECT 1") != ST_OK)
        return ST_UNAVAILABLE;
    if (++k->done == k->stops_at)
        return ST_UNAVAILABLE;
    while (k->is_endless_piece)
        buf_z(web_out(w), "never enough, never enough. ");
    memset(arena_alloc(web_ctx(w)->mem, 500 * 1000), 'x', 500 * 1000);
    for (int i = 0; i < PIECE_BYTES / 10; i++)
        buf_fmt(web_out(w), "%09d\n", i);
    *out_is_last = k->done == N_PIECES;
    return ST_OK;
}

static enum status begin_stream(struct web *w)
{
    struct counting *k = ARENA_NEW(web_ctx(w)->mem, struct counting);
    const struct str how = web_query(w, "how");

    k->stops_at = str_eq(how, STR("fails")) ? 3 : 0;
    k->is_endless_piece = str_eq(how, STR("endless"));
    web_set_type(w, "text/csv");
    buf_z(web_out(w), "names\n");
    web_stream(w, piece, k);
    return str_eq(how, STR("refused")) ? ST_NOT_FOUND : ST_OK;
}

static enum status asked(struct web *w)
{
    buf_fmt(web_out(w), "[%.*s]", (int)web_body(w).n, web_body(w).p);
    buf_str(web_out(w), web_field(w, "search"));
    return db_exec(web_ctx(w)->tx, "SELECT 1");
}

static enum status nothing(struct web *w)
{
    buf_fmt(web_out(w), "[%.*s]", (int)web_body(w).n, web_body(w).p);
    return ST_OK;
}

#define ROW(method, path, handler, tx)                                                             \
    {                                                                                              \
        method, path, handler, ANYONE, tx, CACHE_NEVER, COST_EXPORT, "public", "thing", "export"   \
    }
static const struct route rows[] = {
    ROW(GET, "/long.csv", begin_stream, TX_READ),
    ROW(POST, "/api/ask", asked, TX_READ),
    ROW(POST, "/write", nothing, TX_WRITE),
};

static struct web_testing t;

START_TEST(test_stream__memory_does_not_grow_with_the_answer)
{
    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL); /* 4 MB a request; 20 MB are sent */
    struct web_reply r = web_testing_get(&t, "/long.csv");

    ck_assert_int_eq(r.code, 200);
    ck_assert_uint_eq(r.body.n, WHOLE);
    ck_assert(str_starts(r.body, STR("names\n000000000\n")));
    ck_assert_str_eq(web_testing_header(&t, &r, "ETag"), "");
    ck_assert_str_eq(web_testing_header(&t, &r, "Cache-Control"), "no-store");
    r = web_testing_ask(&t, "HEAD", "/long.csv", NULL, NULL);
    ck_assert_int_eq(r.code, 200);
    ck_assert_uint_eq(r.body.n, 0);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_stream__a_piece_that_fails_never_looks_whole)
{
    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    ck_assert_int_eq(web_testing_get(&t, "/long.csv?how=fails").code, 0);
    ck_assert_int_eq(web_testing_get(&t, "/long.csv?how=endless").code, 0);
    /* what a handler refuses is the error page alone */
    const struct web_reply r = web_testing_get(&t, "/long.csv?how=refused");

    ck_assert_int_eq(r.code, 404);
    ck_assert(!str_starts(r.body, STR("names")));
    ck_assert_int_eq(web_testing_get(&t, "/long.csv").code, 200); /* and the next is served */
    web_testing_end(&t);
}
END_TEST

/* Everything a real client gets, and whether the last chunk came. */
static size_t fetch(int port_fd, const char *target, bool *is_whole)
{
    static char bytes[256 * 1024];
    char request[200];
    char tail[8] = "";
    size_t all = 0;
    bool closed = false;

    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
             target);
    say(port_fd, request, strlen(request));
    while (!closed) {
        const size_t n = hear(port_fd, bytes, sizeof bytes, 3000, &closed);

        if (n == 0)
            break;
        all += n;
        if (n >= 5)
            memcpy(tail, bytes + n - 5, 5);
    }
    *is_whole = memcmp(tail, "0\r\n\r\n", 5) == 0;
    return all;
}

START_TEST(test_stream__over_a_socket_whole_or_visibly_cut)
{
    struct web_server *server;
    struct str why = {"", 0};
    bool is_whole;

    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    ck_assert_int_eq(web_server_start(t.app, "127.0.0.1:0", &server, &why, t.mem), ST_OK);
    socket_testing.port = web_server_port(server);
    int fd = call_up();
    size_t n = fetch(fd, "/long.csv", &is_whole);

    close(fd);
    ck_assert_uint_gt(n, WHOLE);
    ck_assert(is_whole);
    fd = call_up();
    n = fetch(fd, "/long.csv?how=fails", &is_whole);
    close(fd);
    ck_assert_uint_gt(n, 2 * PIECE_BYTES);
    ck_assert_uint_lt(n, 3 * PIECE_BYTES);
    ck_assert(!is_whole);
    for (int i = 0; i < 20; i++) { /* who goes away in the middle leaves nothing taken */
        fd = call_up();
        say(fd, "GET /long.csv HTTP/1.1\r\nHost: x\r\n\r\n", 35);
        close(fd);
    }
    fd = call_up();
    fetch(fd, "/long.csv", &is_whole);
    close(fd);
    ck_assert(is_whole);
    web_server_stop(server, 2000);
    web_testing_end(&t);
}
END_TEST

static struct web_reply post(const char *target, const char *type, const char *body)
{
    struct web_reply r = {0};
    const char *headers[] = {type, "Sec-Fetch-Site: cross-site", NULL};

    web_app_ask(t.app, t.mem,
                &(struct web_ask){.method = "POST",
                                  .target = target,
                                  .headers = headers,
                                  .body = str_of(body),
                                  .without_token = true},
                &r);
    return r;
}

START_TEST(test_stream__a_question_by_post_needs_no_token_and_writing_does)
{
    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, NULL);
    struct web_reply r = post("/api/ask", "Content-Type: application/json", "{\"search\":\"x\"}");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(r.body, "[{\"search\":\"x\"}]"));
    r = post("/api/ask", "Content-Type: application/x-www-form-urlencoded", "search=casa+mia");
    ck_assert_int_eq(r.code, 200);
    ck_assert(str_eq_z(r.body, "[search=casa+mia]casa mia"));
    ck_assert_int_eq(post("/api/ask", "Content-Type: text/plain", "x").code, 415);
    ck_assert_int_eq(post("/api/ask", "Content-Type: application/json", "\xff\xfe").code, 400);
    ck_assert_int_eq(post("/write", "Content-Type: application/json", "{}").code, 415);
    ck_assert_int_eq(post("/write", "Content-Type: application/x-www-form-urlencoded", "a=1").code,
                     403);
    web_testing_end(&t);
}
END_TEST

UNIT_MAIN("stream", test_stream__memory_does_not_grow_with_the_answer,
          test_stream__a_piece_that_fails_never_looks_whole,
          test_stream__over_a_socket_whole_or_visibly_cut,
          test_stream__a_question_by_post_needs_no_token_and_writing_does)
