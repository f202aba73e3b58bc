/* finder_results_test.c - the list of services: what is asked, found, shown, and where it leads. */
#include "features/catalogue/catalogue_write.h"
#include "finder_testing.h"
#include "tests/unit.h"
#include <string.h>

static int count_of(const struct web_reply *r, const char *text)
{
    const size_t n = strlen(text);
    int found = 0;

    for (size_t i = 0; i + n <= r->body.n; i++)
        found += memcmp(r->body.p + i, text, n) == 0;
    return found;
}

/* Where a text begins in the page; fails when it is not there. */
static size_t place_of(const struct web_reply *r, const char *text)
{
    const size_t n = strlen(text);

    for (size_t i = 0; i + n <= r->body.n; i++)
        if (memcmp(r->body.p + i, text, n) == 0)
            return i;
    harness_has(r, text);
    return 0;
}

static struct harness *begin(void)
{
    struct harness *h = harness_new();

    finder_testing_fill(h);
    return h;
}

START_TEST(test_results__a_card_says_who_where_what_how_fresh_and_the_number)
{
    struct harness *h = begin();
    const struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=ivrea");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "servizi vicino a Ivrea</h1>");
    harness_has(&r, "<p role=\"status\">Per «spesa», entro 10 km</p>");
    harness_has(&r, "Abbiamo capito: «Mi serve cibo o un pacco spesa».");
    harness_has(&r, ">Emporio solidale La Dispensa</a></h3>");
    harness_has(
        &r,
        "Emporio di comunità · Ivrea · <strong class=\"w-nowrap\">0,3 km</strong> in linea d’aria");
    harness_has(&r, "Spesa gratuita con una tessera a punti, senza soldi.");
    harness_has(&r, "Aperto ora");
    harness_has(&r, "Gratis");
    harness_has(&r, "A domicilio");
    harness_has(&r, "Scheda confermata 6 giorni fa");
    harness_has(&r, "href=\"tel:01255550101\" aria-label=\"Chiama 0125 555 0101, Emporio solidale "
                    "La Dispensa\"");
    harness_has(&r, "Perché in quest’ordine?");
    harness_has(&r, "value=\"Ivrea (TO)\"");
    harness_free(h);
}
END_TEST

START_TEST(test_results__who_serves_the_comune_comes_first_and_the_others_are_apart)
{
    struct harness *h = begin();
    const struct web_reply r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=ivrea-to");
    const size_t own = place_of(&r, "Pacco alimentare a domicilio</a>"),
                 apart = place_of(&r, "Per chi abita altrove");

    ck_assert(own < apart);
    ck_assert(apart < place_of(&r, "Dispensa di Banchette</a>"));
    ck_assert_int_eq(count_of(&r, "Per chi abita altrove"), 1);
    harness_free(h);
}
END_TEST

/* The address of the link whose words end so. */
static const char *path_in(struct harness *h, const struct web_reply *r, const char *words)
{
    struct str before = {.p = r->body.p, .n = place_of(r, words)};
    size_t at = before.n;

    while (at > 0 && memcmp(before.p + at, "/servizi/", sizeof "/servizi/" - 1) != 0)
        at--;
    struct str path = str_from(before, at);

    return str_z(h->mem, str_cut(&path, '"'));
}

static enum status sink(struct ctx *c, void *arg)
{
    return catalogue_set_due(c, *(const int64_t *)arg, DUE_TO_RECONFIRM);
}

