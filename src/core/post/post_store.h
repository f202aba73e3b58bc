/*
 * post_store.h - private to post: rows of its tables.
 */
#pragma once
#include "core/post/post.h"

struct post_new {
    const struct post_mail *mail;
    struct str message_id;
    enum post_state state; /* POST_WAITING or POST_BOUNCED */
    struct str words;
};
enum status post_store_add(struct ctx *c, const struct post_new *n, bool *out_is_new);
enum status post_store_drop(struct ctx *c, struct str key, bool *out_is_done);
enum status post_store_retry(struct ctx *c, int64_t mail_id, bool *out_is_done);
enum status post_store_move(struct ctx *c, int64_t from_id, int64_t to_id);
enum status post_store_sweep(struct ctx *c);
/* A mail that was sent under that number has come back; ST_NOT_FOUND: none was. */
enum status post_store_came_back(struct ctx *c, struct str message_id, struct str words, int64_t *out_mail_id, struct str *out_address);
enum status post_store_mark(struct ctx *c, struct str address, struct str words);

/* ---- for sending ---- */

struct post_due {
    int64_t mail_id;
    struct str address, subject, text, reply_to, unsubscribe, message_id;
    int64_t first_try_at; /* 0: not tried yet */
    int n_tries;
};
enum status post_store_due(struct ctx *c, int most, struct post_due **out, int *n_out);
/* When the next is due; 0: none waits. */
enum status post_store_next(struct ctx *c, int64_t *out_due_at, int64_t *out_n);
enum status post_store_end(struct ctx *c, const struct post_due *m, enum post_state state, struct str words);
enum status post_store_later(struct ctx *c, const struct post_due *m, int64_t due_at, struct str words);
/* The server was not there: all that are due had their try. */
enum status post_store_all_tried(struct ctx *c, struct str words);
enum status post_store_give_up(struct ctx *c, int64_t *out_n);
