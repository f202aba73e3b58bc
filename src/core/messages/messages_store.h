/*
 * messages_store.h - private to messages: rows of messages_note as the domain knows them.
 */
#pragma once
#include "messages.h"

enum status messages_store_add(struct ctx *c, const struct messages_form *f, struct str code,
                               bool *out_is_new);
enum status messages_store_by_nonce(struct ctx *c, struct str nonce, struct messages_note *out);
enum status messages_store_by_code(struct ctx *c, struct str code, struct messages_note *out);
enum status messages_store_open(struct ctx *c, struct messages_note **out, int *n_out);
enum status messages_store_count_this_hour(struct ctx *c, int64_t *out_n);
enum status messages_store_mark_read(struct ctx *c, int64_t note_id);
enum status messages_store_set_answer(struct ctx *c, int64_t note_id, struct str answer,
                                      bool *out_is_done);
enum status messages_store_delete(struct ctx *c, int64_t note_id);
enum status messages_store_sweep(struct ctx *c, int64_t *n_deleted);
