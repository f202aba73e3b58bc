#include "web/guard.h"
#include <string.h>
#include <strings.h>

static bool is_token_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_token_char((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_value(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool is_name(struct str s, const char *z)
{
    return s.n == strlen(z) && strncasecmp(s.p, z, s.n) == 0;
}

/* How many headers have that name; *value is the last one's. */
static int count(const struct incoming *in, const char *name, struct str *value)
{
    int n = 0;

    for (int i = 0; i < in->n_headers; i++)
        if (is_name(in->headers[i].name, name)) {
            n++;
            *value = in->headers[i].value;
        }
    return n;
}

/* A name or an address, perhaps with a port: what may stand in a link we write. */
static bool is_host(struct str s)
{
    if (s.n == 0 || s.n > 255)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        const bool is_alnum =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (!is_alnum && (c == '\0' || strchr("-._:[]", c) == NULL))
            return false;
    }
    return true;
}

/* Digits only, and few enough to be a number: no sign, no "0x", no list. */
static bool is_length(struct str s)
{
    if (s.n == 0 || s.n > 18)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

static enum guard_reason check_framing(const struct incoming *in)
{
    struct str length = {"", 0}, coding = {"", 0}, expect = {"", 0};
    const int n_length = count(in, "Content-Length", &length);
    const int n_coding = count(in, "Transfer-Encoding", &coding);
    const int n_expect = count(in, "Expect", &expect);

    if (n_length > 0 && n_coding > 0)
        return GUARD_LENGTH_AND_CODING;
    if (n_length > 1 || (n_length == 1 && !is_length(length)))
        return GUARD_LENGTH;
    if (n_coding > 1 || (n_coding == 1 && !is_name(coding, "chunked")))
        return GUARD_CODING;
    if (n_expect > 1 || (n_expect == 1 && !is_name(expect, "100-continue")))
        return GUARD_EXPECT;
    return GUARD_PASSES;
}

/* The one length of a header written as everybody writes it; an empty value may have lost its
 * space on the way. */
static bool is_visible_length(const struct incoming *in, struct str version, int64_t header_bytes)
{
    int64_t most = (int64_t)(in->method.n + 1 + in->target.n + 1 + version.n + 2 + 2);
    int64_t least;
    int n_empty = 0;

    for (int i = 0; i < in->n_headers; i++) {
        most += (int64_t)(in->headers[i].name.n + 2 + in->headers[i].value.n + 2);
        n_empty += in->headers[i].value.n == 0;
    }
    least = most - n_empty;
    return header_bytes >= least && header_bytes <= most;
}

enum guard_reason guard_check(const struct incoming *in, struct str version, int64_t header_bytes,
                              bool is_cut, int64_t max_header_bytes)
{
    int64_t bytes = 0;
    struct str host = {"", 0};

    if (in->target.n > TARGET_MAX)
        return GUARD_TARGET_LONG;
    if (is_cut || in->n_headers > GUARD_HEADERS_MAX)
        return GUARD_HEADERS_MANY;
    for (int i = 0; i < in->n_headers; i++)
        bytes += (int64_t)(in->headers[i].name.n + in->headers[i].value.n + 4);
    if (bytes > max_header_bytes || header_bytes > max_header_bytes)
        return GUARD_HEADERS_LARGE;
    if (!is_token(in->method) || in->method.n > 20)
        return GUARD_METHOD;
    if (!str_eq(version, STR("HTTP/1.1")) && !str_eq(version, STR("HTTP/1.0")))
        return GUARD_VERSION;
    for (int i = 0; i < in->n_headers; i++) {
        if (!is_token(in->headers[i].name))
            return GUARD_HEADER_NAME;
        if (!is_value(in->headers[i].value))
            return GUARD_HEADER_VALUE;
    }
    if (count(in, "Host", &host) != 1 || !is_host(host))
        return GUARD_HOST;
    const enum guard_reason framing = check_framing(in);

    if (framing != GUARD_PASSES)
        return framing;
    if (header_bytes != 0 && !is_visible_length(in, version, header_bytes))
        return GUARD_HIDDEN_BYTES;
    return GUARD_PASSES;
}

static const struct {
    const char *name;
    int code;
} reasons[GUARD_REASONS] = {
    [GUARD_PASSES] = {"passes", 200},
    [GUARD_TARGET] = {"target", 400},
    [GUARD_TARGET_LONG] = {"target-long", 414},
    [GUARD_METHOD] = {"method", 400},
    [GUARD_VERSION] = {"version", 505},
    [GUARD_HEADERS_MANY] = {"headers-many", 431},
    [GUARD_HEADERS_LARGE] = {"headers-large", 431},
    [GUARD_HEADER_NAME] = {"header-name", 400},
    [GUARD_HEADER_VALUE] = {"header-value", 400},
    [GUARD_HIDDEN_BYTES] = {"hidden-bytes", 400},
    [GUARD_HOST] = {"host", 400},
    [GUARD_LENGTH] = {"content-length", 400},
    [GUARD_CODING] = {"transfer-encoding", 400},
    [GUARD_LENGTH_AND_CODING] = {"length-and-coding", 400},
    [GUARD_EXPECT] = {"expect", 417},
};

int guard_code(enum guard_reason reason)
{
    return reasons[reason].code;
}

const char *guard_name(enum guard_reason reason)
{
    return reasons[reason].name;
}

int64_t guard_body_bytes(const struct incoming *in)
{
    struct str value = {"", 0};
    int64_t n = 0;

    if (count(in, "Transfer-Encoding", &value) > 0)
        return -1;
    if (count(in, "Content-Length", &value) > 0)
        (void)str_to_int(value, &n);
    return n;
}
