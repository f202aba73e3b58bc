/* people_block.c - keys of a record, and pairs of records that share one. */
#include "people_block.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const char *const people_pass_name[PEOPLE_PASSES] = {
    "tax-code", "sound-of-names", "birth-given", "birth-surname", "birth-initials", "phone", "surname-year", "given-year",
    "tax-code-11", "surname-given-3", "surname-municipality", "month-day-given", "address-given", "given-surname-3-year",
    "3-3-municipality", "email", "first-words", "number", "given-postcode", "given-municipality",
    "birth", "given", "surname", "address"};

int people_pass_most(int pass, int max_block)
{
    return pass >= 20 && max_block > 60 ? 60 : max_block;
}

struct making {
    char bytes[192];
    size_t n;
    bool is_whole; /* every part was there */
};

static void part(struct making *m, const void *bytes, size_t n)
{
    m->is_whole = m->is_whole && n > 0;
    if (m->n + n + 1 > sizeof m->bytes)
        n = sizeof m->bytes - m->n - 1;
    memcpy(m->bytes + m->n, bytes, n);
    m->n += n;
    m->bytes[m->n++] = '|';
}

static void part_number(struct making *m, uint64_t v)
{
    part(m, &v, v == 0 ? 0 : sizeof v);
}

static void part_value(struct making *m, const struct people_set *set, enum people_kind kind, uint32_t id)
{
    const struct people_value *v = people_set_value(set, kind, id);

    part(m, v->text, v->n);
}

/* The first letters of a name; fewer are fewer. */
static void part_head(struct making *m, const struct people_name *n, int most)
{
    part(m, n->joined, n->n < most ? n->n : (size_t)most);
}

static void part_both(struct making *m, uint64_t x, uint64_t y)
{
    part_number(m, x < y ? x : y);
    part_number(m, x < y ? y : x);
}

/* Sound is the key of a first word too; a word of one or two letters says little but is what there is. */
static uint64_t first_word(const struct people_name *n)
{
    return n->n_tokens == 0 ? 0 : n->token[0].sound;
}

static void make_names(struct making *m, int pass, const struct people_record *r, const struct people_name *g, const struct people_name *s)
{
    const uint32_t day = r->birth % 10000 == 0 ? 0 : r->birth, year = r->birth / 10000;

    switch (pass) {
    case 1:
        part_both(m, g->sound, s->sound);
        break;
    case 2:
        part_number(m, day);
        part_head(m, g, 1);
        break;
    case 3:
        part_number(m, day);
        part_head(m, s, 1);
        break;
    case 4: /* exchanged names, whole dates: the first letters in either order */
        part_number(m, day % 10000);
        part_both(m, g->n == 0 ? 0 : (uint64_t)g->joined[0], s->n == 0 ? 0 : (uint64_t)s->joined[0]);
        part_number(m, year % 10 + 1);
        break;
    case 6:
        part_number(m, s->sound);
        part_number(m, year);
        break;
    case 7:
        part_number(m, g->sound);
        part_number(m, year);
        break;
    case 9:
        part_number(m, s->sound);
        part_head(m, g, 3);
        break;
    case 11:
        part_number(m, day % 10000);
        part_number(m, first_word(g));
        break;
    case 13:
        part_number(m, first_word(g));
        part_head(m, s, 3);
        part_number(m, year);
        break;
    case 20:
        part_number(m, day);
        break;
    case 21:
        part_number(m, g->sound);
        break;
    case 22:
        part_number(m, s->sound);
        break;
    default: /* 16 */
        part_both(m, first_word(g), first_word(s));
        break;
    }
}

