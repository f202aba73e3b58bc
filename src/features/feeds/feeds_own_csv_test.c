/* feeds_own_csv_test.c - the CSV that a portal gives away (/dati/servizi.csv), read back by another with reference/mappings/wecare.map:
 * given away again it says the same. */
#include "base/sheet.h"
#include "feeds_feature.h"
#include "feeds_testing.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Entries at two places, each with its hours; a secret place; none; areas of three kinds; a formula's sign in front. */
static const char mapping[] =
    "[source]\nname = prova\n[fields]\nid = {id}\nname = {nome}\nsummary = {breve}\nneeds = pasto-caldo\nserved = {zone}\nphones = {tel}\n"
    "hours = {orari}\nways = {modo}\norganisation.name = Ente di prova\nlocation.name = {luogo}\nlocation.comune = {comune}\n"
    "location.address = {via}\nlocation.cap = {cap}\nlocation.secret = {segreto}\nlocation.quarter = {rione}\nlocation.hours = {orari1}\n"
    "location.phones = {tel1}\nlocation.2.name = {luogo2}\nlocation.2.comune = {comune2}\nlocation.2.address = {via2}\n"
    "location.2.hours = {orari2}\nlocation.2.phones = {tel2}\n";
static const char list[] =
    "id,nome,breve,zone,tel,orari,modo,luogo,comune,via,cap,segreto,rione,orari1,tel1,luogo2,comune2,via2,orari2,tel2\n"
    "1,Mensa doppia,\"Pasti, due sale\",001125; district:24,0125 555 0101,Mo-Fr 12:00-14:00,presence,Sala A,Ivrea,via Uno 1,10015,no,,"
    "Mo-Fr 12:00-14:00,0125 555 0101,Sala B,Cuneo,via Due 2,Sa 12:00-14:00,0171 555 0102\n"
    "2,Casa rifugio,Un posto al sicuro,province:TO,0125 555 0103,24/7,presence,Casa segreta,Ivrea,via Nascosta 9,10015,yes,San Grato,,,,,,,\n"
    "3,Numero amico,=Telefonate,region:01,0125 555 0104,Tu[2-5] 9:00-12:00,phone,,,,,,,,,,,,,\n";

/* What each portal reckons by itself, or its own name. */
static bool is_own(struct str column)
{
    static const char *const own[] = {"freschezza", "verificata_il", "punteggio", "aggiornata_il", "dati_dimostrativi", "pagina"};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq_z(column, own[i]))
            return true;
    return false;
}

static enum status demo(struct ctx *c, void *arg)
{
    (void)arg;
    return feeds_load_demo(c);
}

static struct sheet given_away(struct harness *h, struct str *bytes)
{
    const struct web_reply r = harness_get(h, "/dati/servizi.csv");
    struct str why = STR("");
    struct sheet s;

