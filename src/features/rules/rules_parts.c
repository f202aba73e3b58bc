/* rules_parts.c - the parts of a text by its tokens, and numbers put into it. */
#include "rules_parts.h"
#include "base/buf.h"
#include "base/macros.h"
#include "rules_private.h"
#include <string.h>

struct tokens {
    struct token *list;
    int n;
};

/* The first N_PLAIN are followed by a text or a word, the others begin a definition. */
enum { N_PLAIN = 8 };
static const char *const statements[] = {"livello",   "valida", "fonte",   "dove",      "porta",     "bisogno", "incompatibile", "esempio",
                                         "parametro", "valore", "importo", "requisito", "scaglioni", "verifica", "stima"};
static const enum rules_part_kind kinds[] = {
    [DEFINE_PARAMETER] = RULES_PART_PARAMETER, [DEFINE_VALUE] = RULES_PART_VALUE, [DEFINE_BANDS] = RULES_PART_BANDS,
    [DEFINE_REQUIREMENT] = RULES_PART_REQUIREMENT, [DEFINE_CHECK] = RULES_PART_CHECK, [DEFINE_AMOUNT] = RULES_PART_AMOUNT,
    [DEFINE_ESTIMATE] = RULES_PART_ESTIMATE};

static struct tokens split(struct arena *mem, struct str text)
{
    struct rules_error e;
    struct tokens t = {0};

    if (!rules_split(mem, text, &t.list, &t.n, &e))
        t.n = 0;
    return t;
}

/* Where a definition begins: the token that stands there. */
static int find(const struct tokens *t, const struct definition *d)
{
    for (int i = 0; i < t->n; i++)
        if (t->list[i].line == d->line && t->list[i].column == d->column)
            return i;
    return -1;
}

/* Whether a definition that was parsed begins with the next token. */
static bool begins(const struct rules *r, const struct token *next)
{
    for (int i = 0; i < r->n; i++)
        if (r->list[i].line == next->line && r->list[i].column == next->column)
            return true;
    return false;
}

static bool is_end(const struct rules *r, const struct tokens *t, int i)
{
    const struct token *const k = &t->list[i];

    if (k->kind == TOKEN_END)
        return true;
    if (k->kind != TOKEN_WORD)
        return false;
    for (size_t s = 0; s < ARRAY_LEN(statements); s++)
        if (str_eq_z(k->text, statements[s]))
            return s < N_PLAIN ? t->list[i + 1].kind == TOKEN_TEXT || t->list[i + 1].kind == TOKEN_WORD : begins(r, &t->list[i + 1]);
    return false;
}

/* From its name on to where the next statement or its source begins. */
static struct str said(struct arena *mem, const struct rules *r, const struct tokens *t, int from)
{
    struct buf b = buf_new(mem, 120);

    for (int i = from; i < t->n && !is_end(r, t, i); i++) {
        const struct token *const k = &t->list[i];
        const bool is_tight = b.n == 0 || b.p[b.n - 1] == '(' || (k->kind == TOKEN_SIGN && k->text.n == 1 && strchr(");:%", *k->text.p));
        const bool is_call = k->kind == TOKEN_SIGN && str_eq_z(k->text, "(") && t->list[i - 1].kind == TOKEN_WORD &&
                             (i + 1 < t->n && i > from) && t->list[i + 1].kind == TOKEN_WORD &&
                             (str_eq_z(t->list[i + 1].text, "componenti") || str_eq_z(t->list[i + 1].text, "altri"));

        if (!is_tight && !is_call)
            buf_char(&b, ' ');
        if (k->kind == TOKEN_TEXT)
            buf_fmt(&b, "\"%.*s\"", (int)k->text.n, k->text.p);
        else
            buf_str(&b, k->text);
    }
    return buf_view(&b);
}

/* Behind the name, the words and the sign. */
static int value_at(const struct tokens *t, int name, const struct definition *d)
{
    int i = name;

    if (d->kind == DEFINE_REQUIREMENT || d->kind == DEFINE_CHECK)
        return i + 2; /* "words" : */
    i++;
    while (i < t->n && t->list[i].kind != TOKEN_END &&
           !(t->list[i].kind == TOKEN_SIGN && str_eq_z(t->list[i].text, "=")) && !(d->kind == DEFINE_BANDS && str_eq_z(t->list[i].text, "su")))
        i++;
    return d->kind == DEFINE_BANDS ? i : i + 1;
}

static void put_parameter(struct rules_part *p, const struct tokens *t, int at, const struct definition *d)
{
    p->number = d->node->constant.number;
    if (at < t->n && t->list[at].kind == TOKEN_NUMBER) {
        p->typed = t->list[at].text;
        if (t->list[at + 1].kind != TOKEN_END && (str_eq_z(t->list[at + 1].text, "euro") || str_eq_z(t->list[at + 1].text, "%") ||
                                                   str_eq_z(t->list[at + 1].text, "mesi") || str_eq_z(t->list[at + 1].text, "anni")))
            p->unit = t->list[at + 1].text;
        else if (str_eq_z(t->list[at + 1].text, "per"))
            p->unit = STR("%");
    }
}

const char *rules_part_word(enum rules_part_kind kind)
{
    static const char *const words[] = {[RULES_PART_PARAMETER] = "parameter",     [RULES_PART_VALUE] = "value",
                                        [RULES_PART_BANDS] = "bands",             [RULES_PART_REQUIREMENT] = "requirement",
                                        [RULES_PART_CHECK] = "check",             [RULES_PART_AMOUNT] = "amount",
                                        [RULES_PART_ESTIMATE] = "estimate"};

    return words[kind];
}

