/* rules_ask.c - one household asked: three truths, exact sums, and how each came about. */
#include "base/macros.h"
#include "base/problems.h"
#include "rules_band.h"
#include "rules_show.h"
#include <string.h>

/* What a definition came to. What is unknown is kept too, with what it wanted: else each use of a name
 * would reckon it anew, and names of names would double each time. */
struct kept {
    struct rules_value value;
    bool is_there;
    uint64_t *missing;
};

enum { MAX_DETAIL = 300 }; /* bytes; then no further part is told */

struct asking {
    struct arena *mem;
    const struct rules *rules;
    const struct rules_facts *facts;
    const struct rules_household *h;
    int member; /* inside a quantifier: whose facts; else -1 */
    struct kept *kept; /* of each definition, n_slots each: the household's, then each person's */
    int n_slots;
    int n_words; /* of a set of facts */
    uint64_t *missing; /* bits by fact: what the part being reckoned wanted and nobody knows */
    bool too_large;
};

static struct rules_value reckon(struct asking *a, const struct node *n);

static struct rules_value unknown_of(enum rules_type type)
{
    return (struct rules_value){.known = RULES_UNKNOWN, .type = type, .number = {0, 1}};
}

static enum rules_known least(enum rules_known a, enum rules_known b)
{
    return a < b ? a : b;
}

static struct rules_value truth(bool is, enum rules_known known)
{
    return (struct rules_value){.known = known, .type = RULES_BOOL, .number = {is, 1}};
}

static bool is_true(const struct rules_value *v)
{
    return v->known != RULES_UNKNOWN && v->number.num != 0;
}

static bool is_false(const struct rules_value *v)
{
    return v->known != RULES_UNKNOWN && v->number.num == 0;
}

/* The surer of two that settle the matter; an unknown one beside them does not count. */
static struct rules_value both(const struct rules_value *x, const struct rules_value *y, bool want)
{
    const bool x_settles = want ? is_true(x) : is_false(x), y_settles = want ? is_true(y) : is_false(y);

    if (x_settles && y_settles)
        return truth(want, x->known > y->known ? x->known : y->known);
    if (x_settles || y_settles)
        return truth(want, x_settles ? x->known : y->known);
    return x->known == RULES_UNKNOWN || y->known == RULES_UNKNOWN ? unknown_of(RULES_BOOL)
                                                                 : truth(!want, least(x->known, y->known));
}

static struct rules_value fact(struct asking *a, const struct node *n)
{
    const bool of_member = rules_fact_at(a->facts, n->index)->is_of_member;
    const struct rules_value v = of_member ? a->h->members[a->member].values[n->index] : a->h->values[n->index];

    if (v.known == RULES_UNKNOWN)
        a->missing[n->index / 64] |= UINT64_C(1) << (n->index % 64);
    return v;
}

/* Outside every band: 0, as a notice that begins "from" and ends "to" means it. Money that lies
 * between two cents falls into the band of the cent it is rounded to. */
static struct rules_value band_of(struct asking *a, const struct definition *d)
{
    const struct rules_value v = reckon(a, d->node);

    if (v.known == RULES_UNKNOWN)
        return unknown_of(d->type);
    const struct ratio x = d->node->type == RULES_MONEY ? ratio_of(ratio_round(v.number)) : v.number;

    for (int i = 0; i < d->n_bands; i++)
        if (rules_in_band(&d->bands[i], x)) {
            struct rules_value out = reckon(a, d->bands[i].value);

            out.known = least(out.known, v.known);
            return out;
        }
    return (struct rules_value){.known = v.known, .type = d->type, .number = {0, 1}};
}

/* Reckons a definition, and notes apart what it alone wants. */
static void keep(struct asking *a, const struct definition *d, struct kept *k)
{
    const size_t n_bytes = (size_t)a->n_words * sizeof *a->missing;
    uint64_t *const before = a->missing;
    const int member = a->member;

    a->missing = arena_alloc(a->mem, n_bytes);
    if (!d->of_member)
        a->member = -1;
    k->value = d->kind == DEFINE_BANDS ? band_of(a, d) : reckon(a, d->node);
    k->missing = a->missing;
    k->is_there = true;
    a->member = member;
    a->missing = before;
}

