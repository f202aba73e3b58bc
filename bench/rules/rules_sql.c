/* rules_sql.c - see rules_sql.h. Names become columns of nested selects, quantifiers aggregates of one pass over the persons. */
#include "rules_sql.h"
#include "features/rules/rules_private.h"

struct writing {
    const struct rules *r;
    const struct rules_facts *f;
    enum rules_sql_engine engine;
    struct buf *aggregates; /* of m, "MAX(...) AS q0, ..." */
    int n_aggregates;
    bool in_members, is_lost;
};

static void put(struct writing *w, struct buf *b, const struct node *n);

static void put_name(struct writing *w, struct buf *b, const struct node *n)
{
    const struct definition *const d = &w->r->list[n->index];

    if (d->kind == DEFINE_PARAMETER) {
        put(w, b, d->node);
    } else if (w->in_members) {
        w->is_lost |= !d->of_member || d->kind == DEFINE_BANDS;
        put(w, b, d->node);
    } else {
        buf_fmt(b, "v%d", n->index);
    }
}

static void put_quantifier(struct writing *w, struct buf *b, const struct node *n)
{
    static const char *const functions[] = {[NODE_COUNT - NODE_COUNT] = "SUM", [NODE_ANY - NODE_COUNT] = "MAX",
                                            [NODE_ALL - NODE_COUNT] = "MIN", [NODE_SUM - NODE_COUNT] = "SUM"};
    struct buf *const a = w->aggregates;
    const bool was_in = w->in_members;

    w->is_lost |= was_in || n->who == WHO_OUTSIDE;
    buf_fmt(a, ", %s(CASE WHEN ", functions[n->kind - NODE_COUNT]);
    if (n->who == WHO_OTHERS)
        buf_fmt(a, "pos = 0 THEN %d WHEN ", n->kind == NODE_ALL);
    w->in_members = true;
    if (n->kind == NODE_SUM) {
        buf_z(a, "1 = 1 THEN ");
        put(w, a, n->child[0]);
        buf_z(a, " ELSE 0 END)");
    } else {
        put(w, a, n->child[0]);
        buf_z(a, " THEN 1 ELSE 0 END)");
    }
    w->in_members = was_in;
    buf_fmt(a, " AS q%d", w->n_aggregates);
    buf_fmt(b, n->kind == NODE_ANY || n->kind == NODE_ALL ? "(q%d = 1)" : "q%d", w->n_aggregates++);
}

static void put_two(struct writing *w, struct buf *b, const struct node *n, const char *sign)
{
    buf_char(b, '(');
    put(w, b, n->child[0]);
    buf_fmt(b, " %s ", sign);
    put(w, b, n->child[1]);
    buf_char(b, ')');
}

static void put_list(struct writing *w, struct buf *b, const struct node *n)
{
    const bool is_least = n->kind == NODE_LEAST;

    buf_z(b, w->engine == SQL_SQLITE ? (is_least ? "MIN(" : "MAX(") : is_least ? "LEAST(" : "GREATEST(");
    for (int i = 0; i < n->n_children; i++) {
        if (i > 0)
            buf_z(b, ", ");
        put(w, b, n->child[i]);
    }
    buf_char(b, ')');
}

static void put_constant(struct writing *w, struct buf *b, const struct node *n)
{
    const struct ratio v = n->constant.number;

    (void)w;
    if (v.den == 1)
        buf_fmt(b, "%lld", (long long)v.num);
    else
        buf_fmt(b, "%.12g", (double)v.num / (double)v.den);
}

static int code_of(const struct writing *w, const struct node *fact, struct str code)
{
    const struct rules_fact *const f = rules_fact_at(w->f, fact->index);

    for (int i = 0; i < f->n_codes; i++)
        if (str_eq(f->codes[i], code))
            return i;
    return -1;
}

static void put_if(struct writing *w, struct buf *b, const struct node *n)
{
    buf_z(b, "(CASE WHEN ");
    put(w, b, n->child[0]);
    buf_z(b, " THEN ");
    put(w, b, n->child[1]);
    buf_z(b, " ELSE ");
    put(w, b, n->child[2]);
    buf_z(b, " END)");
}

static void put_rounded(struct writing *w, struct buf *b, const struct node *n)
{
    buf_z(b, "(CAST(");
    put(w, b, n->child[0]);
    buf_z(b, " * 1.0 / ");
    put(w, b, n->child[1]);
    buf_fmt(b, "%s AS INTEGER) * ", w->engine == SQL_SQLITE ? " + 0.5" : "");
    put(w, b, n->child[1]);
    buf_char(b, ')');
}

static void put_divided(struct writing *w, struct buf *b, const struct node *n)
{
    buf_char(b, '(');
    put(w, b, n->child[0]);
    buf_z(b, " * 1.0 / ");
    put(w, b, n->child[1]);
    buf_char(b, ')');
}

static void put_fact(struct writing *w, struct buf *b, const struct node *n)
{
    const struct rules_fact *const f = rules_fact_at(w->f, n->index);

    w->is_lost |= w->in_members && !f->is_of_member;
    buf_fmt(b, f->type == RULES_BOOL ? "(%.*s = 1)" : "%.*s", (int)f->name.n, f->name.p);
}

