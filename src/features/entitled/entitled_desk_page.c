/* entitled_desk_page.c - /spetta/operatore: all facts on one page, the answers beside it. */
#include "base/macros.h"
#include "base/text.h"
#include "entitled_feature.h"
#include "entitled_pages.h"
#include "entitled_plain.h"
#include "features/regulations/regulations.h"

enum { MOST_MORE = 20 };

/* A scale of need and a plan of care by a body's regulation, and what else that body has for care at home. */
struct chosen {
    bool is_plan;
    struct regulation regulation;
    struct regulations_plan plan;
    const struct rules *rules;
    const struct rules *more[MOST_MORE]; /* the plan first */
    int n_more;
};

static void mark(const struct rules *r, bool *asked)
{
    const int *list;
    int n;

    rules_asks(r, &list, &n);
    for (int i = 0; i < n; i++)
        asked[list[i]] = true;
}

/* Facts that some text of today asks, or the regulations that were chosen. */
static const bool *asked_of(struct ctx *c, const struct chosen *k)
{
    const struct rules_shelf *const shelf = rules_shelf_of(c);
    bool *const asked = ARENA_ARRAY(c->mem, bool, (size_t)rules_n_facts(rules_shelf_facts(shelf)) + 1);

    for (int i = 0; i < rules_shelf_n(shelf); i++)
        if (rules_holds_on(rules_shelf_at(shelf, i), c->today))
            mark(rules_shelf_at(shelf, i), asked);
    for (int i = 0; i < k->n_more; i++)
        mark(k->more[i], asked);
    return asked;
}

static enum status put_more(struct ctx *c, struct chosen *k)
{
    struct regulation *list;
    int n = 0;
    const enum status st = regulations_list(
        c, &(struct regulations_find){.kind = REGULATION_HOME_CARE, .organisation_id = k->regulation.organisation_id, .on = c->today}, &list, &n);

    k->more[k->n_more++] = k->rules;
    for (int i = 0; st == ST_OK && i < n && k->n_more < MOST_MORE; i++) {
        const struct rules *r;
        struct rules_error error;
        const enum status read = regulations_parse(c, &list[i], &r, &error);

        if (read == ST_OK)
            k->more[k->n_more++] = r;
        else if (read != ST_INVALID)
            return read;
    }
    return st;
}

/* Regulations with a scale of need, and the one that was chosen. */
static enum status choose(struct ctx *c, struct str slug, struct chosen *k, struct entitled_desk_view *v)
{
    struct regulation *list;
    int n = 0;
    enum status st = regulations_list(c, &(struct regulations_find){.kind = REGULATION_CARE_PLAN, .on = c->today}, &list, &n);

    *k = (struct chosen){.is_plan = false};
    if (st != ST_OK)
        return st;
    v->plans = ARENA_ARRAY(c->mem, struct entitled_option, (size_t)n + 1);
    v->plans[v->n_plans++] = (struct entitled_option){"", text_get(c->lang, "entitled.no-plan"), slug.n == 0};
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct rules_error error;
        struct regulations_plan plan;
        const bool is_chosen = str_eq(list[i].slug, slug);

        if (!regulations_plan_of(c, &list[i], &plan))
            continue;
        v->plans[v->n_plans++] =
            (struct entitled_option){str_z(c->mem, list[i].slug),
                                     str_fmt(c->mem, "%.*s · %.*s", (int)list[i].body.n, list[i].body.p, (int)list[i].title.n, list[i].title.p),
                                     is_chosen};
        if (!is_chosen || regulations_parse(c, &list[i], &k->rules, &error) != ST_OK)
            continue;
        k->is_plan = true;
        k->regulation = list[i];
        k->plan = plan;
        st = put_more(c, k);
    }
    if (k->is_plan) {
        v->plan = k->regulation.title;
        v->plan_body = k->regulation.body;
        v->plan_path = str_fmt(c->mem, "/regolamenti/%.*s", (int)slug.n, slug.p);
        v->is_invented = k->regulation.is_invented;
    }
    return st;
}

/* What the plan comes to; the sums are those of its text. */
static enum status tell_plan(struct ctx *c, const struct chosen *k, const struct rules_chain *chain, struct entitled_desk_view *v)
{
    static const char *const verdicts[] = {"entitled.plan-yes", "entitled.plan-likely", "entitled.plan-check", "entitled.plan-no"};