static struct rules_value name(struct asking *a, const struct node *n)
{
    const struct definition *const d = &a->rules->list[n->index];

    if (d->kind == DEFINE_PARAMETER)
        return d->node->constant;
    struct kept *const k = &a->kept[n->index * a->n_slots + (d->of_member ? 1 + a->member : 0)];

    if (!k->is_there)
        keep(a, d, k);
    for (int i = 0; i < a->n_words && k->value.known == RULES_UNKNOWN; i++)
        a->missing[i] |= k->missing[i];
    return k->value;
}

static struct rules_value arithmetic(struct asking *a, const struct node *n)
{
    const struct rules_value x = reckon(a, n->child[0]), y = reckon(a, n->child[1]);
    struct rules_value v = {.known = least(x.known, y.known), .type = n->type, .number = {0, 1}};
    bool fits = true;

    if (v.known == RULES_UNKNOWN)
        return v;
    if (n->kind == NODE_ADD)
        fits = ratio_add(x.number, y.number, &v.number);
    else if (n->kind == NODE_SUBTRACT)
        fits = ratio_sub(x.number, y.number, &v.number);
    else if (n->kind == NODE_MULTIPLY)
        fits = ratio_mul(x.number, y.number, &v.number);
    else
        fits = ratio_div(x.number, y.number, &v.number);
    if (!fits)
        a->too_large = true;
    return v;
}

static struct rules_value comparison(struct asking *a, const struct node *n)
{
    const struct rules_value x = reckon(a, n->child[0]), y = reckon(a, n->child[1]);
    const enum rules_known known = least(x.known, y.known);

    if (known == RULES_UNKNOWN)
        return unknown_of(RULES_BOOL);
    const int order = x.type == RULES_CODE ? !str_eq(x.code, y.code) : ratio_cmp(x.number, y.number);

    switch (n->kind) {
    case NODE_EQUAL:
        return truth(order == 0, known);
    case NODE_DIFFERENT:
        return truth(order != 0, known);
    case NODE_LESS:
        return truth(order < 0, known);
    case NODE_LESS_EQUAL:
        return truth(order <= 0, known);
    case NODE_MORE:
        return truth(order > 0, known);
    default:
        return truth(order >= 0, known);
    }
}

/* The least or the greatest of several. */
static struct rules_value extreme(struct asking *a, const struct node *n)
{
    struct rules_value best = reckon(a, n->child[0]);

    for (int i = 1; i < n->n_children; i++) {
        const struct rules_value x = reckon(a, n->child[i]);
        const enum rules_known known = least(best.known, x.known);

        if (known != RULES_UNKNOWN && (n->kind == NODE_LEAST) == (ratio_cmp(x.number, best.number) < 0))
            best = x;
        best.known = known;
    }
    return best;
}

static struct rules_value rounded(struct asking *a, const struct node *n)
{
    struct rules_value v = reckon(a, n->child[0]);
    const struct ratio step = n->child[1]->constant.number;
    struct ratio steps;

    if (v.known == RULES_UNKNOWN)
        return v;
    if (!ratio_div(v.number, step, &steps) || !ratio_mul(ratio_of(ratio_round(steps)), step, &v.number))
        a->too_large = true;
    return v;
}

/* Every person, or everybody but the first. Counts and sums want all to be known. */
static struct rules_value quantifier(struct asking *a, const struct node *n)
{
    const bool is_truth = n->kind == NODE_ANY || n->kind == NODE_ALL;
    struct rules_value sum = {.known = RULES_CERTAIN, .type = n->type, .number = {n->kind == NODE_ALL, 1}};
    const int member = a->member;

