/* outbound_test.c - no spelling of an address inside is ever knocked at. */
#include "base/macros.h"
#include "unit.h"
#include "web/outbound.h"
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- addresses ---- */

static const char *const inside[] = {"0.0.0.0",
                                     "0.1.2.3",
                                     "10.0.0.1",
                                     "10.255.255.255",
                                     "100.64.0.1",
                                     "100.127.255.255",
                                     "127.0.0.1",
                                     "127.255.255.254",
                                     "169.254.169.254",
                                     "172.16.0.1",
                                     "172.31.255.255",
                                     "192.0.0.1",
                                     "192.0.2.1",
                                     "192.88.99.1",
                                     "192.168.0.1",
                                     "192.168.255.255",
                                     "198.18.0.1",
                                     "198.19.255.255",
                                     "198.51.100.1",
                                     "203.0.113.1",
                                     "224.0.0.1",
                                     "239.255.255.255",
                                     "240.0.0.1",
                                     "255.255.255.255",
                                     "::",
                                     "::1",
                                     "::127.0.0.1",
                                     "::ffff:127.0.0.1",
                                     "::ffff:10.0.0.1",
                                     "::ffff:8.8.8.8",
                                     "64:ff9b::127.0.0.1",
                                     "64:ff9b::8.8.8.8",
                                     "64:ff9b:1::1",
                                     "100::1",
                                     "fc00::1",
                                     "fd00::1",
                                     "fe80::1",
                                     "fec0::1",
                                     "ff02::1",
                                     "2001::1",
                                     "2001:db8::1",
                                     "2002:7f00:1::1",
                                     "2002:a00:1::1",
                                     "3fff::1",
                                     "2620:4f:8000::1",
                                     "4000::1",
                                     "::ffff:0:127.0.0.1"};
static const char *const outside[] = {"8.8.8.8",         "1.1.1.1",
                                      "93.184.216.34",   "100.63.255.255",
                                      "100.128.0.0",     "172.15.255.255",
                                      "172.32.0.0",      "169.253.255.255",
                                      "192.167.255.255", "198.17.255.255",
                                      "198.20.0.0",      "223.255.255.255",
                                      "2606:4700::1111", "2001:4860:4860::8888",
                                      "2a00:1450::1"};

static bool is_public(const char *text)
{
    unsigned char a[16];

    if (inet_pton(AF_INET, text, a) == 1)
        return outbound_is_public4(a);
    ck_assert_int_eq(inet_pton(AF_INET6, text, a), 1);
    return outbound_is_public6(a);
}

START_TEST(test_outbound__which_addresses_are_public)
{
    for (int i = 0; i < ARRAY_LEN(inside); i++)
        ck_assert_msg(!is_public(inside[i]), "%s passes", inside[i]);
    for (int i = 0; i < ARRAY_LEN(outside); i++)
        ck_assert_msg(is_public(outside[i]), "%s is refused", outside[i]);
}
END_TEST

/* ---- a trap: whoever connects is counted, and gets what the test says ---- */

struct trap {
    int fd[2]; /* 127.0.0.1 and ::1 */
    int port;
    atomic_int n_caught;
    const char *reply;
    pthread_t thread;
    atomic_bool is_over;
};

static void *mind(void *arg)
{
    struct trap *t = arg;
    char request[4096];

    while (!atomic_load(&t->is_over)) {
        struct pollfd pf[2] = {{.fd = t->fd[0], .events = POLLIN},
                               {.fd = t->fd[1], .events = POLLIN}};

        poll(pf, 2, 20);
        for (int i = 0; i < 2; i++) {
            if ((pf[i].revents & POLLIN) == 0)
                continue;
            const int c = accept(t->fd[i], NULL, NULL);

            atomic_fetch_add(&t->n_caught, 1);
            if (t->reply != NULL && recv(c, request, sizeof request, 0) > 0)
                (void)!write(c, t->reply, strlen(t->reply));
            if (t->reply == NULL)
                usleep(1500000); /* says nothing for long */
            close(c);
        }
    }
    return NULL;
}

static void set_trap(struct trap *t, const char *reply)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof a;

    memset(t, 0, sizeof *t);
    t->reply = reply;
    t->fd[0] = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(t->fd[0], (struct sockaddr *)&a, sizeof a), 0);
    ck_assert_int_eq(getsockname(t->fd[0], (struct sockaddr *)&a, &n), 0);
    t->port = ntohs(a.sin_port);
    struct sockaddr_in6 a6 = {
        .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_port = a.sin_port};

    t->fd[1] = socket(AF_INET6, SOCK_STREAM, 0);
    if (bind(t->fd[1], (struct sockaddr *)&a6, sizeof a6) == 0)
        listen(t->fd[1], 8);
    ck_assert_int_eq(listen(t->fd[0], 8), 0);
    pthread_create(&t->thread, NULL, mind, t);
}

