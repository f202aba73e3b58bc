/* entries_list_page.c - the table of a body's entries: a row opens in place, all that is on the screen is confirmed together. */
#include "base/macros.h"
#include "entries_feature.h"
#include "entries_pages.h"
#include "features/upkeep/upkeep.h"
#include <stdlib.h>
#include <string.h>

enum { PAGE_ROWS = 50, MOST_CONFLICTS = 200 };

static const enum edit_field row_fields[] = {EDIT_NAME, EDIT_PHONES, EDIT_HOURS, EDIT_PLACES_FREE, EDIT_ALERT};

enum list_filter { LIST_ALL, LIST_DUE, LIST_GONE };

/* What a row that was refused comes back with. */
struct typed_row {
    struct str slug;
    const struct edit_change *list;
    int n;
};

struct listing {
    struct web *w;
    const struct entries_key *k;
    enum list_filter filter;
    int page, n_pages;
    struct upkeep_entry *entries; /* all, by name */
    int n_entries;
    int64_t *ids; /* of this page */
    int n_ids;
    const struct typed_row *typed;
    struct field_conflict *conflicts;
    int n_conflicts;
    int64_t *drafts;
    int n_drafts;
    struct entries_list_view v;
};

static const char *filter_name(enum list_filter f)
{
    return f == LIST_DUE ? "da-verificare" : f == LIST_GONE ? "tolte" : "";
}

static bool is_asked(const struct upkeep_entry *e)
{
    return e->is_due || e->state != UPKEEP_KEPT || e->confirmed_on == DAY_NONE || e->n_corrections > 0;
}

static struct str page_path(struct listing *l, int page, struct str edited)
{
    struct buf b = buf_new(web_ctx(l->w)->mem, 96);
    const char *sep = "?";

    buf_z(&b, "/schede");
    if (l->filter != LIST_ALL) {
        buf_fmt(&b, "%sfiltro=%s", sep, filter_name(l->filter));
        sep = "&";
    }
    if (page > 1) {
        buf_fmt(&b, "%spagina=%d", sep, page);
        sep = "&";
    }
    if (edited.n > 0)
        buf_fmt(&b, "%smodifica=%.*s#r-%.*s", sep, (int)edited.n, edited.p, (int)edited.n, edited.p);
    return buf_view(&b);
}

/* ---- which rows ---- */

static int by_id(const void *a, const void *b)
{
    const int64_t x = ((const struct upkeep_entry *)a)->service_id, y = ((const struct upkeep_entry *)b)->service_id;

    return x < y ? -1 : x > y;
}

/* NULL: made since the last round of upkeep. */
static const struct upkeep_entry *entry_of(const struct listing *l, int64_t service_id)
{
    const struct upkeep_entry key = {.service_id = service_id};

    return l->n_entries == 0 ? NULL : bsearch(&key, l->entries, (size_t)l->n_entries, sizeof key, by_id);
}

static bool is_of_filter(const struct listing *l, const struct edit_key *x)
{
    const struct upkeep_entry *e = entry_of(l, x->service_id);

    if (l->filter == LIST_GONE || x->state == SERVICE_GONE)
        return (l->filter == LIST_GONE) == (x->state == SERVICE_GONE);
    return l->filter == LIST_ALL || e == NULL || is_asked(e);
}

static enum status choose(struct listing *l)
{
    struct ctx *c = web_ctx(l->w);
    const struct upkeep_list ask = {.organisation_id = l->k->link.organisation_id};
    const struct edit_list keys = {l->k->link.organisation_id, true};
    struct edit_key *all;
    int64_t n = 1;
    int n_all = 0;
    enum status st = upkeep_entries(c, &ask, &l->entries, &l->n_entries);

