/* catalogue_edit.c - changes by hand: each field merged with what others wrote meanwhile, then written together. */
#include "catalogue_edit_put.h"
#include "catalogue_pack.h"
#include "catalogue_store.h"
#include "catalogue_writer.h"
#include "base/digest.h"
#include "base/macros.h"
#include "base/random.h"
#include "base/slug.h"
#include "catalogue_sql.h"
#include <string.h>

static const char *const how_names[EDIT_HOW_COUNT] = {
    [EDIT_BY_DESK] = "desk",   [EDIT_BY_PHONE] = "phone", [EDIT_BY_FEED] = "feed",   [EDIT_BY_MERGE] = "merge",
    [EDIT_BY_UNDO] = "undo",   [EDIT_BY_PASTE] = "paste", [EDIT_BY_MODEL] = "model",
};

const char *catalogue_edit_how_name(enum edit_how how)
{
    return how > 0 && how < EDIT_HOW_COUNT ? how_names[how] : how_names[EDIT_BY_DESK];
}

struct str catalogue_edit_how_words(struct ctx *c, enum edit_how how)
{
    static const char *const keys[EDIT_HOW_COUNT] = {
        [EDIT_BY_DESK] = "catalogue.edit-desk",   [EDIT_BY_PHONE] = "catalogue.edit-phoned", [EDIT_BY_FEED] = "catalogue.edit-feed",
        [EDIT_BY_MERGE] = "catalogue.edit-merge", [EDIT_BY_UNDO] = "catalogue.edit-undo",    [EDIT_BY_PASTE] = "catalogue.edit-paste",
        [EDIT_BY_MODEL] = "catalogue.edit-model"};

    return text_get(c->lang, keys[how > 0 && how < EDIT_HOW_COUNT ? how : EDIT_BY_DESK]);
}

enum status catalogue_edit_read(struct ctx *c, int64_t service_id, struct service *out)
{
    const struct service_ask a = {.ids = &service_id, .n = 1};
    struct service *list;
    int n = 0;
    const enum status st = catalogue_store_services(c, c->mem, &a, &list, &n);

    if (st != ST_OK)
        return st;
    if (n == 0 || list[0].state == SERVICE_HIDDEN)
        return ST_NOT_FOUND;
    *out = list[0];
    return ST_OK;
}

/* Lists that putters write into belong to the copy alone. */
static struct service copy_of(struct ctx *c, const struct service *s)
{
    struct service copy = *s;

    copy.ats = ARENA_ARRAY(c->mem, struct service_at, (size_t)s->n_ats + 1);
    if (s->n_ats > 0)
        memcpy(copy.ats, s->ats, sizeof *copy.ats * (size_t)s->n_ats);
    return copy;
}

/* ---- merging ---- */

struct merge {
    struct ctx *c;
    struct service was, now;
    int64_t base_change;
    struct edit_outcome *out;
};

static struct edit_field_outcome *note(struct merge *m, enum edit_field f, enum edit_result result, struct str typed)
{
    struct edit_field_outcome *x = &m->out->list[m->out->n++];

    *x = (struct edit_field_outcome){.field = f, .result = result, .typed = typed};
    m->out->n_taken += result == EDIT_TAKEN;
    m->out->n_conflicts += result == EDIT_CONFLICT;
    m->out->n_refused += result == EDIT_REFUSED;
    return x;
}

static void refuse(struct merge *m, const struct edit_change *x, const struct edit_put *p)
{
    struct edit_field_outcome *o = note(m, x->field, EDIT_REFUSED, x->text);

    o->key = p->key;
    o->value = p->value;
    problems_add(&m->c->problems, catalogue_edit_shape(x->field)->name, p->key, p->value);
}

/* Whether somebody else wrote the field after the editor saw it. */
static enum status is_changed_since(struct merge *m, const struct edit_change *x, struct str current, bool *out, struct str *by)
{
    enum status st = ST_OK;
    bool any = false;

    *by = STR("");
    *out = false;
    if (x->has_was) {
        *out = x->was_sum != catalogue_edit_sum(current);
        if (*out)
            st = catalogue_last_by(m->c, m->was.service_id, x->field, 0, by, &any);
    } else if (m->base_change != 0 && m->was.change_no > m->base_change) {
        st = catalogue_last_by(m->c, m->was.service_id, x->field, m->base_change, by, out);
    }
    return st;
}