void rules_parts(struct arena *mem, const struct rules *r, struct str text, struct rules_part **out, int *n_out)
{
    const struct tokens t = split(mem, text);

    *out = ARENA_ARRAY(mem, struct rules_part, (size_t)r->n + 1);
    *n_out = r->n;
    for (int i = 0; i < r->n; i++) {
        const struct definition *const d = &r->list[i];
        struct rules_part *const p = &(*out)[i];
        const int at = find(&t, d);

        *p = (struct rules_part){.kind = kinds[d->kind], .name = d->name, .words = d->text, .per = d->per,
                                 .source = d->source, .type = d->type, .is_of_member = d->of_member, .number = {0, 1}};
        if (at < 0)
            continue;
        const int value = value_at(&t, at, d);

        p->said = said(mem, r, &t, value);
        if (d->kind == DEFINE_PARAMETER)
            put_parameter(p, &t, value, d);
    }
}

/* ---- numbers ---- */

struct str rules_number_typed(struct arena *mem, struct ratio v)
{
    const bool is_negative = v.num < 0;
    const uint64_t num = is_negative ? 0 - (uint64_t)v.num : (uint64_t)v.num;
    uint64_t rest = num % (uint64_t)v.den, whole = num / (uint64_t)v.den;
    char digits[32], decimals[8];
    int n = 0, m = 0;

    do {
        if (n % 4 == 3)
            digits[sizeof digits - 1 - (size_t)n++] = '.';
        digits[sizeof digits - 1 - (size_t)n++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    for (; rest != 0 && m < 6; m++) {
        const unsigned __int128 wide = (unsigned __int128)rest * 10;

        decimals[m] = (char)('0' + (int)(wide / (uint64_t)v.den));
        rest = (uint64_t)(wide % (uint64_t)v.den);
    }
    return str_fmt(mem, "%s%.*s%s%.*s", is_negative ? "-" : "", n, digits + sizeof digits - n, m > 0 ? "," : "", m, decimals);
}

/* "9.360", "9.360,50", "9360.5", "1 200": a point is of thousands when three digits follow it and a comma or an
 * end follows them. */
bool rules_number_read(struct str s, struct ratio *out)
{
    int64_t n = 0, den = 1;
    int n_digits = 0;
    bool has_comma = str_index(s, ',') >= 0, in_decimals = false;

    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];

        if (c == ' ')
            continue;
        if (c == '.' && !in_decimals && n_digits > 0) {
            size_t k = 0;

            while (i + 1 + k < s.n && s.p[i + 1 + k] >= '0' && s.p[i + 1 + k] <= '9')
                k++;
            const bool at_end = i + 1 + k == s.n;

            if (k == 3 && (at_end || s.p[i + 1 + k] == '.' || s.p[i + 1 + k] == ','))
                continue;
            if (has_comma || !at_end || k == 0)
                return false;
            in_decimals = true;
        } else if (c == ',' && !in_decimals && n_digits > 0 && i + 1 < s.n) {
            in_decimals = true;
        } else if (c >= '0' && c <= '9' && n_digits < 15 && den < 1000000) {
            n = n * 10 + (c - '0');
            den *= in_decimals ? 10 : 1;
            n_digits++;
        } else {
            return false;
        }
    }
    return n_digits > 0 && ratio_make(n, den, out);
}

/* ---- a text with other numbers ---- */

static const struct definition *parameter(const struct rules *r, struct str name)
{
    for (int i = 0; i < r->n; i++)
        if (r->list[i].kind == DEFINE_PARAMETER && str_eq(r->list[i].name, name))
            return &r->list[i];
    return NULL;
}

/* Where the number of a parameter stands among the tokens; -1: it cannot be changed alone. */
static int number_of(const struct rules *r, const struct tokens *t, struct str name)
{
    const struct definition *const d = parameter(r, name);
    const int at = d == NULL ? -1 : find(t, d);
    const int value = at < 0 ? -1 : value_at(t, at, d);

    return value >= 0 && value < t->n && t->list[value].kind == TOKEN_NUMBER ? value : -1;
}

enum status rules_change(struct arena *mem, const struct rules *r, struct str text, const struct rules_change *changes, int n,
                         struct str *out, int *wrong)
{
    const struct tokens t = split(mem, text);
    struct str *const put = ARENA_ARRAY(mem, struct str, (size_t)t.n + 1);
    struct buf b = buf_new(mem, text.n + 64);
    const char *from = text.p;

    for (int i = 0; i < n; i++) {
        const int at = number_of(r, &t, changes[i].name);
        struct ratio v;

        *wrong = i;
        if (at < 0 || !rules_number_read(changes[i].number, &v))
            return ST_INVALID;
        if (ratio_cmp(v, t.list[at].number) != 0)
            put[at] = rules_number_typed(mem, v);
    }
    for (int i = 0; i < t.n; i++) {
        if (put[i].n == 0)
            continue;
        buf_put(&b, from, (size_t)(t.list[i].text.p - from));
        buf_str(&b, put[i]);
        from = t.list[i].text.p + t.list[i].text.n;
    }
    buf_put(&b, from, (size_t)(text.p + text.n - from));
    *out = buf_view(&b);
    return ST_OK;
}