    ck_assert_int_eq(r.code, 200);
    ck_assert_msg(sheet_read(h->mem, r.body, &s, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    *bytes = r.body;
    return s;
}

START_TEST(test_own_csv__read_back_it_says_the_same)
{
    struct harness *h = harness_new(), *other = harness_new();
    const char *folder = feeds_testing_folder(h->mem), *top = getenv("WECARE_SOURCE");
    const char *const own[IMPORT_MAX_OPTIONS] = {[2] = feeds_testing_file(h->mem, folder, "own.map", str_of(mapping))};
    const char *const shipped[IMPORT_MAX_OPTIONS] = {[2] = str_fmt(h->mem, "%s/reference/mappings/wecare.map", top == NULL ? "." : top).p};
    struct str bytes, again;
    int n_cells = 0;

    ck_assert_int_eq(harness_write(h, demo, NULL), ST_OK);
    ck_assert_int_eq(feeds_testing_import(h, "csv", feeds_testing_file(h->mem, folder, "own.csv", str_of(list)), own, false).st, ST_OK);
    const struct sheet first = given_away(h, &bytes);
    const char *file = feeds_testing_file(h->mem, folder, "servizi.csv", bytes);
    struct feeds_import i = feeds_testing_import(other, "csv", file, shipped, false);

    ck_assert_msg(i.st == ST_OK, "row %d: %s %s %.*s", (int)(i.problems.n > 0 ? i.problems.list[0].row : 0), i.problems.n > 0 ? i.problems.list[0].field : "",
                  i.problems.n > 0 ? i.problems.list[0].key : "", i.problems.n > 0 ? (int)i.problems.list[0].value.n : 0,
                  i.problems.n > 0 ? i.problems.list[0].value.p : "");
    const struct sheet second = given_away(other, &again);

    ck_assert_int_eq(second.n_rows, first.n_rows);
    ck_assert_int_gt(first.n_rows, 400);
    for (int row = 0; row < first.n_rows; row++)
        for (int k = 0; k < first.n_names; k++) {
            const struct str a = sheet_cell(&first, row, str_z(h->mem, first.names[k])), b = sheet_cell(&second, row, str_z(h->mem, first.names[k]));

            if (is_own(first.names[k]))
                continue;
            ck_assert_msg(str_eq(a, b), "row %d, %.*s: \"%.*s\" is \"%.*s\" now", row + 2, (int)first.names[k].n, first.names[k].p, (int)a.n, a.p,
                          (int)b.n, b.p);
            n_cells += a.n > 0;
        }
    printf("# %d rows, %d cells that say something, no difference\n", first.n_rows, n_cells);
    const int64_t n_added = i.n_added;

    i = feeds_testing_import(other, "csv", file, shipped, false);
    ck_assert_int_eq(i.n_same, n_added);
    ck_assert_int_eq(i.n_changed + i.n_added, 0);
    feeds_testing_drop(folder);
    harness_free(other);
    harness_free(h);
}
END_TEST

/* What kept a spreadsheet from reckoning a text is no part of the text. */
START_TEST(test_own_csv__a_text_that_begins_like_a_formula_loses_its_guard)
{
    struct harness *h = harness_new(), *other = harness_new();
    const char *folder = feeds_testing_folder(h->mem), *top = getenv("WECARE_SOURCE");
    const char *const own[IMPORT_MAX_OPTIONS] = {[2] = feeds_testing_file(h->mem, folder, "own.map", str_of(mapping))};
    const char *const shipped[IMPORT_MAX_OPTIONS] = {[2] = str_fmt(h->mem, "%s/reference/mappings/wecare.map", top == NULL ? "." : top).p};
    struct str bytes;
    int at = 0;

    ck_assert_int_eq(feeds_testing_import(h, "csv", feeds_testing_file(h->mem, folder, "own.csv", str_of(list)), own, false).st, ST_OK);
    given_away(h, &bytes);
    ck_assert(memmem(bytes.p, bytes.n, "'=Telefonate", 12) != NULL);
    ck_assert_int_eq(feeds_testing_import(other, "csv", feeds_testing_file(h->mem, folder, "servizi.csv", bytes), shipped, false).st, ST_OK);
    const struct sheet s = given_away(other, &bytes);

    while (at < s.n_rows && !str_eq_z(sheet_cell(&s, at, "nome"), "Numero amico"))
        at++;
    ck_assert_int_lt(at, s.n_rows);
    const struct str link = sheet_cell(&s, at, "pagina");
    const char *const path = strstr(str_z(h->mem, link), "/servizi/");

    ck_assert_msg(path != NULL, "%.*s", (int)link.n, link.p);
    const struct web_reply page = harness_get(other, path);

    harness_has(&page, "=Telefonate");
    harness_has_not(&page, "'=Telefonate");
    harness_has_not(&page, "#39;=Telefonate");
    feeds_testing_drop(folder);
    harness_free(other);
    harness_free(h);
}
END_TEST

/* The secret stays one: its address was never in the file, and is in no page of who reads it back. */
START_TEST(test_own_csv__a_secret_place_stays_secret)
{
    struct harness *h = harness_new();
    const char *folder = feeds_testing_folder(h->mem);
    const char *const own[IMPORT_MAX_OPTIONS] = {[2] = feeds_testing_file(h->mem, folder, "own.map", str_of(mapping))};
    struct str bytes;

    ck_assert_int_eq(feeds_testing_import(h, "csv", feeds_testing_file(h->mem, folder, "own.csv", str_of(list)), own, false).st, ST_OK);
    const struct sheet s = given_away(h, &bytes);
    int at = 0;

    while (at < s.n_rows && !str_eq_z(sheet_cell(&s, at, "nome"), "Mensa doppia"))
        at++;
    ck_assert_int_lt(at + 1, s.n_rows);
    ck_assert(memmem(bytes.p, bytes.n, "Nascosta", 8) == NULL);
    ck_assert(memmem(bytes.p, bytes.n, "Casa segreta", 12) == NULL);
    ck_assert(str_eq_z(sheet_cell(&s, at, "zone_codici"), "001125; district:24"));
    ck_assert(str_eq_z(sheet_cell(&s, at, "orari"), "Mo-Fr 12:00-14:00"));
    ck_assert(str_eq_z(sheet_cell(&s, at + 1, "orari"), "Sa 12:00-14:00"));
    feeds_testing_drop(folder);
    harness_free(h);
}
END_TEST

UNIT_MAIN("feeds_own_csv", test_own_csv__read_back_it_says_the_same, test_own_csv__a_secret_place_stays_secret,
          test_own_csv__a_text_that_begins_like_a_formula_loses_its_guard)
