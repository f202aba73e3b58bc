/* entitled_sums_page.c - /calcoli: what a service costs a household by a regulation, and what changes when a child is born
 * or work is lost. */
#include "base/macros.h"
#include "base/text.h"
#include "entitled_feature.h"
#include "entitled_pages.h"
#include "entitled_plain.h"
#include "entitled_sums.h"
#include "features/regulations/regulations.h"

enum { MOST_SLUG = 120 };
static const char *const event_names[] = {[EVENT_NONE] = "", [EVENT_BIRTH] = "nasce", [EVENT_WORK] = "lavoro"};

/* What is asked for: a regulation in force, or the ISEE alone. */
struct asked {
    bool has_regulation;
    struct regulation regulation;
    const struct rules *rules; /* NULL: the ISEE alone */
    bool *facts, *rare;
    bool is_plan;
    struct regulations_plan plan; /* of a regulation with a scale of need */
};

static enum status find_regulation(struct ctx *c, struct str slug, struct asked *out)
{
    struct rules_error error;

    *out = (struct asked){0};
    if (slug.n > 0 && slug.n <= MOST_SLUG) {
        enum status st = regulations_by_slug(c, slug, &out->regulation);

        if (st == ST_OK)
            st = regulations_parse(c, &out->regulation, &out->rules, &error);
        out->has_regulation = st == ST_OK;
        if (st != ST_OK && st != ST_NOT_FOUND && st != ST_INVALID)
            return st;
    }
    sums_asks(c, out->has_regulation ? out->rules : NULL, &out->facts, &out->rare);
    out->is_plan = out->has_regulation && regulations_plan_of(c, &out->regulation, &out->plan);
    return ST_OK;
}

/* ---- the choice ---- */

static enum status put_choices(struct ctx *c, const struct asked *a, struct entitled_sums_view *v)
{
    const struct regulations_find find = {.on = c->today};
    struct regulation *list;
    int n;
    const enum status st = regulations_list(c, &find, &list, &n);

    if (st != ST_OK)
        return st;
    v->choices = ARENA_ARRAY(c->mem, struct entitled_option, (size_t)n + 1);
    v->choices[v->n_choices++] = (struct entitled_option){"", text_get(c->lang, "entitled.isee-alone"), !a->has_regulation};
    for (int i = 0; i < n; i++) {
        const struct regulation *const r = &list[i];
        const struct str kind = regulations_kind_words(c, r->kind);

        v->choices[v->n_choices++] = (struct entitled_option){
            str_z(c->mem, r->slug),
            str_fmt(c->mem, "%.*s · %.*s · %.*s", (int)kind.n, kind.p, (int)r->body.n, r->body.p, (int)r->title.n, r->title.p),
            a->has_regulation && str_eq(a->regulation.slug, r->slug)};
    }
    return ST_OK;
}

static void put_events(struct ctx *c, struct str chosen, struct entitled_sums_view *v)
{
    static const char *const keys[] = {[EVENT_NONE] = "entitled.event-none", [EVENT_BIRTH] = "entitled.event-birth", [EVENT_WORK] = "entitled.event-work"};

    v->events = ARENA_ARRAY(c->mem, struct entitled_option, ARRAY_LEN(keys));
    for (int i = 0; i < ARRAY_LEN(keys); i++)
        v->events[v->n_events++] = (struct entitled_option){event_names[i], text_get(c->lang, keys[i]), str_eq_z(chosen, event_names[i])};
}

static enum status begin(struct web *w, struct str slug, struct asked *a, struct entitled_sums_view *v)
{
    struct ctx *c = web_ctx(w);
    const enum status st = find_regulation(c, slug, a);

    if (st != ST_OK)
        return st;
    v->frame = frame_new(w, text_get(c->lang, "entitled.sums-title"));
    v->frame->description = text_get(c->lang, "entitled.sums-lead");
    frame_crumb(w, v->frame, text_get(c->lang, "entitled.title"), STR("/spetta"));
    v->new_income = STR("0");
    v->who = STR("1");
    if (a->has_regulation) {
        v->regulation = a->regulation.title;
        v->regulation_path = str_fmt(c->mem, "/regolamenti/%.*s", (int)a->regulation.slug.n, a->regulation.slug.p);
        v->body = a->regulation.body;
        v->slug = a->regulation.slug;
        v->is_invented = a->regulation.is_invented;
    }
    return put_choices(c, a, v);
}

static enum status show(struct web *w, const struct entitled_plain *p, struct entitled_sums_view *v)
{
    struct ctx *c = web_ctx(w);

    entitled_plain_part(c, p, &v->part);
    entitled_put_problems(c, &v->problems, &v->n_problems);
    v->n_people = p->n_people;
    v->n_outside = p->n_outside;
    v->may_add = p->n_people + p->n_outside < PLAIN_MOST_PEOPLE;
    return html_entitled_sums(w, v);
}

/* GET /calcoli?regolamento=... - which regulation is asked about says nothing of anybody. */
enum status entitled_sums_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entitled_sums_view v = {0};
    struct entitled_plain p;
    struct asked a;
    const enum status st = begin(w, web_query(w, "regolamento"), &a, &v);

    if (st != ST_OK)
        return st;
    put_events(c, STR(""), &v);
    entitled_plain_new(c, a.facts, &p);
    p.is_rare = a.rare;
    p.plan = a.is_plan ? &a.plan : NULL;
    return show(w, &p, &v);
}

/* ---- before and after ---- */

static const struct rules_due *due_of(const struct rules_chain *chain, const struct rules *r)
{
    for (int i = 0; r != NULL && i < chain->n; i++)
        if (chain->list[i].rules == r)
            return &chain->list[i];
    return NULL;
}

