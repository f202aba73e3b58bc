/* bodies_test.c - who answers for a place, with the real reference tables, and memberships by import;
 * on the engine of WECARE_TEST_STORE. */
#include "core/bodies/bodies.h"
#include "bodies_sql.h"
#include "places_sql.h"
#include "core/places/places_testing.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

extern const struct feature bodies_feature;
extern const struct feature places_feature;

static enum status load(struct ctx *c, void *arg)
{
    (void)arg;
    const enum status st = places_feature.load_reference(c);

    return st == ST_OK ? bodies_feature.load_reference(c) : st;
}

static void open_bodies(struct territory_test *t)
{
    struct migration all[32];
    int n = 0;

    for (int i = 0; i < places_n_migrations; i++)
        all[n++] = places_migrations[i];
    for (int i = 0; i < bodies_n_migrations; i++)
        all[n++] = bodies_migrations[i];
    territory_test_open_filled(t, all, n, load);
}

#define WITH_BODIES(today, job)                                                                    \
    struct territory_test t;                                                                       \
                                                                                                   \
    open_bodies(&t);                                                                               \
    ck_assert_int_eq(territory_test_run(&t, today, job, NULL), ST_OK);                             \
    territory_test_close(&t)

static int64_t comune_id(struct ctx *c, const char *istat)
{
    struct area a;

    ck_assert_int_eq(places_area_by_code(c, AREA_COMUNE, str_of(istat), &a), ST_OK);
    return a.area_id;
}

/* NULL: not known. */
static void ck_answer(struct ctx *c, const char *istat, const char *on, const char *code)
{
    struct body_answer a;

    ck_assert_int_eq(bodies_for_area(c, comune_id(c, istat), day_parse(str_of(on)), &a), ST_OK);
    ck_assert_msg(a.is_known == (code != NULL), "%s on %s", istat, on);
    if (code != NULL)
        ck_assert_msg(str_eq_z(a.body.code, code), "%s on %s: %.*s", istat, on, (int)a.body.code.n, a.body.code.p);
}

static enum status table(struct ctx *c, void *arg)
{
    struct body *list;
    int n, n_seats = 0, n_comuni = 0, n_leads = 0;

    (void)arg;
    ck_assert_int_eq(bodies_list(c, true, &list, &n), ST_OK);
    ck_assert_int_eq(n, 49);
    for (int i = 0; i < n; i++) {
        ck_assert(list[i].kind != 0 && list[i].slug.n > 5 && list[i].district.area_id != 0);
        n_seats += list[i].has_seat;
        n_leads += list[i].is_lead;
    }
    ck_assert_int_eq(n_seats, 47);
    ck_assert_int_eq(n_leads, 22); /* one for each project */
    ck_assert_int_eq(bodies_list(c, false, &list, &n), ST_OK);
    ck_assert_int_eq(n, 47); /* two were absorbed */
    for (int i = 0; i < n; i++)
        n_comuni += list[i].n_comuni;
    ck_assert_int_eq(n_comuni, 329); /* data/README.md: 329 comuni with their body */
    return ST_OK;
}

START_TEST(test_bodies__49_of_the_table_47_today)
{
    WITH_BODIES("2026-11-21", table);
}
END_TEST

static enum status answers(struct ctx *c, void *arg)
{
    struct body_answer a;

    (void)arg;
    ck_answer(c, "001125", "2026-11-21", "MB37"); /* Ivrea: seat of INRETE */
    ck_answer(c, "001272", "2026-11-21", "MB24"); /* Torino answers for itself */
    ck_answer(c, "001001", "2026-11-21", NULL);   /* Agliè: not known, and nothing is guessed */
    ck_answer(c, "103008", "2026-11-21", NULL);   /* Baveno: the district is known, the body is not */
    ck_assert_int_eq(bodies_for_area(c, comune_id(c, "001125"), c->today, &a), ST_OK);
    ck_assert(str_eq_z(a.membership.evidence, "seat") && str_eq_z(a.membership.as_of, "2020"));
    ck_assert(a.membership.source.n > 0 && a.body.has_seat && str_eq_z(a.body.seat.istat, "001125"));
    return ST_OK;
}

