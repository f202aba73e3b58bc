/* people_index_store.c - the only file that touches people_index. */
#include "people_index.h"
#include "base/buf.h"
#include "people_sql.h"
#include <stdio.h>
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

/* ---- a whole register at once ---- */

enum { FILL_PARTS = 64, FILL_ROWS = 2000 };

struct posting {
    int64_t digest, record_id;
};

struct people_filling {
    FILE *part[FILL_PARTS]; /* by the top bits of the digest, in the order of signed numbers */
    size_t n[FILL_PARTS];
};

struct people_filling *people_filling_new(struct arena *mem)
{
    return ARENA_NEW(mem, struct people_filling);
}

void people_filling_free(struct people_filling *f)
{
    for (int i = 0; i < FILL_PARTS; i++)
        if (f->part[i] != NULL)
            fclose(f->part[i]);
    *f = (struct people_filling){0};
}

enum status people_filling_add(struct people_filling *f, int64_t record_id, const uint64_t keys[PEOPLE_PASSES])
{
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        const struct posting one = {kept(keys[pass]), record_id};
        const int i = (int)((keys[pass] ^ (uint64_t)1 << 63) / (UINT64_MAX / FILL_PARTS + 1));

        if (keys[pass] == 0)
            continue;
        if (f->part[i] == NULL)
            f->part[i] = tmpfile();
        if (f->part[i] == NULL || fwrite(&one, sizeof one, 1, f->part[i]) != 1)
            return ST_UNAVAILABLE;
        f->n[i]++;
    }
    return ST_OK;
}

static int by_digest(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;

    if (x->digest != y->digest)
        return x->digest < y->digest ? -1 : 1;
    return x->record_id < y->record_id ? -1 : x->record_id > y->record_id;
}

static enum status put_sorted(struct ctx *c, const struct posting *list, size_t n)
{
    struct ctx one = *c;
    enum status st = ST_OK;

    one.mem = arena_new(0);
    for (size_t from = 0; from < n && st == ST_OK; from += FILL_ROWS) {
        struct buf b = buf_new(one.mem, FILL_ROWS * 32);

        for (size_t i = from; i < n && i < from + FILL_ROWS; i++) {
            buf_z(&b, i == from ? "[" : ",[");
            buf_int(&b, list[i].digest);
            buf_char(&b, ',');
            buf_int(&b, list[i].record_id);
            buf_char(&b, ']');
        }
        st = people_sql_index_fill(&one, &(struct people_index_fill_in){.pairs = buf_view(&b)}, NULL);
        arena_reset(one.mem);
    }
    arena_free(one.mem);
    return st;
}

enum status people_filling_put(struct ctx *c, struct people_filling *f)
{
    enum status st = ST_OK;

    for (int i = 0; i < FILL_PARTS && st == ST_OK; i++) {
        struct arena *own = arena_new(0);
        struct posting *list = ARENA_ARRAY(own, struct posting, f->n[i]);

        if (f->part[i] != NULL) {
            rewind(f->part[i]);
            st = fread(list, sizeof *list, f->n[i], f->part[i]) == f->n[i] ? ST_OK : ST_UNAVAILABLE;
        }
        qsort(list, f->n[i], sizeof *list, by_digest);
        if (st == ST_OK)
            st = put_sorted(c, list, f->n[i]);
        arena_free(own);
    }
    return st;
}
