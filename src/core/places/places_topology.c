/* places_topology.c - rings to borders. Everything is found by sorting: no hash, no luck. */
#include "core/places/places_topology.h"
#include <stdlib.h>
#include <string.h>

struct side {
    int a, b; /* vertices, a < b */
    int64_t owner;
};

struct edge {
    int a, b;
    int64_t left, right;
    bool is_used;
};

struct graph {
    struct grid_point *vertices;
    int n_vertices;
    struct edge *edges;
    int n_edges;
    int *first; /* per vertex: where its edges begin in around[]; n_vertices + 1 */
    int *around;
};

static int by_point(const void *a, const void *b)
{
    const struct grid_point *p = a, *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static int by_side(const void *a, const void *b)
{
    const struct side *s = a, *t = b;

    if (s->a != t->a)
        return s->a < t->a ? -1 : 1;
    if (s->b != t->b)
        return s->b < t->b ? -1 : 1;
    return (s->owner > t->owner) - (s->owner < t->owner);
}

static int n_points_of(const struct ring *rings, int n_rings)
{
    int n = 0;

    for (int i = 0; i < n_rings; i++)
        n += rings[i].n;
    return n;
}

static void find_vertices(struct arena *mem, const struct ring *rings, int n_rings, struct graph *g)
{
    int n = 0;

    g->vertices = ARENA_ARRAY(mem, struct grid_point, (size_t)n_points_of(rings, n_rings));
    for (int i = 0; i < n_rings; i++) {
        if (rings[i].n > 0)
            memcpy(g->vertices + n, rings[i].points, (size_t)rings[i].n * sizeof *g->vertices);
        n += rings[i].n;
    }
    qsort(g->vertices, (size_t)n, sizeof *g->vertices, by_point);
    for (int i = 0; i < n; i++)
        if (g->n_vertices == 0 || by_point(&g->vertices[g->n_vertices - 1], &g->vertices[i]) != 0)
            g->vertices[g->n_vertices++] = g->vertices[i];
}

static int vertex_at(const struct graph *g, const struct grid_point *p)
{
    const struct grid_point *v =
        bsearch(p, g->vertices, (size_t)g->n_vertices, sizeof *g->vertices, by_point);

    return (int)(v - g->vertices);
}

static struct side *find_sides(struct arena *mem, const struct ring *rings, int n_rings,
                               const struct graph *g, int *out_n)
{
    struct side *sides = ARENA_ARRAY(mem, struct side, (size_t)n_points_of(rings, n_rings));

    *out_n = 0;
    for (int i = 0; i < n_rings; i++) {
        int from = rings[i].n > 0 ? vertex_at(g, &rings[i].points[rings[i].n - 1]) : 0;

        for (int k = 0; k < rings[i].n; k++) {
            const int to = vertex_at(g, &rings[i].points[k]);

            if (to != from)
                sides[(*out_n)++] = (struct side){from < to ? from : to, from < to ? to : from,
                                                  rings[i].owner};
            from = to;
        }
    }
    qsort(sides, (size_t)*out_n, sizeof *sides, by_side);
    return sides;
}

/* Sides between the same two points: an owner that comes twice is on both sides of it. */
static void find_edges(struct arena *mem, const struct side *s, int n, struct graph *g,
                       int *out_n_overlaps)
{
    g->edges = ARENA_ARRAY(mem, struct edge, (size_t)n);
    for (int i = 0, next; i < n; i = next) {
        struct edge e = {.a = s[i].a, .b = s[i].b};
        int n_owners = 0, same;

        for (next = i; next < n && s[next].a == e.a && s[next].b == e.b; next += same) {
            for (same = 1; next + same < n && s[next + same].a == e.a &&
                           s[next + same].b == e.b && s[next + same].owner == s[next].owner;)
                same++;
            if (same % 2 == 0)
                continue;
            if (n_owners == 0)
                e.left = s[next].owner;
            else if (n_owners == 1)
                e.right = s[next].owner;
            n_owners++;
        }
        *out_n_overlaps += n_owners > 2;
        if (n_owners > 0)
            g->edges[g->n_edges++] = e;
    }
}

static void find_around(struct arena *mem, struct graph *g)
{
    int *at;

    g->first = ARENA_ARRAY(mem, int, (size_t)g->n_vertices + 1);
    g->around = ARENA_ARRAY(mem, int, (size_t)g->n_edges * 2);
    at = ARENA_ARRAY(mem, int, (size_t)g->n_vertices);
    for (int i = 0; i < g->n_edges; i++) {
        g->first[g->edges[i].a + 1]++;
        g->first[g->edges[i].b + 1]++;
    }
    for (int v = 0; v < g->n_vertices; v++) {
        g->first[v + 1] += g->first[v];
        at[v] = g->first[v];
    }
    for (int i = 0; i < g->n_edges; i++) {
        g->around[at[g->edges[i].a]++] = i;
        g->around[at[g->edges[i].b]++] = i;
    }
}

/* The one edge that goes on from v after edge e with the same owners; -1 at a junction. */
static int next_edge(const struct graph *g, int v, int e)
{
    if (g->first[v + 1] - g->first[v] != 2)
        return -1;
    const int other = g->around[g->first[v]] == e ? g->around[g->first[v] + 1]
                                                  : g->around[g->first[v]];
    const bool is_same =
        g->edges[other].left == g->edges[e].left && g->edges[other].right == g->edges[e].right;

    return is_same && !g->edges[other].is_used ? other : -1;
}

static struct border walk(struct arena *mem, struct graph *g, int from, int e)
{
    struct border b = {.left = g->edges[e].left, .right = g->edges[e].right};
    int room = 8, v = from;

    b.points = ARENA_ARRAY(mem, struct grid_point, (size_t)room);
    b.points[b.n++] = g->vertices[v];
    for (; e >= 0; e = next_edge(g, v, e)) {
        g->edges[e].is_used = true;
        v = g->edges[e].a == v ? g->edges[e].b : g->edges[e].a;
        if (b.n == room) {
            b.points = arena_grow(mem, b.points, (size_t)room * sizeof *b.points,
                                  (size_t)room * 2 * sizeof *b.points);
            room *= 2;
        }
        b.points[b.n++] = g->vertices[v];
    }
    return b;
}

static bool is_junction(const struct graph *g, int v)
{
    const int *e = g->around + g->first[v];
    const int degree = g->first[v + 1] - g->first[v];

    return degree != 2 || g->edges[e[0]].left != g->edges[e[1]].left ||
           g->edges[e[0]].right != g->edges[e[1]].right;
}

struct border *topology_borders(struct arena *mem, const struct ring *rings, int n_rings,
                                int *out_n, int *out_n_overlaps)
{
    struct graph g = {0};
    int n_sides;

    *out_n = *out_n_overlaps = 0;
    find_vertices(mem, rings, n_rings, &g);
    const struct side *sides = find_sides(mem, rings, n_rings, &g, &n_sides);

    find_edges(mem, sides, n_sides, &g, out_n_overlaps);
    find_around(mem, &g);
    struct border *out = ARENA_ARRAY(mem, struct border, (size_t)g.n_edges);

    for (int v = 0; v < g.n_vertices; v++) /* lines between junctions */
        for (int k = g.first[v]; is_junction(&g, v) && k < g.first[v + 1]; k++)
            if (!g.edges[g.around[k]].is_used)
                out[(*out_n)++] = walk(mem, &g, v, g.around[k]);
    for (int e = 0; e < g.n_edges; e++) /* rings without a junction */
        if (!g.edges[e].is_used)
            out[(*out_n)++] = walk(mem, &g, g.edges[e].a, e);
    return out;
}
