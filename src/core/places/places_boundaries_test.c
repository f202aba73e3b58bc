/* places_boundaries_test.c - boundaries and postal codes by import: all or nothing, each refusal with
 * its feature or row. */
#include "core/places/places_map.h"
#include "core/places/places_testing.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

extern const struct feature places_feature;
extern enum status places_write_comune(struct ctx *c, int64_t area_id, struct str istat, struct str belfiore, struct str prov);

/* Four comuni in a square of 0.2 degrees, to be covered by small made files. */
static const struct {
    const char *istat, *belfiore, *name;
    double lat, lon;
} four[] = {{"001001", "A001", "Nordovest", 45.15, 7.05}, {"001002", "A002", "Nordest", 45.15, 7.15},
            {"001003", "A003", "Sudovest", 45.05, 7.05},  {"001004", "A004", "Sudest", 45.05, 7.15}};

static enum status put_four(struct ctx *c, void *arg)
{
    const struct area_put province = {.kind = AREA_PROVINCE, .code = STR("TO"), .name = STR("Torino"), .from = DAY_NONE, .to = DAY_NONE};
    enum put_change change;
    int64_t prov, id;

    (void)arg;
    ck_assert_int_eq(places_put_area(c, &province, &prov, &change), ST_OK);
    for (int i = 0; i < 4; i++) {
        const struct area_put a = {.kind = AREA_COMUNE, .code = str_of(four[i].istat), .name = str_of(four[i].name), .parent_id = prov,
                                   .from = DAY_NONE, .to = DAY_NONE, .has_point = true, .lat = four[i].lat, .lon = four[i].lon};

        ck_assert_int_eq(places_put_area(c, &a, &id, &change), ST_OK);
        ck_assert_int_eq(places_write_comune(c, id, a.code, str_of(four[i].belfiore), STR("TO")), ST_OK);
    }
    return ST_OK;
}

static void open_four(struct territory_test *t)
{
    territory_test_open(t, false);
    ck_assert_int_eq(territory_test_run(t, "2026-11-21", put_four, NULL), ST_OK);
}

static struct str square(struct arena *mem, const char *property, double lon, double lat)
{
    return str_fmt(mem,
                   "{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                   "[[[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f]]]}}",
                   property, lon, lat, lon + .1, lat, lon + .1, lat + .1, lon, lat + .1, lon, lat);
}

/* The four squares; the fourth feature is replaced when given. */
static struct str collection(struct arena *mem, const char *fourth)
{
    const struct str last = fourth != NULL ? str_of(fourth) : square(mem, "\"com_istat_code_num\":1004", 7.1, 45.0);

    return str_fmt(mem, "{\"type\":\"FeatureCollection\",\"features\":[%s,%s,%s,%s]}", square(mem, "\"PRO_COM_T\":\"001001\"", 7.0, 45.1).p,
                   square(mem, "\"PRO_COM\":1002.0", 7.1, 45.1).p, square(mem, "\"istat\":\"001003\"", 7.0, 45.0).p, str_z(mem, last));
}

static struct import_test import(struct territory_test *t, struct str bytes, bool is_dry)
{
    return territory_test_import(t, &places_feature, "boundaries", territory_test_file(t, "x.geojson", bytes), is_dry);
}

static enum status look(struct ctx *c, void *arg)
{
    struct places_map *m = arg;
    struct area *borders;
    int n;

    ck_assert_int_eq(places_map_comuni(c, MAP_FINE, m), ST_OK);
    for (int i = 0; i < m->n_shapes; i++) {
        ck_assert_int_eq(places_borders(c, m->shapes[i].area.area_id, &borders, &n), ST_OK);
        ck_assert_int_eq(n, m->is_schematic ? 0 : 2); /* the corner alone is no border */
    }
    return ST_OK;
}

START_TEST(test_boundaries__four_squares_by_four_spellings_of_the_code)
{
    struct territory_test t;
    struct places_map m = {0};

    open_four(&t);
    struct import_test i = import(&t, collection(t.mem, NULL), true);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_added, 4);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", look, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 0); /* a dry run changes nothing */
    i = import(&t, collection(t.mem, NULL), false);
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", look, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 4);
    ck_assert(!m.is_schematic && m.source.n > 0);
    i = import(&t, collection(t.mem, NULL), false);
    ck_assert_int_eq(i.run.n_same, 4);
    territory_test_close(&t);
}
END_TEST

