/* entries_entry_page.c - one entry with all its fields: save, draft, preview, new, "non c'e' piu'". */
#include "base/macros.h"
#include "entries_feature.h"
#include "entries_pages.h"
#include "features/finder/finder_preview.h"
#include "features/upkeep/upkeep.h"
#include <string.h>

enum { MOST_IN_SECTION = 8, MOST_CONFLICTS = 40 };

struct section_of {
    const char *id, *title;
    enum edit_field fields[MOST_IN_SECTION];
};
static const struct section_of sections[] = {
    {"s-nome", "entries.section-name", {EDIT_NAME, EDIT_SUMMARY, EDIT_DESCRIPTION, EDIT_KIND}},
    {"s-dove", "entries.section-where", {EDIT_PLACES, EDIT_HOURS, EDIT_PHONES, EDIT_EMAIL, EDIT_URL, EDIT_WAYS}},
    {"s-chi", "entries.section-who", {EDIT_ELIGIBILITY, EDIT_AREAS, EDIT_MIN_AGE, EDIT_MAX_AGE, EDIT_TARGETS}},
    {"s-come", "entries.section-how", {EDIT_APPLICATION, EDIT_INTAKE, EDIT_DOCUMENTS, EDIT_LANGUAGES, EDIT_WAIT_TIME}},
    {"s-costo", "entries.section-cost", {EDIT_FEE, EDIT_FEES, EDIT_ISEE_NOTE}},
    {"s-bisogni", "entries.section-needs", {EDIT_NEEDS}},
    {"s-corso", "entries.section-course", {EDIT_STARTS_ON, EDIT_ENDS_ON, EDIT_APPLY_BY, EDIT_PLACES_FREE}},
    {"s-avvisi", "entries.section-alert", {EDIT_ALERT, EDIT_STATUS}},
};

/* What a form comes back with. */
struct typed {
    const struct edit_change *list;
    int n;
    bool is_draft; /* taken up again: not what was sent just now */
    bool must_confirm;
    struct str form_error;
    int64_t draft_id, saved_at_ms;
};

static struct service blank(int64_t organisation_id)
{
    return (struct service){.organisation_id = organisation_id,
                            .kind = SERVICE_SERVICE,
                            .status = SERVICE_ACTIVE,
                            .starts_on = DAY_NONE,
                            .ends_on = DAY_NONE,
                            .apply_by = DAY_NONE,
                            .confirmed_on = DAY_NONE};
}

static void fill_sections(struct ctx *c, const struct service *s, const struct typed *t, struct entries_entry_view *v)
{
    struct entries_fault *faults = ARENA_ARRAY(c->mem, struct entries_fault, EDIT_FIELD_COUNT);
    struct entries_fault *cautions = ARENA_ARRAY(c->mem, struct entries_fault, EDIT_FIELD_COUNT);

    v->sections = ARENA_ARRAY(c->mem, struct entries_section, ARRAY_LEN(sections));
    for (int i = 0; i < ARRAY_LEN(sections); i++) {
        struct entries_section *x = &v->sections[v->n_sections++];

        *x = (struct entries_section){.title = text_get(c->lang, sections[i].title), .id = str_of(sections[i].id)};
        x->fields = ARENA_ARRAY(c->mem, struct entries_field, MOST_IN_SECTION);
        for (int k = 0; k < MOST_IN_SECTION && sections[i].fields[k] != EDIT_NONE; k++)
            x->fields[x->n_fields++] = entries_field(c, sections[i].fields[k], s, entries_typed(t->list, t->n, sections[i].fields[k]), "");
        entries_faults(c, x->fields, x->n_fields, faults, &v->n_faults);
    }
    v->faults = faults;
    v->must_confirm = t->must_confirm;
    if (t->must_confirm)
        entries_cautions(c, t->list, t->n, s, cautions, &v->n_cautions);
    v->cautions = cautions;
}

static enum status mark_owned(struct ctx *c, const struct service *s, struct entries_entry_view *v)
{
    struct field_owner *list;
    int n = 0;
    const enum status st = catalogue_owners(c, s->service_id, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        for (int k = 0; k < v->n_sections; k++)
            for (int j = 0; j < v->sections[k].n_fields; j++)
                v->sections[k].fields[j].is_owned |= v->sections[k].fields[j].field == list[i].field;
    return st;
}

static enum status fill_conflicts(struct ctx *c, const struct service *s, struct entries_entry_view *v)
{
    const struct conflict_read ask = {.service_id = s->service_id, .limit = MOST_CONFLICTS};
    struct field_conflict *list;
    int n = 0;
    const enum status st = catalogue_conflicts(c, &ask, &list, &n);
    struct entries_conflict *out = ARENA_ARRAY(c->mem, struct entries_conflict, MOST_CONFLICTS);

