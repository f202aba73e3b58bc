/* people_index.c - postings by digest in memory, and the check of one record. */
#include "people_index.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct head {
    uint64_t key; /* 0: free */
    uint32_t first, n;
};

struct posting {
    uint32_t record, next; /* next: 0 the last; postings from 1 */
};

struct people_index {
    struct arena *mem;
    struct people_set *set;
    struct people_scorer *scorer;
    struct people_comparer *comparer;
    unsigned char secret[PEOPLE_KEY_BYTES];
    int max_block;
    struct head *heads;
    size_t n_heads, room_heads; /* room: a power of two */
    struct posting *postings;
    uint32_t n_postings, room_postings, free; /* free: a list of postings given back */
    uint64_t in_use;
    bool *in; /* by record: it is in the index */
    uint32_t room_in;
    uint32_t *seen; /* by record: the check that saw it last */
    uint32_t room_seen, check;
};

struct people_index *people_index_new(struct arena *mem, struct people_set *set, const struct people_model *m,
                                      const unsigned char secret[PEOPLE_KEY_BYTES], int max_block)
{
    struct people_index *ix = ARENA_NEW(mem, struct people_index);

    ix->mem = mem;
    ix->set = set;
    ix->scorer = people_scorer_new(mem, set, m);
    ix->comparer = people_comparer_new(mem, set);
    memcpy(ix->secret, secret, sizeof ix->secret);
    ix->max_block = max_block;
    ix->room_heads = 1024;
    ix->heads = ARENA_ARRAY(mem, struct head, ix->room_heads);
    ix->room_postings = 1024;
    ix->postings = ARENA_ARRAY(mem, struct posting, ix->room_postings);
    ix->n_postings = 1;
    return ix;
}

static struct head *head_of(const struct people_index *ix, uint64_t key)
{
    size_t at = key & (ix->room_heads - 1);

    while (ix->heads[at].key != 0 && ix->heads[at].key != key)
        at = (at + 1) & (ix->room_heads - 1);
    return &ix->heads[at];
}

static void grow_heads(struct people_index *ix)
{
    const struct head *old = ix->heads;
    const size_t n = ix->room_heads;

    ix->room_heads *= 2;
    ix->heads = ARENA_ARRAY(ix->mem, struct head, ix->room_heads);
    for (size_t i = 0; i < n; i++)
        if (old[i].key != 0)
            *head_of(ix, old[i].key) = old[i];
}

static uint32_t take_posting(struct people_index *ix)
{
    uint32_t p = ix->free;

    if (p != 0) {
        ix->free = ix->postings[p].next;
        return p;
    }
    if (ix->n_postings == ix->room_postings) {
        ix->postings = arena_grow(ix->mem, ix->postings, ix->room_postings * sizeof *ix->postings, (size_t)ix->room_postings * 2 * sizeof *ix->postings);
        ix->room_postings *= 2;
    }
    return ix->n_postings++;
}

static bool holds(const struct people_index *ix, const struct head *h, uint32_t record)
{
    for (uint32_t p = h->first; p != 0; p = ix->postings[p].next)
        if (ix->postings[p].record == record)
            return true;
    return false;
}

/* Whether a record is in the index is asked of its own mark: looking for it in a block of many thousands is slow. */
static bool is_in(const struct people_index *ix, uint32_t record)
{
    return record < ix->room_in && ix->in[record];
}

static void mark(struct people_index *ix, uint32_t record, bool is_there)
{
    if (record >= ix->room_in) {
        const uint32_t to = record + record / 2 + 64;

        ix->in = ix->in == NULL ? ARENA_ARRAY(ix->mem, bool, to) : arena_grow(ix->mem, ix->in, ix->room_in, to);
        ix->room_in = to;
    }
    ix->in[record] = is_there;
}

void people_index_add(struct people_index *ix, uint32_t record)
{
    uint64_t keys[PEOPLE_PASSES];

    people_scorer_follow(ix->scorer);
    if (is_in(ix, record))
        return;
    people_block_keys(ix->set, record, ix->secret, keys);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        if (keys[pass] == 0)
            continue;
        if (ix->n_heads * 2 >= ix->room_heads)
            grow_heads(ix);
        struct head *h = head_of(ix, keys[pass]);

        const uint32_t p = take_posting(ix);

        ix->n_heads += h->key == 0;
        ix->postings[p] = (struct posting){record, h->first};
        *h = (struct head){keys[pass], p, h->n + 1};
        ix->in_use++;
    }
    mark(ix, record, true);
}

