/* messages_store.c - the only file that touches messages_note. */
#include "messages_store.h"
#include "base/clock.h"
#include "base/date.h"
#include "messages_sql.h"

static const int64_t HOUR_MS = 3600000;

static int64_t this_hour(const struct ctx *c)
{
    return c->now_ms - c->now_ms % HOUR_MS;
}

static struct str keep_from(struct ctx *c)
{
    return day_iso(c->mem, c->today - MESSAGES_KEEP_DAYS);
}

static enum messages_state state_of(struct str s)
{
    if (str_eq_z(s, "answered"))
        return MESSAGES_ANSWERED;
    return str_eq_z(s, "read") ? MESSAGES_READ : MESSAGES_RECEIVED;
}

static void set_received(struct messages_note *n, int64_t received_at)
{
    n->received_on = clock_day_at(received_at);
    n->answer_by = n->received_on + MESSAGES_ANSWER_DAYS;
}

enum status messages_store_add(struct ctx *c, const struct messages_form *f, struct str code,
                               bool *out_is_new)
{
    int64_t n_changed = 0;
    const enum status st =
        messages_sql_note_add(c,
                              &(struct messages_note_add_in){.code = code,
                                                             .nonce = f->nonce,
                                                             .page = f->page,
                                                             .words = f->words,
                                                             .received_at = this_hour(c)},
                              &n_changed);

    *out_is_new = n_changed == 1;
    return st;
}

enum status messages_store_by_nonce(struct ctx *c, struct str nonce, struct messages_note *out)
{
    struct messages_note_by_nonce_row row;
    const enum status st =
        messages_sql_note_by_nonce(c, &(struct messages_note_by_nonce_in){.nonce = nonce}, &row);

    if (st == ST_OK)
        *out = (struct messages_note){.code = row.code, .page = row.page, .words = row.words};
    return st;
}

enum status messages_store_by_code(struct ctx *c, struct str code, struct messages_note *out)
{
    struct messages_note_by_code_row row;
    const struct messages_note_by_code_in in = {.code = code, .keep_from = keep_from(c)};
    const enum status st = messages_sql_note_by_code(c, &in, &row);

    if (st != ST_OK)
        return st;
    *out = (struct messages_note){.note_id = row.note_id,
                                  .code = code,
                                  .page = row.page,
                                  .words = row.words,
                                  .state = state_of(row.state),
                                  .read_on = row.has_read_on ? day_parse(row.read_on) : DAY_NONE,
                                  .answered_on =
                                      row.has_answered_on ? day_parse(row.answered_on) : DAY_NONE};
    if (row.has_answer)
        out->answer = row.answer;
    set_received(out, row.received_at);
    return ST_OK;
}

enum status messages_store_open(struct ctx *c, struct messages_note **out, int *n_out)
{
    struct messages_note_open_row *rows;
    const enum status st = messages_sql_note_open(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct messages_note, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++) {
        (*out)[i] = (struct messages_note){.note_id = rows[i].note_id,
                                           .code = rows[i].code,
                                           .page = rows[i].page,
                                           .words = rows[i].words,
                                           .state = state_of(rows[i].state),
                                           .read_on = DAY_NONE,
                                           .answered_on = DAY_NONE};
        set_received(&(*out)[i], rows[i].received_at);
    }
    return ST_OK;
}

enum status messages_store_count_this_hour(struct ctx *c, int64_t *out_n)
{
    struct messages_note_count_since_row row;
    const struct messages_note_count_since_in in = {.since = this_hour(c)};
    const enum status st = messages_sql_note_count_since(c, &in, &row);

    if (st == ST_OK)
        *out_n = row.n;
    return st;
}

enum status messages_store_mark_read(struct ctx *c, int64_t note_id)
{
    const struct messages_note_mark_read_in in = {.note_id = note_id,
                                                  .read_on = day_iso(c->mem, c->today)};

    return messages_sql_note_mark_read(c, &in, NULL);
}

enum status messages_store_set_answer(struct ctx *c, int64_t note_id, struct str answer,
                                      bool *out_is_done)
{
    int64_t n_changed = 0;
    const struct messages_note_set_answer_in in = {
        .note_id = note_id, .answer = answer, .on_day = day_iso(c->mem, c->today)};
    const enum status st = messages_sql_note_set_answer(c, &in, &n_changed);

    *out_is_done = n_changed == 1;
    return st;
}

enum status messages_store_delete(struct ctx *c, int64_t note_id)
{
    return messages_sql_note_delete(c, &(struct messages_note_delete_in){.note_id = note_id}, NULL);
}

enum status messages_store_sweep(struct ctx *c, int64_t *n_deleted)
{
    return messages_sql_note_sweep(c, &(struct messages_note_sweep_in){.keep_from = keep_from(c)},
                                   n_deleted);
}
