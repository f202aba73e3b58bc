/* upkeep_confirm_page.c - "E' ancora tutto giusto?": the page a mail leads to. A GET only shows. */
#include "base/macros.h"
#include "features/catalogue/catalogue_history.h"
#include "upkeep_act.h"
#include "upkeep_feature.h"
#include "upkeep_pages.h"
#include "upkeep_view.h"

enum { MOST_SHOWN = 200 };

static struct str action_of(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str token = web_path_value(w, "token");

    return str_fmt(c->mem, "/conferma/%.*s", (int)token.n, token.p);
}

static struct str opened_now(struct ctx *c)
{
    return str_fmt(c->mem, "%lld", (long long)c->now_ms);
}

static const struct service *service_of(const struct service *list, int n, int64_t id)
{
    for (int i = 0; i < n; i++)
        if (list[i].service_id == id)
            return &list[i];
    return NULL;
}

/* Entries asked about, and the others of the body below. */
static enum status fill_cards(struct web *w, const struct links_link *k, struct upkeep_confirm_view *v)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_entry *entries;
    struct service *services;
    int n = 0, n_services = 0;
    enum status st = upkeep_entries(c, &(struct upkeep_list){.organisation_id = k->organisation_id}, &entries, &n);

    if (st != ST_OK)
        return st;
    n = n < MOST_SHOWN ? n : MOST_SHOWN;
    int64_t *const ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n);

    for (int i = 0; i < n; i++)
        ids[i] = entries[i].service_id;
    st = catalogue_cards(c, ids, n, &services, &n_services);
    v->due = ARENA_ARRAY(c->mem, struct upkeep_card, (size_t)n);
    v->others = ARENA_ARRAY(c->mem, struct upkeep_card, (size_t)n);
    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct service *const s = service_of(services, n_services, entries[i].service_id);
        const bool is_asked = entries[i].state != UPKEEP_KEPT || entries[i].is_due || entries[i].n_corrections > 0;

        if (s == NULL)
            continue; /* hidden */
        struct upkeep_card *const card = is_asked ? &v->due[v->n_due++] : &v->others[v->n_others++];

        st = upkeep_fill_card(c, s, &entries[i], card);
        card->edit_path = str_fmt(c->mem, "%.*s?correggi=%.*s", (int)v->action.n, v->action.p, (int)card->id.n, card->id.p);
    }
    return st;
}

static void fill_done(struct web *w, struct upkeep_confirm_view *v)
{
    struct ctx *c = web_ctx(w);
    int64_t n = 0, n_changed = 0;

    v->undo_batch = web_query(w, "fatto");
    v->was_undone = str_eq_z(web_query(w, "annullato"), "1");
    if (str_to_int(web_query(w, "cambiate"), &n_changed) && n_changed > 0)
        v->n_changed = (int)n_changed;
    if (str_eq_z(web_query(w, "corretta"), "1"))
        v->done = text_get(c->lang, "upkeep.done-edited");
    else if (str_to_int(web_query(w, "n"), &n) && n > 0)
        v->done = text_fill(c->mem, text_get_n(c->lang, "upkeep.done-confirmed", n),
                            &(struct text_arg){"n", text_int(c->mem, c->lang, n)}, 1);
    else if (v->undo_batch.n > 0)
        v->undo_batch = STR("");
}

static enum status show_list(struct web *w, const struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_confirm_view v = {.frame = frame_new(w, text_get(c->lang, "upkeep.confirm-title")),
                                    .action = action_of(w),
                                    .name = k->name,
                                    .opened = opened_now(c),
                                    .until = text_day(c->mem, c->lang, k->expires_on)};
    const enum status st = fill_cards(w, k, &v);

    v.frame->is_hidden = true;
    fill_done(w, &v);
    return st == ST_OK ? html_upkeep_confirm(w, &v) : st;
}

/* An entry of the body whose link this is. */
static enum status find_entry(struct ctx *c, const struct links_link *k, int64_t id, struct service *out)
{
    const enum status st = catalogue_service(c, id, out);

