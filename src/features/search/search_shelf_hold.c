/*
 * search_shelf_hold.c - the shelf of the hour: built once, brought up, swapped.
 *
 * Whoever searches first after a change brings the shelf up, in the same transaction it searches
 * in, so nobody is answered with what was before it; others that come meanwhile wait a moment, then
 * take the shelf as it was. Changes of hundreds (an import) are read by a thread of its own, behind
 * all others, and searches go on with what they have. While an import runs that thread rests three
 * times as long as it worked, a minute at most: reading all again and again would cost more than
 * the import, and the shelf of a million services is made a few times on the way, not a hundred.
 */
#include "base/behind.h"
#include "base/clock.h"
#include "base/log.h"
#include "search_shelf.h"
#include "store/db.h"
#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
    BLOCK = 500,    /* services read at once */
    BY_HAND = 300,  /* changes that a search reads itself */
    WAIT_MS = 50,   /* for another that is reading */
    OF_BASE = 4, /* when newer segments hold more than a fourth of the first, all is built anew */
    LEAST_ANEW = 2000,
    REST = 3, /* the thread rests so many times as long as it worked */
    MOST_REST_US = 60 * 1000000
};

struct geo_hold {
    struct arena *mem;
    atomic_int n_holders;
};

struct holder {
    struct arena *mem;
    struct db *db;
    const struct needs *needs;
    pthread_mutex_t lock;  /* of current and of what the thread does */
    pthread_mutex_t build; /* one at a time makes a shelf */
    struct shelf *current;
    _Atomic int64_t seen_version; /* of the data, when the places were last compared */
    struct places_state places;   /* then; under build */
    int64_t n_geos;               /* how often the territory was read; under build */
    pthread_t thread;
    bool is_thread_started, is_thread_running;
    int64_t rests_until_us; /* monotonic; under lock */
    atomic_bool is_ending;
};

/* ---- holding ---- */

static void geo_release(struct geo_hold *g)
{
    if (g != NULL && atomic_fetch_sub(&g->n_holders, 1) == 1)
        arena_free(g->mem);
}

void shelf_release(struct shelf *s)
{
    if (s == NULL || atomic_fetch_sub(&s->n_holders, 1) != 1)
        return;
    for (int i = 0; i < s->n_segments; i++)
        segment_release(s->segments[i]);
    geo_release(s->geo_hold);
    gap_table_free(atomic_load(&s->gaps));
    arena_free(s->mem);
}

static void *make_holder(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct holder *const h = ARENA_NEW(mem, struct holder);

    h->mem = mem;
    h->db = d;
    pthread_mutex_init(&h->lock, NULL);
    pthread_mutex_init(&h->build, NULL);
    return h;
}

static void end_holder(void *kept, struct db *d)
{
    struct holder *const h = kept;

    atomic_store(&h->is_ending, true);
    if (h->is_thread_started)
        pthread_join(h->thread, NULL);
    shelf_release(h->current);
    pthread_mutex_destroy(&h->lock);
    pthread_mutex_destroy(&h->build);
    arena_free(h->mem);
}

static const struct db_beside holder_beside = {"shelf", make_holder, end_holder};

/* What stands beside a database ends in the order opposite to its making: the needs are made first,
 * since the shelf's thread reads them until it is joined. */
static struct holder *holder_of(struct ctx *c)
{
    needs_of(c);
    return db_beside(db_of(c->tx), &holder_beside);
}

static struct shelf *take_current(struct holder *h)
{
    pthread_mutex_lock(&h->lock);
    struct shelf *const s = h->current;

    if (s != NULL)
        atomic_fetch_add(&s->n_holders, 1);
    pthread_mutex_unlock(&h->lock);
    return s;
}

/* The new one is held once more, for the holder; never an older state than the one that is there.
 */
static void publish(struct holder *h, struct shelf *s)
{
    atomic_fetch_add(&s->n_holders, 1);
    pthread_mutex_lock(&h->lock);
    struct shelf *const old = h->current;

    h->current = s;
    pthread_mutex_unlock(&h->lock);
    shelf_release(old);
}

/* ---- making ---- */

