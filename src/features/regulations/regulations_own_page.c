/* regulations_own_page.c - what a body has written, and what it may still write. */
#include "base/macros.h"
#include "regulations_edit.h"
#include "regulations_edit_page.h"
#include "regulations_feature.h"
#include "regulations_key.h"
#include "regulations_pages.h"
#include "regulations_view.h"

static enum status show_list(struct web *w, const struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    struct regulations_own_view v = {.frame = frame_new(w, text_get(c->lang, "regulations.own-title")), .body = k->name};
    struct regulation *list;
    int n = 0;
    const enum status st =
        regulations_list(c, &(struct regulations_find){.organisation_id = k->organisation_id, .on = DAY_NONE}, &list, &n);

    if (st != ST_OK)
        return st;
    if (str_eq_z(web_query(w, "fatto"), "tolto"))
        v.done = text_get(c->lang, "regulations.done-tolto");
    v.rows = ARENA_ARRAY(c->mem, struct regulations_own_row, (size_t)n + REGULATION_KIND_COUNT);
    for (int kind = 1; kind < REGULATION_KIND_COUNT; kind++) {
        const struct str name = str_of(regulations_kind_name((enum regulation_kind)kind));
        const struct str words = regulations_kind_words(c, (enum regulation_kind)kind);

        for (int i = 0; i < n; i++)
            if ((int)list[i].kind == kind)
                v.rows[v.n_rows++] = (struct regulations_own_row){
                    .kind = words,
                    .title = list[i].title,
                    .path = str_fmt(c->mem, "/regolamenti/mio?scheda=%.*s", (int)list[i].slug.n, list[i].slug.p),
                    .is_there = true,
                    .is_invented = list[i].is_invented};
        v.rows[v.n_rows++] = (struct regulations_own_row){
            .kind = words, .path = str_fmt(c->mem, "/regolamenti/mio?tipo=%.*s", (int)name.n, name.p)};
    }
    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "regulations.title"), STR("/regolamenti"));
    return html_regulations_own(w, &v);
}

/* What is there, as the form or, when the form would not write it so, as its text. */
static enum status draft_of(struct ctx *c, struct str slug, struct regulation *r, struct regulations_draft *out)
{
    const enum status st = regulations_by_slug(c, slug, r);

    *out = (struct regulations_draft){.is_text = false};
    if (st != ST_OK)
        return st;
    out->text = r->text;
    out->is_text = !regulations_form_back(c, r->kind, r->text, &out->form);
    out->form.kind = r->kind;
    return ST_OK;
}

/* The form of one that is there. */
static enum status show_one(struct web *w, const struct links_link *k, struct str slug)
{
    struct ctx *c = web_ctx(w);
    struct regulations_draft d;
    struct regulation r;
    const enum status st = draft_of(c, slug, &r, &d);

    if (st != ST_OK)
        return st;
    if (!regulations_may_write(c, r.organisation_id))
        return fail(c, ST_DENIED, "regulations.not-yours");
    d.slug = r.slug;
    d.version = r.version;
    d.was_invented = r.is_invented;
    return regulations_show_form(w, k, &d);
}

/* A new one that begins with what another body has: its day and its deliberation are still to be typed. */
static enum status show_copy(struct web *w, const struct links_link *k, struct str slug)
{
    struct regulations_draft d;
    struct regulation r;
    const enum status st = draft_of(web_ctx(w), slug, &r, &d);

    if (st != ST_OK)
        return st;
    d.form.values[FORM_FROM] = d.form.values[FORM_TO] = d.form.values[FORM_SOURCE] = STR("");
    return regulations_show_form(w, k, &d);
}

/* GET /regolamenti/mio, ?tipo= a new one, ?da= a new one from another's, ?scheda= one that is there */
enum status regulations_own_page(struct web *w)
{
    const enum regulation_kind kind = regulations_kind_of(web_query(w, "tipo"));
    const struct str slug = web_query(w, "scheda");
    struct regulations_draft d = {.is_text = false};
    struct links_link k;
    const enum status st = regulations_key(w, &k);

    if (st != ST_OK)
        return regulations_refuse(w, st, &k);
    if (slug.n > 0)
        return show_one(w, &k, slug);
    if (web_query(w, "da").n > 0)
        return show_copy(w, &k, web_query(w, "da"));
    if (kind == 0)
        return show_list(w, &k);
    regulations_form_begin(&d.form, kind, regulations_first_pattern(kind));
    return regulations_show_form(w, &k, &d);
}
