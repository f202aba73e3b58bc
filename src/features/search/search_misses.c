/*
 * search_misses.c - searches that found nothing: counted in memory, written together, shown only
 * where they are many.
 */
#include "search_misses.h"
#include "base/log.h"
#include "core/places/places.h"
#include "search_misses_count.h"
#include "store/db.h"
#include <pthread.h>
#include <string.h>

enum { MOST_COUNTED = 2048, MOST_SLUG = 64, WRITE_AFTER_MS = 60 * 1000 };

struct counted {
    char need[MOST_SLUG];
    int64_t area_id;
    int year, month;
    int n;
};

struct counting {
    struct arena *mem;
    struct db *db;
    pthread_mutex_t lock;
    struct counted list[MOST_COUNTED];
    int n;
    int64_t first_ms; /* of the oldest that is not written */
    bool is_writing;
};

/* ---- writing ---- */

struct writing {
    struct arena *mem;
    const struct counted *list;
    int n;
};

static enum status write_job(struct db_tx *tx, void *arg)
{
    const struct writing *const w = arg;
    struct ctx c = ctx_new(w->mem, &actor_keeper, LANG_IT);
    enum status st = ST_OK;

    c.tx = tx;
    for (int i = 0; st == ST_OK && i < w->n; i++) {
        const struct counted *const k = &w->list[i];

        st = catalogue_miss_put(&c, &(struct miss){.need = str_of(k->need),
                                                   .area_id = k->area_id,
                                                   .year = k->year,
                                                   .month = k->month,
                                                   .n = k->n});
    }
    return st;
}

/* What cannot be written now is counted again with the next. */
static void write_all(struct counting *k)
{
    struct arena *const mem = arena_new(0);
    struct writing w = {.mem = mem, .list = NULL};

    pthread_mutex_lock(&k->lock);
    if (!k->is_writing && k->n > 0) {
        struct counted *const copy = ARENA_ARRAY(mem, struct counted, (size_t)k->n);

        memcpy(copy, k->list, (size_t)k->n * sizeof *copy);
        w.list = copy;
        w.n = k->n;
        k->is_writing = true;
        k->n = 0;
    }
    pthread_mutex_unlock(&k->lock);
    if (w.n > 0) {
        const enum status st = db_write(k->db, write_job, &w);

        pthread_mutex_lock(&k->lock);
        k->is_writing = false;
        for (int i = 0; st != ST_OK && i < w.n && k->n < MOST_COUNTED; i++)
            k->list[k->n++] = w.list[i];
        pthread_mutex_unlock(&k->lock);
        if (st != ST_OK)
            log_event(LOG_WARN, "misses-not-written", LOG_Z("status", status_name(st)), LOG_END);
    }
    arena_free(mem);
}

