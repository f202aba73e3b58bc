/* regulations_plan.c - see regulations_plan.h. */
#include "regulations_plan.h"
#include "base/buf.h"
#include "base/macros.h"
#include "features/rules/rules_parts.h"
#include "regulations_figures.h"
#include "regulations_form.h"

enum { N_ENDS = 7 };

const char *const regulations_items[PLAN_ITEMS] = {"bada_a_se", "si_muove",      "mangia",         "usa_il_bagno",
                                                   "continenza", "orientamento", "comportamento",  "prende_medicine",
                                                   "cucina",     "fa_la_spesa",  "usa_soldi_telefono", "rete_familiare"};

const struct regulations_service regulations_services[PLAN_SERVICES] = {
    {"ore_oss_settimana", "oss", "un'ora di operatore sociosanitario (OSS)", "regulations.service-oss", "regulations.price-hour", true, true},
    {"ore_assistente_settimana", "assistente", "un'ora di assistente familiare", "regulations.service-carer", "regulations.price-hour", true,
     true},
    {"ore_educatore_settimana", "educatore", "un'ora di educatore", "regulations.service-educator", "regulations.price-hour", true, true},
    {"pasti_settimana", "pasti", "un pasto a casa", "regulations.service-meals", "regulations.price-meal", true, false},
    {"giorni_centro_settimana", "centro", "un giorno di centro diurno", "regulations.service-centre", "regulations.price-day", true, false},
    {"viaggi_mese", "viaggi", "un viaggio accompagnato", "regulations.service-rides", "regulations.price-ride", false, false},
    {"giorni_sollievo_mese", "sollievo", "un giorno di ricovero di sollievo", "regulations.service-respite", "regulations.price-day", false,
     false},
    {"telesoccorso", "telesoccorso", "un mese di telesoccorso", "regulations.service-telecare", "regulations.price-month", false, false}};

static struct str fill(struct ctx *c, const char *key, struct str a, struct str b)
{
    const struct text_arg args[] = {{"a", a}, {"b", b}};

    return text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args));
}

/* "22,50": euro as the text has them, shown as the page shows sums. */
static struct str euro(struct ctx *c, struct str typed)
{
    int64_t cents = 0;

    return regulations_read_money(typed, &cents) ? regulations_euro(c, cents) : typed;
}

static void take_items(struct ctx *c, const struct regulations_form *f, struct regulations_plan *out)
{
    const struct rules_facts *const facts = regulations_facts(c);

    for (int i = 0; i < PLAN_ITEMS; i++) {
        const int fact = rules_fact_find(facts, str_of(regulations_items[i]));

        if (f->points[i].all.n > 0 && fact >= 0)
            out->items[out->n_items++] = (struct regulations_plan_item){
                fact, rules_fact_at(facts, fact)->label, {STR("0"), f->points[i].some, f->points[i].all}};
    }
}

static void take_services(struct ctx *c, const struct regulations_form *f, struct regulations_plan *out)
{
    const struct rules_facts *const facts = regulations_facts(c);
    const int other = rules_fact_find(facts, STR("altri_costi_mese"));

    if (!str_eq_z(f->values[FORM_GIVES], "piano") || other < 0)
        return;
    for (int i = 0; i < PLAN_SERVICES; i++) {
        const struct regulations_service *const s = &regulations_services[i];
        const int fact = rules_fact_find(facts, str_of(s->fact));

        if (f->prices[i].n > 0 && fact >= 0)
            out->services[out->n_services++] = (struct regulations_plan_service){
                fact, rules_fact_at(facts, fact)->label, fill(c, s->unit, euro(c, f->prices[i]), STR("")),
                str_fmt(c->mem, PLAN_MONTH_OF "%s", s->price)};
    }
    out->services[out->n_services++] = (struct regulations_plan_service){other, rules_fact_at(facts, other)->label, STR(""), STR("")};
}

bool regulations_plan_of(struct ctx *c, const struct regulation *r, struct regulations_plan *out)
{
    struct regulations_form f;

    *out = (struct regulations_plan){.n_items = 0};
    if (r->kind != REGULATION_CARE_PLAN || !regulations_form_back(c, r->kind, r->text, &f))
        return false;
    take_items(c, &f, out);
    take_services(c, &f, out);
    for (int i = 0; i < f.n_bands; i++)
        out->bands[out->n_bands++] = (struct regulations_plan_band){f.bands[i].from, f.bands[i].value};
    return true;
}

bool regulations_plan_asks(const struct regulations_plan *p, int fact)
{
    for (int i = 0; i < p->n_items; i++)
        if (p->items[i].fact == fact)
            return true;
    for (int i = 0; i < p->n_services; i++)
        if (p->services[i].fact == fact)
            return true;
    return false;
}

/* "con_aiuto" reads "con aiuto". */
static struct str spaced(struct arena *mem, struct str code)
{
    struct buf b = buf_new(mem, code.n + 1);

    for (size_t i = 0; i < code.n; i++)
        buf_char(&b, code.p[i] == '_' ? ' ' : code.p[i]);
    return buf_view(&b);
}

static int place_of(const struct rules_fact *x, struct str code)
{
    for (int i = 0; i < x->n_codes; i++)
        if (str_eq(x->codes[i], code))
            return i;
    return -1;
}

struct str regulations_plan_answer(struct ctx *c, const struct regulations_plan *p, int fact, struct str code)
{
    const int place = place_of(rules_fact_at(regulations_facts(c), fact), code);
    const struct str words = spaced(c->mem, code);

    for (int i = 0; p != NULL && i < p->n_items; i++)
        if (p->items[i].fact == fact && place >= 0 && place < ARRAY_LEN(p->items[i].points))
            return fill(c, str_eq_z(p->items[i].points[place], "1") ? "regulations.answer-point" : "regulations.answer-points", words,
                        p->items[i].points[place]);
    return words;
}