static void make_others(struct making *m, int pass, const struct people_set *set, const struct people_record *r, const struct people_name *g,
                        const struct people_name *s)
{
    const struct people_code *code = people_set_code(set, r->tax);

    switch (pass) {
    case 0:
        part(m, code->base, code->n == 15 ? 15 : 0);
        break;
    case 5:
        part_value(m, set, PEOPLE_OF_PHONE, r->phone);
        break;
    case 8:
        part(m, code->base, code->n >= 11 ? 11 : 0);
        break;
    case 10:
        part_number(m, s->sound);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 12:
        part_value(m, set, PEOPLE_OF_STREET, r->street);
        part_number(m, r->house);
        part_head(m, g, 1);
        break;
    case 14:
        part_head(m, g, 3);
        part_head(m, s, 3);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 15:
        part_value(m, set, PEOPLE_OF_EMAIL, r->email);
        break;
    case 17:
        part_value(m, set, PEOPLE_OF_OTHER, r->number);
        break;
    case 23:
        part_value(m, set, PEOPLE_OF_STREET, r->street);
        part_number(m, r->house);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 18:
        part_number(m, g->sound);
        part_value(m, set, PEOPLE_OF_OTHER, r->postcode);
        break;
    default: /* 19 */
        part_number(m, g->sound);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    }
}

void people_block_keys(const struct people_set *set, uint32_t i, const unsigned char secret[PEOPLE_KEY_BYTES], uint64_t out[PEOPLE_PASSES])
{
    static const bool of_names[PEOPLE_PASSES] = {[1] = true, [2] = true, [3] = true, [4] = true, [6] = true, [7] = true,
                                                 [9] = true, [11] = true, [13] = true, [16] = true, [20] = true, [21] = true, [22] = true};
    const struct people_record *r = people_set_record(set, i);
    const struct people_name *g = people_set_name(set, r->given), *s = people_set_name(set, r->surname);

    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        struct making m = {.is_whole = true};
        unsigned char digest[16];

        part_number(&m, (uint64_t)pass + 1);
        if (of_names[pass])
            make_names(&m, pass, r, g, s);
        else
            make_others(&m, pass, set, r, g, s);
        out[pass] = 0;
        if (m.is_whole) {
            crypto_generichash(digest, sizeof digest, (const unsigned char *)m.bytes, m.n, secret, PEOPLE_KEY_BYTES);
            memcpy(&out[pass], digest, sizeof out[pass]);
        }
    }
}

/* ---- pairs ---- */

enum { PART_ENTRIES = 1 << 22, BUCKETS = 1 << 14 };

struct entry {
    uint64_t key;
    uint32_t record;
    uint32_t pass;
};

struct people_pairs {
    const struct people_set *set;
    uint64_t (*keys)[PEOPLE_PASSES]; /* of every record; 0: none, or of a block passed over */
    struct people_passed_over over;
    uint32_t n_parts, part; /* keys are taken in parts by their top bits: memory has a bound */
    struct entry *entries, *scratch;
    size_t room, n, at, end, i, k; /* the block at..end and where in it we are */
};

static uint32_t part_of(const struct people_pairs *p, uint64_t key)
{
    return (uint32_t)((key >> 32) * p->n_parts >> 32);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->record < y->record ? -1 : x->record > y->record;
}

/* By key: first into buckets by bits in the middle, then each by comparison. */
static void sort_entries(struct people_pairs *p)
{
    uint32_t count[BUCKETS + 1] = {0};

    for (size_t i = 0; i < p->n; i++)
        count[(p->entries[i].key >> 8 & (BUCKETS - 1)) + 1]++;
    for (int b = 0; b < BUCKETS; b++)
        count[b + 1] += count[b];
    for (size_t i = 0; i < p->n; i++)
        p->scratch[count[p->entries[i].key >> 8 & (BUCKETS - 1)]++] = p->entries[i];
    for (size_t from = 0, b = 0; b < BUCKETS; from = count[b++])
        qsort(p->scratch + from, count[b] - from, sizeof *p->scratch, compare_entries);
    struct entry *t = p->entries;

    p->entries = p->scratch;
    p->scratch = t;
}

