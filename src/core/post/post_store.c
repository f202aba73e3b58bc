/* post_store.c - the only file that touches the tables of post. */
#include "core/post/post_store.h"
#include "base/macros.h"
#include "post_sql.h"

static const int64_t DAY_MS = 86400000;

static const char *const states[] = {"waiting", "sent", "bounced", "given-up", "dropped"};

const char *post_state_name(enum post_state s)
{
    return states[s];
}

static enum post_state state_of(struct str name)
{
    for (int i = 0; i < ARRAY_LEN(states); i++)
        if (str_eq_z(name, states[i]))
            return (enum post_state)i;
    return POST_DROPPED;
}

/* All statements that give whole rows have the same columns. */
#define ROW(r)                                                                                     \
    (struct post_row)                                                                              \
    {                                                                                              \
        .mail_id = (r).mail_id, .key = (r).key, .to = (r).address, .subject = (r).subject,         \
        .text = (r).body, .organisation_id = (r).organisation_id, .state = state_of((r).state),    \
        .put_at = (r).put_at, .due_at = (r).due_at, .ended_at = (r).ended_at,                      \
        .n_tries = (int)(r).tries, .words = (r).words                                              \
    }

enum status post_by_key(struct ctx *c, struct str key, struct post_row *out)
{
    struct post_mail_by_key_row r;
    const enum status st = post_sql_mail_by_key(c, &(struct post_mail_by_key_in){.key = key}, &r);

    if (st == ST_OK)
        *out = ROW(r);
    return st;
}

enum status post_by_id(struct ctx *c, int64_t mail_id, struct post_row *out)
{
    struct post_mail_by_id_row r;
    const enum status st = post_sql_mail_by_id(c, &(struct post_mail_by_id_in){.mail_id = mail_id}, &r);

    if (st == ST_OK)
        *out = ROW(r);
    return st;
}

