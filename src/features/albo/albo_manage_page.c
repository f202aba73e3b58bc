/* albo_manage_page.c - who looks after the territory answers proposals; a body keeps its own line. */
#include "albo.h"
#include "albo_feature.h"
#include "albo_pages.h"
#include "albo_view.h"
#include "albo_words.h"
#include "base/date.h"
#include "base/macros.h"
#include "core/bodies/phones.h"
#include "core/links/links.h"
#include "features/albo/albo_themes.h"
#include "features/twins/twins.h"

static enum status proposal_view(struct ctx *c, const struct albo_proposal *p, struct albo_proposal_view *v)
{
    struct str rest = p->themes, themes[N_ALBO_THEMES];
    struct comune comune;
    int n = 0;
    const enum status st = places_comune(c, p->comune_id, &comune);

    if (st != ST_OK)
        return st;
    while (rest.n > 0 && n < N_ALBO_THEMES)
        themes[n++] = str_cut(&rest, ' ');
    *v = (struct albo_proposal_view){.proposal_id = p->proposal_id,
                                     .name = p->name,
                                     .kind = organisations_kind_words(c, p->kind),
                                     .section = albo_section_words(c, p->section),
                                     .runts = p->runts_number,
                                     .tax_id = p->tax_id,
                                     .comune = comune.area.name,
                                     .street = p->street,
                                     .what = p->what,
                                     .phone = p->phone,
                                     .email = p->email,
                                     .website = p->website,
                                     .themes = albo_themes_said(c, themes, n),
                                     .received = text_day(c->mem, c->lang, p->received_on),
                                     .answer_by = text_day(c->mem, c->lang, p->answer_by),
                                     .self_help = p->is_self_help,
                                     .responsible = p->is_responsible,
                                     .is_late = p->answer_by < c->today,
                                     .is_waiting = p->state == ALBO_WAITS};
    return ST_OK;
}

/* GET /albo/gestione - what waits. */
enum status albo_manage_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct albo_proposal *list;
    enum status st = links_here(w, LINKS_APPROVE, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_APPROVE, st, &k);
    struct albo_manage_view v = {.frame = frame_new(w, text_get(c->lang, "albo.manage-title")), .holder = k.name};

    if (str_eq_z(web_query(w, "fatto"), "rifiutata"))
        v.done = text_get(c->lang, "albo.done-refused");
    st = albo_waiting(c, &list, &v.n_waiting);
    if (st == ST_OK)
        st = twins_count(c, &v.n_pairs);
    if (st == ST_OK)
        v.waiting = ARENA_ARRAY(c->mem, struct albo_proposal_view, (size_t)v.n_waiting);
    for (int i = 0; st == ST_OK && i < v.n_waiting; i++)
        st = proposal_view(c, &list[i], &v.waiting[i]);
    v.frame->is_hidden = true;
    return st == ST_OK ? html_albo_manage(w, &v) : st;
}

/* Bodies that are there and look like the one proposed. */
static enum status fill_hints(struct ctx *c, const struct albo_proposal *p, struct albo_one_view *v)
{
    struct phone phones[PHONES_MOST];
    struct str numbers[PHONES_MOST], wrong;
    struct twins_hint *hints;
    struct twins_face f = {.name = p->name,
                           .tax_id = p->tax_id,
                           .email = p->email,
                           .site = p->website,
                           .comune_id = p->comune_id,
                           .comune_name = v->p.comune,
                           .phones = numbers,
                           .streets = &p->street,
                           .n_streets = p->street.n > 0};

    if (p->phone.n > 0 && !phones_read(c->mem, p->phone, phones, &f.n_phones, &wrong))
        f.n_phones = 0;
    for (int i = 0; i < f.n_phones; i++)
        numbers[i] = phones[i].number;
    const enum status st = twins_like_organisation(c, &f, &hints, &v->n_hints);

    if (st != ST_OK)
        return st;
    v->hints = ARENA_ARRAY(c->mem, struct albo_hint_view, (size_t)v->n_hints);
    for (int i = 0; i < v->n_hints; i++)
        v->hints[i] = (struct albo_hint_view){
            .name = hints[i].name,
            .path = str_fmt(c->mem, "/enti/%.*s", (int)hints[i].slug.n, hints[i].slug.p),
            .why = twins_why_words(c, hints[i].why)};
    return st;
}

/* The key, then the proposal; *out_done: the page that says no was written. */
static enum status enter(struct web *w, struct links_link *k, struct albo_proposal *p, bool *out_done)
{
    int64_t id = 0;
    const enum status st = links_here(w, LINKS_APPROVE, k);

    *out_done = st != ST_OK;
    if (st != ST_OK)
        return links_refuse(w, LINKS_APPROVE, st, k);
    return str_to_int(web_path_value(w, "id"), &id) ? albo_proposal(web_ctx(w), id, p) : ST_NOT_FOUND;
}

static enum status show_one(struct web *w, const struct albo_proposal *p, struct albo_one_view *v)
{
    struct ctx *c = web_ctx(w);
    enum status st = proposal_view(c, p, &v->p);