struct refusal {
    const char *name, *key;
    int64_t row;
    const char *bytes; /* of the whole file; NULL: the four squares with this fourth feature */
    const char *fourth;
};

static const struct refusal refusals[] = {
    {"nothing", "places.geo-empty", 0, "", NULL},
    {"no json", "places.geo-not-json", -1, "istat,name\n001001,x\n", NULL},
    {"a shapefile", "places.geo-not-json", -1, "\x00\x00\x27\x0a", NULL},
    {"another type", "places.geo-type", 0, "{\"type\":\"Feature\"}", NULL},
    {"no features", "places.geo-empty", 0, "{\"type\":\"FeatureCollection\",\"features\":[]}", NULL},
    {"features twice", "places.geo-name-twice", -1, "{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", NULL},
    {"UTM declared", "places.geo-crs", 0,
     "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32632\"}},\"features\":[]}", NULL},
    {"UTM undeclared", "places.geo-not-degrees", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[395000,5000000],[396000,5000000],[396000,5001000],[395000,5000000]]]}}"},
    {"a billion", "places.geo-not-degrees", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[7.1,45],[1e9,45],[7.2,45.1],[7.1,45]]]}}"},
    {"axes swapped", "places.geo-far", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[45.0,7.1],[45.0,7.2],[45.1,7.2],[45.0,7.1]]]}}"},
    {"a code twice", "places.geo-code-twice", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001003\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[7.1,45],[7.2,45],[7.2,45.1],[7.1,45]]]}}"},
    {"a code of nobody", "places.geo-unknown-code", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001999\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[7.1,45],[7.2,45],[7.2,45.1],[7.1,45]]]}}"},
    {"no code", "places.geo-no-code", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"COMUNE\":\"Sudest\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[7.1,45],[7.2,45],[7.2,45.1],[7.1,45]]]}}"},
    {"a name twice", "places.geo-name-twice", 4, NULL, "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\",\"istat\":\"001003\"},\"geometry\":null}"},
    {"a point", "places.geo-no-polygon", 4, NULL, "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[7,45]}}"},
    {"no geometry", "places.geo-no-polygon", 4, NULL, "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":null}"},
    {"a ring of two", "places.geo-ring", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[7.1,45],[7.2,45]]]}}"},
    {"words for numbers", "places.geo-ring", 4, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"001004\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[\"7.1\",45],[7.2,45],[7.2,45.1],[7.1,45]]]}}"},
    {"one left out", "places.geo-missing", 0, NULL,
     "{\"type\":\"Feature\",\"properties\":{\"istat\":\"058091\",\"name\":\"Roma\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[12,41],[13,41],[13,42],[12,41]]]}}"},
    {"an arc that is not there", "places.geo-arc-missing", 1,
     "{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"GeometryCollection\",\"geometries\":"
     "[{\"type\":\"Polygon\",\"properties\":{\"istat\":\"001001\"},\"arcs\":[[-99]]}]}},\"arcs\":[[[7,45],[8,45]]]}", NULL},
    {"an arc of one point", "places.geo-arc", 1, "{\"type\":\"Topology\",\"arcs\":[[[7,45]]],\"objects\":{}}", NULL},
    {"a transform of words", "places.geo-transform", 0, "{\"type\":\"Topology\",\"transform\":{\"scale\":\"x\"},\"arcs\":[],\"objects\":{}}", NULL},
    {"no layer", "places.geo-no-layer", 0, "{\"type\":\"Topology\",\"arcs\":[],\"objects\":{}}", NULL},
};

START_TEST(test_boundaries__each_refusal_names_its_feature_and_changes_nothing)
{
    struct territory_test t;
    struct places_map m;

    open_four(&t);
    ck_assert_int_eq(import(&t, collection(t.mem, NULL), false).st, ST_OK);
    for (int k = 0; k < (int)(sizeof refusals / sizeof *refusals); k++) {
        const struct refusal *r = &refusals[k];
        const struct str bytes = r->fourth != NULL ? collection(t.mem, r->fourth)
                                 : k == 2          ? (struct str){r->bytes, 4}
                                                   : str_of(r->bytes);
        const struct import_test i = import(&t, bytes, false);

        ck_assert_msg(i.st == ST_INVALID, "%s: status %d", r->name, (int)i.st);
        ck_assert_msg(import_test_has(&i, r->key, r->row), "%s: %s row %lld", r->name, i.problems.n > 0 ? i.problems.list[0].key : "nothing said",
                      i.problems.n > 0 ? (long long)i.problems.list[0].row : -1LL);
        for (int p = 0; p < i.problems.n; p++)
            ck_assert_msg(text_has(LANG_IT, i.problems.list[p].key), "no words for %s", i.problems.list[p].key);
        ck_assert_int_eq(territory_test_run(&t, "2026-11-21", look, &m), ST_OK);
        ck_assert_int_eq(m.n_shapes, 4);
        ck_assert(!m.is_schematic);
    }
    territory_test_close(&t);
}
END_TEST

