/* regulations_edit_page.c - the form of a regulation: shown with what was typed, what is wrong, what it makes. */
#include "regulations_edit_page.h"
#include "base/macros.h"
#include "regulations_compare.h"
#include "regulations_pages.h"

enum { LEAST_BANDS = 3, LEAST_EXAMPLES = 2, N_HOUSES = 3, MOST_MODELS = 40 };

static struct str text(struct ctx *c, const char *key)
{
    return text_get(c->lang, key);
}

static struct str problem_words(struct ctx *c, const struct problem *p)
{
    return p == NULL ? STR("") : text_fill(c->mem, text(c, p->key), &(struct text_arg){"value", p->value}, 1);
}

static struct str problem_of(struct ctx *c, const char *field)
{
    return problem_words(c, problems_of(&c->problems, field));
}

static void put_options(struct ctx *c, const struct form_shape *s, struct str value, struct regulations_field_view *out)
{
    static const struct {
        const char *value, *key;
    } words[] = {{"isee_ord", "regulations.choice-isee-ord"}, {"isee_soc", "regulations.choice-isee-soc"},
                 {"isee_min", "regulations.choice-isee-min"}, {"ora", "regulations.per-ora"},
                 {"giorno", "regulations.per-giorno"},        {"pasto", "regulations.per-pasto"},
                 {"mese", "regulations.per-mese"},            {"compreso", "regulations.choice-compreso"},
                 {"escluso", "regulations.choice-escluso"},
                 {"piano", "regulations.choice-piano"},       {"tetto", "regulations.choice-tetto"},
                 {"scala", "regulations.choice-scala"},       {"sociale", "regulations.choice-sociale"}};

    out->options = ARENA_ARRAY(c->mem, struct regulations_option, (size_t)s->n_choices);
    for (int i = 0; i < s->n_choices; i++)
        for (int k = 0; k < ARRAY_LEN(words); k++)
            if (str_eq_z(str_of(s->choices[i]), words[k].value))
                out->options[out->n_options++] = (struct regulations_option){str_of(s->choices[i]), text(c, words[k].key),
                                                                             str_eq_z(value, s->choices[i])};
}

static void put_fields(struct ctx *c, const struct regulations_form *f, struct regulations_edit_view *v)
{
    v->fields = ARENA_ARRAY(c->mem, struct regulations_field_view, FORM_FIELD_COUNT);
    for (int i = 0; i < FORM_FIELD_COUNT; i++) {
        const struct form_shape *const s = regulations_form_shape((enum form_field)i);

        if (!regulations_form_asks((enum form_field)i, f->pattern))
            continue;
        struct regulations_field_view *const x = &v->fields[v->n_fields++];

        *x = (struct regulations_field_view){.name = str_of(s->name),
                                             .label = text(c, s->label),
                                             .value = f->values[i],
                                             .error = problem_of(c, s->name),
                                             .is_choice = s->type == FORM_CHOICE,
                                             .is_day = s->type == FORM_DAY,
                                             .is_number = s->type == FORM_MONEY || s->type == FORM_PERCENT};
        if (s->hint != NULL)
            x->hint = text(c, s->hint);
        if (x->is_choice)
            put_options(c, s, f->values[i], x);
    }
}

static void put_bands(struct ctx *c, const struct regulations_form *f, struct regulations_edit_view *v)
{
    const int n = f->n_bands < LEAST_BANDS ? LEAST_BANDS : f->n_bands;

    v->is_plan = f->pattern == PATTERN_PLAN;
    v->has_bands = v->is_plan || f->pattern == PATTERN_BANDS || f->pattern == PATTERN_FEES || f->pattern == PATTERN_GRANTS;
    if (!v->has_bands)
        return;
    v->bands_hint = text(c, v->is_plan ? "regulations.ceilings-hint" : "regulations.bands-hint");
    v->bands_label = text(c, v->is_plan                      ? "regulations.band-ceiling"
                             : f->pattern == PATTERN_BANDS ? "regulations.band-percent"
                                                           : "regulations.band-euro");
    v->bands = ARENA_ARRAY(c->mem, struct regulations_band_view, (size_t)n);
    for (; v->n_bands < n; v->n_bands++) {
        const struct form_band *const b = &f->bands[v->n_bands];
        const struct str no = str_fmt(c->mem, "%d", v->n_bands + 1);

        v->bands[v->n_bands] = (struct regulations_band_view){.no = no, .from = b->from, .to = b->to, .value = b->value,
                                                              .is_to_out = b->is_to_out,
                                                              .error = problem_of(c, str_fmt(c->mem, "fascia-%.*s", (int)no.n, no.p).p)};
    }
}

