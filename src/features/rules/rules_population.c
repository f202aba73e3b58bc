/* rules_population.c - a block of households at a time, node by node, column by column. */
#include "rules_population.h"
#include "base/macros.h"
#include "rules_band.h"
#include "rules_column.h"
#include <string.h>

enum { BLOCK = 512, BLOCK_MEMBERS = 4096, POOL = 1 << 18 }; /* households and members reckoned together */

struct block {
    struct arena *mem;
    struct pool pool; /* of the columns; empty again at each block */
    const struct rules *rules;
    const struct rules_facts *facts;
    const struct rules_population *p;
    int64_t from;       /* first household */
    int64_t from_member;
    struct scope households, members;
    int *owner;         /* of each member row: its household row; made when it is wanted */
    bool has_owner;
    int *first;         /* of each household row: its first member row; n + 1 */
    int *end;           /* of each household row: behind the last who lives there; then come those outside */
    struct column **kept[2]; /* of definitions, by scope */
    struct column **kept_facts[2];
    int most_members;
};

static struct column *reckon(struct block *b, const struct node *n, const struct scope *s);

static const int *owners(struct block *b)
{
    for (int h = 0; h < b->households.n && !b->has_owner; h++)
        for (int i = b->first[h]; i < b->first[h + 1]; i++)
            b->owner[i] = h;
    b->has_owner = true;
    return b->owner;
}

/* What is a household's, seen from its members. */
static struct column *spread(struct block *b, const struct column *x)
{
    const size_t n = (size_t)b->members.n + 1;
    struct column *const c = column_new(&b->pool);

    *c = *x;
    if (x->num != NULL) {
        int64_t *const num = pool_take(&b->pool, n * sizeof *num);

        for (int i = 0; i < b->members.n; i++)
            num[i] = x->num[owners(b)[i]];
        c->num = num;
    }
    if (x->dens != NULL) {
        int64_t *const dens = pool_take(&b->pool, n * sizeof *dens);

        for (int i = 0; i < b->members.n; i++)
            dens[i] = x->dens[owners(b)[i]];
        c->dens = dens;
    }
    if (x->truth != NULL) {
        uint8_t *const truth = pool_take(&b->pool, n);

        for (int i = 0; i < b->members.n; i++)
            truth[i] = x->truth[owners(b)[i]];
        c->truth = truth;
    }
    if (x->known != NULL) {
        uint8_t *const known = pool_take(&b->pool, n);

        for (int i = 0; i < b->members.n; i++)
            known[i] = x->known[owners(b)[i]];
        c->known = known;
    }
    return c;
}

/* The caller's own rows, where they stand; truths become bytes. */
static struct column *own_fact(struct block *b, int index)
{
    const struct rules_fact *const f = rules_fact_at(b->facts, index);
    const int64_t *const from = f->is_of_member ? b->p->of_member[index] : b->p->of_household[index];
    const uint8_t *const truths = b->p->truths != NULL ? b->p->truths[index] : NULL, *const known = b->p->known[index];
    const struct scope *const own = f->is_of_member ? &b->members : &b->households;
    const int64_t at = f->is_of_member ? b->from_member : b->from;
    struct column *const c = column_new(&b->pool);

    c->den = f->type == RULES_NUMBER ? RULES_DEN : 1;
    if (from == NULL && truths == NULL) { /* nobody says: its usual value, if it has one */
        c->sure = (uint8_t)f->usual_value.known;
        c->value = c->least = c->most = f->usual_value.number.num * c->den;
        return c;
    }
    if (known != NULL && own->n > 0 && memcmp(known + at, known + at + 1, (size_t)own->n - 1) == 0)
        c->sure = known[at];
    else
        c->known = known == NULL ? NULL : known + at;
    if (truths != NULL) {
        c->truth = truths + at;
        c->most = 1;
        return c;
    }
    if (f->type == RULES_BOOL) {
        uint8_t *const truth = pool_take(&b->pool, (size_t)own->n + 1);

        kernel_compare_to(truth, NODE_DIFFERENT, from + at, 1, 0, own->n);
        c->truth = truth;
        c->most = 1;
        return c;
    }
    c->num = from + at;
    if (own->n > 0)
        kernel_range(c->num, own->n, &c->least, &c->most);
    return c;
}

