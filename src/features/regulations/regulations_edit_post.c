/* regulations_edit_post.c - what was typed into the form, and what its buttons do with it. */
#include "base/macros.h"
#include "regulations_edit.h"
#include "regulations_edit_page.h"
#include "regulations_feature.h"
#include "regulations_form.h"
#include "regulations_key.h"
#include <string.h>

static struct str numbered(struct web *w, const char *name, int i)
{
    return web_field(w, str_fmt(web_ctx(w)->mem, "%s-%d", name, i + 1).p);
}

static void read_bands(struct web *w, struct regulations_form *f)
{
    for (int i = 0; i < FORM_BANDS; i++) {
        struct form_band *const b = &f->bands[i];

        *b = (struct form_band){.from = numbered(w, "da", i),
                                .to = numbered(w, "a", i),
                                .value = numbered(w, "valore", i),
                                .is_from_out = str_eq_z(numbered(w, "da-come", i), "escluso"),
                                .is_to_out = str_eq_z(numbered(w, "a-come", i), "escluso")};
        if (numbered(w, "riga", i).n > 0)
            f->n_bands = i + 1;
    }
}

static void read_examples(struct web *w, struct regulations_form *f)
{
    for (int i = 0; i < FORM_EXAMPLES; i++) {
        f->examples[i] = (struct form_example){.isee = numbered(w, "esempio-isee", i),
                                               .children = numbered(w, "esempio-minori", i),
                                               .times = numbered(w, "esempio-volte", i),
                                               .wanted = numbered(w, "esempio-atteso", i),
                                               .answers = numbered(w, "esempio-risposte", i),
                                               .cost = numbered(w, "esempio-costo", i)};
        if (numbered(w, "caso", i).n > 0)
            f->n_examples = i + 1;
    }
}

static void read_plan(struct web *w, struct regulations_form *f)
{
    for (int i = 0; i < PLAN_ITEMS; i++)
        f->points[i] = (struct form_points){numbered(w, "punti-poco", i), numbered(w, "punti-tanto", i)};
    for (int i = 0; i < PLAN_SERVICES; i++)
        f->prices[i] = numbered(w, "prezzo", i);
}

/* Lines end as the language counts them. */
static struct str without_returns(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_char(&b, s.p[i]);
    return buf_view(&b);
}

static void read_draft(struct web *w, struct regulations_draft *d)
{
    struct ctx *c = web_ctx(w);
    const enum regulation_kind kind = regulations_kind_of(web_field(w, "tipo"));
    int64_t version = 0;

    *d = (struct regulations_draft){.slug = web_field(w, "scheda"), .is_text = str_eq_z(web_field(w, "modo"), "testo")};
    d->form.kind = kind != 0 ? kind : REGULATION_HOME_CARE;
    d->form.pattern = regulations_pattern_of(web_field(w, "schema"));
    if (!regulations_pattern_fits(d->form.pattern, d->form.kind))
        d->form.pattern = regulations_first_pattern(d->form.kind);
    if (str_to_int(web_field(w, "versione"), &version) && version >= 0 && version < INT32_MAX)
        d->version = (int)version;
    d->was_invented = str_eq_z(web_field(w, "inventato"), "1");
    d->text = without_returns(c->mem, web_field(w, "testo"));
    for (int i = 0; i < FORM_FIELD_COUNT; i++) {
        const struct form_shape *const s = regulations_form_shape((enum form_field)i);

        d->form.values[i] = web_field(w, s->name);
        if (d->form.values[i].n == 0 && s->type == FORM_CHOICE)
            d->form.values[i] = str_of(s->usual);
    }
    read_bands(w, &d->form);
    read_examples(w, &d->form);
    read_plan(w, &d->form);
}

/* An error of the text that the form made goes to the field that its line comes from. */
static void tell_field(struct ctx *c, const struct form_text *t, const struct rules_error *e)
{
    const char *field = e->line > 0 && e->line <= t->n_lines ? t->field_of_line[e->line] : "";

    problems_add(&c->problems, field, e->key, e->value);
}

