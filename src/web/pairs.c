#include "web/pairs.h"
#include <string.h>
#include <strings.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool needs_decoding(struct str s, bool plus_is_space)
{
    if (s.n == 0)
        return false;
    return memchr(s.p, '%', s.n) != NULL || (plus_is_space && memchr(s.p, '+', s.n) != NULL);
}

struct str percent_decode(struct arena *mem, struct str s, bool plus_is_space)
{
    if (!needs_decoding(s, plus_is_space))
        return s;
    char *p = arena_alloc(mem, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        const bool is_escape = s.p[i] == '%' && s.n - i >= 3 && hex_digit(s.p[i + 1]) >= 0 &&
                               hex_digit(s.p[i + 2]) >= 0;

        if (is_escape) {
            p[n++] = (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2]));
            i += 2;
        } else {
            p[n++] = plus_is_space && s.p[i] == '+' ? ' ' : s.p[i];
        }
    }
    return (struct str){p, n};
}

static enum status add(struct arena *mem, struct pairs *out, int max, struct pair pair)
{
    if (pair.name.n > PAIR_NAME_MAX || !str_is_utf8(pair.name))
        return ST_INVALID;
    if (pair.is_file ? !str_is_utf8(pair.file_name) : !str_is_utf8(pair.value))
        return ST_INVALID;
    if (out->n >= max)
        return ST_TOO_LARGE;
    if (out->n == out->room) {
        const int room = out->room == 0 ? 16 : out->room * 2;

        out->list = arena_grow(mem, out->list, sizeof(struct pair) * (size_t)out->room,
                               sizeof(struct pair) * (size_t)room);
        out->room = room;
    }
    out->list[out->n++] = pair;
    return ST_OK;
}

enum status pairs_urlencoded(struct arena *mem, struct str text, int max, struct pairs *out)
{
    *out = (struct pairs){0};
    while (text.n > 0) {
        struct str value = str_cut(&text, '&');

        if (value.n == 0)
            continue;
        const struct str name = str_cut(&value, '=');
        const enum status st = add(mem, out, max,
                                   (struct pair){.name = percent_decode(mem, name, true),
                                                 .value = percent_decode(mem, value, true)});

        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* ---- multipart ---- */

static bool starts_no_case(struct str s, const char *z)
{
    const size_t n = strlen(z);

    return s.n >= n && strncasecmp(s.p, z, n) == 0;
}

/* Takes one parameter (; name=value or ; name="value") off the rest. A quoted value may hold \" as
 * browsers before 2021 wrote it; newer ones write %22, which stays as it is. */
static bool take_parameter(struct arena *mem, struct str *rest, struct str *name, struct str *value)
{
    *rest = str_trim(*rest);
    if (rest->n == 0 || rest->p[0] != ';')
        return false;
    *rest = str_trim(str_from(*rest, 1));
    const ptrdiff_t equals = str_index(*rest, '=');

    if (equals <= 0)
        return false;
    *name = str_trim(str_head(*rest, (size_t)equals));
    *rest = str_from(*rest, (size_t)equals + 1);
    if (rest->n == 0 || rest->p[0] != '"') {
        size_t n = 0;

        while (n < rest->n && rest->p[n] != ';')
            n++;
        *value = str_trim(str_head(*rest, n));
        *rest = str_from(*rest, n);
        return true;
    }
    char *p = arena_alloc(mem, rest->n);
    size_t n = 0, i = 1;

    while (i < rest->n && rest->p[i] != '"') {
        if (rest->p[i] == '\\' && i + 1 < rest->n &&
            (rest->p[i + 1] == '"' || rest->p[i + 1] == '\\'))
            i++;
        p[n++] = rest->p[i++];
    }
    if (i >= rest->n)
        return false;
    *value = (struct str){p, n};
    *rest = str_from(*rest, i + 1);
    return true;
}

static bool is_boundary(struct str b)
{
    if (b.n == 0 || b.n > BOUNDARY_MAX)
        return false;
    for (size_t i = 0; i < b.n; i++) {
        const char c = b.p[i];
        const bool is_alnum =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!is_alnum && (c == '\0' || strchr("'()+_,-./:=?", c) == NULL))
            return false;
    }
    return true;
}

static bool find_boundary(struct arena *mem, struct str content_type, struct str *out)
{
    struct str rest = content_type, name, value;
    bool found = false;

    if (!starts_no_case(rest, "multipart/form-data"))
        return false;
    rest = str_from(rest, strlen("multipart/form-data"));
    while (take_parameter(mem, &rest, &name, &value)) {
        if (name.n != 8 || strncasecmp(name.p, "boundary", 8) != 0)
            continue;
        if (found)
            return false;
        found = true;
        *out = value;
    }
    return found && rest.n == 0 && is_boundary(*out);
}

/* Takes a line ended by CR LF off the text. */
static bool take_line(struct str *rest, struct str *line)
{
    const char *end = rest->n < 2 ? NULL : memmem(rest->p, rest->n, "\r\n", 2);

    if (end == NULL)
        return false;
    *line = str_head(*rest, (size_t)(end - rest->p));
    *rest = str_from(*rest, line->n + 2);
    return true;
}

static bool read_disposition(struct arena *mem, struct str value, struct pair *out)
{
    struct str name, parameter;
    bool has_name = false;

    value = str_trim(value);
    if (!starts_no_case(value, "form-data"))
        return false;
    value = str_from(value, strlen("form-data"));
    while (take_parameter(mem, &value, &name, &parameter)) {
        if (name.n == 4 && strncasecmp(name.p, "name", 4) == 0) {
            if (has_name)
                return false;
            has_name = true;
            out->name = parameter;
        } else if (name.n == 8 && strncasecmp(name.p, "filename", 8) == 0) {
            if (out->is_file)
                return false;
            out->is_file = true;
            out->file_name = parameter;
        }
    }
    return has_name && value.n == 0;
}

/* The lines above a part; leaves *rest at the first byte of its value. */
static bool read_part_head(struct arena *mem, struct str *rest, struct pair *out)
{
    const size_t before = rest->n;
    bool has_disposition = false;
    struct str line;

    while (take_line(rest, &line)) {
        if (before - rest->n > PART_HEADER_MAX)
            return false;
        if (line.n == 0)
            return has_disposition;
        struct str value = line;
        const struct str name = str_cut(&value, ':');

        if (name.n == line.n)
            return false;
        if (name.n == 19 && strncasecmp(name.p, "Content-Disposition", 19) == 0) {
            if (has_disposition || !read_disposition(mem, value, out))
                return false;
            has_disposition = true;
        } else if (name.n == 12 && strncasecmp(name.p, "Content-Type", 12) == 0) {
            out->type = str_trim(value);
        }
    }
    return false;
}

enum status pairs_multipart(struct arena *mem, struct str content_type, struct str body, int max,
                            struct pairs *out)
{
    struct str boundary = {"", 0}, rest = body;

