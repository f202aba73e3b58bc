/* simulations_form.c - the form as it was filled in: measures, numbers of the text, population, budget. */
#include "base/date.h"
#include "base/macros.h"
#include "base/tables.h"
#include "base/text.h"
#include "simulations_asked.h"

static struct str words_with(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

/* "Assegno di inclusione (dal 1 gennaio 2026)". */
static struct str label_of(struct ctx *c, const struct rules *r)
{
    const struct str name = rules_name(r);
    int from, to;

    rules_validity(r, &from, &to);
    if (from == DAY_NONE)
        return name;
    const struct str since = words_with(c, "simulations.since", "day", text_day(c->mem, c->lang, from));

    return str_fmt(c->mem, "%.*s (%.*s)", (int)name.n, name.p, (int)since.n, since.p);
}

static struct str address_of(struct ctx *c, const struct rules *r)
{
    const struct str code = rules_code(r);
    int from, to;

    rules_validity(r, &from, &to);
    return from == DAY_NONE ? code : str_fmt(c->mem, "%.*s@%d", (int)code.n, code.p, from);
}

/* Those that say what somebody gets or pays: what only reckons an indicator has no old and new. */
static enum status fill_measures(struct ctx *c, const struct simulations_asked *a, struct simulations_view *v)
{
    const int n = rules_shelf_n(a->shelf), n_samples = rules_shelf_n_samples(a->shelf);
    struct regulation *bodies;
    int n_bodies = 0;
    const enum status st = regulations_list(c, &(struct regulations_find){.on = c->today}, &bodies, &n_bodies);

    if (st != ST_OK)
        return st;
    v->measures = ARENA_ARRAY(c->mem, struct simulations_option, (size_t)(n + n_samples + n_bodies) + 1);
    for (int i = 0; i < n + n_samples; i++) {
        const struct rules *const r = i < n ? rules_shelf_at(a->shelf, i) : rules_shelf_sample_at(a->shelf, i - n);
        struct simulations_option *const o = &v->measures[v->n_measures];

        *o = (struct simulations_option){.value = address_of(c, r), .label = label_of(c, r)};
        o->is_chosen = str_eq(o->value, a->measure);
        if (i >= n)
            o->label = words_with(c, "simulations.sample", "name", o->label);
        v->n_measures++;
    }
    for (int i = 0; i < n_bodies; i++) {
        struct simulations_option *const o = &v->measures[v->n_measures++];

        o->value = str_fmt(c->mem, "regolamento:%.*s", (int)bodies[i].slug.n, bodies[i].slug.p);
        o->label = str_fmt(c->mem, "%.*s: %.*s", (int)bodies[i].body.n, bodies[i].body.p, (int)bodies[i].title.n, bodies[i].title.p);
        o->is_chosen = str_eq(o->value, a->measure);
        if (bodies[i].is_invented)
            o->label = words_with(c, "simulations.invented", "name", o->label);
    }
    return ST_OK;
}

static void fill_fields(struct ctx *c, const struct simulations_asked *a, struct simulations_view *v)
{
    v->fields = ARENA_ARRAY(c->mem, struct simulations_field, SIMULATIONS_MOST_FIELDS);
    v->movable = ARENA_ARRAY(c->mem, struct simulations_option, SIMULATIONS_MOST_FIELDS);
    for (int i = 0; i < a->n_parts && i < SIMULATIONS_MOST_FIELDS; i++) {
        const struct rules_part *const p = &a->parts[i];

        if (p->kind != RULES_PART_PARAMETER || p->typed.n == 0)
            continue;
        const struct simulations_field f = {.field = str_fmt(c->mem, "p-%.*s", (int)p->name.n, p->name.p), .words = p->words,
                                            .name = p->name, .typed = a->field_errors[i].n > 0 ? a->field_typed[i] : p->typed, .unit = p->unit, .source = p->source.text, .error = a->field_errors[i]};

        v->movable[v->n_movable++] = (struct simulations_option){p->name, p->words, str_eq(p->name, a->slider)};
        if (str_eq(p->name, a->slider))
            v->slider = f;
        else
            v->fields[v->n_fields++] = f;
    }
}

/* A step that people count in: 1, 2, 5, 10, 20, 50... about a hundredth of the whole. */
static int64_t step_of(int64_t whole)
{
    int64_t step = 1;

    while (whole / (step * 100) >= 2) {
        if (whole / (step * 2 * 100) < 2)
            return step * 2;
        if (whole / (step * 5 * 100) < 2)
            return step * 5;
        step *= 10;
    }
    return step;
}

/* From nothing to twice as much, in whole euro or whole numbers. */
static void fill_slider(const struct simulations_asked *a, struct simulations_view *v)
{
    for (int i = 0; i < a->n_parts; i++) {
        const struct rules_part *const p = &a->parts[i];
        struct ratio typed;

        if (!str_eq(p->name, a->slider) || !rules_number_read(p->typed, &typed))
            continue;
        v->slider_now = typed.num / typed.den;
        v->slider_step = step_of(v->slider_now * 2);
        v->slider_least = v->slider_now % v->slider_step; /* the browser moves what is between two steps */
        v->slider_most = v->slider_least + (v->slider_now / v->slider_step * 2 + (v->slider_now < 10 ? 10 : 0)) * v->slider_step;
    }
}

static void fill_choices(struct ctx *c, const struct simulations_asked *a, struct simulations_view *v)
{
    static const char *const sizes[] = {"2000", "20000", "200000"}, *const ranks[] = {"isee", "punti"};
    static const char *const words[] = {"simulations.rank-isee", "simulations.rank-points"};

    v->sizes = ARENA_ARRAY(c->mem, struct simulations_option, ARRAY_LEN(sizes) + 1);
    for (int i = 0; i < ARRAY_LEN(sizes); i++) {
        int64_t n = 0;

        str_to_int(str_of(sizes[i]), &n);
        v->sizes[v->n_sizes++] = (struct simulations_option){str_of(sizes[i]), text_int(c->mem, c->lang, n), n == a->n};
    }
    if (a->n != 2000 && a->n != 20000 && a->n != 200000)
        v->sizes[v->n_sizes++] = (struct simulations_option){str_fmt(c->mem, "%lld", (long long)a->n), text_int(c->mem, c->lang, a->n), true};
    v->ranks = ARENA_ARRAY(c->mem, struct simulations_option, ARRAY_LEN(ranks));
    for (int i = 0; i < ARRAY_LEN(ranks); i++)
        v->ranks[v->n_ranks++] = (struct simulations_option){str_of(ranks[i]), text_get(c->lang, words[i]), (int)a->choice.rank == i};
}

enum status simulations_fill_form(struct web *w, const struct simulations_asked *a, struct simulations_view *v)
{
    struct ctx *const c = web_ctx(w);

    v->measure = a->measure;
    v->measure_name = a->measure_name;
    v->old_text = a->typed_old;
    v->new_text = a->typed_new;
    v->csv = a->csv;
    v->seed = str_fmt(c->mem, "%llu", (unsigned long long)a->seed);
    v->budget = a->budget;
    v->is_paid = a->choice.is_paid;
    v->is_chosen = a->measure.n > 0 || a->typed_old.n > 0;
    v->old_error = a->old_error;
    v->new_error = a->new_error;
    v->csv_error = a->csv_error;
    v->n_mistakes = a->n_mistakes;
    v->mistakes = ARENA_ARRAY(c->mem, struct simulations_mistake, (size_t)a->n_mistakes + 1);
    for (int i = 0; i < a->n_mistakes; i++)
        v->mistakes[i] = a->mistakes[i];
    const enum status st = fill_measures(c, a, v);

    fill_choices(c, a, v);
    fill_fields(c, a, v);
    if (a->slider.n > 0)
        fill_slider(a, v);
    return st;
}
