/* people_index_store.c - the only file that touches people_index. */
#include "people_index.h"
#include "people_sql.h"
#include <stdlib.h>
#include <string.h>

/* A digest as the engines keep it: the same bits, signed. */
static int64_t kept(uint64_t key)
{
    int64_t v;

    memcpy(&v, &key, sizeof v);
    return v;
}

enum status people_stored_put(struct ctx *c, int64_t record_id, const uint64_t keys[PEOPLE_PASSES])
{
    enum status st = ST_OK;

    for (int pass = 0; pass < PEOPLE_PASSES && st == ST_OK; pass++)
        if (keys[pass] != 0)
            st = people_sql_index_put(c, &(struct people_index_put_in){.digest = kept(keys[pass]), .record_id = record_id}, NULL);
    return st;
}

enum status people_stored_remove(struct ctx *c, int64_t record_id, const uint64_t keys[PEOPLE_PASSES])
{
    enum status st = ST_OK;

    for (int pass = 0; pass < PEOPLE_PASSES && st == ST_OK; pass++)
        if (keys[pass] != 0)
            st = people_sql_index_drop(c, &(struct people_index_drop_in){.digest = kept(keys[pass]), .record_id = record_id}, NULL);
    return st;
}

static int ascending(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

enum status people_stored_find(struct ctx *c, const uint64_t keys[PEOPLE_PASSES], int max_block, int64_t **out, size_t *n_out)
{
    size_t n = 0, n_once = 0;
    int64_t *list = ARENA_ARRAY(c->mem, int64_t, (size_t)PEOPLE_PASSES * (size_t)(max_block + 1));

    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        const int most = people_pass_most(pass, max_block);
        struct people_index_find_row *rows;
        int n_rows;

        if (keys[pass] == 0)
            continue;
        const enum status st =
            people_sql_index_find(c, &(struct people_index_find_in){.digest = kept(keys[pass]), .most = most + 1}, &rows, &n_rows);

        if (st != ST_OK)
            return st;
        for (int i = 0; i < n_rows && n_rows <= most; i++)
            list[n++] = rows[i].record_id;
    }
    qsort(list, n, sizeof *list, ascending);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || list[i] != list[i - 1])
            list[n_once++] = list[i];
    *out = list;
    *n_out = n_once;
    return ST_OK;
}
