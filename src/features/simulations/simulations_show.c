/* simulations_show.c - a result as people read it: a sentence, figures, tables. */
#include "base/macros.h"
#include "base/text.h"
#include "simulations_asked.h"

enum { MOST_COMUNI = 40, MOST_FIGURES = 8 };

static const char *const kind_keys[SIMULATIONS_KINDS] = {"simulations.kind-single", "simulations.kind-couple", "simulations.kind-minors",
                                                         "simulations.kind-elders", "simulations.kind-disabled", "simulations.kind-other"};
static const char *const example_keys[SIMULATIONS_EXAMPLES] = {"simulations.example-single", "simulations.example-couple",
                                                               "simulations.example-elder", "simulations.example-disabled"};

struct str simulations_kind_words(struct ctx *c, int kind)
{
    return text_get(c->lang, kind_keys[kind]);
}

struct str simulations_example_words(struct ctx *c, int who)
{
    return text_get(c->lang, example_keys[who]);
}

struct str simulations_euro(struct ctx *c, int64_t cents)
{
    const int64_t euro = cents < 0 ? -((-cents + 50) / 100) : (cents + 50) / 100;
    const struct str n = text_int(c->mem, c->lang, euro);

    return str_fmt(c->mem, "%.*s\u00a0€", (int)n.n, n.p);
}

static struct str number(struct ctx *c, int64_t n, bool is_hidden)
{
    return is_hidden ? STR("–") : text_int(c->mem, c->lang, n);
}

static struct str money(struct ctx *c, int64_t cents, bool is_hidden)
{
    return is_hidden ? STR("–") : simulations_euro(c, cents);
}

/* With its sign: +1.200 €. */
static struct str change(struct ctx *c, int64_t cents, bool is_hidden)
{
    if (is_hidden)
        return STR("–");
    const struct str s = simulations_euro(c, cents);

    return cents > 0 ? str_fmt(c->mem, "+%.*s", (int)s.n, s.p) : s;
}

static struct str fill(struct ctx *c, const char *key, const struct text_arg *args, int n)
{
    return text_fill(c->mem, text_get(c->lang, key), args, n);
}

static struct simulations_row_view row_of(struct ctx *c, struct str name, const struct simulations_count *x)
{
    struct simulations_row_view r = {.name = name,
                                     .households = number(c, x->households, x->hides_households),
                                     .served_old = number(c, x->served_old, x->hides_served),
                                     .served_new = number(c, x->served_new, x->hides_served),
                                     .gain = number(c, x->gain, x->hides_moves),
                                     .lose = number(c, x->lose, x->hides_moves),
                                     .same = number(c, x->same, x->hides_moves),
                                     .cost_old = money(c, x->cost_old, x->hides_money),
                                     .cost_new = money(c, x->cost_new, x->hides_money),
                                     .change = change(c, x->cost_new - x->cost_old, x->hides_money),
                                     .is_hidden = x->hides_moves};

    if (!r.is_hidden && x->households > 0) {
        r.gain_share = (int)(x->gain * 100 / x->households);
        r.lose_share = (int)(x->lose * 100 / x->households);
        r.lose_at = 100 - r.lose_share;
    }
    return r;
}

/* ---- the sentence and the figures ---- */

static void add_figure(struct ctx *c, struct simulations_result_view *v, struct str value, const char *key)
{
    v->figures[v->n_figures++] = (struct simulations_figure){value, text_get(c->lang, key)};
}

static void fill_lead(struct ctx *c, const struct simulations_asked *a, const struct simulations_result *r, struct simulations_result_view *v)
{
    const struct simulations_count *const all = &r->all;
    const bool paid = a->choice.is_paid;
    const struct text_arg args[] = {{"before", number(c, all->served_old, all->hides_served)},
                                    {"after", number(c, all->served_new, all->hides_served)},
                                    {"gain", number(c, all->gain, all->hides_moves)},
                                    {"lose", number(c, all->lose, all->hides_moves)},
                                    {"same", number(c, all->same, all->hides_moves)}};

    v->has_amounts = r->amount_old.n > 0 || r->amount_new.n > 0;
    v->lead = fill(c, all->hides_moves ? "simulations.lead-hidden" : paid ? "simulations.lead-paid" : "simulations.lead", args, ARRAY_LEN(args));
    v->figures = ARENA_ARRAY(c->mem, struct simulations_figure, MOST_FIGURES);
    add_figure(c, v, args[2].value, "simulations.figure-gain");
    add_figure(c, v, args[3].value, "simulations.figure-lose");
    add_figure(c, v, args[4].value, "simulations.figure-same");
    if (!v->has_amounts)
        return;
    add_figure(c, v, change(c, all->cost_new - all->cost_old, all->hides_money), paid ? "simulations.figure-paid" : "simulations.figure-cost");
    add_figure(c, v, money(c, r->mean_gain, r->hides_mean_gain), "simulations.figure-mean-gain");
    add_figure(c, v, money(c, r->mean_loss, r->hides_mean_loss), "simulations.figure-mean-loss");
}

