/* regulations_figures.c - regulations asked about one household and along the ISEE; how far apart they are. */
#include "regulations_figures.h"
#include "base/macros.h"
#include "features/rules/rules_population.h"
#include "regulations_form.h"

const struct regulations_asked regulations_asked_usual = {.isee_cents = 1200000, .age = 80, .adults = 1, .minors = 0, .times = 20};

enum { CHILD_AGE = 8, ADULT_AGE = 40, OLD = 65 };

static void set(const struct rules_facts *f, struct rules_value *values, const char *name, int64_t n)
{
    const int i = rules_fact_find(f, str_of(name));

    if (i >= 0)
        values[i] = (struct rules_value){.known = RULES_CERTAIN, .type = rules_fact_at(f, i)->type, .number = ratio_of(n)};
}

/* Facts that are one of a list of words (what somebody manages alone): the word in the middle. */
static void set_middle(const struct rules_facts *f, struct rules_value *values)
{
    for (int i = 0; i < rules_n_facts(f); i++) {
        const struct rules_fact *const x = rules_fact_at(f, i);

        if (x->type == RULES_CODE && !x->is_of_member && x->n_codes == 3)
            values[i] = (struct rules_value){.known = RULES_CERTAIN, .type = RULES_CODE, .number = {0, 1}, .code = x->codes[1]};
    }
}

/* A plan of so many hours of one service in a month, and of nothing else. */
static void set_plan(const struct rules_facts *f, struct rules_value *values, int hours)
{
    for (int i = 0; i < PLAN_SERVICES; i++)
        set(f, values, regulations_services[i].fact, 0);
    set(f, values, "altri_costi_mese", 0);
    const int i = rules_fact_find(f, str_of(regulations_services[0].fact));

    if (i >= 0 && !ratio_div(ratio_of((int64_t)hours * 12), ratio_of(52), &values[i].number))
        values[i].known = RULES_UNKNOWN;
}

/* Each ISEE of the list is put to the one that was told: a text asks one of them. */
static void set_isee(const struct rules_facts *f, struct rules_value *values, int64_t cents)
{
    for (int i = 0; i < rules_n_facts(f); i++)
        if (rules_fact_at(f, i)->type == RULES_MONEY && str_starts(rules_fact_at(f, i)->name, STR("isee_")))
            values[i] = (struct rules_value){.known = RULES_CERTAIN, .type = RULES_MONEY, .number = ratio_of(cents)};
}

struct rules_household *regulations_asked_household(struct ctx *c, enum regulation_kind kind, const struct regulations_asked *a)
{
    const struct rules_facts *const f = regulations_facts(c);
    struct rules_household *const h = rules_household_new(c->mem, f, a->adults + a->minors);
    const bool needs_care = kind == REGULATION_HOME_CARE || kind == REGULATION_DAY_CENTRE || kind == REGULATION_CARE_HOME ||
                            kind == REGULATION_CARE_PLAN;

    set_isee(f, h->values, a->isee_cents);
    if (kind == REGULATION_CARE_PLAN) {
        set_middle(f, h->values);
        set_plan(f, h->values, a->times);
    }
    set(f, h->values, "volte_mese", a->times);
    set(f, h->values, "residenza_piemonte", 1);
    for (int i = 0; i < h->n_members; i++) {
        const bool is_child = i >= a->adults;

        set(f, h->members[i].values, "eta", is_child ? CHILD_AGE : i == 0 ? a->age : ADULT_AGE);
        set(f, h->members[i].values, "figlio_a_carico", is_child);
        set(f, h->members[i].values, "figlio_convivente", is_child);
        set(f, h->members[i].values, "non_autosufficiente", i == 0 && needs_care);
        set(f, h->members[i].values, "disabile", i == 0 && needs_care && a->age < OLD);
    }
    return h;
}

static void take_amount(const struct regulations_asked *a, int place, struct regulations_figure *out)
{
    out->is_known = out->answer.verdict == RULES_NO;
    if (place < out->answer.n_amounts) {
        const struct rules_amount *const x = &out->answer.amounts[place];

        out->per = x->per;
        out->is_known = out->is_known || (out->answer.verdict != RULES_TO_CHECK && x->value.known != RULES_UNKNOWN);
        out->cents = out->answer.verdict == RULES_NO ? 0 : x->cents;
    }
    if (out->per.n == 0)
        out->per = STR("mese");
    out->times = str_eq_z(out->per, "mese") || str_eq_z(out->per, "contratto") ? 1 : a->times;
    out->month_cents = out->cents * out->times;
}

enum status regulations_figure_of(struct ctx *c, const struct regulation *r, const struct rules *rules,
                                  const struct regulations_asked *a, struct regulations_figure *out)
{
    const struct rules_household *const h = regulations_asked_household(c, r->kind, a);
    struct str why;
    enum status st;

    *out = (struct regulations_figure){.regulation = r, .rules = rules};
    st = regulations_curve(c, rules, r->kind, h, REGULATIONS_TO_CENTS, &out->curve);
    if (st == ST_OK)
        st = rules_ask(c->mem, rules, regulations_facts(c), h, &out->answer, &why);
    if (st == ST_OK)
        take_amount(a, rules_find_amount(rules, regulations_amount_of(r->kind)), out);
    return st;
}

enum status regulations_figures(struct ctx *c, const struct regulation *list, int n, const struct regulations_asked *a,
                                struct regulations_figure **out, int *n_out, int *n_unread)
{
    *out = ARENA_ARRAY(c->mem, struct regulations_figure, (size_t)n);
    *n_out = *n_unread = 0;
    for (int i = 0; i < n; i++) {
        const int before = c->problems.n;
        const struct rules *rules;
        struct rules_error error;
        enum status st = regulations_parse(c, &list[i], &rules, &error);

        if (st == ST_OK)
            st = regulations_figure_of(c, &list[i], rules, a, &(*out)[*n_out]);
        c->problems.n = before;
        if (st == ST_OK)
            ++*n_out;
        else if (st == ST_INVALID)
            ++*n_unread;
        else
            return st;
    }
    return ST_OK;
}

struct regulations_spread regulations_spread_of(const struct regulations_figure *f, int n, struct str district_code)
{
    struct regulations_spread s = {0};

    for (int i = 0; i < n; i++) {
        if (district_code.n > 0 && !str_eq(f[i].regulation->district_code, district_code))
            continue;
        const int64_t t = f[i].curve.has_free ? f[i].curve.free_cents : 0;

        if (s.n == 0 || t < s.low)
            s.low = t;
        if (s.n == 0 || t > s.high)
            s.high = t;
        s.n++;
        if (!f[i].is_known)
            continue;
        if (s.n_months == 0 || f[i].month_cents < s.low_month)
            s.low_month = f[i].month_cents;
        if (s.n_months == 0 || f[i].month_cents > s.high_month)
            s.high_month = f[i].month_cents;
        s.n_months++;
    }
    return s;
}
