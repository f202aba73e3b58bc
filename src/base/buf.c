#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct buf buf_new(struct arena *mem, size_t room)
{
    return (struct buf){mem, room == 0 ? NULL : arena_alloc(mem, room), 0, room};
}

void buf_room(struct buf *b, size_t n)
{
    if (b->room - b->n >= n)
        return;
    size_t room = b->room < 256 ? 512 : b->room * 2;

    if (room < b->n + n)
        room = b->n + n;
    b->p = arena_grow(b->mem, b->p, b->room, room);
    b->room = room;
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
    if (b->n == b->room)
        buf_room(b, 1);
    b->p[b->n++] = c;
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

    buf_room(b, 64); /* most of what is formatted fits at once */
    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(b->p + b->n, b->room - b->n, fmt, ap);

    if (n > 0 && (size_t)n >= b->room - b->n) {
        buf_room(b, (size_t)n + 1);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    }
    b->n += n > 0 ? (size_t)n : 0;
    va_end(again);
    va_end(ap);
}

struct str buf_view(const struct buf *b)
{
    return (struct str){b->n == 0 ? "" : b->p, b->n};
}

/* Which of these 16 bytes needs an entity: 16 when none does. */
static size_t first_special(const char *p)
{
    typedef unsigned char bytes16 __attribute__((vector_size(16)));
    bytes16 v;
    uint64_t hit[2];

    memcpy(&v, p, 16);
    v = (bytes16)((v == '&') | (v == '<') | (v == '>') | (v == '"') | (v == '\''));
    memcpy(hit, &v, 16);
    if ((hit[0] | hit[1]) == 0)
        return 16;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return hit[0] != 0 ? (size_t)__builtin_ctzll(hit[0]) / 8
                       : 8 + (size_t)__builtin_ctzll(hit[1]) / 8;
#else
    return hit[0] != 0 ? (size_t)__builtin_clzll(hit[0]) / 8
                       : 8 + (size_t)__builtin_clzll(hit[1]) / 8;
#endif
}

/* How many bytes from the start need no entity: 16 at a time, most text has none at all. */
static size_t plain_run(const char *p, size_t n)
{
    size_t i = 0;

    for (; n - i >= 16; i += 16) {
        const size_t at = first_special(p + i);

        if (at < 16)
            return i + at;
    }
    if (i > 0 && i < n) { /* the rest, with the end of what was seen already */
        const size_t at = first_special(p + n - 16);

        return n - 16 + at;
    }
    while (i < n && p[i] != '&' && p[i] != '<' && p[i] != '>' && p[i] != '"' && p[i] != '\'')
        i++;
    return i;
}

static struct str entity(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&#34;");
    default:
        return STR("&#39;");
    }
}

void buf_html(struct buf *b, struct str s)
{
    size_t i = 0;

    while (i < s.n) {
        const size_t run = plain_run(s.p + i, s.n - i);

        buf_put(b, s.p + i, run);
        i += run;
        if (i < s.n)
            buf_str(b, entity(s.p[i++]));
    }
}

static bool is_unreserved(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void buf_url(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (is_unreserved(c))
            continue;
        const char out[3] = {'%', hex[c >> 4], hex[c & 15]};

        buf_put(b, s.p + from, i - from);
        buf_put(b, out, 3);
        from = i + 1;
    }
    if (s.n > 0)
        buf_put(b, s.p + from, s.n - from);
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
        case '"':
            buf_z(b, "\\\"");
            break;
        case '\\':
            buf_z(b, "\\\\");
            break;
        case '\n':
            buf_z(b, "\\n");
            break;
        case '\r':
            buf_z(b, "\\r");
            break;
        case '\t':
            buf_z(b, "\\t");
            break;
        default:
            buf_fmt(b, "\\u%04x", c);
            break;
        }
    }
    buf_put(b, s.p + from, s.n - from);
}
