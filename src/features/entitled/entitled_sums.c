/* entitled_sums.c - a household before and after a birth, or after work is lost. */
#include "entitled_sums.h"
#include "base/log.h"

static struct rules_value *fact(const struct rules_facts *facts, struct rules_value *values, const char *name)
{
    const int i = rules_fact_find(facts, str_of(name));

    if (i < 0)
        bug("%s is no fact of the rules", name);
    return &values[i];
}

static void put(const struct rules_facts *facts, struct rules_value *values, const char *name, struct ratio n)
{
    struct rules_value *const v = fact(facts, values, name);

    v->known = RULES_CERTAIN;
    v->number = n;
}

static bool is_indicator(struct ctx *c, const struct rules *r)
{
    return rules_estimates(r, 0) >= 0 && rules_holds_on(r, c->today);
}

/* What was reckoned or typed of an ISEE, and the income of all: to be reckoned again. */
static void forget_isee(struct ctx *c, struct rules_household *h)
{
    const struct rules_shelf *const shelf = rules_shelf_of(c);

    for (int i = 0; i < rules_shelf_n(shelf); i++) {
        const struct rules *const r = rules_shelf_at(shelf, i);
        int at;

        for (int k = 0; is_indicator(c, r) && str_starts(rules_code(r), STR("ISEE")) && (at = rules_estimates(r, k)) >= 0; k++)
            h->values[at].known = RULES_UNKNOWN;
    }
    fact(rules_shelf_facts(shelf), h->values, "reddito_familiare")->known = RULES_UNKNOWN;
}

/* A newborn has no income, no wealth, no illness that is known. */
static void put_newborn(const struct rules_facts *facts, struct rules_value *values)
{
    for (int i = 0; i < rules_n_facts(facts); i++) {
        const struct rules_fact *const f = rules_fact_at(facts, i);

        if (f->is_of_member && f->type != RULES_CODE) {
            values[i].known = RULES_CERTAIN;
            values[i].number = ratio_of(0);
        }
    }
    put(facts, values, "figlio_convivente", ratio_of(1));
    put(facts, values, "figlio_a_carico", ratio_of(1));
}

static struct rules_household *with_newborn(struct ctx *c, const struct rules_facts *facts, const struct rules_household *before)
{
    if (before->n_members + before->n_outside >= RULES_MAX_MEMBERS)
        return NULL;
    struct rules_household *const h = rules_household_with(c->mem, facts, before->n_members + 1, before->n_outside);
    const struct rules_household *const same = rules_household_copy(c->mem, facts, before);

    h->values = same->values;
    for (int i = 0; i < before->n_members; i++)
        h->members[i] = same->members[i];
    for (int i = 0; i < before->n_outside; i++)
        h->members[before->n_members + 1 + i] = same->members[before->n_members + i];
    put_newborn(facts, h->members[before->n_members].values);
    return h;
}

const struct rules_household *sums_after(struct ctx *c, const struct rules_household *before, enum sums_event event, int person,
                                         struct ratio new_income)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    struct rules_household *h = NULL;

    if (event == EVENT_BIRTH)
        h = with_newborn(c, facts, before);
    if (event == EVENT_WORK && person >= 0 && person < before->n_members) {
        h = rules_household_copy(c->mem, facts, before);
        put(facts, h->members[person].values, "reddito_dipendente", new_income);
        put(facts, h->members[person].values, "disoccupato", ratio_of(1));
    }
    if (h != NULL)
        forget_isee(c, h);
    return h;
}

enum status sums_current(struct ctx *c, const struct rules_household *reckoned, int person, struct ratio new_income, struct rules_due *out)
{
    static const struct {
        const char *year, *now;
    } incomes[] = {{"reddito_dipendente", "dipendente_12_mesi"},
                   {"reddito_pensione", "pensione_12_mesi"},
                   {"altri_redditi", "altri_redditi_12_mesi"}};
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    const struct rules *const r = rules_shelf_find(rules_shelf_of(c), STR("ISEE_COR"), c->today);
    struct str why;

    if (r == NULL || person < 0 || person >= reckoned->n_members)
        return ST_NOT_FOUND;
    struct rules_household *const h = rules_household_copy(c->mem, facts, reckoned);

    for (int m = 0; m < h->n_members; m++)
        for (size_t i = 0; i < sizeof incomes / sizeof *incomes; i++)
            *fact(facts, h->members[m].values, incomes[i].now) = *fact(facts, h->members[m].values, incomes[i].year);
    put(facts, h->members[person].values, "dipendente_12_mesi", new_income);
    put(facts, h->values, "perdita_lavoro", ratio_of(1));
    put(facts, h->values, "dsu_ordinaria_valida", ratio_of(1));
    *out = (struct rules_due){.rules = r};
    const enum status st = rules_ask(c->mem, r, facts, h, &out->answer, &why);

    out->verdict = out->answer.verdict;
    return st;
}

/* ---- what to ask ---- */

static void mark(const struct rules *r, bool *asked)
{
    const int *list;
    int n;

    rules_asks(r, &list, &n);
    for (int i = 0; i < n; i++)
        asked[list[i]] = true;
}

/* One of the facts that the text reckons is asked: what it asks itself is asked too. */
static bool reckons_one(const struct rules *r, const bool *asked)
{
    int at;

    for (int k = 0; (at = rules_estimates(r, k)) >= 0; k++)
        if (asked[at])
            return true;
    return false;
}

bool sums_matters(const struct rules *indicator, const struct rules *r)
{
    const int *list;
    int n, at;

    if (r == NULL)
        return str_eq_z(rules_code(indicator), "ISEE_ORD");
    rules_asks(r, &list, &n);
    for (int k = 0; (at = rules_estimates(indicator, k)) >= 0; k++)
        for (int i = 0; i < n; i++)
            if (list[i] == at)
                return true;
    return false;
}

void sums_asks(struct ctx *c, const struct rules *r, bool **asked, bool **rare)
{
    const struct rules_shelf *const shelf = rules_shelf_of(c);
    const size_t n = (size_t)rules_n_facts(rules_shelf_facts(shelf)) + 1;
    bool *const direct = ARENA_ARRAY(c->mem, bool, n), *const further = ARENA_ARRAY(c->mem, bool, n);

    if (r != NULL)
        mark(r, direct);
    *asked = ARENA_ARRAY(c->mem, bool, n);
    *rare = ARENA_ARRAY(c->mem, bool, n);
    for (int i = 0; i < rules_shelf_n(shelf); i++) {
        const struct rules *const x = rules_shelf_at(shelf, i);

        if (is_indicator(c, x) && (r == NULL ? str_eq_z(rules_code(x), "ISEE_ORD") : reckons_one(x, direct)))
            mark(x, further);
    }
    for (size_t i = 0; i < n; i++) {
        (*asked)[i] = direct[i] || further[i];
        (*rare)[i] = !direct[i] && further[i] && r != NULL;
    }
}
