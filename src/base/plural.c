#include "base/plural.h"
#include <string.h>

enum { MAX_DEPTH = 32 };

/* A reader that computes as it goes: these rules are short, and asked a few times a page. */
struct reader {
    struct str rest;
    uint64_t n;
    int depth;
    bool is_bad;
};

static uint64_t choice(struct reader *r);

static bool take(struct reader *r, const char *sign)
{
    const struct str s = str_of(sign);

    r->rest = str_trim(r->rest);
    if (!str_starts(r->rest, s))
        return false;
    /* "<" is not the beginning of "<=", nor "!" of "!=" */
    if (s.n == 1 && memchr("<>!", s.p[0], 3) != NULL && r->rest.n > 1 && r->rest.p[1] == '=')
        return false;
    r->rest = str_from(r->rest, s.n);
    return true;
}

static uint64_t number(struct reader *r)
{
    uint64_t v = 0;
    size_t i = 0;

    for (; i < r->rest.n && r->rest.p[i] >= '0' && r->rest.p[i] <= '9'; i++)
        if (__builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, (uint64_t)(r->rest.p[i] - '0'), &v))
            r->is_bad = true;
    if (i == 0)
        r->is_bad = true;
    r->rest = str_from(r->rest, i);
    return v;
}

static uint64_t atom(struct reader *r)
{
    uint64_t v;

    if (++r->depth > MAX_DEPTH)
        r->is_bad = true;
    if (r->is_bad)
        v = 0;
    else if (take(r, "!"))
        v = !atom(r);
    else if (take(r, "n"))
        v = r->n;
    else if (take(r, "(")) {
        v = choice(r);
        if (!take(r, ")"))
            r->is_bad = true;
    } else {
        v = number(r);
    }
    r->depth--;
    return v;
}

/* The signs of C from the tightest to the loosest; those of one level stand together. */
static const char *const levels[][5] = {
    {"*", "/", "%"}, {"+", "-"}, {"<=", ">=", "<", ">"}, {"==", "!="}, {"&&"}, {"||"},
};

static uint64_t apply(struct reader *r, const char *sign, uint64_t a, uint64_t b)
{
    if ((sign[0] == '/' || sign[0] == '%') && b == 0) {
        r->is_bad = true;
        return 0;
    }
    switch (sign[0]) {
    case '*':
        return a * b;
    case '/':
        return a / b;
    case '%':
        return a % b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '<':
        return sign[1] == '=' ? a <= b : a < b;
    case '>':
        return sign[1] == '=' ? a >= b : a > b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '&':
        return a && b;
    default:
        return a || b;
    }
}

static uint64_t binary(struct reader *r, int level)
{
    uint64_t v = level == 0 ? atom(r) : binary(r, level - 1);

    for (bool is_more = true; is_more && !r->is_bad;) {
        is_more = false;
        for (int i = 0; i < 5 && levels[level][i] != NULL && !is_more; i++)
            if (take(r, levels[level][i])) {
                v = apply(r, levels[level][i], v, level == 0 ? atom(r) : binary(r, level - 1));
                is_more = true;
            }
    }
    return v;
}

static uint64_t choice(struct reader *r)
{
    if (++r->depth > MAX_DEPTH)
        r->is_bad = true;
    const uint64_t v = r->is_bad ? 0 : binary(r, ARRAY_LEN(levels) - 1);
    uint64_t out = v;

    if (!r->is_bad && take(r, "?")) {
        const uint64_t yes = choice(r);

        if (!take(r, ":"))
            r->is_bad = true;
        const uint64_t no = r->is_bad ? 0 : choice(r);

        out = v ? yes : no;
    }
    r->depth--;
    return out;
}

bool plural_form(struct str expression, uint64_t n, uint64_t *out_form)
{
    struct reader r = {.rest = expression, .n = n};
    const uint64_t v = choice(&r);

    if (r.is_bad || str_trim(r.rest).n != 0)
        return false;
    *out_form = v;
    return true;
}

bool plural_header(struct str header, int *out_n_forms, struct str *out_expression)
{
    struct str count = str_trim(str_cut(&header, ';'));
    struct str rule = str_trim(str_cut(&header, ';'));
    int64_t n;

    if (!str_starts(count, STR("nplurals=")) || !str_starts(rule, STR("plural=")) ||
        !str_to_int(str_trim(str_from(count, 9)), &n) || n < 1 || n > 6)
        return false;
    *out_n_forms = (int)n;
    *out_expression = str_trim(str_from(rule, 7));
    return true;
}
