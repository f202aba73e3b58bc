/* simulations_api.c - POST /api/rules/1/diff and /simulate: what `wecare rules diff` and `wecare rules simulate` say, as JSON. */
#include "base/jwrite.h"
#include "features/rules/rules_json.h"
#include "simulations_asked.h"
#include "simulations_feature.h"
#include "simulations_held.h"

static enum status refuse(struct web *w, enum status st, const char *field, const char *key, struct str value)
{
    problems_add(&web_ctx(w)->problems, field, key, rules_json_shown(value));
    return st;
}

/* The old text and the new one; all that is wrong in both is told. */
static bool read_texts(struct web *w, const json_t *body, struct rules_given out[2])
{
    const bool is_old = rules_json_text(w, body, "old", &out[0]);

    return rules_json_text(w, body, "new", &out[1]) && is_old;
}

/* ---- diff ---- */

static enum status diff(struct web *w, const json_t *body)
{
    static const char *const hows[] = {[SIMULATIONS_CHANGED] = "changed", [SIMULATIONS_ADDED] = "added", [SIMULATIONS_TAKEN_AWAY] = "taken-away"};
    struct ctx *const c = web_ctx(w);
    struct simulations_difference *list;
    struct rules_given texts[2];
    int n;

    if (!read_texts(w, body, texts))
        return ST_INVALID;
    struct jwrite j = jwrite_to(web_out(w));

    simulations_differences(c->mem, texts[0].rules, texts[0].text, texts[1].rules, texts[1].text, &list, &n);
    web_set_type(w, "application/json");
    jwrite_open(&j, NULL, '{');
    jwrite_bool(&j, "is_same", n == 0);
    jwrite_open(&j, "differences", '[');
    for (int i = 0; i < n; i++) {
        jwrite_open(&j, NULL, '{');
        jwrite_str(&j, "how", str_of(hows[list[i].how]));
        jwrite_str(&j, "kind", str_of(rules_part_word((enum rules_part_kind)list[i].kind)));
        jwrite_str_or_null(&j, "name", list[i].name);
        jwrite_str(&j, "words", list[i].words);
        jwrite_str_or_null(&j, "before", list[i].before);
        jwrite_str_or_null(&j, "after", list[i].after);
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    jwrite_close(&j, '}');
    return ST_OK;
}

/* POST /api/rules/1/diff - {"old": {...}, "new": {...}}: parameters, bands, requirements that are not the same. */
enum status simulations_api_diff(struct web *w)
{
    static const char *const names[] = {"old", "new", NULL};

    return rules_json_ask(w, names, diff);
}

/* ---- simulate ---- */

/* A whole number as it was sent, for the words. */
static struct str shown(struct ctx *c, const json_t *j)
{
    return json_is_integer(j)  ? str_fmt(c->mem, "%lld", (long long)json_integer_value(j))
           : json_is_string(j) ? str_of(json_string_value(j))
                               : STR("?");
}

static enum status read_synthetic(struct web *w, const json_t *j, struct simulations_people *out)
{
    struct ctx *const c = web_ctx(w);
    const json_t *const seed = json_object_get(j, "seed"), *const n = json_object_get(j, "households");

    out->is_synthetic = true;
    out->seed = (uint64_t)json_integer_value(seed);
    out->n = json_integer_value(n);
    if (json_object_size(j) != 2 || seed == NULL || n == NULL)
        return refuse(w, ST_INVALID, "population.synthetic", "simulations.api-population", STR(""));
    if (!json_is_integer(seed) || json_integer_value(seed) < 0)
        return refuse(w, ST_INVALID, "population.synthetic.seed", "simulations.seed-wrong", shown(c, seed));
    if (!json_is_integer(n) || out->n < 1)
        return refuse(w, ST_INVALID, "population.synthetic.households", "simulations.households-wrong", shown(c, n));
    if (out->n > SIMULATIONS_MOST_WEB)
        return refuse(w, ST_TOO_LARGE, "population.synthetic.households", "simulations.households-wrong", shown(c, n));
    return ST_OK;
}

static enum status read_population(struct web *w, const json_t *j, struct simulations_people *out)
{
    const json_t *const csv = json_object_get(j, "csv"), *const synthetic = json_object_get(j, "synthetic");

