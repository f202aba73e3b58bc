/* links_guess.c - counts, beside the database, what was tried and is no key. */
#include "core/links/links_guess.h"
#include "base/clock.h"
#include "base/log.h"
#include <pthread.h>

struct guesses {
    struct arena *mem;
    pthread_mutex_t lock;
    int64_t minute;
    int n;
};

static void *make(struct db *d)
{
    struct arena *mem = arena_new(0);
    struct guesses *g = ARENA_NEW(mem, struct guesses);

    (void)d;
    g->mem = mem;
    pthread_mutex_init(&g->lock, NULL);
    return g;
}

static void end(void *kept, struct db *d)
{
    struct guesses *g = kept;

    (void)d;
    pthread_mutex_destroy(&g->lock);
    arena_free(g->mem);
}

static const struct db_beside kind = {"links-guesses", make, end};

bool links_guessed(struct ctx *c)
{
    struct guesses *g = db_beside(db_of(c->tx), &kind);
    const int64_t minute = clock_mono_us() / 60000000;

    pthread_mutex_lock(&g->lock);
    if (g->minute != minute) {
        g->minute = minute;
        g->n = 0;
    }
    const int n = ++g->n;

    pthread_mutex_unlock(&g->lock);
    if (n == LINKS_GUESSES_PER_MINUTE + 1)
        log_event(LOG_WARN, "keys-guessed", LOG_INT("in-a-minute", n), LOG_END);
    return n > LINKS_GUESSES_PER_MINUTE;
}