    if (st == ST_OK)
        st = catalogue_edit_keys(c, &keys, &all, &n_all);
    if (st == ST_OK && l->n_entries > 0)
        qsort(l->entries, (size_t)l->n_entries, sizeof *l->entries, by_id);
    l->ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n_all + 1);
    for (int i = 0; st == ST_OK && i < n_all; i++) {
        const struct upkeep_entry *e = entry_of(l, all[i].service_id);

        l->v.n_all += all[i].state != SERVICE_GONE;
        l->v.n_due += all[i].state != SERVICE_GONE && (e == NULL || is_asked(e));
        if (is_of_filter(l, &all[i]))
            l->ids[l->n_ids++] = all[i].service_id;
    }
    if (st != ST_OK)
        return st;
    l->n_pages = (l->n_ids + PAGE_ROWS - 1) / PAGE_ROWS;
    str_to_int(web_query(l->w, "pagina"), &n);
    l->page = n < 1 ? 1 : n > l->n_pages && l->n_pages > 0 ? l->n_pages : (int)n;
    const int from = (l->page - 1) * PAGE_ROWS;

    l->ids += from < l->n_ids ? from : 0;
    l->n_ids = from < l->n_ids ? l->n_ids - from : 0;
    l->n_ids = l->n_ids > PAGE_ROWS ? PAGE_ROWS : l->n_ids;
    return ST_OK;
}

/* ---- one row ---- */

static bool has_draft(const struct listing *l, int64_t service_id)
{
    for (int i = 0; i < l->n_drafts; i++)
        if (l->drafts[i] == service_id)
            return true;
    return false;
}

static int conflicts_of(const struct listing *l, int64_t service_id)
{
    int n = 0;

    for (int i = 0; i < l->n_conflicts; i++)
        n += l->conflicts[i].service_id == service_id;
    return n;
}

static struct str first_line(struct str text, int *n_more)
{
    const struct str line = str_cut(&text, '\n');

    *n_more = catalogue_edit_n_lines(text);
    return line;
}

static void fill_upkeep(struct listing *l, const struct service *s, struct entries_row *r)
{
    struct ctx *c = web_ctx(l->w);
    const struct upkeep_entry *e = entry_of(l, s->service_id);
    const struct str seen = upkeep_seen(c, s);
    struct upkeep_entry fresh;

    r->confirmed = text_day(c->mem, c->lang, s->confirmed_on);
    r->is_never = s->confirmed_on == DAY_NONE;
    r->is_hidden = s->state == SERVICE_HIDDEN;
    r->can_confirm = s->state == SERVICE_SHOWN;
    r->voice = str_fmt(c->mem, "%lld.%.*s", (long long)s->service_id, (int)seen.n, seen.p);
    if (e == NULL && upkeep_entry(c, s->service_id, &fresh) == ST_OK)
        e = &fresh;
    if (e == NULL)
        return;
    r->due = text_day(c->mem, c->lang, e->due_on);
    r->is_due = e->is_due || e->state != UPKEEP_KEPT;
    r->score = text_int(c->mem, c->lang, e->score);
    r->n_corrections = e->n_corrections;
}

static void open_row(struct listing *l, const struct service *s, struct entries_row *r)
{
    struct ctx *c = web_ctx(l->w);

    r->is_open = true;
    r->base = str_fmt(c->mem, "%lld", (long long)s->change_no);
    r->fields = ARENA_ARRAY(c->mem, struct entries_field, ARRAY_LEN(row_fields));
    for (int i = 0; i < ARRAY_LEN(row_fields); i++) {
        const struct edit_change *typed = l->typed != NULL ? entries_typed(l->typed->list, l->typed->n, row_fields[i]) : NULL;

        if (row_fields[i] == EDIT_PLACES_FREE && !r->is_course && !s->has_places_free)
            continue;
        r->fields[r->n_fields++] = entries_field(c, row_fields[i], s, typed, "r-");
    }
}

