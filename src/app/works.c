#include "app/works.h"
#include "base/behind.h"
#include "base/log.h"
#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { LOOK_S = 2 };

struct works {
    struct jobs_hands hands;
    atomic_bool stop;
    pthread_t threads[WORKS_THREADS];
    int n_threads;
    pthread_mutex_t lock;
    pthread_cond_t told;
};

/* True when it is time to stop. */
static bool wait_a_while(struct works *w)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_S;
    pthread_mutex_lock(&w->lock);
    while (!atomic_load(&w->stop) && pthread_cond_timedwait(&w->told, &w->lock, &until) != ETIMEDOUT)
        continue;
    pthread_mutex_unlock(&w->lock);
    return atomic_load(&w->stop);
}

static void *work(void *arg)
{
    struct works *w = arg;
    bool is_planned = false;

    behind_others();
    do {
        if (!is_planned)
            is_planned = jobs_plan(&w->hands) == ST_OK;
        while (!atomic_load(&w->stop) && jobs_run_one(&w->hands, 0))
            continue;
    } while (!wait_a_while(w));
    return NULL;
}

enum status works_start(struct arena *mem, const struct jobs_hands *hands, struct works **out)
{
    struct works *w = ARENA_NEW(mem, struct works);
    pthread_condattr_t by_monotonic;

    w->hands = *hands;
    w->hands.stop = &w->stop;
    atomic_init(&w->stop, false);
    pthread_condattr_init(&by_monotonic);
    pthread_condattr_setclock(&by_monotonic, CLOCK_MONOTONIC);
    if (pthread_mutex_init(&w->lock, NULL) != 0 || pthread_cond_init(&w->told, &by_monotonic) != 0)
        return ST_UNAVAILABLE;
    pthread_condattr_destroy(&by_monotonic);
    while (w->n_threads < WORKS_THREADS && pthread_create(&w->threads[w->n_threads], NULL, work, w) == 0)
        w->n_threads++;
    *out = w;
    return w->n_threads > 0 ? ST_OK : ST_UNAVAILABLE;
}

void works_stop(struct works *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    atomic_store(&w->stop, true);
    pthread_cond_broadcast(&w->told);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->n_threads; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->told);
    pthread_mutex_destroy(&w->lock);
}