    *out = (struct pairs){0};
    if (!find_boundary(mem, content_type, &boundary))
        return ST_INVALID;
    const struct str mark = str_fmt(mem, "\r\n--%.*s", (int)boundary.n, boundary.p);

    /* The first mark stands at the very start, without its line end. */
    if (!str_starts(rest, str_from(mark, 2)))
        return ST_INVALID;
    rest = str_from(rest, mark.n - 2);
    for (;;) {
        struct pair pair = {0};

        if (str_starts(rest, STR("--"))) /* nothing but a line end may follow */
            return rest.n == 2 || (rest.n == 4 && memcmp(rest.p, "--\r\n", 4) == 0) ? ST_OK
                                                                                    : ST_INVALID;
        if (!str_starts(rest, STR("\r\n")))
            return ST_INVALID;
        rest = str_from(rest, 2);
        if (!read_part_head(mem, &rest, &pair))
            return ST_INVALID;
        const char *end = rest.n < mark.n ? NULL : memmem(rest.p, rest.n, mark.p, mark.n);

        if (end == NULL)
            return ST_INVALID;
        pair.value = str_head(rest, (size_t)(end - rest.p));
        rest = str_from(rest, pair.value.n + mark.n);
        const enum status st = add(mem, out, max, pair);

        if (st != ST_OK)
            return st;
    }
}

const struct pair *pairs_at(const struct pairs *p, const char *name, int n, bool is_file)
{
    const size_t len = strlen(name);

    for (int i = 0; i < p->n; i++) {
        const struct pair *at = &p->list[i];

        if (at->is_file == is_file && at->name.n == len &&
            (len == 0 || memcmp(at->name.p, name, len) == 0) && n-- == 0)
            return at;
    }
    return NULL;
}
