#include "web/listen.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024, SYSTEMD_FIRST_FD = 3 };

static enum status sorry(struct arena *mem, const char *where, struct str *why)
{
    const int e = errno;

    if (e == EADDRINUSE)
        *why = str_fmt(mem, "%s is taken by another program; choose another with --listen", where);
    else
        *why = str_fmt(mem, "cannot listen on %s: %s", where, strerror(e));
    return ST_UNAVAILABLE;
}

/* Two programs on one socket file would each get half of the visitors: only a file that nobody
 * answers on is taken away. */
static bool is_abandoned(const struct sockaddr_un *a)
{
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool refused =
        fd >= 0 && connect(fd, (const struct sockaddr *)a, sizeof *a) != 0 && errno == ECONNREFUSED;

    if (fd >= 0)
        close(fd);
    return refused;
}

static enum status open_unix(struct arena *mem, const char *where, struct listening *out,
                             struct str *why)
{
    const char *path = where + strlen("unix:");
    struct sockaddr_un a = {.sun_family = AF_UNIX};

    if (*path == '\0' || strlen(path) >= sizeof a.sun_path) {
        *why = str_fmt(mem, "%s: the path of a Unix socket has 1 to %zu characters", where,
                       sizeof a.sun_path - 1);
        return ST_INVALID;
    }
    memcpy(a.sun_path, path, strlen(path) + 1);
    if (is_abandoned(&a))
        unlink(path);
    out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (out->fd < 0 || bind(out->fd, (const struct sockaddr *)&a, sizeof a) != 0)
        return sorry(mem, where, why);
    /* The proxy's user is in our group; nobody else comes past the proxy. */
    if (chmod(path, 0660) != 0 || listen(out->fd, BACKLOG) != 0)
        return sorry(mem, where, why);
    out->is_local = true;
    out->unlink_path = str_z(mem, str_of(path));
    return ST_OK;
}

static bool split_host(struct arena *mem, const char *where, const char **host, const char **port)
{
    struct str s = str_of(where);
    const char *colon = strrchr(where, ':');
    int64_t n;

    if (colon == NULL || !str_to_int(str_of(colon + 1), &n) || n < 0 || n > 65535)
        return false;
    *port = colon + 1;
    s.n = (size_t)(colon - where);
    if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
        s = (struct str){s.p + 1, s.n - 2};
    else if (str_index(s, ':') >= 0)
        return false;
    *host = s.n == 0 || str_eq(s, STR("*")) ? NULL : str_z(mem, s);
    return true;
}

static int bound_port(int fd)
{
    struct sockaddr_storage a;
    socklen_t n = sizeof a;

    if (getsockname(fd, (struct sockaddr *)&a, &n) != 0)
        return 0;
    if (a.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)&a)->sin_port);
    if (a.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)&a)->sin6_port);
    return 0;
}

/* "*" is one IPv6 socket that takes IPv4 too; where there is no IPv6, the IPv4 one. */
static int open_one(const struct addrinfo *a, bool takes_both)
{
    const int on = 1, off = 0;
    const int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (a->ai_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, takes_both ? &off : &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    const int e = errno;

    close(fd);
    errno = e;
    return -1;
}

static enum status open_address(struct arena *mem, const char *where, struct listening *out,
                                struct str *why)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    const char *host = NULL, *port = NULL;
    struct addrinfo *list = NULL;

    if (!split_host(mem, where, &host, &port)) {
        *why = str_fmt(mem, "%s is not ADDRESS:PORT, [ADDRESS]:PORT, unix:PATH or systemd", where);
        return ST_INVALID;
    }
    const int rc = getaddrinfo(host, port, &hints, &list);

    if (rc != 0) {
        *why = str_fmt(mem, "cannot listen on %s: %s", where, gai_strerror(rc));
        return ST_INVALID;
    }
    out->fd = -1;
    for (int family = host == NULL ? AF_INET6 : 0; out->fd < 0; family = AF_INET) {
        for (const struct addrinfo *a = list; a != NULL && out->fd < 0; a = a->ai_next)
            if (family == 0 || a->ai_family == family)
                out->fd = open_one(a, host == NULL);
        if (family != AF_INET6)
            break;
    }
    const int e = errno;

    freeaddrinfo(list);
    errno = e;
    if (out->fd < 0)
        return sorry(mem, where, why);
    out->port = bound_port(out->fd);
    return ST_OK;
}

/* The protocol of sd_listen_fds(3): one socket, handed over as descriptor 3. */
static enum status take_systemd(struct arena *mem, struct listening *out, struct str *why)
{
    const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
    struct sockaddr_storage a;
    socklen_t n = sizeof a;

    if (pid == NULL || fds == NULL || atol(pid) != (long)getpid() || strcmp(fds, "1") != 0) {
        *why = STR("systemd handed over no socket: is wecare.socket enabled?");
        return ST_INVALID;
    }
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    out->fd = SYSTEMD_FIRST_FD;
    if (getsockname(out->fd, (struct sockaddr *)&a, &n) != 0 ||
        fcntl(out->fd, F_SETFD, FD_CLOEXEC) != 0)
        return sorry(mem, "the socket of systemd", why);
    out->is_local = a.ss_family == AF_UNIX;
    out->port = bound_port(out->fd);
    return ST_OK;
}

enum status listen_open(struct arena *mem, const char *where, struct listening *out,
                        struct str *why)
{
    enum status st;

    *out = (struct listening){.fd = -1};
    if (strcmp(where, "systemd") == 0)
        st = take_systemd(mem, out, why);
    else if (strncmp(where, "unix:", 5) == 0)
        st = open_unix(mem, where, out, why);
    else
        st = open_address(mem, where, out, why);
    if (st != ST_OK && out->fd >= 0 && strcmp(where, "systemd") != 0)
        close(out->fd);
    return st;
}

void listen_close(struct listening *l)
{
    if (l->fd >= 0)
        close(l->fd);
    if (l->unlink_path != NULL)
        unlink(l->unlink_path);
    l->fd = -1;
}
