/* places_map_test.c - the territory drawn: weight, joins, districts by leaving out inner borders. */
#include "core/places/places_map.h"
#include "core/places/places_testing.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

#define WITH_TERRITORY(job)                                                                        \
    struct territory_test t;                                                                       \
                                                                                                   \
    territory_test_open(&t, true);                                                                 \
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", job, NULL), ST_OK);                      \
    territory_test_close(&t)

static void ck_path(struct str path)
{
    ck_assert(path.n > 0 && path.p[0] == 'M' && path.p[path.n - 1] == 'z');
    for (size_t i = 0; i < path.n; i++)
        ck_assert_msg(memchr("Mlz -0123456789", path.p[i], 15) != NULL, "%.*s", (int)path.n, path.p);
}

static void ck_inside_box(const struct places_map *m)
{
    for (int i = 0; i < m->n_shapes; i++) {
        const struct map_shape *s = &m->shapes[i];

        ck_path(s->path);
        ck_assert(s->x >= m->x && s->x + s->w <= m->x + m->w);
        ck_assert(s->y >= m->y && s->y + s->h <= m->y + m->h);
    }
}

static enum status region(struct ctx *c, void *arg)
{
    struct places_map m;
    size_t bytes = 0;

    (void)arg;
    ck_assert_int_eq(places_map_comuni(c, MAP_COARSE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 1180);
    ck_assert(m.is_schematic && m.source.n == 0);
    ck_inside_box(&m);
    for (int i = 0; i < m.n_shapes; i++) {
        const struct map_shape *s = &m.shapes[i];

        bytes += s->path.n;
        ck_assert(i == 0 || str_cmp(str_fold(c->mem, m.shapes[i - 1].area.name), str_fold(c->mem, s->area.name)) <= 0);
        ck_assert_msg(s->label_x >= s->x - 1 && s->label_x <= s->x + s->w + 1 && s->label_y >= s->y - 1 && s->label_y <= s->y + s->h + 1,
                      "the town of %.*s is outside of its cell", (int)s->area.name.n, s->area.name.p);
    }
    ck_assert_uint_le(bytes, 46 * 1024); /* UI.md section 8 */
    ck_assert_int_le(m.h, 610);
    ck_assert_int_ge(m.h, 540);
    printf("# region: 1180 paths, %zu bytes, %d x %d\n", bytes, m.w, m.h);
    return ST_OK;
}

START_TEST(test_map__the_region_weighs_less_than_46_kb)
{
    WITH_TERRITORY(region);
}
END_TEST

static int64_t id_of(struct ctx *c, enum area_kind kind, const char *code)
{
    struct area a;

    ck_assert_int_eq(places_area_by_code(c, kind, str_of(code), &a), ST_OK);
    return a.area_id;
}

static int n_rings(struct str path)
{
    int n = 0;

    for (size_t i = 0; i < path.n; i++)
        n += path.p[i] == 'M';
    return n;
}

static enum status provinces(struct ctx *c, void *arg)
{
    struct places_map m;

