/* finder_board_test.c - the sheet for the board, E adesso?, initiatives, Cosa manca qui, the square
 * code. */
#include "base/macros.h"
#include "base/sheet.h"
#include "core/places/places.h"
#include "features/catalogue/catalogue.h"
#include "features/search/search_gaps.h"
#include "finder_qr.h"
#include "finder_sheet_testing.h"
#include "finder_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct harness *filled(void)
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_write(h, finder_sheet_testing_write, NULL), ST_OK);
    return h;
}

static int n_of(const struct web_reply *r, const char *text)
{
    int n = 0;

    for (struct str rest = r->body; rest.n > 0; n++) {
        const char *at = memmem(rest.p, rest.n, text, strlen(text));

        if (at == NULL)
            break;
        rest = str_from(rest, (size_t)(at - rest.p) + 1);
    }
    return n;
}

/* ---- the sheet for the notice board ---- */

START_TEST(test_board__twelve_needs_each_with_whom_to_call)
{
    struct harness *h = filled();
    struct web_reply r = harness_get(h, "/bacheca/ivrea-to");

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(n_of(&r, "<span class=\"w-board-need\">"), 12);
    harness_has(&r, "Non arrivo a fine mese");
    harness_has(&r, "href=\"tel:01255550101\"");
    harness_has(&r, "href=\"tel:112\"");
    harness_has(&r, "<svg class=\"w-qr\"");
    harness_has(&r, "INRETE Ivrea");
    harness_has(&r, "Stampato il");
    /* nobody known in this place for who suffers violence: the national number, never nothing */
    harness_has(&r, "Numero gratis, giorno e notte: <a class=\"w-board-phone\" href=\"tel:1522\">");
    harness_has_not(&r, "Dati dimostrativi");
    r = harness_get(h, "/bacheca/cuneo-cn");
    harness_has(&r, "href=\"tel:01715550104\"");
    harness_has_not(&r, "href=\"tel:01255550101\""); /* for the district of Ivrea alone */
    harness_free(h);
}
END_TEST

START_TEST(test_board__invented_numbers_are_said_to_be_so)
{
    struct harness *h = harness_new();

    finder_testing_fill(h);
    const struct web_reply r = harness_get(h, "/bacheca/ivrea-to");

    harness_has(&r, "Questi numeri sono inventati: non appendere il foglio.");
    harness_free(h);
}
END_TEST

START_TEST(test_board__other_addresses)
{
    struct harness *h = filled();
    struct web_reply r = harness_get(h, "/bacheca/ivrea");

    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/bacheca/ivrea-to"));
    ck_assert_int_eq(harness_get(h, "/bacheca/atlantide").code, 404);
    r = harness_get(h, "/en/bacheca/ivrea-to");
    harness_has(&r, "Who helps you in");
    harness_free(h);
}
END_TEST

/* ---- what happens next ---- */

START_TEST(test_next__says_what_to_say_and_with_a_service_what_it_asks_for)
{
    struct harness *h = filled();
    struct finder_sheet_testing_find f = {.name = FOOD, .mem = h->mem};
    struct web_reply r = harness_get(h, "/e-adesso");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Che cosa dire al telefono");
    harness_has(&r, "La tessera sanitaria, se ce l’hai.");
    ck_assert_int_eq(harness_read(h, finder_sheet_testing_slug, &f), ST_OK);
    r = harness_get(h, str_fmt(h->mem, "/e-adesso?servizio=%.*s", (int)f.slug.n, f.slug.p).p);
    harness_has(&r, "href=\"tel:01255550101\"");
    harness_has(&r, "Per questo servizio servono:");
    harness_has(&r, "Un documento, anche scaduto");
    harness_has_not(&r, "La tessera sanitaria");
    ck_assert_int_eq(harness_get(h, "/e-adesso?servizio=non-esiste-aaaaaa").code, 200);
    harness_free(h);
}
END_TEST

/* ---- initiatives ---- */