/* ---- tables ---- */

static struct simulations_table_view *add_table(struct ctx *c, struct simulations_result_view *v, const char *id, const char *title,
                                                const char *first, int n)
{
    struct simulations_table_view *const t = &v->tables[v->n_tables++];

    *t = (struct simulations_table_view){.id = str_of(id), .title = text_get(c->lang, title), .first = text_get(c->lang, first),
                                         .rows = ARENA_ARRAY(c->mem, struct simulations_row_view, (size_t)n + 1)};
    return t;
}

static void add_row(struct ctx *c, struct simulations_result_view *v, struct simulations_table_view *t, struct str name,
                    const struct simulations_count *x)
{
    if (x->households == 0)
        return;
    t->rows[t->n_rows++] = row_of(c, name, x);
    v->hides |= x->hides_moves;
}

/* Comuni where most happens come first; the rest is in the files. */
static void add_comuni(struct ctx *c, const struct simulations_result *r, const struct simulations_population *p, struct simulations_result_view *v)
{
    struct simulations_table_view *const t = add_table(c, v, "comuni", "simulations.by-comune", "simulations.col-comune", MOST_COMUNI);
    bool *const taken = ARENA_ARRAY(c->mem, bool, (size_t)p->n_places + 1);
    int n = 0;

    for (int i = 0; i < p->n_places; i++)
        n += r->places[i].households > 0;
    for (int k = 0; k < n && k < MOST_COMUNI; k++) {
        int best = -1;

        for (int i = 0; i < p->n_places; i++) {
            const struct simulations_count *const x = &r->places[i];

            if (taken[i] || x->households == 0)
                continue;
            if (best < 0 || (x->hides_moves != r->places[best].hides_moves ? !x->hides_moves : x->households > r->places[best].households))
                best = i;
        }
        taken[best] = true;
        add_row(c, v, t, p->places[best].n > 0 ? p->places[best] : text_get(c->lang, "simulations.nowhere"), &r->places[best]);
    }
    t->n_more = n - t->n_rows;
}

static void fill_tables(struct ctx *c, const struct simulations_result *r, const struct simulations_population *p, struct simulations_result_view *v)
{
    struct simulations_table_view *t;

    v->tables = ARENA_ARRAY(c->mem, struct simulations_table_view, 5);
    t = add_table(c, v, "famiglie", "simulations.by-kind", "simulations.col-kind", SIMULATIONS_KINDS + 1);
    for (int k = 0; k < SIMULATIONS_KINDS; k++)
        add_row(c, v, t, simulations_kind_words(c, k), &r->kinds[k]);
    add_row(c, v, t, text_get(c->lang, "simulations.all"), &r->all);
    t = add_table(c, v, "quinti", "simulations.by-fifth", "simulations.col-fifth", 5);
    for (int q = 0; q < 5; q++) {
        const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, q + 1)}, {"to", simulations_euro(c, r->quintile_to[q])}};

        add_row(c, v, t, fill(c, "simulations.fifth", args, 2), &r->quintiles[q]);
    }
    t = add_table(c, v, "zone", "simulations.by-zone", "simulations.col-zone", p->n_zones);
    for (int i = 0; i < p->n_zones; i++)
        add_row(c, v, t, p->zones[i].n > 0 ? p->zones[i] : text_get(c->lang, "simulations.nowhere"), &r->zones[i]);
    add_comuni(c, r, p, v);
}

/* ---- what changed in the text ---- */