    const int from = n->who == WHO_OUTSIDE ? a->h->n_members : n->who == WHO_OTHERS;
    const int to = a->h->n_members + (n->who == WHO_OUTSIDE ? a->h->n_outside : 0);

    for (int i = from; i < to; i++) {
        a->member = i;
        struct rules_value v = reckon(a, n->child[0]);

        if (is_truth) {
            sum = both(&sum, &v, n->kind == NODE_ANY);
            continue;
        }
        sum.known = least(sum.known, v.known);
        if (v.known != RULES_UNKNOWN && !ratio_add(sum.number, v.number, &sum.number))
            a->too_large = true;
    }
    a->member = member;
    return sum;
}

static struct rules_value choice(struct asking *a, const struct node *n)
{
    const struct rules_value when = reckon(a, n->child[0]);

    if (when.known == RULES_UNKNOWN)
        return unknown_of(n->type);
    struct rules_value v = reckon(a, n->child[is_true(&when) ? 1 : 2]);

    v.known = least(v.known, when.known);
    return v;
}

static struct rules_value logic(struct asking *a, const struct node *n)
{
    const struct rules_value x = reckon(a, n->child[0]);

    if (n->kind == NODE_NOT)
        return x.known == RULES_UNKNOWN ? x : truth(!is_true(&x), x.known);
    const bool want = n->kind == NODE_OR;

    if (x.known == RULES_CERTAIN && (want ? is_true(&x) : is_false(&x)))
        return x;
    const struct rules_value y = reckon(a, n->child[1]);

    return both(&x, &y, want);
}

static struct rules_value negated(struct asking *a, const struct node *n)
{
    struct rules_value v = reckon(a, n->child[0]);

    v.number.num = -v.number.num;
    return v;
}

static struct rules_value reckon(struct asking *a, const struct node *n)
{
    switch (n->kind) {
    case NODE_CONSTANT:
        return n->constant;
    case NODE_FACT:
        return fact(a, n);
    case NODE_NAME:
        return name(a, n);
    case NODE_SIZE:
        return (struct rules_value){.known = RULES_CERTAIN, .type = RULES_NUMBER, .number = {a->h->n_members, 1}};
    case NODE_NEGATE:
        return negated(a, n);
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        return logic(a, n);
    case NODE_LEAST:
    case NODE_GREATEST:
        return extreme(a, n);
    case NODE_IF:
        return choice(a, n);
    case NODE_ROUND:
        return rounded(a, n);
    case NODE_COUNT:
    case NODE_ANY:
    case NODE_ALL:
    case NODE_SUM:
        return quantifier(a, n);
    default:
        return n->kind <= NODE_DIVIDE ? arithmetic(a, n) : comparison(a, n);
    }
}

/* ---- the answer ---- */

static void take_missing(struct asking *a, const uint64_t *bits, const int **out, int *n_out)
{
    const int n = rules_n_facts(a->facts);
    int *const list = arena_alloc(a->mem, (size_t)(n + 1) * sizeof *list);

    *n_out = 0;
    for (int i = 0; i < n; i++)
        if (bits[i / 64] >> (i % 64) & 1)
            list[(*n_out)++] = i;
    *out = list;
}

static enum rules_verdict verdict_of(const struct rules_value *v)
{
    if (v->known == RULES_UNKNOWN)
        return RULES_TO_CHECK;
    if (v->number.num == 0)
        return v->known == RULES_CERTAIN ? RULES_NO : RULES_TO_CHECK;
    return v->known == RULES_CERTAIN ? RULES_YES : RULES_PROBABLY;
}

/* One comparison is shown with both its sides. */
static void compare(struct asking *a, const struct node *n, const struct rules_value *v, struct rules_step *s)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};

    if (n->kind < NODE_EQUAL || n->kind > NODE_MORE_EQUAL)
        return;
    s->left = reckon(a, n->child[0]);
    s->right = reckon(a, n->child[1]);
    s->relation = n->kind;
    s->holds = is_true(v);
    const struct str left = rules_show_value(a->mem, &s->left), right = rules_show_value(a->mem, &s->right);

    s->sum = str_fmt(a->mem, "%.*s %s %.*s", (int)left.n, left.p, signs[n->kind - NODE_EQUAL], (int)right.n, right.p);
}

