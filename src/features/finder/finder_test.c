/* finder_test.c - home, needs and the pages about violence, asked in process. */
#include "features/needs/needs.h"
#include "finder_testing.h"
#include "tests/unit.h"

START_TEST(test_finder__home_asks_what_is_needed_and_where)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<h1>Di che cosa hai bisogno?</h1>");
    harness_has(&r, "action=\"/trova\"");
    harness_has(&r, "name=\"cosa\"");
    harness_has(&r, "name=\"dove\"");
    harness_has(&r, "href=\"#cosa\"");
    harness_has(&r, "action=\"/territorio/cerca\"");
    harness_has(&r, "href=\"tel:112\"");
    harness_has(&r, "href=\"tel:1522\"");
    harness_has(&r, "href=\"tel:114\"");
    harness_has_not(&r, "w-tel");
    harness_has_not(&r, "CAP");
    r = harness_get(h, "/en");
    harness_has(&r, "action=\"/en/trova\"");
    harness_has(&r, "What do you need?");
    harness_free(h);
}
END_TEST

START_TEST(test_finder__home_has_the_twelve_sentences)
{
    struct harness *h = harness_new();
    struct arena *mem = arena_new(0);
    const struct needs *all = needs_open(mem);
    const struct web_reply it = harness_get(h, "/"), en = harness_get(h, "/en");

    ck_assert_int_eq(needs_n_groups(all), 12);
    for (int i = 0; i < needs_n_groups(all); i++) {
        const struct need_group *g = needs_group(all, i);
        const bool is_violence = str_eq_z(g->id, "violenza");

        harness_has(&it,
                    str_fmt(mem, "href=\"%s\"",
                            is_violence ? "/violenza"
                                        : str_fmt(mem, "/bisogni/%.*s", (int)g->id.n, g->id.p).p)
                        .p);
        harness_has(&it, str_fmt(mem, "#%.*s\"", (int)g->icon.n, g->icon.p).p);
        harness_has(&en, str_fmt(mem, "<span lang=\"en\">").p);
    }
    arena_free(mem);
    harness_free(h);
}
END_TEST

START_TEST(test_finder__the_phone_is_shown_when_it_is_set)
{
    struct harness *h = harness_new();

    harness_site(h, (struct site){.portal_name = "WeCaRe",
                                  .licence = "CC BY 4.0",
                                  .phone = "800 000 000",
                                  .phone_hours = "dalle 9 alle 17"});
    const struct web_reply r = harness_get(h, "/");

    harness_has(&r, "class=\"w-tel\" href=\"tel:800000000\"");
    harness_has(&r, "dalle 9 alle 17");
    harness_free(h);
}
END_TEST

START_TEST(test_finder__needs_stand_in_their_groups_in_both_languages)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/bisogni");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Non arrivo a fine mese");
    harness_has(&r, "href=\"/bisogni/spesa-alimentare\"");
    harness_has(&r, "href=\"/violenza/stalking\"");
    harness_has_not(&r, "da rivedere");
    r = harness_get(h, "/en/bisogni");
    harness_has(&r, "I can&#39;t make ends meet");
    harness_has(&r, "href=\"/en/bisogni/spesa-alimentare\"");
    harness_free(h);
}
END_TEST

START_TEST(test_finder__every_language_says_what_it_is_and_that_nobody_has_reviewed_it)
{
    static const struct {
        const char *code, *lang, *dir, *words;
    } tongues[] = {
        {"fr", "fr", "ltr", "fin du mois"},      {"ro", "ro", "ltr", "Caut de lucru"},
        {"ar", "ar", "rtl", "أبحث عن عمل"},      {"sq", "sq", "ltr", "Kërkoj punë"},
        {"es", "es", "ltr", "Busco trabajo"},    {"zh", "zh", "ltr", "我在找工作"},
        {"uk", "uk", "ltr", "Шукаю роботу"},     {"facile", "it", "ltr", "Non ho abbastanza soldi"},
        {"en", "en", "ltr", "looking for work"},
    };
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(tongues); i++) {
        const struct web_reply r =
            harness_get(h, str_fmt(h->mem, "/bisogni?in=%s", tongues[i].code).p);

        ck_assert_int_eq(r.code, 200);
        harness_has(&r, tongues[i].words);
        harness_has(&r, str_fmt(h->mem, "dir=\"%s\"><h2", tongues[i].dir).p);
        harness_has(&r, str_fmt(h->mem, "<b lang=\"%s\">", tongues[i].lang).p);
        harness_has(&r, "da rivedere");
        harness_has(&r,
                    str_fmt(h->mem, "href=\"/bisogni/spesa-alimentare?in=%s\"", tongues[i].code).p);
    }
    const struct web_reply r = harness_get(h, "/bisogni?in=klingon");

    harness_has(&r, "<b lang=\"it\">");
    harness_free(h);
}
END_TEST

