/* rules_expression.c - expressions of a rule: read, with the type of each part. */
#include "base/macros.h"
#include "rules_private.h"
#include <string.h>

enum {
    MAX_CHAIN = 200, /* parts of one sum, product or list of conditions */
    MAX_TREE = 1000
};

static struct node *read_or(struct reader *r);

bool reader_wrong(struct reader *r, const struct token *t, const char *key)
{
    if (r->error->key == NULL)
        *r->error = (struct rules_error){t->line, t->column, key, str_copy(r->mem, t->text)};
    return false;
}

static struct node *node_wrong(struct reader *r, const struct token *t, const char *key)
{
    reader_wrong(r, t, key);
    return NULL;
}

static const struct token *here(const struct reader *r)
{
    return &r->t[r->at];
}

bool reader_is(const struct reader *r, const char *word)
{
    const struct token *const t = here(r);

    return (t->kind == TOKEN_WORD || t->kind == TOKEN_SIGN) && str_eq_z(t->text, word);
}

bool reader_take(struct reader *r, const char *word)
{
    if (!reader_is(r, word))
        return false;
    r->at++;
    return true;
}

bool reader_need(struct reader *r, const char *word)
{
    if (reader_take(r, word))
        return true;
    if (r->error->key == NULL)
        *r->error = (struct rules_error){here(r)->line, here(r)->column, "rules.error-expected", str_of(word)};
    return false;
}

static struct node *node_new(struct reader *r, enum node_kind kind, const struct token *t)
{
    struct node *const n = arena_alloc(r->mem, sizeof *n);

    *n = (struct node){.kind = kind, .line = t->line, .column = t->column, .depth = 1};
    return n;
}

/* A tree that names and brackets have made too deep would take the stack of who asks. */
static struct node *not_deep(struct reader *r, const struct token *t, struct node *n)
{
    return n->depth <= MAX_TREE ? n : node_wrong(r, t, "rules.error-deep");
}

static void add_child(struct reader *r, struct node *n, struct node *child)
{
    struct node **const more = arena_alloc(r->mem, (size_t)(n->n_children + 1) * sizeof *more);

    if (n->n_children > 0)
        memcpy(more, n->child, (size_t)n->n_children * sizeof *more);
    more[n->n_children++] = child;
    n->child = more;
    if (child->depth >= n->depth)
        n->depth = child->depth + 1;
}

static bool is_amount(const struct node *n)
{
    return n->type == RULES_NUMBER || n->type == RULES_MONEY;
}

static struct node *constant(struct reader *r, const struct token *t, enum rules_type type, struct ratio v)
{
    struct node *const n = node_new(r, NODE_CONSTANT, t);

    n->type = type;
    n->constant = (struct rules_value){.known = RULES_CERTAIN, .type = type, .number = v};
    return n;
}

/* 10.140,00 euro; 20 per cento; 20%; 12 mesi. */
static struct node *read_number(struct reader *r)
{
    const struct token *const t = here(r);
    struct ratio v = t->number;

    r->at++;
    if (reader_take(r, "euro")) {
        if (!ratio_mul(v, ratio_of(100), &v) || v.den != 1)
            return node_wrong(r, t, "rules.error-cents");
        return constant(r, t, RULES_MONEY, v);
    }
    if (reader_take(r, "%") || (reader_is(r, "per") && str_eq_z(r->t[r->at + 1].text, "cento"))) {
        if (reader_take(r, "per"))
            r->at++;
        if (!ratio_div(v, ratio_of(100), &v))
            return node_wrong(r, t, "rules.error-number");
    } else if (!reader_take(r, "mesi") && !reader_take(r, "anni")) {
        reader_take(r, "giorni");
    }
    return constant(r, t, RULES_NUMBER, v);
}

static const struct {
    const char *word;
    enum node_kind kind;
} functions[] = {
    {"minimo", NODE_LEAST},    {"massimo", NODE_GREATEST}, {"arrotonda", NODE_ROUND}, {"conta", NODE_COUNT},
    {"almeno_uno", NODE_ANY},  {"tutti", NODE_ALL},        {"somma", NODE_SUM},
};

/* conta(altri: disabile e eta >= 60) */
static struct node *read_quantifier(struct reader *r, struct node *n)
{
    const struct token *const t = here(r);