static struct column *fact(struct block *b, const struct node *n, const struct scope *s)
{
    const bool is_of_member = rules_fact_at(b->facts, n->index)->is_of_member;
    struct column **const own = &b->kept_facts[is_of_member][n->index], **const kept = &b->kept_facts[s->is_members][n->index];

    if (*own == NULL)
        *own = own_fact(b, n->index);
    if (*kept == NULL)
        *kept = spread(b, *own);
    return *kept;
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
            ? column_constant(&b->pool, ratio_of(place_of_code(rules_fact_at(b->facts, n->child[0]->index), n->child[1]->constant.code)))
            : reckon(b, n->child[1], s);

    return column_compare(&b->pool, n->kind, x, y, s);
}

static struct column *extreme(struct block *b, const struct node *n, const struct scope *s)
{
    struct column *best = reckon(b, n->child[0], s);

    for (int k = 1; k < n->n_children; k++)
        best = column_extreme(&b->pool, n->kind, best, reckon(b, n->child[k], s), s);
    return best;
}

static struct column *choice(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const when = reckon(b, n->child[0], s);
    const struct column *const x = reckon(b, n->child[1], s), *const y = reckon(b, n->child[2], s);
    const struct column *const picked = column_is_one(when) ? (when->value != 0 ? x : y)
                                                            : column_pick(&b->pool, s, y, x, column_truths(&b->pool, when, s));

    return column_as_known_as(&b->pool, picked, when, s);
}

static struct column *rounded(struct block *b, const struct node *n, const struct scope *s)
{
    const struct column *const x = reckon(b, n->child[0], s);
    const struct ratio step = n->child[1]->constant.number;
    struct column_rows r;
    struct column *const c = column_open(&b->pool, s, false, true, &r);

    for (int i = 0; i < s->n; i++) {
        struct ratio v;

        r.known[i] = column_known(x, i);
        r.num[i] = 0;
        r.dens[i] = 1;
        if (r.known[i] == RULES_UNKNOWN || r.known[i] == RULES_BAD)
            continue;
        if (!ratio_make(column_num(x, i), column_den(x, i), &v) || !ratio_div(v, step, &v) ||
            !ratio_mul(ratio_of(ratio_round(v)), step, &v)) {
            r.known[i] = RULES_BAD;
            continue;
        }
        r.num[i] = v.num;
        r.dens[i] = v.den;
    }
    column_close(c, s);
    return c;
}

/* What the members of one household come to. */
static void gather(const struct node *n, const struct column *inner, int from, int to, struct column_rows *c, int row)
{
    const bool is_truth = n->kind == NODE_ANY || n->kind == NODE_ALL;

    c->num[row] = n->kind == NODE_ALL;
    c->dens[row] = 1;
    c->known[row] = RULES_CERTAIN;
    for (int i = from; i < to; i++) {
        const uint8_t known = column_known(inner, i);

        if (is_truth) {
            column_settle(&c->num[row], &c->known[row], column_num(inner, i), known, n->kind == NODE_ANY);
            continue;
        }
        c->known[row] = column_least(c->known[row], known);
        if (known != RULES_UNKNOWN && known != RULES_BAD &&
            !column_one(NODE_ADD, c->num[row], c->dens[row], column_num(inner, i), column_den(inner, i), &c->num[row], &c->dens[row])) {
            c->known[row] = RULES_BAD;
            c->dens[row] = 1;
        }
    }
}

/* The rows that a quantifier looks at: from..to - 1 of each household. */
static void rows_of(const struct block *b, const struct node *n, const int **from, const int **to, int *skip)
{
    *from = n->who == WHO_OUTSIDE ? b->end : b->first;
    *to = n->who == WHO_OUTSIDE ? b->first + 1 : b->end;
    *skip = n->who == WHO_OTHERS;
}

