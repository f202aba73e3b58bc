/* territory_test.c - who answers where I live, from the search to the files, on the engine under
 * test. Facts of the territory asserted here are those of reference/, with their source there. */
#include "base/macros.h"
#include "core/bodies/bodies.h"
#include "core/places/places.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <jansson.h>
#include <string.h>

static int n_of(const struct web_reply *r, const char *text)
{
    int n = 0;

    for (struct str rest = r->body; rest.n > 0;) {
        const char *at = memmem(rest.p, rest.n, text, strlen(text));

        if (at == NULL)
            break;
        n++;
        rest = str_from(rest, (size_t)(at - rest.p) + 1);
    }
    return n;
}

static void leads_to(struct harness *h, const char *from, const char *to)
{
    const struct web_reply r = harness_get(h, from);
    const struct str place = harness_header(h, &r, "Location");

    if (r.code != 303 || !str_eq_z(place, to))
        ck_abort_msg("%s gives %d %.*s, not %s", from, r.code, (int)place.n, place.p, to);
}

/* ---- where do you live? ---- */

START_TEST(test_territory__one_whole_name_goes_straight_to_its_page)
{
    static const struct {
        const char *typed, *to;
    } cases[] = {
        {"Ivrea", "/territorio/comune/ivrea-to"},
        {"+iVREA+", "/territorio/comune/ivrea-to"},
        {"cuorgne", "/territorio/comune/cuorgne-to"},
        {"Cuorgn%C3%A8+(TO)", "/territorio/comune/cuorgne-to"},
        {"Biella,+Biella", "/territorio/comune/biella-bi"},
        {"001125", "/territorio/comune/ivrea-to"},
        {"E379", "/territorio/comune/ivrea-to"},
        {"Rivodora", "/territorio/comune/baldissero-torinese-to"}, /* a hamlet */
        {"Lugnacco", "/territorio/comune/val-di-chy-to"},          /* merged on 1 January 2019 */
    };
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(cases); i++)
        leads_to(h, str_fmt(h->mem, "/territorio/cerca?dove=%s", cases[i].typed).p, cases[i].to);
    leads_to(h, "/territorio/cerca?dove=", "/territorio");
    leads_to(h, "/en/territorio/cerca?dove=Ivrea", "/en/territorio/comune/ivrea-to");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__slips_and_beginnings_are_offered_not_taken)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/territorio/cerca?dove=Ivreea");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "href=\"/territorio/comune/ivrea-to\"");
    harness_has(&r, "Non c’è un Comune che si chiama proprio «Ivreea»");
    harness_has(&r, "Il nome è simile");
    harness_has(&r, "value=\"Ivreea\"");
    r = harness_get(h, "/territorio/cerca?dove=villar");
    ck_assert_int_eq(r.code, 200);
    ck_assert_int_ge(n_of(&r, "<li class=\"card"), 3);
    r = harness_get(h, "/territorio/cerca?dove=qqqqqq");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Non abbiamo trovato «qqqqqq» in Piemonte");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__cap_is_named_only_when_it_is_loaded)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/territorio");

    harness_has(&r, "Dove vivi? Scrivi il Comune");
    harness_has_not(&r, "CAP");
    harness_free(h);
}
END_TEST

/* ---- comune ---- */

