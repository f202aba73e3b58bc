/*
 * staging_known.c - open addressing in 24 bytes a place, and its rows of packed entries.
 *
 * A place is sought from where its hash lies between the least and the greatest there are, so that the entries of a
 * bucket (the first 8 bits) lie together: they are written from there, one bucket after the other.
 */
#include "staging_known.h"
#include "base/buf.h"
#include "staging_sql.h"
#include <string.h>

enum { FIRST_ROOM = 1024, N_BUCKETS = 256, PACKED = 25, SEEN = 1, KIND_SHIFT = 1, KEY_SHIFT = 4 };

struct place {
    uint64_t hash;
    int64_t sum;
    int64_t tail; /* key, kind, seen */
};

struct staging_known {
    struct arena *mem, *table;
    struct place *places;
    size_t n, room;
    bool is_dirty[N_BUCKETS];
};

struct staging_known *staging_known_new(void)
{
    struct arena *mem = arena_new(0);
    struct staging_known *k = ARENA_NEW(mem, struct staging_known);

    k->mem = mem;
    k->table = arena_new(0);
    k->room = FIRST_ROOM;
    k->places = ARENA_ARRAY(k->table, struct place, k->room);
    return k;
}

void staging_known_free(struct staging_known *k)
{
    if (k == NULL)
        return;
    arena_free(k->table);
    arena_free(k->mem);
}

static size_t home_of(size_t room, uint64_t hash)
{
    return (size_t)((unsigned __int128)hash * room >> 64);
}

static struct place *place_of(struct place *places, size_t room, uint64_t hash)
{
    size_t i = home_of(room, hash);

    while (places[i].hash != 0 && places[i].hash != hash)
        i = i + 1 == room ? 0 : i + 1;
    return &places[i];
}

static void grow(struct staging_known *k, size_t room)
{
    struct arena *table = arena_new(0);
    struct place *places = ARENA_ARRAY(table, struct place, room);

    for (size_t i = 0; i < k->room; i++)
        if (k->places[i].hash != 0)
            *place_of(places, room, k->places[i].hash) = k->places[i];
    arena_free(k->table);
    k->table = table;
    k->places = places;
    k->room = room;
}

static struct known opened(const struct place *p)
{
    return (struct known){p->hash, p->sum, p->tail >> KEY_SHIFT, (int)(p->tail >> KIND_SHIFT & 7), (p->tail & SEEN) != 0};
}

static int bucket_of(uint64_t hash)
{
    return (int)(hash >> 56);
}

static void put(struct staging_known *k, const struct known *e)
{
    struct place *p = place_of(k->places, k->room, e->hash);
    const bool is_new = p->hash == 0;

    *p = (struct place){e->hash, e->sum, e->key << KEY_SHIFT | (int64_t)e->kind << KIND_SHIFT | (e->is_seen ? SEEN : 0)};
    if (is_new && ++k->n * 5 > k->room * 4)
        grow(k, k->room + k->room / 2);
}

static bool on_bucket(void *arg, const struct staging_known_all_row *r)
{
    struct staging_known *k = arg;

    for (size_t at = 0; at + PACKED <= r->entries.n; at += PACKED) {
        struct known e = {.kind = r->entries.p[at + 24] & 7};

        memcpy(&e.hash, r->entries.p + at, 8);
        memcpy(&e.sum, r->entries.p + at + 8, 8);
        memcpy(&e.key, r->entries.p + at + 16, 8);
        if (e.hash != 0)
            put(k, &e);
    }
    return true;
}

enum status staging_known_load(struct staging_known *k, struct ctx *c, int64_t source_id)
{
    struct staging_known_bytes_row r;
    const enum status st = staging_sql_known_bytes(c, &(struct staging_known_bytes_in){source_id}, &r);

    if (st != ST_OK)
        return st;
    /* They come bucket by bucket: in a table that is too small they would all lie at its beginning. */
    if ((size_t)r.n / PACKED * 3 / 2 > k->room)
        grow(k, (size_t)r.n / PACKED * 3 / 2);
    return staging_sql_known_all(c, &(struct staging_known_all_in){source_id}, on_bucket, k);
}

bool staging_known_find(const struct staging_known *k, uint64_t hash, struct known *out)
{
    const struct place *p = place_of(k->places, k->room, hash);

    if (p->hash != 0)
        *out = opened(p);
    return p->hash != 0;
}

void staging_known_set(struct staging_known *k, const struct known *e)
{
    k->is_dirty[bucket_of(e->hash)] = true;
    put(k, e);
}

void staging_known_see(struct staging_known *k, uint64_t hash)
{
    struct place *p = place_of(k->places, k->room, hash);

    if (p->hash != 0)
        p->tail |= SEEN;
}

/* An entry with kind 0 was taken out: it is not written again. */
static bool is_kept(const struct place *p, bool without_unseen)
{
    return p->hash != 0 && (p->tail >> KIND_SHIFT & 7) != 0 && (!without_unseen || (p->tail & SEEN) != 0);
}

/* The entries of one bucket, packed: from its first home to the first empty place after its last. */
static void pack(const struct staging_known *k, int bucket, bool without_unseen, struct buf *out)
{
    const size_t from = home_of(k->room, (uint64_t)bucket << 56);
    const size_t n_homes = home_of(k->room, (uint64_t)bucket << 56 | UINT64_MAX >> 8) + 1 - from;

    for (size_t n = 0; n < k->room; n++) {
        const struct place *p = &k->places[(from + n) % k->room];
        const int64_t key = p->tail >> KEY_SHIFT;

        if (p->hash == 0 && n >= n_homes)
            break;
        if (!is_kept(p, without_unseen) || bucket_of(p->hash) != bucket)
            continue;
        buf_put(out, &p->hash, 8);
        buf_put(out, &p->sum, 8);
        buf_put(out, &key, 8);
        buf_char(out, (char)(p->tail >> KIND_SHIFT & 7));
    }
}

enum status staging_known_save(struct staging_known *k, struct ctx *c, int64_t source_id, bool without_unseen)
{
    struct arena *mem = arena_new(0);
    enum status st = ST_OK;

    for (size_t i = 0; i < k->room; i++)
        if (k->places[i].hash != 0 && !is_kept(&k->places[i], without_unseen))
            k->is_dirty[bucket_of(k->places[i].hash)] = true;
    for (int i = 0; st == ST_OK && i < N_BUCKETS; i++) {
        struct buf b = buf_new(mem, 1024);

        if (!k->is_dirty[i])
            continue;
        pack(k, i, without_unseen, &b);
        st = staging_sql_known_put(c, &(struct staging_known_put_in){source_id, i, buf_view(&b)}, NULL);
        arena_reset(mem);
    }
    arena_free(mem);
    return st;
}