static enum status merge_one(struct merge *m, const struct edit_change *x)
{
    struct service before = copy_of(m->c, &m->now);
    struct edit_put p = {.c = m->c, .s = &m->now, .was = &before};
    const struct str current = catalogue_edit_text(m->c->mem, x->field, &m->was);
    const struct str typed = catalogue_edit_tidy(m->c->mem, x->field, x->text);
    struct str by;
    bool is_changed = false;

    if (str_eq(typed, current)) {
        note(m, x->field, EDIT_SAME, typed);
        return ST_OK;
    }
    if (x->has_was && x->was_sum == catalogue_edit_sum(typed)) { /* the editor left it as it was seen */
        note(m, x->field, EDIT_SAME, typed);
        return ST_OK;
    }
    enum status st = catalogue_edit_put_text(&p, x->field, x->text);

    if (st == ST_INVALID && p.key != NULL) {
        m->now = before;
        refuse(m, x, &p);
        return ST_OK;
    }
    if (st == ST_OK && str_eq(catalogue_edit_text(m->c->mem, x->field, &m->now), current)) {
        m->now = before;
        note(m, x->field, EDIT_SAME, typed);
        return ST_OK;
    }
    if (st == ST_OK && m->was.service_id != 0)
        st = is_changed_since(m, x, current, &is_changed, &by);
    if (st != ST_OK)
        return st;
    if (is_changed) {
        m->now = before;
        struct edit_field_outcome *o = note(m, x->field, EDIT_CONFLICT, typed);

        o->ours = current;
        o->changed_by = by;
        return ST_OK;
    }
    note(m, x->field, EDIT_TAKEN, typed);
    return ST_OK;
}

/* Places last: "luogo 2" in hours and telephones is of the places that the editor saw. */
static enum status merge_all(struct merge *m, const struct edit_change *list, int n)
{
    enum status st = ST_OK;

    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; st == ST_OK && i < n; i++)
            if (list[i].field > EDIT_NONE && list[i].field < EDIT_FIELD_COUNT && m->out->n < EDIT_FIELD_COUNT &&
                (list[i].field == EDIT_PLACES) == (turn == 1))
                st = merge_one(m, &list[i]);
    return st;
}

/* ---- writing ---- */

static enum status put_new_places(struct ctx *c, struct service *s)
{
    struct catalogue_write *w = NULL;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < s->n_ats; i++) {
        struct location l;
        enum put_change change;

        if (s->ats[i].location_id != 0 || s->ats[i].location == NULL)
            continue;
        if (w == NULL)
            st = catalogue_write_begin(c, STR("desk"), &w);
        l = *s->ats[i].location;
        l.source_id = random_uuid(c->mem, c->now_ms);
        if (st == ST_OK)
            st = catalogue_put_location(w, &l, &s->ats[i].location_id, &change);
    }
    const enum status ended = catalogue_write_end(w, false, NULL);

    return st == ST_OK ? ended : st;
}

static enum status make_slug(struct ctx *c, struct service *s, struct str code)
{
    const struct location *l = s->n_ats > 0 ? s->ats[0].location : NULL;

    s->slug = slug_make(c->mem, s->name, l != NULL ? l->comune_name : STR(""), code);
    return ST_OK;
}

static enum status next_change(struct ctx *c, int64_t *out)
{
    struct catalogue_change_next_row r;
    const enum status st = catalogue_sql_change_next(c, &r);

    if (st == ST_OK)
        *out = r.n;
    return st;
}

/* The row keeps the sum of what its source said last: the same again from there changes nothing. */
static enum status write_row(struct ctx *c, struct service *s, bool has_other_places, bool says_places, int64_t change_no)
{
    struct catalogue_service_by_uuid_row f;
    struct buf parts = buf_new(c->mem, 512), more = buf_new(c->mem, 512);
    struct service_row r = {.s = s, .change_no = change_no, .keeps_places_on = !says_places};
    enum status st = catalogue_sql_service_by_uuid(c, &(struct catalogue_service_by_uuid_in){s->uuid}, &f);