    if (r->in_members)
        return node_wrong(r, t, "rules.error-nested");
    if (reader_take(r, "altri"))
        n->who = WHO_OTHERS;
    else if (reader_take(r, "figli_fuori"))
        n->who = WHO_OUTSIDE;
    else if (!reader_need(r, "componenti"))
        return NULL;
    if (!reader_need(r, ":"))
        return NULL;
    r->in_members++;
    struct node *const inner = read_or(r);

    r->in_members--;
    if (inner == NULL || !reader_need(r, ")"))
        return NULL;
    if (n->kind == NODE_SUM ? !is_amount(inner) : inner->type != RULES_BOOL)
        return node_wrong(r, t, "rules.error-type");
    n->type = n->kind == NODE_SUM ? inner->type : n->kind == NODE_COUNT ? RULES_NUMBER : RULES_BOOL;
    add_child(r, n, inner);
    return n;
}

static struct node *read_call(struct reader *r, enum node_kind kind)
{
    const struct token *const t = here(r);
    struct node *const n = node_new(r, kind, t);

    r->at++;
    if (!reader_need(r, "("))
        return NULL;
    if (kind >= NODE_COUNT && kind <= NODE_SUM)
        return read_quantifier(r, n);
    do {
        struct node *const a = read_or(r);

        if (a == NULL)
            return NULL;
        if (!is_amount(a) || (n->n_children > 0 && a->type != n->child[0]->type))
            return node_wrong(r, t, "rules.error-type");
        if (n->n_children == MAX_CHAIN)
            return node_wrong(r, t, "rules.error-deep");
        add_child(r, n, a);
    } while (reader_take(r, ";"));
    if (!reader_need(r, ")"))
        return NULL;
    if (kind == NODE_ROUND ? n->n_children != 2 || n->child[1]->kind != NODE_CONSTANT || n->child[1]->constant.number.num <= 0
                           : n->n_children < 2)
        return node_wrong(r, t, "rules.error-arguments");
    n->type = n->child[0]->type;
    return n;
}

/* se A allora B altrimenti C */
static struct node *read_if(struct reader *r)
{
    const struct token *const t = here(r);
    struct node *const n = node_new(r, NODE_IF, t);
    static const char *const before[] = {"se", "allora", "altrimenti"};

    for (int i = 0; i < 3; i++) {
        struct node *part;

        if (!reader_need(r, before[i]) || (part = read_or(r)) == NULL)
            return NULL;
        add_child(r, n, part);
    }
    if (n->child[0]->type != RULES_BOOL || n->child[1]->type != n->child[2]->type || n->child[1]->type == RULES_CODE)
        return node_wrong(r, t, "rules.error-type");
    n->type = n->child[1]->type;
    return n;
}

static struct node *read_fact(struct reader *r, const struct token *t, int index)
{
    const struct rules_fact *const f = rules_fact_at(r->facts, index);
    struct node *const n = node_new(r, NODE_FACT, t);

    if (f->is_of_member && !r->in_members)
        return node_wrong(r, t, "rules.error-of-member");
    n->index = index;
    n->type = f->type;
    for (int i = 0; i < r->rules->n_asks; i++)
        if (r->rules->asks[i] == index)
            return n;
    r->rules->asks[r->rules->n_asks++] = index;
    return n;
}

static struct node *read_name(struct reader *r)
{
    const struct token *const t = here(r);

    r->at++;
    for (int i = 0; i < r->rules->n; i++) {
        const struct definition *const d = &r->rules->list[i];

        if (d->name.n == 0 || !str_eq(d->name, t->text))
            continue;
        if (d->of_member && !r->in_members)
            return node_wrong(r, t, "rules.error-of-member");
        struct node *const n = node_new(r, NODE_NAME, t);

        n->index = i;
        n->type = d->type;
        n->depth = d->depth + 1;
        return not_deep(r, t, n);
    }
    const int fact = rules_fact_find(r->facts, t->text);

    return fact >= 0 ? read_fact(r, t, fact) : node_wrong(r, t, "rules.error-name");
}

static struct node *read_primary(struct reader *r)
{
    const struct token *const t = here(r);

    if (t->kind == TOKEN_NUMBER)
        return read_number(r);
    if (reader_take(r, "(")) {
        struct node *const n = read_or(r);

        return n != NULL && reader_need(r, ")") ? n : NULL;
    }
    if (t->kind != TOKEN_WORD)
        return node_wrong(r, t, "rules.error-value");
    if (reader_is(r, "se"))
        return read_if(r);
    if (reader_take(r, "n_componenti")) {
        struct node *const n = node_new(r, NODE_SIZE, t);

        n->type = RULES_NUMBER;
        return n;
    }
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (str_eq_z(t->text, functions[i].word))
            return read_call(r, functions[i].kind);
    return read_name(r);
}