/* How many, of certain truths: also what "any" and "all" are found by. */
static struct column *counted(struct block *b, const struct node *n, const struct column *inner)
{
    struct column *const c = column_new(&b->pool);
    int64_t *const num = pool_take(&b->pool, ((size_t)b->households.n + 1) * sizeof *num);
    int32_t *const sums = pool_take(&b->pool, ((size_t)b->members.n + 1) * sizeof *sums);
    const int *from, *to;
    int skip;

    rows_of(b, n, &from, &to, &skip);
    kernel_count(num, column_truths(&b->pool, inner, &b->members), from, to, skip, sums, b->households.n, b->members.n);
    c->num = num;
    c->most = b->most_members;
    if (n->kind == NODE_COUNT)
        return c;
    uint8_t *const truth = pool_take(&b->pool, (size_t)b->households.n + 1);

    if (n->kind == NODE_ANY)
        kernel_compare_to(truth, NODE_MORE, num, 1, 0, b->households.n);
    else
        for (int h = 0; h < b->households.n; h++)
            truth[h] = num[h] == to[h] - from[h] - skip;
    c->num = NULL;
    c->truth = truth;
    c->most = 1;
    return c;
}

static struct column *summed(struct block *b, const struct node *n, const struct column *inner)
{
    struct column *const c = column_new(&b->pool);
    int64_t *const num = pool_take(&b->pool, ((size_t)b->households.n + 1) * sizeof *num);
    int64_t *const sums = pool_take(&b->pool, ((size_t)b->members.n + 1) * sizeof *sums);
    const int *from, *to;
    int skip;

    rows_of(b, n, &from, &to, &skip);
    kernel_sum(num, column_numbers(&b->pool, inner, &b->members), from, to, skip, sums, b->households.n, b->members.n);
    c->num = num;
    c->den = inner->den;
    c->least = inner->least < 0 ? inner->least * b->most_members : 0;
    c->most = inner->most > 0 ? inner->most * b->most_members : 0;
    return c;
}

/* Sums along the block stay within 64 bits. */
static bool can_sum(const struct block *b, const struct column *c)
{
    const int64_t most = INT64_MAX / 2 / (b->members.n + 1);

    return c->dens == NULL && c->least >= -most && c->most <= most;
}

static struct column *quantifier(struct block *b, const struct node *n)
{
    const struct column *const inner = reckon(b, n->child[0], &b->members);
    struct column_rows r;

    if (column_is_certain(inner) && n->kind != NODE_SUM)
        return counted(b, n, inner);
    if (column_is_certain(inner) && can_sum(b, inner))
        return summed(b, n, inner);
    struct column *const c = column_open(&b->pool, &b->households, false, true, &r);
    struct column *const rows = column_new(&b->pool);
    const int *from, *to;
    int skip;

    *rows = *inner;
    if (n->kind == NODE_COUNT) { /* a truth counts as one */
        rows->den = 1;
        rows->dens = NULL;
    }
    rows_of(b, n, &from, &to, &skip);
    for (int h = 0; h < b->households.n; h++)
        gather(n, rows, from[h] + skip, to[h], &r, h);
    column_close(c, &b->households);
    if (n->kind != NODE_ANY && n->kind != NODE_ALL)
        return c;
    c->truth = column_truths(&b->pool, c, &b->households);
    c->num = c->dens = NULL;
    return c;
}

/* A bound as the numbers of x: the least that is in (from below), or the greatest (from above). */
static bool bound_of(const struct column *x, struct ratio bound, bool with, bool from_below, int64_t *out)
{
    const __int128 wide = (__int128)bound.num * x->den;
    __int128 q = wide / bound.den;
    const bool is_exact = q * bound.den == wide;

    if (!is_exact && wide < 0)
        q--; /* towards below */
    if (from_below ? !(is_exact && with) : is_exact && !with)
        q += from_below ? 1 : -1;
    if (q > INT64_MAX / 2 || q < INT64_MIN / 2)
        return false;
    *out = (int64_t)q;
    return true;
}

