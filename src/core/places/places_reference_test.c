/* places_reference_test.c - the committed tables and the imports beside the files they can be compared
 * with, which may not be copied here: without them the program skips itself and says so. */
#include "base/sheet.h"
#include "core/places/places_map.h"
#include "core/places/places_testing.h"
#include "unit.h"
#include <stdio.h>

extern const struct feature places_feature;

static bool read_shared(struct arena *mem, const char *name, struct sheet *out)
{
    struct territory_test t = {.mem = mem};
    const char *path = territory_test_shared(&t, name);
    struct str why = {"", 0};
    FILE *f = path == NULL ? NULL : fopen(path, "rb");

    if (f == NULL)
        return false;
    char *bytes = arena_alloc(mem, 4 << 20);
    const size_t n = fread(bytes, 1, 4 << 20, f);

    fclose(f);
    ck_assert_int_eq(sheet_read(mem, (struct str){bytes, n}, out, &why), ST_OK);
    return true;
}

START_TEST(test_reference__comuni_as_the_shared_table_has_them)
{
    struct arena *mem = arena_new(0);
    const struct sheet ours = sheet_of_table(mem, "territory/comuni.csv");
    struct sheet theirs;
    int64_t farthest = 0;

    ck_assert_int_eq(ours.n_rows, 1180);
    ck_assert(read_shared(mem, "comuni_piemonte.csv", &theirs));
    ck_assert_int_eq(theirs.n_rows, 1180);
    for (int i = 0; i < 1180; i++) { /* both by ISTAT code */
        double lat, lon, lat2, lon2;

        ck_assert(str_eq(sheet_cell(&ours, i, "istat"), sheet_cell(&theirs, i, "istat")));
        ck_assert(str_eq(sheet_cell(&ours, i, "belfiore"), sheet_cell(&theirs, i, "belfiore")));
        ck_assert(str_eq(sheet_cell(&ours, i, "prov"), sheet_cell(&theirs, i, "prov")));
        ck_assert(str_eq(sheet_cell(&ours, i, "name"), sheet_cell(&theirs, i, "name")));
        ck_assert(sheet_double(&ours, i, "lat", &lat) && sheet_double(&ours, i, "lon", &lon));
        ck_assert(sheet_double(&theirs, i, "lat", &lat2) && sheet_double(&theirs, i, "lon", &lon2));
        const int64_t d = places_distance_m(lat, lon, lat2, lon2);

        ck_assert_msg(d <= 5000, "%.*s is %lld m away", (int)sheet_cell(&ours, i, "name").n, sheet_cell(&ours, i, "name").p, (long long)d);
        farthest = d > farthest ? d : farthest;
    }
    printf("# 1180 comuni, codes equal, the farthest town %lld m away\n", (long long)farthest);
    arena_free(mem);
}
END_TEST

START_TEST(test_reference__memberships_as_the_shared_table_has_them)
{
    struct arena *mem = arena_new(0);
    const struct sheet ours = sheet_of_table(mem, "territory/memberships.csv");
    struct sheet theirs;
    int n_bodies = 0;

    ck_assert(read_shared(mem, "comune_managing_body.csv", &theirs));
    for (int i = 0; i < theirs.n_rows; i++) {
        const struct str istat = sheet_cell(&theirs, i, "istat"), body = sheet_cell(&theirs, i, "body_id");
        bool is_there = false;

        for (int k = 0; body.n > 0 && k < ours.n_rows; k++)
            is_there |= str_eq(sheet_cell(&ours, k, "area"), istat) && str_eq(sheet_cell(&ours, k, "in"), body) &&
                        sheet_cell(&ours, k, "source").n > 0;
        ck_assert_msg(is_there == (body.n > 0), "%.*s", (int)istat.n, istat.p);
        n_bodies += is_there;
    }
    ck_assert_int_eq(n_bodies, 329);
    arena_free(mem);
}
END_TEST

/* ---- boundaries ---- */

static enum status region(struct ctx *c, void *arg)
{
    struct places_map m, districts;
    size_t bytes = 0;
    int64_t *n_borders = arg, n_pairs = 0;

    ck_assert_int_eq(places_map_comuni(c, MAP_COARSE, &m), ST_OK);
    ck_assert_int_eq(m.n_shapes, 1180);
    ck_assert(!m.is_schematic);
    for (int i = 0; i < m.n_shapes; i++) {
        struct area *near;
        int n;

        bytes += m.shapes[i].path.n;
        ck_assert_int_eq(places_borders(c, m.shapes[i].area.area_id, &near, &n), ST_OK);
        ck_assert_msg(n > 0, "%.*s borders on nobody", (int)m.shapes[i].area.name.n, m.shapes[i].area.name.p);
        n_pairs += n;
    }
    ck_assert_uint_le(bytes, 46 * 1024);
    ck_assert_int_eq(places_map_kind(c, AREA_PROVINCE, c->today, MAP_COARSE, &districts), ST_OK);
    ck_assert_int_eq(districts.n_shapes, 8);
    *n_borders = n_pairs / 2;
    printf("# real boundaries: %zu bytes, %lld pairs of neighbours\n", bytes, (long long)*n_borders);
    return ST_OK;
}

static void import_real(const char *name)
{
    struct territory_test t;
    int64_t n_borders;

    territory_test_open(&t, true);
    const char *file = territory_test_shared(&t, name);

    ck_assert_ptr_nonnull(file);
    const struct import_test i = territory_test_import(&t, &places_feature, "boundaries", file, false);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_added, 1180);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", region, &n_borders), ST_OK);
    ck_assert_int_ge(n_borders, 3370); /* 3,426 in the full-resolution boundaries */
    ck_assert_int_le(n_borders, 3460);
    territory_test_close(&t);
}

START_TEST(test_reference__all_of_piemonte_as_geojson)
{
    import_real("geo/comuni_piemonte.geojson");
}
END_TEST

START_TEST(test_reference__all_of_piemonte_as_topojson)
{
    import_real("geo/piemonte.topo.json");
}
END_TEST

START_TEST(test_reference__files_without_comuni_are_refused)
{
    static const char *const names[] = {"geo/italia_province.topo.json", "geo/italia_regioni.topo.json", "geo/province_piemonte.geojson", "geo/regione_piemonte.geojson"};
    struct territory_test t;

    territory_test_open(&t, true);
    for (int k = 0; k < 4; k++) {
        const char *file = territory_test_shared(&t, names[k]);

        ck_assert_ptr_nonnull(file);
        ck_assert_int_eq(territory_test_import(&t, &places_feature, "boundaries", file, false).st, ST_INVALID);
    }
    territory_test_close(&t);
}
END_TEST

int main(void)
{
    static const TTest *const *const tests[] = {
        &test_reference__comuni_as_the_shared_table_has_them, &test_reference__memberships_as_the_shared_table_has_them,
        &test_reference__all_of_piemonte_as_geojson, &test_reference__all_of_piemonte_as_topojson,
        &test_reference__files_without_comuni_are_refused,
    };
    struct territory_test t = {.mem = arena_new(0)};
    const TTest *list[5];

    const bool is_there = territory_test_shared(&t, "comuni_piemonte.csv") != NULL;

    arena_free(t.mem);
    if (!is_there) {
        printf("ok 1 - places_reference # SKIP shared/data is not beside the clone\n1..1\n");
        return EXIT_SUCCESS;
    }
    for (int i = 0; i < 5; i++)
        list[i] = *tests[i];
    return unit_run("places_reference", list, 5);
}