START_TEST(test_boundaries__a_file_cut_anywhere_is_refused)
{
    struct territory_test t;

    open_four(&t);
    const struct str whole = collection(t.mem, NULL);

    for (size_t n = 0; n < whole.n; n += 13)
        ck_assert_msg(import(&t, str_head(whole, n), false).st == ST_INVALID, "%zu bytes", n);
    territory_test_close(&t);
}
END_TEST

START_TEST(test_boundaries__bytes_changed_at_random_never_break_it)
{
    struct territory_test t;
    unsigned v = 5;

    open_four(&t);
    const struct str whole = collection(t.mem, NULL);

    for (int k = 0; k < 300; k++) {
        char *p = (char *)str_copy(t.mem, whole).p;

        for (int i = 0; i < 3; i++) {
            v = v * 1664525u + 1013904223u;
            p[(v >> 8) % whole.n] = (char)("{}[],:\"-.0159eE\x80"[v % 16]);
        }
        const struct import_test i = import(&t, (struct str){p, whole.n}, true);

        ck_assert(i.st == ST_OK || i.st == ST_INVALID);
        ck_assert(i.st == ST_OK || i.problems.n > 0); /* never refused without a reason */
    }
    territory_test_close(&t);
}
END_TEST

/* ---- postal codes ---- */

static struct import_test caps(struct territory_test *t, const char *text)
{
    return territory_test_import(t, &places_feature, "caps", territory_test_file(t, "caps.csv", str_of(text)), false);
}

static enum status find_cap(struct ctx *c, void *arg)
{
    struct comune_hit *hits;
    int *n = arg;
    bool has;

    ck_assert_int_eq(places_has_caps(c, &has), ST_OK);
    ck_assert_int_eq(places_find_comuni(c, STR("10015"), 9, &hits, n), ST_OK);
    ck_assert(*n == 0 || (has && hits[0].match == MATCH_CAP));
    return ST_OK;
}

START_TEST(test_caps__come_and_go_as_a_whole)
{
    struct territory_test t;
    int n = -1;

    open_four(&t);
    struct import_test i = caps(&t, "\xEF\xBB\xBFistat;cap\r\n001001;10015\r\n001002;10015\r\n001001;10016\r\n");

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_added, 3);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", find_cap, &n), ST_OK);
    ck_assert_int_eq(n, 2);
    i = caps(&t, "istat,cap\n001001,10015\n001009,10015\n001001,1015\n001001,10015\n001003,10015,x\n");
    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert_int_eq(i.run.n_refused, 4);
    ck_assert(import_test_has(&i, "places.cap-unknown-comune", 3) && import_test_has(&i, "places.cap-not-five-digits", 4));
    ck_assert(import_test_has(&i, "places.cap-twice", 5) && import_test_has(&i, "base.csv-too-many-cells", 6));
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", find_cap, &n), ST_OK);
    ck_assert_int_eq(n, 2); /* nothing half imported */
    i = caps(&t, "istat,cap\n001001,10015\n");
    ck_assert_int_eq(i.run.n_gone, 2);
    ck_assert_int_eq(i.run.n_same, 1);
    ck_assert_int_eq(caps(&t, "comune,cap\nx,10015\n").st, ST_INVALID);
    ck_assert_int_eq(caps(&t, "").st, ST_INVALID);
    territory_test_close(&t);
}
END_TEST

UNIT_MAIN("places_boundaries", test_boundaries__four_squares_by_four_spellings_of_the_code,
          test_boundaries__each_refusal_names_its_feature_and_changes_nothing, test_boundaries__a_file_cut_anywhere_is_refused,
          test_boundaries__bytes_changed_at_random_never_break_it, test_caps__come_and_go_as_a_whole)