static struct node *read_unary(struct reader *r)
{
    const struct token *const t = here(r);

    if (!reader_take(r, "-"))
        return read_primary(r);
    struct node *const a = read_primary(r);

    if (a == NULL)
        return NULL;
    if (!is_amount(a))
        return node_wrong(r, t, "rules.error-type");
    if (a->kind == NODE_CONSTANT) {
        a->constant.number.num = -a->constant.number.num;
        return a;
    }
    struct node *const n = node_new(r, NODE_NEGATE, t);

    n->type = a->type;
    add_child(r, n, a);
    return n;
}

static struct node *join(struct reader *r, enum node_kind kind, const struct token *t, struct node *a, struct node *b,
                         enum rules_type type)
{
    struct node *const n = node_new(r, kind, t);

    n->type = type;
    add_child(r, n, a);
    add_child(r, n, b);
    return not_deep(r, t, n);
}

/* euro * number, number * euro, number * number; euro / number, euro / euro, number / number. */
static enum rules_type type_of_product(enum node_kind kind, const struct node *a, const struct node *b)
{
    if (!is_amount(a) || !is_amount(b))
        return 0;
    if (kind == NODE_MULTIPLY)
        return a->type == RULES_MONEY && b->type == RULES_MONEY   ? 0
               : a->type == RULES_MONEY || b->type == RULES_MONEY ? RULES_MONEY
                                                                  : RULES_NUMBER;
    return a->type == b->type ? RULES_NUMBER : a->type == RULES_MONEY ? RULES_MONEY : 0;
}

static struct node *read_product(struct reader *r)
{
    struct node *a = read_unary(r);

    for (int n = 0; a != NULL && (reader_is(r, "*") || reader_is(r, "/")); n++) {
        const struct token *const t = here(r);
        const enum node_kind kind = reader_is(r, "*") ? NODE_MULTIPLY : NODE_DIVIDE;

        r->at++;
        if (n == MAX_CHAIN)
            return node_wrong(r, t, "rules.error-deep");
        struct node *const b = read_unary(r);

        if (b == NULL)
            return NULL;
        const enum rules_type type = type_of_product(kind, a, b);

        if (type == 0)
            return node_wrong(r, t, "rules.error-type");
        a = join(r, kind, t, a, b, type);
    }
    return a;
}

static struct node *read_sum(struct reader *r)
{
    struct node *a = read_product(r);

    for (int n = 0; a != NULL && (reader_is(r, "+") || reader_is(r, "-")); n++) {
        const struct token *const t = here(r);
        const enum node_kind kind = reader_is(r, "+") ? NODE_ADD : NODE_SUBTRACT;

        r->at++;
        if (n == MAX_CHAIN)
            return node_wrong(r, t, "rules.error-deep");
        struct node *const b = read_product(r);

        if (b == NULL)
            return NULL;
        if (!is_amount(a) || a->type != b->type)
            return node_wrong(r, t, "rules.error-type");
        a = join(r, kind, t, a, b, a->type);
    }
    return a;
}

static const struct {
    const char *sign;
    enum node_kind kind;
} comparisons[] = {{"=", NODE_EQUAL},          {"<>", NODE_DIFFERENT},  {"<", NODE_LESS},
                   {"<=", NODE_LESS_EQUAL},    {">", NODE_MORE},        {">=", NODE_MORE_EQUAL}};

/* affitto = 'concordato': a code stands as a word of the fact's list, quoted. */
static struct node *read_code(struct reader *r, const struct node *fact)
{
    const struct token *const t = here(r);

    if (fact->kind != NODE_FACT || t->kind != TOKEN_TEXT)
        return node_wrong(r, t, "rules.error-code");
    const struct rules_fact *const f = rules_fact_at(r->facts, fact->index);

    for (int i = 0; i < f->n_codes; i++)
        if (str_eq(f->codes[i], t->text)) {
            struct node *const n = node_new(r, NODE_CONSTANT, t);

            r->at++;
            n->type = RULES_CODE;
            n->constant = (struct rules_value){.known = RULES_CERTAIN, .type = RULES_CODE, .code = f->codes[i]};
            return n;
        }
    return node_wrong(r, t, "rules.error-code");
}