static void fill_changes(struct ctx *c, const struct simulations_asked *a, struct simulations_result_view *v)
{
    static const char *const hows[] = {"simulations.changed", "simulations.added", "simulations.taken-away"};
    struct simulations_difference *list;
    const struct rules *x, *y;
    struct rules_error e;

    if (rules_parse(c->mem, a->facts, a->choice.old_text, &x, &e) != ST_OK || rules_parse(c->mem, a->facts, a->choice.new_text, &y, &e) != ST_OK)
        return;
    simulations_differences(c->mem, x, a->choice.old_text, y, a->choice.new_text, &list, &v->n_changes);
    v->changes = ARENA_ARRAY(c->mem, struct simulations_change_view, (size_t)v->n_changes + 1);
    for (int i = 0; i < v->n_changes; i++)
        v->changes[i] = (struct simulations_change_view){text_get(c->lang, hows[list[i].how]), list[i].words, list[i].before, list[i].after};
}

/* ---- with a budget ---- */

static void fill_list(struct ctx *c, const struct simulations_asked *a, const struct simulations_result *r, struct simulations_result_view *v)
{
    const struct simulations_list *const l = &r->list;
    const struct text_arg args[] = {{"budget", simulations_euro(c, a->choice.budget_cents)}, {"served", number(c, l->n_served, l->hides)},
                                    {"waiting", number(c, l->n_waiting, l->hides)},          {"spent", money(c, l->spent, l->hides)},
                                    {"isee", simulations_euro(c, l->last_isee)},             {"points", text_int(c->mem, c->lang, l->last_rank / RULES_DEN)},
                                    {"tied", number(c, l->n_tied, l->n_tied > 0 && l->n_tied < SIMULATIONS_LEAST)}};

    if (a->choice.budget_cents <= 0)
        return;
    v->list = fill(c, l->hides ? "simulations.list-hidden" : l->n_waiting == 0 ? "simulations.list-enough" : "simulations.list", args, ARRAY_LEN(args));
    if (!l->hides && l->n_waiting > 0 && l->n_served > 0)
        v->list_more = fill(c, a->choice.rank == SIMULATIONS_BY_POINTS ? "simulations.list-points" : "simulations.list-isee", args, ARRAY_LEN(args));
}

static void fill_jumps(struct ctx *c, const struct simulations_result *r, struct simulations_result_view *v)
{
    v->jumps = ARENA_ARRAY(c->mem, struct simulations_jump_view, SIMULATIONS_JUMPS);
    for (int i = 0; i < r->n_jumps; i++) {
        const struct simulations_jump *const j = &r->jumps[i];
        struct simulations_jump_view *const x = &v->jumps[v->n_jumps++];
        const struct str cents = text_decimal(c->mem, c->lang, (double)j->at / 100, 2);

        x->text = text_get(c->lang, j->is_old ? "simulations.before" : "simulations.after");
        x->who = simulations_example_words(c, j->who);
        x->at = str_fmt(c->mem, "%.*s\u00a0€", (int)cents.n, cents.p);
        x->before = simulations_euro(c, j->before);
        x->after = simulations_euro(c, j->after);
        x->size = change(c, j->after - j->before, false);
        x->near = number(c, j->n_near, j->n_near < 0);
    }
}

void simulations_fill_result(struct web *w, const struct simulations_asked *a, const struct simulations_result *r,
                             const struct simulations_population *p, struct simulations_result_view *v)
{
    struct ctx *const c = web_ctx(w);
    const struct text_arg people[] = {{"n", text_int(c->mem, c->lang, p->p.n_households)},
                                      {"persons", text_int(c->mem, c->lang, p->p.n_members)},
                                      {"seed", str_fmt(c->mem, "%llu", (unsigned long long)p->seed)}};

    v->hash = str_of(r->hash);
    v->result_hash = str_of(r->result_hash);
    v->people = fill(c, p->is_synthetic ? "simulations.people-synthetic" : "simulations.people-csv", people, 3);
    fill_lead(c, a, r, v);
    fill_changes(c, a, v);
    fill_tables(c, r, p, v);
    fill_list(c, a, r, v);
    fill_jumps(c, r, v);
    simulations_fill_curves(w, r, v);
    if (a->has_saved) {
        v->is_saved_same = str_eq_z(a->saved.hash, r->hash) && str_eq_z(a->saved.result_hash, r->result_hash);
        v->saved = text_get(c->lang, v->is_saved_same ? "simulations.saved-same" : "simulations.saved-other");
    }
}