static void rows_in_band(const struct definition *d, const struct band *k, const struct column *x, const struct scope *s, uint8_t *take)
{
    int64_t low = INT64_MIN, high = INT64_MAX;
    const bool is_plain = x->num != NULL && x->dens == NULL && (d->node->type != RULES_MONEY || x->den == 1);

    if (is_plain && (!k->has_low || bound_of(x, k->low, k->with_low, true, &low)) &&
        (!k->has_high || bound_of(x, k->high, k->with_high, false, &high))) {
        kernel_between(take, x->num, low, high, s->n);
        return;
    }
    for (int i = 0; i < s->n; i++) {
        const struct ratio v = {column_num(x, i), column_den(x, i)};

        take[i] = rules_in_band(k, d->node->type == RULES_MONEY ? ratio_of(ratio_round(v)) : v);
    }
}

static struct column *bands(struct block *b, const struct definition *d, const struct scope *s)
{
    const struct column *const x = reckon(b, d->node, s);
    struct column *c = column_constant(&b->pool, ratio_of(0));
    uint8_t *const take = pool_take(&b->pool, (size_t)s->n + 1);

    for (int k = 0; k < d->n_bands; k++) {
        rows_in_band(d, &d->bands[k], x, s, take);
        c = column_pick(&b->pool, s, c, reckon(b, d->bands[k].value, s), take);
    }
    return column_as_known_as(&b->pool, c, x, s);
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
    struct column *const c = column_new(&b->pool);
    int64_t *const num = pool_take(&b->pool, ((size_t)b->households.n + 1) * sizeof *num);

    for (int h = 0; h < b->households.n; h++)
        num[h] = b->end[h] - b->first[h];
    c->num = num;
    c->most = b->most_members;
    return s->is_members ? spread(b, c) : c;
}