    for (int i = 0; st == ST_OK && i < n; i++)
        out[v->n_conflicts++] = (struct entries_conflict){.conflict_id = list[i].conflict_id,
                                                          .label = text_get(c->lang, catalogue_edit_shape(list[i].field)->label),
                                                          .ours = catalogue_edit_words(c, list[i].field, list[i].ours),
                                                          .theirs = catalogue_edit_words(c, list[i].field, list[i].theirs),
                                                          .source = list[i].source,
                                                          .day = entries_when(c, list[i].at_ms),
                                                          .is_editor = list[i].is_editor};
    v->conflicts = out;
    return st;
}

static enum status fill_corrections(struct ctx *c, const struct service *s, struct entries_entry_view *v)
{
    struct upkeep_correction *list;
    int n = 0;
    const enum status st = upkeep_corrections(c, s->organisation_id, s->service_id, &list, &n);
    struct entries_correction *out = ARENA_ARRAY(c->mem, struct entries_correction, (size_t)n + 1);

    for (int i = 0; st == ST_OK && i < n; i++)
        out[v->n_corrections++] = (struct entries_correction){.what = text_get(c->lang, str_z(c->mem, str_fmt(c->mem, "upkeep.wrong-%s", upkeep_correction_name(list[i].what)))),
                                                              .words = list[i].words,
                                                              .day = text_day(c->mem, c->lang, list[i].received_on)};
    v->corrections = out;
    v->quality = upkeep_score_view(c, s);
    return st;
}

static void fill_frame(struct web *w, struct entries_entry_view *v)
{
    v->frame = frame_new(w, v->title);
    v->frame->is_hidden = true;
    frame_crumb(w, v->frame, text_get(web_ctx(w)->lang, "entries.title"), STR("/schede"));
}

/* A draft that is there is offered, not forced: what is saved stands in the form until it is taken up. */
static enum status look_for_draft(struct web *w, const struct entries_key *k, int64_t service_id, struct typed *t)
{
    struct ctx *c = web_ctx(w);
    const struct draft_of of = {k->link.organisation_id, k->link.link_id, service_id};
    struct draft d;
    const enum status st = draft_find(c, &of, &d);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    t->draft_id = d.draft_id;
    t->saved_at_ms = d.saved_at_ms;
    if (!str_eq_z(web_query(w, "bozza"), "1"))
        return ST_OK;
    struct edit_change *list = ARENA_ARRAY(c->mem, struct edit_change, EDIT_FIELD_COUNT);

    t->n = entries_draft_changes(&d, list);
    t->list = list;
    t->is_draft = true;
    return ST_OK;
}

static enum status show(struct web *w, const struct entries_key *k, const struct service *s, const struct typed *t)
{
    struct ctx *c = web_ctx(w);
    const bool is_new = s->service_id == 0;
    struct entries_notice *notices = ARENA_ARRAY(c->mem, struct entries_notice, ENTRIES_NOTICES);
    struct entries_entry_view v = {.is_new = is_new,
                                   .title = is_new ? text_get(c->lang, "entries.new-title") : s->name,
                                   .slug = s->slug,
                                   .action = is_new ? STR("/schede/nuova") : str_fmt(c->mem, "/schede/%.*s", (int)s->slug.n, s->slug.p),
                                   .opened = entries_opened(c),
                                   .is_gone = s->state == SERVICE_GONE,
                                   .is_shown_draft = t->is_draft,
                                   .form_error = t->form_error,
                                   .notices = notices,
                                   .draft_id = t->draft_id,
                                   .draft_day = t->draft_id != 0 ? entries_when(c, t->saved_at_ms) : STR("")};
    enum status st = ST_OK;

    fill_frame(w, &v);
    v.n_notices = entries_notices(w, k, notices);
    fill_sections(c, s, t, &v);
    if (!is_new)
        st = mark_owned(c, s, &v);
    if (st == ST_OK && !is_new)
        st = fill_conflicts(c, s, &v);
    if (st == ST_OK && !is_new)
        st = fill_corrections(c, s, &v);
    return st == ST_OK ? html_entries_entry(w, &v) : st;
}

/* GET /schede/:slug - ?bozza=1 takes the draft up. */
enum status entries_entry_page(struct web *w)
{
    struct entries_key k;
    struct typed t = {0};
    struct service s;
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &k, web_path_value(w, "slug"), &s);
    if (st == ST_OK)
        st = look_for_draft(w, &k, s.service_id, &t);
    return st == ST_OK ? show(w, &k, &s, &t) : st;
}

