/* rules_split.c - the text of a rule as tokens: words, numbers as Italians write them, days. */
#include "base/date.h"
#include "rules_private.h"
#include <string.h>

enum { MAX_TOKENS = 40000, MAX_DIGITS = 15 };

struct cursor {
    const char *p, *end;
    int line;
    const char *line_begin;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters of words: ASCII, and any byte of a longer character. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 128;
}

static void skip_blank(struct cursor *c)
{
    while (c->p < c->end) {
        if (*c->p == '\n') {
            c->line++;
            c->line_begin = c->p + 1;
        } else if (*c->p == '#') {
            while (c->p + 1 < c->end && c->p[1] != '\n')
                c->p++;
        } else if (*c->p != ' ' && *c->p != '\t' && *c->p != '\r') {
            return;
        }
        c->p++;
    }
}

static const char *wrong(const struct token *t, const char *key, struct rules_error *error)
{
    *error = (struct rules_error){t->line, t->column, key, t->text};
    return key;
}

/* "10.140,50": groups of three after each point, then a comma and decimals. */
static bool read_number(struct token *t)
{
    const struct str s = t->text;
    int64_t n = 0, den = 1;
    int n_digits = 0, since_point = -1;
    bool in_decimals = false;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',') {
            if (in_decimals || (since_point >= 0 && since_point != 3) || i + 1 == s.n)
                return false;
            in_decimals = true;
        } else if (s.p[i] == '.') {
            if (in_decimals || n_digits == 0 || n_digits > 3 + 3 * (since_point >= 0) * 9 ||
                (since_point >= 0 && since_point != 3))
                return false;
            since_point = 0;
        } else {
            if (++n_digits > MAX_DIGITS)
                return false;
            n = n * 10 + (s.p[i] - '0');
            if (in_decimals)
                den *= 10;
            else if (since_point >= 0)
                since_point++;
        }
    }
    if (!in_decimals && since_point >= 0 && since_point != 3)
        return false;
    return ratio_make(n, den, &t->number);
}

static bool looks_like_day(const char *p, const char *end)
{
    static const char shape[] = "dddd-dd-dd";

    if ((size_t)(end - p) < sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !is_digit(p[i]) : p[i] != '-')
            return false;
    return true;
}

static const char *take_number(struct cursor *c, struct token *t, struct rules_error *error)
{
    const char *const from = c->p;

    if (looks_like_day(c->p, c->end)) {
        c->p += 10;
        t->kind = TOKEN_DATE;
        t->text = (struct str){from, 10};
        t->day = day_parse(t->text);
        return t->day == DAY_NONE ? wrong(t, "rules.error-day", error) : NULL;
    }
    while (c->p < c->end && (is_digit(*c->p) || ((*c->p == '.' || *c->p == ',') && c->p + 1 < c->end &&
                                                 is_digit(c->p[1]))))
        c->p++;
    t->kind = TOKEN_NUMBER;
    t->text = (struct str){from, (size_t)(c->p - from)};
    return read_number(t) ? NULL : wrong(t, "rules.error-number", error);
}

static const char *take_text(struct cursor *c, struct token *t, struct rules_error *error)
{
    const char *const from = ++c->p;

    while (c->p < c->end && *c->p != '"' && *c->p != '\n')
        c->p++;
    t->kind = TOKEN_TEXT;
    t->text = (struct str){from, (size_t)(c->p - from)};
    if (c->p == c->end || *c->p != '"')
        return wrong(t, "rules.error-quote", error);
    c->p++;
    return NULL;
}

static const char *take_sign(struct cursor *c, struct token *t, struct rules_error *error)
{
    static const char *const two[] = {"<=", ">=", "<>"};

    t->kind = TOKEN_SIGN;
    t->text = (struct str){c->p, 1};
    for (size_t i = 0; i < ARRAY_LEN(two); i++)
        if (c->end - c->p >= 2 && memcmp(c->p, two[i], 2) == 0)
            t->text.n = 2;
    if (t->text.n == 1 && strchr("()=<>+-*/:;,%", *c->p) == NULL)
        return wrong(t, "rules.error-sign", error);
    c->p += t->text.n;
    return NULL;
}

static const char *take(struct cursor *c, struct token *t, struct rules_error *error)
{
    t->line = c->line;
    t->column = (int)(c->p - c->line_begin) + 1;
    if (is_digit(*c->p))
        return take_number(c, t, error);
    if (*c->p == '"')
        return take_text(c, t, error);
    if (!is_letter(*c->p))
        return take_sign(c, t, error);
    const char *const from = c->p;

    while (c->p < c->end && (is_letter(*c->p) || is_digit(*c->p)))
        c->p++;
    t->kind = TOKEN_WORD;
    t->text = (struct str){from, (size_t)(c->p - from)};
    return NULL;
}

bool rules_split(struct arena *mem, struct str text, struct token **out, int *n_out,
                 struct rules_error *error)
{
    struct cursor c = {text.p, text.p + text.n, 1, text.p};
    int n = 0, room = 256;
    struct token *list = arena_alloc(mem, (size_t)room * sizeof *list);

    for (;;) {
        if (n == room) {
            struct token *const more = arena_alloc(mem, 2 * (size_t)room * sizeof *more);

            memcpy(more, list, (size_t)room * sizeof *more);
            list = more;
            room *= 2;
        }
        skip_blank(&c);
        struct token *const t = &list[n++];

        *t = (struct token){.kind = TOKEN_END, .line = c.line, .column = (int)(c.p - c.line_begin) + 1};
        if (c.p == c.end)
            break;
        if (n > MAX_TOKENS) {
            wrong(t, "rules.error-long", error);
            return false;
        }
        if (take(&c, t, error) != NULL)
            return false;
    }
    *out = list;
    *n_out = n;
    return true;
}
