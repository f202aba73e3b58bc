/* publish_export_test.c - CSV and GeoJSON of any result, hours as text, the document of the API, and
 * the canary: a secret address is in nothing that goes out. */
#include "base/csv.h"
#include "base/macros.h"
#include "base/sheet.h"
#include "features/search/search.h"
#include "publish_export.h"
#include "features/opening/opening_text.h"
#include "publish_openapi.h"
#include "publish_testing.h"
#include "features/feeds/feeds_own_marks.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

#define API "/api/hsds/3.0"

static struct sheet csv(struct harness *h, const char *target)
{
    const struct web_reply r = harness_get(h, target);
    struct sheet s;
    struct str why = STR("");

    ck_assert_msg(r.code == 200, "%s answers %d", target, r.code);
    if (sheet_read(h->mem, r.body, &s, &why) != ST_OK)
        ck_abort_msg("%s: %.*s", target, (int)why.n, why.p);
    return s;
}

static int row_of(const struct sheet *s, const char *name)
{
    for (int i = 0; i < s->n_rows; i++)
        if (str_eq_z(sheet_cell(s, i, "nome"), name))
            return i;
    ck_abort_msg("%s is not in the table", name);
    return -1;
}

#define CELL_IS(s, row, name, want)                                                                \
    ck_assert_msg(str_eq_z(sheet_cell(s, row, name), want), "%s: %.*s", name,                      \
                  (int)sheet_cell(s, row, name).n, sheet_cell(s, row, name).p)

START_TEST(test_export__a_table_of_all_services_however_many)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){700, 0});
    const struct sheet s = csv(h, "/dati/servizi.csv");
    const int full = row_of(&s, "Mensa piena"), secret = row_of(&s, "Casa rifugio"),
              demo = row_of(&s, "Servizio inventato");
    json_t *list = out_json(h, API "/services");

    ck_assert_int_eq(s.n_rows, out_int(list, "total_items")); /* none of them has two places */
    json_decref(list);
    CELL_IS(&s, full, "bisogni", "spesa-alimentare; pasto-caldo");
    CELL_IS(&s, full, "eta_da", "17.5");
    CELL_IS(&s, full, "indirizzo", "Via delle Rose 1, 10015");
    CELL_IS(&s, full, "comune", "Ivrea");
    CELL_IS(&s, full, "provincia", "TO");
    CELL_IS(&s, full, "lat", "45.4637");
    CELL_IS(&s, full, "telefono", "0125 555 0101");
    CELL_IS(&s, full, "accesso", "wheelchair; toilet; hearing");
    CELL_IS(&s, full, "dati_dimostrativi", "0");
    CELL_IS(&s, full, "confermata_da", "Consorzio di prova");
    CELL_IS(&s, full, "pagina",
            str_fmt(h->mem, "http://localhost/servizi/%s",
                    strstr(sheet_cell(&s, full, "pagina").p, "mensa-piena") != NULL
                        ? strstr(str_z(h->mem, sheet_cell(&s, full, "pagina")), "mensa-piena")
                        : "?")
                .p);
    CELL_IS(&s, demo, "dati_dimostrativi", "1");
    CELL_IS(&s, secret, "indirizzo_riservato", "1");
    CELL_IS(&s, secret, "indirizzo", "Indirizzo riservato: telefona");
    CELL_IS(&s, secret, "comune", "Ivrea");
    CELL_IS(&s, secret, "luogo", "San Grato");
    CELL_IS(&s, secret, "lat", "");
    /* a cell that a spreadsheet would take for a formula */
    ck_assert(str_starts(
        sheet_cell(&s, row_of(&s, "'=1+1; \"<script>\" \\ \xF0\x9F\x8D\x9E"), "nome"), STR("'=")));
    const struct web_reply head =
        harness_ask(h, &(struct web_ask){.method = "HEAD", .target = "/dati/servizi.csv"});

    ck_assert_int_eq(head.code, 200);
    ck_assert(str_starts(harness_header(h, &head, "Content-Disposition"),
                         STR("attachment; filename=\"servizi.csv\"")));
    harness_free(h);
}
END_TEST