static struct node *read_comparison(struct reader *r)
{
    struct node *const a = read_sum(r);

    if (a == NULL)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(comparisons); i++) {
        const struct token *const t = here(r);

        if (!reader_take(r, comparisons[i].sign))
            continue;
        struct node *const b = a->type == RULES_CODE ? read_code(r, a) : read_sum(r);

        if (b == NULL)
            return NULL;
        const bool is_order = comparisons[i].kind >= NODE_LESS;

        if (a->type != b->type || (is_order && !is_amount(a)))
            return node_wrong(r, t, "rules.error-type");
        return join(r, comparisons[i].kind, t, a, b, RULES_BOOL);
    }
    return a;
}

static struct node *read_not(struct reader *r)
{
    const struct token *const t = here(r);

    if (!reader_take(r, "non"))
        return read_comparison(r);
    struct node *const a = read_comparison(r);

    if (a == NULL)
        return NULL;
    if (a->type != RULES_BOOL)
        return node_wrong(r, t, "rules.error-type");
    struct node *const n = node_new(r, NODE_NOT, t);

    n->type = RULES_BOOL;
    add_child(r, n, a);
    return n;
}

/* A chain of `word`; one kind of chain at a time: "a e b o c" wants its brackets. */
static struct node *read_chain(struct reader *r, const char *word, enum node_kind kind, struct node *(*part)(struct reader *))
{
    struct node *a = part(r);

    for (int n = 0; a != NULL && reader_is(r, word); n++) {
        const struct token *const t = here(r);

        r->at++;
        if (n == MAX_CHAIN)
            return node_wrong(r, t, "rules.error-deep");
        struct node *const b = part(r);

        if (b == NULL)
            return NULL;
        if (a->type != RULES_BOOL || b->type != RULES_BOOL)
            return node_wrong(r, t, "rules.error-type");
        a = join(r, kind, t, a, b, RULES_BOOL);
    }
    return a;
}

static struct node *read_and(struct reader *r)
{
    return read_chain(r, "e", NODE_AND, read_not);
}

static struct node *read_or(struct reader *r)
{
    if (++r->depth > RULES_MAX_DEPTH) {
        r->depth--;
        return node_wrong(r, here(r), "rules.error-deep");
    }
    const struct token *const t = here(r);
    struct node *const n = read_chain(r, "o", NODE_OR, read_and);

    r->depth--;
    return n != NULL ? not_deep(r, t, n) : NULL;
}

struct node *rules_expression(struct reader *r)
{
    return read_or(r);
}

struct node *rules_bound(struct reader *r)
{
    return read_sum(r);
}

static struct node *limited(struct reader *r, const struct token *t, enum node_kind kind, struct node *x, struct ratio v)
{
    return join(r, kind, t, x, constant(r, t, x->type, v), x->type);
}

/* a + (b - a) * ((x - low) / (high - low)), x kept between low and high. */
struct node *rules_linear(struct reader *r, struct node *at, struct ratio low, struct ratio high)
{
    const struct token *const t = here(r);
    struct node *a, *b, *x;

    r->at++;
    if (!reader_need(r, "(") || (a = read_or(r)) == NULL || !reader_need(r, ";") || (b = read_or(r)) == NULL ||
        !reader_need(r, ")"))
        return NULL;
    if (!is_amount(a) || a->type != b->type)
        return node_wrong(r, t, "rules.error-type");
    if ((x = limited(r, t, NODE_GREATEST, at, low)) == NULL || (x = limited(r, t, NODE_LEAST, x, high)) == NULL)
        return NULL;
    struct node *const along = join(r, NODE_SUBTRACT, t, x, constant(r, t, at->type, low), at->type);
    struct node *const width = join(r, NODE_SUBTRACT, t, constant(r, t, at->type, high), constant(r, t, at->type, low), at->type);

    if (along == NULL || width == NULL)
        return NULL;
    struct node *const share = join(r, NODE_DIVIDE, t, along, width, RULES_NUMBER);
    struct node *const rise = join(r, NODE_SUBTRACT, t, b, a, a->type);
    struct node *const part = share != NULL && rise != NULL ? join(r, NODE_MULTIPLY, t, rise, share, a->type) : NULL;

    return part != NULL ? join(r, NODE_ADD, t, a, part, a->type) : NULL;
}