static void put(struct writing *w, struct buf *b, const struct node *n)
{
    static const char *const signs[] = {[NODE_ADD] = "+", [NODE_SUBTRACT] = "-", [NODE_MULTIPLY] = "*", [NODE_EQUAL] = "=",
                                        [NODE_DIFFERENT] = "<>", [NODE_LESS] = "<", [NODE_LESS_EQUAL] = "<=", [NODE_MORE] = ">",
                                        [NODE_MORE_EQUAL] = ">=", [NODE_AND] = "AND", [NODE_OR] = "OR"};

    switch (n->kind) {
    case NODE_CONSTANT:
        put_constant(w, b, n);
        break;
    case NODE_FACT:
        put_fact(w, b, n);
        break;
    case NODE_NAME:
        put_name(w, b, n);
        break;
    case NODE_DIVIDE:
        put_divided(w, b, n);
        break;
    case NODE_NEGATE:
    case NODE_NOT:
        buf_z(b, n->kind == NODE_NOT ? "(NOT " : "(- ");
        put(w, b, n->child[0]);
        buf_char(b, ')');
        break;
    case NODE_LEAST:
    case NODE_GREATEST:
        put_list(w, b, n);
        break;
    case NODE_IF:
        put_if(w, b, n);
        break;
    case NODE_ROUND:
        put_rounded(w, b, n);
        break;
    case NODE_COUNT:
    case NODE_ANY:
    case NODE_ALL:
    case NODE_SUM:
        put_quantifier(w, b, n);
        break;
    case NODE_SIZE:
        w->is_lost |= w->in_members;
        buf_z(b, "n_componenti");
        break;
    default:
        if (n->child[0]->type == RULES_CODE) {
            put(w, b, n->child[0]);
            buf_fmt(b, " %s %d", signs[n->kind], code_of(w, n->child[0], n->child[1]->constant.code));
        } else {
            put_two(w, b, n, signs[n->kind]);
        }
    }
}

static void put_bands(struct writing *w, struct buf *b, const struct definition *d)
{
    buf_z(b, "CASE");
    for (int k = 0; k < d->n_bands; k++) {
        const struct band *const x = &d->bands[k];

        buf_z(b, " WHEN 1 = 1");
        for (int side = 0; side < 2; side++) {
            const struct ratio v = side == 0 ? x->low : x->high;

            if (!(side == 0 ? x->has_low : x->has_high))
                continue;
            buf_z(b, " AND ");
            put(w, b, d->node);
            buf_fmt(b, " %s%s %.12g", side == 0 ? ">" : "<", (side == 0 ? x->with_low : x->with_high) ? "=" : "", (double)v.num / (double)v.den);
        }
        buf_z(b, " THEN ");
        put(w, b, x->value);
    }
    buf_z(b, " ELSE 0 END");
}

/* Each definition a column of a select from the one before it: a chain of common table expressions, for nested ones outgrow
 * the parser's stack. */
bool rules_sql(struct buf *b, const struct rules *r, const struct rules_facts *f, int amount, enum rules_sql_engine engine)
{
    struct buf aggregates = buf_new(b->mem, 1000), levels = buf_new(b->mem, 4000), where = buf_new(b->mem, 400);
    struct writing w = {.r = r, .f = f, .engine = engine, .aggregates = &aggregates};
    int n_levels = 0, n_amounts = 0, wanted = -1;

    for (int i = 0; i < r->n; i++) {
        const struct definition *const d = &r->list[i];

        if (d->of_member || d->kind == DEFINE_PARAMETER || d->kind == DEFINE_ESTIMATE)
            continue;
        buf_fmt(&levels, ",\nl%d AS (SELECT *, ", n_levels + 1);
        if (d->kind == DEFINE_BANDS)
            put_bands(&w, &levels, d);
        else
            put(&w, &levels, d->node);
        buf_fmt(&levels, " AS v%d FROM l%d)", i, n_levels++);
        if (d->kind == DEFINE_REQUIREMENT || d->kind == DEFINE_CHECK)
            buf_fmt(&where, "%sv%d", where.n > 0 ? " AND " : "", i);
        if (d->kind == DEFINE_AMOUNT && n_amounts++ == amount && d->type == RULES_MONEY)
            wanted = i;
    }
    buf_z(b, "WITH l0 AS (SELECT h.*");
    if (aggregates.n > 0)
        buf_fmt(b, ", a.* FROM h JOIN (SELECT h AS hh%.*s FROM m GROUP BY h) a ON a.hh = h.id)", (int)aggregates.n, aggregates.p);
    else
        buf_z(b, " FROM h)");
    buf_str(b, buf_view(&levels));
    buf_z(b, "\nSELECT COUNT(*) AS yes, ");
    if (wanted >= 0)
        buf_fmt(b, "COALESCE(SUM(ROUND(v%d)), 0)", wanted);
    else
        buf_z(b, "0");
    buf_fmt(b, " AS total FROM l%d", n_levels);
    if (where.n > 0)
        buf_fmt(b, " WHERE %.*s", (int)where.n, where.p);
    return !w.is_lost;
}
