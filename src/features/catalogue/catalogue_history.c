/* catalogue_history.c - what changed, undo, and what the body decides about what others say. */
#include "catalogue_edit_put.h"
#include "catalogue_sql.h"
#include <limits.h>

enum status catalogue_history_note(struct ctx *c, const struct history_note *n, const struct edit_who *who)
{
    const struct catalogue_history_add_in in = {.service_id = n->service_id,
                                                .change_no = n->change_no,
                                                .field = str_of(catalogue_edit_shape(n->field)->name),
                                                .was = n->was,
                                                .now = n->now,
                                                .how = str_of(catalogue_edit_how_name(who->how)),
                                                .by_body = who->by,
                                                .batch = who->batch,
                                                .undoes = n->undoes,
                                                .was_owned = n->was_owned,
                                                .at_ms = c->now_ms};

    return catalogue_sql_history_add(c, &in, NULL);
}

static enum edit_how how_of(struct str name)
{
    for (int i = 1; i < EDIT_HOW_COUNT; i++)
        if (str_eq_z(name, catalogue_edit_how_name((enum edit_how)i)))
            return (enum edit_how)i;
    return EDIT_BY_DESK;
}

/* Three queries give the same columns in rows of three types. */
#define ROW_OF(r)                                                                                          \
    ((struct history_row){.history_id = (r)->history_id,                                                   \
                          .service_id = (r)->service_id,                                                   \
                          .organisation_id = (r)->organisation_id,                                         \
                          .change_no = (r)->change_no,                                                     \
                          .field = catalogue_edit_named((r)->field),                                       \
                          .was = (r)->was,                                                                 \
                          .now = (r)->now,                                                                 \
                          .how = how_of((r)->how),                                                         \
                          .by = (r)->by_body,                                                              \
                          .batch = (r)->batch,                                                             \
                          .at_ms = (r)->at_ms,                                                             \
                          .undoes = (r)->undoes,                                                           \
                          .was_owned = (r)->was_owned != 0,                                                \
                          .is_undone = (r)->n_undone > 0,                                                  \
                          .slug = (r)->slug,                                                               \
                          .service_name = (r)->name})

enum status catalogue_history(struct ctx *c, const struct history_read *r, struct history_row **out, int *n_out)
{
    const int64_t before = r->before == 0 ? INT64_MAX : r->before;
    enum status st;

    *n_out = 0;
    if (r->service_id != 0) {
        struct catalogue_history_of_service_row *rows;

        st = catalogue_sql_history_of_service(c, &(struct catalogue_history_of_service_in){r->service_id, before, r->limit}, &rows,
                                              n_out);
        *out = ARENA_ARRAY(c->mem, struct history_row, (size_t)(st == ST_OK ? *n_out : 0));
        for (int i = 0; st == ST_OK && i < *n_out; i++)
            (*out)[i] = ROW_OF(&rows[i]);
        return st;
    }
    struct catalogue_history_of_organisation_row *rows;

    st = catalogue_sql_history_of_organisation(
        c, &(struct catalogue_history_of_organisation_in){r->organisation_id, r->batch, before, r->limit}, &rows, n_out);
    *out = ARENA_ARRAY(c->mem, struct history_row, (size_t)(st == ST_OK ? *n_out : 0));
    for (int i = 0; st == ST_OK && i < *n_out; i++)
        (*out)[i] = ROW_OF(&rows[i]);
    return st;
}

enum status catalogue_history_row(struct ctx *c, int64_t history_id, struct history_row *out)
{
    struct catalogue_history_one_row r;
    const enum status st = catalogue_sql_history_one(c, &(struct catalogue_history_one_in){history_id}, &r);

    if (st == ST_OK)
        *out = ROW_OF(&r);
    return st;
}

static bool is_same_row(const struct history_row *a, const struct history_row *b)
{
    return a->field == b->field && a->at_ms == b->at_ms && str_eq(a->was, b->was) && str_eq(a->now, b->now);
}

