/* publish_filter_test.c - what the filters of HSDS give back, by services that are known: ages, days, times, a
 * comune, a distance. And how an entry is kept, the same in every format; the files that are packed. */
#include "base/date.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "base/unzip.h"
#include "base/xlsx_read.h"
#include "features/catalogue/catalogue_terms.h"
#include "features/upkeep/upkeep_testing.h"
#include "publish_testing.h"
#include "tests/unit.h"
#include <stdlib.h>
#include <string.h>

#define API "/api/hsds/3.0"

/* ---- the services ---- */

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, WEEK = 31 };
static const double TOWN_LAT = 45.4667, TOWN_LON = 7.8757; /* Ivrea */
static const double METRES_A_DEGREE = 111195.0;

struct known {
    const char *name;
    double min_age, max_age; /* -1: not said */
    int weekdays, opens, closes;
    const char *serves; /* slug of a comune; NULL: anyone, from anywhere */
    int north_m;        /* so far north of the town; -1: no place */
};
static const struct known all[] = {
    {"Caffe", -1, -1, SAT, 9 * 60, 12 * 60, NULL, 1800},
    {"Centralino", 18, -1, 0, 0, 0, NULL, -1},
    {"Corso", 16, 65, TUE, 20 * 60, 22 * 60, "chivasso-to", 12000},
    {"Doposcuola", 6, 14, WEEK, 15 * 60, 18 * 60, "ivrea-to", 0},
    {"Tata", 0, 3.5, MON | WED, 7 * 60 + 30, 13 * 60, "ivrea-to", 400},
};

struct stage {
    struct catalogue_write *w;
    int64_t organisation_id, ivrea;
};

static int64_t area_of(struct ctx *c, const char *slug)
{
    struct comune found;

    ck_assert_int_eq(places_comune_by_slug(c, str_of(slug), &found), ST_OK);
    return found.area.area_id;
}

static int64_t put_place(struct stage *g, const struct known *k)
{
    const struct location l = {.source_id = str_of(k->name),
                               .type = STR("physical"),
                               .name = str_of(k->name),
                               .comune_id = g->ivrea,
                               .has_point = true,
                               .lat = TOWN_LAT + k->north_m / METRES_A_DEGREE,
                               .lon = TOWN_LON};
    enum put_change change;
    int64_t id;

    ck_assert_int_eq(catalogue_put_location(g->w, &l, &id, &change), ST_OK);
    return id;
}

static void put_known(struct ctx *c, struct stage *g, const struct known *k)
{
    struct schedule hours = {.rule = {.freq = HOURS_WEEKLY,
                                      .interval = 1,
                                      .week_start = 1,
                                      .start_day = DAY_NONE,
                                      .until_day = DAY_NONE,
                                      .from_day = DAY_NONE,
                                      .to_day = DAY_NONE,
                                      .weekdays = (uint8_t)k->weekdays,
                                      .opens_min = k->opens,
                                      .closes_min = k->closes}};
    struct served_area area = {0};
    struct service_at at = {0};
    struct service s = {.source_id = str_of(k->name),
                        .name = str_of(k->name),
                        .organisation_id = g->organisation_id,
                        .kind = SERVICE_SERVICE,
                        .status = SERVICE_ACTIVE,
                        .starts_on = DAY_NONE,
                        .ends_on = DAY_NONE,
                        .apply_by = DAY_NONE,
                        .confirmed_on = DAY_NONE,
                        .has_min_age = k->min_age >= 0,
                        .min_age = k->min_age,
                        .has_max_age = k->max_age >= 0,
                        .max_age = k->max_age,
                        .schedules = &hours,
                        .n_schedules = k->weekdays != 0,
                        .areas = &area,
                        .ats = &at};
    enum put_change change;
    int64_t id;

    if (k->serves != NULL) {
        area = (struct served_area){.name = str_of(k->serves), .area_id = area_of(c, k->serves)};
        s.n_areas = 1;
    }
    if (k->north_m >= 0) {
        at.location_id = put_place(g, k);
        s.n_ats = 1;
    }
    ck_assert_int_eq(catalogue_put_service(g->w, &s, &id, &change), ST_OK);
}

static enum status put_all(struct ctx *c, void *arg)
{
    struct stage *g = arg;
    enum put_change change;
    int64_t n_gone;

