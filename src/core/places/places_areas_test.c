/* places_areas_test.c - areas that an administrator draws. */
#include "core/places/places_testing.h"
#include "unit.h"

extern const struct feature places_feature;

static struct import_test give(struct territory_test *t, const char *rows, bool is_dry)
{
    const struct str bytes = str_fmt(t->mem, "kind,code,name,istat,source,from,to\n%s", rows);

    return territory_test_import(t, &places_feature, "areas", territory_test_file(t, "areas.csv", bytes), is_dry);
}

struct expected {
    const char *istat;
    enum area_kind kind;
    const char *in; /* NULL: in none of that kind */
};

static enum status lies_in(struct ctx *c, void *arg)
{
    const struct expected *e = arg;
    struct comune found;
    struct membership m;

    ck_assert_int_eq(places_comune_by_istat(c, str_of(e->istat), &found), ST_OK);
    const enum status st = places_container(c, found.area.area_id, e->kind, c->today, &m);

    ck_assert_int_eq(st, e->in == NULL ? ST_NOT_FOUND : ST_OK);
    if (e->in != NULL)
        ck_assert_msg(str_eq_z(m.in.name, e->in) && str_eq_z(m.evidence, "import"), "%.*s", (int)m.in.name.n, m.in.name.p);
    return ST_OK;
}

static void ck_lies_in(struct territory_test *t, const char *istat, enum area_kind kind, const char *in)
{
    struct expected e = {istat, kind, in};

    ck_assert_int_eq(territory_test_run(t, "2026-11-21", lies_in, &e), ST_OK);
}

START_TEST(test_places_areas__a_valley_has_its_comuni_and_follows_its_file)
{
    struct territory_test t;

    territory_test_open(&t, true);
    struct import_test i = give(&t, "free,val-chisone,Val Chisone,001184,Unione montana,,\n"
                                    "free,val-chisone,Val Chisone,001242,Unione montana,,\n", false);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.run.n_added, 2);
    ck_lies_in(&t, "001184", AREA_FREE, "Val Chisone");
    ck_lies_in(&t, "001242", AREA_FREE, "Val Chisone");
    ck_lies_in(&t, "001001", AREA_FREE, NULL);
    i = give(&t, "free,val-chisone,Val Chisone,001184,Unione montana,,\n"
                 "free,quartiere-nord,Quartiere Nord,001001,Delibera 1,,\n", false);
    ck_assert_int_eq(i.run.n_gone, 1);
    ck_assert_int_eq(i.run.n_same, 1);
    ck_lies_in(&t, "001242", AREA_FREE, NULL);
    ck_lies_in(&t, "001001", AREA_FREE, "Quartiere Nord");
    /* An area that a file does not name stays. */
    i = give(&t, "health-district,ds-ivrea,Distretto sanitario di Ivrea,001125,ASL TO4,,\n", false);
    ck_assert_int_eq(i.run.n_gone, 0);
    ck_lies_in(&t, "001184", AREA_FREE, "Val Chisone");
    ck_lies_in(&t, "001125", AREA_HEALTH_DISTRICT, "Distretto sanitario di Ivrea");
    territory_test_close(&t);
}
END_TEST

START_TEST(test_places_areas__a_dry_run_changes_nothing)
{
    struct territory_test t;

    territory_test_open(&t, true);
    const struct import_test i = give(&t, "free,val-susa,Val Susa,001270,Unione montana,,\n", true);

    ck_assert_int_eq(i.run.n_added, 1);
    ck_lies_in(&t, "001270", AREA_FREE, NULL);
    territory_test_close(&t);
}
END_TEST

START_TEST(test_places_areas__each_refused_row_has_its_reason_and_nothing_is_taken)
{
    struct territory_test t;
    static const struct {
        const char *row, *key;
    } bad[] = {
        {"province,xx,X,001001,f,,", "places.area-kind"},
        {"free,Val Susa,X,001001,f,,", "places.area-code"},
        {"free,,X,001001,f,,", "places.area-code"},
        {"free,x,,001001,f,,", "places.area-name"},
        {"free,x,X,999999,f,,", "places.area-unknown-comune"},
        {"free,x,X,001001,,,", "places.area-source"},
        {"free,x,X,001001,f,2021-02-30,", "places.area-day"},
        {"free,x,X,001001,f,2021-02-03,2020-01-01", "places.area-day"},
        {"free,good,Altro nome,001002,f,,", "places.area-two-names"},
        {"free,good,Buona,001001,f,,", "places.area-twice"},
    };

    territory_test_open(&t, true);
    for (int k = 0; k < ARRAY_LEN(bad); k++) {
        const struct import_test i =
            give(&t, str_fmt(t.mem, "free,good,Buona,001001,f,,\n%s\n", bad[k].row).p, false);

        ck_assert_msg(i.st == ST_INVALID && i.run.n_refused == 1, "%s", bad[k].row);
        ck_assert_msg(import_test_has(&i, bad[k].key, 3), "%s", bad[k].row);
        ck_lies_in(&t, "001001", AREA_FREE, NULL);
    }
    territory_test_close(&t);
}
END_TEST

UNIT_MAIN("places_areas", test_places_areas__a_valley_has_its_comuni_and_follows_its_file,
          test_places_areas__a_dry_run_changes_nothing,
          test_places_areas__each_refused_row_has_its_reason_and_nothing_is_taken)
