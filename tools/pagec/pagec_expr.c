/* Expressions of templates turned to C: paths, arguments, conditions, words with values. */
#include "pagec_in.h"
#include <string.h>

const struct var *var_find(const struct pagec *p, struct str name)
{
    for (int i = p->n_vars - 1; i >= 0; i--)
        if (str_eq(p->vars[i].name, name))
            return &p->vars[i];
    return NULL;
}

void var_add(struct pagec *p, struct str name, enum var_kind kind)
{
    if (str_eq_z(name, "w") || str_eq_z(name, "o_"))
        pagec_fail(p, name.p, "the name \"%.*s\" is taken by the compiler", (int)name.n, name.p);
    if (var_find(p, name) != NULL)
        pagec_fail(p, name.p, "\"%.*s\" is already a name here", (int)name.n, name.p);
    if (p->n_vars == MAX_VARS)
        pagec_fail(p, name.p, "more than %d names at once", MAX_VARS);
    p->vars[p->n_vars++] = (struct var){name, kind};
}

static void NORETURN no_such(struct pagec *p, struct str name)
{
    struct buf b = buf_new(p->mem, 64);

    for (int i = 0; i < p->n_vars; i++) {
        buf_z(&b, i == 0 ? "" : ", ");
        buf_str(&b, p->vars[i].name);
    }
    pagec_fail(p, name.p, "nothing is called \"%.*s\" here; there is: %.*s", (int)name.n, name.p,
               b.n == 0 ? 7 : (int)b.n, b.n == 0 ? "nothing" : b.p);
}

/* r@first, r@last, r@index (from 1) inside an each. */
static struct str each_mark(struct pagec *p, const struct var *v, struct str *s)
{
    const char *const at = s->p;

    *s = scan_skip(*s, 1);
    const struct str mark = scan_name(s);
    const int n = (int)v->name.n;
    const char *const z = v->name.p;

    if (v->kind == VAR_EACH && str_eq_z(mark, "first"))
        return str_fmt(p->mem, "(%.*s_i_ == 0)", n, z);
    if (v->kind == VAR_EACH && str_eq_z(mark, "last"))
        return str_fmt(p->mem, "(%.*s_i_ == %.*s_n_ - 1)", n, z, n, z);
    if (v->kind == VAR_EACH && str_eq_z(mark, "index"))
        return str_fmt(p->mem, "(%.*s_i_ + 1)", n, z);
    pagec_fail(p, at, "after @ of the name of an {{#each}}: first, last or index");
}

/* Members after the first name. */
static void members(struct pagec *p, struct str *s, enum var_kind kind, struct buf *b)
{
    bool is_first = true;

    while (s->n > 0 && (s->p[0] == '.' || (s->n > 1 && s->p[0] == '-' && s->p[1] == '>'))) {
        const bool is_arrow = s->p[0] == '-';
        const char *const at = s->p;

        *s = scan_skip(*s, is_arrow ? 2 : 1);
        const struct str member = scan_name(s);

        if (member.n == 0)
            pagec_fail(p, at, "the name of a member must follow");
        buf_z(b, is_arrow || (is_first && kind != VAR_VALUE) ? "->" : ".");
        buf_str(b, member);
        is_first = false;
    }
}

struct str expr_path(struct pagec *p, struct str *s)
{
    struct buf b = buf_new(p->mem, 48);
    const struct str before = *s;
    const struct str name = scan_name(s);
    const struct var *const v = var_find(p, name);

    if (name.n == 0)
        pagec_fail(p, before.p, "a name must stand here");
    if (v == NULL) {
        const bool is_constant = name.p[0] >= 'A' && name.p[0] <= 'Z';

        if (!is_constant && !str_eq_z(name, "true") && !str_eq_z(name, "false"))
            no_such(p, name);
        return name;
    }
    if (s->n > 0 && s->p[0] == '@')
        return each_mark(p, v, s);
    buf_str(&b, name);
    members(p, s, v->kind, &b);
    if (b.n == name.n && v->kind == VAR_EACH)
        return str_fmt(p->mem, "(*%.*s)", (int)name.n, name.p);
    return buf_view(&b);
}

static struct str number(struct str *s)
{
    size_t n = s->n > 0 && s->p[0] == '-' ? 1 : 0;
    const size_t sign = n;

    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    if (n == sign)
        return (struct str){NULL, 0};
    const struct str num = {s->p, n};

    *s = scan_skip(*s, n);
    return num;
}

static struct str words_argument(struct pagec *p, struct str *s)
{
    const char *const at = s->p;
    struct str inside = scan_skip(*s, 1), count;
    bool is_quoted = false;
    size_t n = 0;

    while (n < inside.n && (is_quoted || inside.p[n] != ')'))
        is_quoted ^= inside.p[n++] == '"';
    if (n == inside.n)
        pagec_fail(p, at, "this ( is not closed by )");
    *s = scan_skip(inside, n + 1);
    inside = scan_blank(str_head(inside, n));
    if (scan_word(&inside, "str")) {
        const struct str z = scan_string(p, &inside);

        if (z.p == NULL)
            pagec_fail(p, inside.p, "a quoted text must follow str");
        scan_end(p, inside, "the text");
        const struct str c = c_string(p->mem, z);

        return str_fmt(p->mem, "((struct str){%.*s, %zu})", (int)c.n, c.p, z.n);
    }
    const bool is_plural = scan_word(&inside, "tn");

    if (!is_plural && !scan_word(&inside, "t"))
        pagec_fail(p, inside.p, "inside ( ): t \"key\", tn \"key\" number, or str \"text\"");
    const struct str key = expr_key(p, &inside);
    const struct str args = expr_words(p, &inside, &count, is_plural);