    g->ivrea = area_of(c, "ivrea-to");
    ck_assert_int_eq(catalogue_write_begin(c, STR("csv:filtri"), &g->w), ST_OK);
    ck_assert_int_eq(
        catalogue_put_organisation(
            g->w,
            &(struct organisation){.source_id = STR("ente"), .kind = ORGANISATION_THIRD_SECTOR, .name = STR("Ente dei filtri")},
            &g->organisation_id, &change),
        ST_OK);
    for (int i = 0; i < ARRAY_LEN(all); i++)
        put_known(c, g, &all[i]);
    return catalogue_write_end(g->w, false, &n_gone);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names that a list gives, sorted: "Caffe Tata". member: where the name stands; NULL: in the entry. */
static const char *names(struct harness *h, json_t *list, const char *member)
{
    const char *found[ARRAY_LEN(all) + 1];
    struct buf b = buf_new(h->mem, 64);
    int n = 0;
    size_t i;
    json_t *x;

    json_array_foreach(json_object_get(list, "contents"), i, x)
    {
        ck_assert_int_lt(n, ARRAY_LEN(all) + 1);
        found[n++] = out_str(member == NULL ? x : json_object_get(x, member), "name");
    }
    qsort(found, (size_t)n, sizeof *found, by_name);
    for (i = 0; i < (size_t)n; i++)
        buf_fmt(&b, "%s%s", i > 0 ? " " : "", found[i]);
    const char *text = buf_view(&b).n == 0 ? "" : str_z(h->mem, buf_view(&b));

    json_decref(list);
    return text;
}

static const char *organisation_id(struct harness *h)
{
    json_t *s = out_json(h, str_fmt(h->mem, API "/services/%s", out_id(h, "Doposcuola").p).p);
    const char *id = str_copy(h->mem, str_of(out_str(s, "organization_id"))).p;

    id = str_z(h->mem, (struct str){id, 36});
    json_decref(s);
    return id;
}

START_TEST(test_filter__each_gives_the_services_that_it_means)
{
    static const struct {
        const char *asked, *wanted;
    } cases[] = {
        {"", "Caffe Centralino Corso Doposcuola Tata"},
        /* ages: what the service says, at least and at most; who says nothing is in neither */
        {"&minimum_age=6", "Centralino Corso Doposcuola"},
        {"&minimum_age=16.5", "Centralino"},
        {"&minimum_age=19", ""},
        {"&maximum_age=14", "Doposcuola Tata"},
        {"&maximum_age=3.5", "Tata"},
        {"&maximum_age=3.4", ""},
        {"&minimum_age=0&maximum_age=65", "Corso Doposcuola Tata"},
        /* days, and any of several */
        {"&day=SA", "Caffe"},
        {"&day=TU", "Corso Doposcuola"},
        {"&day=SA&day=WE", "Caffe Doposcuola Tata"},
        {"&day=SU", ""},
        /* times: of one and the same opening */
        {"&start_time=15:00", "Corso Doposcuola"},
        {"&start_time=15:01", "Corso"},
        {"&end_time=12:00", "Caffe"},
        {"&end_time=13:00", "Caffe Tata"},
        {"&start_time=08:00&end_time=18:00", "Caffe Doposcuola"},
        {"&day=MO&end_time=13:00", "Tata"},
        {"&day=SA&start_time=15:00", ""},
        /* who lives there */
        {"&comune=ivrea", "Caffe Centralino Doposcuola Tata"},
        {"&comune=001125", "Caffe Centralino Doposcuola Tata"},
        {"&comune=chivasso", "Caffe Centralino Corso"},
        /* metres from its town */
        {"&comune=ivrea&proximity=1000", "Doposcuola Tata"},
        {"&comune=ivrea&proximity=1500", "Doposcuola Tata"}, /* not two kilometres: fifteen hundred metres */
        {"&comune=ivrea&proximity=1700", "Doposcuola Tata"},
        {"&comune=ivrea&proximity=1900", "Caffe Doposcuola Tata"},
        {"&comune=ivrea&proximity=3000", "Caffe Doposcuola Tata"},
        {"&comune=ivrea&proximity=3000&day=SA", "Caffe"},
        {"&comune=ivrea&proximity=1000&maximum_age=10", "Tata"},
    };
    struct stage g = {0};
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, put_all, &g), ST_OK);
    const char *org = organisation_id(h);

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        const char *target = str_fmt(h->mem, API "/services?organization_id=%s%s", org, cases[i].asked).p;
        const char *found = names(h, out_json(h, target), NULL);

        ck_assert_msg(strcmp(found, cases[i].wanted) == 0, "%s gives: %s", cases[i].asked, found);
    }
    /* the same at places: who has none stands in no such list */
    ck_assert_str_eq(names(h, out_json(h, str_fmt(h->mem, API "/service_at_locations?organization_id=%s&day=TU&full=true", org).p), "service"),
                     "Corso Doposcuola");
    ck_assert_str_eq(names(h, out_json(h, str_fmt(h->mem, API "/service_at_locations?organization_id=%s&minimum_age=17&full=true", org).p), "service"),
                     "");
    /* in a question that is sent, words and filters hold together */
    ck_assert_str_eq(names(h, out_post(h, API "/services", str_fmt(h->mem, "{\"search\":\"doposcuola\",\"day\":\"MO\",\"organization_id\":\"%s\"}", org).p), NULL),
                     "Doposcuola");
    ck_assert_str_eq(names(h, out_post(h, API "/services", str_fmt(h->mem, "{\"search\":\"doposcuola\",\"day\":\"SA\",\"organization_id\":\"%s\"}", org).p), NULL), "");
    harness_free(h);
}
END_TEST

