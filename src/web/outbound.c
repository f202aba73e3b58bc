#include "web/outbound.h"
#include "base/buf.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_PLACES = 8, MAX_REDIRECTS = 3 };

struct fetch {
    const struct outbound *o;
    struct arena *mem;
    struct str *why;
    struct str host, port; /* of the address being fetched */
    struct sockaddr_storage places[MAX_PLACES];
    int n_places;
    struct buf body;
    int fd; /* -1: into body */
    int64_t n_bytes;
    bool is_too_large;
    bool is_full;     /* the file could not be written */
    bool was_refused; /* the library wanted another address */
    int64_t until_us;
};

static enum status refuse(struct fetch *f, const char *before, struct str what, const char *after)
{
    *f->why = str_fmt(f->mem, "%s%.*s%s", before, (int)what.n, what.p, after);
    return ST_DENIED;
}

/* ---- the address ---- */

static struct str part(struct arena *mem, CURLU *u, CURLUPart which, unsigned int flags)
{
    char *z = NULL;

    if (curl_url_get(u, which, &z, flags) != CURLUE_OK)
        return (struct str){"", 0};
    const struct str s = str_copy(mem, str_of(z));

    curl_free(z);
    return s;
}

static bool is_same(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* "host" is the usual port only; "host:8443" that one only. */
static bool is_allowed(const struct fetch *f, bool has_usual_port)
{
    struct str rest = str_of(f->o->allow);
    const struct str with_port =
        str_fmt(f->mem, "%.*s:%.*s", (int)f->host.n, f->host.p, (int)f->port.n, f->port.p);

    while (rest.n > 0) {
        const struct str one = str_trim(str_cut(&rest, ','));

        if (one.n > 0 && (is_same(one, with_port) || (has_usual_port && is_same(one, f->host))))
            return true;
    }
    return false;
}

static enum status check_url(struct fetch *f, CURLU *u)
{
    const struct str scheme = part(f->mem, u, CURLUPART_SCHEME, 0);
    const bool is_https = is_same(scheme, STR("https"));

    f->host = part(f->mem, u, CURLUPART_HOST, 0);
    f->port = part(f->mem, u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    if (!is_https && !(f->o->lets_loopback && is_same(scheme, STR("http"))))
        return refuse(f, "only https is fetched, not ", scheme, "");
    if (part(f->mem, u, CURLUPART_USER, 0).n > 0 || part(f->mem, u, CURLUPART_PASSWORD, 0).n > 0)
        return refuse(f, "an address with a user name is not fetched: ", f->host, "");
    if (!is_allowed(f, is_https && str_eq_z(f->port, "443")))
        return refuse(f, "", f->host, " is not among the hosts of outbound.allow");
    return ST_OK;
}

static bool is_loopback(const struct sockaddr *a)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)a;

    return a->sa_family == AF_INET && in->sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

/* Every address of the host must be public: one that is not would be reached by trying again. */
static enum status resolve(struct fetch *f)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG};
    struct str bare = f->host;
    struct addrinfo *list = NULL;
    enum status st = ST_OK;

    if (bare.n > 2 && bare.p[0] == '[')
        bare = (struct str){bare.p + 1, bare.n - 2};
    const int rc = getaddrinfo(str_z(f->mem, bare), f->port.p, &hints, &list);

    if (rc != 0) {
        *f->why =
            str_fmt(f->mem, "%.*s has no address: %s", (int)f->host.n, f->host.p, gai_strerror(rc));
        return ST_UNAVAILABLE;
    }
    f->n_places = 0;
    for (const struct addrinfo *a = list; a != NULL && st == ST_OK; a = a->ai_next) {
        if (!outbound_is_public(a->ai_addr) && !(f->o->lets_loopback && is_loopback(a->ai_addr)))
            st = refuse(f, "", f->host, " is an address inside, not of the public internet");
        else if (f->n_places < MAX_PLACES)
            memcpy(&f->places[f->n_places++], a->ai_addr, a->ai_addrlen);
    }
    freeaddrinfo(list);
    return st == ST_OK && f->n_places == 0 ? ST_UNAVAILABLE : st;
}