static void lift_trap(struct trap *t)
{
    atomic_store(&t->is_over, true);
    pthread_join(t->thread, NULL);
    close(t->fd[0]);
    close(t->fd[1]);
}

/* ---- spellings ---- */

static const char *const spellings[] = {"127.0.0.1",
                                        "127.1",
                                        "127.0.1",
                                        "127.000.000.001",
                                        "2130706433",
                                        "0x7f000001",
                                        "0x7f.0x0.0x0.0x1",
                                        "0x7f.1",
                                        "0177.0.0.1",
                                        "0177.0.0.01",
                                        "017700000001",
                                        "0177.1",
                                        "127.0.0.1.",
                                        "0x7F.0.0.1",
                                        "0x7f.0.0.0x1",
                                        "0",
                                        "0.0.0.0",
                                        "0x0",
                                        "00000.0.0",
                                        "127.127.127.127",
                                        "127.0.0.255",
                                        "0x7fffffff",
                                        "localhost",
                                        "LOCALHOST",
                                        "localhost.",
                                        "LocalHost",
                                        "[::1]",
                                        "[0:0:0:0:0:0:0:1]",
                                        "[0000:0000:0000:0000:0000:0000:0000:0001]",
                                        "[::0001]",
                                        "[::]",
                                        "[0::0]",
                                        "[::ffff:127.0.0.1]",
                                        "[::ffff:7f00:1]",
                                        "[0:0:0:0:0:ffff:127.0.0.1]",
                                        "[0:0:0:0:0:FFFF:7F00:0001]",
                                        "[::127.0.0.1]",
                                        "[::7f00:1]",
                                        "[64:ff9b::127.0.0.1]",
                                        "[64:ff9b::7f00:1]",
                                        "[2002:7f00:1::]",
                                        "[2002:7f00:0001::1]",
                                        "[fe80::1]",
                                        "[fe80::1%25lo]",
                                        "[fe80::1%251]",
                                        "[fc00::1]",
                                        "[fd12:3456:789a::1]",
                                        "[ff02::1]",
                                        "[2001::7f00:1]",
                                        "[2001:db8::1]",
                                        "169.254.169.254",
                                        "0xa9fea9fe",
                                        "2852039166",
                                        "0251.0376.0251.0376",
                                        "169.254.43518",
                                        "[::ffff:169.254.169.254]",
                                        "[::ffff:a9fe:a9fe]",
                                        "[64:ff9b::a9fe:a9fe]",
                                        "10.0.0.1",
                                        "10.1",
                                        "0x0a000001",
                                        "167772161",
                                        "012.0.0.1",
                                        "[::ffff:10.0.0.1]",
                                        "[2002:a00:1::]",
                                        "192.168.1.1",
                                        "0xc0a80101",
                                        "3232235777",
                                        "192.168.257",
                                        "0300.0250.1.1",
                                        "[::ffff:192.168.1.1]",
                                        "172.16.0.1",
                                        "0xac100001",
                                        "2886729729",
                                        "172.1048577",
                                        "0254.020.0.1",
                                        "[::ffff:172.16.0.1]",
                                        "100.64.0.1",
                                        "198.18.0.1",
                                        "192.0.2.1",
                                        "224.0.0.1",
                                        "255.255.255.255",
                                        "4294967295",
                                        "0xffffffff",
                                        "240.0.0.1",
                                        "127.0.0.1%2e",
                                        "%31%32%37.0.0.1",
                                        "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1",
                                        "127\xe3\x80\x82"
                                        "0\xe3\x80\x82"
                                        "0\xe3\x80\x82"
                                        "1",
                                        "127.0.0.1#",
                                        "127.0.0.1\\",
                                        "1.1.1.1@127.0.0.1",
                                        "1.1.1.1:80@127.0.0.1",
                                        "127.0.0.1\t",
                                        " 127.0.0.1",
                                        "127.0.0.1\r\nX: y"};

/* Each is in the allow-list in every form it may be normalised to: only the address stands between.
 */
