/* rules_parse.c - the statements of a rule: what it is, its parameters, requirements, bands, amounts. */
#include "base/date.h"
#include "base/macros.h"
#include "rules_private.h"
#include <string.h>

enum { MAX_DEFINITIONS = 400, MAX_BANDS = 200, MAX_LIST = 40 };

static const struct token *here(const struct reader *r)
{
    return &r->t[r->at];
}

bool reader_text(struct reader *r, struct str *out)
{
    if (here(r)->kind != TOKEN_TEXT)
        return reader_wrong(r, here(r), "rules.error-text");
    *out = str_copy(r->mem, here(r)->text);
    r->at++;
    return true;
}

bool reader_word(struct reader *r, struct str *out)
{
    if (here(r)->kind != TOKEN_WORD)
        return reader_wrong(r, here(r), "rules.error-word");
    *out = str_copy(r->mem, here(r)->text);
    r->at++;
    return true;
}

static bool take_day(struct reader *r, int *out)
{
    if (here(r)->kind != TOKEN_DATE)
        return reader_wrong(r, here(r), "rules.error-day");
    *out = here(r)->day;
    r->at++;
    return true;
}

/* fonte "D.L. 48/2023, art. 2" V2; left out: none. */
static bool take_source(struct reader *r, struct rules_source *out)
{
    static const char *const marks[] = {"V", "V2", "K", "S"};

    if (!reader_take(r, "fonte"))
        return true;
    if (!reader_text(r, &out->text))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (reader_take(r, marks[i])) {
            out->mark = str_of(marks[i]);
            return true;
        }
    return true;
}

static bool take_validity(struct reader *r)
{
    if (reader_take(r, "dal") && !take_day(r, &r->rules->from))
        return false;
    if (reader_take(r, "al") && !take_day(r, &r->rules->to))
        return false;
    if (r->rules->from != DAY_NONE && r->rules->to != DAY_NONE && r->rules->to < r->rules->from)
        return reader_wrong(r, &r->t[r->at - 1], "rules.error-validity");
    return true;
}

/* Texts or words one after the other. */
static bool take_list(struct reader *r, struct str **list, int *n)
{
    if (*list == NULL)
        *list = arena_alloc(r->mem, MAX_LIST * sizeof **list);
    const int before = *n;

    while (here(r)->kind == TOKEN_TEXT) {
        if (*n == MAX_LIST)
            return reader_wrong(r, here(r), "rules.error-long");
        (*list)[(*n)++] = str_copy(r->mem, here(r)->text);
        r->at++;
    }
    return *n > before || reader_wrong(r, here(r), "rules.error-text");
}

static struct definition *define(struct reader *r, enum definition_kind kind)
{
    if (r->rules->n == MAX_DEFINITIONS) {
        reader_wrong(r, here(r), "rules.error-long");
        return NULL;
    }
    struct definition *const d = &r->rules->list[r->rules->n];

    *d = (struct definition){.kind = kind, .line = here(r)->line, .column = here(r)->column};
    return d;
}

/* The name of a definition: new, and no fact's. */
static bool take_new_name(struct reader *r, struct definition *d)
{
    const struct token *const t = here(r);

    if (!reader_word(r, &d->name))
        return false;
    for (int i = 0; i < r->rules->n; i++)
        if (str_eq(r->rules->list[i].name, d->name))
            return reader_wrong(r, t, "rules.error-twice");
    if (rules_fact_find(r->facts, d->name) >= 0)
        return reader_wrong(r, t, "rules.error-twice");
    if (here(r)->kind == TOKEN_TEXT)
        reader_text(r, &d->text);
    else
        d->text = d->name;
    return true;
}

static bool end_definition(struct reader *r, struct definition *d)
{
    if (!take_source(r, &d->source))
        return false;
    if (d->source.text.n == 0)
        d->source = r->rules->source;
    d->depth = d->node->depth;
    for (int i = 0; i < d->n_bands; i++)
        if (d->bands[i].value->depth > d->depth)
            d->depth = d->bands[i].value->depth;
    r->rules->n++;
    return true;
}

static bool read_definition(struct reader *r, enum definition_kind kind)
{
    struct definition *const d = define(r, kind);

    if (d == NULL || !take_new_name(r, d))
        return false;
    if (kind == DEFINE_VALUE && reader_take(r, "di_ciascuno"))
        d->of_member = true;
    if (kind == DEFINE_AMOUNT && reader_take(r, "al") && !reader_word(r, &d->per))
        return false;
    if (!reader_need(r, "="))
        return false;
    r->in_members = d->of_member;
    d->node = rules_expression(r);
    r->in_members = 0;
    if (d->node == NULL)
        return false;
    d->type = d->node->type;
    if (kind == DEFINE_PARAMETER && d->node->kind != NODE_CONSTANT)
        return reader_wrong(r, &r->t[r->at - 1], "rules.error-parameter");
    if (kind == DEFINE_AMOUNT && d->type != RULES_MONEY && d->type != RULES_NUMBER)
        return reader_wrong(r, &r->t[r->at - 1], "rules.error-type");
    return end_definition(r, d);
}

