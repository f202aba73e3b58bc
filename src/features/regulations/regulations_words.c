/* regulations_words.c - figures of a regulation as people read them. */
#include "base/date.h"
#include "base/macros.h"
#include "regulations_figures.h"
#include "regulations_form.h"

static struct str fill(struct ctx *c, const char *key, const struct text_arg *args, int n)
{
    return text_fill(c->mem, text_get(c->lang, key), args, n);
}

struct str regulations_euro(struct ctx *c, int64_t cents)
{
    const int64_t size = cents < 0 ? -cents : cents;
    const struct str whole = text_int(c->mem, c->lang, size / 100);
    const char *const mark = c->lang == LANG_IT ? "," : ".";

    if (size % 100 == 0)
        return str_fmt(c->mem, "%s%.*s €", cents < 0 ? "-" : "", (int)whole.n, whole.p);
    return str_fmt(c->mem, "%s%.*s%s%02d €", cents < 0 ? "-" : "", (int)whole.n, whole.p, mark, (int)(size % 100));
}

struct str regulations_per_words(struct ctx *c, struct str per)
{
    static const struct {
        const char *per, *key;
    } known[] = {{"ora", "regulations.per-ora"}, {"giorno", "regulations.per-giorno"}, {"pasto", "regulations.per-pasto"},
                 {"mese", "regulations.per-mese"}};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(per, known[i].per))
            return text_get(c->lang, known[i].key);
    return per;
}

static const char *const pattern_keys[PATTERN_COUNT] = {
    "regulations.pattern-own",  "regulations.pattern-exempt",       "regulations.pattern-bands", "regulations.pattern-fees",
    "regulations.pattern-linear", "regulations.pattern-proportional", "regulations.pattern-cap",   "regulations.pattern-children",
    "regulations.pattern-top-up", "regulations.pattern-flat",         "regulations.pattern-grants", "regulations.pattern-plan"};

struct str regulations_pattern_words(struct ctx *c, const struct regulation *r)
{
    struct regulations_form f;

    return text_get(c->lang, pattern_keys[regulations_form_back(c, r->kind, r->text, &f) ? f.pattern : 0]);
}

struct str regulations_parameter_words(struct ctx *c, const struct rules_parameter *p)
{
    const double v = (double)p->value.number.num / (double)p->value.number.den;
    const bool is_share = str_starts(p->name, STR("parte")) || str_starts(p->name, STR("riduzione")) || str_starts(p->name, STR("percentuale"));

    if (p->value.type == RULES_MONEY)
        return regulations_euro(c, ratio_round(p->value.number));
    if (p->value.type == RULES_BOOL)
        return text_get(c->lang, p->value.number.num != 0 ? "regulations.yes" : "regulations.no");
    if (p->value.type == RULES_CODE)
        return p->value.code;
    const double shown = is_share ? v * 100 : v;
    const bool is_whole = shown == (double)(int64_t)shown;
    const struct str s = text_decimal(c->mem, c->lang, shown, is_whole ? 0 : 2);

    return is_share ? str_fmt(c->mem, "%.*s %%", (int)s.n, s.p) : s;
}

struct str regulations_isee_words(struct ctx *c, const struct regulations_curve *curve)
{
    return curve->isee < 0 ? text_get(c->lang, "regulations.no-isee") : rules_fact_at(regulations_facts(c), curve->isee)->label;
}

static void add(struct regulations_step_view *list, int *n, struct str words)
{
    list[(*n)++] = (struct regulations_step_view){words};
}

void regulations_jump_words(struct ctx *c, const struct regulations_figure *f, struct regulations_step_view **out, int *n_out)
{
    const struct regulations_curve *const v = &f->curve;

    *out = ARENA_ARRAY(c->mem, struct regulations_step_view, (size_t)v->n_jumps);
    *n_out = 0;
    for (int i = 0; i < v->n_jumps; i++) {
        const struct rules_jump *const j = &v->jumps[i];
        /* "lower than 6.400" ends one cent before the round sum: the new amount begins there. */
        const bool is_from = (j->at_cents + 1) % 100 == 0;
        const struct text_arg args[] = {
            {"isee", regulations_euro(c, is_from ? j->at_cents + 1 : j->at_cents)},
            {"before", regulations_euro(c, j->before_cents)},
            {"after", regulations_euro(c, j->after_cents)},
            {"jump", regulations_euro(c, j->after_cents > j->before_cents ? j->after_cents - j->before_cents : j->before_cents - j->after_cents)},
            {"per", regulations_per_words(c, f->per)}};

        if (j->at_cents < REGULATIONS_TO_CENTS)
            add(*out, n_out, fill(c, is_from ? "regulations.jump-from" : "regulations.jump-over", args, ARRAY_LEN(args)));
    }
}

