/* portal_test.c - the house's own pages, asked in process, with other slices and without. */
#include "base/sheet.h"
#include "core/places/places.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include "web/feature.h"
#include <string.h>

extern const struct feature places_feature, portal_feature;

static const char *const pages[] = {"/aiuto", "/accessibilita", "/privacy", "/note-legali"};

START_TEST(test_portal__every_page_in_both_languages)
{
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(pages); i++) {
        const struct web_reply it = harness_get(h, pages[i]);
        const struct web_reply en =
            harness_get(h, str_fmt(h->mem, "/en%s", pages[i]).p);

        ck_assert_int_eq(it.code, 200);
        ck_assert_int_eq(en.code, 200);
        harness_has(&it, "<html lang=\"it\">");
        harness_has(&en, "<html lang=\"en\">");
        harness_has_not(&it, ">portal.");
        harness_has_not(&en, ">portal.");
        ck_assert(str_starts(harness_header(h, &it, "Cache-Control"), STR("public")));
        ck_assert_int_eq((int)harness_header(h, &it, "Set-Cookie").n, 0);
    }
    harness_free(h);
}
END_TEST

START_TEST(test_portal__help_names_the_emergency_numbers_and_speaks_of_postcodes_only_when_there_are_some)
{
    struct harness *h = harness_new();
    const struct web_reply r = harness_get(h, "/aiuto");

    harness_has(&r, "href=\"tel:112\"");
    harness_has(&r, "href=\"tel:1522\"");
    harness_has(&r, "href=\"tel:114\"");
    harness_has(&r, "Basta il nome del Comune.");
    harness_has_not(&r, "CAP");
    harness_free(h);
}
END_TEST

START_TEST(test_portal__the_phone_is_shown_when_it_is_set)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/accessibilita");

    harness_has_not(&r, "w-tel");
    harness_site(h, (struct site){.portal_name = "WeCaRe", .licence = "CC BY 4.0", .phone = "800 000 000",
                                  .phone_hours = "dalle 9 alle 17"});
    r = harness_get(h, "/accessibilita");
    harness_has(&r, "class=\"w-tel\" href=\"tel:800000000\"");
    harness_has(&r, "dalle 9 alle 17");
    harness_free(h);
}
END_TEST

START_TEST(test_portal__privacy_names_the_keeper_or_says_that_nobody_is_named)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/privacy");

    harness_has(&r, "non ha ancora scritto qui il suo nome");
    harness_site(h, (struct site){.portal_name = "WeCaRe", .licence = "CC BY 4.0", .keeper_name = "Consorzio <Prova>",
                                  .keeper_contact = "privacy@prova.example"});
    r = harness_get(h, "/privacy");
    harness_has_not(&r, "non ha ancora scritto qui il suo nome");
    harness_has(&r, "<strong>Consorzio &lt;Prova&gt;</strong>");
    harness_has(&r, "privacy@prova.example");
    harness_free(h);
}
END_TEST

START_TEST(test_portal__the_statement_says_what_was_measured)
{
    struct harness *h = harness_new();
    const struct sheet s = sheet_of_table(h->mem, "portal/checks.csv");
    const struct web_reply r = harness_get(h, "/accessibilita");
    int n_shown = 0;

    harness_has(&r, "parzialmente conforme");
    for (size_t i = 0; i + 18 < r.body.n; i++)
        n_shown += memcmp(r.body.p + i, "<td class=\"w-n\">", 16) == 0;
    ck_assert_int_ge(n_shown, 1);
    ck_assert_int_eq(n_shown, s.n_rows - 1); /* each but the day */
    for (int i = 1; i < s.n_rows; i++) {
        int64_t n = -1;

        ck_assert(sheet_int(&s, i, "value", &n));
        const struct str words = text_int(h->mem, LANG_IT, n);

        harness_has(&r, str_fmt(h->mem, "<td class=\"w-n\">%.*s</td>", (int)words.n, words.p).p);
    }
    harness_free(h);
}
END_TEST

/* The program without the slices of territory, programme and messages. */
START_TEST(test_portal__an_entry_is_shown_only_when_its_slice_is_there)
{
    static const struct feature *const few[] = {&places_feature, &portal_feature};
    static const unsigned char key[32] = "a key for tests, 32 bytes long..";
    struct harness *h = harness_new();
    struct web_app *whole = h->app;
    struct str why = {"", 0};
    const struct web_app_options o = {.features = few,
                                      .n_features = ARRAY_LEN(few),
                                      .db = h->db,
                                      .site = &h->site,
                                      .limits = {.max_at_work = 8, .wait_ms = 1000, .max_body_bytes = 65536,
                                                 .max_header_bytes = 32768, .arena_bytes = 16 << 20,
                                                 .max_connections = 8, .max_per_address = 8, .idle_s = 5, .request_s = 5},
                                      .token_key = key};

    if (web_app_new(&o, h->mem, &h->app, &why) != ST_OK)
        ck_abort_msg("web_app_new: %.*s", (int)why.n, why.p);
    for (int i = 0; i < ARRAY_LEN(pages); i++) {
        const struct web_reply r = harness_get(h, pages[i]);

        ck_assert_int_eq(r.code, 200);
        harness_has_not(&r, "/territorio");
        harness_has_not(&r, "/progetti");
        harness_has_not(&r, "/enti");
        harness_has_not(&r, "/aiuto/scrivi");
        harness_has_not(&r, "/dati/");
    }
    web_app_free(h->app);
    h->app = whole;
    harness_free(h);
}
END_TEST

UNIT_MAIN("portal", test_portal__every_page_in_both_languages,
          test_portal__help_names_the_emergency_numbers_and_speaks_of_postcodes_only_when_there_are_some,
          test_portal__the_phone_is_shown_when_it_is_set,
          test_portal__privacy_names_the_keeper_or_says_that_nobody_is_named,
          test_portal__the_statement_says_what_was_measured,
          test_portal__an_entry_is_shown_only_when_its_slice_is_there)