enum status post_of_organisation(struct ctx *c, int64_t organisation_id, int limit, struct post_row **out,
                                 int *n_out)
{
    const struct post_mail_of_organisation_in in = {.organisation_id = organisation_id, .most = limit};
    struct post_mail_of_organisation_row *r;
    const enum status st = post_sql_mail_of_organisation(c, &in, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct post_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = ROW(r[i]);
    return ST_OK;
}

enum status post_list(struct ctx *c, enum post_state state, int64_t after, int limit, struct post_row **out,
                      int *n_out)
{
    const struct post_mail_list_in in = {.state = str_of(states[state]), .after = after, .most = limit};
    struct post_mail_list_row *r;
    const enum status st = post_sql_mail_list(c, &in, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct post_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = ROW(r[i]);
    return ST_OK;
}

enum status post_failed_since(struct ctx *c, int64_t since_ms, struct post_row **out, int *n_out)
{
    struct post_mail_failed_row *r;
    const enum status st = post_sql_mail_failed(c, &(struct post_mail_failed_in){.since = since_ms}, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct post_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = ROW(r[i]);
    return ST_OK;
}

/* ---- putting ---- */

enum status post_store_add(struct ctx *c, const struct post_new *n, bool *out_is_new)
{
    const struct post_mail *m = n->mail;
    const struct post_mail_add_in in = {.key = m->key,
                                        .address = m->to,
                                        .subject = m->subject,
                                        .body = m->text,
                                        .reply_to = m->reply_to,
                                        .unsubscribe = m->unsubscribe,
                                        .organisation_id = m->organisation_id,
                                        .message_id = n->message_id,
                                        .state = str_of(states[n->state]),
                                        .now = c->now_ms,
                                        .ended_at = n->state == POST_WAITING ? 0 : c->now_ms,
                                        .words = n->words};
    int64_t n_changed = 0;
    const enum status st = post_sql_mail_add(c, &in, &n_changed);

    *out_is_new = n_changed == 1;
    return st;
}

enum status post_store_drop(struct ctx *c, struct str key, bool *out_is_done)
{
    int64_t n = 0;
    const enum status st =
        post_sql_mail_drop(c, &(struct post_mail_drop_in){.key = key, .now = c->now_ms}, &n);

    *out_is_done = n == 1;
    return st;
}

enum status post_store_retry(struct ctx *c, int64_t mail_id, bool *out_is_done)
{
    int64_t n = 0;
    const enum status st =
        post_sql_mail_retry(c, &(struct post_mail_retry_in){.mail_id = mail_id, .now = c->now_ms}, &n);

    *out_is_done = n == 1;
    return st;
}

enum status post_store_move(struct ctx *c, int64_t from_id, int64_t to_id)
{
    return post_sql_mail_move(c, &(struct post_mail_move_in){.from_id = from_id, .to_id = to_id}, NULL);
}

enum status post_store_sweep(struct ctx *c)
{
    enum status st = post_sql_mail_wipe(
        c, &(struct post_mail_wipe_in){.before = c->now_ms - POST_TEXT_DAYS * DAY_MS}, NULL);

    if (st == ST_OK)
        st = post_sql_mail_sweep(
            c, &(struct post_mail_sweep_in){.before = c->now_ms - POST_KEEP_DAYS * DAY_MS}, NULL);
    return st;
}

enum status post_store_came_back(struct ctx *c, struct str message_id, struct str words, int64_t *out_mail_id, struct str *out_address)
{
    struct post_mail_by_message_row *r;
    int n = 0;
    const enum status st = post_sql_mail_by_message(c, &(struct post_mail_by_message_in){message_id}, &r, &n);

    if (st != ST_OK)
        return st;
    for (int i = 0; i < n; i++) {
        *out_mail_id = r[i].mail_id;
        *out_address = r[i].address;
        if (str_eq_z(r[i].state, states[POST_SENT]))
            return post_sql_mail_came_back(c, &(struct post_mail_came_back_in){r[i].mail_id, c->now_ms, words}, NULL);
    }
    return ST_NOT_FOUND;
}

/* ---- marks ---- */

static struct str small_letters(struct arena *mem, struct str s)
{
    char *p = arena_alloc(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str){p, s.n};
}

enum status post_store_mark(struct ctx *c, struct str address, struct str words)
{
    const struct post_mark_put_in in = {
        .address = small_letters(c->mem, address), .now = c->now_ms, .words = words};

    return post_sql_mark_put(c, &in, NULL);
}

enum status post_marked(struct ctx *c, struct str address, struct post_mark *out)
{
    struct post_mark_get_row r;
    const enum status st =
        post_sql_mark_get(c, &(struct post_mark_get_in){.address = small_letters(c->mem, address)}, &r);

    if (st == ST_OK)
        *out = (struct post_mark){.at = r.marked_at, .words = r.words};
    return st;
}

enum status post_unmark(struct ctx *c, struct str address)
{
    return post_sql_mark_drop(c, &(struct post_mark_drop_in){.address = small_letters(c->mem, address)}, NULL);
}

/* ---- for sending ---- */

enum status post_store_due(struct ctx *c, int most, struct post_due **out, int *n_out)
{
    struct post_mail_due_row *r;
    const enum status st =
        post_sql_mail_due(c, &(struct post_mail_due_in){.now = c->now_ms, .most = most}, &r, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct post_due, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct post_due){.mail_id = r[i].mail_id,
                                      .address = r[i].address,
                                      .subject = r[i].subject,
                                      .text = r[i].body,
                                      .reply_to = r[i].reply_to,
                                      .unsubscribe = r[i].unsubscribe,
                                      .message_id = r[i].message_id,
                                      .first_try_at = r[i].first_try_at,
                                      .n_tries = (int)r[i].tries};
    return ST_OK;
}

enum status post_store_next(struct ctx *c, int64_t *out_due_at, int64_t *out_n)
{
    struct post_mail_next_row r;
    const enum status st = post_sql_mail_next(c, &r);

    if (st != ST_OK)
        return st;
    *out_due_at = r.has_due_at ? r.due_at : 0;
    *out_n = r.n;
    return ST_OK;
}

enum status post_store_end(struct ctx *c, const struct post_due *m, enum post_state state, struct str words)
{
    const struct post_mail_end_in in = {.mail_id = m->mail_id,
                                        .state = str_of(states[state]),
                                        .now = c->now_ms,
                                        .tries = m->n_tries + 1,
                                        .words = words};

    return post_sql_mail_end(c, &in, NULL);
}

enum status post_store_later(struct ctx *c, const struct post_due *m, int64_t due_at, struct str words)
{
    const struct post_mail_later_in in = {.mail_id = m->mail_id,
                                          .due_at = due_at,
                                          .now = c->now_ms,
                                          .tries = m->n_tries + 1,
                                          .words = words};

    return post_sql_mail_later(c, &in, NULL);
}

enum status post_store_all_tried(struct ctx *c, struct str words)
{
    return post_sql_mail_all_tried(c, &(struct post_mail_all_tried_in){.now = c->now_ms, .words = words}, NULL);
}

enum status post_store_give_up(struct ctx *c, int64_t *out_n)
{
    const struct post_mail_give_up_in in = {.tried_before = c->now_ms - POST_GIVE_UP_DAYS * DAY_MS,
                                            .now = c->now_ms};

    return post_sql_mail_give_up(c, &in, out_n);
}
