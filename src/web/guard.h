/*
 * guard.h - refuses malformed requests before any body is read and closes the connection.
 *
 * Why     two programs that read one stream differently (a proxy and we) let somebody smuggle a
 *         request; the HTTP library is lenient (it takes two Content-Length headers).
 * Bytes   the library hides bare line feeds, NULs, folded lines and spaces around names, but tells
 * how many bytes the header was. A header written as everybody writes it ("Name: value", CR LF) has
 *         exactly one length: any other is refused. So exactly one space follows the colon.
 * Source  RFC 9112; DESIGN.md section 5.
 * Pure    no memory, no database.
 */
#pragma once
#include "web/inside.h"

enum guard_reason {
    GUARD_PASSES = 0,
    GUARD_TARGET, /* not one clear address */
    GUARD_TARGET_LONG,
    GUARD_METHOD,  /* not a token */
    GUARD_VERSION, /* neither HTTP/1.1 nor HTTP/1.0 */
    GUARD_HEADERS_MANY,
    GUARD_HEADERS_LARGE,
    GUARD_HEADER_NAME,
    GUARD_HEADER_VALUE,
    GUARD_HIDDEN_BYTES, /* bare LF, NUL, folding, spaces */
    GUARD_HOST,         /* none, two, or not a name */
    GUARD_LENGTH,       /* Content-Length repeated or not a plain number */
    GUARD_CODING,       /* Transfer-Encoding other than exactly one "chunked" */
    GUARD_LENGTH_AND_CODING,
    GUARD_EXPECT,
    GUARD_REASONS
};

enum { GUARD_HEADERS_MAX = 100 };

/* version: "HTTP/1.1". header_bytes: of the whole header as it came, 0 when not known (in
 * process). is_cut: there were more headers than GUARD_HEADERS_MAX. */
enum guard_reason guard_check(const struct incoming *in, struct str version, int64_t header_bytes,
                              bool is_cut, int64_t max_header_bytes);

int guard_code(enum guard_reason reason);         /* 400, 414, 417, 431 */
const char *guard_name(enum guard_reason reason); /* for logs and metrics */

/* Length that the headers promise; 0 when none, -1 when chunked. Only after guard_check. */
int64_t guard_body_bytes(const struct incoming *in);
