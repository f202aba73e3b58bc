/* entitled_result.c - what the rules say, told to people: groups by verdict, reasons, amounts, where to go. */
#include "base/date.h"
#include "base/macros.h"
#include "base/text.h"
#include "entitled_boxes.h"
#include <string.h>

enum { NEAR_EACH = 2, MOST_MISSING = 6, LINE = 200 };

struct str entitled_money(struct ctx *c, int64_t cents)
{
    const struct text_arg amount = {"n", text_decimal(c->mem, c->lang, (double)cents / 100, 2)};

    return text_fill(c->mem, text_get(c->lang, "entitled.euro"), &amount, 1);
}

static struct str join(struct ctx *c, const struct rules_facts *facts, const int *list, int n, int most)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int i = 0; i < n && i < most; i++) {
        buf_z(&b, i > 0 ? ", " : "");
        buf_str(&b, rules_fact_at(facts, list[i])->label);
    }
    if (n > most)
        buf_z(&b, ", …");
    return buf_view(&b);
}

/* ---- one measure ---- */

/* "1.124,17 euro al mese", "all’anno". */
static struct str sum_words(struct ctx *c, const struct rules_amount *a)
{
    const struct text_arg args[] = {{"amount", entitled_money(c, a->cents)}, {"per", a->per}};
    const bool has_vowel = a->per.n > 0 && memchr("aeiou", a->per.p[0], 5) != NULL;

    if (a->per.n == 0)
        return args[0].value;
    return text_fill(c->mem, text_get(c->lang, has_vowel ? "entitled.per-vowel" : "entitled.per"), args, ARRAY_LEN(args));
}

static void put_amounts(struct ctx *c, const struct rules_due *d, struct entitled_measure *m)
{
    m->amounts = ARENA_ARRAY(c->mem, struct entitled_pair, (size_t)d->answer.n_amounts + 1);
    for (int i = 0; i < d->answer.n_amounts; i++) {
        const struct rules_amount *const a = &d->answer.amounts[i];

        if (a->value.known == RULES_UNKNOWN || a->value.type != RULES_MONEY || (a->cents == 0 && d->answer.n_amounts > 1))
            continue;
        m->amounts[m->n_amounts++] = (struct entitled_pair){a->name, sum_words(c, a)};
    }
}

/* Why it is a no; or what somebody must look at although nothing is missing: it rests on what is taken as usual. */
static bool is_reason(const struct rules_due *d, const struct rules_step *s)
{
    if (d->verdict == RULES_NO)
        return s->is_requirement && !s->is_check && s->verdict == RULES_NO;
    return (s->is_requirement || s->is_check) && (s->verdict == RULES_NO || (s->verdict == RULES_TO_CHECK && s->n_missing == 0));
}

static void put_steps(struct ctx *c, const struct rules_facts *facts, const struct rules_due *d, struct entitled_measure *m)
{
    static const struct {
        const char *icon, *css, *key;
    } looks[] = {[RULES_YES] = {"circle-check", "w-ok", "entitled.step-yes"},
                 [RULES_PROBABLY] = {"circle-check", "w-warn", "entitled.step-likely"},
                 [RULES_TO_CHECK] = {"circle-help", "w-warn", "entitled.step-check"},
                 [RULES_NO] = {"x", "w-bad", "entitled.step-no"}};

    m->steps = ARENA_ARRAY(c->mem, struct entitled_step_view, (size_t)d->answer.n_steps + 1);
    m->reasons = ARENA_ARRAY(c->mem, struct str, (size_t)d->answer.n_steps + 1);
    for (int i = 0; i < d->answer.n_steps; i++) {
        const struct rules_step *const s = &d->answer.steps[i];
        const int look = s->is_check && s->verdict == RULES_NO ? RULES_TO_CHECK : (int)s->verdict;
        struct entitled_step_view *const v = &m->steps[m->n_steps++];

        *v = (struct entitled_step_view){.text = rules_sentence(c->mem, d->rules, facts, s)};
        if (s->is_requirement || s->is_check) {
            v->icon = looks[look].icon;
            v->css = looks[look].css;
            v->verdict = text_get(c->lang, looks[look].key);
        }
        if (is_reason(d, s))
            m->reasons[m->n_reasons++] = v->text;
    }
}

static void put_source(struct ctx *c, const struct rules *r, struct entitled_measure *m)
{
    static const struct {
        const char *mark, *key;
    } marks[] = {{"V", "entitled.mark-v"}, {"V2", "entitled.mark-v2"}, {"K", "entitled.mark-k"}, {"S", "entitled.mark-s"}};
    const struct rules_source source = rules_source_of(r);
    int from, to;

    rules_validity(r, &from, &to);
    const struct text_arg args[] = {{"from", text_day(c->mem, c->lang, from)}, {"to", text_day(c->mem, c->lang, to)}};

    if (from != DAY_NONE || to != DAY_NONE)
        m->validity = text_fill(c->mem,
                                text_get(c->lang, to == DAY_NONE     ? "entitled.valid-from"
                                                  : from == DAY_NONE ? "entitled.valid-to"
                                                                     : "entitled.valid-between"),
                                args, ARRAY_LEN(args));
    m->source = source.text;
    for (int i = 0; i < ARRAY_LEN(marks); i++)
        if (str_eq_z(source.mark, marks[i].mark))
            m->mark = text_get(c->lang, marks[i].key);
}

