/* entitled_desk_page.c - /spetta/operatore: all facts on one page, the answers beside it. */
#include "base/macros.h"
#include "base/text.h"
#include "entitled_feature.h"
#include "entitled_pages.h"
#include "entitled_plain.h"

static const bool *all_asked(struct ctx *c)
{
    const int n = rules_n_facts(rules_shelf_facts(rules_shelf_of(c)));
    bool *const asked = ARENA_ARRAY(c->mem, bool, (size_t)n + 1);

    for (int i = 0; i < n; i++)
        asked[i] = true;
    return asked;
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

/* GET /spetta/operatore */
enum status entitled_desk_page(struct web *w)
{
    struct entitled_desk_view v = {0};
    struct entitled_plain p;

    begin(w, &v);
    entitled_plain_new(web_ctx(w), all_asked(web_ctx(w)), &p);
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
    struct str why;
    int64_t comune_id;

    begin(w, &v);
    v.frame->is_hidden = true;
    entitled_plain_read(w, all_asked(c), &p);
    enum status st = read_comune(w, &v, &comune_id);

    if (st != ST_OK)
        return st;
    if (c->problems.n == 0 &&
        rules_chain_ask(c->mem, rules_shelf_of(c), entitled_plain_household(c, &p), c->today, NULL, 0, &chain, &why) != ST_OK)
        problems_add(&c->problems, "reddito_familiare", "entitled.too-large", STR(""));
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show(w, &p, &v);
    }
    v.is_answered = true;
    st = entitled_put_chain(c, &chain, comune_id, &v.result);
    return st == ST_OK ? show(w, &p, &v) : st;
}