static struct shelf *shelf_new(const struct needs *x, int64_t change)
{
    struct arena *const mem = arena_new(0);
    struct shelf *const s = ARENA_NEW(mem, struct shelf);

    s->mem = mem;
    atomic_init(&s->n_holders, 1);
    s->needs = x;
    s->change = s->base_change = change;
    return s;
}

static enum status give_geo(struct ctx *c, struct holder *h, struct shelf *s)
{
    struct arena *const mem = arena_new(0);

    s->geo_hold = ARENA_NEW(mem, struct geo_hold);
    s->geo_hold->mem = mem;
    atomic_init(&s->geo_hold->n_holders, 1);
    const enum status st = geo_load(c, mem, &s->geo);

    if (st == ST_OK && !db_may_write(c->tx))
        s->geo->no = ++h->n_geos;
    return st;
}

static void share_geo(struct shelf *s, const struct shelf *of)
{
    s->geo = of->geo;
    s->geo_hold = of->geo_hold;
    atomic_fetch_add(&s->geo_hold->n_holders, 1);
}

/* What stood there before is dead where a newer word has come. */
static void bury(struct shelf *s, int64_t service_id)
{
    for (int i = 0; i < s->n_segments; i++) {
        const int at = segment_find(s->segments[i], service_id);

        if (at < 0 || shelf_is_dead(s, i, (uint32_t)at))
            continue;
        if (s->dead[i] == NULL)
            s->dead[i] = ARENA_ARRAY(s->mem, uint64_t, (size_t)s->segments[i]->n_services / 64 + 1);
        s->dead[i][at / 64] |= 1ull << (at % 64);
        s->n_dead[i]++;
    }
}

/* Reads what changed after `after` into one more segment of s (which holds none but older ones).
 * ST_BUSY: more than most. */
static enum status read_changes(struct ctx *c, struct holder *h, struct shelf *s, int64_t after,
                                int64_t most)
{
    struct segment_build *const b = segment_begin(s->needs, s->geo);
    struct service_read r = {
        .after_change = after, .limit = BLOCK, .with_gone = s->n_segments > 0, .without_ids = true};
    enum status st = ST_OK;
    int64_t n_all = 0;
    struct service *list;
    int n = 0;

    do {
        arena_reset(c->mem);
        st = catalogue_read(c, c->mem, &r, &list, &n);
        for (int i = 0; st == ST_OK && i < n; i++) {
            bury(s, list[i].service_id);
            segment_add(b, &list[i]);
            r.after_id = list[i].service_id;
        }
        n_all += n;
        if (st == ST_OK && ((most > 0 && n_all > most) || atomic_load(&h->is_ending)))
            st = ST_BUSY;
    } while (st == ST_OK && n > 0);
    if (st != ST_OK) {
        segment_drop(b);
        return st;
    }
    struct segment *const made = segment_close(b);

    if (made->n_services > 0 || s->n_segments == 0)
        s->segments[s->n_segments++] = made;
    else
        segment_release(made);
    return ST_OK;
}