static struct str against_names(struct ctx *c, const struct rules_due *d)
{
    struct buf b = buf_new(c->mem, LINE);

    for (int i = 0; i < d->n_against; i++) {
        buf_z(&b, i > 0 ? ", " : "");
        buf_str(&b, rules_name(d->against[i]));
    }
    return buf_view(&b);
}

enum status entitled_put_measure(struct ctx *c, const struct rules_due *d, int64_t comune_id, struct entitled_measure *out)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    const struct str *papers, *needs;
    struct entitled_service *services;
    int n_needs;

    *out = (struct entitled_measure){.code = rules_code(d->rules),
                                     .name = rules_name(d->rules),
                                     .level = rules_level(d->rules),
                                     .where = rules_where(d->rules),
                                     .deadline = rules_deadline(d->rules),
                                     .missing = join(c, facts, d->answer.missing, d->answer.n_missing, MOST_MISSING),
                                     .against = against_names(c, d),
                                     .is_unconfirmed = d->is_unconfirmed,
                                     .is_no = d->verdict == RULES_NO};
    rules_papers(d->rules, &papers, &out->n_papers);
    out->papers = (struct str *)papers;
    put_steps(c, facts, d, out);
    put_source(c, d->rules, out);
    if (out->is_no)
        return ST_OK;
    put_amounts(c, d, out);
    rules_needs(d->rules, &needs, &n_needs);
    if (n_needs > 0)
        out->need_path = str_fmt(c->mem, "/bisogni/%.*s", (int)needs[0].n, needs[0].p);
    const enum status st = entitled_near(c, needs, n_needs, comune_id, NEAR_EACH, &services, &out->n_services);

    out->services = services;
    return st;
}

/* ---- all of them ---- */

static struct entitled_group *group_of(struct ctx *c, int verdict, int most, struct entitled_result_view *v)
{
    static const struct {
        const char *id, *icon, *css, *title, *lead;
    } groups[] = {[RULES_YES] = {"ti-spetta", "circle-check", "w-ok", "entitled.group-yes", "entitled.group-yes-lead"},
                  [RULES_PROBABLY] = {"probabilmente", "circle-check", "w-warn", "entitled.group-likely", "entitled.group-likely-lead"},
                  [RULES_TO_CHECK] = {"da-verificare", "circle-help", "w-warn", "entitled.group-check", "entitled.group-check-lead"},
                  [RULES_NO] = {"per-ora-no", "x", "w-bad", "entitled.group-no", "entitled.group-no-lead"}};
    struct entitled_group *const g = &v->groups[v->n_groups++];

    *g = (struct entitled_group){.id = groups[verdict].id,
                                 .icon = groups[verdict].icon,
                                 .css = groups[verdict].css,
                                 .title = text_get(c->lang, groups[verdict].title),
                                 .lead = text_get(c->lang, groups[verdict].lead),
                                 .measures = ARENA_ARRAY(c->mem, struct entitled_measure, (size_t)most)};
    return g;
}

static struct str summary_of(struct ctx *c, const struct rules_chain *chain)
{
    int n[RULES_NO + 1] = {0};

    for (int i = 0; i < chain->n; i++)
        n[chain->list[i].verdict]++;
    const struct text_arg args[] = {{"yes", str_fmt(c->mem, "%d", n[RULES_YES])},
                                    {"likely", str_fmt(c->mem, "%d", n[RULES_PROBABLY])},
                                    {"check", str_fmt(c->mem, "%d", n[RULES_TO_CHECK])},
                                    {"no", str_fmt(c->mem, "%d", n[RULES_NO])}};

    return text_fill(c->mem, text_get(c->lang, "entitled.summary"), args, ARRAY_LEN(args));
}

enum status entitled_put_chain(struct ctx *c, const struct rules_chain *chain, int64_t comune_id, struct entitled_result_view *v)
{
    struct entitled_group *g = NULL;
    enum status st = ST_OK;

    v->groups = ARENA_ARRAY(c->mem, struct entitled_group, RULES_NO + 1);
    v->estimates = ARENA_ARRAY(c->mem, struct entitled_measure, (size_t)chain->n_indicators + 1);
    for (int i = 0; st == ST_OK && i < chain->n_indicators; i++)
        if (chain->indicators[i].answer.n_amounts > 0)
            st = entitled_put_measure(c, &chain->indicators[i], comune_id, &v->estimates[v->n_estimates++]);
    for (int i = 0; st == ST_OK && i < chain->n; i++) {
        if (i == 0 || chain->list[i].verdict != chain->list[i - 1].verdict)
            g = group_of(c, (int)chain->list[i].verdict, chain->n, v);
        st = entitled_put_measure(c, &chain->list[i], comune_id, &g->measures[g->n_measures++]);
    }
    v->summary = summary_of(c, chain);
    v->missing = join(c, rules_shelf_facts(rules_shelf_of(c)), chain->missing, chain->n_missing, MOST_MISSING);
    v->today = text_day(c->mem, c->lang, c->today);
    v->is_italian = c->lang == LANG_IT;
    return st;
}
