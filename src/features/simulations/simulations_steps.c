/* simulations_steps.c - example households along ISEE: what they get, where it jumps, what a further euro leaves. */
#include "base/macros.h"
#include "simulations_private.h"
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = SIMULATIONS_EXAMPLES * (SIMULATIONS_POINTS - 1), LEAST_JUMP = 100, MOST_MEMBERS = 4 };

struct example_member {
    int age;
    bool is_child, is_disabled;
};

/* One alone, a couple with two children, an old person alone, one with a disability alone. */
static const struct {
    int n;
    int64_t scale; /* hundredths */
    struct example_member who[MOST_MEMBERS];
} examples[SIMULATIONS_EXAMPLES] = {
    {1, 100, {{45, false, false}}},
    {4, 246, {{40, false, false}, {38, false, false}, {9, true, false}, {6, true, false}}},
    {1, 100, {{82, false, false}}},
    {1, 150, {{45, false, true}}},
};

/* Many copies of the examples, each at an ISEE of its own. */
struct copies {
    struct arena *mem; /* of one asking */
    const struct rules_facts *facts;
    bool *asked, *is_typical; /* by fact */
    int64_t *typical;
    struct rules_population p;
    struct rules_outcome *outcomes;
};

static bool is_isee(const struct rules_fact *f)
{
    return f->type == RULES_MONEY && str_starts(f->name, STR("isee_"));
}

static int64_t member_value(const struct copies *c, int fact, const struct rules_fact *f, const struct example_member *m)
{
    if (str_eq_z(f->name, "eta"))
        return m->age * (int64_t)RULES_DEN;
    if (str_eq_z(f->name, "figlio_a_carico") || str_eq_z(f->name, "figlio_convivente"))
        return m->is_child;
    if (str_eq_z(f->name, "disabile") || str_eq_z(f->name, "disabile_grave"))
        return m->is_disabled;
    if (str_eq_z(f->name, "non_autosufficiente"))
        return m->age >= 80;
    return c->typical[fact];
}

static bool household_value(const struct copies *c, int fact, const struct rules_fact *f, int who, int64_t isee, int64_t *out)
{
    if (is_isee(f))
        return *out = isee, true;
    if (str_eq_z(f->name, "reddito_familiare"))
        return *out = isee * examples[who].scale / 100, true;
    if (str_eq_z(f->name, "in_affitto"))
        return *out = 1, true;
    if (str_eq_z(f->name, "affitto_annuo"))
        return *out = 540000, true;
    *out = c->typical[fact];
    return c->is_typical[fact];
}

/* Households at[i] of example who[i]. */
static void build(struct copies *c, const int *who, const int64_t *at, int n)
{
    const int n_facts = rules_n_facts(c->facts);
    const int64_t **const house = arena_array(c->mem, (size_t)n_facts + 1, sizeof *house);
    const int64_t **const member = arena_array(c->mem, (size_t)n_facts + 1, sizeof *member);
    const uint8_t **const known = arena_array(c->mem, (size_t)n_facts + 1, sizeof *known);
    int64_t *const first = arena_array(c->mem, (size_t)n + 1, sizeof *first);

    for (int i = 0; i < n; i++)
        first[i + 1] = first[i] + examples[who[i]].n;
    for (int f = 0; f < n_facts; f++) {
        const struct rules_fact *const a = rules_fact_at(c->facts, f);

        if (!c->asked[f])
            continue;
        int64_t *const column = arena_array(c->mem, (size_t)(a->is_of_member ? first[n] : n) + 1, sizeof *column);
        bool is_said = true;

        for (int i = 0; i < n && is_said; i++) {
            if (!a->is_of_member)
                is_said = household_value(c, f, a, who[i], at[i], &column[i]);
            for (int k = 0; k < examples[who[i]].n && a->is_of_member; k++)
                column[first[i] + k] = member_value(c, f, a, &examples[who[i]].who[k]);
        }
        if (is_said && a->is_of_member)
            member[f] = column;
        else if (is_said)
            house[f] = column;
    }
    c->p = (struct rules_population){n, first[n], first, house, member, known};
    c->outcomes = arena_array(c->mem, (size_t)n + 1, sizeof *c->outcomes);
}

static void ask(struct copies *c, const struct simulations_side *s, const int *who, const int64_t *at, int n, int64_t *years)
{
    arena_reset(c->mem);
    build(c, who, at, n);
    rules_ask_all(s->rules, c->facts, &c->p, s->amount, 0, n, c->outcomes);
    for (int i = 0; i < n; i++) {
        bool served;

        years[i] = simulations_year(s, &c->outcomes[i], &served);
    }
}

/* Of each further euro of income, how much is taken back, in basis points. */
static int rate(int64_t from, int64_t to, int64_t scale, bool is_paid)
{
    const int64_t income = SIMULATIONS_STEP * scale / 100, lost = is_paid ? to - from : from - to;
    const int64_t bp = lost * 10000 / income;

    return (int)(bp > 10000000 ? 10000000 : bp < -10000000 ? -10000000 : bp);
}

static void put_curves(const int64_t *years, bool is_old, bool is_paid, struct simulations_result *out)
{
    for (int e = 0; e < SIMULATIONS_EXAMPLES; e++) {
        const int64_t *const y = years + e * SIMULATIONS_POINTS;
        int64_t *const year = is_old ? out->curves[e].old_year : out->curves[e].new_year;
        int *const rates = is_old ? out->curves[e].old_rate : out->curves[e].new_rate;

        memcpy(year, y, SIMULATIONS_POINTS * sizeof *y);
        for (int i = 0; i + 1 < SIMULATIONS_POINTS; i++) {
            rates[i] = rate(y[i], y[i + 1], examples[e].scale, is_paid);
            out->depends_on_isee |= y[i] != y[i + 1];
        }
        rates[SIMULATIONS_POINTS - 1] = rates[SIMULATIONS_POINTS - 2];
    }
}