    (void)arg;
    ck_assert_int_eq(places_map_kind(c, AREA_PROVINCE, c->today, MAP_COARSE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 8);
    ck_inside_box(&m);
    ck_assert_int_eq(places_map_kind(c, AREA_REGION, c->today, MAP_COARSE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 1);
    /* the land in one piece, the hole north of Biella... and Briga Alta apart: few rings, no seams */
    ck_assert_int_le(n_rings(m.shapes[0].path), 8);
    ck_assert_uint_le(m.shapes[0].path.n, 4000);
    ck_assert_int_eq(places_map_kind(c, AREA_HEALTH_DISTRICT, c->today, MAP_COARSE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 0); /* no data: nothing is drawn */
    return ST_OK;
}

START_TEST(test_map__provinces_and_region_have_no_inner_seams)
{
    WITH_TERRITORY(provinces);
}
END_TEST

static void lies_in(struct ctx *c, int64_t area, int64_t in, int from)
{
    const struct membership_put m = {.area_id = area, .in_id = in, .from = from, .to = DAY_NONE, .evidence = STR("list"), .source = STR("a test")};
    enum put_change change;

    ck_assert_int_eq(places_put_membership(c, &m, &change), ST_OK);
}

static enum status districts(struct ctx *c, void *arg)
{
    struct places_map m, all;
    const int64_t ivrea = id_of(c, AREA_COMUNE, "001125"), district = id_of(c, AREA_DISTRICT, "24");
    const int64_t asti = id_of(c, AREA_COMUNE, "005005");

    (void)arg;
    lies_in(c, ivrea, district, DAY_NONE);
    lies_in(c, asti, district, day_parse(STR("2026-06-01")));
    ck_assert_int_eq(places_map_kind(c, AREA_DISTRICT, day_parse(STR("2026-05-31")), MAP_FINE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 1); /* others have no known comune yet */
    ck_assert_int_eq(n_rings(m.shapes[0].path), 1);
    ck_assert_int_eq(m.shapes[0].area.area_id, district);
    ck_assert_int_eq(places_map_around(c, ivrea, &all), ST_OK);
    for (int i = 0; i < all.n_shapes; i++)
        if (all.shapes[i].area.area_id == ivrea) {
            ck_assert_int_eq(all.shapes[i].w, m.shapes[0].w); /* one comune alone: the same outline */
            ck_assert_int_eq(all.shapes[i].h, m.shapes[0].h);
            ck_assert_int_eq(all.shapes[i].label_x, m.shapes[0].label_x);
        }
    ck_assert_int_ge(all.n_shapes, 4);
    ck_assert_int_eq(places_map_kind(c, AREA_DISTRICT, c->today, MAP_FINE, &m), ST_OK);
    ck_assert_int_eq(n_rings(m.shapes[0].path), 2); /* two places apart */
    ck_assert_int_eq(places_map_area(c, district, c->today, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 2);
    ck_assert_int_eq(places_map_area(c, 987654321, c->today, &m), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_map__a_district_is_drawn_around_its_comuni_of_the_day)
{
    WITH_TERRITORY(districts);
}
END_TEST

static enum status points(struct ctx *c, void *arg)
{
    struct places_map m;
    struct comune k;
    int x, y;

    (void)arg;
    ck_assert_int_eq(places_comune_by_istat(c, STR("001272"), &k), ST_OK);
    ck_assert_int_eq(places_map_around(c, k.area.area_id, &m), ST_OK);
    ck_assert_int_eq(places_map_point(c, MAP_FINE, k.area.lat, k.area.lon, &x, &y), ST_OK);
    for (int i = 0; i < m.n_shapes; i++)
        if (m.shapes[i].area.area_id == k.area.area_id)
            ck_assert(m.shapes[i].label_x == x && m.shapes[i].label_y == y);
    struct area *none;
    int n = -1;

    ck_assert_int_eq(places_borders(c, k.area.area_id, &none, &n), ST_OK);
    ck_assert_int_eq(n, 0); /* cells are invented: nobody borders on anybody */
    return ST_OK;
}

START_TEST(test_map__points_fall_where_towns_are)
{
    WITH_TERRITORY(points);
}
END_TEST

static enum status speed(struct ctx *c, void *arg)
{
    struct places_map m;
    const clock_t t0 = clock();

    (void)arg;
    ck_assert_int_eq(places_map_comuni(c, MAP_COARSE, &m), ST_OK);
    const clock_t t1 = clock();

    ck_assert_int_eq(places_map_kind(c, AREA_PROVINCE, c->today, MAP_COARSE, &m), ST_OK);
    const clock_t t2 = clock();

    ck_assert_int_eq(places_map_kind(c, AREA_DISTRICT, c->today, MAP_COARSE, &m), ST_OK);
    printf("# CPU: 1180 outlines %.1f ms, provinces %.1f ms, districts %.1f ms\n", (double)(t1 - t0) * 1e3 / CLOCKS_PER_SEC,
           (double)(t2 - t1) * 1e3 / CLOCKS_PER_SEC, (double)(clock() - t2) * 1e3 / CLOCKS_PER_SEC);
    ck_assert_int_lt(t1 - t0, CLOCKS_PER_SEC / 4); /* generous: the sanitizers too */
    return ST_OK;
}

START_TEST(test_map__is_read_quickly)
{
    WITH_TERRITORY(speed);
}
END_TEST

static enum status no_map(struct ctx *c, void *arg)
{
    struct places_map m;
    int x, y;

    (void)arg;
    ck_assert_int_eq(places_map_comuni(c, MAP_FINE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 0);
    ck_assert_int_eq(places_map_point(c, MAP_FINE, 45, 7, &x, &y), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_map__without_comuni_there_is_none)
{
    struct territory_test t;

    territory_test_open(&t, false);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", no_map, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

UNIT_MAIN("places_map", test_map__the_region_weighs_less_than_46_kb, test_map__provinces_and_region_have_no_inner_seams,
          test_map__a_district_is_drawn_around_its_comuni_of_the_day, test_map__points_fall_where_towns_are, test_map__is_read_quickly,
          test_map__without_comuni_there_is_none)
