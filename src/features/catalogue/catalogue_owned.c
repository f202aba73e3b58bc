/* catalogue_owned.c - fields that their body corrected: what a feed brings goes beside them, not over them. */
#include "catalogue_edit_put.h"
#include "catalogue_pack.h"
#include "catalogue_store.h"
#include "catalogue_writer.h"
#include "catalogue_sql.h"
#include <string.h>

enum status catalogue_owners(struct ctx *c, int64_t service_id, struct field_owner **out, int *n_out)
{
    struct catalogue_owner_of_service_row *rows;
    const enum status st =
        catalogue_sql_owner_of_service(c, &(struct catalogue_owner_of_service_in){service_id}, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct field_owner, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct field_owner){service_id, catalogue_edit_named(rows[i].field), rows[i].source, rows[i].at_ms};
    return ST_OK;
}

enum status catalogue_owned(struct ctx *c, int64_t service_id, uint64_t *out)
{
    struct field_owner *list;
    int n = 0;
    const enum status st = catalogue_owners(c, service_id, &list, &n);

    *out = 0;
    for (int i = 0; st == ST_OK && i < n; i++)
        *out |= (uint64_t)1 << list[i].field;
    return st;
}

enum status catalogue_owner_take(struct ctx *c, const struct field_owner *o)
{
    const struct catalogue_owner_put_in in = {o->service_id, str_of(catalogue_edit_shape(o->field)->name), o->source, o->at_ms};

    return catalogue_sql_owner_put(c, &in, NULL);
}

enum status catalogue_own(struct ctx *c, int64_t service_id, enum edit_field f, struct str source)
{
    return catalogue_owner_take(c, &(struct field_owner){service_id, f, source, c->now_ms});
}

enum status catalogue_disown(struct ctx *c, int64_t service_id, enum edit_field f)
{
    return catalogue_sql_owner_drop(
        c, &(struct catalogue_owner_drop_in){service_id, str_of(catalogue_edit_shape(f)->name)}, NULL);
}

/* ---- what a source brings of an entry that is there ---- */

/* Places are named by their key: texts want to know them. */
static enum status know_places(struct catalogue_write *w, struct service *s)
{
    struct service_at *ats = ARENA_ARRAY(w->mem, struct service_at, (size_t)s->n_ats + 1);
    struct location *list;
    int64_t *ids = ARENA_ARRAY(w->mem, int64_t, (size_t)s->n_ats + 1);
    int n = 0;
    enum status st = ST_OK;

    for (int i = 0; i < s->n_ats; i++) {
        ats[i] = s->ats[i];
        ids[i] = ats[i].location_id;
    }
    s->ats = ats;
    if (s->n_ats > 0)
        st = catalogue_store_locations(&w->own, w->mem, ids, s->n_ats, &list, &n);
    for (int i = 0; st == ST_OK && i < s->n_ats; i++)
        for (int k = 0; k < n; k++)
            if (list[k].location_id == ats[i].location_id)
                ats[i].location = &list[k];
    return st;
}

static enum status keep_one(struct catalogue_write *w, struct service *s, const struct service *old, enum edit_field f, bool is_owned,
                            const struct str *was_and_now)
{
    struct ctx *c = &w->own;
    const struct str field = str_of(catalogue_edit_shape(f)->name);

    if (str_eq(was_and_now[0], was_and_now[1]))
        return is_owned ? catalogue_sql_conflict_agreed(
                              c, &(struct catalogue_conflict_agreed_in){old->service_id, field, w->source, c->now_ms}, NULL)
                        : ST_OK;
    if (is_owned) {
        catalogue_edit_copy(f, s, old);
        return catalogue_note_conflict(c, &(struct field_conflict){.service_id = old->service_id,
                                                                   .field = f,
                                                                   .ours = was_and_now[0],
                                                                   .theirs = was_and_now[1],
                                                                   .source = w->source});
    }
    return catalogue_history_note(
        c,
        &(struct history_note){
            .service_id = old->service_id, .change_no = w->change_no, .field = f, .was = was_and_now[0], .now = was_and_now[1]},
        &(struct edit_who){.how = EDIT_BY_FEED, .by = w->source});
}

/* The street of a refuge is in its lists still, though not in what is kept of them. */
static void take_redacted(struct catalogue_write *w, struct service *s, const struct service_row *r)
{
    if (!r->is_redacted)
        return;
    s->n_areas = s->n_languages = s->n_documents = s->n_costs = s->n_access = s->n_schedules = 0;
    catalogue_unpack_service(w->mem, r->parts, r->more, STR(""), s);
}

enum status catalogue_writer_keep(struct catalogue_write *w, int64_t service_id, struct service *s, const struct service_row *r)
{
    struct str texts[EDIT_FIELD_COUNT][2];
    const struct service_ask a = {.ids = &service_id, .n = 1};
    struct service *old;
    uint64_t owned = 0;
    int n = 0;
    enum status st = catalogue_store_services(&w->own, w->mem, &a, &old, &n);

    take_redacted(w, s, r);

    if (st == ST_OK && n == 0)
        st = ST_NOT_FOUND;
    if (st == ST_OK)
        st = catalogue_owned(&w->own, service_id, &owned);
    if (st == ST_OK)
        st = know_places(w, s);
    for (int f = 1; st == ST_OK && f < EDIT_FIELD_COUNT; f++) {
        texts[f][0] = catalogue_edit_text(w->mem, (enum edit_field)f, old);
        texts[f][1] = catalogue_edit_text(w->mem, (enum edit_field)f, s);
    }
    /* Places first: hours and telephones hang on them. */
    if (st == ST_OK)
        st = keep_one(w, s, old, EDIT_PLACES, (owned >> EDIT_PLACES & 1) != 0, texts[EDIT_PLACES]);
    for (int f = 1; st == ST_OK && f < EDIT_FIELD_COUNT; f++)
        if (f != EDIT_PLACES)
            st = keep_one(w, s, old, (enum edit_field)f, (owned >> f & 1) != 0, texts[f]);
    return st;
}

/* Gone by the word of its body, and its source says what it said before: left as it is. */
enum status catalogue_writer_is_gone(struct catalogue_write *w, int64_t service_id, bool *out)
{
    uint64_t owned = 0;
    const enum status st = catalogue_owned(&w->own, service_id, &owned);

    *out = (owned >> EDIT_STATE & 1) != 0;
    return st;
}
