/* places_topology_test.c - rings to borders, borders to paths, towns to cells. Pure. */
#include "core/places/places_cells.h"
#include "core/places/places_topology.h"
#include "unit.h"
#include <math.h>
#include <string.h>
#include <time.h>

#define RING(id, ...)                                                                              \
    {.owner = (id),                                                                                \
     .points = (struct grid_point[]){__VA_ARGS__},                                                 \
     .n = (int)(sizeof((struct grid_point[]){__VA_ARGS__}) / sizeof(struct grid_point))}

static struct border *borders(struct arena *mem, const struct ring *rings, int n, int *out_n)
{
    int n_overlaps;
    struct border *out = topology_borders(mem, rings, n, out_n, &n_overlaps);

    ck_assert_int_eq(n_overlaps, 0);
    return out;
}

/* Twice the area a path covers, by its own numbers: what even-odd filling shows of simple rings. */
static int64_t covered(struct str path)
{
    int64_t total = 0, x0 = 0, y0 = 0, x = 0, y = 0, ring = 0;
    const char *p = path.p, *const end = p + path.n;

    while (p < end) {
        if (*p == 'M' || *p == 'l' || *p == 'z') {
            const bool is_move = *p == 'M';

            if (*p == 'z') {
                ring += x * y0 - x0 * y;
                total += llabs(ring);
                ring = 0;
            }
            p++;
            if (is_move) {
                char *next;

                x0 = x = strtol(p, &next, 10);
                y0 = y = strtol(next, &next, 10);
                p = next;
            }
            continue;
        }
        char *next;
        const int64_t nx = x + strtol(p, &next, 10), ny = y + strtol(next, &next, 10);

        ring += x * ny - nx * y;
        x = nx;
        y = ny;
        p = next;
    }
    return total;
}

static struct str path_of(struct arena *mem, const struct border *all, int n, int64_t owner,
                          int64_t also)
{
    const struct border **lines = ARENA_ARRAY(mem, const struct border *, (size_t)n);
    struct buf b = buf_new(mem, 64);
    struct path_box box;
    int n_lines = 0;

    for (int i = 0; i < n; i++) {
        const bool l = all[i].left == owner || (also != 0 && all[i].left == also);
        const bool r = all[i].right == owner || (also != 0 && all[i].right == also);

        if (l != r)
            lines[n_lines++] = &all[i];
    }
    topology_path(&b, lines, n_lines, &box);
    return buf_view(&b);
}