    if (st == ST_OK && (out->organisation_id != k->organisation_id || out->state != SERVICE_SHOWN))
        return ST_NOT_FOUND;
    return st;
}

static enum status show_form(struct web *w, const struct service *s, bool is_typed, struct str conflict)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_correction *said;
    int n = 0;
    struct upkeep_edit_view v = {.frame = frame_new(w, upkeep_fill(c, "upkeep.edit-title", "name", s->name)),
                                 .action = action_of(w),
                                 .back_path = action_of(w),
                                 .id = str_fmt(c->mem, "%lld", (long long)s->service_id),
                                 .name = s->name,
                                 .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
                                 .opened = is_typed ? web_field(w, "aperta") : opened_now(c),
                                 .conflict = conflict};
    const enum status st = upkeep_corrections(c, 0, s->service_id, &said, &n);

    if (st != ST_OK)
        return st;
    v.frame->is_hidden = true;
    upkeep_fill_said(c, said, n, &v.said, &v.n_said);
    upkeep_fill_fields(w, s, is_typed, &v);
    return html_upkeep_edit(w, &v);
}

/* GET /conferma/:token - the entries; ?correggi= one of them as a form. Changes nothing. */
enum status upkeep_confirm_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct links_link k;
    struct service s;
    int64_t id = 0;
    enum status st = links_open(w, web_path_value(w, "token"), LINKS_CONFIRM, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_CONFIRM, st, &k);
    if (!str_to_int(web_query(w, "correggi"), &id))
        return show_list(w, &k);
    st = find_entry(c, &k, id, &s);
    return st == ST_OK ? show_form(w, &s, false, STR("")) : st;
}

/* ---- what is done ---- */

static enum status go_back(struct web *w, const char *query)
{
    struct ctx *c = web_ctx(w);
    const struct str action = action_of(w);

    return web_redirect(w, str_fmt(c->mem, "%.*s%s", (int)action.n, action.p, query));
}

static enum status set_rhythms(struct web *w, const struct upkeep_confirm *f)
{
    struct ctx *c = web_ctx(w);
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < f->n; i++) {
        int64_t months = 0;

        if (f->list[i].result != UPKEEP_DONE ||
            !str_to_int(web_field(w, str_fmt(c->mem, "ritmo-%lld", (long long)f->list[i].service_id).p), &months))
            continue;
        st = upkeep_set_rhythm(c, f->list[i].service_id, (int)months);
        if (st == ST_INVALID) { /* not one of ours: as it was */
            c->problems.n = 0;
            st = ST_OK;
        }
    }
    return st;
}

/* "tutte": what was on the screen and nothing else; "una-ID": one of these. */
static enum status confirm(struct web *w, const struct links_link *k, int64_t only)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_one *const list = ARENA_ARRAY(c->mem, struct upkeep_one, MOST_SHOWN);
    struct upkeep_confirm f = {.organisation_id = k->organisation_id, .how = HOW_MAIL, .by = k->name, .list = list};
    struct str id_text, seen, batch;
    int n_done = 0, n_changed = 0;

    for (int i = 0; f.n < MOST_SHOWN && web_field_at(w, "scheda", i, &id_text); i++) {
        int64_t id = 0;

        if (!web_field_at(w, "vista", i, &seen) || seen.n == 0 || !str_to_int(id_text, &id) || (only != 0 && id != only))
            continue;
        list[f.n++] = (struct upkeep_one){.service_id = id, .seen = seen};
    }
    enum status st = upkeep_confirm(c, &f, &batch, &n_done);

    if (st == ST_OK)
        st = set_rhythms(w, &f);
    if (st == ST_OK)
        st = upkeep_spent(c, k->organisation_id, web_field(w, "aperta"));
    if (st != ST_OK)
        return st;
    for (int i = 0; i < f.n; i++) {
        n_changed += f.list[i].result == UPKEEP_CHANGED || f.list[i].result == UPKEEP_NOT_HERE;
        n_done += f.list[i].result == UPKEEP_ALREADY; /* the button twice, or two who answer: both are thanked */
    }
    return go_back(w, str_fmt(c->mem, "?fatto=%.*s&n=%d&cambiate=%d", (int)batch.n, batch.p, n_done, n_changed).p);
}

