#include "web/socket_testing.h"
#include "base/log.h"
#include "base/macros.h"
#include <check.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct socket_testing socket_testing;

static enum status hello(struct web *w)
{
    atomic_fetch_add(&socket_testing.n_handled, 1);
    buf_z(web_out(w), "ciao ");
    buf_str(web_out(w), web_query(w, "q"));
    return ST_OK;
}

static enum status slow(struct web *w)
{
    atomic_fetch_add(&socket_testing.n_sleeping, 1);
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
    atomic_fetch_add(&socket_testing.n_handled, 1);
    buf_fmt(web_out(w), "%zu", web_field(w, "words").n);
    return web_testing_note(web_ctx(w), "x");
}

static enum status form(struct web *w)
{
    buf_str(web_out(w), web_form_token(w));
    return ST_OK;
}

#define ROW(method, path, handler, tx)                                                             \
    {                                                                                              \
        method, path, handler, ANYONE, tx, CACHE_NEVER, COST_PAGE, "public", "thing", "view"       \
    }
static const struct route rows[] = {
    ROW(GET, "/hello", hello, TX_NONE),      ROW(GET, "/slow", slow, TX_NONE),
    ROW(GET, "/large", large, TX_NONE),      ROW(GET, "/form", form, TX_NONE),
    ROW(POST, "/note", send_note, TX_WRITE),
};

void socket_testing_begin(const struct web_limits *limits)
{
    struct socket_testing *s = &socket_testing;
    struct str why = {"", 0};

    log_set_level(LOG_ERROR);
    atomic_store(&s->n_handled, 0);
    atomic_store(&s->n_sleeping, 0);
    web_testing_begin(&s->web, rows, ARRAY_LEN(rows), NULL, limits);
    if (web_server_start(s->web.app, "127.0.0.1:0", &s->server, &why, s->web.mem) != ST_OK)
        ck_abort_msg("%.*s", (int)why.n, why.p);
    s->port = web_server_port(s->server);
}

void socket_testing_end(void)
{
    web_server_stop(socket_testing.server, 1000);
    web_testing_end(&socket_testing.web);
}

int call_up(void)
{
    const struct sockaddr_in a = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)socket_testing.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

void say(int fd, const void *bytes, size_t n)
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

size_t hear(int fd, char *p, size_t room, int wait_ms, bool *closed)
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

int code_of(const char *reply)
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

void exchange(const void *bytes, size_t n, int wait_ms, struct exchange *x)
{
    const int fd = call_up();

    say(fd, bytes, n);
    hear(fd, x->text, sizeof x->text, wait_ms, &x->closed);
    x->code = code_of(x->text);
    x->n_replies = n_replies(x->text);
    close(fd);
}
