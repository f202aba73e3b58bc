/* rules_example.c - the examples a text carries: read with it, asked before it is saved. */
#include "base/macros.h"
#include "rules_private.h"
#include "rules_show.h"
#include <string.h>

enum { MAX_EXAMPLES = 100 };

static const char *const verdicts[] = {[RULES_YES] = "sì", [RULES_PROBABLY] = "probabile", [RULES_TO_CHECK] = "da_verificare",
                                       [RULES_NO] = "no"};

/* Persons of one example, until it is known how many there are. */
struct persons {
    struct rules_value *of[RULES_MAX_MEMBERS];
    int n;
};

static const struct token *here(const struct reader *r)
{
    return &r->t[r->at];
}

/* What an example does not say of a person is "no" or 0; of the household it is unknown. */
static struct rules_value *nobody_special(struct reader *r)
{
    const int n = rules_n_facts(r->facts);
    struct rules_value *const v = arena_alloc(r->mem, (size_t)(n + 1) * sizeof *v);

    for (int i = 0; i < n; i++) {
        const struct rules_fact *const f = rules_fact_at(r->facts, i);

        v[i] = (struct rules_value){.type = f->type, .number = ratio_of(0)};
        if (f->is_of_member && f->type != RULES_CODE)
            v[i].known = RULES_CERTAIN;
    }
    return v;
}

static bool read_value(struct reader *r, const struct rules_fact *f, struct rules_value *out)
{
    const struct token *const t = here(r);

    if (f->type == RULES_BOOL) {
        const bool is = reader_take(r, "sì") || reader_take(r, "si");

        out->number = ratio_of(is);
        return is || reader_take(r, "no") || reader_wrong(r, t, "rules.error-yes-no");
    }
    if (f->type == RULES_CODE) {
        for (int i = 0; i < f->n_codes && t->kind == TOKEN_TEXT; i++)
            if (str_eq(f->codes[i], t->text)) {
                out->code = f->codes[i];
                r->at++;
                return true;
            }
        return reader_wrong(r, t, "rules.error-code");
    }
    const struct node *const n = rules_bound(r);

    if (n == NULL)
        return false;
    if (n->kind != NODE_CONSTANT || n->type != f->type)
        return reader_wrong(r, t, "rules.error-type");
    out->number = n->constant.number;
    return true;
}

/* isee_ord = 6.000 euro; in_affitto = sì */
static bool read_list(struct reader *r, bool of_member, enum rules_known known, struct rules_value *values)
{
    do {
        const struct token *const t = here(r);
        const int i = t->kind == TOKEN_WORD ? rules_fact_find(r->facts, t->text) : -1;

        if (i < 0 || rules_fact_at(r->facts, i)->is_of_member != of_member)
            return reader_wrong(r, t, "rules.error-fact");
        r->at++;
        if (!reader_need(r, "=") || !read_value(r, rules_fact_at(r->facts, i), &values[i]))
            return false;
        values[i].known = known;
    } while (reader_take(r, ";"));
    return true;
}

static bool read_person(struct reader *r, struct persons *p)
{
    if (p->n == RULES_MAX_MEMBERS)
        return reader_wrong(r, here(r), "rules.error-long");
    struct rules_value *const v = nobody_special(r);

    p->of[p->n++] = v;
    return read_list(r, true, RULES_CERTAIN, v);
}

static bool read_verdict(struct reader *r, struct example *e)
{
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++)
        if (reader_take(r, verdicts[i])) {
            e->has_verdict = true;
            e->verdict = (enum rules_verdict)i;
            return true;
        }
    return reader_wrong(r, here(r), "rules.error-verdict");
}

/* vale contributo = 600 euro: an amount of the text, by its name. */
static bool read_amount(struct reader *r, struct example *e)
{
    const struct token *const t = here(r);
    int place = 0;

    for (int i = 0; i < r->rules->n; i++) {
        const struct definition *const d = &r->rules->list[i];

        if (d->kind != DEFINE_AMOUNT)
            continue;
        if (t->kind != TOKEN_WORD || !str_eq(d->name, t->text)) {
            place++;
            continue;
        }
        r->at++;
        const struct token *const at = here(r);
        const struct node *const n = reader_need(r, "=") ? rules_bound(r) : NULL;

        if (n == NULL)
            return false;
        if (n->kind != NODE_CONSTANT || n->type != d->type)
            return reader_wrong(r, at, "rules.error-type");
        e->amounts = arena_grow(r->mem, e->amounts, (size_t)e->n_amounts * sizeof *e->amounts,
                                (size_t)(e->n_amounts + 1) * sizeof *e->amounts);
        e->amounts[e->n_amounts++] = (struct example_amount){place, n->constant.number, n->type};
        return true;
    }
    return reader_wrong(r, t, "rules.error-name");
}