    v->frame = frame_new(w, p->name);
    v->frame->is_hidden = true;
    frame_crumb(w, v->frame, text_get(c->lang, "albo.manage-title"), STR("/albo/gestione"));
    v->words_error = albo_problem(c, "risposta");
    v->error = albo_problem(c, "");
    if (st == ST_OK && v->p.is_waiting)
        st = fill_hints(c, p, v);
    return st == ST_OK ? html_albo_one(w, v) : st;
}

/* GET /albo/gestione/:id */
enum status albo_one_page(struct web *w)
{
    struct albo_one_view v = {.is_approved = false};
    struct albo_proposal p;
    struct links_link k;
    bool is_done;
    const enum status st = enter(w, &k, &p, &is_done);

    return st == ST_OK && !is_done ? show_one(w, &p, &v) : st;
}

static enum status refused(struct web *w, const struct albo_proposal *p, struct albo_one_view *v, enum status st)
{
    if ((st != ST_INVALID && st != ST_CONFLICT) || web_ctx(w)->problems.n == 0)
        return st;
    web_set_code(w, st == ST_CONFLICT ? 409 : 422);
    return show_one(w, p, v);
}

/* POST /albo/gestione/:id/approva - its key is shown on this answer alone, when no mail can bring it. */
enum status albo_approve_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_one_view v = {.is_approved = false};
    struct albo_approved done;
    struct albo_proposal p;
    struct links_link k;
    bool is_done;
    enum status st = enter(w, &k, &p, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_INVALID : albo_approve(c, p.proposal_id, k.name, &done);
    if (st != ST_OK)
        return refused(w, &p, &v, st);
    const struct str origin = web_origin(w);

    p.state = ALBO_APPROVED;
    v.is_approved = true;
    v.was_mailed = done.was_mailed;
    v.path = str_fmt(c->mem, "/enti/%.*s", (int)done.slug.n, done.slug.p);
    if (!done.was_mailed)
        v.key = str_fmt(c->mem, "%.*s%.*s", (int)origin.n, origin.p, (int)done.key_path.n, done.key_path.p);
    return show_one(w, &p, &v);
}

/* POST /albo/gestione/:id/rifiuta */
enum status albo_refuse_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct albo_one_view v = {.words = web_field(w, "risposta")};
    struct albo_proposal p;
    struct links_link k;
    bool is_done;
    enum status st = enter(w, &k, &p, &is_done);

    if (st != ST_OK || is_done)
        return st;
    st = c->problems.n > 0 ? ST_INVALID : albo_refuse(c, p.proposal_id, k.name, v.words);
    return st == ST_OK ? web_redirect(w, STR("/albo/gestione?fatto=rifiutata")) : refused(w, &p, &v, st);
}

/* ---- its own line ---- */

static struct str themes_joined(struct ctx *c, const struct albo_line *l)
{
    return albo_tidy_themes(c, l->themes, l->n_themes);
}

static enum status show_own(struct web *w, const struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    struct albo_line l = {0};
    const enum status st = albo_entry(c, k->organisation_id, &l);

    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    struct albo_own_view v = {.frame = frame_new(w, text_get(c->lang, "albo.own-title")),
                              .name = k->name,
                              .path = str_fmt(c->mem, "/enti/%.*s", (int)k->slug.n, k->slug.p),
                              .runts = l.runts_number,
                              .self_help = l.is_self_help,
                              .responsible = l.is_responsible};

    if (str_eq_z(web_query(w, "fatto"), "1"))
        v.done = text_get(c->lang, "albo.done-own");
    v.sections = albo_section_options(c, l.section, NULL, &v.n_sections);
    v.themes = albo_theme_options(c, themes_joined(c, &l), &v.n_themes);
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "albo.title"), STR("/albo"));
    return html_albo_own(w, &v);
}

/* GET /albo/nostro - what the albo says of who holds the key. */
enum status albo_own_page(struct web *w)
{
    struct links_link k;
    const enum status st = links_here(w, LINKS_KEEP, &k);

    return st == ST_OK ? show_own(w, &k) : links_refuse(w, LINKS_KEEP, st, &k);
}

/* POST /albo/nostro */
enum status albo_own_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct str themes[N_ALBO_THEMES];
    struct albo_line before = {0};
    struct links_link k;
    int n = 0;
    enum status st = links_here(w, LINKS_KEEP, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_KEEP, st, &k);
    if (c->problems.n > 0)
        return ST_DENIED;
    while (n < N_ALBO_THEMES && web_field_at(w, "tema", n, &themes[n]))
        n++;
    st = albo_entry(c, k.organisation_id, &before);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    const struct str runts = str_trim(web_field(w, "runts"));
    const struct albo_details d = {.section = albo_section_of(web_field(w, "sezione")),
                                   .runts_number = runts.n > ALBO_LINE_MAX ? STR("") : runts,
                                   .themes = albo_tidy_themes(c, themes, n),
                                   .is_self_help = web_field(w, "aiuto").n > 0,
                                   .is_responsible = web_field(w, "impresa").n > 0,
                                   .is_demo = before.is_demo};

    st = albo_set(c, k.organisation_id, &d, k.name);
    return st == ST_OK ? web_redirect(w, STR("/albo/nostro?fatto=1")) : st;
}
