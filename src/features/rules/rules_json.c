/* rules_json.c - see rules_json.h. */
#include "rules_json.h"
#include "base/date.h"
#include "base/macros.h"
#include "base/tables.h"
#include "base/text.h"
#include <setjmp.h>
#include <string.h>

enum { SHOWN = 100, NAMES = 120, MOST_PROBLEMS = 20, MOST_PARTS = 10000 };

static const char *const verdicts[] = {[RULES_YES] = "sure", [RULES_PROBABLY] = "likely", [RULES_TO_CHECK] = "to-check", [RULES_NO] = "no"};

/* ---- what is asked ---- */

struct str rules_json_shown(struct str sent)
{
    size_t n = sent.n < SHOWN ? sent.n : SHOWN;

    while (n > 0 && n < sent.n && ((unsigned char)sent.p[n] & 0xc0) == 0x80)
        n--;
    return str_head(sent, n);
}

static struct str listed(struct ctx *c, const char *const *names)
{
    struct buf b = buf_new(c->mem, NAMES);

    for (int i = 0; names[i] != NULL; i++) {
        buf_z(&b, i > 0 ? ", " : "");
        buf_z(&b, names[i]);
    }
    return buf_view(&b);
}

static bool is_known(const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The names in an object; those in the address are never known. */
static void check_names(struct web *w, const char *const *names, const json_t *object)
{
    struct ctx *const c = web_ctx(w);
    struct str asked, value;
    const char *name;
    json_t *j;

    if (web_query_pair(w, 0, &asked, &value))
        problems_add(&c->problems, str_z(c->mem, rules_json_shown(asked)), "rules.api-name", listed(c, names));
    json_object_foreach ((json_t *)object, name, j)
        if (!is_known(names, name) && c->problems.n < MOST_PROBLEMS)
            problems_add(&c->problems, str_z(c->mem, rules_json_shown(str_of(name))), "rules.api-name", listed(c, names));
}

static enum status use(struct web *w, const char *const *names, const json_t *body, const json_error_t *e,
                       enum status (*answer)(struct web *w, const json_t *body))
{
    struct ctx *const c = web_ctx(w);

    if (!json_is_object(body))
        problems_add(&c->problems, "", "rules.api-body", body == NULL ? str_fmt(c->mem, "line %d: %s", e->line, e->text) : STR("{}?"));
    else
        check_names(w, names, body);
    return c->problems.n > 0 ? ST_INVALID : answer(w, body);
}

/* Each object takes a hundred times its two bytes: a body of braces alone would take half a gigabyte. */
static bool has_too_many_parts(struct str sent)
{
    int n = 0;

    for (size_t i = 0; i < sent.n; i++)
        n += sent.p[i] == '{' || sent.p[i] == '[';
    return n > MOST_PARTS;
}

static json_t *load(struct str sent, json_error_t *e)
{
    if (!has_too_many_parts(sent))
        return json_loadb(sent.n > 0 ? sent.p : "", sent.n, JSON_REJECT_DUPLICATES, e);
    *e = (json_error_t){.line = 1, .text = "too many objects and lists"};
    return NULL;
}

enum status rules_json_ask(struct web *w, const char *const *names, enum status (*answer)(struct web *w, const json_t *body))
{
    struct arena *const mem = web_ctx(w)->mem;
    const struct str sent = web_body(w);
    json_error_t e;
    json_t *const body = load(sent, &e);
    jmp_buf trap;
    jmp_buf *const before = arena_trap(mem, &trap);
    volatile enum status st = ST_BUSY;

    if (setjmp(trap) == 0)
        st = use(w, names, body, &e, answer);
    arena_trap(mem, before);
    json_decref(body);
    return st;
}

static const char *below(struct ctx *c, const char *name, const char *member)
{
    return str_z(c->mem, str_fmt(c->mem, "%s.%s", name, member));
}

struct str rules_json_words(struct ctx *c, const struct rules_error *e)
{
    const struct text_arg value = {"value", e->value};

    return text_fill(c->mem, text_get(c->lang, e->key), &value, 1);
}

enum status rules_json_refuse(struct web *w, const char *field, const struct rules_error *e)
{
    struct ctx *const c = web_ctx(w);
    const struct text_arg args[] = {{"line", str_fmt(c->mem, "%d", e->line)}, {"column", str_fmt(c->mem, "%d", e->column)},
                                    {"words", rules_json_words(c, e)}};

    problems_add_row(&c->problems, e->line, field, "rules.api-text",
                     e->line > 0 ? text_fill(c->mem, text_get(c->lang, "rules.api-at-line"), args, ARRAY_LEN(args)) : args[2].value);
    return ST_INVALID;
}

static bool is_refused(struct web *w, const char *field, const char *key, struct str value)
{
    problems_add(&web_ctx(w)->problems, field, key, value);
    return false;
}

/* {"code": "ADI"}, {"code": "ISEE_ORD", "day": "2015-03-01"}. */
static bool find_built_in(struct web *w, const char *name, const json_t *code, const json_t *day, struct rules_given *out)
{
    struct ctx *const c = web_ctx(w);
    const struct rules_shelf *const shelf = rules_shelf_of(c);
    const struct str typed = str_of(json_is_string(code) ? json_string_value(code) : "");
    const struct str asked = str_of(json_is_string(day) ? json_string_value(day) : "");
    const int on = day == NULL ? c->today : day_parse(asked);

    if (on == DAY_NONE)
        return is_refused(w, below(c, name, "day"), "rules.api-day", rules_json_shown(asked));
    out->rules = day == NULL ? rules_shelf_pick(shelf, typed, on) : rules_shelf_find(shelf, typed, on);
    if (out->rules == NULL)
        return is_refused(w, below(c, name, "code"), "rules.api-code", rules_json_shown(typed));
    out->text = rules_shelf_file(shelf, out->rules)->bytes;
    return true;
}

bool rules_json_text(struct web *w, const json_t *body, const char *name, struct rules_given *out)
{
    struct ctx *const c = web_ctx(w);
    const json_t *const given = json_object_get(body, name), *const text = json_object_get(given, "text");
    const json_t *const code = json_object_get(given, "code"), *const day = json_object_get(given, "day");
    struct rules_error e;

    /* one of the two and nothing else */
    if ((text == NULL && code == NULL) || (text != NULL && !json_is_string(text)) ||
        json_object_size(given) != (size_t)(1 + (code != NULL && day != NULL)))
        return is_refused(w, name, "rules.api-rule", STR(""));
    if (code != NULL)
        return find_built_in(w, name, code, day, out);
    out->text = (struct str){json_string_value(text), json_string_length(text)};
    if (rules_parse(c->mem, rules_shelf_facts(rules_shelf_of(c)), out->text, &out->rules, &e) == ST_OK)
        return true;
    rules_json_refuse(w, below(c, name, "text"), &e);
    return false;
}

/* ---- what is answered ---- */

static void put_texts(struct jwrite *j, const char *key, const struct str *list, int n)
{
    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        jwrite_str(j, NULL, list[i]);
    jwrite_close(j, ']');
}

void rules_json_facts(struct jwrite *j, const char *key, const struct rules_facts *facts, const int *list, int n)
{
    jwrite_open(j, key, '[');
    for (int i = 0; i < n; i++)
        jwrite_str(j, NULL, rules_fact_at(facts, list[i])->name);
    jwrite_close(j, ']');
}

static void put_source(struct jwrite *j, const struct rules_source *s)
{
    jwrite_str_or_null(j, "source", s->text);
    jwrite_str_or_null(j, "reliability", s->mark);
}

void rules_json_day(struct ctx *c, struct jwrite *j, const char *key, int day)
{
    if (day == DAY_NONE)
        jwrite_null(j, key);
    else
        jwrite_str(j, key, day_iso(c->mem, day));
}

void rules_json_measure(struct ctx *c, struct jwrite *j, const struct rules *r)
{
    const struct rules_source source = rules_source_of(r);
    const struct str *list;
    int n, from, to;

    rules_validity(r, &from, &to);
    jwrite_str(j, "code", rules_code(r));
    jwrite_str(j, "name", rules_name(r));
    jwrite_str_or_null(j, "level", rules_level(r));
    rules_json_day(c, j, "valid_from", from);
    rules_json_day(c, j, "valid_to", to);
    put_source(j, &source);
    jwrite_str_or_null(j, "where", rules_where(r));
    jwrite_str_or_null(j, "deadline", rules_deadline(r));
    rules_papers(r, &list, &n);
    put_texts(j, "papers", list, n);
    rules_needs(r, &list, &n);
    put_texts(j, "needs", list, n);
    rules_against(r, &list, &n);
    put_texts(j, "incompatible_with", list, n);
}

static void put_step(struct ctx *c, struct jwrite *j, const struct rules_due *d, const struct rules_step *s, bool with_sentence)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));

    jwrite_open(j, NULL, '{');
    jwrite_str(j, "text", s->text);
    jwrite_str_or_null(j, "sum", s->sum);
    put_source(j, &s->source);
    jwrite_bool(j, "is_requirement", s->is_requirement);
    if (s->is_requirement || s->is_check)
        jwrite_str(j, "verdict", str_of(s->is_check && s->verdict == RULES_NO ? verdicts[RULES_TO_CHECK] : verdicts[s->verdict]));
    else
        jwrite_null(j, "verdict");
    rules_json_facts(j, "missing", facts, s->missing, s->n_missing);
    if (with_sentence)
        jwrite_str(j, "sentence", rules_sentence(c->mem, d->rules, facts, s));
    jwrite_close(j, '}');
}