START_TEST(test_bodies__an_answer_has_evidence_and_source)
{
    WITH_BODIES("2026-11-21", answers);
}
END_TEST

static enum status mergers(struct ctx *c, void *arg)
{
    struct body b, *absorbed;
    int n;

    (void)arg;
    ck_answer(c, "001115", "2020-12-31", "MB27"); /* Giaveno: Valsangone, then CONISA */
    ck_answer(c, "001115", "2021-01-01", "MB26");
    ck_answer(c, "001263", "2024-12-31", "MB31"); /* Sestriere: Chisone Germanasca, then CISS Pinerolo */
    ck_answer(c, "001263", "2025-01-01", "MB30");
    ck_assert_int_eq(bodies_by_code(c, STR("MB27"), &b), ST_OK);
    ck_assert_int_eq(b.to, day_parse(STR("2020-12-31")));
    ck_assert(str_eq_z(b.successor_code, "MB26") && b.successor_slug.n > 0 && b.successor_name.n > 0);
    ck_assert_int_eq(b.n_comuni, 6); /* those it had on its last day */
    ck_assert_int_eq(bodies_by_code(c, STR("MB26"), &b), ST_OK);
    ck_assert_int_eq(b.n_comuni, 7); /* Susa and the six */
    ck_assert_int_eq(bodies_absorbed_by(c, b.body_id, &absorbed, &n), ST_OK);
    ck_assert_int_eq(n, 1);
    ck_assert(str_eq_z(absorbed[0].code, "MB27"));
    ck_assert_int_eq(bodies_by_code(c, STR("MB30"), &b), ST_OK);
    ck_assert_int_eq(b.n_comuni, 47);
    return ST_OK;
}

START_TEST(test_bodies__comuni_go_on_under_the_successor)
{
    WITH_BODIES("2026-11-21", mergers);
}
END_TEST

static enum status slugs(struct ctx *c, void *arg)
{
    struct body b, *list;
    struct area district;
    int n;

    (void)arg;
    ck_assert_int_eq(bodies_by_slug(c, STR("mb32-cis-cirie"), &b), ST_OK);
    ck_assert(str_eq_z(b.code, "MB32"));
    ck_assert_int_eq(bodies_by_slug(c, STR("mb32"), &b), ST_OK);
    ck_assert(str_eq_z(b.slug, "mb32-cis-cirie"));
    ck_assert_int_eq(bodies_by_slug(c, STR("mb32-qualcosa-d-altro"), &b), ST_OK);
    ck_assert_int_eq(bodies_by_slug(c, STR("mb99"), &b), ST_NOT_FOUND);
    ck_assert_int_eq(bodies_by_slug(c, STR(""), &b), ST_NOT_FOUND);
    ck_assert_int_eq(places_area_by_code(c, AREA_DISTRICT, STR("17"), &district), ST_OK);
    ck_assert_int_eq(bodies_of_district(c, district.area_id, &list, &n), ST_OK);
    ck_assert_int_eq(n, 1); /* the Valsangone has ended */
    ck_assert(str_eq_z(list[0].code, "MB26"));
    ck_assert_int_eq(bodies_by_code(c, STR("MB22"), &b), ST_OK);
    ck_assert(b.note.n > 0);
    return ST_OK;
}

START_TEST(test_bodies__addresses_and_districts)
{
    WITH_BODIES("2026-11-21", slugs);
}
END_TEST

/* Agliè: the nearest desks by the crow, none of them promised. */
static enum status near(struct ctx *c, void *arg)
{
    struct near_body *list;
    struct body *all;
    struct area aglie;
    int n, n_all, n_nearer = 0;

