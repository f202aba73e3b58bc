/* rules_population.c - a block of households at a time, node by node, column by column. */
#include "rules_population.h"
#include "base/macros.h"
#include "rules_band.h"
#include "rules_column.h"
#include <string.h>

enum { BLOCK = 512, BLOCK_MEMBERS = 4096 }; /* households and members reckoned together */

struct block {
    struct arena *mem;
    const struct rules *rules;
    const struct rules_facts *facts;
    const struct rules_population *p;
    int64_t from;       /* first household */
    int64_t from_member;
    struct scope households, members;
    int *owner;         /* of each member row: its household row */
    int *first;         /* of each household row: its first member row; n + 1 */
    int *end;           /* of each household row: behind the last who lives there; then come those outside */
    struct column **kept[2]; /* of definitions, by scope */
};

static struct column *reckon(struct block *b, const struct node *n, const struct scope *s);

/* Facts of a household seen from its members are spread over them. */
static struct column *spread(struct block *b, const struct column *x)
{
    struct column *const c = column_new(b->mem, &b->members, x->dens != NULL);

    for (int i = 0; i < b->members.n; i++) {
        c->num[i] = x->num[b->owner[i]];
        c->known[i] = x->known[b->owner[i]];
        if (x->dens != NULL)
            c->dens[i] = x->dens[b->owner[i]];
    }
    c->den = x->den;
    return c;
}

static struct column *fact(struct block *b, const struct node *n, const struct scope *s)
{
    const struct rules_fact *const f = rules_fact_at(b->facts, n->index);
    const int64_t *const from = f->is_of_member ? b->p->of_member[n->index] : b->p->of_household[n->index];
    const uint8_t *const known = b->p->known[n->index];
    const struct scope *const own = f->is_of_member ? &b->members : &b->households;
    const int64_t at = f->is_of_member ? b->from_member : b->from;
    struct column *c = column_new(b->mem, own, false);

    c->den = f->type == RULES_NUMBER ? RULES_DEN : 1;
    if (from == NULL)
        memset(c->known, RULES_UNKNOWN, (size_t)own->n);
    else if (known == NULL)
        memset(c->known, RULES_CERTAIN, (size_t)own->n);
    else
        memcpy(c->known, known + at, (size_t)own->n);
    if (from != NULL)
        memcpy(c->num, from + at, (size_t)own->n * sizeof *c->num);
    else
        memset(c->num, 0, (size_t)own->n * sizeof *c->num);
    return s->is_members && !f->is_of_member ? spread(b, c) : c;
}

static struct column *arithmetic(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const x = reckon(b, n->child[0], s), *const y = reckon(b, n->child[1], s);

    return column_arithmetic(b->mem, n->kind, x, y, s);
}

static int place_of_code(const struct rules_fact *f, struct str code)
{
    for (int i = 0; i < f->n_codes; i++)
        if (str_eq(f->codes[i], code))
            return i;
    return -1;
}

static struct column *comparison(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const x = reckon(b, n->child[0], s);
    const struct column *const y =
        n->child[0]->type == RULES_CODE
            ? column_constant(b->mem, s, ratio_of(place_of_code(rules_fact_at(b->facts, n->child[0]->index), n->child[1]->constant.code)))
            : reckon(b, n->child[1], s);

    return column_compare(b->mem, n->kind, x, y, s);
}

static struct column *logic(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const x = reckon(b, n->child[0], s);
    struct column *const c = column_new(b->mem, s, false);
    const bool want = n->kind == NODE_OR;

    memcpy(c->num, x->num, (size_t)s->n * sizeof *c->num);
    memcpy(c->known, x->known, (size_t)s->n);
    if (n->kind == NODE_NOT) {
        for (int i = 0; i < s->n; i++)
            c->num[i] = x->num[i] == 0;
        return c;
    }
    const struct column *const y = reckon(b, n->child[1], s);

    for (int i = 0; i < s->n; i++)
        if (x->known[i] != RULES_CERTAIN || (x->num[i] != 0) != want)
            column_settle(&c->num[i], &c->known[i], y->num[i], y->known[i], want);
    return c;
}

static struct column *extreme(struct block *b, const struct node *n, const struct scope *s)
{
    struct column *best = reckon(b, n->child[0], s);
    bool *const take = arena_alloc(b->mem, (size_t)s->n + 1);

