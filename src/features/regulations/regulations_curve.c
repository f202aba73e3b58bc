/* regulations_curve.c - what a text asks of one household at every ISEE: the curve, its jumps, where paying begins. */
#include "base/macros.h"
#include "features/rules/rules_population.h"
#include "regulations.h"
#include <stdlib.h>

enum { STEPS = 100, LEAST_JUMP = 2 }; /* steps of whole hundreds of euro */

static struct rules_value certain(enum rules_type type, int64_t n)
{
    return (struct rules_value){.known = RULES_CERTAIN, .type = type, .number = ratio_of(n)};
}

static void know(const struct rules_facts *f, struct rules_value *values, const char *name, int64_t n)
{
    const int i = rules_fact_find(f, str_of(name));

    if (i >= 0)
        values[i] = certain(rules_fact_at(f, i)->type, n);
}

struct rules_household *regulations_usual(struct ctx *c, enum regulation_kind kind)
{
    static const int ages[] = {38, 7, 10};
    const struct rules_facts *const f = regulations_facts(c);
    const bool is_school = kind == REGULATION_SCHOOL;
    struct rules_household *const h = rules_household_new(c->mem, f, is_school ? ARRAY_LEN(ages) : 1);

    know(f, h->values, "volte_mese", 20);
    know(f, h->values, "residenza_piemonte", 1);
    for (int i = 0; i < h->n_members; i++) {
        know(f, h->members[i].values, "eta", is_school ? ages[i] : 80);
        know(f, h->members[i].values, "non_autosufficiente", !is_school);
        know(f, h->members[i].values, "disabile", 0);
        know(f, h->members[i].values, "figlio_convivente", is_school && i > 0);
        know(f, h->members[i].values, "figlio_a_carico", is_school && i > 0);
    }
    return h;
}

/* The first ISEE among the facts that a text asks. */
static int isee_of(const struct rules *r, const struct rules_facts *f)
{
    const int *asks;
    int n = 0;

    rules_asks(r, &asks, &n);
    for (int i = 0; i < n; i++) {
        const struct rules_fact *const x = rules_fact_at(f, asks[i]);

        if (x->type == RULES_MONEY && str_starts(x->name, STR("isee_")))
            return asks[i];
    }
    return -1;
}

/* ---- one ISEE, exactly ---- */

struct asked {
    struct ctx *c;
    struct arena *scratch;
    const struct rules *rules;
    const struct rules_facts *facts;
    struct rules_household h;
    int isee, amount;
    struct str why;
    enum status st;
};

/* The amount as a fraction: what is rounded to nothing is not nothing. */
static struct ratio amount_at(struct asked *a, int64_t isee_cents)
{
    struct rules_answer x;

    if (a->st != ST_OK)
        return ratio_of(0);
    arena_reset(a->scratch);
    if (a->isee >= 0)
        a->h.values[a->isee] = certain(RULES_MONEY, isee_cents);
    a->st = rules_ask(a->scratch, a->rules, a->facts, &a->h, &x, &a->why);
    if (a->st != ST_OK || x.verdict == RULES_NO || a->amount >= x.n_amounts || x.amounts[a->amount].value.known == RULES_UNKNOWN)
        return ratio_of(0);
    return x.amounts[a->amount].value.number;
}