/* GET /schede/nuova */
enum status entries_new_page(struct web *w)
{
    struct entries_key k;
    struct typed t = {0};
    enum status answer, st;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    const struct service s = blank(k.link.organisation_id);

    st = look_for_draft(w, &k, DRAFT_NEW, &t);
    return st == ST_OK ? show(w, &k, &s, &t) : st;
}

/* ---- saving ---- */

/* What the form sent, and what it is about. */
struct sent {
    struct web *w;
    struct ctx *c;
    struct entries_key k;
    struct service s; /* service_id 0: a new one */
    struct edit_change list[EDIT_FIELD_COUNT];
    int n;
    struct draft_of of;
};

static bool asks(const struct sent *f, const char *act)
{
    return str_eq_z(web_field(f->w, "azione"), act);
}

static struct str path_of(const struct sent *f)
{
    return f->s.service_id == 0 ? STR("/schede/nuova") : str_fmt(f->c->mem, "/schede/%.*s", (int)f->s.slug.n, f->s.slug.p);
}

static enum status back_with(struct sent *f, bool must_confirm)
{
    const struct problem *p = problems_of(&f->c->problems, "");
    const struct draft d = entries_draft_of(f->c, f->list, f->n);
    const struct typed t = {.list = f->list,
                            .n = f->n,
                            .must_confirm = must_confirm,
                            .form_error = p != NULL ? text_get(f->c->lang, p->key) : STR("")};
    const enum status st = p != NULL ? ST_OK : draft_save(f->c, &f->of, &d);

    web_keep_written(f->w);
    web_set_code(f->w, 422);
    return st == ST_OK ? show(f->w, &f->k, &f->s, &t) : st;
}

static enum status keep_draft(struct sent *f, const char *where)
{
    const struct draft d = entries_draft_of(f->c, f->list, f->n);
    const struct str path = path_of(f);
    const enum status st = draft_save(f->c, &f->of, &d);

    return st == ST_OK ? web_redirect(f->w, str_fmt(f->c->mem, "%.*s%s", (int)path.n, path.p, where)) : st;
}

static enum status drop_draft(struct sent *f)
{
    const struct str path = path_of(f);
    int64_t draft_id = 0;

    str_to_int(web_field(f->w, "bozza"), &draft_id);
    const enum status st = draft_drop_one(f->c, f->k.link.organisation_id, draft_id);

    return st == ST_OK ? web_redirect(f->w, str_fmt(f->c->mem, "%.*s?esito=buttata", (int)path.n, path.p)) : st;
}

/* "Non c'e' piu'", and back again. */
static enum status set_presence(struct sent *f, const char *state, const char *said)
{
    const struct edit_change x = {.field = EDIT_STATE, .text = str_of(state)};
    struct edit_outcome *o = ARENA_NEW(f->c->mem, struct edit_outcome);
    const enum status st = catalogue_edit(f->c, f->s.service_id, 0, &x, 1, &f->k.who, o);
    const struct str batch = f->k.who.batch;

    if (st != ST_OK)
        return st;
    return web_redirect(f->w, str_fmt(f->c->mem, "/schede?esito=%s&lotto=%.*s", said, (int)batch.n, batch.p));
}

static enum status confirm_rest(struct sent *f)
{
    struct upkeep_one one = {.service_id = f->s.service_id};
    const struct upkeep_confirm x = {
        .organisation_id = f->k.link.organisation_id, .how = HOW_MAIL, .by = f->k.link.name, .list = &one, .n = 1};
    struct str batch;
    int n = 0;

    return upkeep_confirm(f->c, &x, &batch, &n);
}

static enum status save(struct sent *f)
{
    struct edit_outcome *o = ARENA_NEW(f->c->mem, struct edit_outcome);
    const bool is_new = f->s.service_id == 0;
    enum status st = is_new ? catalogue_edit_add(f->c, f->k.link.organisation_id, f->list, f->n, &f->k.who, &f->s.service_id, o)
                            : catalogue_edit(f->c, f->s.service_id, 0, f->list, f->n, &f->k.who, o);