/* "host:port:address,address": the library asks nobody else. */
static struct curl_slist *pin(const struct fetch *f)
{
    struct buf b = buf_new(f->mem, 256);

    buf_fmt(&b, "%.*s:%.*s:", (int)f->host.n, f->host.p, (int)f->port.n, f->port.p);
    for (int i = 0; i < f->n_places; i++) {
        char text[INET6_ADDRSTRLEN];
        const struct sockaddr *a = (const struct sockaddr *)&f->places[i];
        const void *bytes = a->sa_family == AF_INET
                                ? (const void *)&((const struct sockaddr_in *)a)->sin_addr
                                : (const void *)&((const struct sockaddr_in6 *)a)->sin6_addr;

        inet_ntop(a->sa_family, bytes, text, sizeof text);
        buf_fmt(&b, a->sa_family == AF_INET ? "%s%s" : "%s[%s]", i == 0 ? "" : ",", text);
    }
    return curl_slist_append(NULL, str_z(f->mem, buf_view(&b)));
}

static bool was_checked(const struct fetch *f, const struct curl_sockaddr *to)
{
    for (int i = 0; i < f->n_places; i++) {
        const struct sockaddr *a = (const struct sockaddr *)&f->places[i];

        if (a->sa_family != to->addr.sa_family)
            continue;
        if (a->sa_family == AF_INET
                ? memcmp(&((const struct sockaddr_in *)a)->sin_addr,
                         &((const struct sockaddr_in *)&to->addr)->sin_addr, 4) == 0
                : memcmp(&((const struct sockaddr_in6 *)a)->sin6_addr,
                         &((const struct sockaddr_in6 *)&to->addr)->sin6_addr, 16) == 0)
            return true;
    }
    return false;
}

/* The last gate: whatever the library has come to believe, it connects to a place that was checked.
 */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct fetch *f = arg;

    (void)purpose;
    if (!was_checked(f, to)) {
        f->was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* ---- the body ---- */

static bool write_file(int fd, const char *p, size_t n)
{
    while (n > 0) {
        const ssize_t w = write(fd, p, n);

        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

static size_t take_bytes(char *p, size_t size, size_t n, void *arg)
{
    struct fetch *f = arg;
    const size_t bytes = size * n;

    f->n_bytes += (int64_t)bytes;
    f->is_too_large = f->n_bytes > f->o->max_bytes;
    if (f->is_too_large)
        return 0;
    if (f->fd < 0)
        buf_put(&f->body, p, bytes);
    else if (!write_file(f->fd, p, bytes)) {
        f->is_full = true;
        return 0;
    }
    return bytes;
}

static enum status outcome(struct fetch *f, CURLcode rc)
{
    if (rc == CURLE_OK)
        return ST_OK;
    if (f->was_refused)
        return refuse(f, "", f->host, " leads to an address inside");
    if (f->is_too_large || rc == CURLE_FILESIZE_EXCEEDED) {
        *f->why = str_fmt(f->mem, "%.*s sends more than %lld bytes", (int)f->host.n, f->host.p,
                          (long long)f->o->max_bytes);
        return ST_TOO_LARGE;
    }
    *f->why = f->is_full
                  ? STR("the file cannot be written: is the disk full?")
                  : str_fmt(f->mem, "%.*s: %s", (int)f->host.n, f->host.p, curl_easy_strerror(rc));
    return rc == CURLE_OPERATION_TIMEDOUT ? ST_TIMEOUT : ST_UNAVAILABLE;
}

static enum status perform(struct fetch *f, CURL *c, CURLU *u)
{
    const int64_t left_ms = (f->until_us - clock_mono_us()) / 1000;
    struct curl_slist *pinned = pin(f);

    curl_easy_setopt(c, CURLOPT_CURLU, u);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, f->o->lets_loopback ? "http,https" : "https");
    curl_easy_setopt(c, CURLOPT_RESOLVE, pinned);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(left_ms > 0 ? left_ms : 1));
    /* One that drips a byte now and then would hold us for the whole of its time. */
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 64L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 10L);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)f->o->max_bytes);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, NULL); /* nothing to unpack, no bombs */
    curl_easy_setopt(c, CURLOPT_USERAGENT, "wecare/" WECARE_VERSION);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
    const CURLcode rc = curl_easy_perform(c);

    curl_slist_free_all(pinned);
    return outcome(f, rc);
}