/* A head without postings goes, and those after it move up: no digest of anybody stays. */
static void drop_head(struct people_index *ix, struct head *h)
{
    size_t hole = (size_t)(h - ix->heads), at = hole;

    for (;;) {
        at = (at + 1) & (ix->room_heads - 1);
        if (ix->heads[at].key == 0)
            break;
        const size_t home = ix->heads[at].key & (ix->room_heads - 1);

        if (((at - home) & (ix->room_heads - 1)) >= ((at - hole) & (ix->room_heads - 1))) {
            ix->heads[hole] = ix->heads[at];
            hole = at;
        }
    }
    ix->heads[hole] = (struct head){0};
    ix->n_heads--;
}

static bool drop_posting(struct people_index *ix, struct head *h, uint32_t record)
{
    for (uint32_t *link = &h->first; *link != 0; link = &ix->postings[*link].next) {
        const uint32_t p = *link;

        if (ix->postings[p].record != record)
            continue;
        *link = ix->postings[p].next;
        ix->postings[p] = (struct posting){0, ix->free};
        ix->free = p;
        h->n--;
        ix->in_use--;
        return true;
    }
    return false;
}

enum status people_index_remove(struct people_index *ix, uint32_t record)
{
    uint64_t keys[PEOPLE_PASSES];

    if (!is_in(ix, record))
        return ST_NOT_FOUND;
    mark(ix, record, false);
    people_block_keys(ix->set, record, ix->secret, keys);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        struct head *h = keys[pass] == 0 ? NULL : head_of(ix, keys[pass]);

        if (h != NULL && h->key != 0 && drop_posting(ix, h, record) && h->n == 0)
            drop_head(ix, h);
    }
    return ST_OK;
}

static int strongest_first(const void *a, const void *b)
{
    const struct people_edge *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Room for every record of the set; a check's number marks those it has seen. */
static void begin_check(struct people_index *ix)
{
    const uint32_t n = people_set_count(ix->set);

    if (n > ix->room_seen) {
        ix->room_seen = n + n / 2 + 64;
        ix->seen = ARENA_ARRAY(ix->mem, uint32_t, ix->room_seen);
        ix->check = 0;
    }
    if (++ix->check == 0) {
        memset(ix->seen, 0, ix->room_seen * sizeof *ix->seen);
        ix->check = 1;
    }
}

void people_index_check(struct people_index *ix, struct arena *mem, uint32_t record, double least, struct people_edge **out, size_t *n_out)
{
    uint64_t keys[PEOPLE_PASSES];
    size_t n = 0, room = 64;
    struct people_edge *list = ARENA_ARRAY(mem, struct people_edge, room);

    begin_check(ix);
    ix->seen[record] = ix->check;
    people_scorer_follow(ix->scorer);
    people_block_keys(ix->set, record, ix->secret, keys);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        const struct head *h = keys[pass] == 0 ? NULL : head_of(ix, keys[pass]);

        if (h == NULL || h->key == 0)
            continue;
        const uint32_t n_block = h->n + !is_in(ix, record); /* as large as the nightly run would see it */

        if (n_block > (uint32_t)people_pass_most(pass, ix->max_block))
            continue;
        for (uint32_t p = h->first; p != 0; p = ix->postings[p].next) {
            const uint32_t other = ix->postings[p].record, a = other < record ? other : record, b = other < record ? record : other;

            if (ix->seen[other] == ix->check)
                continue;
            ix->seen[other] = ix->check;
            const double score = people_score(ix->scorer, a, b, people_compare(ix->comparer, a, b));

            if (score < least)
                continue;
            if (n == room) {
                list = arena_grow(mem, list, room * sizeof *list, room * 2 * sizeof *list);
                room *= 2;
            }
            list[n++] = (struct people_edge){a, b, (float)score};
        }
    }
    qsort(list, n, sizeof *list, strongest_first);
    *out = list;
    *n_out = n;
}

uint64_t people_index_postings(const struct people_index *ix)
{
    return ix->in_use;
}

bool people_index_has_trace(const struct people_index *ix, uint32_t record)
{
    uint64_t keys[PEOPLE_PASSES];

    for (uint32_t p = 1; p < ix->n_postings; p++)
        if (ix->postings[p].record == record && record != 0)
            return true;
    people_block_keys(ix->set, record, ix->secret, keys);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        for (size_t at = 0; at < ix->room_heads && keys[pass] != 0; at++)
            if (ix->heads[at].key == keys[pass] && (ix->heads[at].n == 0 || holds(ix, &ix->heads[at], record)))
                return true;
    return false;
}