START_TEST(test_topology__neighbours_share_one_line)
{
    struct arena *mem = arena_new(0);
    /* two squares; the second turns the other way, and its first point comes again at the end */
    const struct ring rings[] = {RING(1, {0, 0}, {10, 0}, {10, 10}, {0, 10}),
                                 RING(2, {10, 0}, {10, 10}, {20, 10}, {20, 0}, {10, 0})};
    int n, n_shared = 0;
    const struct border *b = borders(mem, rings, 2, &n);

    ck_assert_int_eq(n, 3);
    for (int i = 0; i < n; i++)
        n_shared += b[i].right != 0;
    ck_assert_int_eq(n_shared, 1);
    ck_assert_int_eq(covered(path_of(mem, b, n, 1, 0)), 200);
    ck_assert_int_eq(covered(path_of(mem, b, n, 2, 0)), 200);
    ck_assert_int_eq(covered(path_of(mem, b, n, 1, 2)), 400); /* drawn as one */
    ck_assert(str_eq_z(path_of(mem, b, n, 1, 2), "M10 0l-10 0 0 10 20 0 0-10z"));
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__a_hole_and_what_fills_it)
{
    struct arena *mem = arena_new(0);
    const struct ring rings[] = {RING(1, {0, 0}, {30, 0}, {30, 30}, {0, 30}),
                                 RING(1, {10, 10}, {20, 10}, {20, 20}, {10, 20}),
                                 RING(2, {10, 10}, {10, 20}, {20, 20}, {20, 10})};
    int n;
    const struct border *b = borders(mem, rings, 3, &n);

    ck_assert_int_eq(n, 2);
    ck_assert_int_eq(covered(path_of(mem, b, n, 2, 0)), 200);
    ck_assert_int_eq(covered(path_of(mem, b, n, 1, 2)), 1800); /* the hole is gone */
    const struct str hole = path_of(mem, b, n, 1, 0);

    ck_assert_int_eq(covered(hole), 2000); /* two rings: even-odd leaves the inner one out */
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__spikes_and_doubled_sides_vanish)
{
    struct arena *mem = arena_new(0);
    const struct ring rings[] = {
        RING(1, {0, 0}, {5, 0}, {5, -9}, {5, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 10}),
        RING(2, {0, 10}, {10, 10}, {5, 20}), RING(2, {10, 10}, {20, 10}, {5, 20})};
    int n;
    const struct border *b = borders(mem, rings, 3, &n);

    ck_assert_int_eq(covered(path_of(mem, b, n, 1, 0)), 200);
    ck_assert_int_eq(covered(path_of(mem, b, n, 2, 0)), 200); /* two pieces of one comune are one */
    for (int i = 0; i < n; i++)
        for (int k = 0; k < b[i].n; k++)
            ck_assert_int_ge(b[i].points[k].y, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__three_owners_of_a_side_are_told)
{
    struct arena *mem = arena_new(0);
    const struct ring rings[] = {RING(1, {0, 0}, {10, 0}, {0, 10}), RING(2, {0, 0}, {10, 0}, {0, -10}),
                                 RING(3, {0, 0}, {10, 0}, {10, 10})};
    int n, n_overlaps;

    topology_borders(mem, rings, 3, &n, &n_overlaps);
    ck_assert_int_eq(n_overlaps, 1);
    topology_borders(mem, rings, 0, &n, &n_overlaps);
    ck_assert_int_eq(n, 0);
    const struct ring empty[] = {{.owner = 1, .points = NULL, .n = 0}, RING(2, {3, 3}), RING(3, {1, 1}, {2, 2})};

    topology_borders(mem, empty, 3, &n, &n_overlaps);
    ck_assert_int_eq(n, 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__simplifying_keeps_ends_and_what_stands_out)
{
    struct arena *mem = arena_new(0);
    struct grid_point points[] = {{0, 0}, {10, 1}, {20, -1}, {30, 40}, {40, 0}, {50, 1}, {60, 0}};
    const struct border line = {1, 2, points, 7};
    struct border s = topology_simplify(mem, &line, 5);

    ck_assert_int_eq(s.n, 5);
    ck_assert_int_eq(s.points[2].y, 40);
    s = topology_simplify(mem, &line, 1000);
    ck_assert_int_eq(s.n, 2);
    ck_assert(s.points[0].x == 0 && s.points[1].x == 60);
    struct grid_point ring[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    const struct border closed = {1, 0, ring, 5};

    s = topology_simplify(mem, &closed, 1000); /* an island never shrinks to a line */
    ck_assert_int_ge(s.n, 4);
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__a_line_of_a_million_points_is_no_trouble)
{
    struct arena *mem = arena_new(0);
    const int n = 1000000;
    struct grid_point *points = ARENA_ARRAY(mem, struct grid_point, (size_t)n);

    /* a parabola that turns: the farthest point is always the next one, so that halving never helps */
    for (int i = 0; i < n; i++)
        points[i] = (struct grid_point){(i % 2 == 0 ? 1 : -1) * (n - i) * 8, i};
    const struct border line = {1, 0, points, n};
    const clock_t begin = clock(); /* of the processor: a busy machine tells the same */
    const struct border s = topology_simplify(mem, &line, 4);

    ck_assert_int_gt(s.n, 2);
    ck_assert_int_lt((clock() - begin) / CLOCKS_PER_SEC, 20);
    arena_free(mem);
}
END_TEST

START_TEST(test_topology__lines_come_back_from_a_table)
{
    struct arena *mem = arena_new(0);
    struct grid_point points[] = {{-5, 7}, {0, 0}, {123456, -9}, {123456, 8}};
    const struct border line = {1, 0, points, 4};
    struct buf b = buf_new(mem, 8);
    struct border back;

    topology_write_line(&b, &line);
    ck_assert(topology_read_line(mem, buf_view(&b), &back));
    ck_assert_int_eq(back.n, 4);
    ck_assert_int_eq(memcmp(back.points, points, sizeof points), 0);
    static const char *const bad[] = {"1", "1 2 3", "x", "1 2 99999999999 1", "1,2", "- 1", "1 2 "};

    for (int i = 0; i < (int)(sizeof bad / sizeof *bad); i++)
        ck_assert_msg(!topology_read_line(mem, str_of(bad[i]), &back), "%s", bad[i]);
    arena_free(mem);
}
END_TEST

/* ---- cells ---- */

static bool is_inside(const struct ring *r, double x, double y)
{
    bool in = false;

    for (int i = 0, k = r->n - 1; i < r->n; k = i++) {
        const struct grid_point a = r->points[i], b = r->points[k];

        if ((a.y > y) != (b.y > y) && x < (double)(b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
}

START_TEST(test_cells__each_point_is_in_the_cell_of_its_nearest_town)
{
    struct arena *mem = arena_new(0);
    struct town towns[120];
    unsigned v = 7;
    int n, n_checked = 0;

    for (int i = 0; i < 120; i++) {
        v = v * 1664525u + 1013904223u;
        towns[i] = (struct town){i % 10 == 9 ? 0 : i + 1, (v >> 8) % 3000, (v >> 20) % 3000};
    }
    const struct ring *cells = cells_of_towns(mem, towns, 120, 300, &n);

    ck_assert_int_eq(n, 108);
    for (int k = 0; k < 4000; k++) {
        v = v * 1664525u + 1013904223u;
        const double x = (v >> 8) % 3000, y = (v >> 20) % 3000;
        double best = 1e18, second = 1e18;
        int64_t owner = 0;

        for (int i = 0; i < 120; i++) {
            const double d = hypot(towns[i].x - x, towns[i].y - y);

            if (d < best) {
                second = best;
                best = d;
                owner = towns[i].owner;
            } else if (d < second) {
                second = d;
            }
        }
        if (second - best < 4 || fabs(best - 300) < 4) /* on a border: rounding may go either way */
            continue;
        n_checked++;
        for (int i = 0; i < n; i++)
            ck_assert_msg(is_inside(&cells[i], x, y) == (cells[i].owner == owner && best < 300),
                          "at %g %g the nearest is %d, %g away; cell of %d", x, y, (int)owner, best,
                          (int)cells[i].owner);
    }
    ck_assert_int_gt(n_checked, 2500);
    arena_free(mem);
}
END_TEST

START_TEST(test_cells__neighbours_leave_no_gap)
{
    struct arena *mem = arena_new(0);
    struct town towns[400];
    unsigned v = 11;
    int n, n_borders, n_overlaps, n_shared = 0;

    for (int i = 0; i < 400; i++) {
        v = v * 1664525u + 1013904223u;
        towns[i] = (struct town){i + 1, (v >> 8) % 4000, (v >> 20) % 4000};
    }
    const struct ring *cells = cells_of_towns(mem, towns, 400, 280, &n);
    const struct border *b = topology_borders(mem, cells, n, &n_borders, &n_overlaps);

    ck_assert_int_eq(n_overlaps, 0);
    for (int i = 0; i < n_borders; i++) {
        const struct town *l = &towns[b[i].left - 1];

        n_shared += b[i].right != 0;
        if (b[i].right != 0)
            continue;
        for (int k = 0; k < b[i].n; k++) /* an outer side lies on the disc: else it is a gap */
            ck_assert_msg(fabs(hypot(b[i].points[k].x - l->x, b[i].points[k].y - l->y) - 280) < 2,
                          "a gap beside town %d", (int)b[i].left);
    }
    ck_assert_int_gt(n_shared, 900);
    arena_free(mem);
}
END_TEST

START_TEST(test_cells__two_towns_at_one_place_and_none)
{
    struct arena *mem = arena_new(0);
    const struct town towns[] = {{1, 5, 5}, {2, 5, 5}, {3, 90, 5}};
    int n;
    const struct ring *cells = cells_of_towns(mem, towns, 3, 40, &n);

    ck_assert_int_eq(n, 2);
    ck_assert_int_eq(cells[0].owner, 1);
    ck_assert_int_ge(cells[0].n, 20); /* a whole disc: nobody is near */
    cells_of_towns(mem, towns, 0, 40, &n);
    ck_assert_int_eq(n, 0);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("places_topology", test_topology__neighbours_share_one_line, test_topology__a_hole_and_what_fills_it,
          test_topology__spikes_and_doubled_sides_vanish, test_topology__three_owners_of_a_side_are_told,
          test_topology__simplifying_keeps_ends_and_what_stands_out, test_topology__a_line_of_a_million_points_is_no_trouble,
          test_topology__lines_come_back_from_a_table, test_cells__each_point_is_in_the_cell_of_its_nearest_town,
          test_cells__neighbours_leave_no_gap, test_cells__two_towns_at_one_place_and_none)