static enum status put_case(struct ctx *c, const struct rules_chain *chain, const struct asked *a, const char *title, struct entitled_case *out)
{
    const struct rules_due *const due = due_of(chain, a->rules);
    enum status st = ST_OK;

    *out = (struct entitled_case){.title = text_get(c->lang, title),
                                  .estimates = ARENA_ARRAY(c->mem, struct entitled_measure, (size_t)chain->n_indicators + 1)};
    for (int i = 0; st == ST_OK && i < chain->n_indicators; i++)
        if (chain->indicators[i].answer.n_amounts > 0 && sums_matters(chain->indicators[i].rules, a->rules))
            st = entitled_put_measure(c, &chain->indicators[i], 0, &out->estimates[out->n_estimates++]);
    out->has_cost = due != NULL;
    out->has_plan = due != NULL && a->is_plan;
    if (out->has_plan)
        regulations_plan_told(c, &a->plan, chain->household, &due->answer, &out->plan);
    return st == ST_OK && due != NULL ? entitled_put_measure(c, due, 0, &out->cost) : st;
}

/* One household through everything; ST_INVALID with a problem: too large to reckon with. */
static enum status reckon(struct ctx *c, const struct rules_household *h, const struct asked *a, const char *title, struct entitled_case *out,
                          const struct rules_household **out_reckoned)
{
    struct rules_chain chain;
    struct str why;

    if (rules_chain_ask(c->mem, rules_shelf_of(c), h, c->today, &a->rules, a->rules != NULL, &chain, &why) != ST_OK) {
        problems_add(&c->problems, "", "entitled.too-large", STR(""));
        return ST_INVALID;
    }
    *out_reckoned = chain.household;
    return put_case(c, &chain, a, title, out);
}

/* May a current ISEE be asked for: what the rules say, with their steps. */
static enum status reckon_current(struct ctx *c, const struct rules_household *reckoned, int person, struct ratio income,
                                  struct entitled_sums_view *v)
{
    struct rules_due due;
    const enum status st = sums_current(c, reckoned, person, income, &due);

    if (st == ST_INVALID)
        problems_add(&c->problems, "", "entitled.too-large", STR(""));
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    v->has_current = due.verdict != RULES_TO_CHECK;
    v->current_holds = due.verdict == RULES_YES || due.verdict == RULES_PROBABLY;
    return entitled_put_measure(c, &due, 0, &v->current);
}

static enum sums_event event_of(struct str said)
{
    return str_eq_z(said, event_names[EVENT_BIRTH])  ? EVENT_BIRTH
           : str_eq_z(said, event_names[EVENT_WORK]) ? EVENT_WORK
                                                     : EVENT_NONE;
}

static enum status reckon_all(struct web *w, const struct entitled_plain *p, const struct asked *a, struct entitled_sums_view *v)
{
    struct ctx *c = web_ctx(w);
    const enum sums_event event = event_of(web_field(w, "evento"));
    const struct rules_household *const before = entitled_plain_household(c, p);
    struct ratio income = ratio_of(0);
    int64_t who = 1;

    v->new_income = str_head(str_trim(web_field(w, "nuovo-reddito")), ENTITLED_MOST_TYPED);
    v->who = str_head(str_trim(web_field(w, "chi-perde")), ENTITLED_MOST_TYPED);
    if (event == EVENT_WORK && !entitled_number(v->new_income, true, &income))
        problems_add(&c->problems, "nuovo-reddito", "entitled.money-unread", v->new_income);
    if (event == EVENT_WORK && (!str_to_int(v->who, &who) || who < 1 || who > p->n_people))
        problems_add(&c->problems, "chi-perde", "entitled.who-unknown", v->who);
    v->income_problem = entitled_problem_words(c, "nuovo-reddito");
    v->who_problem = entitled_problem_words(c, "chi-perde");
    if (c->problems.n > 0)
        return ST_INVALID;
    v->cases = ARENA_ARRAY(c->mem, struct entitled_case, 2);
    const struct rules_household *reckoned;
    enum status st = reckon(c, before, a, event == EVENT_NONE ? "entitled.now" : "entitled.before", &v->cases[v->n_cases++], &reckoned);

    if (st != ST_OK || event == EVENT_NONE)
        return st;
    struct entitled_case *const after = &v->cases[v->n_cases];

    v->lost_work = event == EVENT_WORK;
    if (event == EVENT_WORK)
        st = reckon_current(c, reckoned, (int)who - 1, income, v);
    const bool is_changed = event == EVENT_BIRTH || v->current_holds;
    const struct rules_household *const h = is_changed ? sums_after(c, before, event, (int)who - 1, income) : before;

    if (st != ST_OK || h == NULL)
        return st;
    v->n_cases++;
    return reckon(c, h, a, event == EVENT_BIRTH ? "entitled.after-birth" : "entitled.after-work", after, &reckoned);
}

/* POST /calcoli - nothing of it is kept. */
enum status entitled_sums_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entitled_sums_view v = {0};
    struct entitled_plain p;
    struct asked a;
    enum status st = begin(w, web_field(w, "regolamento"), &a, &v);

    if (st != ST_OK)
        return st;
    v.frame->is_hidden = true;
    put_events(c, web_field(w, "evento"), &v);
    entitled_plain_read(w, a.facts, &p);
    p.is_rare = a.rare;
    p.plan = a.is_plan ? &a.plan : NULL;
    st = c->problems.n > 0 ? ST_INVALID : reckon_all(w, &p, &a, &v);
    if (st == ST_INVALID) {
        v.n_cases = 0;
        web_set_code(w, 422);
    } else if (st != ST_OK) {
        return st;
    }
    return show(w, &p, &v);
}