START_TEST(test_finder__a_need_leads_to_numbers_before_the_comune_is_said)
{
    struct harness *h = harness_new();

    finder_testing_fill(h);
    struct web_reply r = harness_get(h, "/bisogni/spesa-alimentare");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<h1>Mi serve cibo o un pacco spesa</h1>");
    harness_has(&r, "Emporio solidale La Dispensa");
    harness_has(&r, "href=\"tel:01255550101\"");
    harness_has(&r, "name=\"bisogno\" value=\"spesa-alimentare\"");
    harness_has(&r, "href=\"/bisogni/bollette\"");
    harness_has_not(&r, "id=\"t-emergenza\"");
    r = harness_get(h, "/bisogni/spesa-alimentare?in=ar");
    harness_has(&r, "lang=\"ar\" dir=\"rtl\">أحتاج إلى طعام</p>");
    harness_has(&r, "Traduzione da rivedere");
    r = harness_get(h, "/bisogni/sfratto");
    harness_has(&r, "id=\"t-emergenza\"");
    r = harness_get(h, "/bisogni/autismo");
    harness_has(&r, "non c’è ancora nessun servizio per questo");
    r = harness_get(h, "/bisogni/fine-mese");
    harness_has(&r, "href=\"/bisogni/pasto-caldo\"");
    r = harness_get(h, "/bisogni/non-esiste");
    ck_assert_int_eq(r.code, 404);
    harness_has(&r, "Questa frase non c’è più");
    harness_free(h);
}
END_TEST

static void is_kept_by_nobody(struct harness *h, const struct web_reply *r)
{
    ck_assert_int_eq(r->code, 200);
    ck_assert(str_eq_z(harness_header(h, r, "Cache-Control"), "no-store"));
    harness_has(r, "data-esci=\"1\"");
    harness_has(r, "rel=\"noreferrer noopener\"");
    harness_has(r, "/assets/esci.");
    harness_has_not(r, "violenza</title>");
    harness_has(r, "<title>Numeri utili");
}

START_TEST(test_finder__pages_about_violence_are_kept_by_nobody_and_have_a_way_out)
{
    struct harness *h = harness_new();
    static const char *const pages[] = {"/violenza",
                                        "/violenza/stalking",
                                        "/violenza/violenza-in-casa",
                                        "/violenza/trova?bisogno=violenza-in-casa&dove=ivrea-to",
                                        "/violenza/trova?dove=xyzzyw",
                                        "/violenza/trova"};

    finder_testing_fill(h);
    for (int i = 0; i < ARRAY_LEN(pages); i++) {
        const struct web_reply r = harness_get(h, pages[i]);

        is_kept_by_nobody(h, &r);
    }
    const struct web_reply r = harness_get(h, "/violenza");

    harness_has(&r, "href=\"tel:112\"");
    harness_has(&r, "href=\"tel:1522\"");
    harness_has(&r, "Non possiamo cancellare la cronologia");
    harness_has(&r, "<noscript>");
    harness_has(&r, "<span data-esci-keys=\"1\" hidden>");
    ck_assert_int_eq(harness_get(h, "/violenza/bollette").code, 404);
    harness_free(h);
}
END_TEST

static void leads_to(struct harness *h, const char *from, const char *to)
{
    const struct web_reply r = harness_get(h, from);

    ck_assert_int_eq(r.code, 303);
    ck_assert_msg(str_eq_z(harness_header(h, &r, "Location"), to), "%s leads to %.*s", from,
                  (int)harness_header(h, &r, "Location").n, harness_header(h, &r, "Location").p);
}

START_TEST(test_finder__what_speaks_of_violence_goes_where_nobody_keeps_it)
{
    struct harness *h = harness_new();

    finder_testing_fill(h);
    leads_to(h, "/bisogni/violenza", "/violenza");
    leads_to(h, "/bisogni/stalking", "/violenza/stalking");
    leads_to(h, "/trova?bisogno=stalking&dove=ivrea-to",
             "/violenza/trova?bisogno=stalking&dove=ivrea-to");
    leads_to(h, "/trova?cosa=mio+marito+mi+picchia",
             "/violenza/trova?cosa=mio%20marito%20mi%20picchia");
    leads_to(h, "/en/trova?bisogno=stalking", "/en/violenza/trova?bisogno=stalking");
    harness_free(h);
}
END_TEST

START_TEST(test_finder__a_refuge_has_a_number_and_no_address)
{
    struct harness *h = harness_new();
    static const char *const pages[] = {
        "/violenza/violenza-in-casa", "/violenza/trova?bisogno=violenza-in-casa&dove=ivrea-to",
        "/violenza/trova?bisogno=violenza-in-casa&dove=ivrea-to&vista=stampa",
        "/violenza/trova?bisogno=violenza-in-casa&dove=ivrea-to&vista=telefono",
        "/trova?cosa=segreto&dove=ivrea-to"};

    finder_testing_fill(h);
    for (int i = 0; i < ARRAY_LEN(pages); i++) {
        const struct web_reply r = harness_get(h, pages[i]);

        harness_has_not(&r, finder_testing_secret);
        if (i + 1 < ARRAY_LEN(pages)) {
            ck_assert_int_eq(r.code, 200);
            harness_has(&r, "Casa rifugio Le Querce");
            harness_has(&r, "href=\"tel:01255550107\"");
            harness_has_not(&r, "class=\"w-pin\"");
        }
    }
    harness_free(h);
}
END_TEST

UNIT_MAIN("finder", test_finder__home_asks_what_is_needed_and_where,
          test_finder__home_has_the_twelve_sentences,
          test_finder__the_phone_is_shown_when_it_is_set,
          test_finder__needs_stand_in_their_groups_in_both_languages,
          test_finder__every_language_says_what_it_is_and_that_nobody_has_reviewed_it,
          test_finder__a_need_leads_to_numbers_before_the_comune_is_said,
          test_finder__pages_about_violence_are_kept_by_nobody_and_have_a_way_out,
          test_finder__what_speaks_of_violence_goes_where_nobody_keeps_it,
          test_finder__a_refuge_has_a_number_and_no_address)
