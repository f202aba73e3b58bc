/* simulations_page_test.c - /simulazioni: a threshold moved, what is refused, files, and that nothing of it stays. */
#include "base/buf.h"
#include "base/macros.h"
#include "base/xlsx_read.h"
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

static struct str mark_of(struct harness *h, const struct web_reply *r)
{
    const char *const at = strstr(r->body.p, "w-sim-hash\">");

    ck_assert_ptr_nonnull(at);
    const char *const result = strstr(at + 12, "w-sim-hash\">");

    ck_assert_ptr_nonnull(result);
    return str_copy(h->mem, (struct str){result + 12, SIMULATIONS_HASH});
}

/* Who gains and who loses, in one sentence. */
static struct str said_of(const struct web_reply *r)
{
    const char *const from = memmem(r->body.p, r->body.n, "<p class=\"lead", 14);

    ck_assert_ptr_nonnull(from);
    const char *const to = memmem(from, (size_t)(r->body.p + r->body.n - from), "</p>", 4);

    return (struct str){from, (size_t)(to - from)};
}

/* The population and what the old text says of it are kept in memory: of another old text nothing of it is used. */
START_TEST(test_simulations_page__what_is_kept_is_of_the_same_text)
{
#define OLD(n) "&testo-vecchio=misura+X+%22x%22%0Arequisito+%22a%22%3A+isee_ord+%3C%3D+" n "+euro%0Aimporto+a+%3D+10+euro"
#define NEW "famiglie=2000&testo=misura+X+%22x%22%0Arequisito+%22a%22%3A+isee_ord+%3C%3D+7000+euro%0Aimporto+a+%3D+10+euro"
    static const char *const asked[] = {NEW OLD("5000"), NEW OLD("9000"), NEW OLD("5000")};
    struct str kept[ARRAY_LEN(asked)], said[ARRAY_LEN(asked)];
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(asked); i++) {
        struct web_reply r = swap(h, asked[i]);

        ck_assert_int_eq(r.code, 200);
        kept[i] = mark_of(h, &r);
        r = swap(h, asked[i]);
        ck_assert(str_eq(kept[i], mark_of(h, &r)));
        said[i] = str_copy(h->mem, said_of(&r));
    }
    ck_assert(str_eq(kept[0], kept[2]) && !str_eq(kept[0], kept[1]));
    ck_assert_msg(str_eq(said[0], said[2]) && !str_eq(said[0], said[1]), "%.*s", (int)said[1].n, said[1].p);
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

enum { A_DASH = -1, NO_SUCH_ROW = -2 };

/* A cell of the table with that title, in the row of that name: "1.234" as 1234. */
static int64_t on_page(const struct web_reply *r, const char *table, const char *row, int column)
{
    char title[64];
    int64_t v = 0;

    snprintf(title, sizeof title, "aria-labelledby=\"t-%s\"", table);
    const char *at = strstr(r->body.p, title);

    ck_assert_ptr_nonnull(at);
    const char *const end = strstr(at, "</table>");

    do {
        at = strstr(at, "<th scope=\"row\">");
        if (at == NULL || at > end)
            return NO_SUCH_ROW;
        at += strlen("<th scope=\"row\">");
    } while (strncmp(at, row, strlen(row)) != 0);
    for (int i = 0; i <= column; i++)
        at = strstr(at + 1, "<td class=\"w-n\"");
    at = strchr(at, '>') + 1;
    if (*at < '0' || *at > '9')
        return A_DASH;
    for (; *at != '<'; at++)
        if (*at >= '0' && *at <= '9')
            v = v * 10 + (*at - '0');
    return v;
}

/* The spreadsheet, opened by a reader: every number of it that the page shows too is the same, and each table is there. */
START_TEST(test_simulations_page__the_spreadsheet_says_what_the_page_says)
{
    static const char form[] = ADI "&p-limite_isee=5.000";
    static const struct {
        const char *words, *id;
    } tables[] = {{"Famiglia", "famiglie"}, {"Tutte le famiglie", "famiglie"}, {"Zona", "zone"}, {"Comune", "comuni"}};
    struct harness *h = harness_new();
    const struct web_reply page = harness_post(h, "/simulazioni", form), file = harness_post(h, "/simulazioni/tabelle.xlsx", form);
    struct xlsx_trouble trouble;
    struct xlsx_reader *book;
    struct xlsx_row row;
    int n_seen[ARRAY_LEN(tables)] = {0};

    ck_assert_int_eq(xlsx_open_bytes(h->mem, file.body, &(struct xlsx_options){0}, &book, &trouble), ST_OK);
    while (xlsx_next_row(book, &row, &trouble)) {
        const struct str name = row.n_cells > 1 ? row.cells[1] : STR("");
        int table = -1;

        for (int i = 0; i < ARRAY_LEN(tables) && row.n_cells > 2; i++)
            if (str_eq_z(row.cells[0], tables[i].words))
                table = i;
        const char *const shown = str_fmt(h->mem, "%.*s<", (int)name.n, name.p).p;

        if (table < 0 || on_page(&page, tables[table].id, shown, 0) == NO_SUCH_ROW) /* most comuni are in the file alone */
            continue;
        n_seen[table]++;
        for (int i = 0; i < 6; i++) {
            const int64_t there = on_page(&page, tables[table].id, shown, i);
            int64_t here = A_DASH;

            ck_assert(row.n_cells <= i + 2 || row.cells[i + 2].n == 0 || str_to_int(row.cells[i + 2], &here));
            ck_assert_msg(here == there, "%s %.*s, number %d: %lld in the file, %lld on the page", tables[table].words, (int)name.n, name.p, i,
                          (long long)here, (long long)there);
        }
    }
    ck_assert_ptr_null(trouble.key);
    ck_assert_int_ge(n_seen[0], 5);
    ck_assert_int_eq(n_seen[1], 1);
    ck_assert_int_ge(n_seen[2], 10);
    ck_assert_int_ge(n_seen[3], 10);
    xlsx_close(book);
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
    const struct str people = STR("nucleo,comune,isee_ord,eta\nquuxone,Zetaville,4321.09,40\nquuxtwo,Zetaville,4321.09,40\n"
                                  "quuxthree,Zetaville,4321.09,40\nquuxfour,Zetaville,4321.09,40\nquuxfive,Zetaville,4321.09,40\n");

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

UNIT_MAIN("simulations_page", test_simulations_page__choose_a_measure_and_move_a_threshold, test_simulations_page__range_and_number, test_simulations_page__what_is_kept_is_of_the_same_text,
          test_simulations_page__texts_of_ones_own, test_simulations_page__a_file_of_people, test_simulations_page__files_and_the_same_again, test_simulations_page__the_spreadsheet_says_what_the_page_says,
          test_simulations_page__a_budget_and_english, test_simulations_page__nothing_of_it_stays)
