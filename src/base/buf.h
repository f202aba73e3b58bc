/*
 * buf.h - text that grows in an arena: pages, JSON, CSV are written into one.
 *
 * Memory  the arena given to buf_new; buf_str is valid until the next write.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include <string.h>

struct buf {
    struct arena *mem;
    char *p;
    size_t n;
    size_t room;
};

struct buf buf_new(struct arena *mem, size_t room);
void buf_room(struct buf *b, size_t n); /* room for n more bytes */
/* Here and not in buf.c: the length of a literal is known where it is written, and pages are
 * mostly literals. */
static inline void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    if (b->room - b->n < n)
        buf_room(b, n);
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
}
void buf_str(struct buf *b, struct str s);
void buf_z(struct buf *b, const char *z);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str buf_view(const struct buf *b);

/* HTML: & < > " ' as entities: right for text and for quoted attributes. */
void buf_html(struct buf *b, struct str s);
/* One path or query segment: everything but unreserved characters as %XX. */
void buf_url(struct buf *b, struct str s);
/* The inside of a JSON string: quotes, backslash, controls, and < > & as \u003c. */
void buf_json(struct buf *b, struct str s);