    *out = (struct simulations_people){0};
    if (json_object_size(j) == 1 && json_is_object(synthetic))
        return read_synthetic(w, synthetic, out);
    if (json_object_size(j) != 1 || !json_is_string(csv))
        return refuse(w, ST_INVALID, "population", "simulations.api-population", STR(""));
    out->csv = (struct str){json_string_value(csv), json_string_length(csv)};
    if (out->csv.n > SIMULATIONS_MAX_CSV)
        return refuse(w, ST_TOO_LARGE, "population.csv", "simulations.csv-long", STR(""));
    return ST_OK;
}

/* Money as a whole number of euro, or as text: "100.000,50", "100000.50". */
static enum status read_budget(struct web *w, const json_t *j, struct simulations_choice *o)
{
    const struct str typed = shown(web_ctx(w), j);
    struct ratio v;

    if (j == NULL || json_is_null(j))
        return ST_OK;
    if (!rules_number_read(typed, &v) || !ratio_mul(v, ratio_of(100), &v) || v.den != 1 || v.num < 0)
        return refuse(w, ST_INVALID, "budget", "simulations.number-wrong", typed);
    o->budget_cents = v.num;
    return ST_OK;
}

static enum status read_rest(struct web *w, const json_t *body, struct simulations_choice *o)
{
    const json_t *const rank = json_object_get(body, "rank"), *const is_paid = json_object_get(body, "is_paid");

    if (rank != NULL && !json_is_string(rank))
        return refuse(w, ST_INVALID, "rank", "simulations.no-such-fact", shown(web_ctx(w), rank));
    if (is_paid != NULL && !json_is_boolean(is_paid))
        return refuse(w, ST_INVALID, "is_paid", "simulations.api-truth", STR(""));
    o->is_paid = json_is_true(is_paid);
    o->rank_fact = rank == NULL ? STR("isee") : str_of(json_string_value(rank));
    o->rank = str_eq_z(o->rank_fact, "isee")     ? SIMULATIONS_BY_ISEE
              : str_eq_z(o->rank_fact, "points") ? SIMULATIONS_BY_POINTS
                                                 : SIMULATIONS_BY_FACT;
    return read_budget(w, json_object_get(body, "budget"), o);
}

static enum status refuse_asked(struct web *w, const struct simulations_choice *o, const struct simulations_wrong *wrong)
{
    struct ctx *const c = web_ctx(w);

    if (wrong->csv.key != NULL) {
        problems_add_row(&c->problems, wrong->csv.line, "population.csv", wrong->csv.key, wrong->csv.value);
        return ST_INVALID;
    }
    if (wrong->asked.key != NULL)
        return refuse(w, ST_INVALID, "rank", wrong->asked.key, o->rank_fact);
    return rules_json_refuse(w, wrong->asked.in_new ? "new.text" : "old.text", &wrong->asked.error);
}

static enum status simulate(struct web *w, const json_t *body)
{
    struct ctx *const c = web_ctx(w);
    struct simulations_choice choice = {0};
    struct simulations_people who;
    struct simulations_population *people;
    struct simulations_result *r;
    struct simulations_wrong wrong;
    struct rules_given texts[2];
    const bool are_texts = read_texts(w, body, texts);
    const enum status st = read_population(w, json_object_get(body, "population"), &who), rest = read_rest(w, body, &choice);

    if (!are_texts || rest != ST_OK)
        return ST_INVALID;
    if (st != ST_OK)
        return st;
    choice.old_text = texts[0].text;
    choice.new_text = texts[1].text;
    const enum status ran = simulations_ask_people(c, &who, &choice, &r, &people, &wrong);

    if (ran == ST_INVALID)
        return refuse_asked(w, &choice, &wrong);
    if (ran != ST_OK)
        return ran;
    web_set_type(w, "application/json");
    buf_str(web_out(w), simulations_json(c->mem, people, &choice, r));
    return ST_OK;
}

/* POST /api/rules/1/simulate - the file that `wecare rules simulate` writes, byte for byte. */
enum status simulations_api_simulate(struct web *w)
{
    static const char *const names[] = {"old", "new", "population", "budget", "rank", "is_paid", NULL};
    struct ctx *const c = web_ctx(w);

    if (!simulations_held_enter(c))
        return fail(c, ST_BUSY, "simulations.api-busy");
    const enum status st = rules_json_ask(w, names, simulate);

    simulations_held_leave(c);
    return st;
}