void regulations_plan_rest(struct ctx *c, const struct regulations_plan *p, struct rules_household *h)
{
    const struct rules_facts *const facts = regulations_facts(c);

    for (int i = 0; i < p->n_services; i++) {
        struct rules_value *const v = &h->values[p->services[i].fact];

        if (v->known == RULES_UNKNOWN)
            *v = (struct rules_value){.known = RULES_CERTAIN, .type = rules_fact_at(facts, p->services[i].fact)->type, .number = ratio_of(0)};
    }
}

/* ---- what comes of it ---- */

/* What a step of the text came to; "manca" when something is missing. */
static struct str sum_of(struct ctx *c, const struct rules_answer *a, struct str words)
{
    for (int i = 0; i < a->n_steps; i++)
        if (!a->steps[i].is_requirement && str_eq(a->steps[i].text, words))
            return a->steps[i].n_missing > 0 ? text_get(c->lang, "regulations.not-known") : a->steps[i].sum;
    return STR("");
}

static void add(struct regulations_plan_row *list, int *n, struct str label, struct str said, struct str value)
{
    if (value.n > 0)
        list[(*n)++] = (struct regulations_plan_row){label, said, value};
}

static struct str quantity(struct ctx *c, const struct regulations_plan_service *s, const struct rules_value *v)
{
    return s->price.n == 0 ? STR("") : fill(c, "regulations.times-price", rules_number_typed(c->mem, v->number), s->price);
}

static void tell_points(struct ctx *c, const struct regulations_plan *p, const struct rules_household *h, const struct rules_answer *a,
                        struct regulations_plan_view *out)
{
    out->points = ARENA_ARRAY(c->mem, struct regulations_plan_row, (size_t)p->n_items + 1);
    for (int i = 0; i < p->n_items; i++) {
        const struct regulations_plan_item *const x = &p->items[i];
        const struct rules_value *const v = &h->values[x->fact];
        const struct str words = str_fmt(c->mem, PLAN_POINTS_OF "%.*s", (int)x->label.n, x->label.p);

        add(out->points, &out->n_points, x->label,
            v->known == RULES_UNKNOWN ? text_get(c->lang, "regulations.not-said") : spaced(c->mem, v->code), sum_of(c, a, words));
    }
    add(out->points, &out->n_points, text_get(c->lang, "regulations.plan-points"), STR(""), sum_of(c, a, STR(PLAN_POINTS)));
}

static void tell_costs(struct ctx *c, const struct regulations_plan *p, const struct rules_household *h, const struct rules_answer *a,
                       struct regulations_plan_view *out)
{
    out->costs = ARENA_ARRAY(c->mem, struct regulations_plan_row, (size_t)p->n_services + 1);
    for (int i = 0; i < p->n_services; i++) {
        const struct regulations_plan_service *const s = &p->services[i];
        const struct rules_value *const v = &h->values[s->fact];

        if (v->known != RULES_UNKNOWN && v->number.num != 0)
            add(out->costs, &out->n_costs, s->label, quantity(c, s, v),
                s->words.n > 0 ? sum_of(c, a, s->words) : regulations_euro(c, ratio_round(v->number)));
    }
    if (p->n_services > 0)
        add(out->costs, &out->n_costs, text_get(c->lang, "regulations.plan-cost"), STR(""), sum_of(c, a, STR(PLAN_COST)));
}

/* "fascia 2", and from how many points to how many. */
static struct str band_words(struct ctx *c, const struct regulations_plan *p, struct str sum)
{
    int64_t n = 0;

    if (!str_to_int(sum, &n) || n < 1 || n > p->n_bands)
        return STR("");
    return n == p->n_bands ? fill(c, "regulations.band-points-over", p->bands[n - 1].from, STR(""))
                           : fill(c, "regulations.band-points", p->bands[n - 1].from, p->bands[n].from);
}

/* "0,5" of the part that a person pays reads "50 %". */
static struct str as_share(struct ctx *c, const char *words, struct str sum)
{
    struct ratio n;

    if (!str_eq_z(str_of(words), PLAN_PART) || !rules_number_read(sum, &n) || !ratio_mul(n, ratio_of(100), &n))
        return sum;
    const struct str s = rules_number_typed(c->mem, n);

    return str_fmt(c->mem, "%.*s %%", (int)s.n, s.p);
}

void regulations_plan_told(struct ctx *c, const struct regulations_plan *p, const struct rules_household *h, const struct rules_answer *a,
                           struct regulations_plan_view *out)
{
    static const struct {
        const char *key, *words;
    } ends[] = {{"regulations.plan-ceiling", PLAN_CEILING}, {"regulations.plan-recognised", PLAN_RECOGNISED},
                {"regulations.plan-part", PLAN_PART},       {"regulations.plan-covered", PLAN_COVERED},
                {"regulations.plan-remains", PLAN_REMAINS}};
    const struct str band = sum_of(c, a, STR(PLAN_BAND));

    *out = (struct regulations_plan_view){.n_points = 0};
    tell_points(c, p, h, a, out);
    tell_costs(c, p, h, a, out);
    out->ends = ARENA_ARRAY(c->mem, struct regulations_plan_row, N_ENDS);
    add(out->ends, &out->n_ends, text_get(c->lang, "regulations.plan-band"), band_words(c, p, band),
        str_eq_z(band, "0") ? text_get(c->lang, "regulations.plan-no-band") : band);
    for (int i = 0; i < ARRAY_LEN(ends); i++)
        add(out->ends, &out->n_ends, text_get(c->lang, ends[i].key), STR(""), as_share(c, ends[i].words, sum_of(c, a, str_of(ends[i].words))));
}
