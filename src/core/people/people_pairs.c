/* people_pairs.c - pairs of records that share a key: pass after pass, on several threads. */
#include "people_blocks.h"
#include "people_threads.h"
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

enum { IN_A_PART = 1024, MOST_PARTS = 1 << 13, AT_ONCE = 4096 };
#define FIRST 0x80000000u /* of a member: a block begins here */

struct people_pairs {
    const struct people_set *set;
    unsigned char sip[crypto_shorthash_KEYBYTES];
    int max_block, n_threads;
    uint32_t n;
    int pass;                   /* the one whose pairs are given */
    int n_passes;               /* some record may have a key of these; the others need a field that nobody has */
    uint8_t passes[PEOPLE_PASSES];
    uint32_t *rows;             /* of every record, by pass: the number of its block; 0: alone, or in one passed over */
    uint64_t *keys;             /* of every record in this pass; 0: none */
    uint32_t *entries;          /* records by part, ascending in each */
    uint32_t *members;          /* records by block, in the room of their part */
    uint32_t n_parts, part_bits, most; /* parts: by the top bits of the key; most entries of one */
    uint32_t *part_at, *part_n; /* where the entries of a part begin; members of its blocks */
    struct people_passed_over over;
    struct people_walk walk; /* of people_pairs_next */
};

/* Passes that want a field that no record has cost nothing. */
static void choose_passes(struct people_pairs *p)
{
    enum { TAX = 1, PHONE = 2, EMAIL = 4, NUMBER = 8, POSTCODE = 16, STREET = 32, PLACE = 64 };
    static const uint8_t wants[PEOPLE_PASSES] = {[0] = TAX,         [5] = PHONE,     [8] = TAX,       [10] = PLACE, [12] = STREET, [14] = PLACE,
                                                 [15] = EMAIL,      [17] = NUMBER,   [18] = POSTCODE, [19] = PLACE, [23] = STREET};
    unsigned has = 0;

    for (uint32_t i = 0; i < p->n; i++) {
        const struct people_record *r = people_set_record(p->set, i);

        has |= (r->tax != 0 ? TAX : 0) | (r->phone != 0 ? PHONE : 0) | (r->email != 0 ? EMAIL : 0) | (r->number != 0 ? NUMBER : 0) |
               (r->postcode != 0 ? POSTCODE : 0) | (r->street != 0 ? STREET : 0) | (r->municipality != 0 ? PLACE : 0);
    }
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        if ((wants[pass] & ~has) == 0)
            p->passes[p->n_passes++] = (uint8_t)pass;
}

struct people_pairs *people_pairs_new(struct arena *mem, const struct people_set *set, const unsigned char secret[PEOPLE_KEY_BYTES],
                                      int max_block, int n_threads)
{
    struct people_pairs *p = ARENA_NEW(mem, struct people_pairs);

    p->set = set;
    p->max_block = max_block;
    p->n_threads = n_threads;
    p->n = people_set_count(set);
    p->pass = -1;
    choose_passes(p);
    /* digests of this run alone, never kept: a short keyed hash is enough */
    crypto_generichash(p->sip, sizeof p->sip, (const unsigned char *)"pairs", 5, secret, PEOPLE_KEY_BYTES);
    while (p->part_bits < 13 && (uint64_t)IN_A_PART << p->part_bits < p->n)
        p->part_bits++;
    p->n_parts = 1u << p->part_bits;
    p->rows = arena_array(mem, (size_t)p->n * (size_t)p->n_passes, sizeof *p->rows);
    p->keys = ARENA_ARRAY(mem, uint64_t, p->n);
    p->entries = ARENA_ARRAY(mem, uint32_t, p->n);
    p->members = ARENA_ARRAY(mem, uint32_t, p->n);
    p->part_at = ARENA_ARRAY(mem, uint32_t, p->n_parts + 1);
    p->part_n = ARENA_ARRAY(mem, uint32_t, p->n_parts);
    return p;
}

/* ---- blocks of one pass ---- */

