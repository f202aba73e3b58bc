/* places_test.c - areas, memberships by day, what is near; on the engine of WECARE_TEST_STORE. */
#include "core/places/places_testing.h"
#include "unit.h"

extern const struct feature places_feature;

static int day(const char *iso)
{
    return day_parse(str_of(iso));
}

static int64_t put(struct ctx *c, enum area_kind kind, const char *code, const char *name)
{
    const struct area_put a = {.kind = kind,
                               .code = str_of(code),
                               .name = str_of(name),
                               .from = DAY_NONE,
                               .to = DAY_NONE};
    enum put_change change;
    int64_t id = 0;

    ck_assert_int_eq(places_put_area(c, &a, &id, &change), ST_OK);
    return id;
}

static enum put_change lies_in(struct ctx *c, int64_t area, int64_t in, const char *from,
                               const char *to, bool is_import)
{
    const struct membership_put m = {.area_id = area,
                                     .in_id = in,
                                     .from = from == NULL ? DAY_NONE : day(from),
                                     .to = to == NULL ? DAY_NONE : day(to),
                                     .as_of = STR("2018"),
                                     .evidence = is_import ? STR("import") : STR("list"),
                                     .source = STR("a test"),
                                     .is_import = is_import};
    enum put_change change = PUT_SAME;

    ck_assert_int_eq(places_put_membership(c, &m, &change), ST_OK);
    return change;
}

static int64_t id_of(struct ctx *c, enum area_kind kind, const char *code)
{
    struct area a;

    ck_assert_int_eq(places_area_by_code(c, kind, str_of(code), &a), ST_OK);
    return a.area_id;
}

static void ck_container(struct ctx *c, int64_t area, enum area_kind kind, const char *on,
                         const char *code)
{
    struct membership m;
    const enum status st = places_container(c, area, kind, day(on), &m);

    ck_assert_int_eq(st, code == NULL ? ST_NOT_FOUND : ST_OK);
    if (code != NULL)
        ck_assert_msg(str_eq_z(m.in.code, code), "on %s it lies in %.*s, not in %s", on,
                      (int)m.in.code.n, m.in.code.p, code);
}

#define WITH_TERRITORY(has_reference, job)                                                         \
    struct territory_test t;                                                                       \
                                                                                                   \
    territory_test_open(&t, has_reference);                                                        \
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", job, NULL), ST_OK);                      \
    territory_test_close(&t)

/* ---- the reference ---- */

static enum status counts(struct ctx *c, void *arg)
{
    struct comune *list, torino;
    struct area *areas;
    int n;