enum status catalogue_history_take(struct ctx *c, const struct history_row *r, int64_t *out_id)
{
    const struct history_read all = {.service_id = r->service_id, .limit = INT_MAX};
    const struct catalogue_history_add_in in = {.service_id = r->service_id,
                                                .field = str_of(catalogue_edit_shape(r->field)->name),
                                                .was = r->was,
                                                .now = r->now,
                                                .how = str_of(catalogue_edit_how_name(r->how)),
                                                .by_body = r->by,
                                                .batch = r->batch,
                                                .undoes = r->undoes,
                                                .was_owned = r->was_owned,
                                                .at_ms = r->at_ms};
    struct history_row *list;
    int n = 0;
    enum status st = catalogue_history(c, &all, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (is_same_row(&list[i], r)) {
            *out_id = list[i].history_id;
            return ST_OK;
        }
    if (st == ST_OK)
        st = catalogue_sql_history_add(c, &in, NULL);
    if (st == ST_OK)
        st = catalogue_history(c, &(struct history_read){.service_id = r->service_id, .limit = 1}, &list, &n);
    if (st == ST_OK && n > 0)
        *out_id = list[0].history_id;
    return st;
}

enum status catalogue_last_by(struct ctx *c, int64_t service_id, enum edit_field f, int64_t after, struct str *out, bool *out_any)
{
    const struct catalogue_history_last_in in = {service_id, str_of(catalogue_edit_shape(f)->name), after};
    struct catalogue_history_last_row *rows;
    int n = 0;
    const enum status st = catalogue_sql_history_last(c, &in, &rows, &n);

    if (st == ST_OK) {
        *out_any = n > 0;
        *out = n > 0 ? rows[0].by_body : STR("");
    }
    return st;
}

/* ---- undo ---- */

/* The row the undo just wrote says which one it undid. */
static enum status put_back(struct ctx *c, const struct history_row *r, const struct edit_who *who)
{
    const struct edit_change back = {
        .field = r->field, .text = r->was, .has_was = true, .was_sum = catalogue_edit_sum(r->now)};
    struct edit_who as = *who;
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);

    as.how = EDIT_BY_UNDO;
    as.undoes = r->history_id;
    const enum status st = catalogue_edit(c, r->service_id, 0, &back, 1, &as, o);

    if (st == ST_INVALID || (st == ST_OK && o->n_taken == 0))
        return ST_CONFLICT;
    if (st == ST_OK && !r->was_owned)
        return catalogue_disown(c, r->service_id, r->field);
    return st;
}

enum status catalogue_undo(struct ctx *c, int64_t history_id, const struct edit_who *who)
{
    struct history_row r;
    struct service s;
    enum status st = catalogue_history_row(c, history_id, &r);

    if (st == ST_OK)
        st = catalogue_edit_read(c, r.service_id, &s);
    if (st != ST_OK)
        return st;
    if (r.is_undone || !str_eq(catalogue_edit_text(c->mem, r.field, &s), r.now))
        return fail(c, ST_CONFLICT, "catalogue.undo-changed");
    st = put_back(c, &r, who);
    return st == ST_CONFLICT ? fail(c, ST_CONFLICT, "catalogue.undo-cannot") : st;
}

/* ST_CONFLICT: it reads otherwise now. */
static enum status undo_row(struct ctx *c, const struct history_row *r, const struct edit_who *who)
{
    struct service s;
    const enum status st = catalogue_edit_read(c, r->service_id, &s);

    if (st == ST_NOT_FOUND || (st == ST_OK && !str_eq(catalogue_edit_text(c->mem, r->field, &s), r->now)))
        return ST_CONFLICT;
    return st == ST_OK ? put_back(c, r, who) : st;
}

/* On the way through the rows of a batch, the newest first. */
struct undoing {
    const struct edit_who *who;
    int64_t made_id, made_in; /* an entry the batch made: its other rows of that change go with it */
    int n_undone, n_left;
};

static enum status undo_one(struct ctx *c, struct undoing *u, const struct history_row *r)
{
    if (r->how == EDIT_BY_UNDO || r->is_undone || (r->service_id == u->made_id && r->change_no == u->made_in))
        return ST_OK;
    if (r->field == EDIT_STATE && str_eq_z(r->was, "gone")) { /* it was new: that it is there is all that is taken back */
        u->made_id = r->service_id;
        u->made_in = r->change_no;
    }
    const enum status st = undo_row(c, r, u->who);

    u->n_undone += st == ST_OK;
    u->n_left += st == ST_CONFLICT;
    return st == ST_CONFLICT ? ST_OK : st;
}

/* Block by block, each row in a memory of its own: a list of thousands is undone in that of a few. */
enum status catalogue_undo_batch(struct ctx *c, const struct undo_batch *b, const struct edit_who *who, int *n_undone, int *n_left)
{
    enum { BLOCK = 500 };
    struct history_read ask = {.organisation_id = b->organisation_id, .batch = b->batch, .limit = BLOCK};
    struct undoing u = {.who = who};
    struct ctx block = *c, one = *c;
    bool is_any = false;
    enum status st = b->batch.n > 0 ? ST_OK : ST_NOT_FOUND;
    int n = BLOCK;

