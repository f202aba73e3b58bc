/* places_path.c - borders made simpler, joined into rings, written as SVG paths. */
#include "core/places/places_topology.h"
#include <math.h>
#include <stdlib.h>

/* Longer lines are simplified stretch by stretch: a line made to be slow costs no more than n * 512. */
enum { STRETCH = 512 };

static bool is_same(struct grid_point a, struct grid_point b)
{
    return a.x == b.x && a.y == b.y;
}

static bool is_closed(const struct border *b)
{
    return b->n > 2 && is_same(b->points[0], b->points[b->n - 1]);
}

/* Distance of p from the segment ab. */
static double off_segment(struct grid_point p, struct grid_point a, struct grid_point b)
{
    const double dx = b.x - a.x, dy = b.y - a.y, px = p.x - a.x, py = p.y - a.y;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 == 0 ? 0 : fmin(1, fmax(0, (px * dx + py * dy) / length2));

    return hypot(px - t * dx, py - t * dy);
}

static int farthest(const struct border *b, int from, int to, double *out_off)
{
    int best = -1;

    *out_off = -1;
    for (int i = from + 1; i < to; i++) {
        const double off = off_segment(b->points[i], b->points[from], b->points[to]);

        if (off > *out_off) {
            *out_off = off;
            best = i;
        }
    }
    return best;
}

/* Marks the points to keep between two kept ones; a stack of our own instead of recursion, since
 * a hostile line could be a million points deep. */
static void keep_between(struct arena *mem, const struct border *b, int from, int to,
                         double tolerance, bool *keep)
{
    struct span {
        int from, to;
    } *stack = ARENA_ARRAY(mem, struct span, (size_t)(to - from) + 2);
    int n = 0;

    stack[n++] = (struct span){from, to};
    while (n > 0) {
        const struct span s = stack[--n];
        double off;
        const int at = farthest(b, s.from, s.to, &off);

        if (at < 0 || off < tolerance)
            continue;
        keep[at] = true;
        stack[n++] = (struct span){s.from, at};
        stack[n++] = (struct span){at, s.to};
    }
}

/* A ring has no ends: the point farthest from its start, and the farthest from both, stay. */
static void keep_corners(const struct border *b, bool *keep)
{
    double best = -1;
    int far = 1, third = -1;

    for (int i = 1; i < b->n - 1; i++) {
        const double d = hypot(b->points[i].x - b->points[0].x, b->points[i].y - b->points[0].y);

        if (d > best) {
            best = d;
            far = i;
        }
    }
    best = -1;
    for (int i = 1; i < b->n - 1; i++) {
        const double d = off_segment(b->points[i], b->points[0], b->points[far]);

        if (i != far && d > best) {
            best = d;
            third = i;
        }
    }
    keep[far] = true;
    if (third > 0)
        keep[third] = true;
}

struct border topology_simplify(struct arena *mem, const struct border *b, double tolerance)
{
    struct border out = {.left = b->left, .right = b->right};
    bool *keep = ARENA_ARRAY(mem, bool, (size_t)b->n);
    int last = 0;

    out.points = ARENA_ARRAY(mem, struct grid_point, (size_t)b->n);
    keep[0] = keep[b->n - 1] = true;
    for (int i = STRETCH; i < b->n; i += STRETCH)
        keep[i] = true;
    if (is_closed(b))
        keep_corners(b, keep);
    for (int i = 1; i < b->n; i++)
        if (keep[i]) {
            keep_between(mem, b, last, i, tolerance, keep);
            last = i;
        }
    for (int i = 0; i < b->n; i++)
        if (keep[i])
            out.points[out.n++] = b->points[i];
    return out;
}

static int32_t rounded(int32_t v, int factor)
{
    return (int32_t)floor((double)v / factor + 0.5);
}

struct border topology_coarser(struct arena *mem, const struct border *b, int factor)
{
    struct border out = {.left = b->left, .right = b->right};

    out.points = ARENA_ARRAY(mem, struct grid_point, (size_t)b->n);
    for (int i = 0; i < b->n; i++) {
        const struct grid_point p = {rounded(b->points[i].x, factor),
                                     rounded(b->points[i].y, factor)};

        if (out.n == 0 || !is_same(out.points[out.n - 1], p))
            out.points[out.n++] = p;
    }
    return out;
}

/* ---- rings ---- */

struct chain {
    struct grid_point *points;
    int n, room;
};

static void append(struct arena *mem, struct chain *ch, const struct border *b, bool is_reversed)
{
    if (ch->n + b->n > ch->room) {
        const int wider = (ch->n + b->n) * 2;

        ch->points = arena_grow(mem, ch->points, (size_t)ch->room * sizeof *ch->points,
                                (size_t)wider * sizeof *ch->points);
        ch->room = wider;
    }
    for (int i = 0; i < b->n; i++) {
        const struct grid_point p = b->points[is_reversed ? b->n - 1 - i : i];

        if (ch->n == 0 || !is_same(ch->points[ch->n - 1], p))
            ch->points[ch->n++] = p;
    }
}