/* The text of the draft, when the form is right. */
static bool make_text(struct ctx *c, struct regulations_draft *d, struct form_text *t)
{
    *t = (struct form_text){.text = d->text};
    if (d->is_text)
        return true;
    if (!regulations_form_tidy(c, &d->form))
        return false;
    *t = regulations_form_text(c, &d->form);
    return true;
}

static enum status show_wrong(struct web *w, const struct links_link *k, struct regulations_draft *d, const struct form_text *t,
                              const struct rules_error *e)
{
    if (d->is_text)
        d->error = *e;
    else if (e->key != NULL)
        tell_field(web_ctx(w), t, e);
    d->is_previewed = false;
    web_set_code(w, 422);
    return regulations_show_form(w, k, d);
}

static enum status preview(struct web *w, const struct links_link *k, struct regulations_draft *d)
{
    struct rules_error error = {0};
    struct form_text t;

    if (!make_text(web_ctx(w), d, &t))
        return show_wrong(w, k, d, &t, &error);
    const enum status st = regulations_check(web_ctx(w), d->form.kind, t.text, &d->rules, &error);

    if (st == ST_INVALID)
        return show_wrong(w, k, d, &t, &error);
    d->is_previewed = true;
    return st == ST_OK ? regulations_show_form(w, k, d) : st;
}

/* Somebody saved meanwhile: their text is shown, and saving once more is on top of it, knowingly. */
static enum status show_clash(struct web *w, const struct links_link *k, struct regulations_draft *d)
{
    struct regulation theirs;
    const enum status st = regulations_by_slug(web_ctx(w), d->slug, &theirs);

    if (st != ST_OK)
        return st;
    d->is_clash = true;
    d->theirs = theirs.text;
    d->version = theirs.version;
    web_set_code(w, 409);
    return regulations_show_form(w, k, d);
}

static enum status save(struct web *w, const struct links_link *k, struct regulations_draft *d)
{
    struct ctx *c = web_ctx(w);
    struct rules_error error = {0};
    struct form_text t;
    struct str slug;

    if (!make_text(c, d, &t) || c->problems.n > 0)
        return show_wrong(w, k, d, &t, &error);
    const struct regulations_put p = {.slug = d->slug,
                                      .organisation_id = k->organisation_id,
                                      .kind = d->form.kind,
                                      .text = t.text,
                                      .version = d->version,
                                      .how = d->is_text ? REGULATIONS_BY_TEXT : REGULATIONS_BY_FORM,
                                      .source_key = STR("")};
    const enum status st = regulations_put(c, &p, &slug, &error);

    if (st == ST_INVALID)
        return show_wrong(w, k, d, &t, &error);
    if (st == ST_CONFLICT && d->slug.n > 0)
        return show_clash(w, k, d);
    return st == ST_OK ? web_redirect(w, str_fmt(c->mem, "/regolamenti/%.*s?fatto=salvato", (int)slug.n, slug.p)) : st;
}

/* From the form to its text, for who writes by hand from there. */
static enum status to_text(struct web *w, const struct links_link *k, struct regulations_draft *d)
{
    const int before = web_ctx(w)->problems.n;

    regulations_form_tidy(web_ctx(w), &d->form);
    web_ctx(w)->problems.n = before;
    d->text = regulations_form_text(web_ctx(w), &d->form).text;
    d->is_text = true;
    return regulations_show_form(w, k, d);
}

/* POST /regolamenti/mio - azione: anteprima, salva; schema, fascia, esempio and testo only show the form again. */
enum status regulations_own_post(struct web *w)
{
    const struct str act = web_field(w, "azione");
    struct regulations_draft d;
    struct links_link k;
    const enum status st = regulations_key(w, &k);

    if (st != ST_OK)
        return regulations_refuse(w, st, &k);
    read_draft(w, &d);
    if (str_eq_z(act, "salva"))
        return save(w, &k, &d);
    if (str_eq_z(act, "anteprima"))
        return preview(w, &k, &d);
    if (str_eq_z(act, "testo"))
        return to_text(w, &k, &d);
    if (str_eq_z(act, "fascia") && d.form.n_bands < FORM_BANDS)
        d.form.n_bands++;
    if (str_eq_z(act, "esempio") && d.form.n_examples < FORM_EXAMPLES)
        d.form.n_examples++;
    return regulations_show_form(w, &k, &d);
}
