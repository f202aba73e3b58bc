#include "web/connections.h"
#include "base/clock.h"
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { WATCH_EVERY_MS = 200 };

struct connections {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct connection *list;
    struct connection *free;
    int n_places; /* with the spare ones */
    int n_open;
    int max;
    int max_per_address;
    struct metrics *metrics;
    pthread_t watcher;
    bool is_watched;
    bool is_ending;
};

static enum status lock_new(pthread_mutex_t *lock, pthread_cond_t *cond)
{
    pthread_condattr_t attr;

    if (pthread_mutex_init(lock, NULL) != 0 || pthread_condattr_init(&attr) != 0)
        return ST_UNAVAILABLE;
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    const int rc = pthread_cond_init(cond, &attr);

    pthread_condattr_destroy(&attr);
    return rc == 0 ? ST_OK : ST_UNAVAILABLE;
}

static struct timespec in_ms(int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

enum status connections_new(struct arena *mem, int max, int max_per_address, struct metrics *m,
                            struct connections **out)
{
    struct connections *all = ARENA_NEW(mem, struct connections);

    all->n_places = max + CONNECTIONS_SPARE;
    all->max = max;
    all->max_per_address = max_per_address;
    all->metrics = m;
    all->list = ARENA_ARRAY(mem, struct connection, (size_t)all->n_places);
    for (int i = all->n_places - 1; i >= 0; i--) {
        all->list[i].fd = -1;
        all->list[i].next = all->free;
        all->free = &all->list[i];
    }
    *out = all;
    return lock_new(&all->lock, &all->wake);
}

/* IPv4 as the last four bytes of ::ffff:0:0/96. Of IPv6 only the first 64 bits: a house has them
 * all, so it is one asker. */
static bool read_address(const struct sockaddr *from, unsigned char out[16])
{
    memset(out, 0, 16);
    if (from == NULL)
        return false;
    if (from->sa_family == AF_INET) {
        out[10] = out[11] = 0xff;
        memcpy(out + 12, &((const struct sockaddr_in *)from)->sin_addr, 4);
        return true;
    }
    if (from->sa_family != AF_INET6)
        return false;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)from)->sin6_addr;

    memcpy(out, a, IN6_IS_ADDR_V4MAPPED(a) ? 16 : 8);
    return true;
}

static int count_address(const struct connections *all, const unsigned char address[16])
{
    int n = 0;

    for (int i = 0; i < all->n_places; i++)
        n += all->list[i].fd >= 0 && all->list[i].has_address &&
             memcmp(all->list[i].address, address, 16) == 0;
    return n;
}

struct connection *connections_enter(struct connections *all, int fd, const struct sockaddr *from,
                                     int64_t may_take_us)
{
    unsigned char address[16];
    const bool has_address = read_address(from, address);

    pthread_mutex_lock(&all->lock);
    struct connection *c = all->free;

    if (c != NULL) {
        all->free = c->next;
        c->room = all->n_open >= all->max ? ROOM_FULL
                  : has_address && count_address(all, address) >= all->max_per_address
                      ? ROOM_FULL_ADDRESS
                      : ROOM_FREE;
        c->fd = fd;
        c->has_address = has_address;
        connection_set_idle(c, true);
        memcpy(c->address, address, 16);
        connection_allow(c, may_take_us);
        all->n_open++;
    }
    pthread_mutex_unlock(&all->lock);
    if (c != NULL)
        metrics_add(all->metrics, GAUGE_CONNECTIONS, 1);
    return c;
}

void connections_leave(struct connections *all, struct connection *c)
{
    pthread_mutex_lock(&all->lock);
    c->fd = -1;
    c->next = all->free;
    all->free = c;
    all->n_open--;
    pthread_mutex_unlock(&all->lock);
    metrics_add(all->metrics, GAUGE_CONNECTIONS, -1);
}

