/* people_threads.c - started, and joined. */
#include "people_threads.h"
#include <pthread.h>

struct one {
    void (*run)(void *arg, int thread);
    void *arg;
    int thread;
};

static void *run_one(void *arg)
{
    const struct one *o = arg;

    o->run(o->arg, o->thread);
    return 0;
}

int people_threads_n(int asked)
{
    return asked < 1 ? 1 : asked > PEOPLE_MAX_THREADS ? PEOPLE_MAX_THREADS : asked;
}

void people_threads_run(int n_threads, void (*run)(void *arg, int thread), void *arg)
{
    const int n = people_threads_n(n_threads);
    struct one all[PEOPLE_MAX_THREADS];
    pthread_t threads[PEOPLE_MAX_THREADS];
    int n_started = 0;

    for (int t = 1; t < n; t++) {
        all[t] = (struct one){run, arg, t};
        if (pthread_create(&threads[n_started], 0, run_one, &all[t]) != 0)
            break;
        n_started++;
    }
    run(arg, 0);
    for (int t = 0; t < n_started; t++)
        pthread_join(threads[t], 0);
}
