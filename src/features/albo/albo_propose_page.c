/* albo_propose_page.c - anybody proposes a body and follows what becomes of it. */
#include "albo.h"
#include "albo_feature.h"
#include "albo_pages.h"
#include "albo_view.h"
#include "albo_words.h"
#include "base/date.h"
#include "core/messages/messages.h"
#include "features/albo/albo_themes.h"

static struct albo_propose_view new_view(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_propose_view v = {.frame = frame_new(w, text_get(c->lang, "albo.propose-title")), .what_max = ALBO_WHAT_MAX};

    frame_crumb(w, v.frame, text_get(c->lang, "albo.title"), STR("/albo"));
    return v;
}

static void fill_choices(struct ctx *c, enum organisation_kind kind, enum albo_section section, struct str themes,
                         struct albo_propose_view *v)
{
    v->kinds = albo_kind_options(c, kind, false, NULL, &v->n_kinds);
    v->sections = albo_section_options(c, section, NULL, &v->n_sections);
    v->themes = albo_theme_options(c, themes, &v->n_themes);
}

/* GET /albo/proponi - the form; ?codice= looks for an answer. */
enum status albo_propose_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_propose_view v = new_view(w);

    v.code = web_query(w, "codice");
    if (v.code.n > 0) {
        const struct str code = messages_tidy_code(c, v.code);

        if (code.n > 0)
            return web_redirect(w, str_fmt(c->mem, "/albo/proponi/%.*s", (int)code.n, code.p));
        v.code_error = text_get(c->lang, "albo.code-unknown");
    }
    fill_choices(c, 0, ALBO_NO_SECTION, STR(""), &v);
    return html_albo_propose(w, &v);
}

static int read_themes(struct web *w, struct str out[N_ALBO_THEMES])
{
    int n = 0;

    while (n < N_ALBO_THEMES && web_field_at(w, "tema", n, &out[n]))
        n++;
    return n;
}

static enum status show_again(struct web *w, const struct albo_form *f)
{
    struct ctx *c = web_ctx(w);
    struct albo_propose_view v = new_view(w);

    v.name = f->name;
    v.runts = f->runts_number;
    v.tax_id = f->tax_id;
    v.comune = f->comune;
    v.street = f->street;
    v.what = f->what;
    v.phone = f->phone;
    v.email = f->email;
    v.website = f->website;
    v.self_help = f->is_self_help;
    v.responsible = f->is_responsible;
    v.name_error = albo_problem(c, "nome");
    v.kind_error = albo_problem(c, "tipo");
    v.tax_id_error = albo_problem(c, "codice-fiscale");
    v.comune_error = albo_problem(c, "comune");
    v.what_error = albo_problem(c, "cosa");
    v.phone_error = albo_problem(c, "telefono");
    v.email_error = albo_problem(c, "email");
    v.website_error = albo_problem(c, "sito");
    v.runts_error = albo_problem(c, "runts");
    v.street_error = albo_problem(c, "indirizzo");
    v.read_error = albo_problem(c, "letto");
    v.form_error = albo_problem(c, "");
    v.asks_meant = v.read_error.n > 0 || f->is_meant;
    v.n_errors = c->problems.n;
    fill_choices(c, organisations_kind_of(f->kind), albo_section_of(f->section), albo_tidy_themes(c, f->themes, f->n_themes), &v);
    web_set_code(w, 422);
    return html_albo_propose(w, &v);
}

/* POST /albo/proponi */
enum status albo_propose_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct str themes[N_ALBO_THEMES], code;
    const struct albo_form f = {.name = web_field(w, "nome"),
                                .kind = web_field(w, "tipo"),
                                .section = web_field(w, "sezione"),
                                .runts_number = web_field(w, "runts"),
                                .tax_id = web_field(w, "codice-fiscale"),
                                .comune = web_field(w, "comune"),
                                .street = web_field(w, "indirizzo"),
                                .what = web_field(w, "cosa"),
                                .phone = web_field(w, "telefono"),
                                .email = web_field(w, "email"),
                                .website = web_field(w, "sito"),
                                .themes = themes,
                                .n_themes = read_themes(w, themes),
                                .is_self_help = web_field(w, "aiuto").n > 0,
                                .is_responsible = web_field(w, "impresa").n > 0,
                                .is_meant = web_field(w, "letto").n > 0,
                                .nonce = web_form_nonce(w)};
    const enum status st = c->problems.n > 0 ? ST_INVALID : albo_propose(c, &f, &code);

    if (st == ST_OK)
        return web_redirect(w, str_fmt(c->mem, "/albo/proponi/%.*s?nuova=1", (int)code.n, code.p));
    return st == ST_INVALID ? show_again(w, &f) : st;
}

/* GET /albo/proponi/:code */
enum status albo_follow_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_proposal p;
    struct organisation o;
    enum status st = albo_follow(c, messages_tidy_code(c, web_path_value(w, "code")), &p);

    if (st != ST_OK)
        return st;
    struct albo_follow_view v = {.frame = frame_new(w, text_get(c->lang, "albo.follow-title")),
                                 .code = messages_show_code(c, p.code),
                                 .name = p.name,
                                 .received = text_day(c->mem, c->lang, p.received_on),
                                 .answer_by = text_day(c->mem, c->lang, p.answer_by),
                                 .answer = p.answer,
                                 .answered_by = p.answered_by,
                                 .is_new = str_eq_z(web_query(w, "nuova"), "1"),
                                 .is_late = p.state == ALBO_WAITS && p.answer_by < c->today,
                                 .is_approved = p.state == ALBO_APPROVED,
                                 .is_refused = p.state == ALBO_REFUSED,
                                 .keep_days = ALBO_KEEP_DAYS};

    if (p.state != ALBO_WAITS)
        v.answered = text_day(c->mem, c->lang, p.answered_on);
    if (p.organisation_id != 0) {
        st = organisations_by_id(c, p.organisation_id, &o);
        if (st == ST_OK)
            v.path = str_fmt(c->mem, "/enti/%.*s", (int)o.slug.n, o.slug.p);
        st = st == ST_NOT_FOUND ? ST_OK : st;
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "albo.title"), STR("/albo"));
    frame_crumb(w, v.frame, text_get(c->lang, "albo.propose-title"), STR("/albo/proponi"));
    return st == ST_OK ? html_albo_follow(w, &v) : st;
}