START_TEST(test_results__what_nobody_confirmed_stands_last_of_its_kind_and_says_so)
{
    struct harness *h = begin();
    int64_t id = store_testing_number(&h->store, "SELECT service_id FROM catalogue_service WHERE source_id = 't1'");

    finder_testing_many(h, 2);
    struct web_reply r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=ivrea-to");

    ck_assert(place_of(&r, "La Dispensa</a>") < place_of(&r, "Dispensa numero 1</a>"));
    ck_assert_int_eq(count_of(&r, "Da riconfermare: telefona prima"), 0);
    ck_assert_int_eq(harness_write(h, sink, &id), ST_OK);
    r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=ivrea-to");
    ck_assert(place_of(&r, "Dispensa numero 0</a>") < place_of(&r, "La Dispensa</a>"));
    ck_assert(place_of(&r, "Dispensa numero 1</a>") < place_of(&r, "La Dispensa</a>"));
    ck_assert(place_of(&r, "La Dispensa</a>") < place_of(&r, "Per chi abita altrove"));
    ck_assert_int_eq(count_of(&r, "Da riconfermare: telefona prima"), 1);
    r = harness_get(h, path_in(h, &r, "La Dispensa</a>"));
    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(count_of(&r, "Da riconfermare: telefona prima"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_results__no_number_is_said_and_leads_to_who_it_is)
{
    struct harness *h = begin();
    const struct web_reply r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=torino-to");

    harness_has(&r, "Spesa sospesa di Torino");
    harness_has(&r, "Numero non indicato: guarda chi è");
    harness_has(&r, "Nessuno l’ha ancora confermata");
    harness_has_not(&r, "href=\"tel:\"");
    harness_free(h);
}
END_TEST

START_TEST(test_results__what_was_typed_stays_and_does_no_harm)
{
    struct harness *h = begin();
    struct web_reply r =
        harness_get(h, "/trova?cosa=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22&dove=%22%3E%3Cb%3E");

    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "<script>alert");
    harness_has(&r, "value=\"&lt;script&gt;alert(1)&lt;/script&gt;&#34;\"");
    r = harness_get(h, "/trova?bisogno=volontariato&dove=ivrea-to");
    harness_has(&r, "Nome &lt;b&gt;con&lt;/b&gt; &amp; &#34;segni&#34;");
    harness_has_not(&r, "<script>alert");
    harness_has(&r, "href=\"tel:+3901255550108\"");
    harness_free(h);
}
END_TEST

START_TEST(test_results__a_comune_with_a_mistake_is_understood_and_said)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=Castelamonte");

    harness_has(&r, "vicino a Castellamonte</h1>");
    harness_has(&r, "Hai scritto «Castelamonte»: abbiamo cercato vicino a Castellamonte.");
    r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=Torinno");
    harness_has(&r, "Hai scritto «Torinno»: abbiamo cercato vicino a Torino.");
    r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=castellamonte%20(TO)");
    harness_has(&r, "vicino a Castellamonte</h1>");
    harness_has_not(&r, "Hai scritto");
    harness_free(h);
}
END_TEST

START_TEST(test_results__a_comune_that_is_not_sure_is_chosen_and_the_rest_is_kept)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=San+Giorgio&costo=free");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "<h1>Quale Comune?</h1>");
    harness_has(&r, "Più Comuni somigliano a «San Giorgio». Scegli il tuo.");
    harness_has(&r, "aria-invalid=\"true\"");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=san-giorgio-canavese-to&amp;costo=free\"");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;costo=free\"");
    r = harness_get(h, "/trova?cosa=spesa&dove=Xyzzywq");
    harness_has(&r, "Non troviamo «Xyzzywq» in Piemonte.");
    harness_has(&r, "value=\"Xyzzywq\"");
    harness_has(&r, "value=\"spesa\"");
    harness_free(h);
}
END_TEST

START_TEST(test_results__filters_have_counts_and_chips_take_them_off)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&km=20");

    harness_has(&r, "name=\"lingua\" value=\"ar\">");
    harness_has(&r, "Arabo <small>(1)</small>");
    r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&km=20&lingua=ar&come=home");
    harness_has(&r, "value=\"ar\" checked>");
    harness_has(&r, "1 servizio vicino a Ivrea</h1>");
    harness_has(&r, "Pacco alimentare a domicilio");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=ivrea-to&amp;km=20&amp;lingua=ar\"");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=ivrea-to&amp;km=20&amp;come=home\"");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=ivrea-to&amp;km=20\">Togli tutti i filtri");
    harness_has(&r, "<input type=\"hidden\" name=\"cosa\" value=\"spesa\">");
    harness_has(&r, "<input type=\"hidden\" name=\"dove\" value=\"ivrea-to\">");
    harness_free(h);
}
END_TEST