static struct str label_of(const struct asking *a, const struct node *n)
{
    return n->kind == NODE_FACT   ? rules_fact_at(a->facts, n->index)->label
           : n->kind == NODE_NAME ? a->rules->list[n->index].text
                                  : STR("");
}

/* One part of a condition in words: "ISEE ordinario 11.545,89 euro supera 9.796,00 euro". */
static struct str part_in_words(struct asking *a, const struct node *n)
{
    const struct str label = label_of(a, n->kind >= NODE_EQUAL && n->kind <= NODE_MORE_EQUAL ? n->child[0] : n);

    if (label.n == 0)
        return STR("");
    const struct rules_value v = reckon(a, n);

    if (v.known == RULES_UNKNOWN || a->too_large)
        return STR("");
    if (n->kind < NODE_EQUAL || n->kind > NODE_MORE_EQUAL)
        return str_fmt(a->mem, "%.*s, %s", (int)label.n, label.p, is_true(&v) ? "sì" : "no");
    const struct rules_value x = reckon(a, n->child[0]), y = reckon(a, n->child[1]);
    const struct str left = rules_show_value(a->mem, &x), right = rules_show_value(a->mem, &y);

    return str_fmt(a->mem, "%.*s %.*s %s %.*s", (int)label.n, label.p, (int)left.n, left.p, rules_relation(n->kind, is_true(&v)),
                   (int)right.n, right.p);
}

/* Of alternatives the one that holds is enough; NULL: none does. */
static const struct node *first_that_holds(struct asking *a, const struct node *n)
{
    for (int i = 0; i < n->n_children; i++) {
        const struct rules_value v = reckon(a, n->child[i]);

        if (v.known != RULES_UNKNOWN && !a->too_large && is_true(&v))
            return n->child[i];
    }
    return NULL;
}

/* Why a condition of several parts holds or does not: the parts one after the other. */
static void detail(struct asking *a, const struct node *n, struct str *out)
{
    const struct node *const held = n->kind == NODE_OR ? first_that_holds(a, n) : NULL;

    if (held != NULL) {
        detail(a, held, out);
        return;
    }
    if (n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT) {
        for (int i = 0; i < n->n_children && out->n < MAX_DETAIL; i++)
            detail(a, n->child[i], out);
        return;
    }
    const struct str part = part_in_words(a, n);

    if (part.n > 0)
        *out = str_fmt(a->mem, "%.*s%s%.*s", (int)out->n, out->p, out->n > 0 ? "; " : "", (int)part.n, part.p);
}

static void step(struct asking *a, const struct definition *d, int index, struct rules_answer *out)
{
    struct rules_step *const s = &out->steps[out->n_steps++];
    struct node whole = {.kind = NODE_NAME, .index = index, .type = d->type};

    memset(a->missing, 0, (size_t)a->n_words * sizeof *a->missing);
    const struct rules_value v = name(a, &whole);

    *s = (struct rules_step){.text = d->text, .source = d->source, .is_check = d->kind == DEFINE_CHECK,
                             .is_requirement = d->kind == DEFINE_REQUIREMENT || d->kind == DEFINE_CHECK};
    if (s->is_requirement) {
        s->verdict = verdict_of(&v);
        if (s->is_check && s->verdict == RULES_NO)
            s->verdict = RULES_TO_CHECK;
        compare(a, d->node, &v, s);
    } else {
        s->sum = rules_show_value(a->mem, &v);
        s->verdict = v.known == RULES_CERTAIN ? RULES_YES : v.known == RULES_ESTIMATE ? RULES_PROBABLY : RULES_TO_CHECK;
    }
    if (v.known == RULES_UNKNOWN)
        take_missing(a, a->missing, &s->missing, &s->n_missing);
    if (d->kind != DEFINE_AMOUNT)
        return;
    out->amounts[out->n_amounts++] = (struct rules_amount){
        .name = d->text, .per = d->per, .value = v,
        .cents = v.known != RULES_UNKNOWN && d->type == RULES_MONEY ? ratio_round(v.number) : 0};
}

