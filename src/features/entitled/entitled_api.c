/* entitled_api.c - /api/rules/1/measures, /ask, /isee: the measures, and what a household is due, as JSON. Every answer says it is a simulation. */
#include "base/date.h"
#include "base/jwrite.h"
#include "base/macros.h"
#include "entitled.h"
#include "entitled_feature.h"
#include "features/rules/rules_json.h"
#include "web/web.h"

enum { MOST_BODY = 64 * 1024, SHOWN = 100 };

static void put_list(struct ctx *c, struct jwrite *j, const char *key, const struct rules_due *list, int n)
{
    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        rules_json_due(c, j, NULL, &list[i], false);
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
        rules_json_measure(c, &j, r);
        jwrite_bool(&j, "is_indicator", rules_estimates(r, 0) >= 0);
        rules_json_facts(&j, "asks", rules_shelf_facts(shelf), asks, n);
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
        rules_json_facts(&j, "missing", rules_shelf_facts(rules_shelf_of(c)), chain.missing, chain.n_missing);
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
