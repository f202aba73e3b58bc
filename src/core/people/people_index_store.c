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

/* All keys in one statement: on a server, each alone would be a way there and back. A key that is not known asks for no row. */
static enum status find_all(struct ctx *c, const uint64_t keys[PEOPLE_PASSES], int max_block, struct people_index_find_row **rows, int *n_rows)
{
    int64_t numbers[2][PEOPLE_PASSES]; /* digests, and how many records of each */
    struct people_index_find_in in;

    _Static_assert(sizeof in == sizeof numbers, "sql/index_find.*.sql ask for each key, and for nothing else");
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        numbers[0][pass] = kept(keys[pass]);
        numbers[1][pass] = keys[pass] == 0 ? 0 : people_pass_most(pass, max_block) + 1;
    }
    memcpy(&in, numbers, sizeof in);
    return people_sql_index_find(c, &in, rows, n_rows);
}

enum status people_stored_find(struct ctx *c, const uint64_t keys[PEOPLE_PASSES], int max_block, int64_t **out, size_t *n_out)
{
    struct people_index_find_row *rows;
    int n_rows, n_of[PEOPLE_PASSES] = {0};
    size_t n = 0, n_once = 0;
    const enum status st = find_all(c, keys, max_block, &rows, &n_rows);

    if (st != ST_OK)
        return st;
    int64_t *list = ARENA_ARRAY(c->mem, int64_t, (size_t)n_rows + 1);

    for (int i = 0; i < n_rows; i++)
        n_of[rows[i].pass]++;
    for (int i = 0; i < n_rows; i++)
        if (n_of[rows[i].pass] <= people_pass_most((int)rows[i].pass, max_block))
            list[n++] = rows[i].record_id;
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
