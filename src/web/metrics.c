#include "web/metrics.h"
#include "base/macros.h"
#include "web/guard.h"
#include "web/router.h"

/* Codes that we send; any other is counted as the last. */
static const int codes[] = {200, 206, 303, 304, 308, 400, 403, 404, 405, 409, 413,
                            414, 415, 417, 422, 429, 431, 500, 503, 504, 505, 0};
static const int64_t bounds_us[] = {500, 1000, 2500, 5000, 10000, 25000, 100000, 500000, 2000000};

enum { N_CODES = ARRAY_LEN(codes), N_BOUNDS = ARRAY_LEN(bounds_us), N_OWN_PLACES = 4 };

struct place {
    atomic_int_fast64_t by_code[N_CODES];
    atomic_int_fast64_t by_time[N_BOUNDS + 1];
    atomic_int_fast64_t sum_us;
};

struct metrics {
    const struct router *router;
    struct place *places; /* first the rows, then our own */
    int n_places;
    atomic_int_fast64_t refused[GUARD_REASONS];
    atomic_int_fast64_t gauges[GAUGE_COUNT];
    atomic_int_fast64_t events[EVENT_COUNT];
};

struct metrics *metrics_new(struct arena *mem, const struct router *r)
{
    struct metrics *m = ARENA_NEW(mem, struct metrics);

    m->router = r;
    m->n_places = router_n_rows(r) + N_OWN_PLACES;
    m->places = ARENA_ARRAY(mem, struct place, (size_t)m->n_places);
    return m;
}

