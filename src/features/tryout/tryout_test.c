/* tryout_test.c - /prova: what is shown of a list, what is refused, and that nothing of it stays. */
#include "base/buf.h"
#include "base/xlsx_testing.h"
#include "tests/support/harness.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIST                                                                                                                       \
    "Ente\tServizio\tTipologia\tTel.\tOrario\tIndirizzo\tComune\tReferente\n"                                                      \
    "Consorzio Zeta\tMensa serale\tPasto caldo\t0125 555010\tlun-ven 9-12\tvia Roma 1\tIvrea\tTizia Caia\n"                         \
    "Consorzio Zeta\tSportello Quux\tNon so a chi chiedere\tvedi sito\t9-12\t\tCastelamonte\t\n"

/* As a browser sends the form of the page. */
static struct web_reply send(struct harness *h, const char *target, const char *field, struct str value)
{
    static const char *const multipart[] = {"Content-Type: multipart/form-data; boundary=XX", NULL};
    const bool is_file = strcmp(field, "file") == 0;
    struct buf b = buf_new(h->mem, value.n + 400);

    buf_fmt(&b, "--XX\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n", field, is_file ? "; filename=\"a.xlsx\"" : "");
    buf_str(&b, value);
    buf_z(&b, "\r\n--XX\r\nContent-Disposition: form-data; name=\"fine\"\r\n\r\n1\r\n--XX--\r\n");
    const struct web_ask ask = {.method = "POST", .target = target, .headers = multipart, .body = buf_view(&b)};

    return harness_ask(h, &ask);
}

START_TEST(test_tryout__a_list_as_map_report_and_sheet)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/prova", "testo", STR(LIST));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Il tuo elenco: 2 servizi");
    harness_has(&r, "Pronti così come sono: 1 su 2");
    harness_has(&r, "/prova/mappa.svg?dove=");
    harness_has(&r, "Castellamonte: 1 servizio");
    harness_has(&r, "«vedi sito» non è un numero di telefono.");
    harness_has(&r, "Mancano i giorni");
    harness_has(&r, "Mi serve un pasto caldo");
    harness_has(&r, ">0125 555010</a>");
    harness_has(&r, "Sembrano nomi di persone");
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    harness_free(h);
}
END_TEST

START_TEST(test_tryout__a_spreadsheet_is_read_like_its_text)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/prova", "file", xlsx_testing_of_text(h->mem, LIST));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Il tuo elenco: 2 servizi");
    harness_has(&r, "Sportello Quux");
    r = harness_get(h, "/prova/mappa.svg?dove=ivrea-to&km=20");
    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(harness_get(h, "/prova/mappa.svg?dove=nessuno&km=20").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_tryout__a_column_is_what_the_person_says)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/prova", "testo=Alfa%09Beta%09Gamma%0AIvrea%09Mensa+del+ponte%09011+5%0A&colonna-1=comune&colonna-2=name&colonna-3=phones");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Mensa del ponte");
    harness_has(&r, "Ivrea: 1 servizio");
    r = harness_post(h, "/prova", "testo=Alfa%09Beta%09Gamma%0AIvrea%09Mensa+del+ponte%09011+5%0A&colonna-2=left-out&colonna-1=comune&colonna-3=left-out");
    ck_assert_int_eq(r.code, 422);
    harness_free(h);
}
END_TEST

START_TEST(test_tryout__what_is_refused_comes_back)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/prova", "testo", STR("Nome\tTelefono\n"));
    struct buf b = buf_new(h->mem, 3 << 20);

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "C’è solo la riga con i nomi delle colonne");
    harness_has(&r, "Nome\tTelefono");
    r = send(h, "/prova", "testo", STR("  "));
    harness_has(&r, "Qui non c’è ancora niente");
    r = send(h, "/prova", "file", STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"));
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "È un file .xls di vecchio tipo");
    harness_has(&r, "id=\"file-problema\"");
    r = send(h, "/prova", "file", str_head(xlsx_testing_of_text(h->mem, LIST), 500));
    harness_has(&r, "Il file è rovinato o incompleto");
    r = send(h, "/prova", "testo", STR("Servizio\tNote\n<script>alert(1)</script>\t\"><img src=x>\n"));
    harness_has(&r, "&lt;script&gt;");
    harness_has_not(&r, "<script>alert");
    for (int i = 0; i < 5200; i++)
        buf_fmt(&b, "Servizio %d\t011 %d\n", i, i);
    r = send(h, "/prova/elenco.csv", "testo", buf_view(&b));
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "ha più di 5000 righe");
    harness_free(h);
}
END_TEST