struct first_initiative {
    struct initiative it;
    struct arena *mem;
};

static enum status first_job(struct ctx *c, void *arg)
{
    struct first_initiative *f = arg;
    struct initiative *list;
    int n = 0;
    const enum status st = catalogue_initiatives(c, &list, &n);

    if (st == ST_OK && n > 0) {
        f->it = list[0];
        f->it.slug = str_copy(f->mem, list[0].slug);
        f->it.name = str_copy(f->mem, list[0].name);
    }
    return st;
}

START_TEST(test_initiative__three_answers_and_the_list_shows_the_last)
{
    struct harness *h = harness_new();
    struct first_initiative f = {.mem = h->mem};

    ck_assert_int_eq(harness_read(h, first_job, &f), ST_OK);
    ck_assert_uint_gt(f.it.slug.n, 0);
    const char *const path = str_fmt(h->mem, "/iniziative/%.*s", (int)f.it.slug.n, f.it.slug.p).p;
    struct web_reply r = harness_get(h, path);

    harness_has(&r, "C’è ancora?");
    harness_has(&r, "Nessuno ha ancora risposto.");
    ck_assert_int_eq(n_of(&r, "name=\"risposta\""), 3);
    r = harness_post(h, path, "risposta=gone");
    ck_assert_int_eq(r.code, 303);
    r = harness_get(h, path);
    harness_has(&r, "non c’è più");
    r = harness_get(h, "/iniziative");
    harness_has(&r, "1 ha già una risposta.");
    r = harness_post(h, path, "risposta=forse");
    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "Manca la risposta.");
    ck_assert_int_eq(harness_read(h, first_job, &f), ST_OK);
    ck_assert_int_eq(f.it.gone, 1);
    ck_assert_int_eq(f.it.here + f.it.unsure, 0);
    ck_assert_int_eq(harness_get(h, "/iniziative/non-esiste-aaaaaa").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_initiative__its_sheet_says_the_year_and_asks)
{
    struct harness *h = harness_new();
    struct first_initiative f = {.mem = h->mem};

    ck_assert_int_eq(harness_read(h, first_job, &f), ST_OK);
    const struct web_reply r =
        harness_get(h, str_fmt(h->mem, "/servizi/%.*s", (int)f.it.slug.n, f.it.slug.p).p);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, str_fmt(h->mem, "Segnalata nel %d: c’è ancora?", f.it.year).p);
    harness_has(&r, str_fmt(h->mem, "/iniziative/%.*s", (int)f.it.slug.n, f.it.slug.p).p);
    harness_free(h);
}
END_TEST

/* ---- Cosa manca qui ---- */

struct gaps_of {
    const char *slug;
    int n_needs, n_missing;
    int n_food; /* services for spesa-alimentare */
};

static enum status gaps_job(struct ctx *c, void *arg)
{
    struct gaps_of *g = arg;
    struct comune comune;
    struct gaps all;
    enum status st = places_comune_by_slug(c, str_of(g->slug), &comune);

    if (st == ST_OK)
        st = search_gaps(c, comune.area.area_id, &all);
    if (st != ST_OK)
        return st;
    g->n_needs = all.n_needs;
    g->n_missing = all.n_missing;
    for (int i = 0; i < all.n; i++)
        if (str_eq_z(all.list[i].need->id, "spesa-alimentare"))
            g->n_food = all.list[i].n;
    return ST_OK;
}