static void add(atomic_int_fast64_t *to, int64_t n)
{
    atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

static int64_t get(const atomic_int_fast64_t *from)
{
    return atomic_load_explicit((atomic_int_fast64_t *)(uintptr_t)from, memory_order_relaxed);
}

static int code_index(int code)
{
    int i = 0;

    while (i < N_CODES - 1 && codes[i] != code)
        i++;
    return i;
}

void metrics_count(struct metrics *m, int place, int code, int64_t us)
{
    struct place *p = &m->places[place >= 0 ? place : router_n_rows(m->router) - 1 - place];
    int i = 0; /* our own places are -1, -2...: after the rows */

    while (i < N_BOUNDS && us > bounds_us[i])
        i++;
    add(&p->by_code[code_index(code)], 1);
    add(&p->by_time[i], 1);
    add(&p->sum_us, us);
}

void metrics_refused(struct metrics *m, int guard_reason)
{
    add(&m->refused[guard_reason], 1);
}

int64_t metrics_add(struct metrics *m, enum metrics_gauge g, int64_t change)
{
    return atomic_fetch_add_explicit(&m->gauges[g], change, memory_order_relaxed) + change;
}

int64_t metrics_value(const struct metrics *m, enum metrics_gauge g)
{
    return get(&m->gauges[g]);
}

void metrics_event(struct metrics *m, enum metrics_event e)
{
    add(&m->events[e], 1);
}

const char *metrics_place_name(const struct metrics *m, int place)
{
    static const char *const own[N_OWN_PLACES] = {"assets", "own", "nowhere", "refused"};

    return place >= 0 ? router_row(m->router, place)->path : own[-1 - place];
}

static const char *place_method(const struct metrics *m, int place)
{
    if (place < 0)
        return "any";
    return router_row(m->router, place)->method == GET ? "GET" : "POST";
}

static const struct place *at(const struct metrics *m, int place)
{
    return &m->places[place >= 0 ? place : router_n_rows(m->router) - 1 - place];
}

static void write_counts(const struct metrics *m, int place, struct buf *out)
{
    for (int i = 0; i < N_CODES; i++)
        if (get(&at(m, place)->by_code[i]) != 0)
            buf_fmt(out, "wecare_requests_total{route=\"%s\",method=\"%s\",code=\"%d\"} %lld\n",
                    metrics_place_name(m, place), place_method(m, place), codes[i],
                    (long long)get(&at(m, place)->by_code[i]));
}

static void write_times(const struct metrics *m, int place, struct buf *out)
{
    const char *name = metrics_place_name(m, place), *method = place_method(m, place);
    int64_t n = 0;

    for (int i = 0; i <= N_BOUNDS; i++) {
        n += get(&at(m, place)->by_time[i]);
        buf_fmt(out, "wecare_request_seconds_bucket{route=\"%s\",method=\"%s\",le=\"", name,
                method);
        if (i < N_BOUNDS)
            buf_fmt(out, "%g\"} %lld\n", (double)bounds_us[i] / 1e6, (long long)n);
        else
            buf_fmt(out, "+Inf\"} %lld\n", (long long)n);
    }
    buf_fmt(out, "wecare_request_seconds_sum{route=\"%s\",method=\"%s\"} %.6f\n", name, method,
            (double)get(&at(m, place)->sum_us) / 1e6);
    buf_fmt(out, "wecare_request_seconds_count{route=\"%s\",method=\"%s\"} %lld\n", name, method,
            (long long)n);
}

static void write_one(struct buf *out, const char *name, const char *type, const char *help,
                      int64_t value)
{
    buf_fmt(out, "# HELP wecare_%s %s\n# TYPE wecare_%s %s\nwecare_%s %lld\n", name, help, name,
            type, name, (long long)value);
}

static bool was_asked(const struct metrics *m, int place)
{
    for (int i = 0; i <= N_BOUNDS; i++)
        if (get(&at(m, place)->by_time[i]) != 0)
            return true;
    return false;
}

void metrics_write(const struct metrics *m, struct buf *out)
{
    buf_z(out, "# HELP wecare_requests_total Answers sent, by route and code.\n"
               "# TYPE wecare_requests_total counter\n");
    for (int i = -N_OWN_PLACES; i < router_n_rows(m->router); i++)
        write_counts(m, i, out);
    buf_z(out, "# HELP wecare_request_seconds Time from the request to its answer.\n"
               "# TYPE wecare_request_seconds histogram\n");
    for (int i = -N_OWN_PLACES; i < router_n_rows(m->router); i++)
        if (was_asked(m, i))
            write_times(m, i, out);
    buf_z(out, "# HELP wecare_refused_total Malformed requests refused, by reason.\n"
               "# TYPE wecare_refused_total counter\n");
    for (int i = GUARD_PASSES + 1; i < GUARD_REASONS; i++)
        buf_fmt(out, "wecare_refused_total{reason=\"%s\"} %lld\n", guard_name((enum guard_reason)i),
                (long long)get(&m->refused[i]));
    write_one(out, "connections", "gauge", "Connections open.", get(&m->gauges[GAUGE_CONNECTIONS]));
    write_one(out, "at_work", "gauge", "Requests at work.", get(&m->gauges[GAUGE_AT_WORK]));
    write_one(out, "waiting", "gauge", "Requests waiting for their turn.",
              get(&m->gauges[GAUGE_WAITING]));
    write_one(out, "body_bytes", "gauge", "Bytes of forms being received.",
              get(&m->gauges[GAUGE_BODY_BYTES]));
    write_one(out, "turned_away_total", "counter", "Requests that got the waiting page.",
              get(&m->events[EVENT_TURNED_AWAY]));
    write_one(out, "too_slow_total", "counter", "Connections closed because they were too slow.",
              get(&m->events[EVENT_TOO_SLOW]));
    write_one(out, "out_of_memory_total", "counter", "Requests that outgrew their memory.",
              get(&m->events[EVENT_OUT_OF_MEMORY]));
    write_one(out, "kept_found_total", "counter", "Pages answered from memory.",
              get(&m->events[EVENT_KEPT_FOUND]));
    write_one(out, "kept_missed_total", "counter", "Pages that had to be written.",
              get(&m->events[EVENT_KEPT_MISSED]));
}