START_TEST(test_outbound__no_spelling_reaches_inside)
{
    static struct trap trap;
    struct arena *mem = arena_new(0);
    int n_tried = 0;

    set_trap(&trap, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncake");
    for (int i = 0; i < ARRAY_LEN(spellings); i++)
        for (int tls = 0; tls < 2; tls++) {
            struct outbound_reply reply;
            struct str why;
            const char *url =
                str_fmt(mem, "%s://%s:%d/", tls ? "https" : "http", spellings[i], trap.port).p;
            const char *allow =
                str_fmt(mem, "%s:%d,127.0.0.1:%d,localhost:%d,0.0.0.0:%d,[::1]:%d,127.0.0.1.:%d",
                        spellings[i], trap.port, trap.port, trap.port, trap.port, trap.port,
                        trap.port)
                    .p;
            const struct outbound o = {.allow = allow, .max_bytes = 1000, .timeout_ms = 2000};
            const enum status st = outbound_get(&o, url, mem, &reply, &why);

            ck_assert_msg(st != ST_OK, "%s was fetched", url);
            ck_assert_msg(why.n > 0, "%s: not said why", url);
            n_tried++;
        }
    usleep(50000);
    ck_assert_int_eq(atomic_load(&trap.n_caught), 0);
    ck_assert_int_ge(n_tried, 160);
    lift_trap(&trap);
    arena_free(mem);
}
END_TEST

START_TEST(test_outbound__addresses_inside_are_named_as_such)
{
    static const char *const plain[] = {"https://127.0.0.1/",       "https://0x7f000001/",
                                        "https://2130706433/",      "https://0177.0.0.1/",
                                        "https://[::1]/",           "https://[::ffff:127.0.0.1]/",
                                        "https://169.254.169.254/", "https://[64:ff9b::a00:1]/"};
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(plain); i++) {
        struct outbound_reply reply;
        struct str why;
        const struct outbound o = {
            .allow = "127.0.0.1,[::1],[::ffff:127.0.0.1],169.254.169.254,[64:ff9b::a00:1],"
                     "[64:ff9b::10.0.0.1],[::ffff:7f00:1]",
            .max_bytes = 1000,
            .timeout_ms = 500};

        ck_assert_int_eq(outbound_get(&o, plain[i], mem, &reply, &why), ST_DENIED);
        ck_assert_msg(strstr(why.p, "inside") != NULL, "%s: %s", plain[i], why.p);
    }
    arena_free(mem);
}
END_TEST

/* ---- what is let out ---- */

static const char *at(const struct trap *t, struct arena *mem)
{
    return str_fmt(mem, "127.0.0.1:%d", t->port).p;
}

static enum status fetch(struct trap *t, struct arena *mem, const char *allow, int64_t max,
                         struct outbound_reply *reply, struct str *why)
{
    const struct outbound o = {
        .allow = allow, .max_bytes = max, .timeout_ms = 700, .lets_loopback = true};

    return outbound_get(&o, str_fmt(mem, "http://127.0.0.1:%d/a", t->port).p, mem, reply, why);
}

START_TEST(test_outbound__fetches_from_who_is_named)
{
    static struct trap trap;
    struct arena *mem = arena_new(0);
    struct outbound_reply reply;
    struct str why;
    char text[8] = "";

    set_trap(&trap, "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 4\r\n\r\ncake");
    ck_assert_int_eq(
        fetch(&trap, mem, str_fmt(mem, "a.example, %s", at(&trap, mem)).p, 100, &reply, &why),
        ST_OK);
    ck_assert_int_eq(reply.code, 200);
    ck_assert(str_eq_z(reply.type, "text/csv"));
    ck_assert(str_eq_z(reply.body, "cake"));
    ck_assert_int_eq(fetch(&trap, mem, "127.0.0.1", 100, &reply, &why),
                     ST_DENIED); /* another port */
    ck_assert_int_eq(fetch(&trap, mem, "", 100, &reply, &why), ST_DENIED);
    ck_assert_int_eq(fetch(&trap, mem, str_fmt(mem, "%s0", at(&trap, mem)).p, 100, &reply, &why),
                     ST_DENIED);
    ck_assert_int_eq(fetch(&trap, mem, at(&trap, mem), 3, &reply, &why), ST_TOO_LARGE);
    const char *file = str_fmt(mem, "/tmp/wecare-outbound-%d", (int)getpid()).p;
    const struct outbound o = {.allow = str_fmt(mem, "127.0.0.1:%d", trap.port).p,
                               .max_bytes = 4,
                               .timeout_ms = 700,
                               .lets_loopback = true};
    const char *url = str_fmt(mem, "http://127.0.0.1:%d/a", trap.port).p;

    ck_assert_int_eq(outbound_get_file(&o, url, file, mem, &reply, &why), ST_OK);
    FILE *f = fopen(file, "r");

    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fread(text, 1, sizeof text, f), 4);
    fclose(f);
    ck_assert_str_eq(text, "cake");
    ck_assert_int_eq(outbound_get_file(&o, url, file, mem, &reply, &why),
                     ST_UNAVAILABLE); /* it is there */
    unlink(file);
    lift_trap(&trap);
    arena_free(mem);
}
END_TEST

