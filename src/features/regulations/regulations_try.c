/* regulations_try.c - the facts that one text asks as a form, and its answer with the steps. */
#include "regulations_try.h"
#include "base/macros.h"
#include "features/rules/rules_parts.h"
#include "features/rules/rules_population.h"
#include "regulations_figures.h"
#include "regulations_form.h"

enum { MOST_MINORS = 10, MOST_NUMBER = 1000, CHILD_AGE = 8 };

struct trying {
    struct web *w;
    struct ctx *c;
    const struct rules_facts *facts;
    const struct rules *rules;
    bool asked;
    bool is_plan;
    struct regulations_plan plan;
    struct regulations_try_view *v;
};

static void put_option(struct regulations_field_view *f, struct str value, struct str label)
{
    f->options[f->n_options++] = (struct regulations_option){value, label, str_eq(value, f->value)};
}

/* fact: -1 of what is no fact. */
static void put_field(struct trying *t, int fact, struct str name, struct str label, struct regulations_field_view *f)
{
    const struct rules_fact *const x = fact < 0 ? NULL : rules_fact_at(t->facts, fact);
    const struct problem *p;

    *f = (struct regulations_field_view){.name = name, .label = label, .is_number = true};
    if (t->asked)
        f->value = str_trim(web_field(t->w, str_z(t->c->mem, name)));
    p = problems_of(&t->c->problems, str_z(t->c->mem, name));
    if (p != NULL)
        f->error = text_fill(t->c->mem, text_get(t->c->lang, p->key), &(struct text_arg){"value", p->value}, 1);
    if (x == NULL || (x->type != RULES_BOOL && x->type != RULES_CODE))
        return;
    f->is_number = false;
    f->is_choice = true;
    f->options = ARENA_ARRAY(t->c->mem, struct regulations_option, (size_t)x->n_codes + 3);
    put_option(f, STR(""), text_get(t->c->lang, "regulations.not-said"));
    if (x->type == RULES_BOOL) {
        put_option(f, STR("si"), text_get(t->c->lang, "regulations.yes"));
        put_option(f, STR("no"), text_get(t->c->lang, "regulations.no"));
    }
    for (int i = 0; x->type == RULES_CODE && i < x->n_codes; i++)
        put_option(f, x->codes[i], regulations_plan_answer(t->c, t->is_plan ? &t->plan : NULL, fact, x->codes[i]));
}

/* What was typed for one fact; left out: not known. */
static void read_fact(struct trying *t, const struct rules_fact *x, struct rules_value *out)
{
    const char *const name = str_z(t->c->mem, x->name);
    const struct str typed = str_trim(web_field(t->w, name));
    struct ratio number;
    int64_t n = 0;

    if (typed.n == 0)
        return;
    *out = (struct rules_value){.known = RULES_CERTAIN, .type = x->type, .number = ratio_of(0)};
    if (x->type == RULES_MONEY && regulations_read_money(typed, &n)) {
        out->number = ratio_of(n);
    } else if (x->type == RULES_NUMBER && rules_number_read(typed, &number) && ratio_cmp(number, ratio_of(0)) >= 0 &&
               ratio_cmp(number, ratio_of(MOST_NUMBER)) <= 0) {
        out->number = number;
    } else if (x->type == RULES_BOOL && (str_eq_z(typed, "si") || str_eq_z(typed, "no"))) {
        out->number = ratio_of(str_eq_z(typed, "si"));
    } else if (x->type == RULES_CODE) {
        out->known = RULES_UNKNOWN;
        for (int i = 0; i < x->n_codes; i++)
            if (str_eq(x->codes[i], typed)) {
                out->known = RULES_CERTAIN;
                out->code = x->codes[i];
            }
    } else {
        out->known = RULES_UNKNOWN;
        problems_add(&t->c->problems, name, x->type == RULES_MONEY ? "regulations.money-wrong" : "regulations.number-wrong",
                     x->type == RULES_MONEY ? typed : str_fmt(t->c->mem, "%d", MOST_NUMBER));
    }
}

/* A minor of whom nothing else is said. */
static void make_child(const struct rules_facts *f, struct rules_value *values)
{
    for (int i = 0; i < rules_n_facts(f); i++) {
        const struct rules_fact *const x = rules_fact_at(f, i);

        if (!x->is_of_member || x->type == RULES_CODE)
            continue;
        values[i] = (struct rules_value){.known = RULES_CERTAIN, .type = x->type, .number = ratio_of(0)};
        if (str_eq_z(x->name, "eta"))
            values[i].number = ratio_of(CHILD_AGE);
        if (str_starts(x->name, STR("figlio_")))
            values[i].number = ratio_of(1);
    }
}

static struct rules_household *read_household(struct trying *t, const int *asks, int n)
{
    const struct str minors = str_trim(web_field(t->w, "minori"));
    int64_t n_minors = 0;