static json_t *geojson(struct harness *h, const char *target)
{
    json_t *all = out_json(h, target);

    ck_assert_str_eq(out_str(all, "type"), "FeatureCollection");
    return all;
}

static const json_t *feature(const json_t *all, const char *name)
{
    size_t i;
    json_t *f;

    json_array_foreach(json_object_get(all, "features"), i,
                       f) if (strcmp(out_str(json_object_get(f, "properties"), "nome"), name) ==
                              0) return f;
    ck_abort_msg("%s is not in the file", name);
    return NULL;
}

START_TEST(test_export__points_for_a_map_and_none_of_a_secret_place)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){120, 0});
    json_t *all = geojson(h, "/dati/servizi.geojson");
    const json_t *f = feature(all, "Mensa piena");
    const json_t *at = json_object_get(json_object_get(f, "geometry"), "coordinates");

    ck_assert(json_real_value(json_array_get(at, 0)) == 7.8745); /* longitude first */
    ck_assert(json_real_value(json_array_get(at, 1)) == 45.4637);
    ck_assert(
        json_is_false(json_object_get(json_object_get(f, "properties"), "dati_dimostrativi")));
    f = feature(all, "Casa rifugio");
    ck_assert(json_is_null(json_object_get(f, "geometry")));
    ck_assert(
        json_is_true(json_object_get(json_object_get(f, "properties"), "indirizzo_riservato")));
    f = feature(all, "Servizio inventato");
    ck_assert(json_is_null(json_object_get(f, "geometry")));
    ck_assert(json_is_true(json_object_get(json_object_get(f, "properties"), "dati_dimostrativi")));
    json_decref(all);
    harness_free(h);
}
END_TEST

START_TEST(test_export__a_file_holds_what_the_results_page_shows)
{
    static const struct {
        const char *query, *field, *key;
    } wrong[] = {{"dove=Nessunposto", "dove", "no-comune"},
                 {"dove=San", "dove", "several-comuni"},
                 {"bisogno=non-esiste", "bisogno", "no-need"}};
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){30, 0});
    struct sheet s = csv(h, "/dati/servizi.csv?bisogno=pasto-caldo&dove=ivrea-to");

    ck_assert_int_ge(s.n_rows, 1);
    CELL_IS(&s, row_of(&s, "Mensa piena"), "ente", "Ente \"di prova\" & figli");
    for (int i = 0; i < s.n_rows; i++)
        ck_assert(memmem(sheet_cell(&s, i, "bisogni").p, sheet_cell(&s, i, "bisogni").n,
                         "pasto-caldo", 11) != NULL);
    s = csv(h, "/dati/servizi.csv?cosa=mensa+piena");
    CELL_IS(&s, 0, "nome", "Mensa piena"); /* in the order of the page */
    s = csv(h, "/dati/servizi.csv?bisogno=pasto-caldo&tipo=benefit&dove=ivrea-to");
    for (int i = 0; i < s.n_rows; i++)
        CELL_IS(&s, i, "tipo", "benefit");
    ck_assert_int_ge(s.n_rows, 1);
    for (int i = 0; i < ARRAY_LEN(wrong); i++) {
        static const char *const json[] = {"Accept: application/json", NULL};
        const struct web_reply r = harness_ask(
            h,
            &(struct web_ask){.method = "GET",
                              .headers = json,
                              .target = str_fmt(h->mem, "/dati/servizi.csv?%s", wrong[i].query).p});

        ck_assert_msg(r.code == 400, "%s answers %d", wrong[i].query, r.code);
        harness_has(&r, str_fmt(h->mem, "\"field\":\"%s\",\"key\":\"publish.%s\"", wrong[i].field,
                                wrong[i].key)
                            .p);
    }
    harness_free(h);
}
END_TEST