/* stima isee_ord = isee */
static bool read_estimate(struct reader *r)
{
    struct definition *const d = define(r, DEFINE_ESTIMATE);
    const struct token *const t = here(r);

    if (d == NULL || !reader_word(r, &d->text))
        return false;
    d->fact = rules_fact_find(r->facts, d->text);
    if (d->fact < 0 || rules_fact_at(r->facts, d->fact)->is_of_member || rules_fact_at(r->facts, d->fact)->type == RULES_CODE)
        return reader_wrong(r, t, "rules.error-fact");
    if (!reader_need(r, "=") || (d->node = rules_expression(r)) == NULL)
        return false;
    d->type = d->node->type;
    if (d->type != rules_fact_at(r->facts, d->fact)->type)
        return reader_wrong(r, t, "rules.error-type");
    return end_definition(r, d);
}

static bool read_requirement(struct reader *r, enum definition_kind kind)
{
    struct definition *const d = define(r, kind);
    const struct token *const t = here(r);

    if (d == NULL || !reader_text(r, &d->text) || !reader_need(r, ":") || (d->node = rules_expression(r)) == NULL)
        return false;
    if (d->node->type != RULES_BOOL)
        return reader_wrong(r, t, "rules.error-type");
    d->type = RULES_BOOL;
    return end_definition(r, d);
}

/* A bound: a constant of the type of what is looked up, "escluso" or (else) included. */
static bool take_bound(struct reader *r, const struct definition *d, struct ratio *out, bool *with)
{
    const struct token *const t = here(r);
    struct node *const n = rules_bound(r);
    const struct node *at = n;

    if (n == NULL)
        return false;
    if (at->kind == NODE_NAME && r->rules->list[at->index].kind == DEFINE_PARAMETER)
        at = r->rules->list[at->index].node;
    if (at->kind != NODE_CONSTANT || at->type != d->node->type)
        return reader_wrong(r, t, "rules.error-bound");
    *out = at->constant.number;
    *with = !reader_take(r, "escluso");
    if (*with)
        reader_take(r, "compreso");
    return true;
}

/* "fino a" alone begins where the one before ends. */
static void begin_band(struct definition *d, struct band *b)
{
    const struct band *const before = d->n_bands > 0 ? b - 1 : NULL;

    if (b->has_low || before == NULL || !before->has_high)
        return;
    b->has_low = true;
    b->low = before->high;
    b->with_low = !before->with_high;
}

static struct node *band_value(struct reader *r, const struct definition *d, const struct band *b)
{
    const struct token *const t = here(r);

    if (!reader_is(r, "lineare"))
        return rules_expression(r);
    if (!b->has_low || !b->has_high || ratio_cmp(b->low, b->high) >= 0) {
        reader_wrong(r, t, "rules.error-linear");
        return NULL;
    }
    return rules_linear(r, d->node, b->low, b->high);
}

/* da 6.400,00 euro escluso fino a 10.600,00 euro = 6 */
static bool read_band(struct reader *r, struct definition *d)
{
    struct band *const b = &d->bands[d->n_bands];

    *b = (struct band){.line = here(r)->line, .column = here(r)->column};
    if (reader_take(r, "oltre")) {
        b->has_low = true;
        if (!take_bound(r, d, &b->low, &b->with_low))
            return false;
        b->with_low = false;
    } else if (reader_take(r, "da")) {
        b->has_low = true;
        if (!take_bound(r, d, &b->low, &b->with_low))
            return false;
    }
    if (reader_take(r, "fino_a")) {
        b->has_high = true;
        if (!take_bound(r, d, &b->high, &b->with_high))
            return false;
    }
    if (!b->has_low && !b->has_high)
        return reader_wrong(r, here(r), "rules.error-band");
    begin_band(d, b);
    if (!reader_need(r, "=") || (b->value = band_value(r, d, b)) == NULL)
        return false;
    if (d->n_bands > 0 && b->value->type != d->bands[0].value->type)
        return reader_wrong(r, here(r), "rules.error-type");
    d->n_bands++;
    return true;
}

static bool read_bands(struct reader *r)
{
    struct definition *const d = define(r, DEFINE_BANDS);

    if (d == NULL || !take_new_name(r, d) || !reader_need(r, "su") || (d->node = rules_expression(r)) == NULL)
        return false;
    if (d->node->type != RULES_MONEY && d->node->type != RULES_NUMBER)
        return reader_wrong(r, &r->t[r->at - 1], "rules.error-type");
    d->bands = arena_alloc(r->mem, MAX_BANDS * sizeof *d->bands);
    while (reader_is(r, "da") || reader_is(r, "fino_a") || reader_is(r, "oltre")) {
        if (d->n_bands == MAX_BANDS)
            return reader_wrong(r, here(r), "rules.error-long");
        if (!read_band(r, d))
            return false;
    }
    if (d->n_bands == 0)
        return reader_wrong(r, here(r), "rules.error-band");
    d->type = d->bands[0].value->type;
    return rules_bands_hold(r, d) && end_definition(r, d);
}

