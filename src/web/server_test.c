/* server_test.c - the door over real sockets: raw bytes in, raw bytes out. */
#include "unit.h"
#include "base/log.h"
#include "web/web_testing.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static atomic_int n_handled;
static atomic_int n_sleeping;

static enum status hello(struct web *w)
{
    atomic_fetch_add(&n_handled, 1);
    buf_z(web_out(w), "ciao ");
    buf_str(web_out(w), web_query(w, "q"));
    return ST_OK;
}

static enum status slow(struct web *w)
{
    atomic_fetch_add(&n_sleeping, 1);
    usleep(700000);
    buf_z(web_out(w), "at last");
    return ST_OK;
}

static enum status large(struct web *w)
{
    for (int i = 0; i < 20000; i++)
        buf_fmt(web_out(w), "<p>riga %d</p>", i);
    return ST_OK;
}

static enum status send_note(struct web *w)
{
    atomic_fetch_add(&n_handled, 1);
    buf_fmt(web_out(w), "%zu", web_field(w, "words").n);
    return web_testing_note(web_ctx(w), "x");
}

static enum status form(struct web *w)
{
    buf_str(web_out(w), web_form_token(w));
    return ST_OK;
}

#define ROW(method, path, handler, tx)                                                             \
    {method, path, handler, ANYONE, tx, CACHE_NEVER, COST_PAGE, "public", "thing", "view"}
static const struct route rows[] = {
    ROW(GET, "/hello", hello, TX_NONE),   ROW(GET, "/slow", slow, TX_NONE),
    ROW(GET, "/large", large, TX_NONE),   ROW(GET, "/form", form, TX_NONE),
    ROW(POST, "/note", send_note, TX_WRITE),
};

static struct web_testing t;
static struct web_server *server;
static int port;

static void begin(const struct web_limits *limits)
{
    struct str why = {"", 0};

    log_set_level(LOG_ERROR);
    web_testing_begin(&t, rows, ARRAY_LEN(rows), NULL, limits);
    if (web_server_start(t.app, "127.0.0.1:0", &server, &why, t.mem) != ST_OK)
        ck_abort_msg("%.*s", (int)why.n, why.p);
    port = web_server_port(server);
}

static void end(void)
{
    web_server_stop(server, 1000);
    web_testing_end(&t);
}

/* ---- a client that knows nothing of HTTP ---- */