    for (int k = 1; k < n->n_children; k++) {
        const struct column *const x = reckon(b, n->child[k], s);
        const struct column *const before = best;

        for (int i = 0; i < s->n; i++)
            take[i] = (n->kind == NODE_LEAST) == (column_order(x, best, i) < 0);
        best = column_pick(b->mem, s, before, x, take);
        for (int i = 0; i < s->n; i++)
            best->known[i] = column_least(before->known[i], x->known[i]);
    }
    return best;
}

static struct column *choice(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const when = reckon(b, n->child[0], s);
    bool *const take = arena_alloc(b->mem, (size_t)s->n + 1);

    for (int i = 0; i < s->n; i++)
        take[i] = when->num[i] == 0;
    struct column *const c = column_pick(b->mem, s, reckon(b, n->child[1], s), reckon(b, n->child[2], s), take);

    for (int i = 0; i < s->n; i++)
        c->known[i] = when->known[i] == RULES_UNKNOWN ? RULES_UNKNOWN : column_least(when->known[i], c->known[i]);
    return c;
}

static struct column *rounded(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const x = reckon(b, n->child[0], s);
    const struct ratio step = n->child[1]->constant.number;
    struct column *const c = column_new(b->mem, s, true);

    for (int i = 0; i < s->n; i++) {
        struct ratio v;

        c->known[i] = x->known[i];
        c->num[i] = 0;
        c->dens[i] = 1;
        if (x->known[i] == RULES_UNKNOWN || x->known[i] == RULES_BAD)
            continue;
        if (!ratio_make(x->num[i], column_den(x, i), &v) || !ratio_div(v, step, &v) ||
            !ratio_mul(ratio_of(ratio_round(v)), step, &v)) {
            c->known[i] = RULES_BAD;
            continue;
        }
        c->num[i] = v.num;
        c->dens[i] = v.den;
    }
    return c;
}

static struct column *negated(struct block *b, const struct node *n, const struct scope *s)
{
    struct column *const x = reckon(b, n->child[0], s);
    struct column *const c = column_new(b->mem, s, x->dens != NULL);

    for (int i = 0; i < s->n; i++) {
        c->known[i] = __builtin_sub_overflow(0, x->num[i], &c->num[i]) ? RULES_BAD : x->known[i];
        if (x->dens != NULL)
            c->dens[i] = x->dens[i];
    }
    c->den = x->den;
    return c;
}

/* What the members of one household come to. */
static void gather(const struct node *n, const struct column *inner, int from, int to, struct column *c, int row)
{
    const bool is_truth = n->kind == NODE_ANY || n->kind == NODE_ALL;

    c->num[row] = n->kind == NODE_ALL;
    c->dens[row] = 1;
    c->known[row] = RULES_CERTAIN;
    for (int i = from; i < to; i++) {
        if (is_truth) {
            column_settle(&c->num[row], &c->known[row], inner->num[i], inner->known[i], n->kind == NODE_ANY);
            continue;
        }
        c->known[row] = column_least(c->known[row], inner->known[i]);
        if (inner->known[i] != RULES_UNKNOWN && inner->known[i] != RULES_BAD &&
            !column_one(NODE_ADD, c->num[row], c->dens[row], inner->num[i], column_den(inner, i), &c->num[row], &c->dens[row])) {
            c->known[row] = RULES_BAD;
            c->dens[row] = 1;
        }
    }
}

static struct column *quantifier(struct block *b, const struct node *n)
{
    const struct column *const inner = reckon(b, n->child[0], &b->members);
    struct column *const c = column_new(b->mem, &b->households, true);

    for (int h = 0; h < b->households.n; h++)
        gather(n, inner, n->who == WHO_OUTSIDE ? b->end[h] : b->first[h] + (n->who == WHO_OTHERS),
               n->who == WHO_OUTSIDE ? b->first[h + 1] : b->end[h], c, h);
    return c;
}

static struct column *bands(struct block *b, const struct definition *d, const struct scope *s)
{
    const struct column *const x = reckon(b, d->node, s);
    struct column *c = column_constant(b->mem, s, ratio_of(0));
    bool *const take = arena_alloc(b->mem, (size_t)s->n + 1);

