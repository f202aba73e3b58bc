/* entries_history_page.c - what changed in an entry, with undo; and what the body decides about what others say. */
#include "entries_feature.h"
#include "entries_pages.h"
#include "features/upkeep/upkeep.h"

enum { PAGE_CHANGES = 50 };

static struct entries_change change_of(struct ctx *c, const struct history_row *r)
{
    return (struct entries_change){.history_id = r->history_id,
                                   .field = text_get(c->lang, catalogue_edit_shape(r->field)->label),
                                   .was = catalogue_edit_words(c, r->field, r->was),
                                   .now = catalogue_edit_words(c, r->field, r->now),
                                   .how = catalogue_edit_how_words(c, r->how),
                                   .by = r->by,
                                   .when = entries_when(c, r->at_ms),
                                   .is_undone = r->is_undone,
                                   .can_undo = !r->is_undone};
}

static enum status show(struct web *w, const struct entries_key *k, const struct service *s)
{
    struct ctx *c = web_ctx(w);
    struct history_read ask = {.service_id = s->service_id, .limit = PAGE_CHANGES + 1};
    struct entries_notice *notices = ARENA_ARRAY(c->mem, struct entries_notice, ENTRIES_NOTICES);
    struct history_row *rows;
    int n = 0;

    str_to_int(web_query(w, "prima"), &ask.before);
    const enum status st = catalogue_history(c, &ask, &rows, &n);

    if (st != ST_OK)
        return st;
    struct entries_history_view v = {.frame = frame_new(w, text_get(c->lang, "entries.history-title")),
                                     .title = s->name,
                                     .slug = s->slug,
                                     .notices = notices,
                                     .changes = ARENA_ARRAY(c->mem, struct entries_change, PAGE_CHANGES + 1),
                                     .is_gone = s->state == SERVICE_GONE};

    v.frame->is_hidden = true;
    frame_crumb(w, v.frame, text_get(c->lang, "entries.title"), STR("/schede"));
    frame_crumb(w, v.frame, s->name, str_fmt(c->mem, "/schede/%.*s", (int)s->slug.n, s->slug.p));
    v.n_notices = entries_notices(w, k, notices);
    for (int i = 0; i < n && i < PAGE_CHANGES; i++)
        v.changes[v.n_changes++] = change_of(c, &rows[i]);
    if (n > PAGE_CHANGES)
        v.older_path = str_fmt(c->mem, "/schede/%.*s/storia?prima=%lld", (int)s->slug.n, s->slug.p,
                               (long long)rows[PAGE_CHANGES - 1].history_id);
    return html_entries_history(w, &v);
}

/* GET /schede/:slug/storia */
enum status entries_history_page(struct web *w)
{
    struct entries_key k;
    struct service s;
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &k, web_path_value(w, "slug"), &s);
    return st == ST_OK ? show(w, &k, &s) : st;
}

static enum status to_history(struct web *w, const struct service *s, const char *said)
{
    return web_redirect(w, str_fmt(web_ctx(w)->mem, "/schede/%.*s/storia?esito=%s", (int)s->slug.n, s->slug.p, said));
}

/* POST /schede/:slug/storia - one change is put back. */
enum status entries_history_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct history_row r;
    struct entries_key k;
    struct service s;
    int64_t history_id = 0;
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &k, web_path_value(w, "slug"), &s);
    if (st != ST_OK)
        return st;
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show(w, &k, &s);
    }
    str_to_int(web_field(w, "annulla"), &history_id);
    st = catalogue_history_row(c, history_id, &r);
    if (st == ST_OK && r.service_id != s.service_id)
        st = ST_NOT_FOUND;
    if (st != ST_OK)
        return st;
    k.who.batch = entries_new_batch(c);
    st = catalogue_undo(c, history_id, &k.who);
    if (st == ST_CONFLICT)
        return to_history(w, &s, "cambiato");
    if (st == ST_OK)
        st = upkeep_edited(c, s.service_id);
    if (st == ST_OK)
        st = catalogue_service(c, s.service_id, &s);
    return st == ST_OK ? to_history(w, &s, "annullato") : st;
}

/* POST /schede/:slug/altri - ours stays, or theirs is taken. */
enum status entries_conflict_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct field_conflict x;
    struct entries_key k;
    struct service s;
    int64_t conflict_id = 0;
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &k, web_path_value(w, "slug"), &s);
    if (st != ST_OK)
        return st;
    str_to_int(web_field(w, "scelta"), &conflict_id);
    st = catalogue_conflict(c, conflict_id, &x);
    if (st == ST_OK && x.service_id != s.service_id)
        st = ST_NOT_FOUND;
    if (st != ST_OK)
        return st;
    const bool take = str_eq_z(web_field(w, "azione"), "prendi");

    k.who.batch = entries_new_batch(c);
    st = c->problems.n > 0 ? ST_CONFLICT : catalogue_settle(c, conflict_id, take, &k.who);
    if (st == ST_OK && take)
        st = upkeep_edited(c, s.service_id);
    if (st == ST_OK)
        st = catalogue_service(c, s.service_id, &s);
    const bool is_changed = st == ST_CONFLICT || st == ST_NOT_FOUND;

    if (st != ST_OK && !is_changed)
        return st;
    return web_redirect(w, str_fmt(c->mem, "/schede/%.*s?esito=%s%s%.*s", (int)s.slug.n, s.slug.p, is_changed ? "cambiato" : "scelto",
                                   !is_changed && take ? "&lotto=" : "", !is_changed && take ? (int)k.who.batch.n : 0, k.who.batch.p));
}