/* No when one requirement surely fails; else to be checked when one may; else probably when one
 * rests on an estimate. */
static enum rules_verdict worst(const struct rules_answer *x)
{
    enum rules_verdict v = RULES_YES;

    for (int i = 0; i < x->n_steps; i++)
        if (x->steps[i].is_requirement && x->steps[i].verdict > v)
            v = x->steps[i].verdict;
    return v;
}

static void gather_missing(struct asking *a, struct rules_answer *out)
{
    memset(a->missing, 0, (size_t)a->n_words * sizeof *a->missing);
    for (int i = 0; i < out->n_steps; i++)
        for (int j = 0; j < out->steps[i].n_missing; j++) {
            const int f = out->steps[i].missing[j];

            a->missing[f / 64] |= UINT64_C(1) << (f % 64);
        }
    take_missing(a, a->missing, &out->missing, &out->n_missing);
}

static bool is_passed_over(const struct definition *d)
{
    return d->of_member || d->kind == DEFINE_PARAMETER || d->kind == DEFINE_ESTIMATE;
}

/* After all else: a part that the answer did not need may be one that cannot be reckoned, and that is no error. */
static void tell_details(struct asking *a, struct rules_answer *out)
{
    struct rules_step *s = out->steps;

    for (int i = 0; i < a->rules->n; i++) {
        const struct definition *const d = &a->rules->list[i];

        if (is_passed_over(d))
            continue;
        if (s->is_requirement && s->relation == 0)
            detail(a, d->node, &s->detail);
        s++;
    }
}

static void begin(struct asking *a, struct arena *mem, const struct rules *r, const struct rules_facts *f,
                  const struct rules_household *h)
{
    *a = (struct asking){.mem = mem, .rules = r, .facts = f, .h = h, .member = -1,
                         .n_slots = 1 + h->n_members + h->n_outside,
                         .n_words = rules_n_facts(f) / 64 + 1};
    a->kept = arena_array(mem, (size_t)r->n * (size_t)a->n_slots + 1, sizeof *a->kept);
    a->missing = arena_array(mem, (size_t)a->n_words, sizeof *a->missing);
}

enum status rules_ask(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                      const struct rules_household *h, struct rules_answer *out, struct str *why)
{
    const size_t n = (size_t)r->n + 1;
    struct asking a;

    begin(&a, mem, r, f, h);
    *out = (struct rules_answer){.steps = arena_alloc(mem, n * sizeof *out->steps),
                                 .amounts = arena_alloc(mem, n * sizeof *out->amounts)};
    for (int i = 0; i < r->n; i++) {
        if (is_passed_over(&r->list[i]))
            continue;
        step(&a, &r->list[i], i, out);
        if (a.too_large) {
            *why = r->list[i].text;
            return ST_INVALID;
        }
    }
    out->verdict = worst(out);
    if (out->verdict == RULES_NO)
        out->n_amounts = 0;
    gather_missing(&a, out);
    tell_details(&a, out);
    return ST_OK;
}

bool rules_reckon_estimate(struct arena *mem, const struct rules *r, const struct rules_facts *f,
                           const struct rules_household *h, int i, struct rules_value *out)
{
    struct asking a;

    begin(&a, mem, r, f, h);
    for (int k = 0; k < r->n; k++) {
        if (r->list[k].kind != DEFINE_ESTIMATE || i-- > 0)
            continue;
        *out = reckon(&a, r->list[k].node);
        return !a.too_large;
    }
    return false;
}