/* The first unused line that begins or ends where the chain ends. */
static int next_line(const struct border *const *lines, int n_lines, const bool *used,
                     struct grid_point end, bool *out_is_reversed)
{
    for (int i = 0; i < n_lines; i++) {
        const struct border *b = lines[i];

        if (used[i] || b->n == 0)
            continue;
        *out_is_reversed = !is_same(b->points[0], end);
        if (!*out_is_reversed || is_same(b->points[b->n - 1], end))
            return i;
    }
    return -1;
}

/* A point in the middle of a straight line says nothing. */
static int without_straight(struct grid_point *p, int n)
{
    int n_out = 0;

    for (int i = 0; i < n; i++) {
        while (n_out >= 2) {
            const struct grid_point a = p[n_out - 2], b = p[n_out - 1];
            const int64_t cross = (int64_t)(b.x - a.x) * (p[i].y - b.y) -
                                  (int64_t)(b.y - a.y) * (p[i].x - b.x);

            if (cross != 0)
                break;
            n_out--;
        }
        p[n_out++] = p[i];
    }
    return n_out;
}

static void put_number(struct buf *out, int v, bool is_first)
{
    if (v >= 0 && !is_first)
        buf_char(out, ' ');
    buf_int(out, v);
}

static void grow_box(struct path_box *box, bool *is_empty, struct grid_point p)
{
    if (*is_empty)
        *box = (struct path_box){p.x, p.y, p.x, p.y}; /* w, h hold the far corner for now */
    *is_empty = false;
    box->x = p.x < box->x ? p.x : box->x;
    box->y = p.y < box->y ? p.y : box->y;
    box->w = p.x > box->w ? p.x : box->w;
    box->h = p.y > box->h ? p.y : box->h;
}

static void put_ring(struct buf *out, const struct chain *ch, struct path_box *box, bool *is_empty)
{
    buf_char(out, 'M');
    put_number(out, ch->points[0].x, true);
    put_number(out, ch->points[0].y, false);
    buf_char(out, 'l');
    grow_box(box, is_empty, ch->points[0]);
    for (int i = 1; i < ch->n; i++) {
        put_number(out, ch->points[i].x - ch->points[i - 1].x, i == 1);
        put_number(out, ch->points[i].y - ch->points[i - 1].y, false);
        grow_box(box, is_empty, ch->points[i]);
    }
    buf_char(out, 'z');
}

bool topology_path(struct buf *out, const struct border *const *lines, int n_lines,
                   struct path_box *out_box)
{
    bool *used = ARENA_ARRAY(out->mem, bool, (size_t)n_lines), is_empty = true, is_reversed = false;
    struct chain ch = {0};

    *out_box = (struct path_box){0};
    for (int i = 0; i < n_lines; i++) {
        if (used[i] || lines[i]->n < 2)
            continue;
        ch.n = 0;
        for (int k = i; k >= 0;) {
            used[k] = true;
            append(out->mem, &ch, lines[k], is_reversed && k != i);
            k = ch.n > 1 && is_same(ch.points[0], ch.points[ch.n - 1])
                    ? -1
                    : next_line(lines, n_lines, used, ch.points[ch.n - 1], &is_reversed);
        }
        if (ch.n > 1 && is_same(ch.points[0], ch.points[ch.n - 1]))
            ch.n--; /* z closes it */
        ch.n = without_straight(ch.points, ch.n);
        if (ch.n >= 3)
            put_ring(out, &ch, out_box, &is_empty);
    }
    out_box->w -= out_box->x;
    out_box->h -= out_box->y;
    return !is_empty;
}

/* ---- lines in a table ---- */

void topology_write_line(struct buf *out, const struct border *b)
{
    for (int i = 0; i < b->n; i++) {
        put_number(out, b->points[i].x - (i == 0 ? 0 : b->points[i - 1].x), i == 0);
        put_number(out, b->points[i].y - (i == 0 ? 0 : b->points[i - 1].y), false);
    }
}

static bool next_number(struct str *s, int32_t *out)
{
    const char *p = s->p, *const end = s->p + s->n;
    int64_t v = 0;

    while (p < end && *p == ' ')
        p++;
    const bool is_minus = p < end && *p == '-';
    const char *const digits = p += is_minus;

    while (p < end && *p >= '0' && *p <= '9' && v < INT32_MAX)
        v = v * 10 + (*p++ - '0');
    if (p == digits || v > INT32_MAX)
        return false;
    *out = (int32_t)(is_minus ? -v : v);
    *s = (struct str){p, (size_t)(end - p)};
    return true;
}

bool topology_read_line(struct arena *mem, struct str text, struct border *out)
{
    struct grid_point at = {0, 0}, step;

    out->points = ARENA_ARRAY(mem, struct grid_point, text.n / 3 + 1);
    out->n = 0;
    while (text.n > 0) {
        if (!next_number(&text, &step.x) || !next_number(&text, &step.y))
            return false;
        at = (struct grid_point){at.x + step.x, at.y + step.y};
        out->points[out->n++] = at;
    }
    return true;
}