/* ---- the canary ---- */

START_TEST(test_export__a_secret_address_is_in_nothing_that_goes_out)
{
    static const char *const targets[] = {API "/services?per_page=1000",
                                          API "/services?per_page=1000&full=true",
                                          API "/services?format=ndjson&full=true",
                                          API "/services?minimal=true",
                                          API "/service_at_locations",
                                          API "/service_at_locations?full=true",
                                          API "/service_at_locations?format=ndjson",
                                          API "/locations",
                                          API "/locations?format=ndjson",
                                          API "/organizations?full=true&per_page=1000",
                                          API "/organizations?full_service=true&per_page=1000",
                                          API "/taxonomies",
                                          API "/taxonomy_terms?per_page=1000",
                                          "/dati/servizi.csv",
                                          "/dati/servizi.geojson",
                                          "/dati/servizi.csv?cosa=casa+rifugio&dove=ivrea-to",
                                          "/dati/servizi.geojson?cosa=rifugio",
                                          "/dati/servizi.csv?cosa=" OUT_CANARY,
                                          API,
                                          "/api/openapi.json"};
    static const char *const words[] = {OUT_CANARY, "canarino", "45.98765", "7.12345", "10199"};
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){2, 0});
    const struct str id = out_id(h, "Casa rifugio");
    json_t *s = out_json(h, str_fmt(h->mem, API "/services/%s", id.p).p);
    const json_t *at = json_array_get(json_object_get(s, "service_at_locations"), 0);
    const char *more[] = {
        str_fmt(h->mem, API "/services/%s", id.p).p,
        str_fmt(h->mem, API "/service_at_locations/%s", out_str(at, "id")).p,
        str_fmt(h->mem, API "/locations/%s", out_str(json_object_get(at, "location"), "id")).p,
        str_fmt(h->mem, API "/organizations/%s?full_service=true", out_str(s, "organization_id"))
            .p};

    ck_assert_str_eq(out_str(json_object_get(at, "location"), "name"), "Ivrea, San Grato");
    ck_assert_ptr_null(json_object_get(json_object_get(at, "location"),
                                       "latitude")); /* not even the town's: no pin */
    ck_assert_ptr_null(json_object_get(json_object_get(at, "location"), "addresses"));
    for (int i = 0; i < ARRAY_LEN(targets) + ARRAY_LEN(more); i++) {
        const char *target = i < ARRAY_LEN(targets) ? targets[i] : more[i - ARRAY_LEN(targets)];
        const struct web_reply r = harness_get(h, target);

        ck_assert_msg(r.code == 200, "%s answers %d", target, r.code);
        for (int k = 0; k < ARRAY_LEN(words); k++)
            if (memmem(r.body.p, r.body.n, words[k], strlen(words[k])) != NULL)
                ck_abort_msg("%s gives %s away", target, words[k]);
    }
    /* nor does a search find it by what is secret */
    json_t *found =
        out_post(h, API "/services", "{\"search\":\"via del " OUT_CANARY "\",\"full\":true}");
    size_t i;
    json_t *x;

    json_array_foreach(json_object_get(found, "contents"), i, x)
        ck_assert_str_ne(out_str(x, "name"), "Casa rifugio");
    json_decref(found);
    json_decref(s);
    harness_free(h);
}
END_TEST

/* ---- from portal to portal ---- */