/* The questions of a scale with their points, the services of a plan with their prices. */
static void put_plan(struct ctx *c, const struct regulations_form *f, struct regulations_edit_view *v)
{
    const struct rules_facts *const facts = regulations_facts(c);

    v->items = ARENA_ARRAY(c->mem, struct regulations_item_view, PLAN_ITEMS);
    v->prices = ARENA_ARRAY(c->mem, struct regulations_field_view, PLAN_SERVICES);
    for (int i = 0; f->pattern == PATTERN_PLAN && i < PLAN_ITEMS; i++) {
        const int fact = rules_fact_find(facts, str_of(regulations_items[i]));
        const struct str no = str_fmt(c->mem, "%d", i + 1);

        if (fact < 0)
            continue;
        const struct rules_fact *const x = rules_fact_at(facts, fact);

        v->items[v->n_items++] = (struct regulations_item_view){
            .no = no, .label = x->label,
            .some_label = regulations_plan_answer(c, NULL, fact, x->codes[1]),
            .all_label = regulations_plan_answer(c, NULL, fact, x->codes[2]), .some = f->points[i].some, .all = f->points[i].all,
            .error = problem_of(c, str_fmt(c->mem, "voce-%d", i + 1).p)};
    }
    for (int i = 0; f->pattern == PATTERN_PLAN && i < PLAN_SERVICES; i++) {
        const char *const name = str_fmt(c->mem, "prezzo-%d", i + 1).p;

        v->prices[v->n_prices++] = (struct regulations_field_view){
            .name = str_of(name), .label = text(c, regulations_services[i].label), .value = f->prices[i], .error = problem_of(c, name)};
    }
}

static void put_examples(struct ctx *c, const struct regulations_form *f, struct regulations_edit_view *v)
{
    const int n = f->n_examples < LEAST_EXAMPLES ? LEAST_EXAMPLES : f->n_examples;

    v->examples = ARENA_ARRAY(c->mem, struct regulations_example_view, (size_t)n);
    for (; v->n_examples < n; v->n_examples++) {
        const struct form_example *const e = &f->examples[v->n_examples];
        const struct str no = str_fmt(c->mem, "%d", v->n_examples + 1);

        v->examples[v->n_examples] =
            (struct regulations_example_view){.no = no, .isee = e->isee, .children = e->children, .times = e->times, .wanted = e->wanted,
                                              .cost = e->cost, .is_some = str_eq_z(e->answers, "poco"),
                                              .error = problem_of(c, str_fmt(c->mem, "esempio-%.*s", (int)no.n, no.p).p)};
    }
}

static void put_patterns(struct ctx *c, const struct regulations_form *f, struct regulations_edit_view *v)
{
    static const char *const keys[PATTERN_COUNT] = {
        NULL,                           "regulations.pattern-exempt",       "regulations.pattern-bands", "regulations.pattern-fees",
        "regulations.pattern-linear",   "regulations.pattern-proportional", "regulations.pattern-cap",   "regulations.pattern-children",
        "regulations.pattern-top-up",   "regulations.pattern-flat",         "regulations.pattern-grants",
        "regulations.pattern-plan"};

    v->patterns = ARENA_ARRAY(c->mem, struct regulations_option, PATTERN_COUNT);
    for (int p = 1; p < PATTERN_COUNT; p++)
        if (regulations_pattern_fits((enum regulations_pattern)p, f->kind))
            v->patterns[v->n_patterns++] = (struct regulations_option){str_of(regulations_pattern_name((enum regulations_pattern)p)),
                                                                       text(c, keys[p]), p == (int)f->pattern};
}

/* What three households pay or get, the curve, the jumps. */
static enum status put_preview(struct ctx *c, const struct regulations_draft *d, struct regulations_edit_view *v)
{
    static const struct {
        const char *key;
        struct regulations_asked a;
    } houses[N_HOUSES] = {{"regulations.house-alone", {500000, 80, 1, 0, 20}},
                          {"regulations.house-couple", {1500000, 72, 2, 0, 20}},
                          {"regulations.house-family", {3000000, 38, 2, 2, 20}}};
    struct regulation r = {.kind = d->form.kind, .text = v->made, .body = v->body};
    struct regulations_figure f;

