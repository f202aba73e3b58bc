/* simulations_held.c - see simulations_held.h. */
#include "simulations_held.h"
#include "simulations_private.h"
#include "store/db.h"
#include <pthread.h>
#include <string.h>

enum { SLOTS = 2, MOST_BYTES = 64 << 20, MOST_FACTS = 512 };

struct slot {
    struct simulations_population *p; /* NULL: free */
    uint64_t seed;
    int64_t n, last_used;
    int n_users;
    bool wanted[MOST_FACTS];
    struct old_answers *old; /* NULL: of no text yet */
};

/* Lives as long as somebody reads it or a slot holds it. */
struct old_answers {
    struct simulations_before before; /* first: it is what goes out */
    struct arena *own;
    char of_text[SIMULATIONS_HASH + 1];
    int n_users;
};

struct held {
    struct arena *mem;
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
    int64_t n_taken;
    bool is_entered;
};

static void *make_held(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct held *const h = ARENA_NEW(mem, struct held);

    (void)d;
    h->mem = mem;
    pthread_mutex_init(&h->lock, NULL);
    return h;
}

static void let_go(struct old_answers *o)
{
    if (o != NULL && --o->n_users == 0)
        arena_free(o->own);
}

static void end_held(void *kept, struct db *d)
{
    struct held *const h = kept;

    (void)d;
    for (int i = 0; i < SLOTS; i++) {
        let_go(h->slots[i].old);
        simulations_free(h->slots[i].p);
    }
    pthread_mutex_destroy(&h->lock);
    arena_free(h->mem);
}

static const struct db_beside held_beside = {"simulations", make_held, end_held};

static struct held *held_of(struct ctx *c)
{
    return db_beside(db_of(c->tx), &held_beside);
}

static bool serves(const struct slot *s, uint64_t seed, int64_t n, const bool *wanted, int n_facts)
{
    if (s->p == NULL || s->seed != seed || s->n != n)
        return false;
    for (int i = 0; i < n_facts; i++)
        if (wanted[i] && !s->wanted[i])
            return false;
    return true;
}

/* A free one, or the one nobody uses that was used longest ago. */
static struct slot *room(struct held *h)
{
    struct slot *best = NULL;

    for (int i = 0; i < SLOTS; i++)
        if (h->slots[i].n_users == 0 && (best == NULL || h->slots[i].last_used < best->last_used))
            best = &h->slots[i];
    return best;
}

static void keep(struct slot *s, struct simulations_population *p, uint64_t seed, int64_t n, const bool *wanted, int n_facts)
{
    let_go(s->old);
    simulations_free(s->p);
    *s = (struct slot){.p = p, .seed = seed, .n = n, .n_users = 1};
    memcpy(s->wanted, wanted, (size_t)n_facts * sizeof *wanted);
}

struct simulations_population *simulations_held_take(struct ctx *c, const struct rules_facts *f, uint64_t seed, int64_t n, const bool *wanted)
{
    struct held *const h = held_of(c);
    const int n_facts = rules_n_facts(f) < MOST_FACTS ? rules_n_facts(f) : MOST_FACTS;
    struct simulations_population *p = NULL;

    pthread_mutex_lock(&h->lock);
    h->n_taken++;
    for (int i = 0; i < SLOTS && p == NULL; i++)
        if (serves(&h->slots[i], seed, n, wanted, n_facts)) {
            h->slots[i].n_users++;
            h->slots[i].last_used = h->n_taken;
            p = h->slots[i].p;
        }
    if (p == NULL) {
        struct slot *const s = room(h);

        p = simulations_invent(f, seed, n, wanted);
        if (s != NULL && arena_used(p->own) <= MOST_BYTES) {
            keep(s, p, seed, n, wanted, n_facts);
            s->last_used = h->n_taken;
        }
    }
    pthread_mutex_unlock(&h->lock);
    return p;
}

void simulations_held_give(struct ctx *c, struct simulations_population *p)
{
    struct held *const h = held_of(c);
    bool is_kept = false;

    pthread_mutex_lock(&h->lock);
    for (int i = 0; i < SLOTS; i++)
        if (h->slots[i].p == p) {
            h->slots[i].n_users--;
            is_kept = true;
        }
    pthread_mutex_unlock(&h->lock);
    if (!is_kept)
        simulations_free(p);
}

bool simulations_held_enter(struct ctx *c)
{
    struct held *const h = held_of(c);

    pthread_mutex_lock(&h->lock);
    const bool is_free = !h->is_entered;

    h->is_entered = true;
    pthread_mutex_unlock(&h->lock);
    return is_free;
}

void simulations_held_leave(struct ctx *c)
{
    struct held *const h = held_of(c);

    pthread_mutex_lock(&h->lock);
    h->is_entered = false;
    pthread_mutex_unlock(&h->lock);
}

static struct slot *slot_of(struct held *h, const struct simulations_population *p)
{
    for (int i = 0; i < SLOTS; i++)
        if (h->slots[i].p == p)
            return &h->slots[i];
    return NULL;
}

struct simulations_before *simulations_held_before(struct ctx *c, const struct simulations_population *p, struct str old_text)
{
    struct held *const h = held_of(c);
    struct old_answers *o = NULL;
    char of_text[SIMULATIONS_HASH + 1];

    simulations_hash(old_text, of_text);
    pthread_mutex_lock(&h->lock);
    const struct slot *const s = slot_of(h, p);

    if (s != NULL && s->old != NULL && strcmp(s->old->of_text, of_text) == 0) {
        o = s->old;
        o->n_users++;
    }
    pthread_mutex_unlock(&h->lock);
    if (o != NULL)
        return &o->before;
    struct arena *const own = arena_new(0);

    o = ARENA_NEW(own, struct old_answers);
    o->own = own;
    o->n_users = 1;
    o->before.of = arena_array(own, (size_t)p->p.n_households + 1, sizeof *o->before.of);
    memcpy(o->of_text, of_text, sizeof o->of_text);
    return &o->before;
}

void simulations_held_keep(struct ctx *c, const struct simulations_population *p, struct simulations_before *b)
{
    struct held *const h = held_of(c);
    struct old_answers *const o = (struct old_answers *)b;

    pthread_mutex_lock(&h->lock);
    struct slot *const s = slot_of(h, p);

    if (s != NULL && b->is_full && s->old != o) {
        let_go(s->old);
        s->old = o;
        o->n_users++;
    }
    let_go(o);
    pthread_mutex_unlock(&h->lock);
}