START_TEST(test_export__what_another_portal_said_comes_back_to_its_place)
{
    struct harness *h = harness_new();

    out_stage(h, (struct out_stage){0, 0});
    const struct str id = out_id(h, "Mensa piena");
    json_t *j = out_json(h, str_fmt(h->mem, API "/services/%s", id.p).p);
    const json_t *list = json_object_get(j, "attributes");
    struct service s = {.apply_by = DAY_NONE, .kind = SERVICE_SERVICE};

    s.parts.n_attributes = (int)json_array_size(list);
    s.parts.attributes = ARENA_ARRAY(h->mem, struct attribute, (size_t)s.parts.n_attributes);
    for (int i = 0; i < s.parts.n_attributes; i++) {
        const json_t *a = json_array_get(list, (size_t)i),
                     *term = json_object_get(a, "taxonomy_term");

        s.parts.attributes[i] = (struct attribute){.term_uuid = str_of(out_str(term, "id")),
                                                   .code = str_of(out_str(term, "code")),
                                                   .value = str_of(out_str(a, "value"))};
    }
    feeds_take_ours(h->mem, &s);
    ck_assert_int_eq(s.n_needs, 2); /* those that were said, and none that a code would lead to */
    ck_assert(str_eq_z(s.needs[1], "pasto-caldo"));
    ck_assert_int_eq(s.n_targets, 1);
    ck_assert_int_eq(s.kind, SERVICE_BENEFIT);
    ck_assert_int_eq(s.ways, WAY_PRESENCE | WAY_HOME);
    ck_assert_int_eq(s.fee, FEE_BY_ISEE);
    ck_assert(s.has_places_free && s.places_free == 3);
    ck_assert_int_eq(s.apply_by, day_from_ymd(2027, 1, 31));
    ck_assert(!s.is_demo);
    ck_assert_int_eq(s.parts.n_attributes, 1); /* somebody else's stays */
    ck_assert(str_eq_z(s.parts.attributes[0].code, "X1"));
    ck_assert_int_eq(
        feeds_schedule_kind(h->mem, json_array_get(json_object_get(j, "schedules"), 2)),
        HOURS_CLOSED);
    ck_assert_int_eq(
        feeds_schedule_kind(h->mem, json_array_get(json_object_get(j, "schedules"), 3)),
        HOURS_BY_APPOINTMENT);
    ck_assert_int_eq(
        feeds_schedule_kind(h->mem, json_array_get(json_object_get(j, "schedules"), 0)),
        HOURS_OPEN);
    json_decref(j);
    /* a term of the same code that is not ours says nothing */
    struct attribute alien = {.term_uuid = STR("00000000-0000-4000-8000-000000000000"),
                              .code = STR("demo")};
    struct service other = {.parts = {.attributes = &alien, .n_attributes = 1}};

    feeds_take_ours(h->mem, &other);
    ck_assert(!other.is_demo && other.parts.n_attributes == 1);
    struct attribute invented = {.term_uuid = catalogue_term_uuid(h->mem, OWN_MARKS, STR("demo")),
                                 .code = STR("demo")};
    struct service fake = {.parts = {.attributes = &invented, .n_attributes = 1}};

    feeds_take_ours(h->mem, &fake);
    ck_assert(fake.is_demo && fake.parts.n_attributes == 0);
    harness_free(h);
}
END_TEST

/* ---- hours ---- */

static bool same_rule(const struct hours_rule *a, const struct hours_rule *b)
{
    return a->kind == b->kind && a->weekdays == b->weekdays &&
           memcmp(a->nth, b->nth, sizeof a->nth) == 0 && a->opens_min == b->opens_min &&
           a->closes_min == b->closes_min && a->season_from == b->season_from &&
           a->season_to == b->season_to && a->from_day == b->from_day && a->to_day == b->to_day &&
           a->on_holidays == b->on_holidays && a->only_holidays == b->only_holidays;
}

