/* simulations_json.c - a result as a file that can be run again. */
#include "base/jwrite.h"
#include "base/macros.h"
#include "simulations_private.h"
#include <jansson.h>

static const char *const ranks[] = {"isee", "points", "fact"};
static const char *const kind_names[SIMULATIONS_KINDS] = {"single", "couple", "minors", "elders", "disabled", "other"};
static const char *const example_names[SIMULATIONS_EXAMPLES] = {"single", "couple_two_children", "elder", "disabled"};

/* What is not to be shown is null. */
static void put(struct jwrite *j, const char *key, int64_t v, bool is_hidden)
{
    if (is_hidden)
        jwrite_null(j, key);
    else
        jwrite_int(j, key, v);
}

void simulations_put_asked(struct buf *b, const struct simulations_population *p, const struct simulations_choice *o)
{
    struct jwrite j = jwrite_to(b);

    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "old_text", o->old_text);
    jwrite_str(&j, "new_text", o->new_text);
    jwrite_bool(&j, "is_paid", o->is_paid);
    jwrite_int(&j, "budget_cents", o->budget_cents);
    jwrite_str(&j, "rank", str_of(ranks[o->rank]));
    jwrite_str(&j, "rank_fact", o->rank == SIMULATIONS_BY_FACT ? o->rank_fact : STR(""));
    jwrite_open(&j, "population", '{');
    jwrite_bool(&j, "is_synthetic", p->is_synthetic);
    if (p->is_synthetic) {
        jwrite_str(&j, "seed", str_fmt(b->mem, "%llu", (unsigned long long)p->seed));
        jwrite_int(&j, "households", p->p.n_households);
    }
    jwrite_str(&j, "hash", str_of(p->hash));
    jwrite_close(&j, '}');
    jwrite_close(&j, '}');
}

static void put_count(struct jwrite *j, const char *key, const struct simulations_count *c)
{
    jwrite_open(j, key, '{');
    put(j, "households", c->households, c->hides_households);
    put(j, "served_old", c->served_old, c->hides_served);
    put(j, "served_new", c->served_new, c->hides_served);
    put(j, "gain", c->gain, c->hides_moves);
    put(j, "lose", c->lose, c->hides_moves);
    put(j, "same", c->same, c->hides_moves);
    put(j, "enter", c->enter, c->hides_moves);
    put(j, "leave", c->leave, c->hides_moves);
    put(j, "cost_old_cents", c->cost_old, c->hides_money);
    put(j, "cost_new_cents", c->cost_new, c->hides_money);
}