static uint32_t part_of(const struct people_pairs *p, uint64_t key)
{
    return p->part_bits == 0 ? 0 : (uint32_t)(key >> (64 - p->part_bits));
}

static uint32_t *row_of(const struct people_pairs *p, uint32_t record)
{
    return p->rows + (size_t)record * (size_t)p->n_passes;
}

struct making_keys {
    struct people_pairs *p;
    atomic_uint next;
};

static void make_keys(void *arg, int thread)
{
    struct making_keys *k = arg;
    struct people_pairs *p = k->p;
    struct people_making m;

    (void)thread;
    for (uint32_t from; (from = atomic_fetch_add(&k->next, AT_ONCE)) < p->n;)
        for (uint32_t i = from; i < p->n && i < from + AT_ONCE; i++) {
            p->keys[i] = 0;
            if (!people_block_make(p->set, i, p->passes[p->pass], &m))
                continue;
            crypto_shorthash((unsigned char *)&p->keys[i], (const unsigned char *)m.bytes, m.n, p->sip);
            p->keys[i] += p->keys[i] == 0;
        }
}

/* Records into parts by the top bits of their keys. */
static void part_records(struct people_pairs *p)
{
    uint32_t *at = p->part_at;

    memset(at, 0, (p->n_parts + 1) * sizeof *at);
    for (uint32_t i = 0; i < p->n; i++)
        if (p->keys[i] != 0)
            at[part_of(p, p->keys[i]) + 1]++;
    p->most = 0;
    for (uint32_t b = 0; b < p->n_parts; b++) {
        p->most = at[b + 1] > p->most ? at[b + 1] : p->most;
        at[b + 1] += at[b];
    }
    for (uint32_t i = 0; i < p->n; i++)
        if (p->keys[i] != 0)
            p->entries[at[part_of(p, p->keys[i])]++] = i;
    memmove(at + 1, at, p->n_parts * sizeof *at); /* each now begins where the one before it ended */
    at[0] = 0;
}

struct group {
    uint64_t key;
    uint32_t n, first, at; /* places of its first member, and of its next one */
};

struct making_blocks {
    struct people_pairs *p;
    atomic_uint next;
    struct people_passed_over *over; /* by thread */
};

struct grouping { /* room for one part */
    struct group *groups;
    uint32_t *of, *slots, n_slots;
};

static uint32_t gather(const struct people_pairs *p, struct grouping *g, uint32_t part)
{
    const uint32_t *entries = p->entries + p->part_at[part], n = p->part_at[part + 1] - p->part_at[part];
    uint32_t n_groups = 0, mask = 15;

    while (mask < n * 2)
        mask = mask * 2 + 1;
    memset(g->slots, 0, (mask + 1) * sizeof *g->slots);
    for (uint32_t i = 0; i < n; i++) {
        const uint64_t key = p->keys[entries[i]];
        uint32_t at = (uint32_t)key & mask;

        while (g->slots[at] != 0 && g->groups[g->slots[at] - 1].key != key)
            at = (at + 1) & mask;
        if (g->slots[at] == 0) {
            g->groups[n_groups] = (struct group){.key = key};
            g->slots[at] = ++n_groups;
        }
        g->of[i] = g->slots[at] - 1;
        g->groups[g->of[i]].n++;
    }
    return n_groups;
}

static void make_part(struct people_pairs *p, struct grouping *g, uint32_t part, struct people_passed_over *over)
{
    const int pass = p->passes[p->pass];
    const uint32_t most = (uint32_t)people_pass_most(pass, p->max_block), from = p->part_at[part], n_groups = gather(p, g, part);
    uint32_t at = from;

    for (uint32_t k = 0; k < n_groups; k++) {
        struct group *one = &g->groups[k];

        if (one->n > most) {
            over->n_blocks[pass]++;
            over->n_records[pass] += one->n;
        }
        if (one->n < 2 || one->n > most) {
            one->n = 0;
            continue;
        }
        one->first = one->at = at;
        at += one->n;
    }
    p->part_n[part] = at - from;
    for (uint32_t i = from; i < p->part_at[part + 1]; i++) {
        struct group *one = &g->groups[g->of[i - from]];
        const uint32_t record = p->entries[i];

        if (one->n == 0)
            continue;
        p->members[one->at] = record | (one->at == one->first ? FIRST : 0);
        row_of(p, record)[p->pass] = one->first + 1;
        one->at++;
    }
}

