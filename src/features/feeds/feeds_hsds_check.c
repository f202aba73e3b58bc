/* feeds_hsds_check.c - whether an entry keeps to the tables of feeds_hsds_fields.c. */
#include "base/date.h"
#include "feeds_hsds_fields.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Where we are, from the entry inwards; the path is written only when something is wrong. */
struct step {
    const struct step *outer;
    const char *name;
    int index; /* 1 and up within a list; 0: not in one */
};

struct checking {
    struct arena *mem;
    struct hsds_wrongs *out;
};

static struct str path_of(struct arena *mem, const struct step *s)
{
    if (s == NULL || s->name == NULL)
        return STR("");
    const struct str outer = path_of(mem, s->outer);
    const char *dot = outer.n > 0 ? "." : "";

    if (s->index > 0)
        return str_fmt(mem, "%.*s%s%s[%d]", (int)outer.n, outer.p, dot, s->name, s->index);
    return str_fmt(mem, "%.*s%s%s", (int)outer.n, outer.p, dot, s->name);
}

static void wrong(struct checking *x, const struct step *at, const char *key, struct str value)
{
    enum { MOST = 80 };

    if (x->out->n == HSDS_MAX_WRONGS)
        return;
    while (value.n > MOST || (value.n == MOST && (value.p[value.n - 1] & 0x80) != 0))
        value.n = value.n > MOST ? MOST : value.n - 1; /* not in the middle of a letter */
    x->out->list[x->out->n++] = (struct hsds_wrong){path_of(x->mem, at), key, str_copy(x->mem, value)};
}

static bool is_digits(struct str s, size_t from, size_t n)
{
    if (s.n < from + n)
        return false;
    for (size_t i = from; i < from + n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

static bool is_uuid(struct str s)
{
    if (s.n != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        const bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_hyphen ? s.p[i] != '-' : !isxdigit((unsigned char)s.p[i]))
            return false;
    }
    return true;
}

static bool is_host(struct str s)
{
    bool has_dot = false;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];

        if (ch == '.' && (i == 0 || i + 1 == s.n || s.p[i - 1] == '.'))
            return false;
        has_dot |= ch == '.';
        if (!isalnum(ch) && ch != '.' && ch != '-' && ch != '_' && ch < 0x80)
            return false;
    }
    return has_dot;
}

static bool has_no_gaps(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '<' || s.p[i] == '>' || s.p[i] == '\\' || s.p[i] == 0x7f)
            return false;
    return true;
}

static bool is_url(struct str s)
{
    const struct str rest = s.n > 8 && strncasecmp(s.p, "https://", 8) == 0   ? str_from(s, 8)
                            : s.n > 7 && strncasecmp(s.p, "http://", 7) == 0 ? str_from(s, 7)
                                                                              : STR("");
    size_t n = 0;

    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#' && rest.p[n] != ':')
        n++;
    return n > 0 && s.n <= 2000 && (is_host(str_head(rest, n)) || str_eq_z(str_head(rest, n), "localhost")) && has_no_gaps(s);
}

static bool is_uri(struct str s)
{
    const ptrdiff_t colon = str_index(s, ':');

    for (ptrdiff_t i = 0; i < colon; i++)
        if (!isalpha((unsigned char)s.p[i]) && (i == 0 || memchr("0123456789+-.", s.p[i], 13) == NULL))
            return false;
    return colon > 1 && (size_t)colon + 1 < s.n && s.n <= 2000 && has_no_gaps(s);
}

static bool is_email(struct str s)
{
    const ptrdiff_t at = str_index(s, '@');

    return at > 0 && s.n <= 254 && has_no_gaps(s) && str_index(str_from(s, (size_t)at + 1), '@') < 0 &&
           is_host(str_from(s, (size_t)at + 1));
}

static bool is_offset(struct str s)
{
    return s.n == 0 || str_eq_z(s, "Z") || str_eq_z(s, "z") ||
           (s.n == 6 && (s.p[0] == '+' || s.p[0] == '-') && is_digits(s, 1, 2) && s.p[3] == ':' && is_digits(s, 4, 2));
}

static bool is_time(struct str s)
{
    if (!is_digits(s, 0, 2) || s.n < 5 || s.p[2] != ':' || !is_digits(s, 3, 2))
        return false;
    const int hour = (s.p[0] - '0') * 10 + s.p[1] - '0', minute = (s.p[3] - '0') * 10 + s.p[4] - '0';
    struct str rest = str_from(s, 5);

    if (rest.n >= 3 && rest.p[0] == ':' && is_digits(rest, 1, 2))
        rest = str_from(rest, 3);
    if (rest.n >= 2 && rest.p[0] == '.' && is_digits(rest, 1, 1))
        for (rest = str_from(rest, 1); is_digits(rest, 0, 1);)
            rest = str_from(rest, 1);
    return minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) && is_offset(rest);
}

