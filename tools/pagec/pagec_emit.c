/* Writes C: literals gathered into one call, #line before what comes from the template. */
#include "pagec_in.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void emit_byte(struct pagec *p, char c)
{
    buf_char(&p->literal, c);
}

void emit_bytes(struct pagec *p, const char *bytes, size_t n)
{
    buf_put(&p->literal, bytes, n);
}

/* One C string literal; a line end in the template is a line end in the C. */
struct str c_string(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 16);

    buf_char(&b, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\' || c == '?') {
            buf_char(&b, '\\');
            buf_char(&b, (char)c);
        } else if (c == '\n') {
            buf_z(&b, "\\n");
        } else if (c < 0x20 || c == 0x7f) {
            buf_fmt(&b, "\\%03o", c);
        } else {
            buf_char(&b, (char)c);
        }
    }
    buf_char(&b, '"');
    return buf_view(&b);
}

static void indent(struct pagec *p)
{
    for (int i = 0; i < p->indent; i++)
        buf_z(&p->functions, "    ");
}

void emit_flush(struct pagec *p)
{
    if (p->literal.n == 0)
        return;
    const struct str lit = c_string(p->mem, buf_view(&p->literal));

    indent(p);
    buf_fmt(&p->functions, "buf_put(o_, %.*s, %zu);\n", (int)lit.n, lit.p, p->literal.n);
    p->literal.n = 0;
}

static void PRINTF_LIKE(2, 0) put_code(struct pagec *p, const char *fmt, va_list ap)
{
    va_list again;

    va_copy(again, ap);
    const int n = vsnprintf(NULL, 0, fmt, again);
    char *const line = arena_alloc(p->mem, (size_t)n + 1);

    va_end(again);
    vsnprintf(line, (size_t)n + 1, fmt, ap);
    if (line[0] == '}')
        p->indent--;
    indent(p);
    buf_put(&p->functions, line, (size_t)n);
    buf_char(&p->functions, '\n');
    if (n > 0 && line[n - 1] == '{')
        p->indent++;
}

void emit_code(struct pagec *p, const char *fmt, ...)
{
    va_list ap;

    emit_flush(p);
    va_start(ap, fmt);
    put_code(p, fmt, ap);
    va_end(ap);
}

void emit_at(struct pagec *p, const char *at, const char *fmt, ...)
{
    va_list ap;
    const struct str path = c_string(p->mem, str_of(p->file->path));

    emit_flush(p);
    buf_fmt(&p->functions, "#line %d %.*s\n", pagec_line(p, at), (int)path.n, path.p);
    va_start(ap, fmt);
    put_code(p, fmt, ap);
    va_end(ap);
}

static void list_add(struct pagec *p, struct str **list, int *n, int *room, struct str s)
{
    if (*n == *room) {
        const int more = *room == 0 ? 16 : *room * 2;

        *list = arena_grow(p->mem, *list, sizeof s * (size_t)*room, sizeof s * (size_t)more);
        *room = more;
    }
    (*list)[(*n)++] = s;
}

static bool list_has(const struct str *list, int n, struct str s)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

void note_key(struct pagec *p, struct str key)
{
    if (!list_has(p->keys, p->n_keys, key))
        list_add(p, &p->keys, &p->n_keys, &p->room_keys, key);
}

bool note_seen(struct pagec *p, struct str name)
{
    if (list_has(p->seen, p->n_seen, name))
        return false;
    list_add(p, &p->seen, &p->n_seen, &p->room_seen, str_copy(p->mem, name));
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void pagec_put_keys(struct pagec *p, struct buf *b)
{
    if (p->n_keys > 0)
        qsort(p->keys, (size_t)p->n_keys, sizeof *p->keys, by_bytes);
    buf_fmt(b, "\nconst char *const %s_page_keys[] = {\n", p->job->slice);
    for (int i = 0; i < p->n_keys; i++) {
        const struct str key = c_string(p->mem, p->keys[i]);

        buf_fmt(b, "    %.*s,\n", (int)key.n, key.p);
    }
    buf_fmt(b, "    0};\nconst int %s_n_page_keys = %d;\n", p->job->slice, p->n_keys);
}
