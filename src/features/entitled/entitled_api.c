/* entitled_api.c - /api/rules/1/...: the measures, and what a household is due, as JSON. Every answer says it is a simulation. */
#include "base/date.h"
#include "base/jwrite.h"
#include "base/macros.h"
#include "entitled.h"
#include "entitled_feature.h"
#include "features/rules/rules_chain.h"
#include "web/web.h"

enum { MOST_BODY = 64 * 1024, SHOWN = 100 };

static const char *const verdicts[] = {[RULES_YES] = "sure", [RULES_PROBABLY] = "likely", [RULES_TO_CHECK] = "to-check", [RULES_NO] = "no"};

static void put_texts(struct jwrite *j, const char *key, const struct str *list, int n)
{
    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        jwrite_str(j, NULL, list[i]);
    jwrite_close(j, ']');
}

static void put_facts(struct jwrite *j, const char *key, const struct rules_facts *facts, const int *list, int n)
{
    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        jwrite_str(j, NULL, rules_fact_at(facts, list[i])->name);
    jwrite_close(j, ']');
}

static void put_source(struct jwrite *j, const struct rules_source *s)
{
    jwrite_str_or_null(j, "source", s->text);
    jwrite_str_or_null(j, "reliability", s->mark);
}

static void put_day(struct ctx *c, struct jwrite *j, const char *key, int day)
{
    if (day == DAY_NONE)
        jwrite_null(j, key);
    else
        jwrite_str(j, key, day_iso(c->mem, day));
}

/* What a text says of itself. */
static void put_measure(struct ctx *c, struct jwrite *j, const struct rules *r)
{
    const struct rules_source source = rules_source_of(r);
    const struct str *list;
    int n, from, to;

    rules_validity(r, &from, &to);
    jwrite_str(j, "code", rules_code(r));
    jwrite_str(j, "name", rules_name(r));
    jwrite_str_or_null(j, "level", rules_level(r));
    put_day(c, j, "valid_from", from);
    put_day(c, j, "valid_to", to);
    put_source(j, &source);
    jwrite_str_or_null(j, "where", rules_where(r));
    jwrite_str_or_null(j, "deadline", rules_deadline(r));
    rules_papers(r, &list, &n);
    put_texts(j, "papers", list, n);
    rules_needs(r, &list, &n);
    put_texts(j, "needs", list, n);
    rules_against(r, &list, &n);
    put_texts(j, "incompatible_with", list, n);
}

static void put_step(struct jwrite *j, const struct rules_facts *facts, const struct rules_step *s)
{
    jwrite_open(j, NULL, '{');
    jwrite_str(j, "text", s->text);
    jwrite_str_or_null(j, "sum", s->sum);
    put_source(j, &s->source);
    jwrite_bool(j, "is_requirement", s->is_requirement);
    if (s->is_requirement || s->is_check)
        jwrite_str(j, "verdict", str_of(s->is_check && s->verdict == RULES_NO ? verdicts[RULES_TO_CHECK] : verdicts[s->verdict]));
    else
        jwrite_null(j, "verdict");
    put_facts(j, "missing", facts, s->missing, s->n_missing);
    jwrite_close(j, '}');
}

static void put_amount(struct jwrite *j, const struct rules_amount *a)
{
    jwrite_open(j, NULL, '{');
    jwrite_str(j, "name", a->name);
    jwrite_str_or_null(j, "per", a->per);
    if (a->value.known != RULES_UNKNOWN && a->value.type == RULES_MONEY)
        jwrite_int(j, "cents", a->cents);
    else
        jwrite_null(j, "cents");
    jwrite_bool(j, "is_estimate", a->value.known == RULES_ESTIMATE);
    jwrite_close(j, '}');
}

static void put_due(struct ctx *c, struct jwrite *j, const struct rules_facts *facts, const struct rules_due *d)
{
    jwrite_open(j, NULL, '{');
    put_measure(c, j, d->rules);
    jwrite_str(j, "verdict", str_of(verdicts[d->verdict]));
    jwrite_bool(j, "is_unconfirmed", d->is_unconfirmed);
    put_facts(j, "missing", facts, d->answer.missing, d->answer.n_missing);
    jwrite_open(j, "amounts", '[');
    for (int i = 0; d->verdict != RULES_NO && i < d->answer.n_amounts; i++)
        put_amount(j, &d->answer.amounts[i]);
    jwrite_close(j, ']');
    jwrite_open(j, "steps", '[');
    for (int i = 0; i < d->answer.n_steps; i++)
        put_step(j, facts, &d->answer.steps[i]);
    jwrite_close(j, ']');
    jwrite_close(j, '}');
}

