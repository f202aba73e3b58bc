/* upkeep_calls_page.c - /telefonate: whom a managing body calls this week, what to ask, and what came of it. */
#include "base/macros.h"
#include "base/buf.h"
#include "features/catalogue/catalogue_history.h"
#include "upkeep_act.h"
#include "upkeep_desk.h"
#include "upkeep_feature.h"
#include "upkeep_pages.h"
#include "upkeep_sql.h"

static const char here[] = "/telefonate";

/* ---- who acts ---- */

enum status upkeep_desk(struct web *w, struct desk *out)
{
    struct organisation o;

    *out = (struct desk){.path = str_of(here)};
    enum status st = links_here(w, LINKS_PHONE, &out->key);

    out->refused = st;
    if (st != ST_OK)
        return st;
    out->is_region = out->key.organisation_id == 0;
    if (out->is_region) { /* any list: it says which */
        if (str_to_int(web_query(w, "gestore"), &out->body_id) && out->body_id > 0)
            out->path = str_fmt(web_ctx(w)->mem, "%s?gestore=%lld", here, (long long)out->body_id);
        else
            out->body_id = 0;
        return ST_OK;
    }
    st = organisations_by_id(web_ctx(w), out->key.organisation_id, &o);
    if (st == ST_OK && o.body_id == 0)
        return ST_DENIED; /* a key of somebody who manages nothing */
    out->body_id = o.body_id;
    return st;
}

enum status upkeep_refused(struct web *w, enum status st, const struct desk *d)
{
    return d->refused != ST_OK ? links_refuse(w, LINKS_PHONE, d->refused, &d->key) : st;
}

enum status upkeep_desk_may_call(struct ctx *c, int64_t organisation_id)
{
    const enum status st = links_may(c, LINKS_MAY_PHONE, organisation_id);

    return st == ST_DENIED ? ST_NOT_FOUND : st;
}

enum status upkeep_desk_may(struct ctx *c, int64_t service_id)
{
    struct upkeep_row r;
    const enum status st = upkeep_store_one(c, service_id, &r);

    return st == ST_OK ? upkeep_desk_may_call(c, r.organisation_id) : st;
}

struct str upkeep_desk_path(struct ctx *c, const struct desk *d, const char *query)
{
    return str_fmt(c->mem, "%.*s%c%s", (int)d->path.n, d->path.p, str_index(d->path, '?') < 0 ? '?' : '&', query);
}

/* ---- showing ---- */

static struct str opened_now(struct ctx *c)
{
    return str_fmt(c->mem, "%lld", (long long)c->now_ms);
}

static void fill_wrongs(struct ctx *c, struct upkeep_call_card *k)
{
    k->wrongs = ARENA_ARRAY(c->mem, struct upkeep_option, CORRECTION_KINDS);
    for (int i = 1; i < CORRECTION_KINDS; i++)
        k->wrongs[k->n_wrongs++] =
            (struct upkeep_option){str_of(upkeep_correction_name((enum correction_what)i)),
                                   text_get(c->lang, str_fmt(c->mem, "upkeep.tick-%s", upkeep_correction_name((enum correction_what)i)).p),
                                   false};
}

enum status upkeep_fill_call_cards(struct ctx *c, const struct desk *d, const struct call_body *b, struct upkeep_call_card **out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct upkeep_call_card, (size_t)b->n);
    for (int i = 0; st == ST_OK && i < b->n; i++) {
        const struct upkeep_row *const r = &b->list[i].row;
        const struct upkeep_entry e = {.rhythm_months = r->rhythm_months,
                                       .due_on = r->due_on,
                                       .verified_on = r->verified_on,
                                       .n_corrections = r->n_corrections,
                                       .is_due = r->due_on <= c->today};
        struct upkeep_call_card *const k = &(*out)[i];

        *k = (struct upkeep_call_card){.is_sunk = r->state == UPKEEP_SUNK, .is_listed = r->state == UPKEEP_LISTED};
        st = upkeep_fill_card(c, &b->list[i].service, &e, &k->card);
        k->card.edit_path =
            upkeep_desk_path(c, d, str_fmt(c->mem, "correggi=%.*s", (int)k->card.id.n, k->card.id.p).p);
        if (b->list[i].is_check)
            fill_wrongs(c, k);
    }
    return st;
}

static struct str why_words(struct ctx *c, const struct call_body *b)
{
    if (b->why.n == 0)
        return b->n > 0 && b->list[0].is_check ? STR("") : text_get(c->lang, "upkeep.why-said");
    const char *const key = str_z(c->mem, str_fmt(c->mem, "upkeep.why-%.*s", (int)b->why.n, b->why.p));