START_TEST(test_territory__known_body_comes_with_its_source)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/territorio/comune/airasca-to");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<h1>Airasca</h1>");
    harness_has(&r, "href=\"/enti/mb30-ciss-pinerolo\"");
    harness_has(&r, "Data della fonte: 2016.");
    harness_has(&r, "elenco completo dei Comuni dell");
    harness_has(&r, "href=\"https://cisspinerolo.it/pagine/27/Storia-del-C-I-S-S-\"");
    harness_has(&r, "href=\"/territorio/area/province-torino\"");
    harness_has(&r, "001002");
    harness_has_not(&r, "Non sappiamo quale ente");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__unknown_body_is_said_and_never_guessed)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/territorio/comune/aglie-to");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Non sappiamo quale ente segue questo Comune.");
    ck_assert_int_eq(n_of(&r, "non sappiamo se segue il tuo Comune"), 3);
    ck_assert_int_eq(n_of(&r, "km in linea d’aria"), 3);
    harness_has(&r, "Scrivilo</a>");
    harness_has(&r, "pagina=%2Fterritorio%2Fcomune%2Faglie-to");
    r = harness_get(h, "/en/territorio/comune/aglie-to");
    harness_has(&r, "We do not know which body answers for this municipality.");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__every_comune_has_a_page)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/api/v1/areas");
    json_t *all = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);
    const json_t *items = json_object_get(all, "items");

    ck_assert_int_eq(json_integer_value(json_object_get(all, "count")), 1180);
    for (size_t i = 0; i < json_array_size(items); i += 59) {
        const char *slug = json_string_value(json_object_get(json_array_get(items, i), "slug"));

        r = harness_get(h, str_fmt(h->mem, "/territorio/comune/%s", slug).p);
        ck_assert_msg(r.code == 200, "%s gives %d", slug, r.code);
        harness_has(&r, "Chi risponde qui");
        harness_has(&r, "<svg");
    }
    json_decref(all);
    harness_free(h);
}
END_TEST

START_TEST(test_territory__short_and_old_addresses_lead_to_the_right_one)
{
    struct harness *h = harness_new();

    leads_to(h, "/territorio/comune/airasca", "/territorio/comune/airasca-to");
    leads_to(h, "/territorio/comune/Airasca-TO", "/territorio/comune/airasca-to");
    leads_to(h, "/territorio/comune/001002", "/territorio/comune/airasca-to");
    leads_to(h, "/territorio/comune/Cuorgn%C3%A8-TO", "/territorio/comune/cuorgne-to");
    leads_to(h, "/territorio/distretto/21", "/territorio/distretto/21-cirie-lanzo");
    leads_to(h, "/territorio/distretto/cirie-lanzo", "/territorio/distretto/21-cirie-lanzo");
    leads_to(h, "/enti/mb32", "/enti/mb32-cis-cirie");
    leads_to(h, "/enti/MB32-CIS-Ciri%C3%A8", "/enti/mb32-cis-cirie");
    leads_to(h, "/territorio/area/rivodora", "/territorio/area/hamlet-rivodora");
    leads_to(h, "/territorio/area/district-21-cirie-lanzo", "/territorio/distretto/21-cirie-lanzo");
    ck_assert_int_eq(harness_get(h, "/territorio/comune/nessuno-xx").code, 404);
    ck_assert_int_eq(harness_get(h, "/territorio/distretto/99").code, 404);
    ck_assert_int_eq(harness_get(h, "/enti/mb99").code, 404);
    ck_assert_int_eq(harness_get(h, "/territorio/area/province-nessuna").code, 404);
    harness_free(h);
}
END_TEST

/* ---- districts and other areas ---- */

START_TEST(test_territory__home_has_30_districts_on_list_and_map)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/territorio");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "30 distretti");
    ck_assert_int_eq(n_of(&r, "<th scope=\"row\"><a href=\"/territorio/distretto/"), 30);
    ck_assert_int_ge(n_of(&r, "<a class=\"w-area\" href=\"/territorio/distretto/"), 20);
    harness_has(&r, "Mappa schematica");
    harness_has(&r, "886.837"); /* Torino città: its project is this district alone */
    ck_assert_int_eq(n_of(&r, "non indicati"), 11); /* those of the projects of several districts */
    ck_assert_int_le((int)r.body.n, 120 * 1024);
    harness_free(h);
}
END_TEST