static bool read_statement(struct reader *r)
{
    struct rules *const x = r->rules;

    if (reader_take(r, "livello"))
        return reader_word(r, &x->level);
    if (reader_take(r, "valida"))
        return take_validity(r);
    if (reader_is(r, "fonte"))
        return take_source(r, &x->source);
    if (reader_take(r, "dove"))
        return reader_text(r, &x->where);
    if (reader_take(r, "scadenza"))
        return reader_text(r, &x->deadline);
    if (reader_take(r, "porta"))
        return take_list(r, &x->papers, &x->n_papers);
    if (reader_take(r, "bisogno"))
        return take_list(r, &x->needs, &x->n_needs);
    if (reader_take(r, "incompatibile"))
        return take_list(r, &x->against, &x->n_against);
    if (reader_take(r, "parametro"))
        return read_definition(r, DEFINE_PARAMETER);
    if (reader_take(r, "valore"))
        return read_definition(r, DEFINE_VALUE);
    if (reader_take(r, "importo"))
        return read_definition(r, DEFINE_AMOUNT);
    if (reader_take(r, "requisito"))
        return read_requirement(r, DEFINE_REQUIREMENT);
    if (reader_take(r, "verifica"))
        return read_requirement(r, DEFINE_CHECK);
    if (reader_take(r, "stima"))
        return read_estimate(r);
    if (reader_take(r, "esempio"))
        return rules_read_example(r);
    if (reader_take(r, "scaglioni"))
        return read_bands(r);
    return reader_wrong(r, here(r), "rules.error-statement");
}

enum status rules_parse(struct arena *mem, const struct rules_facts *f, struct str text, const struct rules **out,
                        struct rules_error *error)
{
    struct token *tokens;
    int n;

    *error = (struct rules_error){0};
    if (text.n > RULES_MAX_TEXT || !str_is_utf8(text)) {
        error->key = text.n > RULES_MAX_TEXT ? "rules.error-long" : "rules.error-utf8";
        return ST_INVALID;
    }
    if (!rules_split(mem, text, &tokens, &n, error))
        return ST_INVALID;
    struct rules *const x = arena_alloc(mem, sizeof *x);
    struct reader r = {.mem = mem, .facts = f, .t = tokens, .n = n, .rules = x, .error = error};

    *x = (struct rules){.from = DAY_NONE, .to = DAY_NONE};
    x->list = arena_alloc(mem, MAX_DEFINITIONS * sizeof *x->list);
    x->asks = arena_alloc(mem, (size_t)rules_n_facts(f) * sizeof *x->asks);
    if (!reader_need(&r, "misura") || !reader_word(&r, &x->code) || !reader_text(&r, &x->name))
        return ST_INVALID;
    while (here(&r)->kind != TOKEN_END)
        if (!read_statement(&r))
            return ST_INVALID;
    *out = x;
    return ST_OK;
}

struct str rules_code(const struct rules *r)
{
    return r->code;
}

struct str rules_name(const struct rules *r)
{
    return r->name;
}

struct rules_source rules_source_of(const struct rules *r)
{
    return r->source;
}

void rules_validity(const struct rules *r, int *out_from, int *out_to)
{
    *out_from = r->from;
    *out_to = r->to;
}

struct str rules_level(const struct rules *r)
{
    return r->level;
}

struct str rules_where(const struct rules *r)
{
    return r->where;
}

struct str rules_deadline(const struct rules *r)
{
    return r->deadline;
}

void rules_papers(const struct rules *r, const struct str **out, int *n_out)
{
    *out = r->papers;
    *n_out = r->n_papers;
}

void rules_needs(const struct rules *r, const struct str **out, int *n_out)
{
    *out = r->needs;
    *n_out = r->n_needs;
}

void rules_against(const struct rules *r, const struct str **out, int *n_out)
{
    *out = r->against;
    *n_out = r->n_against;
}

void rules_asks(const struct rules *r, const int **out, int *n_out)
{
    *out = r->asks;
    *n_out = r->n_asks;
}

int rules_n_parameters(const struct rules *r)
{
    int n = 0;

    for (int i = 0; i < r->n; i++)
        n += r->list[i].kind == DEFINE_PARAMETER;
    return n;
}

/* The k-th definition of a kind; NULL: there are fewer. */
static const struct definition *of_kind(const struct rules *r, enum definition_kind kind, int k)
{
    for (int i = 0; i < r->n; i++)
        if (r->list[i].kind == kind && k-- == 0)
            return &r->list[i];
    return NULL;
}

struct rules_parameter rules_parameter_at(const struct rules *r, int i)
{
    const struct definition *const d = of_kind(r, DEFINE_PARAMETER, i);

    return (struct rules_parameter){d->name, d->text, d->node->constant, d->source};
}

int rules_estimates(const struct rules *r, int i)
{
    const struct definition *const d = of_kind(r, DEFINE_ESTIMATE, i);

    return d != NULL ? d->fact : -1;
}

int rules_n_examples(const struct rules *r)
{
    return r->n_examples;
}