START_TEST(test_export__hours_written_are_read_back_the_same)
{
    static const char *const texts[] = {"Mo-Fr 09:00-12:30",
                                        "Mo,We,Fr 15:00-18:00",
                                        "Tu[1] 15:00-17:00",
                                        "Fr[-1] 09:00-12:00",
                                        "Mo-Sa 08:00-12:00; Mo-Sa 14:00-18:00",
                                        "Mo-Su 20:00-08:00",
                                        "Mo-Fr 09:00-12:00; Su off",
                                        "Jun 15-Sep 15: Mo-Su 10:00-20:00",
                                        "2027 Jan 10-2027 Mar 20 Sa 15:00-18:00",
                                        "Mo-Fr 09:00-12:00; PH 09:00-10:00",
                                        "Mo-Fr,PH 09:00-12:00",
                                        "\"su appuntamento\"",
                                        "Mo-Fr 09:00-12:00 \"su appuntamento\"",
                                        "Tu[1,3] 15:00-17:00"};
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(texts); i++) {
        struct hours_text first, again;
        struct hours_said list[HOURS_TEXT_MOST];
        struct str wrong;
        const char *key;

        ck_assert_msg(hours_text_read(mem, str_of(texts[i]), &first, &wrong, &key) == ST_OK, "%s",
                      texts[i]);
        for (int k = 0; k < first.n; k++)
            list[k] = (struct hours_said){first.rules[k], first.words[k]};
        const struct str written = hours_text_write(mem, list, first.n, HOURS_OSM);

        ck_assert_msg(hours_text_read(mem, written, &again, &wrong, &key) == ST_OK,
                      "%s was written %.*s", texts[i], (int)written.n, written.p);
        ck_assert_msg(again.n == first.n, "%s was written %.*s", texts[i], (int)written.n,
                      written.p);
        for (int k = 0; k < first.n; k++)
            ck_assert_msg(same_rule(&first.rules[k], &again.rules[k]), "%s was written %.*s",
                          texts[i], (int)written.n, written.p);
    }
    arena_free(mem);
}
END_TEST

/* ---- the document of the API ---- */

static bool is_described(const struct route *r)
{
    for (int i = 0; i < openapi_n_operations; i++)
        if (openapi_operations[i].method == r->method &&
            strcmp(openapi_operations[i].path, r->path) == 0)
            return true;
    return false;
}

static bool is_routed(struct harness *h, const struct operation *op)
{
    const struct route *r;

    for (int i = 0; (r = web_app_route(h->app, i)) != NULL; i++)
        if (r->method == op->method && strcmp(r->path, op->path) == 0)
            return true;
    return false;
}

START_TEST(test_export__every_address_for_programs_is_described_and_no_other)
{
    struct harness *h = harness_new();
    json_t *doc = out_json(h, "/api/openapi.json");
    const struct route *r;
    size_t n_in_doc = 0;
    const char *path;
    json_t *ways;

    for (int i = 0; (r = web_app_route(h->app, i)) != NULL; i++)
        if (strncmp(r->path, "/api/", 5) == 0)
            ck_assert_msg(is_described(r), "%s is not described in the OpenAPI document", r->path);
    for (int i = 0; i < openapi_n_operations; i++)
        ck_assert_msg(is_routed(h, &openapi_operations[i]), "%s is described and is not there",
                      openapi_operations[i].path);
    json_object_foreach(json_object_get(doc, "paths"), path, ways) n_in_doc +=
        json_object_size(ways);
    ck_assert_uint_eq(n_in_doc, (size_t)openapi_n_operations);
    ck_assert_str_eq(out_str(doc, "openapi"), "3.1.0");
    ck_assert_ptr_nonnull(json_object_get(json_object_get(doc, "paths"), API "/services/{id}"));
    json_decref(doc);
    harness_free(h);
}
END_TEST

UNIT_MAIN("publish_export", test_export__a_table_of_all_services_however_many,
          test_export__points_for_a_map_and_none_of_a_secret_place,
          test_export__a_file_holds_what_the_results_page_shows,
          test_export__a_secret_address_is_in_nothing_that_goes_out,
          test_export__what_another_portal_said_comes_back_to_its_place,
          test_export__hours_written_are_read_back_the_same,
          test_export__every_address_for_programs_is_described_and_no_other)
