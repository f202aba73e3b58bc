/* upkeep_calls_post.c - what came of a call, in one tap. */
#include "base/buf.h"
#include "base/macros.h"
#include "features/catalogue/catalogue_history.h"
#include "upkeep_act.h"
#include "upkeep_desk.h"
#include "upkeep_feature.h"
#include "upkeep_pages.h"

enum { MOST_SHOWN = 200 };

static enum status go_back(struct web *w, const struct desk *d, const char *done, struct str batch)
{
    struct ctx *c = web_ctx(w);

    return web_redirect(w, upkeep_desk_path(c, d, str_fmt(c->mem, "fatto=%s&che=%.*s", done, (int)batch.n, batch.p).p));
}

static enum status spent(struct web *w, int64_t service_id)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_row r;
    const enum status st = upkeep_store_one(c, service_id, &r);

    return st == ST_OK ? upkeep_spent(c, r.organisation_id, web_field(w, "aperta")) : st;
}

/* "giusta-ID": one entry is right; "giuste-ORGANISATION": all of them that were on the screen. */
static enum status right(struct web *w, const struct desk *d, int64_t only)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_one *const list = ARENA_ARRAY(c->mem, struct upkeep_one, MOST_SHOWN);
    struct upkeep_confirm f = {.how = HOW_PHONE, .by = d->key.name, .list = list};
    struct str id_text, seen, batch = STR("");
    enum status st = ST_OK;
    int n_done = 0;

    for (int i = 0; st == ST_OK && f.n < MOST_SHOWN && web_field_at(w, "scheda", i, &id_text); i++) {
        int64_t id = 0;

        if (!web_field_at(w, "vista", i, &seen) || seen.n == 0 || !str_to_int(id_text, &id) || (only != 0 && id != only))
            continue;
        st = upkeep_desk_may(c, id);
        list[f.n++] = (struct upkeep_one){.service_id = id, .seen = seen};
    }
    if (st == ST_OK)
        st = upkeep_confirm(c, &f, &batch, &n_done);
    if (st == ST_OK && f.n > 0)
        st = spent(w, list[0].service_id);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < f.n; i++)
        if (list[i].result == UPKEEP_CHANGED) {
            fail(c, ST_CONFLICT, "upkeep.changed-meanwhile");
            return upkeep_calls_again(w, d);
        }
    return go_back(w, d, only != 0 ? "giusta" : "giuste", batch);
}

static enum status nobody(struct web *w, const struct desk *d)
{
    struct ctx *c = web_ctx(w);
    struct str id_text;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < MOST_SHOWN && web_field_at(w, "scheda", i, &id_text); i++) {
        int64_t id = 0;

        if (!str_to_int(id_text, &id))
            continue;
        st = upkeep_desk_may(c, id);
        if (st == ST_OK)
            st = upkeep_call_nobody(c, id);
    }
    return st == ST_OK ? go_back(w, d, "nessuno", STR("")) : st;
}

static enum status check(struct web *w, const struct desk *d, int64_t id, bool is_right)
{
    struct ctx *c = web_ctx(w);
    struct call_done done = {.by = d->key.name};
    struct buf wrong = buf_new(c->mem, 32);
    struct str one;
    enum status st = upkeep_desk_may(c, id);

    for (int i = 0; web_field_at(w, str_fmt(c->mem, "sbagliato-%lld", (long long)id).p, i, &one); i++)
        if (upkeep_correction_of(one) != 0)
            buf_fmt(&wrong, "%s%.*s", wrong.n > 0 ? " " : "", (int)one.n, one.p);
    if (st == ST_OK)
        st = is_right ? upkeep_check_right(c, id, &done) : upkeep_check_wrong(c, id, buf_view(&wrong));
    if (st == ST_INVALID || st == ST_CONFLICT)
        return upkeep_calls_again(w, d);
    if (st == ST_OK)
        st = spent(w, id);
    if (st != ST_OK)
        return st;
    if (is_right)
        return go_back(w, d, "giusta", STR(""));
    return web_redirect(w, upkeep_desk_path(c, d, str_fmt(c->mem, "correggi=%lld", (long long)id).p)); /* and now put it right */
}

static enum status hide(struct web *w, const struct desk *d, int64_t id)
{
    struct ctx *c = web_ctx(w);
    struct call_done done = {.by = d->key.name};
    const struct hide_ask ask = {.service_id = id, .why = web_field(w, "perche")};
    struct service s;
    enum status st = upkeep_desk_may(c, id);

    if (st == ST_OK)
        st = upkeep_hide(c, &ask, &done);
    if (st == ST_OK)
        return go_back(w, d, "nascosta", done.batch);
    if (st != ST_INVALID)
        return st;
    st = catalogue_service(c, id, &s);
    if (st != ST_OK)
        return st;
    struct upkeep_hide_view v = {.frame = frame_new(w, upkeep_fill(c, "upkeep.hide-title", "name", s.name)),
                                 .id = str_fmt(c->mem, "%lld", (long long)id),
                                 .name = s.name,
                                 .why = ask.why,
                                 .action = d->path,
                                 .problem = upkeep_problem_words(c, "perche")};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "upkeep.calls-title"), d->path);
    web_set_code(w, 422);
    return html_upkeep_hide(w, &v);
}

static enum status show_again(struct web *w, const struct desk *d, int64_t id)
{
    struct ctx *c = web_ctx(w);
    struct call_done done = {.by = d->key.name};
    enum status st = upkeep_desk_may(c, id);