    return upkeep_fill(c, key, "day", text_day(c->mem, c->lang, b->mail_on));
}

static struct str calls_words(struct ctx *c, const struct call_body *b)
{
    if (b->n_calls == 0)
        return STR("");
    const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, b->n_calls)}, {"day", text_day(c->mem, c->lang, b->called_on)}};

    return text_fill(c->mem, text_get_n(c->lang, "upkeep.called", b->n_calls), args, ARRAY_LEN(args));
}

static enum status fill_body(struct ctx *c, const struct desk *d, const struct call_body *b, struct upkeep_call_view *out)
{
    const struct organisation *const o = &b->organisation;
    const struct str query = str_from(d->path, sizeof here - 1);

    *out = (struct upkeep_call_view){
        .action = d->path,
        .id = str_fmt(c->mem, "%lld", (long long)o->organisation_id),
        .name = o->name,
        .path = str_fmt(c->mem, "/enti/%.*s", (int)o->slug.n, o->slug.p),
        .phone = b->phone,
        .why = why_words(c, b),
        .mail_words = str_eq_z(b->why, "bounced") ? b->mail_words : STR(""),
        .calls = calls_words(c, b),
        .sheet_path = str_fmt(c->mem, "%s/foglio/%.*s%.*s", here, (int)o->slug.n, o->slug.p, (int)query.n, query.p),
        .opened = opened_now(c),
        .n_list = b->n,
        .is_check = b->n > 0 && b->list[0].is_check,
        .wants_address = str_eq_z(b->why, "bounced") || str_eq_z(b->why, "no-address")};
    return upkeep_fill_call_cards(c, d, b, &out->list);
}

static enum status fill_bodies(struct ctx *c, const struct desk *d, const struct call_body *list, int n,
                               struct upkeep_call_view **out)
{
    enum status st = ST_OK;

    *out = ARENA_ARRAY(c->mem, struct upkeep_call_view, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = fill_body(c, d, &list[i], &(*out)[i]);
    return st;
}

static void fill_done(struct web *w, struct upkeep_calls_view *v)
{
    static const char *const known[] = {"giusta", "giuste", "nessuno", "sbagliata", "nascosta", "mostrata", "corretta", "indirizzo"};
    struct ctx *c = web_ctx(w);
    const struct str done = web_query(w, "fatto");

    v->was_undone = str_eq_z(web_query(w, "annullato"), "1");
    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(done, known[i]))
            v->done = text_get(c->lang, str_fmt(c->mem, "upkeep.call-%s", known[i]).p);
    if (v->done.n > 0)
        v->undo_batch = web_query(w, "che");
}

/* Whose list: each managing body that has entries, with how many of them want a call. */
static enum status fill_choice(struct ctx *c, const struct desk *d, struct upkeep_calls_view *v)
{
    struct upkeep_body_calls_row *rows;
    int n = 0;
    enum status st = upkeep_sql_body_calls(c, &rows, &n);

    v->bodies = ARENA_ARRAY(c->mem, struct upkeep_option, (size_t)n + 1);
    v->bodies[v->n_bodies++] = (struct upkeep_option){STR("0"), text_get(c->lang, "upkeep.calls-own"), d->body_id == 0};
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct organisation o;

        if (rows[i].body_id == 0)
            continue;
        st = organisations_of_body(c, rows[i].body_id, &o);
        if (st == ST_NOT_FOUND) { /* ended: its entries go to its heir at the next round */
            st = ST_OK;
            continue;
        }
        v->bodies[v->n_bodies++] = (struct upkeep_option){
            str_fmt(c->mem, "%lld", (long long)rows[i].body_id),
            str_fmt(c->mem, "%.*s (%lld)", (int)o.name.n, o.name.p, (long long)rows[i].n_calls), rows[i].body_id == d->body_id};
        if (rows[i].body_id == d->body_id)
            v->chosen = o.name;
    }
    return st;
}

static enum status show(struct web *w, const struct desk *d, struct str problem)
{
    struct ctx *c = web_ctx(w);
    const struct ymd today = day_to_ymd(c->today);
    struct upkeep_calls_view v = {.frame = frame_new(w, text_get(c->lang, "upkeep.calls-title")),
                                  .name = d->key.name,
                                  .month = text_month(c->mem, c->lang, today.year, today.month),
                                  .problem = problem,
                                  .action = d->path,
                                  .is_region = d->is_region};
    struct calls calls;
    enum status st = upkeep_calls(c, d->body_id, &calls);