void connection_allow(struct connection *c, int64_t may_take_us)
{
    atomic_store_explicit(&c->until_us, may_take_us == 0 ? 0 : clock_mono_us() + may_take_us,
                          memory_order_relaxed);
}

void connection_set_idle(struct connection *c, bool is_idle)
{
    atomic_store_explicit(&c->is_idle, is_idle, memory_order_relaxed);
}

/* Under the lock a descriptor cannot be closed and given to somebody else meanwhile: whoever
 * closes it leaves first. */
static void shut_late(struct connections *all)
{
    const int64_t now = clock_mono_us();

    for (int i = 0; i < all->n_places; i++) {
        struct connection *c = &all->list[i];
        const int64_t until = atomic_load_explicit(&c->until_us, memory_order_relaxed);

        if (c->fd < 0 || until == 0 || now < until)
            continue;
        shutdown(c->fd, SHUT_RDWR);
        connection_allow(c, 0);
        metrics_event(all->metrics, EVENT_TOO_SLOW);
    }
}

void connections_shut_idle(struct connections *all)
{
    pthread_mutex_lock(&all->lock);
    for (int i = 0; i < all->n_places; i++)
        if (all->list[i].fd >= 0 && all->list[i].is_idle)
            shutdown(all->list[i].fd, SHUT_RDWR);
    pthread_mutex_unlock(&all->lock);
}

int connections_n_busy(struct connections *all)
{
    int n = 0;

    pthread_mutex_lock(&all->lock);
    for (int i = 0; i < all->n_places; i++)
        n += all->list[i].fd >= 0 && !all->list[i].is_idle;
    pthread_mutex_unlock(&all->lock);
    return n;
}

static void *watch(void *arg)
{
    struct connections *all = arg;

    pthread_mutex_lock(&all->lock);
    while (!all->is_ending) {
        const struct timespec until = in_ms(WATCH_EVERY_MS);

        pthread_cond_timedwait(&all->wake, &all->lock, &until);
        shut_late(all);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

enum status connections_watch(struct connections *all)
{
    all->is_watched = pthread_create(&all->watcher, NULL, watch, all) == 0;
    return all->is_watched ? ST_OK : ST_UNAVAILABLE;
}

void connections_end(struct connections *all)
{
    pthread_mutex_lock(&all->lock);
    all->is_ending = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->lock);
    if (all->is_watched)
        pthread_join(all->watcher, NULL);
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->lock);
}

/* ---- turns ---- */

struct turns {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int n_free;
    struct metrics *metrics;
};

enum status turns_new(struct arena *mem, int n, struct metrics *m, struct turns **out)
{
    struct turns *t = ARENA_NEW(mem, struct turns);

    t->n_free = n;
    t->metrics = m;
    *out = t;
    return lock_new(&t->lock, &t->freed);
}

bool turns_take(struct turns *t, int wait_ms)
{
    pthread_mutex_lock(&t->lock);
    if (t->n_free == 0 && wait_ms > 0) {
        const struct timespec until = in_ms(wait_ms);
        int rc = 0;

        metrics_add(t->metrics, GAUGE_WAITING, 1);
        while (t->n_free == 0 && rc == 0)
            rc = pthread_cond_timedwait(&t->freed, &t->lock, &until);
        metrics_add(t->metrics, GAUGE_WAITING, -1);
    }
    const bool got = t->n_free > 0;

    if (got)
        t->n_free--;
    pthread_mutex_unlock(&t->lock);
    if (got)
        metrics_add(t->metrics, GAUGE_AT_WORK, 1);
    return got;
}

void turns_give(struct turns *t)
{
    pthread_mutex_lock(&t->lock);
    t->n_free++;
    pthread_cond_signal(&t->freed);
    pthread_mutex_unlock(&t->lock);
    metrics_add(t->metrics, GAUGE_AT_WORK, -1);
}

void turns_end(struct turns *t)
{
    pthread_cond_destroy(&t->freed);
    pthread_mutex_destroy(&t->lock);
}