    return str_fmt(p->mem, "page_words(w, %.*s, %.*s, %.*s)", (int)key.n, key.p, (int)count.n,
                   count.p, (int)args.n, args.p);
}

struct str expr_argument(struct pagec *p, struct str *s)
{
    struct str num;

    *s = scan_blank(*s);
    if (s->n > 0 && s->p[0] == '"')
        return c_string(p->mem, scan_string(p, s));
    if (s->n > 0 && s->p[0] == '(')
        return words_argument(p, s);
    if ((num = number(s)).n > 0)
        return num;
    if (s->n > 0 && (s->p[0] == '&' || s->p[0] == '*' || s->p[0] == '!')) {
        const char sign = s->p[0];

        *s = scan_skip(*s, 1);
        const struct str path = expr_path(p, s);

        return str_fmt(p->mem, "(%c%.*s)", sign, (int)path.n, path.p);
    }
    struct str look = *s;
    const struct str name = scan_name(&look);
    const struct var *const v = var_find(p, name);
    const struct str path = expr_path(p, s);

    return v != NULL && v->kind == VAR_EACH && look.p == s->p ? name
                                                              : path; /* an each is a pointer */
}

static bool take(struct str *s, const char *sign)
{
    if (!str_starts(*s, str_of(sign)))
        return false;
    *s = scan_blank(scan_skip(*s, strlen(sign)));
    return true;
}

static struct str one_condition(struct pagec *p, struct str *s)
{
    static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">"};
    const bool is_not = take(s, "!");
    const struct str left = expr_path(p, s);

    *s = scan_blank(*s);
    for (int i = 0; i < ARRAY_LEN(signs); i++) {
        const char *const at = s->p;

        if (!take(s, signs[i]))
            continue;
        if (is_not)
            pagec_fail(p, at, "! and %s together: write != instead", signs[i]);
        const struct str text = scan_string(p, s);

        if (text.p != NULL) {
            const struct str c = c_string(p->mem, text);

            if (i > 1)
                pagec_fail(p, at, "texts are compared with == and !=");
            return str_fmt(p->mem, "%sPAGE_IS(%.*s, %.*s)", i == 1 ? "!" : "", (int)left.n, left.p,
                           (int)c.n, c.p);
        }
        struct str right = number(s);

        if (right.n == 0)
            right = expr_path(p, s);
        return str_fmt(p->mem, "%.*s %s %.*s", (int)left.n, left.p, signs[i], (int)right.n,
                       right.p);
    }
    return str_fmt(p->mem, "%sPAGE_TRUE(%.*s)", is_not ? "!" : "", (int)left.n, left.p);
}

struct str expr_condition(struct pagec *p, struct str s)
{
    struct buf b = buf_new(p->mem, 64);
    const char *between = NULL;

    for (;;) {
        const struct str one = one_condition(p, &s);

        buf_str(&b, one);
        s = scan_blank(s);
        const char *const at = s.p;
        const char *const next = scan_word(&s, "and")  ? " && "
                                 : scan_word(&s, "or") ? " || "
                                                       : NULL;

        if (next == NULL)
            break;
        if (between != NULL && strcmp(between, next) != 0)
            pagec_fail(p, at, "\"and\" with \"or\" in one condition: use two {{#if}}");
        between = next;
        buf_z(&b, next);
    }
    scan_end(p, s, "the condition");
    return buf_view(&b);
}

struct str expr_key(struct pagec *p, struct str *s)
{
    *s = scan_blank(*s);
    const struct str key = scan_string(p, s);

    if (key.p == NULL)
        return expr_path(p, s);
    if (key.n == 0)
        pagec_fail(p, key.p, "the key is empty");
    note_key(p, key);
    return c_string(p->mem, key);
}

/* After the key: the count of a plural, then name=value... as a C array and its length. */
struct str expr_words(struct pagec *p, struct str *s, struct str *out_count, bool is_plural)
{
    struct buf b = buf_new(p->mem, 64);
    int n = 0;

    *s = scan_blank(*s);
    *out_count = STR("NULL");
    if (is_plural) {
        const struct str count = expr_path(p, s);

        *out_count = str_fmt(p->mem, "&(const int64_t){%.*s}", (int)count.n, count.p);
        *s = scan_blank(*s);
    }
    for (; s->n > 0; *s = scan_blank(*s), n++) {
        const char *const at = s->p;
        const struct str name = scan_name(s);

        if (name.n == 0 || !take(s, "="))
            pagec_fail(p, at, "name=value must stand here");
        const struct str value = expr_argument(p, s);

        buf_fmt(&b, "%s{\"%.*s\", PAGE_WORD(w, %.*s)}", n == 0 ? "" : ", ", (int)name.n, name.p,
                (int)value.n, value.p);
    }
    if (n == 0)
        return STR("NULL, 0");
    return str_fmt(p->mem, "(const struct page_arg[]){%.*s}, %d", (int)b.n, b.p, n);
}

/* v.rows and v.n_rows; rows and n_rows. */
void expr_each(struct pagec *p, struct str *s, struct str *out_rows, struct str *out_count)
{
    const struct str rows = expr_path(p, s);
    size_t at = rows.n;

    while (at > 0 && rows.p[at - 1] != '.' && rows.p[at - 1] != '>')
        at--;
    if (rows.n > 0 && (rows.p[0] == '(' || (rows.p[0] >= 'A' && rows.p[0] <= 'Z')))
        pagec_fail(p, s->p, "an {{#each}} walks an array: {{#each v.rows as row}}");
    *out_rows = rows;
    *out_count = str_fmt(p->mem, "%.*sn_%.*s", (int)at, rows.p, (int)(rows.n - at), rows.p + at);
}
