#include "app/daily.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { LOOK_S = 300, MEMORY_BYTES = 64 * 1024 * 1024 };

struct daily {
    struct db *db;
    const struct feature *const *features;
    int n_features;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool must_stop;
};

struct work {
    const struct feature *feature;
    struct arena *mem;
};

static enum status work_job(struct db_tx *tx, void *arg)
{
    const struct work *w = arg;
    struct ctx c = ctx_new(w->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    return w->feature->daily(&c);
}

enum status daily_run(struct db *d, const struct feature *const *features, int n_features)
{
    enum status worst = ST_OK;

    for (int i = 0; i < n_features; i++) {
        struct work w = {features[i], NULL};

        if (features[i]->daily == NULL)
            continue;
        w.mem = arena_new(MEMORY_BYTES);
        const enum status st = db_write(d, work_job, &w);

        arena_free(w.mem);
        if (st == ST_OK)
            continue;
        log_event(LOG_WARN, "daily-failed", LOG_Z("slice", features[i]->name), LOG_Z("status", status_name(st)), LOG_END);
        worst = st;
    }
    return worst;
}

/* True when it is time to stop. */
static bool wait_a_while(struct daily *y)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until); /* a set clock must neither hurry nor delay the look */
    until.tv_sec += LOOK_S;
    pthread_mutex_lock(&y->lock);
    while (!y->must_stop && pthread_cond_timedwait(&y->told, &y->lock, &until) != ETIMEDOUT)
        continue;
    const bool stop = y->must_stop;

    pthread_mutex_unlock(&y->lock);
    return stop;
}

static void *work(void *arg)
{
    struct daily *y = arg;
    int done_on = DAY_NONE;

    do {
        const int today = clock_today();

        if (today != done_on && daily_run(y->db, y->features, y->n_features) == ST_OK)
            done_on = today;
    } while (!wait_a_while(y));
    return NULL;
}

enum status daily_start(struct arena *mem, struct db *d, const struct feature *const *features, int n_features,
                        struct daily **out)
{
    struct daily *y = ARENA_NEW(mem, struct daily);
    pthread_condattr_t by_monotonic;

    y->db = d;
    y->features = features;
    y->n_features = n_features;
    pthread_condattr_init(&by_monotonic);
    pthread_condattr_setclock(&by_monotonic, CLOCK_MONOTONIC);
    if (pthread_mutex_init(&y->lock, NULL) != 0 || pthread_cond_init(&y->told, &by_monotonic) != 0 ||
        pthread_create(&y->thread, NULL, work, y) != 0)
        return ST_UNAVAILABLE;
    pthread_condattr_destroy(&by_monotonic);
    *out = y;
    return ST_OK;
}

void daily_stop(struct daily *y)
{
    if (y == NULL)
        return;
    pthread_mutex_lock(&y->lock);
    y->must_stop = true;
    pthread_cond_signal(&y->told);
    pthread_mutex_unlock(&y->lock);
    pthread_join(y->thread, NULL);
    pthread_cond_destroy(&y->told);
    pthread_mutex_destroy(&y->lock);
}