static void fill_part(struct people_pairs *p)
{
    const uint32_t n = people_set_count(p->set);

    p->n = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t pass = 0; pass < PEOPLE_PASSES; pass++)
            if (p->keys[i][pass] != 0 && part_of(p, p->keys[i][pass]) == p->part && p->n < p->room)
                p->entries[p->n++] = (struct entry){p->keys[i][pass], i, pass};
    sort_entries(p);
    p->at = p->end = p->i = p->k = 0;
}

static size_t block_end(const struct people_pairs *p, size_t at)
{
    size_t end = at + 1;

    while (end < p->n && p->entries[end].key == p->entries[at].key)
        end++;
    return end;
}

/* Keys of blocks that are too large are struck out everywhere before any pair is given. */
static void strike_out(struct people_pairs *p, int max_block)
{
    for (p->part = 0; p->part < p->n_parts; p->part++) {
        fill_part(p);
        for (size_t at = 0, end; at < p->n; at = end) {
            end = block_end(p, at);
            if (end - at <= (size_t)people_pass_most((int)p->entries[at].pass, max_block))
                continue;
            p->over.n_blocks[p->entries[at].pass]++;
            p->over.n_records[p->entries[at].pass] += end - at;
            for (size_t i = at; i < end; i++)
                p->keys[p->entries[i].record][p->entries[i].pass] = 0;
        }
    }
}

struct people_pairs *people_pairs_new(struct arena *mem, const struct people_set *set, const unsigned char secret[PEOPLE_KEY_BYTES],
                                      int max_block)
{
    struct people_pairs *p = ARENA_NEW(mem, struct people_pairs);
    const uint32_t n = people_set_count(set);
    size_t n_keys = 0, most = 0;

    p->set = set;
    p->keys = arena_array(mem, n, sizeof *p->keys);
    for (uint32_t i = 0; i < n; i++) {
        people_block_keys(set, i, secret, p->keys[i]);
        for (int pass = 0; pass < PEOPLE_PASSES; pass++)
            n_keys += p->keys[i][pass] != 0;
    }
    p->n_parts = (uint32_t)(n_keys / PART_ENTRIES) + 1;
    size_t *sizes = ARENA_ARRAY(mem, size_t, p->n_parts);

    for (uint32_t i = 0; i < n; i++)
        for (int pass = 0; pass < PEOPLE_PASSES; pass++)
            if (p->keys[i][pass] != 0 && ++sizes[part_of(p, p->keys[i][pass])] > most)
                most = sizes[part_of(p, p->keys[i][pass])];
    p->room = most;
    p->entries = ARENA_ARRAY(mem, struct entry, most);
    p->scratch = ARENA_ARRAY(mem, struct entry, most);
    strike_out(p, max_block);
    p->part = 0;
    fill_part(p);
    return p;
}

static bool was_given(const struct people_pairs *p, const struct entry *x, const struct entry *y)
{
    const uint64_t *a = p->keys[x->record], *b = p->keys[y->record];

    for (uint32_t pass = 0; pass < x->pass; pass++)
        if (a[pass] == b[pass] && a[pass] != 0)
            return true;
    return false;
}

/* The next block of two records or more; false when none is left. */
static bool next_block(struct people_pairs *p)
{
    for (;;) {
        p->at = p->end;
        if (p->at >= p->n) {
            if (p->part + 1 >= p->n_parts)
                return false;
            p->part++;
            fill_part(p);
            continue;
        }
        p->end = block_end(p, p->at);
        p->i = p->at;
        p->k = p->at + 1;
        if (p->end - p->at > 1)
            return true;
    }
}

size_t people_pairs_next(struct people_pairs *p, struct people_pair *out, size_t room)
{
    size_t n = 0;

    while (n < room) {
        if (p->i + 1 >= p->end && !next_block(p))
            break;
        const struct entry *x = &p->entries[p->i], *y = &p->entries[p->k];

        if (!was_given(p, x, y))
            out[n++] = (struct people_pair){x->record, y->record};
        if (++p->k == p->end) {
            p->i++;
            p->k = p->i + 1;
        }
    }
    return n;
}

const struct people_passed_over *people_pairs_passed_over(const struct people_pairs *p)
{
    return &p->over;
}