START_TEST(test_results__nothing_found_says_what_to_try)
{
    struct harness *h = begin();
    const struct web_reply r = harness_get(h, "/trova?bisogno=bollette&dove=ivrea-to&lingua=zh");

    harness_has(&r, "Nessun servizio vicino a Ivrea</h1>");
    harness_has(&r, "Non vuol dire che l’aiuto non esista.");
    harness_has(&r, "Senza filtri: 1 servizio");
    harness_has(&r, "Chi segue Ivrea");
    harness_free(h);
}
END_TEST

START_TEST(test_results__widening_is_said)
{
    struct harness *h = begin();
    const struct web_reply r = harness_get(h, "/trova?bisogno=pasto-caldo&dove=ivrea-to&km=5");

    harness_has(&r, "Mensa del mezzogiorno");
    harness_has(&r, "Entro 5 km non c’è niente per te. Abbiamo cercato fino a 20 km.");
    harness_free(h);
}
END_TEST

START_TEST(test_results__twenty_on_a_page_and_each_page_has_an_address)
{
    struct harness *h = begin();

    finder_testing_many(h, 25);
    struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&costo=free");

    ck_assert_int_eq(count_of(&r, "class=\"card w-result\""), 20);
    harness_has(
        &r,
        "href=\"/trova?cosa=spesa&amp;dove=ivrea-to&amp;costo=free&amp;pagina=2\" rel=\"next\"");
    r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&costo=free&pagina=2");
    harness_has(&r, "id=\"r21\"");
    harness_has_not(&r, "id=\"r20\"");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=ivrea-to&amp;costo=free\" rel=\"prev\"");
    ck_assert_int_eq(count_of(&r, "aria-current=\"page\"><span"), 1);
    harness_free(h);
}
END_TEST

START_TEST(test_results__the_map_has_the_numbers_of_the_list_and_one_pin_for_one_door)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to");

    harness_has(&r, "<image href=\"/trova/mappa.svg?dove=ivrea-to&amp;km=10\"");
    harness_has(&r, "class=\"w-circle\" cx=\"210\" cy=\"260\"");
    harness_has(&r, "class=\"w-pin\" href=\"#r1\" aria-label=\"1");
    finder_testing_many(h, 25);
    r = harness_get(h, "/trova?bisogno=spesa-alimentare&dove=ivrea-to");
    ck_assert_int_lt(count_of(&r, "class=\"w-pin\""), 6);
    harness_has(&r, "; 3. Dispensa numero");
    r = harness_get(h, "/trova/mappa.svg?dove=ivrea-to&km=10");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, ">Ivrea</text>");
    harness_has(&r, ">mappa schematica</text>");
    harness_has(&r, "fill=\"#f3dcc6\"");
    r = harness_get(h, "/trova/mappa.svg");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "fill=\"#f3dcc6\"");
    ck_assert_int_eq(harness_get(h, "/trova/mappa.svg?dove=nessuno").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_results__on_paper_and_read_out_the_numbers_come_large)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&vista=stampa");

    harness_has(&r, "class=\"w-paper-tel\"><a href=\"tel:01255550101\">");
    harness_has(&r, "I numeri possono cambiare");
    harness_has(&r, "dimostrativi");
    harness_has_not(&r, "Aperto ora");
    harness_has_not(&r, "w-pin");
    r = harness_get(h, "/trova?cosa=spesa&dove=ivrea-to&vista=telefono");
    ck_assert(place_of(&r, "w-readout-tel") < place_of(&r, "Emporio solidale La Dispensa"));
    harness_has(&r, "Aperto ora");
    harness_has(&r, "dimostrativi");
    harness_has(&r, "href=\"/trova?cosa=spesa&amp;dove=ivrea-to\">Torna all’elenco");
    harness_free(h);
}
END_TEST