    v->houses = ARENA_ARRAY(c->mem, struct regulations_house_view, N_HOUSES);
    for (int i = 0; i < N_HOUSES; i++) {
        const enum status st = regulations_figure_of(c, &r, d->rules, &houses[i].a, &f);

        if (st != ST_OK)
            return st;
        const struct text_arg args[] = {{"sum", regulations_euro(c, f.cents)}, {"per", regulations_per_words(c, f.per)}};

        v->houses[v->n_houses++] = (struct regulations_house_view){
            text(c, houses[i].key), regulations_euro(c, houses[i].a.isee_cents),
            f.is_known ? text_fill(c->mem, text(c, "regulations.sum-per"), args, ARRAY_LEN(args)) : text(c, "regulations.not-known")};
    }
    regulations_jump_words(c, &f, &v->jumps, &v->n_jumps);
    regulations_draw(c, &f, 1, &v->chart);
    v->chart.title = text_fill(c->mem, text(c, regulations_gives(r.kind) ? "regulations.chart-gets" : "regulations.chart-pays"),
                               &(struct text_arg){"kind", v->kind_words}, 1);
    v->chart.finding = text(c, "regulations.preview-finding");
    v->is_previewed = true;
    return ST_OK;
}

/* Where a text is wrong, with the line itself. */
static void put_text_error(struct ctx *c, const struct regulations_draft *d, struct regulations_edit_view *v)
{
    struct str rest = d->text, line = STR("");

    if (d->error.key == NULL)
        return;
    v->error = text_fill(c->mem, text(c, d->error.key), &(struct text_arg){"value", d->error.value}, 1);
    if (d->error.line == 0 || !d->is_text)
        return;
    for (int i = 0; i < d->error.line; i++)
        line = str_cut(&rest, '\n');
    const struct text_arg args[] = {{"line", text_int(c->mem, c->lang, d->error.line)},
                                    {"column", text_int(c->mem, c->lang, d->error.column)},
                                    {"words", str_trim(line)}};

    v->at_line = text_fill(c->mem, text(c, "regulations.at-line"), args, ARRAY_LEN(args));
}

static void put_errors(struct ctx *c, struct regulations_edit_view *v)
{
    v->errors = ARENA_ARRAY(c->mem, struct regulations_step_view, (size_t)c->problems.n);
    for (int i = 0; i < c->problems.n; i++) {
        const struct problem *const p = &c->problems.list[i];

        if (p->field[0] == '\0')
            v->error = problem_words(c, p);
        else
            v->errors[v->n_errors++] = (struct regulations_step_view){problem_words(c, p)};
    }
}

/* Regulations of other bodies that a new one may begin with. */
static enum status put_models(struct ctx *c, const struct links_link *k, enum regulation_kind kind, struct regulations_edit_view *v)
{
    struct regulation *list;
    int n = 0;
    const enum status st = regulations_list(c, &(struct regulations_find){.kind = kind, .on = DAY_NONE}, &list, &n);

    if (st != ST_OK)
        return st;
    v->models = ARENA_ARRAY(c->mem, struct regulations_option, (size_t)n + 1);
    for (int i = 0; i < n && v->n_models < MOST_MODELS; i++)
        if (list[i].organisation_id != k->organisation_id)
            v->models[v->n_models++] = (struct regulations_option){
                .value = str_fmt(c->mem, "/regolamenti/mio?da=%.*s", (int)list[i].slug.n, list[i].slug.p),
                .label = str_fmt(c->mem, "%.*s · %.*s", (int)list[i].body.n, list[i].body.p, (int)list[i].title.n, list[i].title.p)};
    return ST_OK;
}

enum status regulations_show_form(struct web *w, const struct links_link *k, const struct regulations_draft *d)
{
    struct ctx *c = web_ctx(w);
    struct regulations_edit_view v = {.frame = frame_new(w, text(c, "regulations.edit-title")),
                                      .body = k->name,
                                      .kind = str_of(regulations_kind_name(d->form.kind)),
                                      .kind_words = regulations_kind_words(c, d->form.kind),
                                      .slug = d->slug,
                                      .version = d->version,
                                      .was_invented = d->was_invented,
                                      .is_text = d->is_text,
                                      .text = d->text};
    enum status st = ST_OK;

    put_errors(c, &v);
    put_text_error(c, d, &v);
    if (d->is_clash)
        v.clash = d->theirs;
    put_patterns(c, &d->form, &v);
    if (d->slug.n == 0)
        st = put_models(c, k, d->form.kind, &v);
    if (!d->is_text) {
        put_fields(c, &d->form, &v);
        put_bands(c, &d->form, &v);
        put_plan(c, &d->form, &v);
        put_examples(c, &d->form, &v);
    }
    if (st == ST_OK && d->is_previewed) {
        v.made = d->is_text ? d->text : regulations_form_text(c, &d->form).text;
        st = put_preview(c, d, &v);
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text(c, "regulations.title"), STR("/regolamenti"));
    frame_crumb(w, v.frame, text(c, "regulations.own-title"), STR("/regolamenti/mio"));
    return st == ST_OK ? html_regulations_edit(w, &v) : st;
}