    if (st != ST_OK)
        return st;
    r.code = f.code;
    r.sum = f.sum;
    catalogue_pack_service(&parts, &more, s);
    r.parts = buf_view(&parts);
    r.more = buf_view(&more);
    st = make_slug(c, s, f.code);
    if (st == ST_OK)
        st = catalogue_writer_set(c, s->service_id, &r);
    if (st != ST_OK || !has_other_places)
        return st;
    st = catalogue_sql_at_clear(c, &(struct catalogue_at_clear_in){s->service_id}, NULL);
    return st == ST_OK ? catalogue_writer_ats(c, s->service_id, s) : st;
}

static bool is_taken(const struct edit_outcome *o, enum edit_field f)
{
    for (int i = 0; i < o->n; i++)
        if (o->list[i].field == f && o->list[i].result == EDIT_TAKEN)
            return true;
    return false;
}

static enum status write_history(struct merge *m, const struct edit_who *who, int64_t change_no, uint64_t owned)
{
    struct ctx *c = m->c;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < m->out->n; i++) {
        const enum edit_field f = m->out->list[i].field;
        const struct history_note h = {.service_id = m->now.service_id,
                                       .change_no = change_no,
                                       .undoes = who->undoes,
                                       .field = f,
                                       .was = catalogue_edit_text(c->mem, f, &m->was),
                                       .now = catalogue_edit_text(c->mem, f, &m->now),
                                       .was_owned = (owned >> f & 1) != 0};

        if (m->out->list[i].result != EDIT_TAKEN)
            continue;
        st = catalogue_history_note(c, &h, who);
        if (st == ST_OK && who->how != EDIT_BY_FEED)
            st = catalogue_own(c, m->now.service_id, f, who->by);
    }
    return st;
}

static enum status write_conflicts(struct merge *m, const struct edit_who *who)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < m->out->n; i++) {
        const struct edit_field_outcome *o = &m->out->list[i];

        if (o->result == EDIT_CONFLICT)
            st = catalogue_note_conflict(m->c, &(struct field_conflict){.service_id = m->was.service_id,
                                                                        .field = o->field,
                                                                        .ours = o->ours,
                                                                        .theirs = o->typed,
                                                                        .source = who->by,
                                                                        .is_editor = true});
    }
    return st;
}

static enum status write_all(struct merge *m, const struct edit_who *who)
{
    struct ctx *c = m->c;
    int64_t change_no = 0;
    uint64_t owned = 0;
    const bool has_other_places = is_taken(m->out, EDIT_PLACES) || is_taken(m->out, EDIT_HOURS) || is_taken(m->out, EDIT_PHONES);
    enum status st = next_change(c, &change_no);

    if (st == ST_OK)
        st = catalogue_owned(c, m->now.service_id, &owned);
    if (st == ST_OK)
        st = put_new_places(c, &m->now);
    if (st == ST_OK)
        st = write_row(c, &m->now, has_other_places, is_taken(m->out, EDIT_PLACES_FREE), change_no);
    if (st == ST_OK)
        st = write_history(m, who, change_no, owned);
    m->out->change_no = change_no;
    return st;
}

enum status catalogue_edit(struct ctx *c, int64_t service_id, int64_t base_change, const struct edit_change *list, int n,
                           const struct edit_who *who, struct edit_outcome *out)
{
    struct merge m = {.c = c, .base_change = base_change, .out = out};
    enum status st;

    memset(out, 0, sizeof *out);
    st = catalogue_edit_read(c, service_id, &m.was);
    if (st != ST_OK)
        return st;
    m.now = copy_of(c, &m.was);
    out->change_no = m.was.change_no;
    st = merge_all(&m, list, n);
    if (st == ST_OK && out->n_refused > 0)
        return ST_INVALID;
    if (st == ST_OK && out->n_conflicts > 0)
        st = write_conflicts(&m, who);
    return st == ST_OK && out->n_taken > 0 ? write_all(&m, who) : st;
}

/* ---- trying, and new ones ---- */

static struct service new_service(int64_t organisation_id)
{
    return (struct service){.organisation_id = organisation_id,
                            .kind = SERVICE_SERVICE,
                            .status = SERVICE_ACTIVE,
                            .state = SERVICE_SHOWN,
                            .starts_on = DAY_NONE,
                            .ends_on = DAY_NONE,
                            .apply_by = DAY_NONE,
                            .confirmed_on = DAY_NONE,
                            .places_on = DAY_NONE};
}