static struct entries_row row_of(struct listing *l, const struct service *s)
{
    struct ctx *c = web_ctx(l->w);
    const struct str edited = l->typed != NULL ? l->typed->slug : web_query(l->w, "modifica");
    struct entries_row r = {.service_id = s->service_id,
                            .slug = s->slug,
                            .name = s->name,
                            .is_gone = s->state == SERVICE_GONE,
                            .is_course = s->kind == SERVICE_COURSE || s->kind == SERVICE_EVENT || s->kind == SERVICE_CALL,
                            .n_conflicts = conflicts_of(l, s->service_id),
                            .has_draft = has_draft(l, s->service_id),
                            .hours = catalogue_edit_words(c, EDIT_HOURS, catalogue_edit_text(c->mem, EDIT_HOURS, s)),
                            .edit_path = page_path(l, l->page, s->slug),
                            .close_path = page_path(l, l->page, STR(""))};

    r.phone = first_line(catalogue_edit_text(c->mem, EDIT_PHONES, s), &r.n_more_phones);
    r.where = s->n_ats > 0 && s->ats[0].location != NULL ? s->ats[0].location->comune_name : STR("");
    if (s->has_places_free)
        r.places_free = catalogue_places_are_old(s, c->today) ? text_get(c->lang, "entries.places-old")
                                                              : text_int(c->mem, c->lang, s->places_free);
    if (r.is_gone)
        r.state = text_get(c->lang, "catalogue.state-gone");
    else if (s->state == SERVICE_HIDDEN)
        r.state = text_get(c->lang, "entries.state-hidden");
    else if (catalogue_has_ended(s, c->today))
        r.state = text_get(c->lang, "entries.state-ended");
    else if (s->status != SERVICE_ACTIVE)
        r.state = catalogue_edit_words(c, EDIT_STATUS, str_of(catalogue_status_name(s->status)));
    fill_upkeep(l, s, &r);
    if (!r.is_gone && !r.is_hidden && edited.n > 0 && str_eq(edited, s->slug))
        open_row(l, s, &r);
    return r;
}

/* ---- the page ---- */

static void fill_pages(struct listing *l)
{
    struct ctx *c = web_ctx(l->w);
    struct entries_list_view *v = &l->v;

    if (l->n_pages < 2)
        return;
    v->pages = ARENA_ARRAY(c->mem, struct entries_page_link, (size_t)l->n_pages);
    for (int i = 1; i <= l->n_pages; i++)
        v->pages[v->n_pages++] = (struct entries_page_link){text_int(c->mem, c->lang, i), page_path(l, i, STR("")), i == l->page};
    if (l->page > 1)
        v->previous_path = page_path(l, l->page - 1, STR(""));
    if (l->page < l->n_pages)
        v->next_path = page_path(l, l->page + 1, STR(""));
}

static enum status fill_rows(struct listing *l)
{
    struct ctx *c = web_ctx(l->w);
    const int64_t organisation_id = l->k->link.organisation_id;
    const struct conflict_read ask = {.organisation_id = organisation_id, .limit = MOST_CONFLICTS};
    struct service *list;
    int n = 0;
    enum status st = catalogue_conflicts(c, &ask, &l->conflicts, &l->n_conflicts);

    if (st == ST_OK)
        st = draft_entries(c, organisation_id, &l->drafts, &l->n_drafts);
    if (st == ST_OK)
        st = catalogue_edit_some(c, l->ids, l->n_ids, &list, &n);
    if (st != ST_OK)
        return st;
    l->v.n_open_conflicts = l->n_conflicts;
    l->v.rows = ARENA_ARRAY(c->mem, struct entries_row, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        struct entries_row *r = &l->v.rows[l->v.n_rows++];

        *r = row_of(l, &list[i]);
        l->v.n_confirmable += r->can_confirm;
        l->v.has_courses |= r->places_free.n > 0 || r->is_course;
    }
    return ST_OK;
}

static enum status show(struct web *w, const struct entries_key *k, const struct typed_row *typed)
{
    struct ctx *c = web_ctx(w);
    const struct str filter = web_query(w, "filtro");
    struct entries_notice *notices = ARENA_ARRAY(c->mem, struct entries_notice, ENTRIES_NOTICES);
    struct entries_fault *faults = ARENA_ARRAY(c->mem, struct entries_fault, EDIT_FIELD_COUNT);
    struct listing l = {.w = w,
                        .k = k,
                        .typed = typed,
                        .filter = str_eq_z(filter, "da-verificare") ? LIST_DUE : str_eq_z(filter, "tolte") ? LIST_GONE : LIST_ALL};
    enum status st = choose(&l);

