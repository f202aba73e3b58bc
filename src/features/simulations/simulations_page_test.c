/* simulations_page_test.c - /simulazioni: a threshold moved, what is refused, files, and that nothing of it stays. */
#include "base/buf.h"
#include "simulations.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ADI "misura=ADI&famiglie=2000&seme=1&soglia=limite_isee&cursore-prima=10140&cursore=10140"

static struct web_reply swap(struct harness *h, const char *form)
{
    static const char *const headers[] = {"Content-Type: application/x-www-form-urlencoded", "HX-Request: true", NULL};
    const struct web_ask ask = {.method = "POST", .target = "/simulazioni", .headers = headers, .body = str_of(form)};

    return harness_ask(h, &ask);
}

static struct web_reply send_file(struct harness *h, const char *target, const char *field, struct str value, const char *measure)
{
    static const char *const multipart[] = {"Content-Type: multipart/form-data; boundary=XX", NULL};
    struct buf b = buf_new(h->mem, value.n + 600);

    buf_fmt(&b, "--XX\r\nContent-Disposition: form-data; name=\"misura\"\r\n\r\n%s\r\n", measure);
    buf_fmt(&b, "--XX\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a\"\r\n\r\n", field);
    buf_str(&b, value);
    buf_z(&b, "\r\n--XX--\r\n");
    const struct web_ask ask = {.method = "POST", .target = target, .headers = multipart, .body = buf_view(&b)};

    return harness_ask(h, &ask);
}

START_TEST(test_simulations_page__choose_a_measure_and_move_a_threshold)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/simulazioni");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Assegno di inclusione");
    harness_has_not(&r, "type=\"range\"");
    r = harness_get(h, "/simulazioni?misura=ADI");
    harness_has(&r, "Sposta: limite dell&#39;ISEE");
    harness_has(&r, "value=\"10.140\"");
    r = harness_post(h, "/simulazioni", ADI "&p-limite_isee=5.000");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "10.140 euro");
    harness_has(&r, "5.000 euro");
    harness_has(&r, "Ci guadagnano in 0");
    harness_has(&r, "Una persona sola di 82 anni");
    harness_has(&r, "value=\"5.000\"");
    ck_assert(str_eq_z(harness_header(h, &r, "Cache-Control"), "no-store"));
    harness_free(h);
}
END_TEST