static void put_list(struct ctx *c, struct jwrite *j, const char *key, const struct rules_due *list, int n)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));

    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        put_due(c, j, facts, &list[i]);
    jwrite_close(j, ']');
}

/* ?day=2026-03-01: the rules of that day; today when it is left out. No other name is known. */
static enum status read_day(struct web *w, int *out)
{
    struct ctx *c = web_ctx(w);
    struct str name, value;

    *out = c->today;
    for (int i = 0; web_query_pair(w, i, &name, &value); i++)
        if (!str_eq_z(name, "day"))
            problems_add(&c->problems, str_z(c->mem, str_head(name, SHOWN)), "entitled.api-name", STR(""));
        else if ((*out = day_parse(value)) == DAY_NONE)
            problems_add(&c->problems, "day", "entitled.api-day", str_head(value, SHOWN));
    return c->problems.n > 0 ? ST_INVALID : ST_OK;
}

/* GET /api/rules/1/measures - what may be asked for, each text as it holds on the day. */
enum status entitled_api_measures(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct rules_shelf *const shelf = rules_shelf_of(c);
    struct jwrite j = jwrite_to(web_out(w));
    int day;
    const enum status st = read_day(w, &day);

    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_bool(&j, "is_simulation", true);
    jwrite_str(&j, "day", day_iso(c->mem, day));
    jwrite_open(&j, "items", '[');
    for (int i = 0; i < rules_shelf_n(shelf); i++) {
        const struct rules *const r = rules_shelf_at(shelf, i);
        const int *asks;
        int n;

        if (!rules_holds_on(r, day))
            continue;
        rules_asks(r, &asks, &n);
        jwrite_open(&j, NULL, '{');
        put_measure(c, &j, r);
        jwrite_bool(&j, "is_indicator", rules_estimates(r, 0) >= 0);
        put_facts(&j, "asks", rules_shelf_facts(shelf), asks, n);
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

/* The household of the body, asked. What it says is told to nobody else: a problem names the field, not the value. */
static enum status ask(struct web *w, struct rules_chain *out)
{
    struct ctx *c = web_ctx(w);
    const struct rules_shelf *const shelf = rules_shelf_of(c);
    const struct str body = web_body(w);
    struct rules_household *h;
    struct str why = STR("");
    int day;
    enum status st = read_day(w, &day);

    if (st != ST_OK)
        return st;
    if (body.n > MOST_BODY || rules_household_read(c->mem, rules_shelf_facts(shelf), body, &h, &why) != ST_OK) {
        problems_add(&c->problems, "", "entitled.api-household", why);
        return ST_INVALID;
    }
    st = rules_chain_ask(c->mem, shelf, h, day, NULL, 0, out, &why);
    if (st == ST_INVALID)
        problems_add(&c->problems, "", "entitled.too-large", STR(""));
    return st;
}

static enum status answer(struct web *w, bool with_measures)
{
    struct ctx *c = web_ctx(w);
    struct jwrite j = jwrite_to(web_out(w));
    struct rules_chain chain;
    const enum status st = ask(w, &chain);

    if (st != ST_OK)
        return st;
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_bool(&j, "is_simulation", true);
    if (with_measures)
        put_facts(&j, "missing", rules_shelf_facts(rules_shelf_of(c)), chain.missing, chain.n_missing);
    put_list(c, &j, "indicators", chain.indicators, chain.n_indicators);
    if (with_measures)
        put_list(c, &j, "measures", chain.list, chain.n);
    jwrite_close(&j, '}');
    return ST_OK;
}

/* POST /api/rules/1/ask - a household as JSON, as `wecare rules eval` reads it. */
enum status entitled_api_ask(struct web *w)
{
    return answer(w, true);
}

/* POST /api/rules/1/isee - the same household: the kinds of ISEE that can be estimated, step by step. */
enum status entitled_api_isee(struct web *w)
{
    return answer(w, false);
}