    if (st == ST_OK)
        st = fill_rows(&l);
    if (st != ST_OK)
        return st;
    l.v.frame = frame_new(w, text_get(c->lang, "entries.title"));
    l.v.frame->is_hidden = true;
    l.v.body = k->link.name;
    l.v.until = text_day(c->mem, c->lang, k->link.expires_on);
    l.v.opened = entries_opened(c);
    l.v.filter = str_of(filter_name(l.filter));
    l.v.is_due_only = l.filter == LIST_DUE;
    l.v.is_empty = l.v.n_rows == 0;
    l.v.back = page_path(&l, l.page, STR(""));
    l.v.notices = notices;
    l.v.n_notices = entries_notices(w, k, notices);
    l.v.faults = faults;
    for (int i = 0; i < l.v.n_rows; i++)
        entries_faults(c, l.v.rows[i].fields, l.v.rows[i].n_fields, faults, &l.v.n_faults);
    fill_pages(&l);
    return html_entries_list(w, &l.v);
}

/* GET /schede - ?filtro=da-verificare|tolte, ?pagina=, ?modifica=slug opens a row. */
enum status entries_list_page(struct web *w)
{
    struct entries_key k;
    enum status answer;

    return entries_door(w, &k, &answer) == ST_OK ? show(w, &k, NULL) : answer;
}

/* ---- what its forms do ---- */

/* Only back into these pages. */
static struct str back_of(struct web *w)
{
    const struct str back = web_field(w, "torna");
    const bool is_ours = str_eq_z(back, "/schede") || str_starts(back, STR("/schede?")) || str_starts(back, STR("/schede/"));

    return is_ours && str_index(back, '\n') < 0 && back.n < 300 ? back : STR("/schede");
}

static struct str with_query(struct ctx *c, struct str path, struct str query, struct str anchor)
{
    struct str hash = path;
    const struct str plain = str_cut(&hash, '#');
    const char *sep = str_index(plain, '?') < 0 ? "?" : "&";

    return str_fmt(c->mem, "%.*s%s%.*s%s%.*s", (int)plain.n, plain.p, sep, (int)query.n, query.p, anchor.n > 0 ? "#" : "", (int)anchor.n,
                   anchor.p);
}

static enum status confirm_one(struct ctx *c, const struct entries_key *k, int64_t service_id)
{
    struct upkeep_one one = {.service_id = service_id};
    const struct upkeep_confirm f = {
        .organisation_id = k->link.organisation_id, .how = HOW_MAIL, .by = k->link.name, .list = &one, .n = 1};
    struct str batch;
    int n = 0;

    return upkeep_confirm(c, &f, &batch, &n);
}

/* POST /schede - the row that stood open. */
enum status entries_row_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_field(w, "scheda");
    struct edit_change list[EDIT_FIELD_COUNT];
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);
    struct entries_key k;
    struct service s;
    enum status answer, st;

    if (entries_form_door(w, slug, &k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &k, slug, &s);
    if (st != ST_OK)
        return st;
    const int n = entries_read_form(w, list);
    const struct draft_of of = {k.link.organisation_id, k.link.link_id, s.service_id};
    const bool is_late = c->problems.n > 0;

    k.who.batch = entries_new_batch(c);
    st = is_late ? ST_INVALID : catalogue_edit(c, s.service_id, 0, list, n, &k.who, o);
    if (st == ST_INVALID) {
        const struct draft d = entries_draft_of(c, list, n);

        st = is_late ? ST_OK : draft_save(c, &of, &d);
        web_keep_written(w);
        web_set_code(w, 422);
        return st == ST_OK ? show(w, &k, &(struct typed_row){s.slug, list, n}) : st;
    }
    if (st == ST_OK)
        st = draft_drop(c, &of);
    if (st == ST_OK && o->n_taken > 0)
        st = upkeep_edited(c, s.service_id);
    if (st == ST_OK && str_eq_z(web_field(w, "azione"), "conferma-resto") && o->n_conflicts == 0)
        st = confirm_one(c, &k, s.service_id);
    if (st == ST_OK)
        st = upkeep_spent(c, k.link.organisation_id, web_field(w, "aperta"));
    if (st == ST_OK)
        st = catalogue_service(c, s.service_id, &s);
    if (st != ST_OK)
        return st;
    if (o->n_conflicts > 0)
        return web_redirect(w, str_fmt(c->mem, "/schede/%.*s?esito=conflitto#altri", (int)s.slug.n, s.slug.p));
    const struct str said = o->n_taken > 0 ? str_fmt(c->mem, "esito=salvato&lotto=%.*s", (int)k.who.batch.n, k.who.batch.p) : STR("esito=uguale");

    return web_redirect(w, with_query(c, back_of(w), said, str_fmt(c->mem, "r-%.*s", (int)s.slug.n, s.slug.p)));
}

