/* server_test.c - the door over real sockets: refused shapes, forms, doors. */
#include "base/macros.h"
#include "unit.h"
#include "web/socket_testing.h"
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- shapes ---- */

struct shape {
    const char *name;
    int code;
    const char *bytes;
    size_t n;
};

#define BYTES(s) s, sizeof(s) - 1
/* Behind each body stands a second request that a lenient reader would take for one of its own. */
#define SMUGGLED "GET /hello?q=smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

static const struct shape refused_shapes[] = {
    {"two different Content-Length", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: "
           "6\r\n\r\nabcde" SMUGGLED)},
    {"two equal Content-Length", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: "
           "5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length as a list", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length with Transfer-Encoding", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding with Content-Length", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: "
           "5\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding gzip, chunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding identity", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding xchunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
           "xchunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding chunked twice in two headers", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding chunked, chunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Content-Length with a plus", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length negative", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length hexadecimal", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length with a letter", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5a\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length empty", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\nabcde" SMUGGLED)},
    {"Content-Length of 2^64 + 5", 413,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: "
           "18446744073709551621\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length of 2^63 + 5", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: "
           "9223372036854775813\r\n\r\nabcde" SMUGGLED)},
    {"space before the colon", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nabcde" SMUGGLED)},
    {"tab before the colon", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding\t: "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"a name that is no token", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX(y): 1\r\n\r\n" SMUGGLED)},
    {"an empty name", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\n: 1\r\n\r\n" SMUGGLED)},
    {"a line without a colon", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nrubbish\r\n\r\n" SMUGGLED)},
    {"a name with UTF-8", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX\xc3\xa8: 1\r\n\r\n" SMUGGLED)},
    {"no Host", 400, BYTES("GET /hello HTTP/1.1\r\nAccept: x\r\n\r\n" SMUGGLED)},
    {"no Host in HTTP/1.0", 400, BYTES("GET /hello HTTP/1.0\r\n\r\n" SMUGGLED)},
    {"two Hosts", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" SMUGGLED)},
    {"an empty Host", 400, BYTES("GET /hello HTTP/1.1\r\nHost: \r\n\r\n" SMUGGLED)},
    {"a Host with a slash", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n" SMUGGLED)},
    {"NUL in a value", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n" SMUGGLED)},
    {"NUL in a name", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX\0A: a\r\n\r\n" SMUGGLED)},
    {"NUL in the target", 400, BYTES("GET /hello\0.css HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"a control in a value", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\001b\r\n\r\n" SMUGGLED)},
    {"%00 in the path", 400, BYTES("GET /hello%00 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"an encoded slash", 400, BYTES("GET /a%2Fhello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"a dot segment", 400, BYTES("GET /a/../hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"an encoded dot segment", 400, BYTES("GET /a/%2e%2e/hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"not UTF-8", 400, BYTES("GET /hello%C3%28 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"raw bytes beyond ASCII", 400, BYTES("GET /hell\xc3\xb2 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"the address of a proxy", 400, BYTES("GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"a bare LF everywhere", 400, BYTES("GET /hello HTTP/1.1\nHost: x\n\n" SMUGGLED)},
    {"a bare LF after one header", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n" SMUGGLED)},
    {"a bare LF at the end", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\n\n" SMUGGLED)},
    {"a bare CR in a value", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\rb\r\n\r\n" SMUGGLED)},
    {"a folded header", 400,
     BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n" SMUGGLED)},
    {"a folded Transfer-Encoding", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n "
           "chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"two spaces after the method", 400, BYTES("GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"HTTP/2.0 in words", 505, BYTES("GET /hello HTTP/2.0\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"HTTP/1.2", 505, BYTES("GET /hello HTTP/1.2\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"an expectation nobody has", 417,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: "
           "a-cake\r\n\r\nabcde" SMUGGLED)},
    {"a method that is no token", 400, BYTES("G(T /hello HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED)},
};

/* The end of the bytes is told by n, not by a NUL: some shapes hold one. */
static bool tempts(const struct shape *s)
{
    return s->n > sizeof SMUGGLED - 1 &&
           memcmp(s->bytes + s->n - (sizeof SMUGGLED - 1), SMUGGLED, sizeof SMUGGLED - 1) == 0;
}

START_TEST(test_server__refused_shapes_close_the_connection)
{
    socket_testing_begin(NULL);
    for (int i = 0; i < ARRAY_LEN(refused_shapes); i++) {
        const struct shape *s = &refused_shapes[i];
        struct exchange x;

        /* On a busy machine the answer may come late, or be lost with what the closing side had not
         * read yet: asked again, it must be the same refusal. */
        for (int wait_ms = tempts(s) ? 1000 : 100, asked = 0; asked == 0 || (x.code == 0 && asked < 5);
             asked++, wait_ms *= 3)
            exchange(s->bytes, s->n, wait_ms, &x);
        ck_assert_msg(x.code == s->code, "%s: %d instead of %d\n%s", s->name, x.code, s->code,
                      x.text);
        ck_assert_msg(strstr(x.text, " 200 ") == NULL, "%s: served\n%s", s->name, x.text);
        ck_assert_msg(x.closed || !tempts(s), "%s: not closed", s->name);
        ck_assert_msg(atomic_load(&socket_testing.n_handled) == 0, "%s: a handler ran", s->name);
    }
    socket_testing_end();
}
END_TEST

START_TEST(test_server__headers_are_bounded)
{
    struct str many = {"", 0}, large = {"", 0};
    struct exchange x;

    socket_testing_begin(NULL);
    struct buf b = buf_new(socket_testing.web.mem, 1024);

    buf_z(&b, "GET /hello HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 100; i++)
        buf_fmt(&b, "X-%d: 1\r\n", i);
    buf_z(&b, "\r\n");
    many = buf_view(&b);
    exchange(many.p, many.n, 1000, &x);
    ck_assert_int_eq(x.code, 431);
    ck_assert(x.closed);
    b = buf_new(socket_testing.web.mem, 1024);
    buf_z(&b, "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: ");
    for (int i = 0; i < 33 * 1024; i++)
        buf_char(&b, 'a');
    buf_z(&b, "\r\n\r\n");
    large = buf_view(&b);
    exchange(large.p, large.n, 1000, &x);
    ck_assert_int_eq(x.code, 431);
    ck_assert(x.closed);
    b = buf_new(socket_testing.web.mem, 1024);
    buf_z(&b, "GET /hello?q=");
    for (int i = 0; i < 9000; i++)
        buf_char(&b, 'a');
    buf_z(&b, " HTTP/1.1\r\nHost: x\r\n\r\n");
    exchange(buf_view(&b).p, buf_view(&b).n, 1000, &x);
    ck_assert_int_eq(x.code, 414);
    ck_assert_int_eq(atomic_load(&socket_testing.n_handled), 0);
    socket_testing_end();
}
END_TEST

START_TEST(test_server__well_made_requests_share_a_connection)
{
    static const char two[] = "GET /hello?q=1 HTTP/1.1\r\nHost: x\r\nX-Empty: \r\n\r\n"
                              "GET /en/hello?q=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct exchange x;

    socket_testing_begin(NULL);
    exchange(two, sizeof two - 1, 1000, &x);
    ck_assert_int_eq(x.n_replies, 2);
    ck_assert_ptr_nonnull(strstr(x.text, "ciao 1"));
    ck_assert_ptr_nonnull(strstr(x.text, "ciao 2"));
    ck_assert_ptr_nonnull(strstr(x.text, "Content-Security-Policy: default-src 'none'"));
    ck_assert(x.closed);
    socket_testing_end();
}
END_TEST

/* The form's own token and cookie, as a browser has them. */
static struct str cookie, token;

static void get_token(void)
{
    static const char ask[] = "GET /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct exchange x;

    exchange(ask, sizeof ask - 1, 1000, &x);
    struct str c = str_of(strstr(x.text, "Set-Cookie: ") + strlen("Set-Cookie: "));

    cookie = str_copy(socket_testing.web.mem, str_cut(&c, ';'));
    token = str_copy(socket_testing.web.mem, str_of(strstr(x.text, "\r\n\r\n") + 4));
}

START_TEST(test_server__a_form_arrives_whole_and_in_chunks)
{
    struct exchange x;

    socket_testing_begin(NULL);
    get_token();
    const struct str body =
        str_fmt(socket_testing.web.mem, "words=hello&form_token=%.*s", (int)token.n, token.p);
    const struct str head =
        str_fmt(socket_testing.web.mem,
                "POST /note HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: %.*s\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n",
                (int)cookie.n, cookie.p);
    const struct str whole =
        str_fmt(socket_testing.web.mem, "%sContent-Length: %zu\r\n\r\n%s", head.p, body.n, body.p);
    const struct str chunks =
        str_fmt(socket_testing.web.mem,
                "%sTransfer-Encoding: chunked\r\n\r\n3\r\n%.3s\r\n%zx\r\n%s\r\n0\r\n\r\n", head.p,
                body.p, body.n - 3, body.p + 3);

    exchange(whole.p, whole.n, 1000, &x);
    ck_assert_msg(x.code == 200, "%s", x.text);
    exchange(chunks.p, chunks.n, 1000, &x);
    ck_assert_msg(x.code == 200, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "\r\n\r\n5"));
    ck_assert_int_eq(web_testing_notes(&socket_testing.web), 2);
    socket_testing_end();
}
END_TEST

START_TEST(test_server__a_form_too_large_is_told_so)
{
    const size_t n = 200 * 1024;
    struct exchange x;

    socket_testing_begin(NULL);
    char *bytes = calloc(1, n + 200);
    const int head = sprintf(bytes,
                             "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n"
                             "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
                             n);

    memset(bytes + head, 'a', n);
    exchange(bytes, (size_t)head + n, 1000, &x);
    ck_assert_msg(x.code == 413, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "<html"));
    static const char absurd[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n"
                                 "Content-Type: application/x-www-form-urlencoded\r\n\r\n";

    exchange(absurd, sizeof absurd - 1, 1000, &x);
    ck_assert_int_eq(x.code, 413);
    ck_assert(x.closed);
    ck_assert_int_eq(atomic_load(&socket_testing.n_handled), 0);
    free(bytes);
    socket_testing_end();
}
END_TEST

static const char good[] = "GET /hello?q=good HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

START_TEST(test_server__listens_on_a_unix_socket_and_on_ipv6)
{
    struct str why = {"", 0};
    struct web_server *second = NULL;

    socket_testing_begin(NULL);
    const char *path =
        str_fmt(socket_testing.web.mem, "unix:%s/door",
                socket_testing.web.store.folder[0] == '\0' ? "/tmp"
                                                           : socket_testing.web.store.folder)
            .p;
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    char text[4096];
    bool closed;

    ck_assert_int_eq(
        web_server_start(socket_testing.web.app, path, &second, &why, socket_testing.web.mem),
        ST_OK);
    ck_assert_int_eq(web_server_port(second), 0);
    strcpy(a.sun_path, path + 5);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&a, sizeof a), 0);
    say(fd, good, sizeof good - 1);
    hear(fd, text, sizeof text, 1000, &closed);
    ck_assert_int_eq(code_of(text), 200);
    close(fd);
    web_server_stop(second, 100);
    ck_assert_int_ne(access(path + 5, F_OK), 0);
    ck_assert_int_eq(
        web_server_start(socket_testing.web.app, "[::1]:0", &second, &why, socket_testing.web.mem),
        ST_OK);
    ck_assert_int_gt(web_server_port(second), 0);
    web_server_stop(second, 100);
    ck_assert_int_eq(
        web_server_start(socket_testing.web.app,
                         str_fmt(socket_testing.web.mem, "127.0.0.1:%d", socket_testing.port).p,
                         &second, &why, socket_testing.web.mem),
        ST_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(why.p, "taken by another program"));
    ck_assert_int_eq(
        web_server_start(socket_testing.web.app, "nonsense", &second, &why, socket_testing.web.mem),
        ST_INVALID);
    socket_testing_end();
}
END_TEST

UNIT_MAIN("server", test_server__refused_shapes_close_the_connection,
          test_server__headers_are_bounded, test_server__well_made_requests_share_a_connection,
          test_server__a_form_arrives_whole_and_in_chunks, test_server__a_form_too_large_is_told_so,
          test_server__listens_on_a_unix_socket_and_on_ipv6)