START_TEST(test_gaps__a_comune_reads_what_it_has_not)
{
    struct harness *h = filled();
    struct gaps_of g = {.slug = "ivrea-to"};
    struct web_reply r = harness_get(h, "/manca/comune/ivrea-to");

    ck_assert_int_eq(harness_read(h, gaps_job, &g), ST_OK);
    ck_assert_int_eq(g.n_food, 1);
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Cosa manca a Ivrea</h1>");
    harness_has(&r,
                str_fmt(h->mem, "Per %d bisogni su %d non troviamo nessun servizio entro 20 km.",
                        g.n_missing, g.n_needs)
                    .p);
    harness_has(&r, str_fmt(h->mem, "%d bisogni senza risposta</h2>", g.n_missing).p);
    harness_has(&r, "/trova?bisogno=spesa-alimentare&amp;dove=ivrea-to");
    harness_has(&r, "Un servizio può esserci e non essere scritto qui.");
    r = harness_get(h, "/manca/comune/ivrea");
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/manca/comune/ivrea-to"));
    ck_assert_int_eq(harness_get(h, "/manca/comune/atlantide").code, 404);
    ck_assert_int_eq(harness_get(h, "/manca/distretto/atlantide").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_gaps__searches_without_an_answer_are_told_to_who_plans)
{
    struct harness *h = filled();
    struct web_reply r = harness_get(h, "/manca/comune/ivrea-to");

    harness_has(&r, "Ricerche senza risposta</h2>");
    harness_has(&r, "Per ora non c’è nessun numero da mostrare.");
    store_testing_exec(&h->store, "INSERT INTO catalogue_miss (need, area_id, month, n) SELECT 'dentista', area_id, '2020-03', 7 "
                                  "FROM place_area WHERE kind = 'comune' AND code = '001125'");
    store_testing_exec(&h->store, "INSERT INTO catalogue_miss (need, area_id, month, n) SELECT 'nido', area_id, '2020-03', 4 "
                                  "FROM place_area WHERE kind = 'comune' AND code = '001125'");
    r = harness_get(h, "/manca/comune/ivrea-to");
    harness_has(&r, "<th scope=\"row\">Mi serve un dentista</th>");
    harness_has(&r, "marzo 2020");
    harness_has(&r, ">7</td>");
    ck_assert_ptr_null(memmem(r.body.p, r.body.n, "Cerco un asilo nido</th><td data-label=\"Dove\"", 45));
    r = harness_get(h, "/manca");
    harness_has(&r, "<td data-label=\"Dove\">Ivrea</td>");
    harness_free(h);
}
END_TEST

START_TEST(test_gaps__table_form_and_file_agree)
{
    struct harness *h = filled();
    struct web_reply r = harness_get(h, "/manca?dove=Ivrea&bisogno=");
    struct sheet table;
    struct str why;

    ck_assert_int_eq(r.code, 303);
    ck_assert(str_eq_z(harness_header(h, &r, "Location"), "/manca/comune/ivrea-to"));
    r = harness_get(h, "/manca?dove=Castell");
    harness_has(&r, "Quale Comune intendi con «Castell»?");
    r = harness_get(h, "/manca?dove=Xyzzywq");
    harness_has(&r, "Non troviamo il Comune «Xyzzywq».");
    r = harness_get(h, "/manca?bisogno=spesa-alimentare");
    harness_has(&r, "28 distretti su 30 non hanno nessun servizio per questo bisogno.");
    harness_has(&r, "<option value=\"spesa-alimentare\" selected>");
    r = harness_get(h, "/manca?bisogno=un-bisogno-che-non-esiste");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Distretto per distretto");
    r = harness_get(h, "/manca?per=comune");
    ck_assert_int_eq(n_of(&r, "<th scope=\"row\">"), 300);
    harness_has(&r, "href=\"/manca?per=comune&amp;pagina=2\" rel=\"next\"");
    r = harness_get(h, "/manca?per=comune&pagina=99");
    ck_assert_int_eq(n_of(&r, "<th scope=\"row\">"), 280);
    harness_has(&r, "href=\"/manca?per=comune&amp;pagina=3\" rel=\"prev\"");
    r = harness_get(h, "/dati/cosa-manca.csv?per=comune");
    ck_assert_int_eq(sheet_read(h->mem, r.body, &table, &why), ST_OK);
    ck_assert_int_eq(table.n_rows, 1180);
    r = harness_get(h, "/dati/cosa-manca.csv?comune=ivrea-to");
    ck_assert_int_eq(sheet_read(h->mem, r.body, &table, &why), ST_OK);
    struct gaps_of g = {.slug = "ivrea-to"};
    int n_missing = 0;

    ck_assert_int_eq(harness_read(h, gaps_job, &g), ST_OK);
    ck_assert_int_eq(table.n_rows, g.n_needs);
    for (int i = 0; i < table.n_rows; i++)
        n_missing += str_eq_z(sheet_cell(&table, i, "servizi"), "0");
    ck_assert_int_eq(n_missing, g.n_missing);
    ck_assert_int_eq(harness_get(h, "/dati/cosa-manca.csv?comune=atlantide").code, 404);
    ck_assert_int_eq(harness_get(h, "/dati/cosa-manca.csv?bisogno=atlantide").code, 404);
    harness_free(h);
}
END_TEST

/* ---- the square code, read back ---- */

enum { SIDE_MOST = 177 };

struct modules {
    int side;
    bool is_dark[SIDE_MOST][SIDE_MOST];
};

/* The modules that the path draws, without the quiet ground. */
static void paint(const struct finder_qr *q, struct modules *m)
{
    int side = 0;

    memset(m, 0, sizeof *m);
    ck_assert_int_eq(sscanf(q->box.p, "0 0 %d", &side), 1);
    m->side = side - 8;
    for (const char *p = q->path.p; p < q->path.p + q->path.n;) {
        int x, y, n, back, used = 0;

        ck_assert_int_eq(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &n, &back, &used), 4);
        ck_assert_int_eq(n, back);
        ck_assert_int_ge(x, 4);
        ck_assert_int_ge(y, 4);
        ck_assert_int_le(x + n, side - 4);
        for (int i = 0; i < n; i++)
            m->is_dark[y - 4][x - 4 + i] = true;
        p += used;
    }
}

