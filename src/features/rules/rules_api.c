/* rules_api.c - POST /api/rules/1/check and /trace: what `wecare rules check` and `wecare rules trace` say, as JSON. */
#include "base/macros.h"
#include "rules_feature.h"
#include "rules_json.h"
#include "rules_parts.h"

/* ---- check ---- */

static void put_fault(struct ctx *c, struct jwrite *j, const struct rules_error *e)
{
    jwrite_open(j, NULL, '{');
    jwrite_int(j, "line", e->line);
    jwrite_int(j, "column", e->column);
    jwrite_str(j, "key", str_of(e->key));
    jwrite_str(j, "message", rules_json_words(c, e));
    jwrite_close(j, '}');
}

static void put_part(struct jwrite *j, const struct rules_part *p)
{
    jwrite_open(j, NULL, '{');
    jwrite_str(j, "kind", str_of(rules_part_word(p->kind)));
    jwrite_str_or_null(j, "name", p->name);
    jwrite_str(j, "words", p->words);
    jwrite_str_or_null(j, "per", p->per);
    jwrite_str(j, "said", p->said);
    jwrite_str_or_null(j, "source", p->source.text);
    jwrite_str_or_null(j, "reliability", p->source.mark);
    jwrite_close(j, '}');
}

/* What a text that can be read holds. */
static void put_held(struct ctx *c, struct jwrite *j, const struct rules *r, struct str text)
{
    struct rules_part *parts;
    const int *asks;
    int n;

    jwrite_open(j, "rule", '{');
    rules_json_measure(c, j, r);
    jwrite_bool(j, "is_indicator", rules_estimates(r, 0) >= 0);
    rules_asks(r, &asks, &n);
    rules_json_facts(j, "asks", rules_shelf_facts(rules_shelf_of(c)), asks, n);
    jwrite_int(j, "examples", rules_n_examples(r));
    rules_parts(c->mem, r, text, &parts, &n);
    jwrite_open(j, "parts", '[');
    for (int i = 0; i < n; i++)
        put_part(j, &parts[i]);
    jwrite_close(j, ']');
    jwrite_close(j, '}');
}

static enum status check(struct web *w, const json_t *body)
{
    struct ctx *const c = web_ctx(w);
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    const json_t *const given = json_object_get(body, "text");
    const struct rules *r = NULL;
    struct rules_error e = {0};

    if (!json_is_string(given)) {
        problems_add(&c->problems, "text", "rules.api-text-missing", STR(""));
        return ST_INVALID;
    }
    const struct str text = {json_string_value(given), json_string_length(given)};
    const bool is_read = rules_parse(c->mem, facts, text, &r, &e) == ST_OK;
    const bool is_right = is_read && rules_check_examples(c->mem, r, facts, &e) == ST_OK;
    struct jwrite j = jwrite_to(web_out(w));

    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_bool(&j, "is_right", is_right);
    jwrite_open(&j, "faults", '[');
    if (!is_right)
        put_fault(c, &j, &e);
    jwrite_close(&j, ']');
    if (is_read)
        put_held(c, &j, r, text);
    else
        jwrite_null(&j, "rule");
    jwrite_close(&j, '}');
    return ST_OK;
}

/* POST /api/rules/1/check - {"text": "misura ..."}: is it right, do its examples hold, what does it say. */
enum status rules_api_check(struct web *w)
{
    static const char *const names[] = {"text", NULL};

    return rules_json_ask(w, names, check);
}

/* ---- trace ---- */

static enum status trace(struct web *w, const json_t *body)
{
    struct ctx *const c = web_ctx(w);
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    const json_t *const household = json_object_get(body, "household");
    struct rules_given given;
    struct rules_household *h;
    struct rules_due due;
    struct str why = STR("{}?");

    if (!json_is_object(household) || rules_household_of(c->mem, facts, household, &h, &why) != ST_OK)
        problems_add(&c->problems, "household", "rules.api-household", why);
    if (!rules_json_text(w, body, "rule", &given) || c->problems.n > 0)
        return ST_INVALID;
    if (rules_due_ask(c->mem, given.rules, facts, h, &due, &why) != ST_OK) {
        problems_add(&c->problems, "household", "rules.api-too-large", why);
        return ST_INVALID;
    }
    struct jwrite j = jwrite_to(web_out(w));

    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_bool(&j, "is_simulation", true);
    rules_json_due(c, &j, "due", &due, true);
    jwrite_close(&j, '}');
    return ST_OK;
}

/* POST /api/rules/1/trace - {"rule": {...}, "household": {...}}: one text asked, each step as a sentence with article and date. */
enum status rules_api_trace(struct web *w)
{
    static const char *const names[] = {"rule", "household", NULL};

    return rules_json_ask(w, names, trace);
}
