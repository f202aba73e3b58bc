/*
 * outbound.h - the only way out: fetches from hosts that the keeper has named, and from nowhere
 * that is inside.
 *
 * Why     whoever can make a server fetch an address can make it knock at the neighbours' doors:
 *         the database, the router, the cloud's own addresses (SSRF).
 * Mail    goes to the one server that the keeper names in mail.server, by core/post.
 * How     https only; the host must be in the allow-list; it is resolved once, every address it has
 *         must be of the public internet, and the connection goes to exactly those; a redirect is
 *         followed only within the host; no proxy, no credentials, no cookies; size and time are
 *         capped.
 * Source  RFC 6890 and the IANA registries of special-purpose addresses; SECURITY T16.
 */
#pragma once
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include <netinet/in.h>
#include <stdbool.h>

struct outbound {
    const char *allow; /* hosts separated by commas: "www.example.it,data.example.it:8443" */
    int64_t max_bytes; /* of the body; past it ST_TOO_LARGE */
    int timeout_ms;    /* for the whole of it; past it ST_TIMEOUT */
    bool lets_loopback;      /* http and 127.0.0.1 too, for hosts in the list: two portals on one machine, tests */
};

struct outbound_reply {
    int code;
    struct str type; /* Content-Type as claimed */
    struct str body; /* empty when it went into a file */
};

/* ST_DENIED: not in the list, not https, or an address that is not public; *why then has one
 * English sentence for the keeper. ST_UNAVAILABLE: not reached, or an answer other than 2xx. */
enum status outbound_get(const struct outbound *o, const char *url, struct arena *mem,
                         struct outbound_reply *out, struct str *why);
/* The same into a new file, which is taken away again on any failure. */
enum status outbound_get_file(const struct outbound *o, const char *url, const char *file,
                              struct arena *mem, struct outbound_reply *out, struct str *why);

/* Of the public internet: not private, shared, local, loopback, multicast, documentation, reserved,
 * nor any of these inside an IPv6 form (mapped, NAT64, 6to4, Teredo, compatible). */
bool outbound_is_public4(const unsigned char a[4]);
bool outbound_is_public6(const unsigned char a[16]);
bool outbound_is_public(const struct sockaddr *a);
