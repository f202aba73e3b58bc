/* entitled_page.c - /spetta: six questions, and what is due. */
#include "base/text.h"
#include "entitled_boxes.h"
#include "entitled_feature.h"
#include "entitled_pages.h"

static struct frame *new_frame(struct web *w, const char *title)
{
    struct ctx *c = web_ctx(w);
    struct frame *const f = frame_new(w, text_get(c->lang, title));

    f->description = text_get(c->lang, "entitled.lead");
    return f;
}

static enum status show_form(struct web *w, const struct entitled_answers *a)
{
    struct ctx *c = web_ctx(w);
    struct entitled_form_view v = {.frame = new_frame(w, "entitled.title")};

    entitled_put_form(c, a, &v);
    v.frame->skip_to = "dove";
    v.frame->skip_label = text_get(c->lang, "entitled.skip");
    return html_entitled_form(w, &v);
}

/* GET /spetta - the empty form, for everybody. */
enum status entitled_page(struct web *w)
{
    const struct entitled_answers a = {.n_people = 1};

    return show_form(w, &a);
}

/* "togli-3": 3; 0: none. */
static int dropped(struct str act)
{
    int64_t n = 0;

    return str_starts(act, STR("togli-")) && str_to_int(str_from(act, 6), &n) && n <= ENTITLED_MOST_PEOPLE ? (int)n : 0;
}

/* POST /spetta - the form again: one more person, one less, or to change an answer. */
enum status entitled_again_post(struct web *w)
{
    struct entitled_answers *const a = ARENA_NEW(web_ctx(w)->mem, struct entitled_answers);
    const struct str act = web_field(w, "azione");
    const enum status st = entitled_read(w, a);

    if (st != ST_OK)
        return st;
    web_ctx(w)->problems.n = 0; /* nobody has asked for an answer yet */
    a->n_which = 0;
    if (str_eq_z(act, "aggiungi"))
        entitled_add_person(a);
    else
        entitled_drop_person(a, dropped(act));
    return show_form(w, a);
}

/* GET /spetta/risultato - an answer has no address: back to the questions. */
enum status entitled_result_back(struct web *w)
{
    return web_redirect(w, STR("/spetta"));
}

/* POST /spetta/risultato - what is due; nothing of it is kept. */
enum status entitled_result_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct entitled_answers *const a = ARENA_NEW(c->mem, struct entitled_answers);
    struct rules_chain chain;
    struct str why;
    enum status st = entitled_read(w, a);

    if (st != ST_OK)
        return st;
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show_form(w, a);
    }
    if (rules_chain_ask(c->mem, rules_shelf_of(c), entitled_household(c, a), c->today, NULL, 0, &chain, &why) != ST_OK) {
        problems_add(&c->problems, "reddito", "entitled.too-large", STR(""));
        web_set_code(w, 422);
        return show_form(w, a);
    }
    struct entitled_result_view v = {.frame = new_frame(w, "entitled.result-title"), .place = entitled_value(a, "dove")};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "entitled.title"), STR("/spetta"));
    entitled_put_answers(c, a, &v);
    st = entitled_put_chain(c, &chain, a->has_place ? a->place.area.area_id : 0, &v);
    return st == ST_OK ? html_entitled_result(w, &v) : st;
}
