#include "web/request_target.h"
#include "web/pairs.h"
#include <string.h>

static bool is_refused_byte(unsigned char c)
{
    return c <= 0x20 || c >= 0x7f || c == '#' || c == '\\' || c == '<' || c == '>' || c == '"';
}

static bool has_refused_byte(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_refused_byte((unsigned char)s.p[i]))
            return true;
    return false;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Every "%" of a path is an escape. */
static bool escapes_are_whole(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '%' && (s.n - i < 3 || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2])))
            return false;
    return true;
}

static bool is_good_segment(struct str s)
{
    if (s.n == 0 || str_eq(s, STR(".")) || str_eq(s, STR("..")) || !str_is_utf8(s))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
            return false;
    }
    return true;
}

static enum status read_segments(struct arena *mem, struct str path, struct target *out)
{
    struct str rest = str_from(path, 1);
    bool is_last = rest.n == 0;

    while (!is_last) {
        const struct str raw =
            str_index(rest, '/') < 0 ? rest : str_head(rest, (size_t)str_index(rest, '/'));
        const struct str decoded = percent_decode(mem, raw, false);

        if (!is_good_segment(decoded))
            return ST_INVALID;
        if (out->n_segments == TARGET_SEGMENTS)
            return ST_TOO_LARGE;
        out->segments[out->n_segments++] = decoded;
        is_last = raw.n == rest.n;
        rest = str_from(rest, raw.n + 1);
    }
    return ST_OK;
}

/* Italian is the source and has no prefix: "/it/..." is not a second address of anything. A prefix
 * written with escapes would be a second address of everything. */
static enum status take_language(struct target *t)
{
    for (int i = 0; t->n_segments > 0 && i < LANG_COUNT; i++) {
        const struct str code = str_of(lang_code[i]);

        if (i == LANG_IT || !str_eq(t->segments[0], code))
            continue;
        if (!str_eq(str_head(str_from(t->path, 1), code.n), code))
            return ST_INVALID;
        t->lang = (enum lang)i;
        t->path = str_from(t->path, 1 + code.n);
        t->n_segments--;
        memmove(t->segments, t->segments + 1, sizeof t->segments[0] * (size_t)t->n_segments);
        if (t->path.n == 0) { /* the home has both addresses: /en and /en/ */
            t->path = STR("/");
            t->has_last_slash = false;
        }
        return ST_OK;
    }
    return ST_OK;
}

enum status target_read(struct arena *mem, struct str raw, struct target *out)
{
    *out = (struct target){.lang = LANG_IT};
    if (raw.n > TARGET_MAX)
        return ST_TOO_LARGE;
    if (raw.n == 0 || raw.p[0] != '/' || has_refused_byte(raw))
        return ST_INVALID;
    out->query = raw;
    out->path = str_cut(&out->query, '?');
    if (!escapes_are_whole(out->path))
        return ST_INVALID;
    if (out->path.n > 1 && out->path.p[out->path.n - 1] == '/') {
        out->has_last_slash = true;
        out->path = str_head(out->path, out->path.n - 1);
    }
    const enum status st = read_segments(mem, out->path, out);

    if (st != ST_OK)
        return st;
    /* "//" lost its last slash above and would pass as "/". */
    if (out->has_last_slash && out->n_segments == 0)
        return ST_INVALID;
    return take_language(out);
}