/* The range where it was: the number counts. Moved: the range counts, and both say so afterwards. */
START_TEST(test_simulations_page__range_and_number)
{
    struct harness *h = harness_new();
    struct web_reply r = swap(h, "misura=ADI&famiglie=2000&soglia=limite_isee&cursore-prima=10140&cursore=6000&p-limite_isee=10.140");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "6.000 euro");
    harness_has_not(&r, "<html");
    ck_assert(str_starts(r.body, STR("<div id=\"esito\">")));
    r = swap(h, ADI "&p-limite_isee=7.000");
    harness_has(&r, "7.000 euro");
    r = swap(h, ADI "&p-limite_isee=settemila");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Questo non è un numero: settemila");
    r = harness_post(h, "/simulazioni", ADI "&p-limite_isee=settemila");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "value=\"settemila\"");
    harness_has(&r, "href=\"#p-limite_isee\"");
    harness_has(&r, "Questo non è un numero: settemila");
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_page__texts_of_ones_own)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/simulazioni", "misura=ADI&famiglie=2000&testo=misura+X+%22x%22%0Aimporto+a+%3D+nome");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Riga 2, posto 13");
    harness_has(&r, "importo a = nome");
    r = harness_post(h, "/simulazioni", "famiglie=2000&testo-vecchio=misura+X+%22x%22%0Aimporto+a+%3D+10+euro&testo=misura+X+%22x%22%0Aimporto+a+%3D+20+euro");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Ci guadagnano in 2.000");
    harness_has(&r, "non c’è niente da disegnare");
    r = harness_post(h, "/simulazioni", "famiglie=2000");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Scegli prima una misura");
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_page__a_file_of_people)
{
    struct harness *h = harness_new();
    struct buf b = buf_new(h->mem, 4000);
    struct web_reply r = send_file(h, "/simulazioni", "popolazione", STR("nucleo,cognome\n1,Zanetti\n"), "BSB");

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "può dire chi è una persona");
    buf_z(&b, "nucleo,comune,isee_ord,eta,riceve_adi,figlio_a_carico\n");
    for (int i = 0; i < 60; i++)
        buf_fmt(&b, "%d,Ivrea,%d,40,no,no\n", i, i < 30 ? 5000 : 30000);
    r = send_file(h, "/simulazioni", "popolazione", buf_view(&b), "BSB");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "60 famiglie e 60 persone");
    harness_has(&r, "ne hanno diritto 30 famiglie");
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_page__files_and_the_same_again)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/simulazioni/tabelle.csv", ADI "&p-limite_isee=5.000");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Ci guadagnano");
    harness_has(&r, "Torino città");
    r = harness_post(h, "/simulazioni/tabelle.xlsx", ADI "&p-limite_isee=5.000");
    ck_assert_int_eq(r.code, 200);
    ck_assert(str_starts(r.body, STR("PK")));
    r = harness_post(h, "/simulazioni/simulazione.json", ADI "&p-limite_isee=5.000");
    ck_assert_int_eq(r.code, 200);
    const struct str saved = str_copy(h->mem, r.body);

    r = send_file(h, "/simulazioni", "salvata", saved, "");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "cifra per cifra");
    harness_has(&r, "5.000 euro");
    char *const changed = (char *)(uintptr_t)strstr(saved.p, "\"result_hash\":\"") + 15;

    *changed = *changed == '0' ? '1' : '0';
    r = send_file(h, "/simulazioni", "salvata", saved, "");
    harness_has(&r, "non è quello del file");
    r = send_file(h, "/simulazioni", "salvata", STR("{}"), "");
    ck_assert_int_eq(r.code, 422);
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_page__a_budget_and_english)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_post(h, "/simulazioni", ADI "&p-limite_isee=10.140&tetto=100.000");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "In lista d’attesa restano");
    r = harness_get(h, "/en/simulazioni?misura=ADI");
    harness_has(&r, "Which measure?");
    harness_free(h);
}
END_TEST

START_TEST(test_simulations_page__nothing_of_it_stays)
{
    struct harness *h = harness_new();
    char path[] = "/tmp/wecare-simulations-XXXXXX";
    const int log = mkstemp(path), was = dup(STDERR_FILENO);
    const int64_t before = harness_disk(h), version = (int64_t)db_data_version(h->db);
    const struct str people = STR("nucleo,comune,isee_ord,eta\nquuxone,Zetaville,4321.09,40\n");

    ck_assert(log >= 0 && (before != 0 || h->store.folder[0] == '\0')); /* PostgreSQL: the version alone */
    dup2(log, STDERR_FILENO);
    ck_assert_int_eq(send_file(h, "/simulazioni", "popolazione", people, "ASLO").code, 200);
    ck_assert_int_eq(send_file(h, "/simulazioni/simulazione.json", "popolazione", people, "ASLO").code, 200);
    ck_assert_int_eq(send_file(h, "/simulazioni", "popolazione", STR("nucleo,quuxtwo\n1,Zetaville\n"), "ASLO").code, 422);
    dup2(was, STDERR_FILENO);
    ck_assert_int_eq(harness_disk(h), before);
    ck_assert_int_eq((int64_t)db_data_version(h->db), version);
    char *said = arena_alloc(h->mem, 1 << 20);
    const ssize_t n = pread(log, said, 1 << 20, 0);

    ck_assert(n >= 0 && memmem(said, (size_t)n, "quux", 4) == NULL && memmem(said, (size_t)n, "Zetaville", 9) == NULL &&
              memmem(said, (size_t)n, "4321", 4) == NULL);
    close(log);
    close(was);
    unlink(path);
    /* whoever comes next sees nothing of it */
    struct web_reply r = harness_get(h, "/simulazioni?misura=ASLO");

    harness_has_not(&r, "quux");
    harness_has_not(&r, "Zetaville");
    harness_free(h);
}
END_TEST

UNIT_MAIN("simulations_page", test_simulations_page__choose_a_measure_and_move_a_threshold, test_simulations_page__range_and_number,
          test_simulations_page__texts_of_ones_own, test_simulations_page__a_file_of_people, test_simulations_page__files_and_the_same_again,
          test_simulations_page__a_budget_and_english, test_simulations_page__nothing_of_it_stays)