START_TEST(test_territory__a_partial_list_says_so)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/territorio/distretto/21-cirie-lanzo");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "L’elenco non è completo");
    harness_has(&r, "href=\"/enti/mb32-cis-cirie\"");
    harness_has(&r, "href=\"/progetti/cuorgne\"");
    r = harness_get(h, "/territorio/distretto/15-torino-citta");
    harness_has(&r, "L’elenco è completo");
    harness_has_not(&r, "L’elenco non è completo");
    harness_has(&r, "href=\"/territorio/comune/torino-to\"");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__provinces_region_and_hamlets_have_a_page)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/territorio/area/province-verbano-cusio-ossola");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "href=\"/territorio/comune/verbania-vb\"");
    r = harness_get(h, "/territorio/area/region-piemonte");
    ck_assert_int_eq(n_of(&r, "href=\"/territorio/area/province-"), 8);
    r = harness_get(h, "/territorio/area/hamlet-rivodora");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "href=\"/territorio/comune/baldissero-torinese-to\"");
    harness_free(h);
}
END_TEST

/* ---- bodies ---- */

START_TEST(test_territory__bodies_that_ended_say_who_answers_now)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/enti");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "49 enti");
    ck_assert_int_eq(n_of(&r, "Non c’è più"), 2);
    r = harness_get(h, "/api/v1/bodies/MB31");
    json_t *b = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_str_eq(json_string_value(json_object_get(b, "successor")), "MB30");
    r = harness_get(h,
                    str_fmt(h->mem, "/enti/%s", json_string_value(json_object_get(b, "slug"))).p);
    json_decref(b);
    harness_has(&r, "Ultimo giorno: 31 dicembre 2024");
    harness_has(&r, "href=\"/enti/mb30-ciss-pinerolo\"");
    r = harness_get(h, "/enti/mb30-ciss-pinerolo");
    harness_has(&r, "Enti confluiti qui");
    harness_has(&r, "Unione Chisone Germanasca");
    harness_free(h);
}
END_TEST

START_TEST(test_territory__body_page_shows_comuni_project_and_initiatives)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/enti/mb32-cis-cirie");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "12 Comuni");
    harness_has(&r, "L’elenco non è completo");
    harness_has(&r, "12 verificati");
    harness_has(&r, "href=\"/progetti/cuorgne\"");
    harness_has(&r, "href=\"/territorio/distretto/21-cirie-lanzo\"");
    ck_assert_int_eq(n_of(&r, "segnalata nel 2018: c’è ancora?"), 9);
    harness_free(h);
}
END_TEST

/* ---- files and programs ---- */

START_TEST(test_territory__files_leave_the_unknown_empty)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/dati/comuni.csv");

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(n_of(&r, "\r\n"), 1181);
    harness_has(&r, "\"001001\",\"Agliè\",\"TO\",\"A074\",\"45.36800\",\"7.76800\",\"\",\"\",\"\"");
    harness_has(&r, "\"MB30\",\"CISS Pinerolo\",\"list\",\"2016\",\"https://cisspinerolo.it/");
    r = harness_get(h, "/dati/distretti.csv");
    ck_assert_int_eq(n_of(&r, "\r\n"), 31);
    r = harness_get(h, "/dati/enti.csv");
    ck_assert_int_eq(n_of(&r, "\r\n"), 50);
    harness_free(h);
}
END_TEST

START_TEST(test_territory__programs_get_what_the_page_says)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/api/v1/areas/comune/001001");
    json_t *got = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);

    ck_assert(json_is_null(json_object_get(got, "answered_by")));
    ck_assert_int_eq((int)json_array_size(json_object_get(got, "nearest_desks")), 3);
    json_decref(got);
    r = harness_get(h, "/api/v1/areas/comune/001002");
    got = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_str_eq(
        json_string_value(json_object_get(json_object_get(got, "answered_by"), "code")), "MB30");
    ck_assert_int_eq((int)json_array_size(json_object_get(got, "nearest_desks")), 0);
    json_decref(got);
    r = harness_get(h, "/api/v1/areas?kind=district");
    got = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(got, "count")), 30);
    json_decref(got);
    r = harness_get(h, "/api/v1/bodies");
    got = json_loadb(r.body.p, r.body.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_int_eq(json_integer_value(json_object_get(got, "count")), 49);
    json_decref(got);
    ck_assert_int_eq(harness_get(h, "/api/v1/areas?kind=nothing").code, 404);
    ck_assert_int_eq(harness_get(h, "/api/v1/areas/comune/999999").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_territory__picture_of_the_home_stands_by_itself)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/territorio/mappa.svg");

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_starts(harness_header(h, &r, "Content-Type"), STR("image/svg+xml")));
    ck_assert(str_starts(r.body, STR("<svg xmlns=\"http://www.w3.org/2000/svg\"")));
    ck_assert(str_ends(r.body, STR("</g></svg>")));
    ck_assert_int_eq(n_of(&r, "<path"), 2);
    ck_assert_int_ge((int)r.body.n, 20 * 1024);
    ck_assert_int_le((int)r.body.n, 60 * 1024);
    harness_free(h);
}
END_TEST