static int call_up(void)
{
    const struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

static void say(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;

    while (n > 0) {
        const ssize_t w = send(fd, p, n, MSG_NOSIGNAL);

        if (w <= 0)
            return; /* closed on us: what it said will be read */
        p += w;
        n -= (size_t)w;
    }
}

/* Reads until the other side closes or nothing comes for a while; *closed says which. */
static size_t hear(int fd, char *p, size_t room, int wait_ms, bool *closed)
{
    size_t n = 0;

    *closed = false;
    while (n < room - 1) {
        struct pollfd pf = {.fd = fd, .events = POLLIN};

        if (poll(&pf, 1, wait_ms) <= 0)
            break;
        const ssize_t r = recv(fd, p + n, room - 1 - n, 0);

        if (r <= 0) {
            *closed = true;
            break;
        }
        n += (size_t)r;
    }
    p[n] = '\0';
    return n;
}

static int code_of(const char *reply)
{
    int code = 0;

    return sscanf(reply, "HTTP/1.%*d %d", &code) == 1 ? code : 0;
}

static int n_replies(const char *reply)
{
    int n = 0;

    for (const char *p = reply; (p = strstr(p, "HTTP/1.1 ")) != NULL; p++)
        n++;
    return n;
}

struct exchange {
    int code;
    int n_replies;
    bool closed;
    char text[16 * 1024];
};

static void exchange(const void *bytes, size_t n, int wait_ms, struct exchange *x)
{
    const int fd = call_up();

    say(fd, bytes, n);
    hear(fd, x->text, sizeof x->text, wait_ms, &x->closed);
    x->code = code_of(x->text);
    x->n_replies = n_replies(x->text);
    close(fd);
}

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
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde" SMUGGLED)},
    {"two equal Content-Length", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length as a list", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length with Transfer-Encoding", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding with Content-Length", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding gzip, chunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding identity", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding xchunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding chunked twice in two headers", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"Transfer-Encoding chunked, chunked", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
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
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551621\r\n\r\nabcde" SMUGGLED)},
    {"Content-Length of 2^63 + 5", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775813\r\n\r\nabcde" SMUGGLED)},
    {"space before the colon", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nabcde" SMUGGLED)},
    {"tab before the colon", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"a name that is no token", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX(y): 1\r\n\r\n" SMUGGLED)},
    {"an empty name", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\n: 1\r\n\r\n" SMUGGLED)},
    {"a line without a colon", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nrubbish\r\n\r\n" SMUGGLED)},
    {"a name with UTF-8", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX\xc3\xa8: 1\r\n\r\n" SMUGGLED)},
    {"no Host", 400, BYTES("GET /hello HTTP/1.1\r\nAccept: x\r\n\r\n" SMUGGLED)},
    {"no Host in HTTP/1.0", 400, BYTES("GET /hello HTTP/1.0\r\n\r\n" SMUGGLED)},
    {"two Hosts", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" SMUGGLED)},
    {"an empty Host", 400, BYTES("GET /hello HTTP/1.1\r\nHost: \r\n\r\n" SMUGGLED)},
    {"a Host with a slash", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n" SMUGGLED)},
    {"NUL in a value", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n" SMUGGLED)},
    {"NUL in a name", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX\0A: a\r\n\r\n" SMUGGLED)},
    {"NUL in the target", 400, BYTES("GET /hello\0.css HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"a control in a value", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\001b\r\n\r\n" SMUGGLED)},
    {"%00 in the path", 400, BYTES("GET /hello%00 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"an encoded slash", 400, BYTES("GET /a%2Fhello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"a dot segment", 400, BYTES("GET /a/../hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"an encoded dot segment", 400, BYTES("GET /a/%2e%2e/hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"not UTF-8", 400, BYTES("GET /hello%C3%28 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"raw bytes beyond ASCII", 400, BYTES("GET /hell\xc3\xb2 HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"the address of a proxy", 400, BYTES("GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n")},
    {"a bare LF everywhere", 400, BYTES("GET /hello HTTP/1.1\nHost: x\n\n" SMUGGLED)},
    {"a bare LF after one header", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n" SMUGGLED)},
    {"a bare LF at the end", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\n\n" SMUGGLED)},
    {"a bare CR in a value", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\rb\r\n\r\n" SMUGGLED)},
    {"a folded header", 400, BYTES("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n" SMUGGLED)},
    {"a folded Transfer-Encoding", 400,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" SMUGGLED)},
    {"two spaces after the method", 400, BYTES("GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"HTTP/2.0 in words", 505, BYTES("GET /hello HTTP/2.0\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"HTTP/1.2", 505, BYTES("GET /hello HTTP/1.2\r\nHost: x\r\n\r\n" SMUGGLED)},
    {"an expectation nobody has", 417,
     BYTES("POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: a-cake\r\n\r\nabcde" SMUGGLED)},
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
    begin(NULL);
    for (int i = 0; i < ARRAY_LEN(refused_shapes); i++) {
        const struct shape *s = &refused_shapes[i];
        struct exchange x;

        exchange(s->bytes, s->n, tempts(s) ? 1000 : 100, &x);
        ck_assert_msg(x.code == s->code, "%s: %d instead of %d\n%s", s->name, x.code, s->code, x.text);
        ck_assert_msg(strstr(x.text, " 200 ") == NULL, "%s: served\n%s", s->name, x.text);
        ck_assert_msg(x.closed || !tempts(s), "%s: not closed", s->name);
        ck_assert_msg(atomic_load(&n_handled) == 0, "%s: a handler ran", s->name);
    }
    end();
}
END_TEST

START_TEST(test_server__headers_are_bounded)
{
    struct str many = {"", 0}, large = {"", 0};
    struct exchange x;

    begin(NULL);
    struct buf b = buf_new(t.mem, 1024);

    buf_z(&b, "GET /hello HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 100; i++)
        buf_fmt(&b, "X-%d: 1\r\n", i);
    buf_z(&b, "\r\n");
    many = buf_view(&b);
    exchange(many.p, many.n, 1000, &x);
    ck_assert_int_eq(x.code, 431);
    ck_assert(x.closed);
    b = buf_new(t.mem, 1024);
    buf_z(&b, "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: ");
    for (int i = 0; i < 33 * 1024; i++)
        buf_char(&b, 'a');
    buf_z(&b, "\r\n\r\n");
    large = buf_view(&b);
    exchange(large.p, large.n, 1000, &x);
    ck_assert_int_eq(x.code, 431);
    ck_assert(x.closed);
    b = buf_new(t.mem, 1024);
    buf_z(&b, "GET /hello?q=");
    for (int i = 0; i < 9000; i++)
        buf_char(&b, 'a');
    buf_z(&b, " HTTP/1.1\r\nHost: x\r\n\r\n");
    exchange(buf_view(&b).p, buf_view(&b).n, 1000, &x);
    ck_assert_int_eq(x.code, 414);
    ck_assert_int_eq(atomic_load(&n_handled), 0);
    end();
}
END_TEST

START_TEST(test_server__well_made_requests_share_a_connection)
{
    static const char two[] = "GET /hello?q=1 HTTP/1.1\r\nHost: x\r\nX-Empty: \r\n\r\n"
                              "GET /en/hello?q=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct exchange x;

    begin(NULL);
    exchange(two, sizeof two - 1, 1000, &x);
    ck_assert_int_eq(x.n_replies, 2);
    ck_assert_ptr_nonnull(strstr(x.text, "ciao 1"));
    ck_assert_ptr_nonnull(strstr(x.text, "ciao 2"));
    ck_assert_ptr_nonnull(strstr(x.text, "Content-Security-Policy: default-src 'none'"));
    ck_assert(x.closed);
    end();
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

    cookie = str_copy(t.mem, str_cut(&c, ';'));
    token = str_copy(t.mem, str_of(strstr(x.text, "\r\n\r\n") + 4));
}

START_TEST(test_server__a_form_arrives_whole_and_in_chunks)
{
    struct exchange x;

    begin(NULL);
    get_token();
    const struct str body = str_fmt(t.mem, "words=hello&form_token=%.*s", (int)token.n, token.p);
    const struct str head =
        str_fmt(t.mem, "POST /note HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: %.*s\r\n"
                       "Content-Type: application/x-www-form-urlencoded\r\n", (int)cookie.n, cookie.p);
    const struct str whole = str_fmt(t.mem, "%sContent-Length: %zu\r\n\r\n%s", head.p, body.n, body.p);
    const struct str chunks = str_fmt(t.mem, "%sTransfer-Encoding: chunked\r\n\r\n3\r\n%.3s\r\n%zx\r\n%s\r\n0\r\n\r\n",
                                      head.p, body.p, body.n - 3, body.p + 3);

    exchange(whole.p, whole.n, 1000, &x);
    ck_assert_msg(x.code == 200, "%s", x.text);
    exchange(chunks.p, chunks.n, 1000, &x);
    ck_assert_msg(x.code == 200, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "\r\n\r\n5"));
    ck_assert_int_eq(web_testing_notes(&t), 2);
    end();
}
END_TEST

START_TEST(test_server__a_form_too_large_is_told_so)
{
    const size_t n = 200 * 1024;
    struct exchange x;

    begin(NULL);
    char *bytes = calloc(1, n + 200);
    const int head = sprintf(bytes, "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n"
                                    "Content-Type: application/x-www-form-urlencoded\r\n\r\n", n);

    memset(bytes + head, 'a', n);
    exchange(bytes, (size_t)head + n, 1000, &x);
    ck_assert_msg(x.code == 413, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "<html"));
    static const char absurd[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n"
                                 "Content-Type: application/x-www-form-urlencoded\r\n\r\n";

    exchange(absurd, sizeof absurd - 1, 1000, &x);
    ck_assert_int_eq(x.code, 413);
    ck_assert(x.closed);
    ck_assert_int_eq(atomic_load(&n_handled), 0);
    free(bytes);
    end();
}
END_TEST

/* ---- too many, too slow ---- */

static const char good[] = "GET /hello?q=good HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

static void *ask_slow(void *arg)
{
    static const char ask[] = "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct exchange *x = arg;

    exchange(ask, sizeof ask - 1, 3000, x);
    return NULL;
}

START_TEST(test_server__past_the_turns_there_is_a_waiting_page)
{
    struct web_limits l = web_testing_limits;
    static struct exchange slow_one[2], x;
    pthread_t thread[2];

    l.max_at_work = 2;
    l.wait_ms = 100;
    begin(&l);
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, ask_slow, &slow_one[i]);
    while (atomic_load(&n_sleeping) < 2)
        usleep(1000);
    const int64_t began = clock_mono_us();

    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 503, "%s", x.text);
    ck_assert_ptr_nonnull(strstr(x.text, "Retry-After: "));
    ck_assert_ptr_nonnull(strstr(x.text, "gente"));
    ck_assert_int_ge(clock_mono_us() - began, 100000);
    ck_assert_int_lt(clock_mono_us() - began, 600000);
    /* How it stands can be asked all the same. */
    static const char health[] = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    exchange(health, sizeof health - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    for (int i = 0; i < 2; i++) {
        pthread_join(thread[i], NULL);
        ck_assert_int_eq(slow_one[i].code, 200);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    end();
}
END_TEST

START_TEST(test_server__past_the_connections_there_is_a_waiting_page)
{
    struct web_limits l = web_testing_limits;
    int held[8];
    struct exchange x;

    l.max_connections = 8;
    begin(&l);
    for (int i = 0; i < 8; i++) {
        held[i] = call_up();
        say(held[i], "G", 1);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 503, "%s", x.text);
    ck_assert(x.closed);
    for (int i = 0; i < 8; i++)
        close(held[i]);
    usleep(100000);
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_int_eq(x.code, 200);
    end();
}
END_TEST

START_TEST(test_server__one_address_does_not_take_it_all)
{
    struct web_limits l = web_testing_limits;
    int held[4];
    struct exchange x;

    l.max_per_address = 4;
    begin(&l);
    for (int i = 0; i < 4; i++) {
        held[i] = call_up();
        say(held[i], "G", 1);
    }
    exchange(good, sizeof good - 1, 2000, &x);
    ck_assert_msg(x.code == 429, "%s", x.text);
    for (int i = 0; i < 4; i++)
        close(held[i]);
    end();
}
END_TEST

/* Opens n connections of three slow kinds: headers, body, reading. */
static void open_slow(int *fds, int n)
{
    static const char body[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=";
    static const char reading[] = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";

    for (int i = 0; i < n; i++) {
        fds[i] = call_up();
        if (i % 3 == 0)
            say(fds[i], "GET /hello HTTP/1.1\r\nX-", 23);
        else if (i % 3 == 1)
            say(fds[i], body, sizeof body - 1);
        else
            say(fds[i], reading, i % 30 == 2 ? sizeof reading - 1 : 20);
    }
}

START_TEST(test_server__slow_connections_do_not_delay_a_good_one)
{
    enum { N_SLOW = 990 };
    struct web_limits l = web_testing_limits;
    static int fds[N_SLOW];
    int64_t worst = 0;
    struct exchange x;

    const struct rlimit both_ends = {4096, 4096};

    if (setrlimit(RLIMIT_NOFILE, &both_ends) != 0)
        ck_abort_msg("this test needs 4096 open files");
    l.max_connections = l.max_per_address = 1000;
    l.request_s = 30;
    l.idle_s = 30;
    begin(&l);
    open_slow(fds, N_SLOW);
    for (int i = 0; i < 50; i++) {
        const int64_t began = clock_mono_us();

        for (int j = i; j < N_SLOW; j += 50)
            if (j % 3 != 2)
                say(fds[j], "a", 1); /* each drips on */
        exchange(good, sizeof good - 1, 2000, &x);
        ck_assert_msg(x.code == 200, "%s", x.text);
        worst = clock_mono_us() - began > worst ? clock_mono_us() - began : worst;
    }
    fprintf(stderr, "# 990 slow connections: the worst of 50 good answers took %lld us\n", (long long)worst);
    ck_assert_int_lt(worst, 500000);
    for (int i = 0; i < N_SLOW; i++)
        close(fds[i]);
    end();
}
END_TEST

START_TEST(test_server__who_drips_is_shut_however_often_a_byte_comes)
{
    struct web_limits l = web_testing_limits;
    static const char body[] = "POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n"
                               "Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=";
    const char *const starts[] = {"", "GET /hello HTTP/1.1\r\nX-", body};

    l.request_s = 1;
    l.idle_s = 60;
    begin(&l);
    for (int i = 0; i < ARRAY_LEN(starts); i++) {
        const int fd = call_up();
        const int64_t began = clock_mono_us();
        char text[4096];
        bool closed = false;

        say(fd, starts[i], strlen(starts[i]));
        while (!closed && clock_mono_us() - began < 5000000) {
            if (i > 0)
                say(fd, "a", 1);
            hear(fd, text, sizeof text, 100, &closed);
        }
        ck_assert_msg(closed, "%d is open after 5 s", i);
        ck_assert_int_ge(clock_mono_us() - began, 900000);
        ck_assert_int_lt(clock_mono_us() - began, 2500000);
        close(fd);
    }
    end();
}
END_TEST

START_TEST(test_server__a_stop_lets_the_work_finish)
{
    static struct exchange x;
    pthread_t thread;
    const int silent = (begin(NULL), call_up());

    pthread_create(&thread, NULL, ask_slow, &x);
    while (atomic_load(&n_sleeping) < 1)
        usleep(1000);
    const int64_t began = clock_mono_us();

    web_server_stop(server, 3000);
    ck_assert_int_lt(clock_mono_us() - began, 1500000);
    pthread_join(thread, NULL);
    ck_assert_int_eq(x.code, 200);
    ck_assert_ptr_nonnull(strstr(x.text, "at last"));
    close(silent);
    web_testing_end(&t);
}
END_TEST

START_TEST(test_server__listens_on_a_unix_socket_and_on_ipv6)
{
    struct str why = {"", 0};
    struct web_server *second = NULL;

    begin(NULL);
    const char *path = str_fmt(t.mem, "unix:%s/door", t.store.folder[0] == '\0' ? "/tmp" : t.store.folder).p;
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    char text[4096];
    bool closed;

    ck_assert_int_eq(web_server_start(t.app, path, &second, &why, t.mem), ST_OK);
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
    ck_assert_int_eq(web_server_start(t.app, "[::1]:0", &second, &why, t.mem), ST_OK);
    ck_assert_int_gt(web_server_port(second), 0);
    web_server_stop(second, 100);
    ck_assert_int_eq(web_server_start(t.app, str_fmt(t.mem, "127.0.0.1:%d", port).p, &second, &why, t.mem),
                     ST_UNAVAILABLE);
    ck_assert_ptr_nonnull(strstr(why.p, "taken by another program"));
    ck_assert_int_eq(web_server_start(t.app, "nonsense", &second, &why, t.mem), ST_INVALID);
    end();
}
END_TEST

UNIT_MAIN("server", test_server__refused_shapes_close_the_connection, test_server__headers_are_bounded,
          test_server__well_made_requests_share_a_connection,
          test_server__a_form_arrives_whole_and_in_chunks, test_server__a_form_too_large_is_told_so,
          test_server__past_the_turns_there_is_a_waiting_page,
          test_server__past_the_connections_there_is_a_waiting_page,
          test_server__one_address_does_not_take_it_all,
          test_server__slow_connections_do_not_delay_a_good_one,
          test_server__who_drips_is_shut_however_often_a_byte_comes,
          test_server__a_stop_lets_the_work_finish,
          test_server__listens_on_a_unix_socket_and_on_ipv6)