START_TEST(test_outbound__a_failed_file_is_taken_away)
{
    static struct trap trap;
    struct arena *mem = arena_new(0);
    struct outbound_reply reply;
    struct str why;
    const char *file = str_fmt(mem, "/tmp/wecare-outbound-%d", (int)getpid()).p;

    set_trap(&trap, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nmore than three");
    const struct outbound o = {.allow = str_fmt(mem, "127.0.0.1:%d", trap.port).p,
                               .max_bytes = 3,
                               .timeout_ms = 700,
                               .lets_loopback = true};

    ck_assert_int_eq(outbound_get_file(&o, str_fmt(mem, "http://127.0.0.1:%d/", trap.port).p, file,
                                       mem, &reply, &why),
                     ST_TOO_LARGE);
    ck_assert_int_ne(access(file, F_OK), 0);
    lift_trap(&trap);
    arena_free(mem);
}
END_TEST

START_TEST(test_outbound__redirects_stay_with_the_host)
{
    static struct trap trap, second;
    struct arena *mem = arena_new(0);
    struct outbound_reply reply;
    struct str why;
    char to[256];

    set_trap(&second, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ncake");
    snprintf(to, sizeof to,
             "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n",
             second.port);
    set_trap(&trap, to);
    const char *both = str_fmt(mem, "%s,%s", at(&trap, mem), at(&second, mem)).p;

    ck_assert_int_eq(fetch(&trap, mem, both, 100, &reply, &why), ST_DENIED);
    ck_assert_int_eq(atomic_load(&second.n_caught), 0);
    lift_trap(&trap);
    lift_trap(&second);
    set_trap(&trap, "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
    ck_assert_int_eq(fetch(&trap, mem, at(&trap, mem), 100, &reply, &why),
                     ST_UNAVAILABLE); /* for ever */
    ck_assert_int_eq(atomic_load(&trap.n_caught), 4);
    lift_trap(&trap);
    set_trap(&trap,
             "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
    ck_assert_int_eq(fetch(&trap, mem, at(&trap, mem), 100, &reply, &why), ST_DENIED);
    lift_trap(&trap);
    arena_free(mem);
}
END_TEST

START_TEST(test_outbound__who_says_nothing_is_left)
{
    static struct trap trap;
    struct arena *mem = arena_new(0);
    struct outbound_reply reply;
    struct str why;
    const int64_t began = clock_mono_us();

    set_trap(&trap, NULL);
    ck_assert_int_eq(fetch(&trap, mem, at(&trap, mem), 100, &reply, &why), ST_TIMEOUT);
    ck_assert_int_lt(clock_mono_us() - began, 1400000);
    lift_trap(&trap);
    arena_free(mem);
}
END_TEST

START_TEST(test_outbound__only_https)
{
    static const char *const urls[] = {"http://www.example.it/",
                                       "ftp://www.example.it/",
                                       "file:///etc/passwd",
                                       "gopher://www.example.it/",
                                       "https://a:b@www.example.it/",
                                       "www.example.it",
                                       "//www.example.it/",
                                       "",
                                       "https://",
                                       "https:///x",
                                       "javascript:1"};
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(urls); i++) {
        const struct outbound o = {.allow = "www.example.it,www.example.it:80,www.example.it:21",
                                   .max_bytes = 10,
                                   .timeout_ms = 200};
        struct outbound_reply reply;
        struct str why;

        ck_assert_msg(outbound_get(&o, urls[i], mem, &reply, &why) == ST_DENIED, "%s", urls[i]);
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("outbound", test_outbound__which_addresses_are_public,
          test_outbound__no_spelling_reaches_inside,
          test_outbound__addresses_inside_are_named_as_such,
          test_outbound__fetches_from_who_is_named, test_outbound__a_failed_file_is_taken_away,
          test_outbound__redirects_stay_with_the_host, test_outbound__who_says_nothing_is_left,
          test_outbound__only_https)
