/* rules_chain.c - see rules_chain.h. */
#include "rules_chain.h"
#include "base/macros.h"
#include "rules_private.h"
#include <string.h>

struct chaining {
    struct arena *mem;
    const struct rules_shelf *shelf;
    const struct rules_facts *facts;
    struct rules_household *h;
    int day;
    const struct rules *const *more;
    int n_more;
    struct str *why;
};

static int n_texts(const struct chaining *c)
{
    return rules_shelf_n(c->shelf) + c->n_more;
}

static const struct rules *text_at(const struct chaining *c, int i)
{
    const int n = rules_shelf_n(c->shelf);

    return i < n ? rules_shelf_at(c->shelf, i) : c->more[i - n];
}

static void take_usual(const struct rules_fact *f, struct rules_value *v)
{
    if (v->known == RULES_UNKNOWN)
        *v = f->usual_value;
}

static void put_usual(struct chaining *c)
{
    for (int i = 0; i < rules_n_facts(c->facts); i++) {
        const struct rules_fact *const f = rules_fact_at(c->facts, i);

        if (!f->is_of_member)
            take_usual(f, &c->h->values[i]);
        for (int m = 0; m < c->h->n_members + c->h->n_outside && f->is_of_member; m++)
            take_usual(f, &c->h->members[m].values[i]);
    }
}

static bool wrong(struct chaining *c, const struct rules *r)
{
    *c->why = str_copy(c->mem, rules_name(r));
    return false;
}

enum status rules_due_ask(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_household *h,
                          struct rules_due *out, struct str *why)
{
    *out = (struct rules_due){.rules = r};
    const enum status st = rules_ask(mem, r, f, h, &out->answer, why);

    out->is_unconfirmed = str_eq_z(rules_source_of(r).mark, "K");
    out->verdict = out->is_unconfirmed && out->answer.verdict < RULES_TO_CHECK ? RULES_TO_CHECK : out->answer.verdict;
    return st;
}

static bool ask_one(struct chaining *c, const struct rules *r, struct rules_due *out)
{
    struct str why;

    return rules_due_ask(c->mem, r, c->facts, c->h, out, &why) == ST_OK || wrong(c, r);
}

/* What the `stima` lines of one text come to, for facts that nobody has said. */
static bool put_estimates(struct chaining *c, const struct rules *r)
{
    int fact;

    for (int i = 0; (fact = rules_estimates(r, i)) >= 0; i++) {
        struct rules_value v;

        if (c->h->values[fact].known != RULES_UNKNOWN)
            continue;
        if (!rules_reckon_estimate(c->mem, r, c->facts, c->h, i, &v))
            return wrong(c, r);
        if (v.known == RULES_UNKNOWN)
            continue;
        v.known = RULES_ESTIMATE;
        c->h->values[fact] = v;
    }
    return true;
}

static bool is_indicator(const struct rules *r)
{
    return rules_estimates(r, 0) >= 0;
}

/* An indicator is told when it is one for this household: nothing is against it, nothing that decides
 * is missing, and a sum came out. */
static bool is_told(const struct rules_answer *a)
{
    bool has_sum = false;

    for (int i = 0; i < a->n_steps; i++)
        if (a->steps[i].is_requirement && (a->steps[i].n_missing > 0 || a->steps[i].verdict == RULES_NO ||
                                           (a->steps[i].verdict == RULES_TO_CHECK && !a->steps[i].is_check)))
            return false;
    for (int i = 0; i < a->n_amounts; i++)
        has_sum = has_sum || a->amounts[i].value.known != RULES_UNKNOWN;
    return has_sum;
}

/* A text of the caller's own that says who gets something is a measure, whatever it reckons beside. */
static bool is_aid(const struct chaining *c, int i)
{
    const struct rules *const r = text_at(c, i);

    for (int k = 0; i >= rules_shelf_n(c->shelf) && k < r->n; k++)
        if (r->list[k].kind == DEFINE_REQUIREMENT)
            return true;
    return false;
}