static bool is_masked(int mask, int r, int k)
{
    switch (mask) {
    case 0:
        return (r + k) % 2 == 0;
    case 1:
        return r % 2 == 0;
    case 2:
        return k % 3 == 0;
    case 3:
        return (r + k) % 3 == 0;
    case 4:
        return (r / 2 + k / 3) % 2 == 0;
    case 5:
        return r * k % 2 + r * k % 3 == 0;
    case 6:
        return (r * k % 2 + r * k % 3) % 2 == 0;
    default:
        return ((r + k) % 2 + r * k % 3) % 2 == 0;
    }
}

/* Finders, timing, format and, from version 2 to 6, the one pattern near the corner. */
static bool is_of_pattern(int side, int r, int k)
{
    const int far = side - 8, at = side - 7;

    if (r == 6 || k == 6 || (r < 9 && (k < 9 || k >= far)) || (r >= far && k < 9))
        return true;
    return side > 21 && abs(r - at) <= 2 && abs(k - at) <= 2;
}

/* Versions 1 to 4 at level M have one or two blocks of equal length; reads the bytes they carry.
 * ISO/IEC 18004:2015, 7.7.3 (placement), 7.9 (format), 7.4.5 (8-bit mode). */
static struct str read_back(struct arena *mem, const struct modules *m)
{
    static const int n_codewords[] = {0, 26, 44, 70, 100}, n_blocks[] = {0, 1, 1, 1, 2};
    static const int n_data[] = {0, 16, 28, 44, 64};
    const int version = (m->side - 17) / 4;
    int format = 0, n_bits = 0;
    uint8_t raw[128] = {0}, data[128];

    ck_assert_int_ge(version, 1);
    ck_assert_int_le(version, 4);
    for (int i = 0; i < 5; i++)
        format = format << 1 | m->is_dark[8][i];
    format ^= 0x15;                   /* the first five of 101010000010010 */
    ck_assert_int_eq(format >> 3, 0); /* level M */
    const int mask = format & 7;