static void settle(struct reader *r, struct example *e, struct rules_value *values, struct persons *in, struct persons *out)
{
    struct rules_household *const h = arena_alloc(r->mem, sizeof *h);

    if (in->n == 0)
        in->of[in->n++] = nobody_special(r);
    *h = (struct rules_household){.values = values, .n_members = in->n, .n_outside = out->n};
    h->members = arena_alloc(r->mem, (size_t)(in->n + out->n) * sizeof *h->members);
    for (int i = 0; i < in->n; i++)
        h->members[i].values = in->of[i];
    for (int i = 0; i < out->n; i++)
        h->members[in->n + i].values = out->of[i];
    e->household = h;
}

static bool read_part(struct reader *r, struct example *e, struct rules_value *values, struct persons *in, struct persons *out,
                      bool *is_part)
{
    *is_part = true;
    if (reader_take(r, "con"))
        return read_list(r, false, RULES_CERTAIN, values);
    if (reader_take(r, "stimando"))
        return read_list(r, false, RULES_ESTIMATE, values);
    if (reader_take(r, "persona"))
        return read_person(r, in);
    if (reader_take(r, "figlio_fuori"))
        return read_person(r, out);
    if (reader_take(r, "esito"))
        return read_verdict(r, e);
    if (reader_take(r, "vale"))
        return read_amount(r, e);
    *is_part = false;
    return true;
}

bool rules_read_example(struct reader *r)
{
    struct rules *const x = r->rules;
    const struct token *const t = here(r);
    struct example e = {.line = t->line, .column = t->column};
    struct rules_value *const values = nobody_special(r);
    struct persons in = {.n = 0}, out = {.n = 0};
    bool is_part = true;

    if (x->n_examples == MAX_EXAMPLES)
        return reader_wrong(r, t, "rules.error-long");
    if (!reader_text(r, &e.name))
        return false;
    while (is_part)
        if (!read_part(r, &e, values, &in, &out, &is_part))
            return false;
    if (!e.has_verdict && e.n_amounts == 0)
        return reader_wrong(r, t, "rules.error-example-empty");
    if (in.n + out.n > RULES_MAX_MEMBERS)
        return reader_wrong(r, t, "rules.error-long");
    settle(r, &e, values, &in, &out);
    x->examples = arena_grow(r->mem, x->examples, (size_t)x->n_examples * sizeof *x->examples,
                             (size_t)(x->n_examples + 1) * sizeof *x->examples);
    x->examples[x->n_examples++] = e;
    return true;
}

/* ---- asking them ---- */

static bool is_same(const struct example_amount *want, const struct rules_value *got)
{
    if (got->known == RULES_UNKNOWN)
        return false;
    return want->type == RULES_MONEY ? ratio_round(want->number) == ratio_round(got->number)
                                     : ratio_cmp(want->number, got->number) == 0;
}

static bool amounts_hold(struct arena *mem, const struct example *e, const struct rules_answer *a, struct rules_error *error)
{
    for (int i = 0; i < e->n_amounts; i++) {
        const struct example_amount *const want = &e->amounts[i];
        struct rules_value got = {.known = RULES_CERTAIN, .type = want->type, .number = {0, 1}};
        const struct rules_value wanted = {.known = RULES_CERTAIN, .type = want->type, .number = want->number};

        if (want->index < a->n_amounts)
            got = a->amounts[want->index].value;
        if (is_same(want, &got))
            continue;
        const struct str is = rules_show_value(mem, &got), should = rules_show_value(mem, &wanted);

        error->value = str_fmt(mem, "%.*s: %.*s, atteso %.*s", (int)e->name.n, e->name.p, (int)is.n, is.p, (int)should.n, should.p);
        return false;
    }
    return true;
}

static bool holds(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct example *e,
                  struct rules_error *error)
{
    struct rules_answer a;
    struct str why;

    if (rules_ask(mem, r, f, e->household, &a, &why) != ST_OK) {
        error->value = str_fmt(mem, "%.*s: numero troppo grande, %.*s", (int)e->name.n, e->name.p, (int)why.n, why.p);
        return false;
    }
    if (e->has_verdict && a.verdict != e->verdict) {
        error->value = str_fmt(mem, "%.*s: %s, atteso %s", (int)e->name.n, e->name.p, verdicts[a.verdict], verdicts[e->verdict]);
        return false;
    }
    return amounts_hold(mem, e, &a, error);
}

enum status rules_check_examples(struct arena *mem, const struct rules *r, const struct rules_facts *f, struct rules_error *error)
{
    *error = (struct rules_error){0};
    for (int i = 0; i < r->n_examples; i++) {
        const struct example *const e = &r->examples[i];

        if (holds(mem, r, f, e, error))
            continue;
        error->line = e->line;
        error->column = e->column;
        error->key = "rules.error-example";
        return ST_INVALID;
    }
    return ST_OK;
}
