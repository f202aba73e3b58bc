/* upkeep_correct_page.c - "Qualcosa non e' giusto?": anybody says what, nobody is asked who. */
#include "base/macros.h"
#include "upkeep_feature.h"
#include "upkeep_pages.h"
#include "upkeep_view.h"

static enum status find(struct web *w, struct service *s)
{
    const enum status st = catalogue_service_by_slug(web_ctx(w), web_path_value(w, "slug"), s);

    return st == ST_OK && (s->state != SERVICE_SHOWN || s->initiative_year != 0) ? ST_NOT_FOUND : st;
}

static void fill_whats(struct ctx *c, struct str chosen, struct upkeep_correct_view *v)
{
    v->whats = ARENA_ARRAY(c->mem, struct upkeep_option, CORRECTION_KINDS);
    for (int i = 1; i < CORRECTION_KINDS; i++) {
        const struct str name = str_of(upkeep_correction_name((enum correction_what)i));

        v->whats[v->n_whats++] = (struct upkeep_option){
            name, text_get(c->lang, str_fmt(c->mem, "upkeep.choice-%s", name.p).p), str_eq(name, chosen)};
    }
}

static struct upkeep_correct_view new_view(struct web *w, const struct service *s)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_correct_view v = {.frame = frame_new(w, text_get(c->lang, "upkeep.correct-title")),
                                    .slug = s->slug,
                                    .name = s->name,
                                    .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
                                    .words_max = CORRECTION_WORDS_MAX};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, s->name, v.path);
    return v;
}

/* GET /servizi/:slug/correggi - the form; ?grazie= after it was sent. */
enum status upkeep_correct_page(struct web *w)
{
    struct service s;
    const enum status st = find(w, &s);

    if (st != ST_OK)
        return st;
    struct upkeep_correct_view v = new_view(w, &s);

    v.is_done = str_eq_z(web_query(w, "grazie"), "1");
    fill_whats(web_ctx(w), web_query(w, "cosa"), &v);
    return html_upkeep_correct(w, &v);
}

static void fill_warnings(struct ctx *c, struct upkeep_correct_view *v)
{
    v->warnings = ARENA_ARRAY(c->mem, struct str, (size_t)c->problems.n);
    for (int i = 0; i < c->problems.n; i++) {
        const struct problem *const p = &c->problems.list[i];

        if (str_eq_z(str_of(p->field), "conferma"))
            v->warnings[v->n_warnings++] =
                text_fill(c->mem, text_get(c->lang, p->key), &(struct text_arg){"value", p->value}, 1);
    }
}

/* POST /servizi/:slug/correggi */
enum status upkeep_correct_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    enum status st = find(w, &s);

    if (st != ST_OK)
        return st;
    const struct correction_form f = {.service_id = s.service_id,
                                      .what = web_field(w, "cosa"),
                                      .words = web_field(w, "testo"),
                                      .nonce = web_form_nonce(w),
                                      .is_meant = str_eq_z(web_field(w, "conferma"), "1")};

    st = upkeep_correction_send(c, &f);
    if (st == ST_OK)
        return web_redirect(w, str_fmt(c->mem, "/servizi/%.*s/correggi?grazie=1", (int)s.slug.n, s.slug.p));
    if (st != ST_INVALID)
        return st;
    struct upkeep_correct_view v = new_view(w, &s);

    v.words = f.words;
    v.what_problem = upkeep_problem_words(c, "cosa");
    v.words_problem = upkeep_problem_words(c, "testo");
    v.form_problem = upkeep_problem_words(c, "");
    fill_warnings(c, &v);
    fill_whats(c, f.what, &v);
    web_set_code(w, 422);
    return html_upkeep_correct(w, &v);
}