/* ---- how an entry is kept ---- */

struct kept {
    int64_t service_id;
    enum due_state due;
};

static enum status set_due(struct ctx *c, void *arg)
{
    const struct kept *k = arg;

    return catalogue_set_due(c, k->service_id, k->due);
}

static const char *mark_of(const json_t *service, const char *code)
{
    size_t i;
    json_t *a;

    json_array_foreach(json_object_get(service, "attributes"), i,
                       a) if (strcmp(out_str(json_object_get(a, "taxonomy_term"), "code"), code) == 0) return out_str(a, "value");
    return "-";
}

static struct sheet csv(struct harness *h, const char *target)
{
    const struct web_reply r = harness_get(h, target);
    struct sheet s;
    struct str why = STR("");

    ck_assert_msg(r.code == 200, "%s answers %d", target, r.code);
    ck_assert_int_eq(sheet_read(h->mem, r.body, &s, &why), ST_OK);
    return s;
}

static void cells_are(const struct sheet *s, const char *name, const char *freshness, const char *verified, const char *score)
{
    for (int i = 0; i < s->n_rows; i++)
        if (str_eq_z(sheet_cell(s, i, "nome"), name)) {
            ck_assert(str_eq_z(sheet_cell(s, i, "freschezza"), freshness));
            ck_assert(str_eq_z(sheet_cell(s, i, "verificata_il"), verified));
            ck_assert_msg(str_eq_z(sheet_cell(s, i, "punteggio"), score), "%s: %.*s", name, (int)sheet_cell(s, i, "punteggio").n,
                          sheet_cell(s, i, "punteggio").p);
            return;
        }
    ck_abort_msg("%s is not in the table", name);
}

/* The id of a mark of ours. */
static const char *term_id(struct harness *h, const char *code)
{
    return str_z(h->mem, catalogue_term_uuid(h->mem, OWN_MARKS, str_of(code)));
}

START_TEST(test_upkept__the_same_in_every_format)
{
    struct harness *h = harness_new();
    struct made_body b = {.source_id = "ente", .name = "Prova", .email = "ente@esempio.it", .n = 3, .confirmed_ago = 10, .istat = "001125", .need = "pasto-caldo"};

    upkeep_make(h, &b);
    upkeep_day(h, 0);
    store_testing_exec(&h->store, str_fmt(h->mem, "UPDATE upkeep_service SET verified_on = '2026-11-03' WHERE service_id = %lld",
                                          (long long)b.service_ids[1]).p);
    ck_assert_int_eq(harness_write(h, set_due, &(struct kept){b.service_ids[1], DUE_NOW}), ST_OK);
    ck_assert_int_eq(harness_write(h, set_due, &(struct kept){b.service_ids[2], DUE_TO_RECONFIRM}), ST_OK);
    const char *score = str_fmt(h->mem, "%d", upkeep_entry_now(h, b.service_ids[1], 0).score).p;
    struct sheet s = csv(h, "/dati/servizi.csv");

    cells_are(&s, "Prova 1", "fresh", "", score);
    cells_are(&s, "Prova 2", "due", "2026-11-03", score);
    cells_are(&s, "Prova 3", "to-reconfirm", "", score);
    s = csv(h, "/dati/servizi.csv?dove=ivrea-to&bisogno=pasto-caldo"); /* cards, not blocks */
    cells_are(&s, "Prova 2", "due", "2026-11-03", score);
    json_t *x = out_json(h, str_fmt(h->mem, API "/services/%s", out_id(h, "Prova 2").p).p);

    ck_assert_str_eq(mark_of(x, "freshness"), "due");
    ck_assert_str_eq(mark_of(x, "verified-on"), "2026-11-03");
    ck_assert_str_eq(mark_of(x, "score"), score);
    json_decref(x);
    x = out_json(h, str_fmt(h->mem, API "/services/%s", out_id(h, "Prova 3").p).p);
    ck_assert_str_eq(mark_of(x, "freshness"), "to-reconfirm");
    ck_assert_str_eq(mark_of(x, "verified-on"), "-");
    json_decref(x);
    /* who asks for those with the mark gets them */
    x = out_json(h, str_fmt(h->mem, API "/services?taxonomy_term_id=%s", term_id(h, "verified-on")).p);
    ck_assert_int_eq(out_int(x, "total_items"), 1);
    json_decref(x);
    const struct web_reply r = harness_get(h, "/dati/servizi.geojson");

    harness_has(&r, "\"freschezza\":\"to-reconfirm\"");
    harness_has(&r, "\"verificata_il\":\"2026-11-03\"");
    harness_free(h);
}
END_TEST

