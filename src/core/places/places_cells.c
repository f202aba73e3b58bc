/* places_cells.c - half planes one after the other, then the disc. */
#include "core/places/places_cells.h"
#include <math.h>
#include <stdlib.h>

enum { MAX_CORNERS = 256 }; /* a cell has six corners on average; each neighbour adds one at most */
static const int DISC_STEPS = 24;

struct corner {
    double x, y;
};

struct cell {
    struct corner c[MAX_CORNERS];
    int n;
};

/* Keeps what is nearer to the origin than to (dx, dy). */
static void cut(struct cell *cell, double dx, double dy)
{
    const double limit = (dx * dx + dy * dy) / 2;
    struct cell out = {.n = 0};

    for (int i = 0; i < cell->n && out.n < MAX_CORNERS - 2; i++) {
        const struct corner a = cell->c[i], b = cell->c[(i + 1) % cell->n];
        const double da = a.x * dx + a.y * dy - limit, db = b.x * dx + b.y * dy - limit;

        if (da <= 0)
            out.c[out.n++] = a;
        if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
            const double t = da / (da - db);

            out.c[out.n++] = (struct corner){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        }
    }
    *cell = out;
}

struct ring_writer {
    struct arena *mem;
    const struct town *town;
    struct ring r;
    int room;
};

static void put(struct ring_writer *w, double x, double y)
{
    const struct grid_point p = {(int32_t)floor(w->town->x + x + 0.5),
                                 (int32_t)floor(w->town->y + y + 0.5)};

    if (w->r.n == w->room) {
        w->r.points = arena_grow(w->mem, w->r.points, (size_t)w->room * sizeof p,
                                 (size_t)(w->room + 32) * sizeof p);
        w->room += 32;
    }
    w->r.points[w->r.n++] = p;
}

/* Along the disc from one angle to the next, by steps whose angles are the same for every town. */
static void put_arc(struct ring_writer *w, double radius, double from, double to)
{
    const double step = 2 * M_PI / DISC_STEPS;

    while (to < from)
        to += 2 * M_PI;
    for (double k = floor(from / step) + 1; k * step < to; k++)
        put(w, radius * cos(k * step), radius * sin(k * step));
}

/* Where the side from a to b enters and leaves the disc, as parts of its length. */
static bool in_disc(struct corner a, struct corner b, double radius, double *t0, double *t1)
{
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double qa = dx * dx + dy * dy, qb = a.x * dx + a.y * dy;
    const double qc = a.x * a.x + a.y * a.y - radius * radius;
    const double root = qb * qb - qa * qc;

    if (qa == 0 || root <= 0)
        return false;
    *t0 = fmax(0, (-qb - sqrt(root)) / qa);
    *t1 = fmin(1, (-qb + sqrt(root)) / qa);
    return *t0 < *t1;
}

/* The cell is convex and holds its town, so its sides meet the disc in order of their angles. */
static void put_cell(struct ring_writer *w, const struct cell *cell, double radius)
{
    double first_angle = 0, last_angle = 0;
    bool is_empty = true, is_off = false; /* is_off: the last side ended on the disc */

    for (int i = 0; i < cell->n; i++) {
        const struct corner a = cell->c[i], b = cell->c[(i + 1) % cell->n];
        double t0, t1;

        if (!in_disc(a, b, radius, &t0, &t1))
            continue;
        const struct corner from = {a.x + t0 * (b.x - a.x), a.y + t0 * (b.y - a.y)};
        const struct corner to = {a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y)};

        if (is_empty)
            first_angle = atan2(from.y, from.x);
        else if (is_off || t0 > 0)
            put_arc(w, radius, last_angle, atan2(from.y, from.x));
        put(w, from.x, from.y);
        put(w, to.x, to.y);
        is_empty = false;
        is_off = t1 < 1;
        last_angle = atan2(to.y, to.x);
    }
    if (is_empty)
        put_arc(w, radius, 0, 2 * M_PI * (1 + 1e-9));
    else if (is_off)
        put_arc(w, radius, last_angle, first_angle);
}

struct ring *cells_of_towns(struct arena *mem, const struct town *towns, int n_towns,
                            double radius, int *out_n)
{
    struct ring *out = ARENA_ARRAY(mem, struct ring, (size_t)n_towns);
    const double far = radius * 4;

    *out_n = 0;
    for (int i = 0; i < n_towns; i++) {
        struct cell cell = {.c = {{-far, -far}, {far, -far}, {far, far}, {-far, far}}, .n = 4};
        struct ring_writer w = {.mem = mem, .town = &towns[i], .r = {.owner = towns[i].owner}};
        bool is_taken = false;

        for (int k = 0; towns[i].owner > 0 && k < n_towns; k++) {
            const double dx = towns[k].x - towns[i].x, dy = towns[k].y - towns[i].y;

            is_taken |= k < i && towns[k].owner > 0 && dx == 0 && dy == 0;
            if (k != i && (dx != 0 || dy != 0) && dx * dx + dy * dy < 4 * radius * radius)
                cut(&cell, dx, dy);
        }
        if (towns[i].owner == 0 || is_taken)
            continue;
        put_cell(&w, &cell, radius);
        out[(*out_n)++] = w.r;
    }
    return out;
}