static void put_places(struct jwrite *j, const struct simulations_population *p, const struct simulations_result *r)
{
    jwrite_open(j, "zones", '[');
    for (int i = 0; i < p->n_zones; i++) {
        put_count(j, NULL, &r->zones[i]);
        jwrite_str(j, "name", p->zones[i]);
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
    jwrite_open(j, "comuni", '[');
    for (int i = 0; i < p->n_places; i++) {
        put_count(j, NULL, &r->places[i]);
        jwrite_str(j, "name", p->places[i]);
        jwrite_str_or_null(j, "istat", p->place_codes[i]);
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
}

static void put_curves(struct jwrite *j, const struct simulations_result *r)
{
    jwrite_open(j, "examples", '[');
    for (int e = 0; e < SIMULATIONS_EXAMPLES; e++) {
        jwrite_open(j, NULL, '{');
        jwrite_str(j, "who", str_of(example_names[e]));
        jwrite_open(j, "along_isee", '[');
        for (int i = 0; i < SIMULATIONS_POINTS; i++) {
            jwrite_open(j, NULL, '{');
            jwrite_int(j, "isee_cents", (int64_t)i * SIMULATIONS_STEP);
            jwrite_int(j, "old_cents", r->curves[e].old_year[i]);
            jwrite_int(j, "new_cents", r->curves[e].new_year[i]);
            jwrite_int(j, "old_rate_bp", r->curves[e].old_rate[i]);
            jwrite_int(j, "new_rate_bp", r->curves[e].new_rate[i]);
            jwrite_close(j, '}');
        }
        jwrite_close(j, ']');
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
    jwrite_open(j, "jumps", '[');
    for (int i = 0; i < r->n_jumps; i++) {
        const struct simulations_jump *const x = &r->jumps[i];

        jwrite_open(j, NULL, '{');
        jwrite_str(j, "text", x->is_old ? STR("old") : STR("new"));
        jwrite_str(j, "who", str_of(example_names[x->who]));
        jwrite_int(j, "after_isee_cents", x->at);
        jwrite_int(j, "before_cents", x->before);
        jwrite_int(j, "after_cents", x->after);
        put(j, "households_near", x->n_near, x->n_near < 0);
        jwrite_close(j, '}');
    }
    jwrite_close(j, ']');
}

static void put_list(struct jwrite *j, const struct simulations_list *l)
{
    jwrite_open(j, "ranking", '{');
    put(j, "asking", l->n_asking, l->hides);
    put(j, "served", l->n_served, l->hides);
    put(j, "waiting", l->n_waiting, l->hides);
    put(j, "tied_at_the_cut", l->n_tied, l->hides || (l->n_tied > 0 && l->n_tied < SIMULATIONS_LEAST));
    put(j, "spent_cents", l->spent, l->hides);
    put(j, "last_isee_cents", l->last_isee, l->hides);
    jwrite_close(j, '}');
}

void simulations_put_figures(struct buf *b, const struct simulations_population *p, const struct simulations_result *r)
{
    struct jwrite j = jwrite_to(b);

    jwrite_open(&j, NULL, '{');
    jwrite_str(&j, "isee", rules_fact_at(p->facts, r->isee)->name);
    put_count(&j, "all", &r->all);
    jwrite_close(&j, '}');
    put(&j, "to_check_old", r->n_to_check_old, r->n_to_check_old > 0 && r->n_to_check_old < SIMULATIONS_LEAST);
    put(&j, "to_check_new", r->n_to_check_new, r->n_to_check_new > 0 && r->n_to_check_new < SIMULATIONS_LEAST);
    put(&j, "without_isee", r->n_no_isee, r->n_no_isee > 0 && r->n_no_isee < SIMULATIONS_LEAST);
    put(&j, "not_reckoned", r->n_errors, r->n_errors > 0 && r->n_errors < SIMULATIONS_LEAST);
    put(&j, "mean_gain_cents", r->mean_gain, r->hides_mean_gain);
    put(&j, "mean_loss_cents", r->mean_loss, r->hides_mean_loss);
    jwrite_open(&j, "kinds", '[');
    for (int k = 0; k < SIMULATIONS_KINDS; k++) {
        put_count(&j, NULL, &r->kinds[k]);
        jwrite_str(&j, "kind", str_of(kind_names[k]));
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    jwrite_open(&j, "fifths", '[');
    for (int q = 0; q < 5; q++) {
        put_count(&j, NULL, &r->quintiles[q]);
        jwrite_int(&j, "to_isee_cents", r->quintile_to[q]);
        jwrite_close(&j, '}');
    }
    jwrite_close(&j, ']');
    put_places(&j, p, r);
    put_curves(&j, r);
    put_list(&j, &r->list);
    jwrite_close(&j, '}');
}

struct str simulations_json(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                            const struct simulations_result *r)
{
    struct buf b = buf_new(mem, 256 * 1024);

    buf_fmt(&b, "{\"format\":\"wecare simulation 1\",\n\"hash\":\"%s\",\n\"result_hash\":\"%s\",\n\"asked\":", r->hash, r->result_hash);
    simulations_put_asked(&b, p, o);
    buf_z(&b, ",\n\"result\":");
    simulations_put_figures(&b, p, r);
    buf_z(&b, "}\n");
    return buf_view(&b);
}

/* ---- read again ---- */

static struct str text_of(struct arena *mem, const json_t *j, const char *key)
{
    const json_t *const v = json_object_get(j, key);

    return json_is_string(v) ? str_copy(mem, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

static bool take_saved(struct arena *mem, const json_t *j, struct simulations_saved *out, struct str *why)
{
    const json_t *const asked = json_object_get(j, "asked"), *const people = json_object_get(asked, "population");
    const struct str rank = text_of(mem, asked, "rank");
    struct str seed = text_of(mem, people, "seed");
    struct simulations_choice *const o = &out->choice;

    *why = STR("this is no saved simulation");
    if (!str_eq_z(text_of(mem, j, "format"), "wecare simulation 1") || !json_is_object(asked) || !json_is_object(people))
        return false;
    o->old_text = text_of(mem, asked, "old_text");
    o->new_text = text_of(mem, asked, "new_text");
    o->is_paid = json_is_true(json_object_get(asked, "is_paid"));
    o->budget_cents = json_integer_value(json_object_get(asked, "budget_cents"));
    o->rank_fact = text_of(mem, asked, "rank_fact");
    for (int i = 0; i < ARRAY_LEN(ranks); i++)
        if (str_eq_z(rank, ranks[i]))
            o->rank = (enum simulations_rank)i;
    out->is_synthetic = json_is_true(json_object_get(people, "is_synthetic"));
    out->n = json_integer_value(json_object_get(people, "households"));
    for (size_t i = 0; i < seed.n; i++) {
        if (seed.p[i] < '0' || seed.p[i] > '9' || seed.n > 20)
            return false;
        out->seed = out->seed * 10 + (uint64_t)(seed.p[i] - '0');
    }
    out->population_hash = text_of(mem, people, "hash");
    out->hash = text_of(mem, j, "hash");
    out->result_hash = text_of(mem, j, "result_hash");
    if (o->budget_cents < 0 || o->old_text.n > RULES_MAX_TEXT || o->new_text.n > RULES_MAX_TEXT)
        return false;
    *why = STR("the population of the saved simulation has too many households or none");
    return !out->is_synthetic || (out->n >= 1 && out->n <= SIMULATIONS_MOST);
}

enum status simulations_saved_read(struct arena *mem, struct str json, struct simulations_saved *out, struct str *why)
{
    json_error_t e;
    json_t *const j = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &e);

    *out = (struct simulations_saved){0};
    if (j == NULL) {
        *why = str_fmt(mem, "line %d: %s", e.line, e.text);
        return ST_INVALID;
    }
    const bool is_read = take_saved(mem, j, out, why);

    json_decref(j);
    return is_read ? ST_OK : ST_INVALID;
}