/* The last ISEE of [low, high] for which the claim still holds, when it holds at low and not at high. */
static int64_t last_where(struct asked *a, int64_t low, int64_t high, struct ratio than, bool is_same)
{
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;

        if ((ratio_cmp(amount_at(a, middle), than) == 0) == is_same)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Up to where nothing is paid, or something is given: the claim that holds at 0 and no longer at the end. */
static void find_free(struct asked *a, bool is_support, int64_t to, struct regulations_curve *out)
{
    const struct ratio nothing = ratio_of(0);
    const bool at_low = ratio_cmp(amount_at(a, 0), nothing) == 0, at_end = ratio_cmp(amount_at(a, to), nothing) == 0;

    out->has_free = is_support ? !at_low : at_low;
    if (!out->has_free)
        return;
    out->free_cents = at_low == at_end ? to : last_where(a, 0, to, nothing, !is_support);
}

static void find_full(struct asked *a, int64_t to, struct regulations_curve *out)
{
    const struct ratio most = amount_at(a, to);

    if (a->st != ST_OK || most.num == 0 || ratio_round(most) != out->most_cents)
        return;
    out->has_full = true;
    if (ratio_cmp(amount_at(a, 0), most) != 0)
        out->full_cents = last_where(a, 0, to, most, false) + 1;
}

/* ---- many at once ---- */

static int64_t in_column(const struct rules_fact *f, const struct rules_value *v)
{
    for (int i = 0; f->type == RULES_CODE && i < f->n_codes; i++)
        if (str_eq(f->codes[i], v->code))
            return i;
    return v->type == RULES_NUMBER ? ratio_round((struct ratio){v->number.num * RULES_DEN, v->number.den}) : v->number.num;
}

/* Columns of n households that differ in their ISEE alone. */
static void make_columns(struct asked *a, const int64_t *isee, int n, struct rules_population *p)
{
    struct arena *const mem = a->c->mem;
    const int n_facts = rules_n_facts(a->facts), m = a->h.n_members;
    const int64_t **const hs = ARENA_ARRAY(mem, const int64_t *, (size_t)n_facts);
    const int64_t **const ms = ARENA_ARRAY(mem, const int64_t *, (size_t)n_facts);
    const uint8_t **const known = ARENA_ARRAY(mem, const uint8_t *, (size_t)n_facts);
    int64_t *const first = ARENA_ARRAY(mem, int64_t, (size_t)n + 1);

    for (int i = 0; i <= n; i++)
        first[i] = (int64_t)i * m;
    for (int f = 0; f < n_facts; f++) {
        const bool of_member = rules_fact_at(a->facts, f)->is_of_member;
        const int rows = of_member ? n * m : n;
        int64_t *const column = ARENA_ARRAY(mem, int64_t, (size_t)rows);
        uint8_t *const sure = ARENA_ARRAY(mem, uint8_t, (size_t)rows);

        for (int i = 0; i < rows; i++) {
            const struct rules_value *const v = of_member ? &a->h.members[i % m].values[f] : &a->h.values[f];

            column[i] = f == a->isee ? isee[i] : in_column(rules_fact_at(a->facts, f), v);
            sure[i] = (uint8_t)(f == a->isee ? RULES_CERTAIN : v->known);
        }
        *(of_member ? &ms[f] : &hs[f]) = column;
        known[f] = sure;
    }
    *p = (struct rules_population){.n_households = n, .n_members = (int64_t)n * m, .first_member = first,
                                   .of_household = hs, .of_member = ms, .known = known};
}

static int by_value(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return a < b ? -1 : a > b;
}

static int places_to_ask(struct asked *a, int64_t to, const struct regulations_curve *curve, int64_t **out)
{
    int64_t *const isee = ARENA_ARRAY(a->c->mem, int64_t, STEPS + 1 + 2 * (size_t)curve->n_jumps);
    int n = 0, kept = 0;

    for (int i = 0; i <= STEPS; i++)
        isee[n++] = to / STEPS * i;
    for (int i = 0; i < curve->n_jumps; i++) {
        isee[n++] = curve->jumps[i].at_cents;
        isee[n++] = curve->jumps[i].at_cents + 1;
    }
    qsort(isee, (size_t)n, sizeof *isee, by_value);
    for (int i = 0; i < n; i++)
        if (isee[i] <= to && (kept == 0 || isee[i] != isee[kept - 1]))
            isee[kept++] = isee[i];
    *out = isee;
    return kept;
}

static enum status ask_points(struct asked *a, int64_t to, struct regulations_curve *out)
{
    struct rules_population p;
    int64_t *isee;

    out->n_points = places_to_ask(a, to, out, &isee);
    struct rules_outcome *const got = ARENA_ARRAY(a->c->mem, struct rules_outcome, (size_t)out->n_points);

    make_columns(a, isee, out->n_points, &p);
    rules_ask_all(a->rules, a->facts, &p, a->amount, 0, out->n_points, got);
    out->points = ARENA_ARRAY(a->c->mem, struct regulations_point, (size_t)out->n_points);
    for (int i = 0; i < out->n_points; i++) {
        if (got[i].is_error)
            return ST_INVALID;
        out->points[i] = (struct regulations_point){.isee_cents = isee[i],
                                                    .cents = got[i].cents,
                                                    .is_known = got[i].verdict != RULES_TO_CHECK,
                                                    .is_no = got[i].verdict == RULES_NO};
        if (got[i].cents > out->most_cents)
            out->most_cents = got[i].cents;
    }
    return ST_OK;
}

enum status regulations_curve(struct ctx *c, const struct rules *r, enum regulation_kind kind, const struct rules_household *h,
                              int64_t to_cents, struct regulations_curve *out)
{
    const struct rules_facts *const f = regulations_facts(c);
    struct asked a = {.c = c, .rules = r, .facts = f, .isee = isee_of(r, f), .st = ST_OK,
                      .amount = rules_find_amount(r, regulations_amount_of(kind))};
    struct rules_household *const own = rules_household_copy(c->mem, f, h);

    *out = (struct regulations_curve){.isee = a.isee};
    if (a.amount < 0)
        return fail(c, ST_INVALID, "regulations.amount-missing");
    a.h = *own;
    if (a.isee >= 0)
        a.st = rules_jumps(c->mem, r, f, own, a.isee, a.amount, LEAST_JUMP, &out->jumps, &out->n_jumps, &a.why);
    if (a.st == ST_OK)
        a.st = ask_points(&a, to_cents, out);
    a.scratch = arena_new(0);
    if (a.st == ST_OK)
        find_free(&a, regulations_gives(kind), to_cents, out);
    if (a.st == ST_OK && !regulations_gives(kind))
        find_full(&a, to_cents, out);
    arena_free(a.scratch);
    return a.st == ST_INVALID ? fail(c, ST_INVALID, "regulations.too-large") : a.st;
}