    for (int right = m->side - 1; right > 0; right -= right == 8 ? 3 : 2)
        for (int step = 0; step < m->side; step++)
            for (int k = right; k > right - 2; k--) {
                const int column = right > 6 ? right : right + 1;
                const bool is_up = (m->side - 1 - column) / 2 % 2 == 0;
                const int r = is_up ? m->side - 1 - step : step;

                if (is_of_pattern(m->side, r, k) || n_bits >= n_codewords[version] * 8)
                    continue;
                if (m->is_dark[r][k] != is_masked(mask, r, k))
                    raw[n_bits / 8] |= (uint8_t)(0x80 >> n_bits % 8);
                n_bits++;
            }
    for (int b = 0, n = 0; b < n_blocks[version]; b++)
        for (int i = 0; i < n_data[version] / n_blocks[version]; i++)
            data[n++] = raw[i * n_blocks[version] + b];
    ck_assert_int_eq(data[0] >> 4, 4); /* bytes */
    const int length = (data[0] & 15) << 4 | data[1] >> 4;
    struct buf out = buf_new(mem, 64);

    for (int i = 0; i < length; i++)
        buf_char(&out, (char)((data[i + 1] & 15) << 4 | data[i + 2] >> 4));
    return buf_view(&out);
}

struct qr_job {
    const char *text;
    struct finder_qr qr;
    struct arena *mem;
};

static enum status make_qr(struct ctx *c, void *arg)
{
    struct qr_job *j = arg;

    c->mem = j->mem;
    j->qr = finder_qr(c, str_of(j->text));
    return ST_OK;
}

START_TEST(test_qr__a_telephone_reads_the_address_back)
{
    static const char *const texts[] = {
        "https://w.it/x", "https://welfare.example.it/trova?dove=ivrea",
        "https://welfare.example.it/servizi/emporio-solidale-a1b2c3"};
    struct harness *h = harness_new();

    for (int i = 0; i < ARRAY_LEN(texts); i++) {
        struct qr_job j = {.text = texts[i], .mem = h->mem};
        static struct modules m;

        ck_assert_int_eq(harness_read(h, make_qr, &j), ST_OK);
        paint(&j.qr, &m);
        const struct str read = read_back(h->mem, &m);

        if (!str_eq_z(read, texts[i]))
            ck_abort_msg("%s is read as %.*s", texts[i], (int)read.n, read.p);
    }
    harness_free(h);
}
END_TEST

START_TEST(test_qr__a_text_that_does_not_fit_draws_nothing)
{
    struct harness *h = harness_new();
    char *const text = arena_alloc(h->mem, 2400);
    struct qr_job j = {.text = text, .mem = h->mem};

    memset(text, 'a', 2399);
    text[2399] = '\0';
    ck_assert_int_eq(harness_read(h, make_qr, &j), ST_OK);
    ck_assert_uint_eq(j.qr.path.n, 0);
    text[2331] = '\0';
    ck_assert_int_eq(harness_read(h, make_qr, &j), ST_OK);
    ck_assert_uint_gt(j.qr.path.n, 0);
    text[0] = '\0';
    ck_assert_int_eq(harness_read(h, make_qr, &j), ST_OK);
    ck_assert_uint_eq(j.qr.path.n, 0);
    harness_free(h);
}
END_TEST

UNIT_MAIN("finder_board", test_board__twelve_needs_each_with_whom_to_call,
          test_board__invented_numbers_are_said_to_be_so, test_board__other_addresses,
          test_next__says_what_to_say_and_with_a_service_what_it_asks_for,
          test_initiative__three_answers_and_the_list_shows_the_last,
          test_initiative__its_sheet_says_the_year_and_asks,
          test_gaps__a_comune_reads_what_it_has_not, test_gaps__searches_without_an_answer_are_told_to_who_plans, test_gaps__table_form_and_file_agree,
          test_qr__a_telephone_reads_the_address_back,
          test_qr__a_text_that_does_not_fit_draws_nothing)