    if (minors.n > 0 && (!str_to_int(minors, &n_minors) || n_minors < 0 || n_minors > MOST_MINORS)) {
        problems_add(&t->c->problems, "minori", "regulations.children-wrong", minors);
        n_minors = 0;
    }
    struct rules_household *const h = rules_household_new(t->c->mem, t->facts, 1 + (int)n_minors);

    for (int i = 0; i < n; i++) {
        const struct rules_fact *const x = rules_fact_at(t->facts, asks[i]);

        read_fact(t, x, x->is_of_member ? &h->members[0].values[asks[i]] : &h->values[asks[i]]);
    }
    for (int i = 1; i < h->n_members; i++)
        make_child(t->facts, h->members[i].values);
    if (t->is_plan)
        regulations_plan_rest(t->c, &t->plan, h);
    return h;
}

static enum status answer(struct trying *t, const struct regulation *r, const struct rules_household *h)
{
    static const char *const verdicts[] = {"regulations.verdict-yes", "regulations.verdict-probably", "regulations.verdict-check",
                                           "regulations.verdict-no"};
    const int place = rules_find_amount(t->rules, regulations_amount_of(r->kind));
    struct regulations_try_view *const v = t->v;
    struct rules_answer a;
    struct str why;
    const enum status st = rules_ask(t->c->mem, t->rules, t->facts, h, &a, &why);

    if (st != ST_OK)
        return st == ST_INVALID ? fail(t->c, ST_INVALID, "regulations.too-large") : st;
    v->verdict = text_get(t->c->lang, verdicts[a.verdict]);
    if (place < a.n_amounts && a.amounts[place].value.known != RULES_UNKNOWN) {
        const struct text_arg args[] = {{"sum", regulations_euro(t->c, a.amounts[place].cents)},
                                        {"per", regulations_per_words(t->c, a.amounts[place].per)}};

        v->amount = text_fill(t->c->mem, text_get(t->c->lang, "regulations.sum-per"), args, ARRAY_LEN(args));
    }
    v->steps = ARENA_ARRAY(t->c->mem, struct regulations_step_view, (size_t)a.n_steps);
    for (; v->n_steps < a.n_steps; v->n_steps++)
        v->steps[v->n_steps].words = rules_sentence(t->c->mem, t->rules, t->facts, &a.steps[v->n_steps]);
    if (t->is_plan)
        regulations_plan_told(t->c, &t->plan, h, &a, &v->plan);
    v->was_asked = true;
    return ST_OK;
}

/* The questions of a scale and the services of a plan, in their order. */
static void put_plan(struct trying *t)
{
    const struct regulations_plan *const p = &t->plan;
    struct regulations_try_view *const v = t->v;

    v->has_plan = true;
    v->scale = ARENA_ARRAY(t->c->mem, struct regulations_field_view, PLAN_ITEMS);
    v->services = ARENA_ARRAY(t->c->mem, struct regulations_field_view, PLAN_SERVICES + 1);
    for (int i = 0; i < p->n_items; i++)
        put_field(t, p->items[i].fact, rules_fact_at(t->facts, p->items[i].fact)->name, p->items[i].label, &v->scale[v->n_scale++]);
    for (int i = 0; i < p->n_services; i++) {
        struct regulations_field_view *const f = &v->services[v->n_services++];

        put_field(t, p->services[i].fact, rules_fact_at(t->facts, p->services[i].fact)->name, p->services[i].label, f);
        f->hint = p->services[i].price;
    }
}

enum status regulations_try(struct web *w, const struct regulation *r, const struct rules *rules, bool asked,
                            struct regulations_try_view *out)
{
    struct ctx *c = web_ctx(w);
    struct trying t = {.w = w, .c = c, .facts = regulations_facts(c), .rules = rules, .asked = asked, .v = out};
    const int *asks;
    int n = 0;
    bool counts_persons = false;
    enum status st = ST_OK;

    t.is_plan = regulations_plan_of(c, r, &t.plan);
    rules_asks(rules, &asks, &n);
    *out = (struct regulations_try_view){.fields = ARENA_ARRAY(c->mem, struct regulations_field_view, (size_t)n + 1)};
    const struct rules_household *const h = asked ? read_household(&t, asks, n) : NULL;

    if (asked && c->problems.n == 0)
        st = answer(&t, r, h);
    if (t.is_plan)
        put_plan(&t);
    for (int i = 0; i < n; i++) {
        const struct rules_fact *const x = rules_fact_at(t.facts, asks[i]);

        if (t.is_plan && regulations_plan_asks(&t.plan, asks[i]))
            continue;
        counts_persons = counts_persons || x->is_of_member;
        put_field(&t, asks[i], x->name, x->label, &out->fields[out->n_fields++]);
    }
    if (counts_persons)
        put_field(&t, -1, STR("minori"), text_get(c->lang, "regulations.h-minors"), &out->fields[out->n_fields++]);
    return st;
}