/* ---- the files that are packed ---- */

START_TEST(test_pack__a_spreadsheet_has_the_rows_of_the_csv)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){60, 0});
    const struct sheet s = csv(h, "/dati/servizi.csv");
    const struct web_reply r = harness_get(h, "/dati/servizi.xlsx");
    struct xlsx_reader *book;
    struct xlsx_trouble trouble = {0};
    struct xlsx_row row;
    int n = 0;

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(xlsx_open_bytes(h->mem, r.body, &(struct xlsx_options){0}, &book, &trouble), ST_OK);
    ck_assert(xlsx_next_row(book, &row, &trouble));
    ck_assert(str_eq_z(row.cells[0], "id"));
    for (; xlsx_next_row(book, &row, &trouble); n++) {
        ck_assert_int_lt(n, s.n_rows);
        ck_assert(str_eq(row.cells[0], sheet_cell(&s, n, "id")));
        /* a formula is a text here: nothing need stand before it */
        ck_assert(str_eq(row.cells[1], sheet_cell(&s, n, "nome")) || sheet_cell(&s, n, "nome").p[0] == '\'');
    }
    ck_assert_ptr_null(trouble.key);
    ck_assert_int_eq(n, s.n_rows);
    xlsx_close(book);
    harness_free(h);
}
END_TEST

static struct sheet part(struct harness *h, struct unzip *z, const char *name)
{
    const int at = unzip_find(z, name);
    struct unzip_trouble trouble;
    struct str why = STR("");
    struct sheet s;
    size_t n = 1, done = 0;

    ck_assert_msg(at >= 0, "%s is not in the package", name);
    char *bytes = arena_alloc(h->mem, (size_t)unzip_size(z, at) + 1);

    ck_assert_int_eq(unzip_entry(z, at, &trouble), ST_OK);
    for (; n > 0; done += n) /* the last reading checks the size and the sum */
        ck_assert_int_eq(unzip_read(z, bytes + done, (size_t)unzip_size(z, at) + 1 - done, &n, &trouble), ST_OK);
    ck_assert_int_eq(sheet_read(h->mem, (struct str){bytes, done}, &s, &why), ST_OK);
    return s;
}

START_TEST(test_pack__a_package_says_what_the_api_says)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){60, 0});
    const struct web_reply r = harness_get(h, "/dati/hsds.zip");
    struct unzip *z;
    struct unzip_trouble trouble;

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(unzip_open(h->mem, NULL, r.body, NULL, &z, &trouble), ST_OK);
    ck_assert_int_ge(unzip_find(z, "datapackage.json"), 0);
    const struct sheet services = part(h, z, "services.csv"), ats = part(h, z, "service_at_location.csv"), attributes = part(h, z, "attributes.csv");
    json_t *list = out_json(h, API "/services?per_page=1"), *places = out_json(h, API "/service_at_locations?per_page=1");
    const struct str full = out_id(h, "Mensa piena");
    int n_marks = 0;

    ck_assert_int_eq(services.n_rows, (int)out_int(list, "total_items"));
    ck_assert_int_eq(ats.n_rows, (int)out_int(places, "total_items"));
    for (int i = 0; i < attributes.n_rows; i++)
        n_marks += str_eq(sheet_cell(&attributes, i, "link_id"), full);
    ck_assert_int_ge(n_marks, 10);
    json_decref(list);
    json_decref(places);
    unzip_close(z);
    harness_free(h);
}
END_TEST

UNIT_MAIN("publish_filter", test_filter__each_gives_the_services_that_it_means, test_upkept__the_same_in_every_format,
          test_pack__a_spreadsheet_has_the_rows_of_the_csv, test_pack__a_package_says_what_the_api_says)