/* ---- hostile names ---- */

static enum status put_hostile(struct ctx *c, void *arg)
{
    struct area province;
    const struct area_put a = {.kind = AREA_FREE,
                               .code = STR("hostile"),
                               .name = STR("<script>alert(1)</script>\" onclick=\"x"),
                               .from = DAY_NONE,
                               .to = DAY_NONE};
    struct comune comune;
    enum put_change change;
    int64_t id = 0;

    (void)arg;
    ck_assert_int_eq(places_area_by_code(c, AREA_PROVINCE, STR("TO"), &province), ST_OK);
    ck_assert_int_eq(places_comune_by_istat(c, STR("001002"), &comune), ST_OK);
    ck_assert_int_eq(places_put_area(c, &a, &id, &change), ST_OK);
    return places_put_membership(c,
                                 &(struct membership_put){.area_id = comune.area.area_id,
                                                          .in_id = id,
                                                          .from = DAY_NONE,
                                                          .to = DAY_NONE,
                                                          .evidence = STR("import"),
                                                          .source = STR("javascript:alert(1)"),
                                                          .is_import = true},
                                 &change);
}

START_TEST(test_territory__hostile_names_and_words_stay_text)
{
    static const char *const targets[] = {
        "/territorio/area/free-hostile", "/territorio/comune/airasca-to",
        "/territorio/cerca?dove=%3Cscript%3Ealert(1)%3C/script%3E%22%20onclick=%22x",
        "/api/v1/areas?kind=free", "/api/v1/areas/comune/001002"};
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, put_hostile, NULL), ST_OK);
    for (int i = 0; i < ARRAY_LEN(targets); i++) {
        const struct web_reply r = harness_get(h, targets[i]);

        ck_assert_int_eq(r.code, 200);
        harness_has_not(&r, "<script>alert");
        harness_has_not(&r, "\" onclick=\"x");
        harness_has_not(&r, "href=\"javascript:");
    }
    const struct web_reply r = harness_get(h, "/territorio/comune/airasca-to");

    harness_has(&r, "&lt;script&gt;alert(1)");
    harness_has(&r, "<small lang=\"it\">javascript:alert(1)</small>"); /* named, not a link */
    harness_free(h);
}
END_TEST

UNIT_MAIN("territory", test_territory__one_whole_name_goes_straight_to_its_page,
          test_territory__slips_and_beginnings_are_offered_not_taken,
          test_territory__cap_is_named_only_when_it_is_loaded,
          test_territory__known_body_comes_with_its_source,
          test_territory__unknown_body_is_said_and_never_guessed,
          test_territory__every_comune_has_a_page,
          test_territory__short_and_old_addresses_lead_to_the_right_one,
          test_territory__home_has_30_districts_on_list_and_map,
          test_territory__a_partial_list_says_so,
          test_territory__provinces_region_and_hamlets_have_a_page,
          test_territory__bodies_that_ended_say_who_answers_now,
          test_territory__body_page_shows_comuni_project_and_initiatives,
          test_territory__files_leave_the_unknown_empty,
          test_territory__programs_get_what_the_page_says,
          test_territory__picture_of_the_home_stands_by_itself,
          test_territory__hostile_names_and_words_stay_text)
