/* recognition_store.c - the only file that touches recognition_model. */
#include "recognition_store.h"
#include "recognition_sql.h"

enum status recognition_store_add(struct ctx *c, const struct recognition_row *r, struct str digest, bool *out_is_new)
{
    const struct recognition_model_add_in in = {r->label, r->by, r->by_id, r->brought_at, digest, r->figures, r->quality};
    int64_t n = 0;
    const enum status st = recognition_sql_model_add(c, &in, &n);

    *out_is_new = n == 1;
    return st;
}

enum status recognition_store_by_digest(struct ctx *c, struct str digest, int64_t *out_id, bool *out_is_gone)
{
    struct recognition_model_by_digest_row row;
    const enum status st = recognition_sql_model_by_digest(c, &(struct recognition_model_by_digest_in){digest}, &row);

    *out_id = st == ST_OK ? row.model_id : 0;
    *out_is_gone = st == ST_OK && row.gone_at != 0;
    return st;
}

enum status recognition_store_list(struct ctx *c, struct recognition_row **out, int *n_out)
{
    struct recognition_model_list_row *rows;
    const enum status st = recognition_sql_model_list(c, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct recognition_row, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct recognition_row){.model_id = rows[i].model_id,
                                             .by_id = rows[i].brought_by_id,
                                             .brought_at = rows[i].brought_at,
                                             .gone_at = rows[i].gone_at,
                                             .label = rows[i].label,
                                             .by = rows[i].brought_by,
                                             .figures = rows[i].figures,
                                             .quality = rows[i].quality,
                                             .is_used = rows[i].is_used != 0};
    return ST_OK;
}

enum status recognition_store_get(struct ctx *c, int64_t model_id, struct recognition_row *out)
{
    struct recognition_model_get_row *rows;
    int n = 0;
    const enum status st = recognition_sql_model_get(c, &(struct recognition_model_get_in){model_id}, &rows, &n);

    if (st != ST_OK || n == 0)
        return st == ST_OK ? ST_NOT_FOUND : st;
    *out = (struct recognition_row){.model_id = rows[0].model_id,
                                    .by_id = rows[0].brought_by_id,
                                    .brought_at = rows[0].brought_at,
                                    .gone_at = rows[0].gone_at,
                                    .label = rows[0].label,
                                    .by = rows[0].brought_by,
                                    .figures = rows[0].figures,
                                    .quality = rows[0].quality,
                                    .is_used = rows[0].is_used != 0};
    return ST_OK;
}

enum status recognition_store_use(struct ctx *c, int64_t model_id)
{
    return recognition_sql_model_use(c, &(struct recognition_model_use_in){model_id}, NULL);
}

enum status recognition_store_gone(struct ctx *c, int64_t model_id, int64_t gone_at, bool *out_is_done)
{
    int64_t n = 0;
    const enum status st = recognition_sql_model_gone(c, &(struct recognition_model_gone_in){model_id, gone_at}, &n);

    *out_is_done = n == 1;
    return st;
}

enum status recognition_store_sweep(struct ctx *c, int64_t before)
{
    return recognition_sql_model_sweep(c, &(struct recognition_model_sweep_in){before}, NULL);
}

enum status recognition_store_crowd(struct ctx *c, int64_t most)
{
    return recognition_sql_model_crowd(c, &(struct recognition_model_crowd_in){most}, NULL);
}