    v.frame->is_hidden = true;
    if (st == ST_OK)
        st = fill_bodies(c, d, calls.silent, calls.n_silent, &v.silent);
    if (st == ST_OK)
        st = fill_bodies(c, d, calls.checks, calls.n_checks, &v.checks);
    if (st == ST_OK && d->is_region)
        st = fill_choice(c, d, &v);
    if (st != ST_OK)
        return st;
    v.n_silent = calls.n_silent;
    v.n_checks = calls.n_checks;
    v.n_drawn = calls.n_drawn;
    v.n_done = calls.n_done;
    for (int i = 0; i < calls.n_silent; i++)
        v.n_waiting += calls.silent[i].n;
    v.hidden = ARENA_ARRAY(c->mem, struct upkeep_hidden, (size_t)calls.n_hidden);
    for (; v.n_hidden < calls.n_hidden; v.n_hidden++) {
        const struct upkeep_row *const r = &calls.hidden[v.n_hidden].row;

        v.hidden[v.n_hidden] = (struct upkeep_hidden){str_fmt(c->mem, "%lld", (long long)r->service_id), r->name,
                                                      text_day(c->mem, c->lang, r->hidden_on), r->hidden_why};
    }
    fill_done(w, &v);
    return html_upkeep_calls(w, &v);
}

enum status upkeep_call_form(struct web *w, const struct desk *d, const struct service *s, bool is_typed, struct str conflict)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_correction *said;
    int n = 0;
    struct upkeep_edit_view v = {.frame = frame_new(w, upkeep_fill(c, "upkeep.edit-title", "name", s->name)),
                                 .action = d->path,
                                 .back_path = d->path,
                                 .id = str_fmt(c->mem, "%lld", (long long)s->service_id),
                                 .name = s->name,
                                 .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
                                 .opened = is_typed ? web_field(w, "aperta") : opened_now(c),
                                 .conflict = conflict,
                                 .is_call = true};
    const enum status st = upkeep_corrections(c, 0, s->service_id, &said, &n);

    if (st != ST_OK)
        return st;
    v.frame->is_hidden = true;
    upkeep_fill_said(c, said, n, &v.said, &v.n_said);
    upkeep_fill_fields(w, s, is_typed, &v);
    return html_upkeep_edit(w, &v);
}

/* GET /telefonate - ?correggi= one entry as a form. */
enum status upkeep_calls_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct desk d;
    struct service s;
    int64_t id = 0;
    enum status st = upkeep_desk(w, &d);

    if (st != ST_OK)
        return upkeep_refused(w, st, &d);
    if (!str_to_int(web_query(w, "correggi"), &id))
        return show(w, &d, STR(""));
    st = upkeep_desk_may(c, id);
    if (st == ST_OK)
        st = catalogue_service(c, id, &s);
    return st == ST_OK ? upkeep_call_form(w, &d, &s, false, STR("")) : st;
}

enum status upkeep_calls_again(struct web *w, const struct desk *d)
{
    struct ctx *c = web_ctx(w);
    struct str problem = upkeep_problem_words(c, "");

    if (problem.n == 0)
        problem = upkeep_problem_words(c, "email");
    if (problem.n == 0)
        problem = upkeep_problem_words(c, "cosa");
    web_set_code(w, 422);
    return show(w, d, problem);
}

/* GET /telefonate/foglio/:organisation - the same on paper, for who has no mail and for the desk's own hand. */
enum status upkeep_sheet_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct organisation o;
    struct call_body b;
    struct desk d;
    enum status st = upkeep_desk(w, &d);

    if (st != ST_OK)
        return upkeep_refused(w, st, &d);
    st = organisations_by_slug(c, web_path_value(w, "organisation"), &o);
    if (st == ST_OK)
        st = upkeep_desk_may_call(c, o.organisation_id);
    if (st == ST_OK)
        st = upkeep_call_sheet(c, o.organisation_id, &b);
    if (st == ST_OK && b.n == 0)
        st = ST_NOT_FOUND;
    if (st != ST_OK)
        return st;
    struct upkeep_sheet_view v = {.frame = frame_new(w, upkeep_fill(c, "upkeep.sheet-title", "name", o.name)),
                                  .name = o.name,
                                  .phone = b.phone,
                                  .why = why_words(c, &b),
                                  .back_path = d.path,
                                  .manager = d.key.name,
                                  .n_list = b.n};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "upkeep.calls-title"), d.path);
    st = upkeep_fill_call_cards(c, &d, &b, &v.list);
    return st == ST_OK ? html_upkeep_sheet(w, &v) : st;
}