static enum status correct(struct web *w, const struct links_link *k, int64_t id, bool and_confirm)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    struct upkeep_saving save = {.s = &s, .how = EDIT_BY_DESK, .by = k->name, .batch = upkeep_new_batch(c)};
    struct upkeep_one one = {.service_id = id};
    struct upkeep_confirm f = {.organisation_id = k->organisation_id, .how = HOW_MAIL, .by = k->name, .list = &one, .n = 1};
    struct str batch = STR("");
    int n = 0;
    enum status st = find_entry(c, k, id, &s);

    if (st == ST_OK)
        st = upkeep_save_fields(w, &save);
    if (st == ST_INVALID) {
        web_set_code(w, 422);
        return show_form(w, &s, true, STR(""));
    }
    if (st == ST_OK && save.outcome.n_taken > 0)
        st = upkeep_edited(c, id);
    if (st == ST_OK && and_confirm && save.outcome.n_conflicts == 0)
        st = upkeep_confirm(c, &f, &batch, &n);
    if (st == ST_OK)
        st = upkeep_spent(c, k->organisation_id, web_field(w, "aperta"));
    if (st != ST_OK)
        return st;
    if (save.outcome.n_conflicts > 0) {
        st = catalogue_service(c, id, &s);
        return st == ST_OK ? show_form(w, &s, false, upkeep_conflict_words(c, &save.outcome)) : st;
    }
    return go_back(w, str_fmt(c->mem, "?fatto=%.*s.%.*s&corretta=1", (int)save.batch.n, save.batch.p, (int)batch.n, batch.p).p);
}

/* "BATCH" of confirmations, or "EDITS.BATCH" of a correction. */
static enum status undo(struct web *w, const struct links_link *k)
{
    struct ctx *c = web_ctx(w);
    const struct edit_who who = {.how = EDIT_BY_UNDO, .by = k->name};
    struct str rest = web_field(w, "che");
    const bool has_edits = str_index(rest, '.') >= 0;
    struct str edits = has_edits ? str_cut(&rest, '.') : STR("");
    int n = 0, n_left = 0;
    enum status st = ST_OK;

    if (rest.n > 0)
        st = upkeep_undo(c, k->organisation_id, rest, &n, &n_left);
    if (st == ST_NOT_FOUND)
        st = ST_OK; /* undone already, or too late: the page shows how it stands */
    if (st == ST_OK && edits.n > 0)
        st = catalogue_undo_batch(c, &(struct undo_batch){.organisation_id = k->organisation_id, .batch = edits}, &who, &n, &n_left);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    return go_back(w, "?annullato=1");
}

/* POST /conferma/:token */
enum status upkeep_confirm_post(struct web *w)
{
    const struct str act = web_field(w, "azione");
    struct links_link k;
    const enum status st = links_open(w, web_path_value(w, "token"), LINKS_CONFIRM, &k);

    if (st != ST_OK)
        return links_refuse(w, LINKS_CONFIRM, st, &k);
    if (str_eq_z(act, "tutte"))
        return confirm(w, &k, 0);
    if (upkeep_act_id(act, "una-") != 0)
        return confirm(w, &k, upkeep_act_id(act, "una-"));
    if (upkeep_act_id(act, "correggi-") != 0)
        return correct(w, &k, upkeep_act_id(act, "correggi-"), true);
    if (upkeep_act_id(act, "salva-") != 0)
        return correct(w, &k, upkeep_act_id(act, "salva-"), false);
    if (str_eq_z(act, "annulla"))
        return undo(w, &k);
    return show_list(w, &k);
}