enum status catalogue_edit_try(struct ctx *c, int64_t service_id, const struct edit_change *list, int n, struct edit_outcome *out,
                               struct service *preview)
{
    struct merge m = {.c = c, .out = out};
    enum status st = ST_OK;

    memset(out, 0, sizeof *out);
    if (service_id == 0)
        m.was = new_service(0);
    else
        st = catalogue_edit_read(c, service_id, &m.was);
    if (st != ST_OK)
        return st;
    m.now = copy_of(c, &m.was);
    st = merge_all(&m, list, n);
    if (preview != NULL)
        *preview = m.now;
    return st;
}

enum status catalogue_edit_add(struct ctx *c, int64_t organisation_id, const struct edit_change *list, int n, const struct edit_who *who,
                               int64_t *out_service_id, struct edit_outcome *out)
{
    struct merge m = {.c = c, .out = out};
    struct catalogue_write *w = NULL;
    struct organisation o;
    enum put_change change;
    enum status st = organisations_by_id(c, organisation_id, &o);

    memset(out, 0, sizeof *out);
    if (st != ST_OK)
        return st;
    m.was = new_service(organisation_id);
    m.now = copy_of(c, &m.was);
    st = merge_all(&m, list, n);
    if (st == ST_OK && m.now.name.n == 0 && problems_of(&c->problems, "name") == NULL) {
        problems_add(&c->problems, "name", "catalogue.edit-needed", STR(""));
        out->n_refused++;
    }
    if (st == ST_OK && out->n_refused > 0)
        return ST_INVALID;
    if (st == ST_OK)
        st = put_new_places(c, &m.now);
    if (st == ST_OK)
        st = catalogue_write_begin(c, STR("desk"), &w);
    m.now.uuid = random_uuid(c->mem, c->now_ms);
    m.now.source_id = m.now.uuid;
    m.now.is_demo = o.is_demo;
    if (st == ST_OK)
        st = catalogue_put_service(w, &m.now, out_service_id, &change);
    if (st == ST_OK) {
        m.now.service_id = *out_service_id;
        out->change_no = w->change_no;
        m.was.state = SERVICE_GONE; /* undone, it is gone again */
        out->list[out->n < EDIT_FIELD_COUNT ? out->n++ : out->n - 1] =
            (struct edit_field_outcome){.field = EDIT_STATE, .result = EDIT_TAKEN};
        st = write_history(&m, who, w->change_no, 0);
    }
    const enum status ended = catalogue_write_end(w, false, NULL);

    return st == ST_OK ? ended : st;
}

/* ---- lists ---- */

enum status catalogue_edit_entries(struct ctx *c, const struct edit_list *l, struct service **out, int *n_out)
{
    struct catalogue_entry_of_organisation_row *rows;
    int n = 0;
    enum status st = catalogue_sql_entry_of_organisation(
        c, &(struct catalogue_entry_of_organisation_in){l->organisation_id, l->with_gone, 0}, &rows, &n);

    *n_out = 0;
    if (st != ST_OK)
        return st;
    int64_t *ids = ARENA_ARRAY(c->mem, int64_t, (size_t)n + 1);

    for (int i = 0; i < n; i++)
        ids[i] = rows[i].service_id;
    const struct service_ask a = {.ids = ids, .n = n};

    return catalogue_store_services(c, c->mem, &a, out, n_out);
}

enum status catalogue_edit_keys(struct ctx *c, const struct edit_list *l, struct edit_key **out, int *n_out)
{
    struct catalogue_entry_of_organisation_row *rows;
    const enum status st = catalogue_sql_entry_of_organisation(
        c, &(struct catalogue_entry_of_organisation_in){l->organisation_id, l->with_gone, 1}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct edit_key, (size_t)*n_out + 1);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct edit_key){rows[i].service_id, catalogue_state_of(rows[i].state)};
    return ST_OK;
}

enum status catalogue_edit_some(struct ctx *c, const int64_t *ids, int n, struct service **out, int *n_out)
{
    const struct service_ask a = {.ids = ids, .n = n};

    return catalogue_store_services(c, c->mem, &a, out, n_out);
}