/* The address that a redirect names, if it stays with the host. */
static enum status follow(struct fetch *f, CURL *c, CURLU *u)
{
    const struct str host = f->host, port = f->port;
    char *to = NULL;

    curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &to);
    if (to == NULL || curl_url_set(u, CURLUPART_URL, to, 0) != CURLUE_OK) {
        *f->why = str_fmt(f->mem, "%.*s redirects to nowhere", (int)host.n, host.p);
        return ST_UNAVAILABLE;
    }
    const enum status st = check_url(f, u);

    if (st == ST_OK && (!is_same(f->host, host) || !is_same(f->port, port)))
        return refuse(f, "a redirect to another host is not followed: ", f->host, "");
    return st;
}

static enum status fetch(struct fetch *f, CURL *c, CURLU *u, struct outbound_reply *out)
{
    enum status st = check_url(f, u);

    if (st == ST_OK)
        st = resolve(f);
    for (int i = 0; st == ST_OK; i++) {
        long code = 0;
        const char *type = NULL;

        st = perform(f, c, u);
        if (st != ST_OK)
            return st;
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
        curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
        out->code = (int)code;
        out->type = str_copy(f->mem, str_of(type));
        if (code >= 200 && code < 300)
            return ST_OK;
        if (code < 300 || code >= 400 || i == MAX_REDIRECTS) {
            *f->why = str_fmt(f->mem, "%.*s answers %ld", (int)f->host.n, f->host.p, code);
            return ST_UNAVAILABLE;
        }
        f->body.n = 0;
        if (f->fd >= 0 && (ftruncate(f->fd, 0) != 0 || lseek(f->fd, 0, SEEK_SET) != 0))
            return ST_UNAVAILABLE;
        f->n_bytes = 0;
        st = follow(f, c, u);
    }
    return st;
}

static enum status get(const struct outbound *o, const char *url, int fd, struct arena *mem,
                       struct outbound_reply *out, struct str *why)
{
    struct fetch f = {.o = o,
                      .mem = mem,
                      .why = why,
                      .fd = fd,
                      .body = buf_new(mem, 1024),
                      .until_us = clock_mono_us() + (int64_t)o->timeout_ms * 1000};
    enum status st = ST_UNAVAILABLE;

    *out = (struct outbound_reply){0};
    *why = (struct str){"", 0};
    CURL *c = curl_easy_init();
    CURLU *u = curl_url();

    if (c == NULL || u == NULL)
        *why = STR("no memory for a connection");
    else if (curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER) != CURLUE_OK)
        st = refuse(&f, "this is not an address that can be fetched: ", str_of(url), "");
    else
        st = fetch(&f, c, u, out);
    curl_url_cleanup(u);
    curl_easy_cleanup(c);
    out->body = buf_view(&f.body);
    return st;
}

enum status outbound_get(const struct outbound *o, const char *url, struct arena *mem,
                         struct outbound_reply *out, struct str *why)
{
    return get(o, url, -1, mem, out, why);
}

enum status outbound_get_file(const struct outbound *o, const char *url, const char *file,
                              struct arena *mem, struct outbound_reply *out, struct str *why)
{
    const int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0) {
        *why = str_fmt(mem, "%s cannot be made: %s", file, strerror(errno));
        return ST_UNAVAILABLE;
    }
    enum status st = get(o, url, fd, mem, out, why);

    if (close(fd) != 0 && st == ST_OK) {
        *why = str_fmt(mem, "%s cannot be written: %s", file, strerror(errno));
        st = ST_UNAVAILABLE;
    }
    if (st != ST_OK)
        unlink(file);
    return st;
}
