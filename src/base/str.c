#include "base/str.h"
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *z)
{
    return (struct str){z, z == NULL ? 0 : strlen(z)};
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_z(struct str a, const char *z)
{
    return str_eq(a, str_of(z));
}

int str_cmp(struct str a, struct str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_head(s, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

struct str str_from(struct str s, size_t at)
{
    return at >= s.n ? (struct str){"", 0} : (struct str){s.p + at, s.n - at};
}

struct str str_head(struct str s, size_t n)
{
    return (struct str){s.p, s.n < n ? s.n : n};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

ptrdiff_t str_index(struct str s, char c)
{
    const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

    return at == NULL ? -1 : at - s.p;
}

struct str str_cut(struct str *rest, char sep)
{
    const ptrdiff_t at = str_index(*rest, sep);
    struct str head = *rest;

    if (at < 0) {
        *rest = (struct str){"", 0};
        return head;
    }
    head.n = (size_t)at;
    *rest = str_from(*rest, (size_t)at + 1);
    return head;
}

struct str str_copy(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n + 1);

    if (s.n != 0)
        memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

const char *str_z(struct arena *mem, struct str s)
{
    return str_copy(mem, s).p;
}

struct str str_fmt(struct arena *mem, const char *fmt, ...)
{
    va_list ap, again;
    char small[256];

    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(small, sizeof small, fmt, ap);
    char *p = arena_alloc(mem, n < 0 ? 1 : (size_t)n + 1);

    if (n >= 0 && (size_t)n < sizeof small)
        memcpy(p, small, (size_t)n);
    else if (n >= 0)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return (struct str){p, n < 0 ? 0 : (size_t)n};
}

/* Decodes one code point at *i; returns -1 on a form that is not UTF-8. */
static int32_t utf8_next(struct str s, size_t *i)
{
    const unsigned char c = (unsigned char)s.p[*i];
    const int n_more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : 3;
    int32_t cp = n_more == 0 ? c : n_more == 1 ? c & 0x1f : n_more == 2 ? c & 0x0f : c & 0x07;
    static const int32_t least[] = {0, 0x80, 0x800, 0x10000};

    if ((c >= 0x80 && c < 0xc2) || c > 0xf4 || s.n - *i <= (size_t)n_more)
        return -1;
    for (int k = 1; k <= n_more; k++) {
        const unsigned char d = (unsigned char)s.p[*i + (size_t)k];

        if ((d & 0xc0) != 0x80)
            return -1;
        cp = cp << 6 | (d & 0x3f);
    }
    if (cp < least[n_more] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        return -1;
    *i += (size_t)n_more + 1;
    return cp;
}

bool str_is_utf8(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        const int32_t cp = utf8_next(s, &i);

        if (cp < 0 || (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0x7f)
            return false;
    }
    return true;
}

size_t str_length(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

bool str_to_int(struct str s, int64_t *out)
{
    const bool minus = s.n > 0 && s.p[0] == '-';
    int64_t v = 0;

    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const int digit = s.p[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_sub_overflow(v, digit, &v)) /* kept negative: INT64_MIN has no twin */
            return false;
    }
    if (!minus && v == INT64_MIN)
        return false;
    *out = minus ? v : -v;
    return true;
}

bool str_to_double(struct str s, double *out)
{
    char z[64], *end;

    if (s.n == 0 || s.n >= sizeof z)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (memchr("0123456789+-.eE", s.p[i], 15) == NULL)
            return false;
    memcpy(z, s.p, s.n);
    z[s.n] = '\0';
    errno = 0;
    const double v = strtod(z, &end);

    if (*end != '\0' || end == z || errno == ERANGE || !isfinite(v))
        return false;
    *out = v;
    return true;
}

/* Letters U+00C0..U+017F without their accents; '*' where one letter becomes two. */
static const char latin1[] = "aaaaaa*ceeeeiiiidnooooo ouuuuy**"
                             "aaaaaa*ceeeeiiiidnooooo ouuuuy*y";
static const char latin_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllllll"
                              "lnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const char *two_letters(int32_t cp)
{
    switch (cp) {
    case 0xc6: case 0xe6: return "ae";
    case 0xde: case 0xfe: return "th";
    case 0xdf: return "ss";
    case 0x132: case 0x133: return "ij";
    case 0x152: case 0x153: return "oe";
    default: return "n";
    }
}

struct str str_fold(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n * 2 + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        const size_t at = i;
        const int32_t cp = utf8_next(s, &i);

        if (cp < 0) { /* not UTF-8: a separator, and never a loop */
            i = at + 1;
            if (n > 0 && p[n - 1] != ' ')
                p[n++] = ' ';
        } else if ((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z')) {
            p[n++] = (char)cp;
        } else if (cp >= 'A' && cp <= 'Z') {
            p[n++] = (char)(cp + 32);
        } else if (cp >= 0xc0 && cp <= 0x17f && cp != 0xd7 && cp != 0xf7) {
            const char c = cp < 0x100 ? latin1[cp - 0xc0] : latin_a[cp - 0x100];

            if (c == '*') {
                for (const char *t = two_letters(cp); *t != '\0'; t++)
                    p[n++] = *t;
            } else {
                p[n++] = c;
            }
        } else if (cp >= 0x180 && !(cp >= 0x2000 && cp <= 0x206f) && !(cp >= 0x300 && cp <= 0x36f)) {
            memcpy(p + n, s.p + at, i - at); /* other scripts stay as they are */
            n += i - at;
        } else if (n > 0 && p[n - 1] != ' ' && !(cp >= 0x300 && cp <= 0x36f)) {
            p[n++] = ' '; /* combining accents vanish; anything else parts two words */
        }
    }
    while (n > 0 && p[n - 1] == ' ')
        n--;
    p[n] = '\0';
    return (struct str){p, n};
}

struct str str_slug(struct arena *mem, struct str s)
{
    const struct str folded = str_fold(mem, s);
    char *p = (char *)folded.p; /* ours: str_fold has just made it */

    for (size_t i = 0; i < folded.n; i++)
        if (p[i] == ' ')
            p[i] = '-';
    return folded;
}

int str_distance(struct str a, struct str b)
{
    int row[65];

    a = str_head(a, 64);
    b = str_head(b, 64);
    for (size_t j = 0; j <= b.n; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= a.n; i++) {
        int diagonal = row[0];

        row[0] = (int)i;
        for (size_t j = 1; j <= b.n; j++) {
            const int change = diagonal + (a.p[i - 1] != b.p[j - 1]);
            const int add = row[j - 1] + 1;

            diagonal = row[j];
            row[j] = row[j] + 1;
            if (add < row[j])
                row[j] = add;
            if (change < row[j])
                row[j] = change;
        }
    }
    return row[b.n];
}
