/*
 * recognition_store.h - private to recognition: the only door to its table.
 */
#pragma once
#include "recognition.h"

struct recognition_row {
    int64_t model_id, by_id, brought_at, gone_at;
    struct str label, by, figures, quality;
    bool is_used;
};

enum status recognition_store_add(struct ctx *c, const struct recognition_row *r, struct str digest, bool *out_is_new);
enum status recognition_store_by_digest(struct ctx *c, struct str digest, int64_t *out_id, bool *out_is_gone);
enum status recognition_store_list(struct ctx *c, struct recognition_row **out, int *n_out);
/* model_id 0: the one in use. ST_NOT_FOUND. */
enum status recognition_store_get(struct ctx *c, int64_t model_id, struct recognition_row *out);
enum status recognition_store_use(struct ctx *c, int64_t model_id);
enum status recognition_store_gone(struct ctx *c, int64_t model_id, int64_t gone_at, bool *out_is_done);
enum status recognition_store_sweep(struct ctx *c, int64_t before);
/* Of those taken away so many stay. */
enum status recognition_store_crowd(struct ctx *c, int64_t most);
