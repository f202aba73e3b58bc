/* simulations_page.c - /simulazioni: the form, and its answer below it. Nothing of it is kept. */
#include "base/text.h"
#include "simulations_asked.h"
#include "simulations_feature.h"
#include "simulations_pages.h"

static struct frame *new_frame(struct web *w)
{
    struct ctx *const c = web_ctx(w);
    struct frame *const f = frame_new(w, text_get(c->lang, "simulations.title"));

    f->description = text_get(c->lang, "simulations.description");
    return f;
}

/* GET /simulazioni - the measures; with ?misura= the numbers of its text. */
enum status simulations_form_page(struct web *w)
{
    struct simulations_asked *const a = ARENA_NEW(web_ctx(w)->mem, struct simulations_asked);
    struct simulations_view v = {.frame = new_frame(w)};
    enum status st = simulations_ask_read(w, a);

    a->n_mistakes = 0; /* an address says what to show, nothing to mend */
    if (st == ST_OK)
        st = simulations_fill_form(w, a, &v);
    return st == ST_OK ? html_simulations_home(w, &v) : st;
}

/* What is to be mended stands beside its field, with all that was typed. */
static enum status refuse(struct web *w, struct simulations_asked *a, struct simulations_view *v)
{
    if (a->n_mistakes == 0)
        simulations_mistake(a, "misura", text_get(web_lang(w), "simulations.measure-missing"));
    const enum status st = simulations_fill_form(w, a, v);

    if (st != ST_OK)
        return st;
    v->frame->is_hidden = true;
    web_set_code(w, 422);
    return web_is_swap(w) ? html_simulations_swap(w, v) : html_simulations_home(w, v);
}

enum status simulations_refuse(struct web *w, struct simulations_asked *a)
{
    struct simulations_view v = {.frame = new_frame(w)};

    return refuse(w, a, &v);
}

/* POST /simulazioni - the same form with its answer; to the island that moves a threshold the answer alone. */
enum status simulations_result_post(struct web *w)
{
    struct simulations_asked *const a = ARENA_NEW(web_ctx(w)->mem, struct simulations_asked);
    struct simulations_view v = {.frame = new_frame(w)};
    struct simulations_population *people;
    struct simulations_result *r;
    enum status st = simulations_ask_read(w, a);

    if (st == ST_OK)
        st = simulations_ask_run(w, a, &r, &people);
    if (st == ST_INVALID)
        return refuse(w, a, &v);
    if (st != ST_OK)
        return st;
    st = simulations_fill_form(w, a, &v);
    if (st != ST_OK)
        return st;
    v.has_result = true;
    v.frame->is_hidden = true;
    simulations_fill_result(w, a, r, people, &v.result);
    return web_is_swap(w) ? html_simulations_swap(w, &v) : html_simulations_home(w, &v);
}
