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

static bool take_text(struct reader *r, struct str *out)
{
    if (here(r)->kind != TOKEN_TEXT)
        return reader_wrong(r, here(r), "rules.error-text");
    *out = str_copy(r->mem, here(r)->text);
    r->at++;
    return true;
}

static bool take_word(struct reader *r, struct str *out)
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
    if (!take_text(r, &out->text))
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

    if (!take_word(r, &d->name))
        return false;
    for (int i = 0; i < r->rules->n; i++)
        if (str_eq(r->rules->list[i].name, d->name))
            return reader_wrong(r, t, "rules.error-twice");
    if (rules_fact_find(r->facts, d->name) >= 0)
        return reader_wrong(r, t, "rules.error-twice");
    if (here(r)->kind == TOKEN_TEXT)
        take_text(r, &d->text);
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
    if (kind == DEFINE_AMOUNT && reader_take(r, "al") && !take_word(r, &d->per))
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

static bool read_requirement(struct reader *r)
{
    struct definition *const d = define(r, DEFINE_REQUIREMENT);
    const struct token *const t = here(r);

    if (d == NULL || !take_text(r, &d->text) || !reader_need(r, ":") || (d->node = rules_expression(r)) == NULL)
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
    if (!reader_need(r, "=") || (b->value = rules_expression(r)) == NULL)
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
        return take_word(r, &x->level);
    if (reader_take(r, "valida"))
        return take_validity(r);
    if (reader_is(r, "fonte"))
        return take_source(r, &x->source);
    if (reader_take(r, "dove"))
        return take_text(r, &x->where);
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
        return read_requirement(r);
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
    if (!reader_need(&r, "misura") || !take_word(&r, &x->code) || !take_text(&r, &x->name))
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