/* "12.a1b2c3": the key of an entry and what was seen of it. */
static bool read_voice(struct str text, struct upkeep_one *out)
{
    const struct str id = str_cut(&text, '.');

    *out = (struct upkeep_one){.seen = text};
    return str_to_int(id, &out->service_id) && out->service_id > 0 && text.n > 0;
}

/* POST /schede/conferma - exactly the rows whose keys stand in the form, as they were seen. */
enum status entries_confirm_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct upkeep_one *list = ARENA_ARRAY(c->mem, struct upkeep_one, PAGE_ROWS);
    struct entries_key k;
    struct str voice, batch = STR("");
    enum status answer, st;
    int n = 0, n_done = 0, n_left = 0;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    if (c->problems.n > 0) { /* the page stood open too long: look again */
        web_set_code(w, 422);
        return show(w, &k, NULL);
    }
    for (int i = 0; i < PAGE_ROWS && n < PAGE_ROWS && web_field_at(w, "voce", i, &voice); i++)
        n += read_voice(voice, &list[n]);
    const struct upkeep_confirm f = {
        .organisation_id = k.link.organisation_id, .how = HOW_MAIL, .by = k.link.name, .list = list, .n = n};

    st = upkeep_confirm(c, &f, &batch, &n_done);
    if (st == ST_OK)
        st = upkeep_spent(c, k.link.organisation_id, web_field(w, "aperta"));
    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++)
        n_left += list[i].result == UPKEEP_CHANGED || list[i].result == UPKEEP_NOT_HERE;
    const struct str said = n_done == 0 && n_left == 0
                                ? STR("esito=gia")
                                : str_fmt(c->mem, "esito=confermate&n=%d&lasciate=%d%s%.*s", n_done, n_left, batch.n > 0 ? "&giro=" : "",
                                          (int)batch.n, batch.p);

    return web_redirect(w, with_query(c, back_of(w), said, STR("")));
}

/* POST /schede/annulla - what was done together just now: a confirmation (giro) or a save (lotto). */
enum status entries_undo_post(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str round = web_field(w, "giro"), batch = web_field(w, "lotto");
    struct entries_key k;
    enum status answer, st;
    int n_undone = 0, n_left = 0;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    if (c->problems.n > 0) {
        web_set_code(w, 422);
        return show(w, &k, NULL);
    }
    if (round.n > 0) {
        st = upkeep_undo(c, k.link.organisation_id, round, &n_undone, &n_left);
    } else {
        const struct undo_batch b = {k.link.organisation_id, batch};

        st = catalogue_undo_batch(c, &b, &k.who, &n_undone, &n_left);
    }
    if (st == ST_NOT_FOUND)
        st = ST_OK;
    if (st != ST_OK)
        return st;
    const struct str said = n_undone > 0 ? str_fmt(c->mem, "esito=annullato&lasciate=%d", n_left) : STR("esito=resta");

    return web_redirect(w, with_query(c, back_of(w), said, STR("")));
}