    if (st == ST_OK)
        st = upkeep_show(c, id, &done);
    return st == ST_OK ? go_back(w, d, "mostrata", STR("")) : st;
}

static enum status address(struct web *w, const struct desk *d, int64_t organisation_id)
{
    struct ctx *c = web_ctx(w);
    struct call_body b;
    enum status st = upkeep_desk_may_call(c, organisation_id);

    if (st == ST_OK)
        st = upkeep_call_sheet(c, organisation_id, &b);
    if (st == ST_OK && b.n == 0)
        return ST_NOT_FOUND;
    if (st == ST_OK)
        st = upkeep_set_address(c, organisation_id, web_field(w, "email"));
    if (st == ST_INVALID)
        return upkeep_calls_again(w, d);
    return st == ST_OK ? go_back(w, d, "indirizzo", STR("")) : st;
}

/* Corrected while on the telephone: the rest was read out and is right. */
static enum status correct(struct web *w, const struct desk *d, int64_t id, bool and_confirm)
{
    struct ctx *c = web_ctx(w);
    struct service s;
    struct upkeep_saving save = {.s = &s, .how = EDIT_BY_PHONE, .by = d->key.name, .batch = upkeep_new_batch(c)};
    struct upkeep_one one = {.service_id = id};
    const struct upkeep_confirm f = {.how = HOW_PHONE, .by = d->key.name, .list = &one, .n = 1};
    struct str batch = STR("");
    int n = 0;
    enum status st = upkeep_desk_may(c, id);

    if (st == ST_OK)
        st = catalogue_service(c, id, &s);
    if (st == ST_OK)
        st = upkeep_save_fields(w, &save);
    if (st == ST_INVALID) {
        web_set_code(w, 422);
        return upkeep_call_form(w, d, &s, true, STR(""));
    }
    if (st == ST_OK && save.outcome.n_taken > 0)
        st = upkeep_edited(c, id);
    if (st == ST_OK && and_confirm && save.outcome.n_conflicts == 0)
        st = upkeep_confirm(c, &f, &batch, &n);
    if (st == ST_OK)
        st = spent(w, id);
    if (st == ST_OK && save.outcome.n_conflicts > 0) {
        st = catalogue_service(c, id, &s);
        return st == ST_OK ? upkeep_call_form(w, d, &s, false, upkeep_conflict_words(c, &save.outcome)) : st;
    }
    return st == ST_OK ? go_back(w, d, "corretta", str_fmt(c->mem, "%.*s.%.*s", (int)save.batch.n, save.batch.p, (int)batch.n, batch.p))
                       : st;
}

static enum status undo(struct web *w, const struct desk *d)
{
    struct ctx *c = web_ctx(w);
    const struct edit_who who = {.how = EDIT_BY_UNDO, .by = d->key.name};
    struct str rest = web_field(w, "che");
    const bool has_edits = str_index(rest, '.') >= 0;
    const struct str edits = has_edits ? str_cut(&rest, '.') : STR("");
    struct history_row *rows;
    int n = 0, n_left = 0, n_rows = 0;
    enum status st = rest.n > 0 ? upkeep_undo(c, 0, rest, &n, &n_left) : ST_OK;

    if (st == ST_NOT_FOUND)
        st = ST_OK;
    if (st == ST_OK && edits.n > 0)
        st = catalogue_history(c, &(struct history_read){.batch = edits, .limit = 1}, &rows, &n_rows);
    if (st == ST_OK && n_rows > 0) {
        struct upkeep_row r;

        st = upkeep_store_one(c, rows[0].service_id, &r);
        if (st == ST_OK)
            st = catalogue_undo_batch(c, &(struct undo_batch){.organisation_id = r.organisation_id, .batch = edits}, &who, &n, &n_left);
    }
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    return web_redirect(w, upkeep_desk_path(c, d, "annullato=1"));
}

/* POST /telefonate */
enum status upkeep_calls_post(struct web *w)
{
    const struct str act = web_field(w, "azione");
    struct desk d;
    const enum status st = upkeep_desk(w, &d);

    if (st != ST_OK)
        return upkeep_refused(w, st, &d);
    if (upkeep_act_id(act, "giusta-") != 0)
        return right(w, &d, upkeep_act_id(act, "giusta-"));
    if (upkeep_act_id(act, "giuste-") != 0)
        return right(w, &d, 0);
    if (upkeep_act_id(act, "nessuno-") != 0)
        return nobody(w, &d);
    if (upkeep_act_id(act, "verificata-") != 0)
        return check(w, &d, upkeep_act_id(act, "verificata-"), true);
    if (upkeep_act_id(act, "sbagliata-") != 0)
        return check(w, &d, upkeep_act_id(act, "sbagliata-"), false);
    if (upkeep_act_id(act, "via-") != 0)
        return hide(w, &d, upkeep_act_id(act, "via-"));
    if (upkeep_act_id(act, "mostra-") != 0)
        return show_again(w, &d, upkeep_act_id(act, "mostra-"));
    if (upkeep_act_id(act, "email-") != 0)
        return address(w, &d, upkeep_act_id(act, "email-"));
    if (upkeep_act_id(act, "correggi-") != 0)
        return correct(w, &d, upkeep_act_id(act, "correggi-"), true);
    if (upkeep_act_id(act, "salva-") != 0)
        return correct(w, &d, upkeep_act_id(act, "salva-"), false);
    if (str_eq_z(act, "annulla"))
        return undo(w, &d);
    return web_redirect(w, d.path);
}