START_TEST(test_results__english_is_whole)
{
    struct harness *h = begin();
    struct web_reply r = harness_get(h, "/en/trova?cosa=food&dove=ivrea-to");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "services near Ivrea</h1>");
    harness_has(&r, "as the crow flies");
    harness_has(&r, "Checked 6 days ago");
    harness_has(&r, "href=\"/en/servizi/");
    harness_has_not(&r, ">finder.");
    harness_has_not(&r, "servizi vicino");
    r = harness_get(h, "/en/trova");
    harness_has(&r, "Write above what you need");
    harness_free(h);
}
END_TEST

START_TEST(test_results__values_that_mean_nothing_are_left_out)
{
    struct harness *h = begin();
    static const char *const targets[] = {
        "/trova?km=-4&pagina=0&ordine=x&vista=y&dove=ivrea-to",
        "/trova?km=99999999999999999999&dove=ivrea-to",
        "/trova?pagina=1&dove=ivrea-to",
        "/trova?bisogno=non-esiste",
        "/trova?costo=&costo=zzz&dove=ivrea-to",
        "/trova?lingua=%F0%9F%98%80&cosa=spesa",
        "/trova?cosa=%C3%A0%C3%A8%C3%AC&dove=%C3%B2",
        "/trova?cosa=.....&dove=ivrea-to",
        "/trova?cosa=%22OR%201%3D1--&dove=ivrea-to",
        "/trova?dove=001125",
    };

    for (int i = 0; i < ARRAY_LEN(targets); i++) {
        const struct web_reply r = harness_get(h, targets[i]);

        ck_assert_msg(r.code == 200, "%s answers %d", targets[i], r.code);
        harness_has(&r, "<h1>");
    }
    const struct web_reply r = harness_get(h, "/trova?bisogno=non-esiste");

    harness_has(&r, "Questa frase non c’è più. Scegline un’altra.");
    harness_free(h);
}
END_TEST

/* A long text cut between the bytes of a letter would be no text. */
START_TEST(test_results__a_very_long_text_is_cut_between_letters)
{
    struct harness *h = begin();
    struct buf b = buf_new(h->mem, 4096);

    buf_z(&b, "/trova?dove=ivrea-to&cosa=a");
    for (int i = 0; i < 400; i++)
        buf_z(&b, "%C3%A8");
    buf_char(&b, '\0');
    const struct web_reply r = harness_get(h, b.p);

    ck_assert_int_eq(r.code, 200);
    ck_assert(str_is_utf8(r.body));
    harness_free(h);
}
END_TEST

UNIT_MAIN("results", test_results__a_card_says_who_where_what_how_fresh_and_the_number,
          test_results__who_serves_the_comune_comes_first_and_the_others_are_apart,
          test_results__what_nobody_confirmed_stands_last_of_its_kind_and_says_so,
          test_results__no_number_is_said_and_leads_to_who_it_is,
          test_results__what_was_typed_stays_and_does_no_harm,
          test_results__a_comune_with_a_mistake_is_understood_and_said,
          test_results__a_comune_that_is_not_sure_is_chosen_and_the_rest_is_kept,
          test_results__filters_have_counts_and_chips_take_them_off,
          test_results__nothing_found_says_what_to_try, test_results__widening_is_said,
          test_results__twenty_on_a_page_and_each_page_has_an_address,
          test_results__the_map_has_the_numbers_of_the_list_and_one_pin_for_one_door,
          test_results__on_paper_and_read_out_the_numbers_come_large,
          test_results__english_is_whole, test_results__values_that_mean_nothing_are_left_out,
          test_results__a_very_long_text_is_cut_between_letters)