static bool is_instant(struct str s)
{
    if (s.n == 10)
        return day_parse(s) != DAY_NONE;
    return s.n > 11 && day_parse(str_head(s, 10)) != DAY_NONE && (s.p[10] == 'T' || s.p[10] == 't' || s.p[10] == ' ') &&
           is_time(str_from(s, 11));
}

static bool is_choice(const char *choices, struct str value)
{
    struct str rest = str_of(choices);

    while (rest.n > 0)
        if (str_eq(str_cut(&rest, '|'), value))
            return true;
    return false;
}

const char *hsds_check_text(enum hsds_form form, const char *choices, struct str value)
{
    switch (form) {
    case HSDS_UUID:
        return is_uuid(value) ? NULL : "feeds.not-uuid";
    case HSDS_URL:
        return is_url(value) ? NULL : "feeds.not-url";
    case HSDS_URI:
        return is_uri(value) ? NULL : "feeds.not-uri";
    case HSDS_EMAIL:
        return is_email(value) ? NULL : "feeds.not-email";
    case HSDS_DAY:
        return day_parse(value) != DAY_NONE ? NULL : "feeds.not-day";
    case HSDS_TIME:
        return is_time(value) ? NULL : "feeds.not-time";
    case HSDS_INSTANT:
        return is_instant(value) ? NULL : "feeds.not-instant";
    case HSDS_CHOICE:
        return is_choice(choices, value) ? NULL : "feeds.not-choice";
    default:
        return NULL;
    }
}

static void check_object(struct checking *x, const json_t *tree, enum hsds_object as, const struct step *at);

static void check_text(struct checking *x, const json_t *v, const struct hsds_field *f, const struct step *at)
{
    const struct str s = {json_string_value(v), json_string_length(v)};

    if (json_is_number(v) && f->form == HSDS_FREE)
        return; /* a code written as a number */
    if (!json_is_string(v)) {
        wrong(x, at, "feeds.not-text", STR(""));
    } else if (!str_is_utf8(s)) {
        wrong(x, at, "feeds.not-clean", STR(""));
    } else if (s.n == 0 ? f->is_required : str_trim(s).n == 0 && f->is_required) {
        wrong(x, at, "feeds.empty", STR(""));
    } else if (s.n > 0) {
        const char *key = hsds_check_text(f->form, f->choices, s);

        if (key != NULL)
            wrong(x, at, key, s);
    }
}

static void check_field(struct checking *x, const json_t *v, const struct hsds_field *f, struct step *at)
{
    switch (f->type) {
    case HSDS_TEXT:
        check_text(x, v, f, at);
        break;
    case HSDS_NUMBER:
        if (!json_is_number(v))
            wrong(x, at, "feeds.not-number", json_is_string(v) ? str_of(json_string_value(v)) : STR(""));
        break;
    case HSDS_ONE:
        check_object(x, v, f->of, at);
        break;
    case HSDS_LIST:
        if (!json_is_array(v))
            wrong(x, at, "feeds.not-list", STR(""));
        for (size_t i = 0; i < json_array_size(v) && x->out->n < HSDS_MAX_WRONGS; i++) {
            at->index = (int)i + 1;
            check_object(x, json_array_get(v, i), f->of, at);
        }
        break;
    }
}

static void check_object(struct checking *x, const json_t *tree, enum hsds_object as, const struct step *at)
{
    if (!json_is_object(tree)) {
        wrong(x, at, "feeds.not-object", STR(""));
        return;
    }
    for (const struct hsds_field *f = hsds_fields(as); f->name != NULL && x->out->n < HSDS_MAX_WRONGS; f++) {
        const json_t *v = json_object_get(tree, f->name);
        struct step here = {at, f->name, 0};

        if (v != NULL && !json_is_null(v))
            check_field(x, v, f, &here);
        else if (f->is_required)
            wrong(x, &here, "feeds.missing", STR(""));
    }
}

void hsds_check(struct arena *mem, const json_t *tree, enum hsds_object as, struct hsds_wrongs *out)
{
    struct checking x = {mem, out};

    out->n = 0;
    check_object(&x, tree, as, NULL);
}