    (void)arg;
    ck_assert_int_eq(places_area_by_code(c, AREA_COMUNE, STR("001001"), &aglie), ST_OK);
    ck_assert_int_eq(bodies_near(c, aglie.area_id, 3, &list, &n), ST_OK);
    ck_assert_int_eq(n, 3);
    ck_assert_int_eq(bodies_list(c, false, &all, &n_all), ST_OK);
    for (int i = 0; i < n_all; i++)
        n_nearer += all[i].has_seat && places_distance_m(aglie.lat, aglie.lon, all[i].seat.area.lat, all[i].seat.area.lon) < list[2].distance_m;
    ck_assert_int_eq(n_nearer, 2);
    for (int i = 0; i < n; i++) {
        ck_assert(list[i].body.has_seat && list[i].body.to == DAY_NONE);
        ck_assert_int_lt(list[i].distance_m, 25000);
        ck_assert(i == 0 || list[i - 1].distance_m <= list[i].distance_m);
    }
    ck_assert_int_eq(bodies_near(c, aglie.area_id, 100, &list, &n), ST_OK);
    for (int i = 0; i < n; i++)
        ck_assert(!str_eq_z(list[i].body.code, "MB27")); /* ended: no desk any more */
    return ST_OK;
}

START_TEST(test_bodies__three_nearest_known_desks)
{
    WITH_BODIES("2026-11-21", near);
}
END_TEST

static enum status districts_of_comuni(struct ctx *c, void *arg)
{
    struct membership m;
    struct comune *list;
    int n, n_known = 0, n_project = 0;

    (void)arg;
    ck_assert_int_eq(places_comuni(c, &list, &n), ST_OK);
    for (int i = 0; i < n; i++) {
        n_known += places_container(c, list[i].area.area_id, AREA_DISTRICT, c->today, &m) == ST_OK;
        n_project += places_container(c, list[i].area.area_id, AREA_PROJECT, c->today, &m) == ST_OK;
    }
    ck_assert_int_eq(n_known, 390);   /* data/README.md: 390 with district, */
    ck_assert_int_eq(n_project, 613); /* 613 with project */
    return ST_OK;
}

START_TEST(test_bodies__known_districts_and_projects_are_those_of_the_sources)
{
    WITH_BODIES("2026-11-21", districts_of_comuni);
}
END_TEST

static enum status again(struct ctx *c, void *arg)
{
    (void)arg;
    ck_assert_int_eq(db_exec(c->tx, "DELETE FROM body_loaded"), ST_OK);
    return bodies_feature.load_reference(c);
}

START_TEST(test_bodies__loading_twice_gives_the_same)
{
    struct territory_test t;

    open_bodies(&t);
    const int64_t n = store_testing_number(&t.store, "SELECT count(*) FROM place_membership");

    ck_assert_int_eq(territory_test_run(&t, "2026-11-22", again, NULL), ST_OK);
    ck_assert_int_eq(store_testing_number(&t.store, "SELECT count(*) FROM place_membership"), n);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-22", table, NULL), ST_OK);
    territory_test_close(&t);
}
END_TEST

/* ---- memberships by import ---- */

static struct import_test import(struct territory_test *t, const char *text, bool is_dry)
{
    return territory_test_import(t, &bodies_feature, "memberships", territory_test_file(t, "m.csv", str_of(text)), is_dry);
}

static enum status after_import(struct ctx *c, void *arg)
{
    (void)arg;
    ck_answer(c, "001001", "2026-11-21", "MB36");
    ck_answer(c, "001125", "2018-06-01", "MB38"); /* by the file: first Caluso, then INRETE */
    ck_answer(c, "001125", "2026-11-21", "MB37");
    ck_answer(c, "001098", "2026-11-21", "MB36"); /* not in the file: the reference still speaks */
    return ST_OK;
}

static enum status before_import(struct ctx *c, void *arg)
{
    (void)arg;
    ck_answer(c, "001001", "2026-11-21", NULL);
    ck_answer(c, "001125", "2018-06-01", "MB37");
    return ST_OK;
}

static const char good[] = "istat,body,from,to,source\n001001,MB36,,,delibera 1/2026\n"
                           "001125,MB38,,2018-12-31,statuto\n001125,INRETE Ivrea,2019-01-01,,statuto\nrivodora,MB34,,,statuto\n";