static bool ask_indicators(struct chaining *c, struct rules_chain *out)
{
    out->indicators = ARENA_ARRAY(c->mem, struct rules_due, (size_t)n_texts(c) + 1);
    for (int i = 0; i < n_texts(c); i++) {
        const struct rules *const r = text_at(c, i);
        struct rules_due *const due = &out->indicators[out->n_indicators];

        if (!is_indicator(r) || !rules_holds_on(r, c->day))
            continue;
        if (!ask_one(c, r, due))
            return false;
        const bool told = is_told(&due->answer);

        if ((is_aid(c, i) || ((told || due->answer.n_amounts == 0) && due->answer.verdict != RULES_NO)) && !put_estimates(c, r))
            return false;
        out->n_indicators += told && !is_aid(c, i);
    }
    return true;
}

static bool ask_measures(struct chaining *c, struct rules_due *list, int *n_out)
{
    for (int i = 0; i < n_texts(c); i++) {
        const struct rules *const r = text_at(c, i);

        if ((is_indicator(r) && !is_aid(c, i)) || !rules_holds_on(r, c->day))
            continue;
        if (!ask_one(c, r, &list[(*n_out)++]))
            return false;
    }
    return true;
}

static void put_in_order(struct chaining *c, const struct rules_due *list, int n, struct rules_chain *out)
{
    out->list = ARENA_ARRAY(c->mem, struct rules_due, (size_t)n + 1);
    for (int v = RULES_YES; v <= RULES_NO; v++)
        for (int i = 0; i < n; i++)
            if (list[i].verdict == (enum rules_verdict)v)
                out->list[out->n++] = list[i];
}

static bool says(const struct rules *r, struct str code)
{
    const struct str *list;
    int n;

    rules_against(r, &list, &n);
    for (int i = 0; i < n; i++)
        if (str_eq(list[i], code))
            return true;
    return false;
}

/* Either text may say that the two do not go together. */
static void tell_against(struct chaining *c, struct rules_chain *out)
{
    for (int i = 0; i < out->n; i++) {
        struct rules_due *const x = &out->list[i];
        const struct rules **const list = ARENA_ARRAY(c->mem, const struct rules *, (size_t)out->n);

        for (int k = 0; k < out->n; k++) {
            const struct rules *const other = out->list[k].rules;

            if (k != i && x->verdict != RULES_NO && out->list[k].verdict != RULES_NO &&
                (says(x->rules, rules_code(other)) || says(other, rules_code(x->rules))))
                list[x->n_against++] = other;
        }
        x->against = list;
    }
}

/* The fact that most answers wait for comes first: it is the question to ask. */
static void gather_missing(struct chaining *c, struct rules_chain *out)
{
    const int n = rules_n_facts(c->facts);
    int *const times = ARENA_ARRAY(c->mem, int, (size_t)n + 1);
    int *const list = ARENA_ARRAY(c->mem, int, (size_t)n + 1);

    for (int i = 0; i < out->n; i++)
        for (int k = 0; k < out->list[i].answer.n_missing && out->list[i].verdict == RULES_TO_CHECK; k++)
            times[out->list[i].answer.missing[k]]++;
    for (int i = 0; i < n; i++) {
        int at = out->n_missing;

        if (times[i] == 0)
            continue;
        for (; at > 0 && times[list[at - 1]] < times[i]; at--)
            list[at] = list[at - 1];
        list[at] = i;
        out->n_missing++;
    }
    out->missing = list;
}

enum status rules_chain_ask(struct arena *mem, const struct rules_shelf *s, const struct rules_household *h, int day,
                            const struct rules *const *more, int n_more, struct rules_chain *out, struct str *why)
{
    const struct rules_facts *const facts = rules_shelf_facts(s);
    struct chaining c = {mem, s, facts, rules_household_copy(mem, facts, h), day, more, n_more, why};
    struct rules_due *const list = ARENA_ARRAY(mem, struct rules_due, (size_t)n_texts(&c) + 1);
    int n = 0;

    *out = (struct rules_chain){.household = c.h};
    put_usual(&c);
    if (!ask_indicators(&c, out) || !ask_measures(&c, list, &n))
        return ST_INVALID;
    put_in_order(&c, list, n, out);
    tell_against(&c, out);
    gather_missing(&c, out);
    return ST_OK;
}