    for (int k = 0; k < d->n_bands; k++) {
        for (int i = 0; i < s->n; i++) {
            const struct ratio v = {x->num[i], column_den(x, i)};

            take[i] = rules_in_band(&d->bands[k], d->node->type == RULES_MONEY ? ratio_of(ratio_round(v)) : v);
        }
        c = column_pick(b->mem, s, c, reckon(b, d->bands[k].value, s), take);
    }
    for (int i = 0; i < s->n; i++)
        c->known[i] = column_least(c->known[i], x->known[i]);
    return c;
}

static struct column *name(struct block *b, const struct node *n, const struct scope *s)
{
    const struct definition *const d = &b->rules->list[n->index];
    struct column **const kept = &b->kept[s->is_members][n->index];

    if (*kept != NULL)
        return *kept;
    const struct scope *const own = d->of_member ? &b->members : &b->households;

    if (own->is_members != s->is_members) {
        *kept = spread(b, name(b, n, own));
        return *kept;
    }
    *kept = d->kind == DEFINE_BANDS ? bands(b, d, own) : reckon(b, d->node, own);
    return *kept;
}

static struct column *size(struct block *b, const struct scope *s)
{
    struct column *const c = column_new(b->mem, &b->households, false);

    for (int h = 0; h < b->households.n; h++) {
        c->num[h] = b->end[h] - b->first[h];
        c->known[h] = RULES_CERTAIN;
    }
    return s->is_members ? spread(b, c) : c;
}

static struct column *reckon(struct block *b, const struct node *n, const struct scope *s)
{
    switch (n->kind) {
    case NODE_CONSTANT:
        return column_constant(b->mem, s, n->constant.number);
    case NODE_FACT:
        return fact(b, n, s);
    case NODE_NAME:
        return name(b, n, s);
    case NODE_SIZE:
        return size(b, s);
    case NODE_NEGATE:
        return negated(b, n, s);
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        return logic(b, n, s);
    case NODE_LEAST:
    case NODE_GREATEST:
        return extreme(b, n, s);
    case NODE_IF:
        return choice(b, n, s);
    case NODE_ROUND:
        return rounded(b, n, s);
    case NODE_COUNT:
    case NODE_ANY:
    case NODE_ALL:
    case NODE_SUM:
        return quantifier(b, n);
    default:
        return n->kind <= NODE_DIVIDE ? arithmetic(b, n, s) : comparison(b, n, s);
    }
}

static enum rules_verdict verdict_of(enum definition_kind kind, uint8_t known, bool is)
{
    if (known == RULES_UNKNOWN || (!is && (known != RULES_CERTAIN || kind == DEFINE_CHECK)))
        return RULES_TO_CHECK;
    return !is ? RULES_NO : known == RULES_CERTAIN ? RULES_YES : RULES_PROBABLY;
}

/* A household whose numbers do not fit columns is asked alone: lowest terms reach further. */
static void ask_alone(struct block *b, int row, int amount, struct rules_outcome *out)
{
    struct rules_answer a;
    struct str why;
    const struct rules_household *const h = rules_population_household(b->mem, b->facts, b->p, b->from + row);

    *out = (struct rules_outcome){.is_error = rules_ask(b->mem, b->rules, b->facts, h, &a, &why) != ST_OK};
    if (out->is_error)
        return;
    out->verdict = (uint8_t)a.verdict;
    if (amount >= 0 && amount < a.n_amounts)
        out->cents = a.amounts[amount].cents;
}

static void take_cents(struct block *b, const struct column *c, struct rules_outcome *out, bool *is_bad)
{
    for (int i = 0; i < b->households.n; i++) {
        is_bad[i] |= c->known[i] == RULES_BAD;
        if (c->known[i] != RULES_UNKNOWN && c->known[i] != RULES_BAD && out[i].verdict != RULES_NO)
            out[i].cents = ratio_round((struct ratio){c->num[i], column_den(c, i)});
    }
}