START_TEST(test_memberships__a_full_list_shows_its_differences)
{
    struct territory_test t;

    open_bodies(&t);
    struct import_test i = import(&t, good, true);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_read, 4);
    ck_assert_int_eq(i.run.n_refused, 0);
    ck_assert(memmem(i.said.p, i.said.n, "001001", 6) != NULL && memmem(i.said.p, i.said.n, "not known", 9) != NULL);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", before_import, NULL), ST_OK); /* dry: nothing changed */
    i = import(&t, good, false);
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", after_import, NULL), ST_OK);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", again, NULL), ST_OK); /* the reference again: */
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", after_import, NULL), ST_OK); /* nothing is lost */
    i = import(&t, good, false);
    ck_assert_int_eq(i.run.n_same, 4);
    ck_assert_int_eq(i.run.n_added + i.run.n_changed + i.run.n_gone, 0);
    i = import(&t, "istat,body,source\n001099,MB36,x\n", false);
    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_gone, 4);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", before_import, NULL), ST_OK); /* the reference is back */
    territory_test_close(&t);
}
END_TEST

static const struct {
    const char *rows, *key;
    int64_t row;
} bad[] = {
    {"001999,MB36,,,x\n", "bodies.import-area", 2},
    {"001001,MB99,,,x\n", "bodies.import-body", 2},
    {"001001,MB36,2021-02-30,,x\n", "bodies.import-day", 2},
    {"001001,MB36,2021-02-03,2020-01-01,x\n", "bodies.import-order", 2},
    {"001001,MB36,,,\n", "bodies.import-source", 2},
    {"001001,MB36,,,x\n001001,MB37,,,x\n", "bodies.import-twice", 3},
    {"001001,MB36,,2020-12-31,x\n001001,MB37,2020-12-31,,x\n", "bodies.import-twice", 3},
    {"\"001001,MB36,,,x\n", "bodies.import-table", -1},
    {"001001,MB36,,,x,y\n", "bodies.import-table", -1},
    {"001001,\xC3\x28,,,x\n", "bodies.import-table", -1},
};

START_TEST(test_memberships__a_refused_row_changes_nothing)
{
    struct territory_test t;

    open_bodies(&t);
    for (int k = 0; k < (int)(sizeof bad / sizeof *bad); k++) {
        const char *text = str_fmt(t.mem, "istat,body,from,to,source\n%s001002,MB36,,,x\n", bad[k].rows).p;
        const struct import_test i = import(&t, text, false);

        ck_assert_msg(i.st == ST_INVALID, "%s", bad[k].rows);
        ck_assert_msg(import_test_has(&i, bad[k].key, bad[k].row), "%s: %s row %lld", bad[k].rows, i.problems.n > 0 ? i.problems.list[0].key : "-",
                      i.problems.n > 0 ? (long long)i.problems.list[0].row : 0LL);
    }
    ck_assert_int_eq(import(&t, "istat,body\n001001,MB36\n", false).st, ST_INVALID); /* no source column */
    ck_assert_int_eq(import(&t, "", false).st, ST_INVALID);
    ck_assert_int_eq(territory_test_run(&t, "2026-11-21", before_import, NULL), ST_OK);
    ck_assert_int_eq(store_testing_number(&t.store, "SELECT count(*) FROM place_membership WHERE is_import = 1"), 0);
    territory_test_close(&t);
}
END_TEST

UNIT_MAIN("bodies", test_bodies__49_of_the_table_47_today, test_bodies__an_answer_has_evidence_and_source,
          test_bodies__comuni_go_on_under_the_successor, test_bodies__addresses_and_districts, test_bodies__three_nearest_known_desks,
          test_bodies__known_districts_and_projects_are_those_of_the_sources, test_bodies__loading_twice_gives_the_same,
          test_memberships__a_full_list_shows_its_differences, test_memberships__a_refused_row_changes_nothing)
