#include "web/kept.h"
#include "base/clock.h"
#include "base/random.h"
#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { N_BUCKETS = 2048, FRESH_US = 60 * 1000000 };
enum { BLOCK_BYTES = 16 * 1024, SECOND_BLOCK_BYTES = 32 * 1024 }; /* of an arena (arena.c) */

struct kept {
    struct arena *mem;
    atomic_int n_holders; /* the table is one */
    struct str key;
    uint64_t hash;
    int64_t version;
    int64_t until_us;
    int64_t bytes;
    struct kept_answer answer;
    struct kept *next;          /* of its bucket */
    struct kept *newer, *older; /* by the last time it was asked for */
};

struct kept_pages {
    pthread_mutex_t lock;
    struct metrics *metrics;
    struct kept *bucket[N_BUCKETS];
    struct kept *newest, *oldest;
    int64_t bytes, max_bytes;
    unsigned char key[crypto_shorthash_KEYBYTES]; /* so that nobody can aim at one bucket */
};

struct kept_pages *kept_new(struct arena *mem, int64_t max_bytes, struct metrics *m)
{
    struct kept_pages *all = ARENA_NEW(mem, struct kept_pages);

    all->max_bytes = max_bytes;
    all->metrics = m;
    random_bytes(all->key, sizeof all->key);
    return pthread_mutex_init(&all->lock, NULL) == 0 ? all : NULL;
}

static uint64_t hash_of(const struct kept_pages *all, struct str key)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t hash;

    crypto_shorthash(out, (const unsigned char *)key.p, key.n, all->key);
    memcpy(&hash, out, sizeof hash);
    return hash;
}

void kept_release(struct kept *k)
{
    if (k != NULL && atomic_fetch_sub(&k->n_holders, 1) == 1)
        arena_free(k->mem);
}

/* ---- the list by use, and the table; under the lock ---- */

static void unlink_use(struct kept_pages *all, struct kept *k)
{
    *(k->newer == NULL ? &all->newest : &k->newer->older) = k->older;
    *(k->older == NULL ? &all->oldest : &k->older->newer) = k->newer;
}

static void link_newest(struct kept_pages *all, struct kept *k)
{
    k->newer = NULL;
    k->older = all->newest;
    *(all->newest == NULL ? &all->oldest : &all->newest->newer) = k;
    all->newest = k;
}

static struct kept **find_link(struct kept_pages *all, struct str key, uint64_t hash)
{
    struct kept **link = &all->bucket[hash % N_BUCKETS];

    while (*link != NULL && ((*link)->hash != hash || !str_eq((*link)->key, key)))
        link = &(*link)->next;
    return link;
}

static void drop(struct kept_pages *all, struct kept **link)
{
    struct kept *k = *link;

    *link = k->next;
    unlink_use(all, k);
    all->bytes -= k->bytes;
    kept_release(k);
}

static void make_room(struct kept_pages *all, int64_t bytes)
{
    while (all->oldest != NULL && all->bytes + bytes > all->max_bytes)
        drop(all, find_link(all, all->oldest->key, all->oldest->hash));
}

/* ---- what others call ---- */

void kept_end(struct kept_pages *all)
{
    make_room(all, INT64_MAX / 2);
    pthread_mutex_destroy(&all->lock);
}

struct kept *kept_find(struct kept_pages *all, struct str key, int64_t version)
{
    const uint64_t hash = hash_of(all, key);

    pthread_mutex_lock(&all->lock);
    struct kept **link = find_link(all, key, hash);
    struct kept *k = *link;

    if (k != NULL && (k->version != version || clock_mono_us() >= k->until_us)) {
        drop(all, link);
        k = NULL;
    }
    if (k != NULL) {
        unlink_use(all, k);
        link_newest(all, k);
        atomic_fetch_add(&k->n_holders, 1);
    }
    pthread_mutex_unlock(&all->lock);
    metrics_event(all->metrics, k != NULL ? EVENT_KEPT_FOUND : EVENT_KEPT_MISSED);
    return k;
}

const struct kept_answer *kept_answer_of(const struct kept *k)
{
    return &k->answer;
}

static struct kept *make(const struct kept_pages *all, struct str key, int64_t version,
                         const struct kept_answer *a, int64_t bytes)
{
    struct arena *mem = arena_new(0);
    struct kept *k = ARENA_NEW(mem, struct kept);

    k->mem = mem;
    atomic_init(&k->n_holders, 1);
    k->key = str_copy(mem, key);
    k->hash = hash_of(all, key);
    k->version = version;
    k->until_us = clock_mono_us() + FRESH_US;
    k->bytes = bytes;
    k->answer = (struct kept_answer){.body = str_copy(mem, a->body),
                                     .tag = str_copy(mem, a->tag),
                                     .type = str_copy(mem, a->type),
                                     .is_packed = a->is_packed};
    return k;
}

/* What an entry really takes: an arena gives whole blocks. */
static int64_t size_of(struct str key, const struct kept_answer *a)
{
    const int64_t n =
        (int64_t)(key.n + a->body.n + a->tag.n + a->type.n + sizeof(struct kept)) + 128;

    if (n <= BLOCK_BYTES)
        return BLOCK_BYTES;
    return BLOCK_BYTES + (n > SECOND_BLOCK_BYTES ? n : SECOND_BLOCK_BYTES);
}

void kept_put(struct kept_pages *all, struct str key, int64_t version, const struct kept_answer *a)
{
    const int64_t bytes = size_of(key, a);

    if (bytes > all->max_bytes / 8)
        return;
    struct kept *k = make(all, key, version, a, bytes);

    pthread_mutex_lock(&all->lock);
    struct kept **link = find_link(all, key, k->hash);

    if (*link != NULL)
        drop(all, link);
    make_room(all, bytes);
    link = &all->bucket[k->hash % N_BUCKETS];
    k->next = *link;
    *link = k;
    link_newest(all, k);
    all->bytes += bytes;
    pthread_mutex_unlock(&all->lock);
}

int64_t kept_bytes(struct kept_pages *all)
{
    pthread_mutex_lock(&all->lock);
    const int64_t n = all->bytes;

    pthread_mutex_unlock(&all->lock);
    return n;
}