static void *make(struct db *d)
{
    struct arena *const mem = arena_new(0);
    struct counting *const k = ARENA_NEW(mem, struct counting);

    k->mem = mem;
    k->db = d;
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void end(void *kept, struct db *d)
{
    struct counting *const k = kept;

    write_all(k);
    pthread_mutex_destroy(&k->lock);
    arena_free(k->mem);
}

static const struct db_beside beside = {"misses", make, end};

void misses_count(struct ctx *c, struct str need, int64_t area_id)
{
    if (c->tx == NULL || db_may_write(c->tx) || need.n >= MOST_SLUG)
        return;
    struct counting *const k = db_beside(db_of(c->tx), &beside);
    const struct ymd d = day_to_ymd(c->today);
    int i = 0;

    pthread_mutex_lock(&k->lock);
    if (k->n == 0)
        k->first_ms = c->now_ms;
    while (i < k->n && !(k->list[i].area_id == area_id && k->list[i].month == d.month &&
                         k->list[i].year == d.year && str_eq_z(need, k->list[i].need)))
        i++;
    if (i < MOST_COUNTED) {
        if (i == k->n) {
            k->list[k->n++] =
                (struct counted){.area_id = area_id, .year = d.year, .month = d.month};
            memcpy(k->list[i].need, need.p, need.n);
        }
        k->list[i].n++;
    }
    const bool is_due = c->now_ms - k->first_ms >= WRITE_AFTER_MS || k->n == MOST_COUNTED;

    pthread_mutex_unlock(&k->lock);
    if (is_due)
        write_all(k);
}

/* ---- showing ---- */

static bool is_same_cell(const struct miss *a, const struct miss *b)
{
    return a->year == b->year && a->month == b->month && str_eq(a->need, b->need);
}

/* What is small in the comuni of one district, put together by need and month. */
struct rest {
    struct miss miss;
    int n_comuni;
};

struct showing {
    struct miss *out;
    int n_out;
    struct rest *rests;
    int n_rests;
};

static void put_rest(struct showing *s, const struct miss *small, int64_t district_id)
{
    for (int i = 0; i < s->n_rests; i++)
        if (s->rests[i].miss.area_id == district_id && is_same_cell(&s->rests[i].miss, small)) {
            s->rests[i].miss.n += small->n;
            s->rests[i].n_comuni++;
            return;
        }
    s->rests[s->n_rests] = (struct rest){*small, 1};
    s->rests[s->n_rests].miss.area_id = district_id;
    s->rests[s->n_rests++].miss.is_rest = true;
}

static bool comes_before(const struct miss *a, const struct miss *b)
{
    if (a->year != b->year || a->month != b->month)
        return a->year != b->year ? a->year > b->year : a->month > b->month;
    return a->n > b->n;
}

static void put(struct showing *s, const struct miss *m)
{
    int at = s->n_out;

    while (at > 0 && comes_before(m, &s->out[at - 1]))
        at--;
    memmove(s->out + at + 1, s->out + at, (size_t)(s->n_out - at) * sizeof *s->out);
    s->out[at] = *m;
    s->n_out++;
}

static enum status district_of(struct ctx *c, int64_t area_id, int64_t *out)
{
    struct membership m;
    const enum status st = places_container(c, area_id, AREA_DISTRICT, c->today, &m);

    *out = st == ST_OK ? m.in.area_id : 0;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* Asked for one comune, its district's rest is not shown: it speaks of the others. */
enum status search_misses(struct ctx *c, int64_t area_id, struct miss **out, int *n_out)
{
    const struct ymd d = day_to_ymd(c->today);
    struct miss *all;
    int n = 0;
    enum status st = catalogue_misses_before(c, d.year, d.month, &all, &n);
    struct showing s = {.out = ARENA_ARRAY(c->mem, struct miss, (size_t)n * 2),
                        .rests = ARENA_ARRAY(c->mem, struct rest, (size_t)n)};

    for (int i = 0; st == ST_OK && i < n; i++) {
        int64_t district = 0;

        if (all[i].area_id != 0)
            st = district_of(c, all[i].area_id, &district);
        if (st != ST_OK || (area_id != 0 && all[i].area_id != area_id && district != area_id))
            continue;
        if (all[i].n >= MISSES_LEAST)
            put(&s, &all[i]);
        else if (district != 0)
            put_rest(&s, &all[i], district);
    }
    for (int i = 0; st == ST_OK && i < s.n_rests; i++)
        if (s.rests[i].miss.n >= MISSES_LEAST && s.rests[i].n_comuni > 1 &&
            (area_id == 0 || s.rests[i].miss.area_id == area_id))
            put(&s, &s.rests[i].miss);
    *out = s.out;
    *n_out = s.n_out;
    return st;
}

enum status misses_sweep(struct ctx *c)
{
    const struct ymd d = day_to_ymd(c->today);
    const int months = d.year * 12 + d.month - 1 - MISSES_MONTHS;

    return catalogue_misses_drop(c, months / 12, months % 12 + 1);
}
