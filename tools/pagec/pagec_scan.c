/* Splits a template into literals and tags, and tags into words. */
#include "pagec_in.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int pagec_line(const struct pagec *p, const char *at)
{
    int line = 1;

    for (const char *c = p->file->text.p; c < at; c++)
        line += *c == '\n';
    return line;
}

/* Columns count code points from 1, as editors do. */
static int column(const struct pagec *p, const char *at)
{
    int col = 1;

    for (const char *c = at; c > p->file->text.p && c[-1] != '\n'; c--)
        col += ((unsigned char)c[-1] & 0xc0) != 0x80;
    return col;
}

void pagec_fail(struct pagec *p, const char *at, const char *fmt, ...)
{
    va_list ap;
    char why[512];

    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    if (at < p->file->text.p || at > p->file->text.p + p->file->text.n)
        at = p->tag_at;
    buf_fmt(&p->errors, "%s:%d:%d: error: %s\n", p->file->path, pagec_line(p, at), column(p, at),
            why);
    longjmp(p->stop, 1);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str scan_skip(struct str s, size_t n)
{
    return n > s.n ? (struct str){s.p + s.n, 0} : (struct str){s.p + n, s.n - n};
}

struct str scan_blank(struct str s)
{
    while (s.n > 0 && is_blank(s.p[0]))
        s = scan_skip(s, 1);
    return s;
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

struct str scan_name(struct str *s)
{
    size_t n = 0;

    while (n < s->n && (is_name_start(s->p[n]) || (n > 0 && s->p[n] >= '0' && s->p[n] <= '9')))
        n++;
    const struct str name = {s->p, n};

    *s = (struct str){s->p + n, s->n - n};
    return name;
}

bool scan_word(struct str *s, const char *word)
{
    const size_t n = strlen(word);

    if (s->n < n || memcmp(s->p, word, n) != 0 || (s->n > n && !is_blank(s->p[n])))
        return false;
    *s = scan_blank((struct str){s->p + n, s->n - n});
    return true;
}

struct str scan_string(struct pagec *p, struct str *s)
{
    if (s->n == 0 || s->p[0] != '"')
        return (struct str){NULL, 0};
    for (size_t i = 1; i < s->n; i++)
        if (s->p[i] == '"') {
            const struct str inside = {s->p + 1, i - 1};

            *s = (struct str){s->p + i + 1, s->n - i - 1};
            return inside;
        }
    pagec_fail(p, s->p, "this quoted text does not end");
}

void scan_end(struct pagec *p, struct str s, const char *what)
{
    s = scan_blank(s);
    if (s.n != 0)
        pagec_fail(p, s.p, "\"%.*s\" is too much after %s", (int)(s.n > 40 ? 40 : s.n), s.p, what);
}

/* The end of a tag: the first }} outside quotes; a comment ends at the first one. */
static const char *tag_end(const char *at, const char *end)
{
    const bool is_comment = at < end && *at == '!';
    bool is_quoted = false;

    for (; end - at >= 2; at++) {
        if (*at == '"' && !is_comment)
            is_quoted = !is_quoted;
        else if (!is_quoted && at[0] == '}' && at[1] == '}')
            return at;
    }
    return NULL;
}

struct token pagec_next(struct pagec *p, struct str *rest)
{
    const char *const end = rest->p + rest->n;
    const char *open = rest->n < 2 ? NULL : memmem(rest->p, rest->n, "{{", 2);

    if (rest->n == 0)
        return (struct token){TOKEN_END, *rest};
    if (open == NULL)
        open = end;
    if (open > rest->p) {
        const struct token t = {TOKEN_LITERAL, {rest->p, (size_t)(open - rest->p)}};

        *rest = (struct str){open, (size_t)(end - open)};
        return t;
    }
    const char *const close = tag_end(open + 2, end);

    if (close == NULL)
        pagec_fail(p, open, "this {{ is not closed by }}");
    struct str inside = {open + 2, (size_t)(close - open - 2)};

    inside = scan_blank(inside);
    while (inside.n > 0 && is_blank(inside.p[inside.n - 1]))
        inside.n--;
    *rest = (struct str){close + 2, (size_t)(end - close - 2)};
    return (struct token){TOKEN_TAG, inside};
}