static struct column *reckon(struct block *b, const struct node *n, const struct scope *s)
{
    switch (n->kind) {
    case NODE_CONSTANT:
        return column_constant(&b->pool, n->constant.number);
    case NODE_FACT:
        return fact(b, n, s);
    case NODE_NAME:
        return name(b, n, s);
    case NODE_SIZE:
        return size(b, s);
    case NODE_NEGATE:
        return column_negate(&b->pool, reckon(b, n->child[0], s), s);
    case NODE_NOT:
        return column_not(&b->pool, reckon(b, n->child[0], s), s);
    case NODE_AND:
    case NODE_OR:
        return column_logic(&b->pool, n->kind, reckon(b, n->child[0], s), reckon(b, n->child[1], s), s);
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
        return n->kind <= NODE_DIVIDE ? column_arithmetic(&b->pool, n->kind, reckon(b, n->child[0], s), reckon(b, n->child[1], s), s)
                                      : comparison(b, n, s);
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

static void take_cents(struct block *b, const struct column *c, struct rules_outcome *out)
{
    for (int i = 0; i < b->households.n; i++) {
        const uint8_t known = column_known(c, i);
        const int64_t den = column_den(c, i);

        if (known != RULES_UNKNOWN && known != RULES_BAD && out[i].verdict != RULES_NO)
            out[i].cents = den == 1 ? column_num(c, i) : ratio_round((struct ratio){column_num(c, i), den});
    }
}

/* The worst of the requirements, row by row, in bytes. */
static void take_verdict(struct block *b, const struct column *c, enum definition_kind kind, uint8_t *verdict)
{
    const int n = b->households.n;

    if (column_is_certain(c) && kind == DEFINE_REQUIREMENT) {
        const uint8_t *const truth = column_truths(&b->pool, c, &b->households);

        for (int i = 0; i < n; i++)
            verdict[i] = truth[i] ? verdict[i] : RULES_NO;
        return;
    }
    for (int i = 0; i < n; i++) {
        const enum rules_verdict v = verdict_of(kind, column_known(c, i), column_num(c, i) != 0);

        if (v > verdict[i])
            verdict[i] = (uint8_t)v;
    }
}

static void ask_block(struct block *b, int amount, struct rules_outcome *out)
{
    const int n = b->households.n;
    uint8_t *const is_bad = pool_take(&b->pool, (size_t)n + 1), *const verdict = pool_take(&b->pool, (size_t)n + 1);
    const struct column *wanted = NULL;
    int n_amounts = 0;
    bool any_bad = false;

    memset(is_bad, 0, (size_t)n);
    memset(verdict, 0, (size_t)n);
    for (int k = 0; k < b->rules->n; k++) {
        const struct definition *const d = &b->rules->list[k];

        if (d->of_member || d->kind == DEFINE_PARAMETER || d->kind == DEFINE_ESTIMATE)
            continue;
        const struct node whole = {.kind = NODE_NAME, .index = k};
        const struct column *const c = name(b, &whole, &b->households);

        if (d->kind == DEFINE_AMOUNT && n_amounts++ == amount && d->type == RULES_MONEY)
            wanted = c;
        for (int i = 0; i < n && c->may_be_bad; i++)
            is_bad[i] |= column_known(c, i) == RULES_BAD;
        any_bad |= c->may_be_bad;
        if (d->kind == DEFINE_REQUIREMENT || d->kind == DEFINE_CHECK)
            take_verdict(b, c, d->kind, verdict);
    }
    for (int i = 0; i < n; i++)
        out[i] = (struct rules_outcome){.verdict = verdict[i]};
    if (wanted != NULL)
        take_cents(b, wanted, out);
    for (int i = 0; i < n && any_bad; i++)
        if (is_bad[i])
            ask_alone(b, i, amount, &out[i]);
}

static void begin_block(struct block *b, int64_t to)
{
    const int64_t *const first = b->p->first_member;
    const size_t n_definitions = (size_t)b->rules->n + 1, n_facts = (size_t)rules_n_facts(b->facts) + 1;
    int n = 0;

    b->pool.n = 0;
    b->from_member = first[b->from];
    while (n < BLOCK && b->from + n < to && (n == 0 || first[b->from + n + 1] - b->from_member <= BLOCK_MEMBERS))
        n++;
    b->households = (struct scope){n, false};
    b->members = (struct scope){(int)(first[b->from + n] - b->from_member), true};
    b->has_owner = false;
    b->owner = pool_take(&b->pool, ((size_t)b->members.n + 1) * sizeof *b->owner);
    b->first = pool_take(&b->pool, ((size_t)n + 1) * sizeof *b->first);
    b->end = pool_take(&b->pool, ((size_t)n + 1) * sizeof *b->end);
    b->most_members = 0;
    for (int h = 0; h <= n; h++)
        b->first[h] = (int)(first[b->from + h] - b->from_member);
    for (int h = 0; h < n; h++) {
        b->end[h] = b->first[h + 1] - (b->p->n_outside != NULL ? (int)b->p->n_outside[b->from + h] : 0);
        if (b->first[h + 1] - b->first[h] > b->most_members)
            b->most_members = b->first[h + 1] - b->first[h];
    }
    for (int k = 0; k < 2; k++) {
        b->kept[k] = pool_take(&b->pool, n_definitions * sizeof *b->kept[k]);
        b->kept_facts[k] = pool_take(&b->pool, n_facts * sizeof *b->kept_facts[k]);
        memset(b->kept[k], 0, n_definitions * sizeof *b->kept[k]);
        memset(b->kept_facts[k], 0, n_facts * sizeof *b->kept_facts[k]);
    }
}

void rules_ask_all(const struct rules *r, const struct rules_facts *f, const struct rules_population *p, int amount,
                   int64_t from, int64_t to, struct rules_outcome *out)
{
    struct arena *const own = arena_new(0), *const scratch = arena_new(0);
    struct block b = {.mem = scratch, .pool = {.mem = own}, .rules = r, .facts = f, .p = p};

    b.pool.room = POOL;
    b.pool.p = arena_alloc(own, POOL);
    for (int64_t at = from; at < to; at += b.households.n) {
        arena_reset(scratch);
        b.from = at;
        begin_block(&b, to);
        ask_block(&b, amount, out + (at - from));
    }
    arena_free(scratch);
    arena_free(own);
}