static void ask_block(struct block *b, int amount, struct rules_outcome *out)
{
    const int n = b->households.n;
    bool *const is_bad = arena_array(b->mem, (size_t)n + 1, sizeof *is_bad);
    const struct column *wanted = NULL;
    int n_amounts = 0;

    memset(out, 0, (size_t)n * sizeof *out);
    for (int k = 0; k < b->rules->n; k++) {
        const struct definition *const d = &b->rules->list[k];

        if (d->of_member || d->kind == DEFINE_PARAMETER || d->kind == DEFINE_ESTIMATE)
            continue;
        const struct node whole = {.kind = NODE_NAME, .index = k};
        const struct column *const c = name(b, &whole, &b->households);

        if (d->kind == DEFINE_AMOUNT && n_amounts++ == amount && d->type == RULES_MONEY)
            wanted = c;
        for (int i = 0; i < n; i++) {
            is_bad[i] |= c->known[i] == RULES_BAD;
            if (d->kind != DEFINE_REQUIREMENT && d->kind != DEFINE_CHECK)
                continue;
            const enum rules_verdict v = verdict_of(d->kind, c->known[i], c->num[i] != 0);

            if (v > out[i].verdict)
                out[i].verdict = (uint8_t)v;
        }
    }
    if (wanted != NULL)
        take_cents(b, wanted, out, is_bad);
    for (int i = 0; i < n; i++)
        if (is_bad[i])
            ask_alone(b, i, amount, &out[i]);
}

static void begin_block(struct block *b, int64_t to)
{
    const int64_t *const first = b->p->first_member;
    int n = 0;

    b->from_member = first[b->from];
    while (n < BLOCK && b->from + n < to && (n == 0 || first[b->from + n + 1] - b->from_member <= BLOCK_MEMBERS))
        n++;
    b->households = (struct scope){n, false};
    b->members = (struct scope){(int)(first[b->from + n] - b->from_member), true};
    b->owner = arena_alloc(b->mem, ((size_t)b->members.n + 1) * sizeof *b->owner);
    b->first = arena_alloc(b->mem, ((size_t)n + 1) * sizeof *b->first);
    b->end = arena_alloc(b->mem, ((size_t)n + 1) * sizeof *b->end);
    for (int h = 0; h <= n; h++)
        b->first[h] = (int)(first[b->from + h] - b->from_member);
    for (int h = 0; h < n; h++) {
        b->end[h] = b->first[h + 1] - (b->p->n_outside != NULL ? (int)b->p->n_outside[b->from + h] : 0);
        for (int i = b->first[h]; i < b->first[h + 1]; i++)
            b->owner[i] = h;
    }
    for (int k = 0; k < 2; k++)
        b->kept[k] = arena_array(b->mem, (size_t)b->rules->n + 1, sizeof *b->kept[k]);
}

void rules_ask_all(const struct rules *r, const struct rules_facts *f, const struct rules_population *p, int amount,
                   int64_t from, int64_t to, struct rules_outcome *out)
{
    struct arena *const scratch = arena_new(0);
    struct block b = {.mem = scratch, .rules = r, .facts = f, .p = p};

    for (int64_t at = from; at < to; at += b.households.n) {
        arena_reset(scratch);
        b.from = at;
        begin_block(&b, to);
        ask_block(&b, amount, out + (at - from));
    }
    arena_free(scratch);
}

static struct rules_value value_of(const struct rules_fact *f, const int64_t *column, const uint8_t *known, int64_t at)
{
    struct rules_value v = {.type = f->type, .number = {0, 1}};

    if (column == NULL)
        return v;
    v.known = known == NULL ? RULES_CERTAIN : (enum rules_known)known[at];
    if (f->type == RULES_CODE)
        v.code = f->codes[column[at]];
    else
        ratio_make(column[at], f->type == RULES_NUMBER ? RULES_DEN : 1, &v.number);
    return v;
}

struct rules_household *rules_population_household(struct arena *mem, const struct rules_facts *f,
                                                   const struct rules_population *p, int64_t h)
{
    const int64_t first = p->first_member[h];
    const int n = (int)(p->first_member[h + 1] - first);
    const int n_outside = p->n_outside != NULL ? (int)p->n_outside[h] : 0;
    struct rules_household *const x = rules_household_with(mem, f, n - n_outside, n_outside);

    for (int i = 0; i < rules_n_facts(f); i++) {
        const struct rules_fact *const a = rules_fact_at(f, i);

        if (!a->is_of_member)
            x->values[i] = value_of(a, p->of_household[i], p->known[i], h);
        for (int m = 0; m < n && a->is_of_member; m++)
            x->members[m].values[i] = value_of(a, p->of_member[i], p->known[i], first + m);
    }
    return x;
}

int rules_find_amount(const struct rules *r, struct str name)
{
    int n = 0;

    for (int i = 0; i < r->n; i++) {
        if (r->list[i].kind != DEFINE_AMOUNT)
            continue;
        if (str_eq(r->list[i].name, name))
            return n;
        n++;
    }
    return -1;
}