static void make_blocks(void *arg, int thread)
{
    struct making_blocks *k = arg;
    struct people_pairs *p = k->p;
    struct arena *own = arena_new(0);
    struct grouping g = {.groups = ARENA_ARRAY(own, struct group, p->most), .of = ARENA_ARRAY(own, uint32_t, p->most)};

    g.slots = ARENA_ARRAY(own, uint32_t, (size_t)p->most * 4 + 16);
    for (uint32_t part; (part = atomic_fetch_add(&k->next, 1)) < p->n_parts;)
        make_part(p, &g, part, &k->over[thread]);
    arena_free(own);
}

bool people_pairs_pass(struct people_pairs *p)
{
    struct people_passed_over over[PEOPLE_MAX_THREADS] = {0};
    struct making_keys keys = {.p = p};
    struct making_blocks blocks = {.p = p, .over = over};

    if (p->pass + 1 >= p->n_passes)
        return false;
    p->pass++;
    people_threads_run(p->n_threads, make_keys, &keys);
    part_records(p);
    people_threads_run(p->n_threads, make_blocks, &blocks);
    for (int t = 0; t < PEOPLE_MAX_THREADS; t++)
        for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
            p->over.n_blocks[pass] += over[t].n_blocks[pass];
            p->over.n_records[pass] += over[t].n_records[pass];
        }
    return true;
}

uint32_t people_pairs_parts(const struct people_pairs *p)
{
    return p->n_parts;
}

/* ---- pairs of blocks ---- */

static bool was_given(const struct people_pairs *p, uint32_t x, uint32_t y)
{
    const uint32_t *a = row_of(p, x), *b = row_of(p, y);
    uint32_t met = 0;

    for (int pass = 0; pass < p->pass; pass++)
        met |= (a[pass] == b[pass]) & (a[pass] != 0);
    return met != 0;
}

/* A pair is taken or left by itself alone: whatever the order, the threads or the key. */
static bool is_chosen(struct people_pair pair, uint32_t one_of)
{
    const uint64_t both = (uint64_t)pair.a << 32 | pair.b;
    uint64_t z = both * 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 32) * 0xd6e8feb86659fd93u;
    return one_of <= 1 || (z >> 32) * one_of >> 32 == 0;
}

size_t people_pairs_walk(const struct people_pairs *p, struct people_walk *w, struct people_pair *out, size_t room)
{
    const uint32_t *m = p->members + p->part_at[w->part];
    const uint32_t n = p->part_n[w->part];
    size_t k = 0;

    for (; w->i < n; w->i++, w->k = 0) {
        for (uint32_t at = w->i + 1 + w->k; at < n && (m[at] & FIRST) == 0; at++, w->k++) {
            const struct people_pair pair = {m[w->i] & ~FIRST, m[at]};

            if (k == room)
                return k;
            if (is_chosen(pair, w->one_of) && !was_given(p, pair.a, pair.b))
                out[k++] = pair;
        }
    }
    return k;
}

size_t people_pairs_next(struct people_pairs *p, struct people_pair *out, size_t room)
{
    size_t n = 0;

    while (n < room) {
        if (p->pass < 0 || p->walk.part == p->n_parts) {
            if (!people_pairs_pass(p))
                break;
            p->walk = (struct people_walk){0};
        }
        const size_t k = people_pairs_walk(p, &p->walk, out + n, room - n);

        if (k == 0)
            p->walk = (struct people_walk){.part = p->walk.part + 1};
        n += k;
    }
    return n;
}

const struct people_passed_over *people_pairs_passed_over(const struct people_pairs *p)
{
    return &p->over;
}