    (void)arg;
    ck_assert_int_eq(places_comuni(c, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1180);
    for (int i = 0; i < n; i++) {
        ck_assert(list[i].area.has_point && list[i].belfiore.n == 4 && list[i].prov.n == 2);
        ck_assert(i == 0 || !str_eq(list[i].area.slug, list[i - 1].area.slug));
    }
    ck_assert_int_eq(places_areas(c, AREA_DISTRICT, c->today, &areas, &n), ST_OK);
    ck_assert_int_eq(n, 30);
    ck_assert(str_eq_z(areas[8].code, "9") && str_eq_z(areas[9].code, "10")); /* as numbers */
    ck_assert_int_eq(places_areas(c, AREA_PROVINCE, c->today, &areas, &n), ST_OK);
    ck_assert_int_eq(n, 8);
    ck_assert_int_eq(places_comune_by_istat(c, STR("001272"), &torino), ST_OK);
    ck_assert(str_eq_z(torino.belfiore, "L219") && str_eq_z(torino.prov_name, "Torino"));
    ck_assert_int_eq(places_comuni_in(c, id_of(c, AREA_REGION, "01"), c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1180);
    ck_assert_int_eq(places_comuni_in(c, id_of(c, AREA_PROVINCE, "VB"), c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 74); /* DOMAIN 4.3 */
    return ST_OK;
}

START_TEST(test_places__all_1180_comuni_stand_in_their_provinces)
{
    WITH_TERRITORY(true, counts);
}
END_TEST

static enum status samples(struct ctx *c, void *arg)
{
    static const char *const rows[][4] = { /* DOMAIN 4.3 */
        {"001272", "L219", "torino-to", "Torino"},   {"001125", "E379", "ivrea-to", "Ivrea"},
        {"001098", "D208", "cuorgne-to", "Cuorgnè"}, {"002158", "L750", "vercelli-vc", "Vercelli"},
        {"096004", "A859", "biella-bi", "Biella"},   {"006003", "A182", "alessandria-al", "Alessandria"},
    };
    struct comune k;
    struct area a;

    (void)arg;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(places_comune_by_belfiore(c, str_of(rows[i][1]), &k), ST_OK);
        ck_assert(str_eq_z(k.istat, rows[i][0]) && str_eq_z(k.area.name, rows[i][3]));
        ck_assert_int_eq(places_comune_by_slug(c, str_of(rows[i][2]), &k), ST_OK);
        ck_assert(str_eq_z(k.istat, rows[i][0]));
    }
    ck_assert_int_eq(places_comune_by_slug(c, STR("ivrea"), &k), ST_OK); /* without its province */
    ck_assert(str_eq_z(k.area.slug, "ivrea-to"));
    ck_assert_int_eq(places_comune_by_slug(c, STR("trivero-bi"), &k), ST_OK); /* merged in 2019 */
    ck_assert(str_eq_z(k.area.slug, "valdilana-bi"));
    ck_assert_int_eq(places_comune_by_slug(c, STR("atlantide"), &k), ST_NOT_FOUND);
    ck_assert_int_eq(places_area_by_slug(c, AREA_DISTRICT, STR("21-cirie-lanzo"), &a), ST_OK);
    ck_assert_int_eq(places_area_by_slug(c, AREA_PROVINCE, STR("verbano-cusio-ossola"), &a), ST_OK);
    return ST_OK;
}

START_TEST(test_places__codes_and_addresses_find_the_comune)
{
    WITH_TERRITORY(true, samples);
}
END_TEST

struct totals {
    int64_t n_areas, n_memberships, n_lines;
};

static enum status reload(struct ctx *c, void *arg)
{
    (void)arg;
    return places_feature.load_reference(c);
}

static enum status forget_and_reload(struct ctx *c, void *arg)
{
    (void)arg;
    ck_assert_int_eq(db_exec(c->tx, "DELETE FROM place_loaded"), ST_OK);
    ck_assert_int_eq(db_exec(c->tx, "UPDATE place_area SET name = 'Altrove', name_folded = 'altrove' WHERE code = '001125'"), ST_OK);
    return places_feature.load_reference(c);
}

static enum status after_reload(struct ctx *c, void *arg)
{
    struct comune *list, k;
    struct membership *history;
    int n;

    (void)arg;
    ck_assert_int_eq(places_comuni(c, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1180);
    ck_assert_int_eq(places_comune_by_istat(c, STR("001125"), &k), ST_OK);
    ck_assert(str_eq_z(k.area.name, "Ivrea")); /* changed reference updates */
    ck_assert_int_eq(places_history(c, k.area.area_id, &history, &n), ST_OK);
    ck_assert_int_eq(n, 1); /* the imported one is still there */
    ck_assert(str_eq_z(history[0].evidence, "import"));
    return ST_OK;
}

static enum status import_one(struct ctx *c, void *arg)
{
    (void)arg;
    lies_in(c, id_of(c, AREA_COMUNE, "001125"), id_of(c, AREA_DISTRICT, "24"), NULL, NULL, true);
    return ST_OK;
}

START_TEST(test_places__loading_twice_gives_the_same_and_loses_no_import)
{
    struct territory_test t;

    territory_test_open(&t, true);

    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", import_one, NULL), ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-22", reload, NULL), ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-22", forget_and_reload, NULL), ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-22", after_reload, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

static enum status add_ghost(struct ctx *c, void *arg)
{
    (void)arg;
    ck_assert_int_eq(db_exec(c->tx, "INSERT INTO place_area (kind, code, slug, name, name_folded, position, parent_id, valid_from, valid_to)"
                                    " SELECT 'comune', '001999', 'fantasma-to', 'Fantasma', 'fantasma', 0, area_id, '', '9999-12-31' FROM place_area WHERE kind = 'province' AND code = 'TO'"), ST_OK);
    ck_assert_int_eq(db_exec(c->tx, "INSERT INTO place_comune (area_id, istat, belfiore, prov) SELECT area_id, '001999', 'Z999', 'TO' FROM place_area WHERE code = '001999'"), ST_OK);
    ck_assert_int_eq(db_exec(c->tx, "DELETE FROM place_loaded"), ST_OK);
    return places_feature.load_reference(c);
}

static enum status ghost_has_ended(struct ctx *c, void *arg)
{
    struct comune *list, k;
    int n;

    (void)arg;
    ck_assert_int_eq(places_comuni(c, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1180);
    ck_assert_int_eq(places_comune_by_slug(c, STR("fantasma-to"), &k), ST_OK); /* links still work */
    ck_assert_int_eq(k.area.to, day("2026-11-20"));
    return ST_OK;
}

START_TEST(test_places__a_comune_that_left_the_table_has_ended)
{
    struct territory_test t;

    territory_test_open(&t, true);

    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", add_ghost, NULL), ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", ghost_has_ended, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

/* ---- memberships ---- */

static enum status bodies_merge(struct ctx *c, void *arg)
{
    struct membership *history;
    int n;

    (void)arg;
    const int64_t giaveno = id_of(c, AREA_COMUNE, "001115");
    const int64_t old = put(c, AREA_BODY_AREA, "MB27", "Valsangone"), now = put(c, AREA_BODY_AREA, "MB26", "CONISA");

    lies_in(c, now, id_of(c, AREA_DISTRICT, "17"), NULL, NULL, false);
    lies_in(c, old, id_of(c, AREA_DISTRICT, "17"), NULL, NULL, false);
    lies_in(c, giaveno, old, NULL, "2020-12-31", false);
    lies_in(c, giaveno, now, "2021-01-01", NULL, false);
    ck_container(c, giaveno, AREA_BODY_AREA, "2020-12-31", "MB27");
    ck_container(c, giaveno, AREA_BODY_AREA, "2021-01-01", "MB26");
    ck_container(c, giaveno, AREA_DISTRICT, "2026-11-21", "17"); /* through the body */
    ck_assert_int_eq(places_history(c, giaveno, &history, &n), ST_OK);
    ck_assert_int_eq(n, 2);
    ck_assert(str_eq_z(history[0].in.code, "MB26") && history[1].to == day("2020-12-31"));
    ck_assert_int_eq(places_members(c, old, AREA_COMUNE, c->today, &history, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(places_members(c, id_of(c, AREA_DISTRICT, "17"), AREA_COMUNE, c->today, &history, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(history[0].n_steps, 2);
    return ST_OK;
}

START_TEST(test_places__a_comune_changes_body_on_a_day)
{
    WITH_TERRITORY(true, bodies_merge);
}
END_TEST

/* "178 comuni più la frazione Rivodora": the hamlet goes with Gassino, its comune with Chieri. */
static enum status rivodora(struct ctx *c, void *arg)
{
    struct membership *list;
    int n;

    (void)arg;
    const int64_t hamlet = id_of(c, AREA_HAMLET, "rivodora"), comune = id_of(c, AREA_COMUNE, "001018");
    const int64_t chieri = put(c, AREA_BODY_AREA, "MB39", "Chieri"), gassino = put(c, AREA_BODY_AREA, "MB34", "Gassino");

    lies_in(c, chieri, id_of(c, AREA_DISTRICT, "25"), NULL, NULL, false);
    lies_in(c, gassino, id_of(c, AREA_DISTRICT, "22"), NULL, NULL, false);
    lies_in(c, comune, chieri, NULL, NULL, false);
    ck_container(c, hamlet, AREA_BODY_AREA, "2026-11-21", "MB39"); /* as its comune, until said otherwise */
    lies_in(c, hamlet, gassino, NULL, NULL, false);
    ck_container(c, hamlet, AREA_BODY_AREA, "2026-11-21", "MB34");
    ck_container(c, hamlet, AREA_DISTRICT, "2026-11-21", "22");
    ck_container(c, comune, AREA_BODY_AREA, "2026-11-21", "MB39");
    ck_container(c, hamlet, AREA_PROVINCE, "2026-11-21", "TO"); /* through its comune */
    ck_assert_int_eq(places_members(c, id_of(c, AREA_DISTRICT, "25"), AREA_HAMLET, c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(places_members(c, id_of(c, AREA_DISTRICT, "22"), AREA_HAMLET, c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(places_members(c, comune, AREA_HAMLET, c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    return ST_OK;
}

START_TEST(test_places__a_hamlet_may_belong_elsewhere_than_its_comune)
{
    WITH_TERRITORY(true, rivodora);
}
END_TEST

static enum status four_districts(struct ctx *c, void *arg)
{
    struct membership *list;
    int n, n_health = 0;

    (void)arg;
    const int64_t torino = id_of(c, AREA_COMUNE, "001272");

    for (int i = 1; i <= 4; i++) {
        const struct str code = str_fmt(c->mem, "to-%d", i);

        lies_in(c, torino, put(c, AREA_HEALTH_DISTRICT, code.p, code.p), NULL, NULL, false);
    }
    ck_assert_int_eq(places_containers(c, torino, c->today, &list, &n), ST_OK);
    for (int i = 0; i < n; i++)
        n_health += list[i].in.kind == AREA_HEALTH_DISTRICT;
    ck_assert_int_eq(n_health, 4);
    return ST_OK;
}

START_TEST(test_places__a_city_may_be_cut_in_four_districts)
{
    WITH_TERRITORY(true, four_districts);
}
END_TEST

/* What is said of the comune itself goes before what follows from its body. */
static enum status nearer_wins(struct ctx *c, void *arg)
{
    struct comune *list;
    int n;

    (void)arg;
    const int64_t ivrea = id_of(c, AREA_COMUNE, "001125"), body = put(c, AREA_BODY_AREA, "MB37", "INRETE");

    lies_in(c, ivrea, body, NULL, NULL, false);
    lies_in(c, body, id_of(c, AREA_DISTRICT, "24"), NULL, NULL, false);
    ck_container(c, ivrea, AREA_DISTRICT, "2026-11-21", "24");
    lies_in(c, ivrea, id_of(c, AREA_DISTRICT, "22"), NULL, NULL, false);
    ck_container(c, ivrea, AREA_DISTRICT, "2026-11-21", "22");
    ck_assert_int_eq(places_comuni_in(c, id_of(c, AREA_DISTRICT, "24"), c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(places_comuni_in(c, id_of(c, AREA_DISTRICT, "22"), c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    return ST_OK;
}

START_TEST(test_places__what_is_said_nearer_wins)
{
    WITH_TERRITORY(true, nearer_wins);
}
END_TEST

static enum status import_over(struct ctx *c, void *arg)
{
    (void)arg;
    const int64_t ivrea = id_of(c, AREA_COMUNE, "001125");
    const int64_t a = put(c, AREA_BODY_AREA, "MB36", "CISS 38"), b = put(c, AREA_BODY_AREA, "MB37", "INRETE");

    ck_assert_int_eq(lies_in(c, ivrea, a, NULL, NULL, false), PUT_ADDED);
    ck_assert_int_eq(lies_in(c, ivrea, a, NULL, NULL, false), PUT_SAME);
    ck_assert_int_eq(lies_in(c, ivrea, b, NULL, NULL, true), PUT_ADDED);
    ck_container(c, ivrea, AREA_BODY_AREA, "2026-11-21", "MB37"); /* the administrator's word */
    ck_assert_int_eq(lies_in(c, ivrea, a, "2019-01-01", NULL, false), PUT_LEFT);
    ck_container(c, ivrea, AREA_BODY_AREA, "2026-11-21", "MB37");
    ck_assert_int_eq(places_drop_membership(c, ivrea, b, DAY_NONE), ST_OK);
    ck_container(c, ivrea, AREA_BODY_AREA, "2026-11-21", "MB36"); /* the reference comes back */
    ck_assert_int_eq(places_drop_membership(c, ivrea, b, DAY_NONE), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_places__an_import_goes_before_the_reference)
{
    WITH_TERRITORY(true, import_over);
}
END_TEST

/* A ring of memberships, by mistake of an administrator, must end. */
static enum status ring(struct ctx *c, void *arg)
{
    struct membership *list;
    int n;

    (void)arg;
    const int64_t a = put(c, AREA_FREE, "a", "A"), b = put(c, AREA_FREE, "b", "B"), d = put(c, AREA_FREE, "d", "D");

    lies_in(c, a, b, NULL, NULL, true);
    lies_in(c, b, d, NULL, NULL, true);
    lies_in(c, d, a, NULL, NULL, true);
    ck_assert_int_eq(places_containers(c, a, c->today, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert(str_eq_z(list[0].in.code, "b"));
    ck_assert_int_eq(places_members(c, a, AREA_FREE, c->today, &list, &n), ST_OK);
    return ST_OK;
}

START_TEST(test_places__a_ring_of_memberships_ends)
{
    WITH_TERRITORY(false, ring);
}
END_TEST

/* ---- near ---- */

/* In the plain many are near; Formazza and Briga Alta stand alone, far from the middle of a window. */
static void ck_near(struct ctx *c, const struct comune *all, int n_all, const char *istat)
{
    struct near_comune *list;
    struct comune from;
    int n, n_nearer = 0;

    ck_assert_int_eq(places_comune_by_istat(c, str_of(istat), &from), ST_OK);
    ck_assert_int_eq(places_near(c, from.area.area_id, 8, &list, &n), ST_OK);
    ck_assert_int_eq(n, 8);
    for (int i = 0; i < n_all; i++)
        n_nearer += all[i].area.area_id != from.area.area_id &&
                    places_distance_m(from.area.lat, from.area.lon, all[i].area.lat, all[i].area.lon) < list[7].distance_m;
    ck_assert_msg(n_nearer == 7, "%s: one of %d nearer ones was overlooked", istat, n_nearer);
    for (int i = 1; i < n; i++)
        ck_assert_int_le(list[i - 1].distance_m, list[i].distance_m);
}

static enum status near_all(struct ctx *c, void *arg)
{
    static const char *const places[] = {"001125", "103031", "004031", "001022", "002133", "006192"};
    struct near_comune *list;
    struct comune *all;
    int n, n_all;

    (void)arg;
    ck_assert_int_eq(places_comuni(c, &all, &n_all), ST_OK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        ck_near(c, all, n_all, places[i]);
    for (int i = 0; i < n_all; i += 40)
        ck_near(c, all, n_all, str_z(c->mem, all[i].istat));
    ck_assert_int_eq(places_near(c, all[0].area.area_id, 5000, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1179);
    ck_assert_int_eq(places_near(c, id_of(c, AREA_DISTRICT, "24"), 3, &list, &n), ST_NOT_FOUND);
    return ST_OK;
}

START_TEST(test_places__near_overlooks_nobody)
{
    WITH_TERRITORY(true, near_all);
}
END_TEST

START_TEST(test_places__distance_of_torino_and_milano)
{
    const int64_t d = places_distance_m(45.0703, 7.6869, 45.4642, 9.1900);

    ck_assert_int_gt(d, 124000);
    ck_assert_int_lt(d, 128000);
    ck_assert_int_eq(places_distance_m(45, 7, 45, 7), 0);
    for (int k = 1; k < AREA_KIND_COUNT; k++)
        ck_assert_int_eq(places_kind_of(str_of(places_kind_name((enum area_kind)k))), k);
    ck_assert_int_eq(places_kind_of(STR("continent")), 0);
    ck_assert_ptr_null(places_kind_name(AREA_KIND_COUNT));
}
END_TEST

UNIT_MAIN("places", test_places__all_1180_comuni_stand_in_their_provinces, test_places__codes_and_addresses_find_the_comune,
          test_places__loading_twice_gives_the_same_and_loses_no_import, test_places__a_comune_that_left_the_table_has_ended,
          test_places__a_comune_changes_body_on_a_day, test_places__a_hamlet_may_belong_elsewhere_than_its_comune,
          test_places__a_city_may_be_cut_in_four_districts, test_places__what_is_said_nearer_wins,
          test_places__an_import_goes_before_the_reference, test_places__a_ring_of_memberships_ends, test_places__near_overlooks_nobody,
          test_places__distance_of_torino_and_milano)