static int64_t size_of(const struct simulations_jump *j)
{
    return llabs(j->after - j->before);
}

static void put_jump(struct simulations_result *out, const struct simulations_jump *j)
{
    int at = 0;

    while (at < out->n_jumps && size_of(&out->jumps[at]) >= size_of(j))
        at++;
    if (at == SIMULATIONS_JUMPS)
        return;
    if (out->n_jumps < SIMULATIONS_JUMPS)
        out->n_jumps++;
    for (int i = out->n_jumps - 1; i > at; i--)
        out->jumps[i] = out->jumps[i - 1];
    out->jumps[at] = *j;
}

struct search { /* one interval on its way to one cent */
    int64_t low, high, at_low, at_high;
};

/* Halved until one cent is left, always into the half where more happens. */
static void find_jumps(struct copies *c, const struct simulations_side *s, const int64_t *years, bool is_old, struct simulations_result *out)
{
    struct search x[CANDIDATES];
    int who[CANDIDATES], n = 0;
    int64_t mid[CANDIDATES], y[CANDIDATES];

    for (int e = 0; e < SIMULATIONS_EXAMPLES; e++)
        for (int i = 0; i + 1 < SIMULATIONS_POINTS; i++) {
            const int64_t *const v = years + e * SIMULATIONS_POINTS + i;

            if (llabs(v[1] - v[0]) < LEAST_JUMP)
                continue;
            who[n] = e;
            x[n++] = (struct search){(int64_t)i * SIMULATIONS_STEP, (int64_t)(i + 1) * SIMULATIONS_STEP, v[0], v[1]};
        }
    for (int64_t width = SIMULATIONS_STEP; width > 1 && n > 0; width = (width + 1) / 2) {
        for (int i = 0; i < n; i++)
            mid[i] = (x[i].low + x[i].high) / 2;
        ask(c, s, who, mid, n, y);
        for (int i = 0; i < n; i++) {
            if (llabs(y[i] - x[i].at_low) >= llabs(x[i].at_high - y[i])) {
                x[i].high = mid[i] > x[i].low ? mid[i] : x[i].high;
                x[i].at_high = mid[i] > x[i].low ? y[i] : x[i].at_high;
            } else {
                x[i].low = mid[i];
                x[i].at_low = y[i];
            }
        }
    }
    for (int i = 0; i < n; i++) {
        const struct simulations_jump j = {.at = x[i].low, .before = x[i].at_low, .after = x[i].at_high, .who = who[i], .is_old = is_old};

        if (size_of(&j) >= LEAST_JUMP && x[i].high - x[i].low <= 1)
            put_jump(out, &j);
    }
}

/* How many of a list from small to large are below. */
static int64_t n_below(const int64_t *list, int64_t n, int64_t v)
{
    int64_t low = 0;

    while (n > 0) {
        const int64_t half = n / 2;

        if (list[low + half] < v) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

static void count_near(const int64_t *isee, int64_t n, struct simulations_result *out)
{
    for (int i = 0; i < out->n_jumps; i++) {
        struct simulations_jump *const j = &out->jumps[i];

        j->n_near = n_below(isee, n, j->at + SIMULATIONS_NEAR + 1) - n_below(isee, n, j->at - SIMULATIONS_NEAR);
        if (j->n_near > 0 && j->n_near < SIMULATIONS_LEAST)
            j->n_near = -1;
    }
}

/* What the examples have, once for all that is asked about them. */
static void begin(struct copies *c, struct arena *mem, const struct simulations_side *a, const struct simulations_side *b)
{
    const int n = rules_n_facts(c->facts);
    struct simulations_table table;

    c->asked = ARENA_ARRAY(mem, bool, (size_t)n + 1);
    c->is_typical = ARENA_ARRAY(mem, bool, (size_t)n + 1);
    c->typical = ARENA_ARRAY(mem, int64_t, (size_t)n + 1);
    simulations_table_open(mem, &table);
    for (int k = 0; k < 2; k++) {
        const int *asks;
        int n_asks;

        rules_asks(k == 0 ? a->rules : b->rules, &asks, &n_asks);
        for (int i = 0; i < n_asks; i++) {
            c->asked[asks[i]] = true;
            c->is_typical[asks[i]] = simulations_typical(&table, rules_fact_at(c->facts, asks[i]), &c->typical[asks[i]]);
        }
    }
}

void simulations_steps(const struct simulations_population *p, const struct simulations_side *a, const struct simulations_side *b,
                       bool is_paid, const int64_t *isee, int64_t n_isee, struct simulations_result *out)
{
    struct arena *const own = arena_new(0);
    struct copies c = {.mem = arena_new(0), .facts = p->facts};
    int who[SIMULATIONS_EXAMPLES * SIMULATIONS_POINTS];
    int64_t at[ARRAY_LEN(who)], years[ARRAY_LEN(who)];

    begin(&c, own, a, b);
    for (int i = 0; i < ARRAY_LEN(who); i++) {
        who[i] = i / SIMULATIONS_POINTS;
        at[i] = (int64_t)(i % SIMULATIONS_POINTS) * SIMULATIONS_STEP;
    }
    for (int k = 0; k < 2; k++) {
        const struct simulations_side *const s = k == 0 ? a : b;

        if (s->amount < 0)
            continue;
        ask(&c, s, who, at, ARRAY_LEN(who), years);
        put_curves(years, k == 0, is_paid, out);
        find_jumps(&c, s, years, k == 0, out);
    }
    count_near(isee, n_isee, out);
    arena_free(c.mem);
    arena_free(own);
}