    if (st == ST_INVALID)
        return back_with(f, false);
    if (st == ST_OK)
        st = draft_drop(f->c, &f->of);
    if (st == ST_OK && o->n_taken > 0 && !is_new)
        st = upkeep_edited(f->c, f->s.service_id);
    if (st == ST_OK && (is_new || asks(f, "salva-conferma")) && o->n_conflicts == 0)
        st = confirm_rest(f);
    if (st == ST_OK)
        st = upkeep_spent(f->c, f->k.link.organisation_id, web_field(f->w, "aperta"));
    if (st == ST_OK)
        st = catalogue_service(f->c, f->s.service_id, &f->s);
    if (st != ST_OK)
        return st;
    const struct str path = path_of(f), batch = f->k.who.batch;

    if (o->n_conflicts > 0)
        return web_redirect(f->w, str_fmt(f->c->mem, "%.*s?esito=conflitto#altri", (int)path.n, path.p));
    if (o->n_taken == 0)
        return web_redirect(f->w, str_fmt(f->c->mem, "%.*s?esito=uguale", (int)path.n, path.p));
    return web_redirect(f->w, str_fmt(f->c->mem, "%.*s?esito=%s&lotto=%.*s", (int)path.n, path.p, is_new ? "aggiunta" : "salvato",
                                      (int)batch.n, batch.p));
}

static enum status act(struct sent *f)
{
    struct entries_fault *cautions = ARENA_ARRAY(f->c->mem, struct entries_fault, EDIT_FIELD_COUNT);
    int n_cautions = 0;

    f->n = entries_read_form(f->w, f->list);
    f->of = (struct draft_of){f->k.link.organisation_id, f->k.link.link_id, f->s.service_id};
    f->k.who.batch = entries_new_batch(f->c);
    if (f->c->problems.n > 0)
        return back_with(f, false);
    if (asks(f, "bozza"))
        return keep_draft(f, "?bozza=1&esito=bozza");
    if (asks(f, "anteprima"))
        return keep_draft(f, "/anteprima");
    if (asks(f, "butta"))
        return drop_draft(f);
    if (asks(f, "tolta") && f->s.service_id != 0)
        return set_presence(f, "gone", "tolta");
    if (asks(f, "torna") && f->s.service_id != 0)
        return set_presence(f, "shown", "torna");
    if (entries_cautions(f->c, f->list, f->n, &f->s, cautions, &n_cautions) && !str_eq_z(web_field(f->w, "visto"), "1"))
        return back_with(f, true);
    return save(f);
}

/* POST /schede/:slug */
enum status entries_entry_post(struct web *w)
{
    struct sent *f = ARENA_NEW(web_ctx(w)->mem, struct sent);
    const struct str slug = web_path_value(w, "slug");
    enum status answer, st;

    f->w = w;
    f->c = web_ctx(w);
    if (entries_form_door(w, slug, &f->k, &answer) != ST_OK)
        return answer;
    st = entries_own(w, &f->k, slug, &f->s);
    return st == ST_OK ? act(f) : st;
}

/* POST /schede/nuova */
enum status entries_new_post(struct web *w)
{
    struct sent *f = ARENA_NEW(web_ctx(w)->mem, struct sent);
    enum status answer;

    f->w = w;
    f->c = web_ctx(w);
    if (entries_form_door(w, STR(""), &f->k, &answer) != ST_OK)
        return answer;
    f->s = blank(f->k.link.organisation_id);
    return act(f);
}

/* GET /schede/:slug/anteprima - the draft as citizens would see it. */
enum status entries_preview_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    const bool is_new = str_eq_z(slug, "nuova");
    struct edit_change *list = ARENA_ARRAY(c->mem, struct edit_change, EDIT_FIELD_COUNT);
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);
    struct entries_key k;
    struct service s = {0}, seen;
    struct draft d = {0};
    enum status answer, st = ST_OK;

    if (entries_door(w, &k, &answer) != ST_OK)
        return answer;
    if (!is_new)
        st = entries_own(w, &k, slug, &s);
    if (st != ST_OK)
        return st;
    const struct draft_of of = {k.link.organisation_id, k.link.link_id, s.service_id};

    st = draft_find(c, &of, &d);
    if (st == ST_OK || st == ST_NOT_FOUND)
        st = catalogue_edit_try(c, s.service_id, list, entries_draft_changes(&d, list), o, &seen);
    if (st != ST_OK)
        return st;
    seen.organisation_name = k.link.name;
    seen.organisation_slug = k.link.slug;
    const struct finder_preview p = {
        .back = is_new ? STR("/schede/nuova?bozza=1") : str_fmt(c->mem, "/schede/%.*s?bozza=1", (int)s.slug.n, s.slug.p),
        .is_hidden_in_part = o->n_refused > 0};

    return finder_show_preview(w, &seen, &p);
}