    for (int i = 0; k->is_plan && i < chain->n; i++)
        if (chain->list[i].rules == k->rules) {
            v->has_told = true;
            v->plan_verdict = text_get(c->lang, verdicts[chain->list[i].verdict]);
            regulations_plan_told(c, &k->plan, chain->household, &chain->list[i].answer, &v->told);
            return entitled_put_measure(c, &chain->list[i], 0, &v->plan_measure);
        }
    return ST_OK;
}

static void begin(struct web *w, struct entitled_desk_view *v)
{
    struct ctx *c = web_ctx(w);

    v->result.frame = v->frame = frame_new(w, text_get(c->lang, "entitled.desk-title"));
    v->frame->description = text_get(c->lang, "entitled.desk-lead");
    v->result.is_desk = true;
    frame_crumb(w, v->frame, text_get(c->lang, "entitled.title"), STR("/spetta"));
}

static enum status show(struct web *w, const struct entitled_plain *p, struct entitled_desk_view *v)
{
    struct ctx *c = web_ctx(w);

    entitled_plain_chapters(c, p, &v->part);
    entitled_put_problems(c, &v->problems, &v->n_problems);
    v->n_people = p->n_people;
    v->n_outside = p->n_outside;
    v->may_add = p->n_people + p->n_outside < PLAIN_MOST_PEOPLE;
    return html_entitled_desk(w, v);
}

/* GET /spetta/operatore?scheda=... - which body's scale of need is filled says nothing of anybody. */
enum status entitled_desk_page(struct web *w)
{
    struct entitled_desk_view v = {0};
    struct entitled_plain p;
    struct chosen k;

    begin(w, &v);
    const enum status st = choose(web_ctx(w), web_query(w, "scheda"), &k, &v);

    if (st != ST_OK)
        return st;
    entitled_plain_new(web_ctx(w), asked_of(web_ctx(w), &k), &p);
    p.plan = k.is_plan ? &k.plan : NULL;
    return show(w, &p, &v);
}

/* Where its desks are looked for: a comune that is meant without doubt. */
static enum status read_comune(struct web *w, struct entitled_desk_view *v, int64_t *out_id)
{
    struct ctx *c = web_ctx(w);
    struct comune_hit *hits;
    int n = 0;

    v->where = str_head(str_trim(web_field(w, "dove")), ENTITLED_MOST_TYPED);
    *out_id = 0;
    if (v->where.n == 0 || !str_is_utf8(v->where))
        return ST_OK;
    const enum status st = places_find_comuni(c, v->where, 2, &hits, &n);

    if (st == ST_OK && (n == 1 || (n == 2 && hits[0].match <= MATCH_HAMLET && hits[1].match > MATCH_HAMLET)))
        *out_id = hits[0].comune.area.area_id;
    else if (st == ST_OK)
        problems_add(&c->problems, "dove", n == 0 ? "entitled.place-unknown" : "entitled.place-many", v->where);
    v->where_problem = entitled_problem_words(c, "dove");
    return st;
}

/* POST /spetta/operatore - the same page with the answers; nothing of it is kept. */
enum status entitled_desk_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entitled_desk_view v = {0};
    struct entitled_plain p;
    struct rules_chain chain;
    struct chosen k;
    struct str why;
    int64_t comune_id;

    begin(w, &v);
    v.frame->is_hidden = true;
    enum status st = choose(c, web_field(w, "scheda"), &k, &v);

    if (st != ST_OK)
        return st;
    entitled_plain_read(w, asked_of(c, &k), &p);
    p.plan = k.is_plan ? &k.plan : NULL;
    st = read_comune(w, &v, &comune_id);
    if (st != ST_OK)
        return st;
    if (c->problems.n == 0 &&
        rules_chain_ask(c->mem, rules_shelf_of(c), entitled_plain_household(c, &p), c->today, k.more, k.n_more, &chain, &why) != ST_OK)
        problems_add(&c->problems, "reddito_familiare", "entitled.too-large", STR(""));
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show(w, &p, &v);
    }
    v.is_answered = true;
    st = entitled_put_chain(c, &chain, comune_id, &v.result);
    if (st == ST_OK)
        st = tell_plan(c, &k, &chain, &v);
    return st == ST_OK ? show(w, &p, &v) : st;
}