static struct str bound(struct ctx *c, struct str sum, bool is_out)
{
    return fill(c, is_out ? "regulations.bound-out" : "regulations.bound-in", &(struct text_arg){"sum", sum}, 1);
}

static struct str band_words(struct ctx *c, const struct form_band *b, const char *unit)
{
    const struct str value = str_fmt(c->mem, "%.*s%s", (int)b->value.n, b->value.p, unit);
    const struct str from = bound(c, str_fmt(c->mem, "%.*s €", (int)b->from.n, b->from.p), b->is_from_out);
    const struct str to = bound(c, str_fmt(c->mem, "%.*s €", (int)b->to.n, b->to.p), b->is_to_out);
    const struct text_arg args[] = {{"from", from}, {"to", to}, {"value", value}};
    const char *const key = b->from.n == 0 && b->to.n == 0 ? "regulations.band-all"
                            : b->from.n == 0               ? "regulations.band-up-to"
                            : b->to.n == 0                 ? "regulations.band-over"
                                                           : "regulations.band-between";

    return fill(c, key, args, ARRAY_LEN(args));
}

static void plan_in_words(struct ctx *c, const struct regulations_form *form, struct regulations_step_view *out, int *n)
{
    const struct str *const v = form->values;

    if (str_eq_z(v[FORM_GIVES], "piano"))
        add(out, n, text_get(c->lang, "regulations.words-plan-costs"));
    if (v[FORM_PART_FROM].n > 0) {
        const struct text_arg args[] = {{"from", v[FORM_PART_FROM]}, {"to", v[FORM_PART_TO]}};

        add(out, n, fill(c, "regulations.words-plan-part", args, ARRAY_LEN(args)));
    }
    for (int i = 0; i < form->n_bands; i++) {
        const struct text_arg args[] = {{"from", form->bands[i].from}, {"sum", form->bands[i].value}};

        add(out, n, fill(c, "regulations.words-plan-band", args, ARRAY_LEN(args)));
    }
}

void regulations_in_words(struct ctx *c, const struct regulations_figure *f, struct regulations_step_view **out, int *n_out)
{
    static const char *const keys[PATTERN_COUNT] = {
        NULL,                         "regulations.words-exempt",       "regulations.words-bands", "regulations.words-fees",
        "regulations.words-linear",   "regulations.words-proportional", "regulations.words-cap",   "regulations.words-children",
        "regulations.words-top-up",   "regulations.words-flat",         "regulations.words-grants", "regulations.words-plan"};
    struct regulations_form form;

    *out = ARENA_ARRAY(c->mem, struct regulations_step_view, FORM_BANDS + 4);
    *n_out = 0;
    if (!regulations_form_back(c, f->regulation->kind, f->regulation->text, &form)) {
        add(*out, n_out, text_get(c->lang, "regulations.words-own"));
        return;
    }
    const struct str *const v = form.values;
    const struct text_arg args[] = {{"free", v[FORM_FREE]},   {"full", v[FORM_FULL]},           {"least", v[FORM_LEAST]},
                                    {"most", v[FORM_MOST]},   {"cost", v[FORM_COST]},           {"tariff", v[FORM_TARIFF]},
                                    {"share", v[FORM_SHARE]}, {"left", v[FORM_LEFT]},           {"reduction", v[FORM_REDUCTION]},
                                    {"limit", v[FORM_LIMIT]}, {"minimum", v[FORM_MINIMUM]},     {"fixed", v[FORM_FIXED]},
                                    {"ceiling", v[FORM_CEILING]}, {"per", regulations_per_words(c, v[FORM_PER])}};

    add(*out, n_out, fill(c, keys[form.pattern], args, ARRAY_LEN(args)));
    if (form.pattern == PATTERN_PLAN) {
        plan_in_words(c, &form, *out, n_out);
        return;
    }
    if (v[FORM_MONTH_MOST].n > 0)
        add(*out, n_out, fill(c, "regulations.words-month-most", &(struct text_arg){"sum", v[FORM_MONTH_MOST]}, 1));
    for (int i = 0; i < form.n_bands; i++)
        add(*out, n_out, band_words(c, &form.bands[i], form.pattern == PATTERN_BANDS ? "%" : " €"));
}
