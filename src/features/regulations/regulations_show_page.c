/* regulations_show_page.c - one regulation: in words, its parameters, jumps, chart, text, history. */
#include "base/date.h"
#include "base/macros.h"
#include "regulations_compare.h"
#include "regulations_edit.h"
#include "regulations_feature.h"
#include "regulations_key.h"
#include "regulations_pages.h"
#include "regulations_try.h"

enum { DAY_MS = 86400000 };

static struct str text(struct ctx *c, const char *key)
{
    return text_get(c->lang, key);
}

static void put_facts(struct ctx *c, const struct rules *r, struct regulations_show_view *v)
{
    v->facts = ARENA_ARRAY(c->mem, struct regulations_fact_view, (size_t)rules_n_parameters(r));
    for (; v->n_facts < rules_n_parameters(r); v->n_facts++) {
        const struct rules_parameter p = rules_parameter_at(r, v->n_facts);

        v->facts[v->n_facts] = (struct regulations_fact_view){p.text, regulations_parameter_words(c, &p)};
    }
}

static struct str how_words(struct ctx *c, const struct regulations_version *v)
{
    static const char *const keys[] = {"regulations.how-form", "regulations.how-text", "regulations.how-undo", "regulations.how-demo"};
    const struct str n = text_int(c->mem, c->lang, v->of_version);

    if (!v->is_open)
        return text(c, "regulations.how-taken-back");
    return text_fill(c->mem, text(c, keys[v->how]), &(struct text_arg){"n", n}, 1);
}

static enum status put_history(struct ctx *c, const struct regulation *r, struct regulations_show_view *v)
{
    struct regulations_version *list;
    const enum status st = regulations_history(c, r->regulation_id, &list, &v->n_versions);

    if (st != ST_OK)
        return st;
    v->versions = ARENA_ARRAY(c->mem, struct regulations_version_view, (size_t)v->n_versions);
    for (int i = 0; i < v->n_versions; i++)
        v->versions[i] = (struct regulations_version_view){.version = list[i].version,
                                                           .when = text_day(c->mem, c->lang, (int)(list[i].changed_at / DAY_MS)),
                                                           .how = how_words(c, &list[i]),
                                                           .title = list[i].title,
                                                           .is_now = list[i].version == r->version,
                                                           .is_invented = list[i].is_invented,
                                                           .is_open = list[i].is_open};
    return ST_OK;
}

static struct str validity(struct ctx *c, const struct regulation *r)
{
    const struct text_arg args[] = {{"from", text_day(c->mem, c->lang, r->from)}, {"to", text_day(c->mem, c->lang, r->to)}};

    return text_fill(c->mem, text(c, r->to == DAY_NONE ? "regulations.valid-from" : "regulations.valid-to"), args, ARRAY_LEN(args));
}

static enum status put_reckoned(struct web *w, const struct regulation *r, bool asked, struct regulations_show_view *v)
{
    struct ctx *c = web_ctx(w);
    const struct regulations_asked a = regulations_asked_of(r->kind);
    struct regulations_figure *f;
    int n = 0, n_unread = 0;
    const enum status st = regulations_figures(c, r, 1, &a, &f, &n, &n_unread);

    if (st != ST_OK)
        return st;
    if (n == 0) {
        v->error = text(c, "regulations.unreadable");
        return ST_OK;
    }
    v->source = rules_source_of(f->rules).text;
    v->where = rules_where(f->rules);
    put_facts(c, f->rules, v);
    regulations_in_words(c, f, &v->sentences, &v->n_sentences);
    regulations_jump_words(c, f, &v->jumps, &v->n_jumps);
    regulations_draw(c, f, 1, &v->chart);
    v->chart.title = text_fill(c->mem, text(c, regulations_gives(r->kind) ? "regulations.chart-gets" : "regulations.chart-pays"),
                               &(struct text_arg){"kind", regulations_kind_words(c, r->kind)}, 1);
    v->chart.finding = v->sentences[0].words;
    return regulations_try(w, r, f->rules, asked, &v->trial);
}

static enum status show(struct web *w, bool asked)
{
    static const char *const known[] = {"salvato", "annullato"};
    struct ctx *c = web_ctx(w);
    struct regulation r;
    struct links_link k;
    enum status st = regulations_by_slug(c, web_path_value(w, "slug"), &r);

    if (st != ST_OK)
        return st;
    const struct str kind = str_of(regulations_kind_name(r.kind));
    struct regulations_show_view v = {.frame = frame_new(w, r.title),
                                      .slug = r.slug,
                                      .title = r.title,
                                      .body = r.body,
                                      .body_path = str_fmt(c->mem, "/enti/%.*s", (int)r.body_slug.n, r.body_slug.p),
                                      .district = r.district,
                                      .kind = regulations_kind_words(c, r.kind),
                                      .kind_path = str_fmt(c->mem, "/regolamenti?tipo=%.*s", (int)kind.n, kind.p),
                                      .edit_path = str_fmt(c->mem, "/regolamenti/mio?scheda=%.*s", (int)r.slug.n, r.slug.p),
                                      .valid = validity(c, &r),
                                      .text = r.text,
                                      .is_invented = r.is_invented,
                                      .version = r.version};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(web_query(w, "fatto"), known[i]))
            v.done = text_get(c->lang, str_fmt(c->mem, "regulations.done-%s", known[i]).p);
    if (str_eq_z(web_query(w, "fatto"), "altri"))
        v.error = text(c, "regulations.clash-undo");
    v.may_write = regulations_key(w, &k) == ST_OK && regulations_may_write(c, r.organisation_id);
    st = put_reckoned(w, &r, asked, &v);
    if (st == ST_OK)
        st = put_history(c, &r, &v);
    frame_crumb(w, v.frame, text(c, "regulations.title"), STR("/regolamenti"));
    if (asked)
        v.frame->is_hidden = true;
    if (asked && st == ST_OK && c->problems.n > 0) {
        web_set_code(w, 422);
        v.error = text(c, "regulations.fix-first");
    }
    return st == ST_OK ? html_regulations_show(w, &v) : st;
}

/* GET /regolamenti/:slug */
enum status regulations_show_page(struct web *w)
{
    return show(w, false);
}

/* POST /regolamenti/:slug - the text asked with one's own facts; nothing of them is kept. */
enum status regulations_show_post(struct web *w)
{
    return show(w, true);
}

/* POST /regolamenti/:slug/torna - versione= the one on the page, a= the one that comes back, 0: none. */
enum status regulations_undo_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct links_link k;
    int64_t version = 0, to = 0;
    enum status st = regulations_key(w, &k);

    if (st != ST_OK)
        return regulations_refuse(w, st, &k);
    if (c->problems.n > 0)
        return ST_DENIED;
    if (!str_to_int(web_field(w, "versione"), &version) || !str_to_int(web_field(w, "a"), &to) || version < 1 || to < 0 ||
        version > INT32_MAX || to > INT32_MAX)
        return ST_NOT_FOUND;
    st = regulations_undo(c, slug, (int)version, (int)to);
    if (st == ST_CONFLICT)
        return web_redirect(w, str_fmt(c->mem, "/regolamenti/%.*s?fatto=altri", (int)slug.n, slug.p));
    if (st != ST_OK)
        return st;
    return web_redirect(w, to == 0 ? STR("/regolamenti/mio?fatto=tolto")
                                   : str_fmt(c->mem, "/regolamenti/%.*s?fatto=annullato", (int)slug.n, slug.p));
}