static void put_amount(struct jwrite *j, const struct rules_amount *a)
{
    jwrite_open(j, NULL, '{');
    jwrite_str(j, "name", a->name);
    jwrite_str_or_null(j, "per", a->per);
    if (a->value.known != RULES_UNKNOWN && a->value.type == RULES_MONEY)
        jwrite_int(j, "cents", a->cents);
    else
        jwrite_null(j, "cents");
    jwrite_bool(j, "is_estimate", a->value.known == RULES_ESTIMATE);
    jwrite_close(j, '}');
}

void rules_json_due(struct ctx *c, struct jwrite *j, const char *key, const struct rules_due *d, bool with_sentences)
{
    jwrite_open(j, key, '{');
    rules_json_measure(c, j, d->rules);
    jwrite_str(j, "verdict", str_of(verdicts[d->verdict]));
    jwrite_bool(j, "is_unconfirmed", d->is_unconfirmed);
    rules_json_facts(j, "missing", rules_shelf_facts(rules_shelf_of(c)), d->answer.missing, d->answer.n_missing);
    jwrite_open(j, "amounts", '[');
    for (int i = 0; d->verdict != RULES_NO && i < d->answer.n_amounts; i++)
        put_amount(j, &d->answer.amounts[i]);
    jwrite_close(j, ']');
    jwrite_open(j, "steps", '[');
    for (int i = 0; i < d->answer.n_steps; i++)
        put_step(c, j, d, &d->answer.steps[i], with_sentences);
    jwrite_close(j, ']');
    jwrite_close(j, '}');
}