    block.mem = arena_new(0);
    one.mem = arena_new(0);
    while (st == ST_OK && n == BLOCK) {
        struct history_row *rows;

        arena_reset(block.mem);
        st = catalogue_history(&block, &ask, &rows, &n);
        for (int i = 0; st == ST_OK && i < n; i++) {
            arena_reset(one.mem);
            one.problems = problems_new(one.mem);
            st = undo_one(&one, &u, &rows[i]);
        }
        is_any |= n > 0;
        ask.before = st == ST_OK && n > 0 ? rows[n - 1].history_id : 0;
    }
    arena_free(one.mem);
    arena_free(block.mem);
    *n_undone = u.n_undone;
    *n_left = u.n_left;
    return st == ST_OK && !is_any ? ST_NOT_FOUND : st;
}

/* ---- conflicts ---- */

#define CONFLICT_OF(r)                                                                                                    \
    ((struct field_conflict){(r)->conflict_id, (r)->service_id, (r)->organisation_id, catalogue_edit_named((r)->field),   \
                             (r)->ours, (r)->theirs, (r)->source, (r)->is_editor != 0, (r)->at_ms, (r)->settled_at,       \
                             (r)->slug, (r)->name})

enum status catalogue_conflicts(struct ctx *c, const struct conflict_read *r, struct field_conflict **out, int *n_out)
{
    const struct catalogue_conflict_list_in in = {r->organisation_id, r->service_id, r->with_settled,
                                                  r->before == 0 ? INT64_MAX : r->before, r->limit};
    struct catalogue_conflict_list_row *rows;
    const enum status st = catalogue_sql_conflict_list(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct field_conflict, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = CONFLICT_OF(&rows[i]);
    return ST_OK;
}

enum status catalogue_conflict(struct ctx *c, int64_t conflict_id, struct field_conflict *out)
{
    struct catalogue_conflict_one_row r;
    const enum status st = catalogue_sql_conflict_one(c, &(struct catalogue_conflict_one_in){conflict_id}, &r);

    if (st == ST_OK)
        *out = CONFLICT_OF(&r);
    return st;
}

enum status catalogue_settle(struct ctx *c, int64_t conflict_id, bool take, const struct edit_who *who)
{
    struct field_conflict x;
    struct service s;
    struct edit_outcome *o = ARENA_NEW(c->mem, struct edit_outcome);
    enum status st = catalogue_conflict(c, conflict_id, &x);

    if (st == ST_OK && x.settled_at_ms != 0)
        st = ST_NOT_FOUND;
    if (st == ST_OK && take)
        st = catalogue_edit_read(c, x.service_id, &s);
    if (st == ST_OK && take && !str_eq(catalogue_edit_text(c->mem, x.field, &s), x.ours))
        return fail(c, ST_CONFLICT, "catalogue.undo-changed");
    if (st == ST_OK && take) {
        const struct edit_change change = {
            .field = x.field, .text = x.theirs, .has_was = true, .was_sum = catalogue_edit_sum(x.ours)};

        st = catalogue_edit(c, x.service_id, 0, &change, 1, who, o);
        if (st == ST_INVALID)
            st = fail(c, ST_CONFLICT, "catalogue.undo-cannot");
    }
    if (st != ST_OK)
        return st;
    return catalogue_sql_conflict_settle(c, &(struct catalogue_conflict_settle_in){conflict_id, c->now_ms}, NULL);
}

enum status catalogue_note_conflict(struct ctx *c, const struct field_conflict *x)
{
    const struct str field = str_of(catalogue_edit_shape(x->field)->name);
    struct catalogue_conflict_known_row known;
    int64_t n = 0;
    enum status st = catalogue_sql_conflict_known(
        c, &(struct catalogue_conflict_known_in){x->service_id, field, x->ours, x->theirs, x->source}, &known);

    if (st == ST_OK && known.n > 0 && !x->is_editor) /* kept once against these very words: not asked again */
        return catalogue_sql_conflict_agreed(
            c, &(struct catalogue_conflict_agreed_in){x->service_id, field, x->source, c->now_ms}, NULL);
    if (st == ST_OK)
        st = catalogue_sql_conflict_renew(
            c, &(struct catalogue_conflict_renew_in){x->service_id, field, x->ours, x->theirs, x->source, c->now_ms}, &n);
    if (st != ST_OK || n > 0)
        return st;
    return catalogue_sql_conflict_add(
        c,
        &(struct catalogue_conflict_add_in){x->service_id, field, x->ours, x->theirs, x->source, x->is_editor, c->now_ms}, NULL);
}
