#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buf buf_new(struct arena *mem, size_t room)
{
    return (struct buf){mem, room == 0 ? NULL : arena_alloc(mem, room), 0, room};
}

static void make_room(struct buf *b, size_t n)
{
    if (b->room - b->n >= n)
        return;
    size_t room = b->room < 256 ? 512 : b->room * 2;

    if (room < b->n + n)
        room = b->n + n;
    b->p = arena_grow(b->mem, b->p, b->room, room);
    b->room = room;
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    make_room(b, n);
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
    buf_put(b, s.p, s.n);
}

void buf_z(struct buf *b, const char *z)
{
    buf_put(b, z, strlen(z));
}

void buf_char(struct buf *b, char c)
{
    buf_put(b, &c, 1);
}

void buf_int(struct buf *b, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    do
        digits[--at] = (char)('0' + u % 10);
    while ((u /= 10) != 0);
    if (v < 0)
        digits[--at] = '-';
    buf_put(b, digits + at, sizeof digits - at);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(NULL, 0, fmt, ap);

    if (n > 0) {
        make_room(b, (size_t)n + 1);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}

struct str buf_view(const struct buf *b)
{
    return (struct str){b->n == 0 ? "" : b->p, b->n};
}

void buf_html(struct buf *b, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const char *entity;

        switch (s.p[i]) {
        case '&': entity = "&amp;"; break;
        case '<': entity = "&lt;"; break;
        case '>': entity = "&gt;"; break;
        case '"': entity = "&#34;"; break;
        case '\'': entity = "&#39;"; break;
        default: continue;
        }
        buf_put(b, s.p + from, i - from);
        buf_z(b, entity);
        from = i + 1;
    }
    buf_put(b, s.p + from, s.n - from);
}

void buf_url(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '-' || c == '_' || c == '.' || c == '~') {
            buf_char(b, (char)c);
        } else {
            const char out[3] = {'%', hex[c >> 4], hex[c & 15]};

            buf_put(b, out, 3);
        }
    }
}

void buf_json(struct buf *b, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&')
            continue;
        buf_put(b, s.p + from, i - from);
        from = i + 1;
        switch (c) {
        case '"': buf_z(b, "\\\""); break;
        case '\\': buf_z(b, "\\\\"); break;
        case '\n': buf_z(b, "\\n"); break;
        case '\r': buf_z(b, "\\r"); break;
        case '\t': buf_z(b, "\\t"); break;
        default: buf_fmt(b, "\\u%04x", c); break;
        }
    }
    buf_put(b, s.p + from, s.n - from);
}