/* As long as a list may be, each row with something to say. */
START_TEST(test_tryout__the_longest_list_fits)
{
    struct harness *h = harness_new();
    struct buf b = buf_new(h->mem, 1 << 20);

    buf_z(&b, "Servizio\tTel.\tOrario\tComune\n");
    for (int i = 0; i < 5000; i++)
        buf_fmt(&b, "Sportello %d\t%d\t%s\tCastelamonte\n", i, 125550000 + i, i % 2 == 0 ? "mar e gio 14.30-17" : "vedi sito");
    struct web_reply r = send(h, "/prova", "testo", buf_view(&b));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Il tuo elenco: 5.000 servizi");
    harness_has(&r, "Sportello 4999");
    harness_has(&r, "Ci sono ancora 2.300 righe così");
    harness_free(h);
}
END_TEST

START_TEST(test_tryout__the_list_in_order_to_take_away)
{
    struct harness *h = harness_new();
    struct web_reply r = send(h, "/prova/elenco.csv", "testo", STR(LIST));

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "\"Ente\",\"Nome del servizio\"");
    harness_has(&r, "Castellamonte");
    harness_has(&r, "vedi sito");
    harness_has(&r, "Da controllare");
    harness_has_not(&r, "Tizia");
    r = send(h, "/prova/elenco.xlsx", "testo", STR(LIST));
    ck_assert_int_eq(r.code, 200);
    r = send(h, "/prova", "file", r.body); /* what went out comes in again */
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Il tuo elenco: 2 servizi");
    harness_has(&r, "Mi serve un pasto caldo");
    harness_free(h);
}
END_TEST

START_TEST(test_tryout__nothing_of_it_stays)
{
    struct harness *h = harness_new();
    char path[] = "/tmp/wecare-tryout-XXXXXX";
    const int log = mkstemp(path), was = dup(STDERR_FILENO);
    const int64_t before = harness_disk(h), version = (int64_t)db_data_version(h->db);

    ck_assert(log >= 0 && (before != 0 || h->store.folder[0] == '\0')); /* PostgreSQL: the version alone */
    dup2(log, STDERR_FILENO);
    ck_assert_int_eq(send(h, "/prova", "testo", STR(LIST)).code, 200);
    ck_assert_int_eq(send(h, "/prova", "file", xlsx_testing_of_text(h->mem, LIST)).code, 200);
    ck_assert_int_eq(send(h, "/prova/elenco.csv", "testo", STR(LIST)).code, 200);
    ck_assert_int_eq(send(h, "/prova", "testo", STR("Sportello Quux")).code, 422);
    dup2(was, STDERR_FILENO);
    ck_assert_int_eq(harness_disk(h), before);
    ck_assert_int_eq((int64_t)db_data_version(h->db), version);
    char *said = arena_alloc(h->mem, 1 << 20);
    const ssize_t n = pread(log, said, 1 << 20, 0);

    ck_assert(n >= 0 && memmem(said, (size_t)n, "Quux", 4) == NULL && memmem(said, (size_t)n, "Zeta", 4) == NULL);
    close(log);
    close(was);
    unlink(path);
    harness_free(h);
}
END_TEST

UNIT_MAIN("tryout", test_tryout__a_list_as_map_report_and_sheet, test_tryout__a_spreadsheet_is_read_like_its_text,
          test_tryout__a_column_is_what_the_person_says, test_tryout__what_is_refused_comes_back,
          test_tryout__the_longest_list_fits,
          test_tryout__the_list_in_order_to_take_away, test_tryout__nothing_of_it_stays)