static enum status build_anew(struct ctx *c, struct holder *h, const struct needs *x,
                              int64_t change, struct shelf **out)
{
    struct shelf *const s = shelf_new(x, change);
    enum status st = give_geo(c, h, s);

    if (st == ST_OK)
        st = read_changes(c, h, s, 0, 0);
    if (st != ST_OK) {
        shelf_release(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

/* The first n segments of one shelf in another, with their dead. */
static void copy_segments(struct shelf *s, const struct shelf *of, int n, bool with_dead)
{
    for (int i = 0; i < n; i++) {
        const size_t bytes = ((size_t)of->segments[i]->n_services / 64 + 1) * sizeof(uint64_t);

        s->segments[i] = of->segments[i];
        segment_hold(s->segments[i]);
        if (!with_dead || of->dead[i] == NULL)
            continue;
        s->dead[i] = arena_alloc(s->mem, bytes);
        memcpy(s->dead[i], of->dead[i], bytes);
        s->n_dead[i] = of->n_dead[i];
    }
    s->n_segments = n;
}

static int n_newer(const struct shelf *s)
{
    int n = 0;

    for (int i = 1; i < s->n_segments; i++)
        n += s->segments[i]->n_services;
    return n;
}

/* How much newer services may weigh beside the first segment before all is built anew. */
static int64_t most_newer(const struct shelf *s)
{
    return s->segments[0]->n_services / OF_BASE + LEAST_ANEW;
}

/* ST_BUSY: so much has changed that all is to be built anew, or that more than `most` were to be read. */
static enum status bring_up(struct ctx *c, struct holder *h, const struct shelf *old, bool is_geo_new, int64_t change,
                            int64_t most, struct shelf **out)
{
    const bool is_full = old->n_segments == MOST_SEGMENTS;

    if (change - (is_full ? old->base_change : old->change) > most)
        return ST_BUSY;
    struct shelf *const s = shelf_new(old->needs, change);
    enum status st = ST_OK;

    s->base_change = old->base_change;
    if (is_geo_new)
        st = give_geo(c, h, s);
    else
        share_geo(s, old);
    if (st == ST_OK && is_geo_new && s->geo->sum != old->geo->sum)
        st = ST_BUSY; /* lines speak of comuni by their places in the list */
    if (st == ST_OK) {
        copy_segments(s, old, is_full ? 1 : old->n_segments, !is_full);
        if (is_full || change != old->change)
            st = read_changes(c, h, s, is_full ? old->base_change : old->change, most);
    }
    if (st == ST_OK && n_newer(s) > most_newer(s))
        st = ST_BUSY;
    if (st != ST_OK) {
        shelf_release(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

/* ---- in a thread of its own ---- */

/* What changed since the shelf of the hour, where that is little beside it; else all. */
static enum status make_in_thread(struct ctx *c, struct holder *h, int64_t change, const struct places_state *places,
                                  struct shelf **out)
{
    struct shelf *const old = take_current(h);
    const bool is_geo_new = old == NULL || old->geo->day != c->today || memcmp(places, &h->places, sizeof *places) != 0;
    enum status st = old == NULL ? ST_BUSY : bring_up(c, h, old, is_geo_new, change, most_newer(old), out);

    if (st == ST_BUSY && !atomic_load(&h->is_ending))
        st = build_anew(c, h, needs_of(c), change, out);
    shelf_release(old);
    return st;
}

static void build_in_thread(struct holder *h)
{
    struct ctx c = ctx_new(arena_new(0), &actor_keeper, LANG_IT);
    struct shelf *s = NULL;
    int64_t change = 0;
    struct places_state places;
    enum status st = db_read_begin(h->db, &c.tx);

    if (st == ST_OK) {
        st = catalogue_change(&c, &change);
        if (st == ST_OK)
            st = places_state(&c, &places);
        if (st == ST_OK)
            st = make_in_thread(&c, h, change, &places, &s);
        db_read_end(c.tx);
    }
    if (st == ST_OK) {
        h->places = places;
        publish(h, s);
        shelf_release(s);
    } else if (!atomic_load(&h->is_ending)) {
        log_event(LOG_WARN, "search-not-built", LOG_Z("status", status_name(st)), LOG_END);
    }
    arena_free(c.mem);
}

static void *run_thread(void *arg)
{
    struct holder *const h = arg;
    const int64_t from = clock_mono_us();

    behind_others();
    pthread_mutex_lock(&h->build);
    build_in_thread(h);
    pthread_mutex_unlock(&h->build);
    const int64_t now = clock_mono_us(), rest = (now - from) * REST;

    pthread_mutex_lock(&h->lock);
    h->rests_until_us = now + (rest < MOST_REST_US ? rest : MOST_REST_US);
    h->is_thread_running = false;
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

static void start_thread(struct holder *h)
{
    pthread_mutex_lock(&h->lock);
    const bool must_start = !h->is_thread_running && (h->current == NULL || clock_mono_us() >= h->rests_until_us);

    if (must_start) {
        if (h->is_thread_started)
            pthread_join(h->thread, NULL);
        h->is_thread_started = h->is_thread_running =
            pthread_create(&h->thread, NULL, run_thread, h) == 0;
    }
    pthread_mutex_unlock(&h->lock);
}

static bool is_thread_at_work(struct holder *h)
{
    pthread_mutex_lock(&h->lock);
    const bool is = h->is_thread_running;

    pthread_mutex_unlock(&h->lock);
    return is;
}

/* ---- taking ---- */

static bool is_up(const struct holder *h, const struct shelf *s, int64_t change, int64_t version,
                  int today)
{
    return s != NULL && s->change >= change && atomic_load(&h->seen_version) == version &&
           s->geo->day == today;
}

static bool lock_build(struct holder *h, bool may_wait)
{
    struct timespec until;

    if (may_wait)
        return pthread_mutex_lock(&h->build) == 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += WAIT_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    return pthread_mutex_timedlock(&h->build, &until) == 0;
}

/* Under build. *s is held; a newer one takes its place. */
static enum status bring_up_locked(struct ctx *c, struct holder *h, int64_t change, int64_t version,
                                   bool is_whole, struct shelf **s)
{
    const struct needs *const x = needs_of(c);
    struct places_state places;
    struct shelf *made = NULL;
    enum status st = places_state(c, &places);

    if (st != ST_OK)
        return st;
    const bool is_geo_new =
        *s == NULL || (*s)->geo->day != c->today || memcmp(&places, &h->places, sizeof places) != 0;

    if (*s != NULL && (*s)->change >= change && !is_geo_new) {
        atomic_store(&h->seen_version, version);
        return ST_OK;
    }
    st = *s == NULL ? build_anew(c, h, x, change, &made)
                    : bring_up(c, h, *s, is_geo_new, change, is_whole ? most_newer(*s) : BY_HAND, &made);
    if (st == ST_BUSY && is_whole)
        st = build_anew(c, h, x, change, &made);
    if (st == ST_BUSY) {
        start_thread(h);
        return ST_OK;
    }
    if (st != ST_OK)
        return st;
    h->places = places;
    atomic_store(&h->seen_version, version);
    publish(h, made);
    shelf_release(*s);
    *s = made;
    return ST_OK;
}

/* What others cannot see yet is never published: a shelf for this transaction alone. */
static enum status take_alone(struct ctx *c, struct holder *h, int64_t change, struct shelf **s)
{
    struct ctx own = *c;

    if (*s != NULL)
        return ST_OK;
    own.mem = arena_new(0);
    const enum status st = build_anew(&own, h, needs_of(c), change, s);

    arena_free(own.mem);
    return st;
}

static enum status take(struct ctx *c, bool is_whole, struct shelf **out)
{
    struct holder *const h = holder_of(c);
    const int64_t version = db_data_version(h->db);
    int64_t change = 0;
    enum status st = catalogue_change(c, &change);

    *out = NULL;
    if (st != ST_OK)
        return st;
    struct shelf *s = take_current(h);

    if (db_may_write(c->tx)) {
        st = take_alone(c, h, change, &s);
        *out = s;
        return st;
    }
    if (!is_up(h, s, change, version, c->today) &&
        (s == NULL || is_whole || !is_thread_at_work(h)) && lock_build(h, s == NULL || is_whole)) {
        struct ctx own =
            *c; /* nothing of the request's memory, whose end may jump, under the lock */

        shelf_release(s);
        s = take_current(h); /* another may have done it meanwhile */
        own.mem = arena_new(0);
        st = is_up(h, s, change, version, c->today)
                 ? ST_OK
                 : bring_up_locked(&own, h, change, version, is_whole, &s);
        arena_free(own.mem);
        pthread_mutex_unlock(&h->build);
    }
    if (st != ST_OK) {
        shelf_release(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

enum status shelf_take(struct ctx *c, struct shelf **out)
{
    return take(c, false, out);
}

enum status search_warm(struct ctx *c)
{
    struct shelf *s;
    const enum status st = take(c, true, &s);

    if (st == ST_OK)
        shelf_release(s);
    return st;
}

void shelf_start(struct ctx *c)
{
    struct holder *const h = holder_of(c);
    struct shelf *const s = take_current(h);

    if (s == NULL)
        start_thread(h);
    shelf_release(s);
}
