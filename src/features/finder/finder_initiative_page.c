/* finder_initiative_page.c - "segnalata nel 2018: c'è ancora?", with three answers. */
#include "core/bodies/bodies.h"
#include "features/catalogue/catalogue.h"
#include "finder_feature.h"
#include "finder_initiative_view.h"
#include "finder_pages.h"
#include "finder_sheet_words.h"

static enum status body_links(struct ctx *c, const struct initiative *i,
                              struct finder_initiative_line *l)
{
    l->bodies = ARENA_ARRAY(c->mem, struct finder_link, (size_t)i->n_body_codes);
    for (int k = 0; k < i->n_body_codes; k++) {
        struct body b;
        const enum status st = bodies_by_code(c, i->body_codes[k], &b);

        if (st == ST_OK)
            l->bodies[l->n_bodies++] = (struct finder_link){
                b.name, str_fmt(c->mem, "/enti/%.*s", (int)b.slug.n, b.slug.p)};
        else if (st != ST_NOT_FOUND)
            return st;
    }
    return ST_OK;
}

static struct str answer_words(struct ctx *c, enum initiative_answer a)
{
    return text_get(c->lang,
                    str_fmt(c->mem, "finder.initiative-last-%s", catalogue_answer_name(a)).p);
}

static struct str said_words(struct ctx *c, const struct initiative *i)
{
    const struct text_arg args[] = {{"answer", answer_words(c, i->last_answer)},
                                    {"day", text_day(c->mem, c->lang, i->last_answer_on)}};

    if (i->last_answer_on == DAY_NONE || i->last_answer == 0)
        return STR("");
    return text_fill(c->mem, text_get(c->lang, "finder.initiative-said"), args, 2);
}

static enum status line_of(struct ctx *c, const struct initiative *i,
                           struct finder_initiative_line *out)
{
    *out = (struct finder_initiative_line){.slug = i->slug,
                                           .name = i->name,
                                           .kind = i->kind,
                                           .what = i->what,
                                           .year = str_fmt(c->mem, "%d", i->year),
                                           .said = said_words(c, i)};
    return body_links(c, i, out);
}

/* GET /iniziative */
enum status finder_initiatives_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct finder_initiatives_view v = {
        .frame = frame_new(w, text_get(c->lang, "finder.initiatives-title"))};
    struct initiative *list;
    int n = 0;
    enum status st = catalogue_initiatives(c, &list, &n);

    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "finder.initiatives-description");
    v.lines = ARENA_ARRAY(c->mem, struct finder_initiative_line, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        st = line_of(c, &list[i], &v.lines[v.n_lines++]);
        v.n_answered += list[i].last_answer_on != DAY_NONE;
    }
    return st == ST_OK ? html_finder_initiatives(w, &v) : st;
}

static enum status find(struct web *w, struct initiative *out)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    const enum status st = catalogue_service_by_slug(c, web_path_value(w, "slug"), &s);

    return st == ST_OK ? catalogue_initiative(c, s.service_id, out) : st;
}

static enum status show(struct web *w, const struct initiative *i, struct str problem)
{
    struct ctx *c = web_ctx(w);
    struct finder_initiative_view v = {.frame = frame_new(w, i->name),
                                       .document = i->document,
                                       .here = i->here,
                                       .gone = i->gone,
                                       .unsure = i->unsure,
                                       .problem = problem,
                                       .is_done = str_eq_z(web_query(w, "grazie"), "1")};
    const enum status st = line_of(c, i, &v.line);

    if (st != ST_OK)
        return st;
    frame_crumb(w, v.frame, text_get(c->lang, "finder.initiatives-title"), STR("/iniziative"));
    v.last = v.line.said;
    return html_finder_initiative(w, &v);
}

/* GET /iniziative/:slug */
enum status finder_initiative_page(struct web *w)
{
    struct initiative i;
    const enum status st = find(w, &i);

    return st == ST_OK ? show(w, &i, STR("")) : st;
}

/* POST /iniziative/:slug */
enum status finder_initiative_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const enum initiative_answer answer = catalogue_answer_of(web_field(w, "risposta"));
    struct initiative i;
    enum status st = find(w, &i);

    if (st != ST_OK)
        return st;
    if (answer == 0) {
        problems_add(&c->problems, "risposta", "finder.initiative-choose", STR(""));
        st = ST_INVALID;
    } else {
        st = catalogue_initiative_answer(c, i.service_id, answer, web_form_nonce(w));
    }
    if (st == ST_OK)
        return web_redirect(w,
                            str_fmt(c->mem, "/iniziative/%.*s?grazie=1", (int)i.slug.n, i.slug.p));
    if (st != ST_INVALID)
        return st;
    web_set_code(w, 422);
    return show(w, &i, text_get(c->lang, c->problems.list[0].key));
}
