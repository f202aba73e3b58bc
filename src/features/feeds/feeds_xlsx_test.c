/* feeds_xlsx_test.c - wecare import xlsx: a sheet with a title on top, through the importer of CSV. */
#include "base/xlsx_testing.h"
#include "feeds_testing.h"
#include "unit.h"
#include <string.h>

static const char mapping[] = "[source]\nname = prova\n[fields]\nid = {Codice}\nname = {Servizio}\nneeds = pasto-caldo\n"
                              "phones = {Tel}\norganisation.name = {Ente}\n";

static struct feeds_import import(struct harness *h, const char *folder, const char *text, const char *sheet)
{
    const char *map = feeds_testing_file(h->mem, folder, "list.map", str_of(mapping));
    const char *file = feeds_testing_file(h->mem, folder, "list.xlsx", xlsx_testing_of_text(h->mem, text));
    const char *const options[IMPORT_MAX_OPTIONS] = {NULL, NULL, map, sheet};

    return feeds_testing_import(h, "xlsx", file, options, false);
}

START_TEST(test_feeds_xlsx__rows_keep_the_numbers_of_the_sheet)
{
    struct harness *h = harness_new();
    const char *folder = feeds_testing_folder(h->mem);
    struct feeds_import i = import(h, folder, "ELENCO\n\nCodice\tEnte\tServizio\tTel\na1\tUno\tMensa \"nuova\"\t0125 1\n\na2\tUno\tEmporio\t0125 2\n", NULL);

    ck_assert_int_eq(i.st, ST_OK);
    ck_assert_int_eq(i.n_added, 2);
    i = import(h, folder, "ELENCO\n\nCodice\tEnte\tServizio\tTel\na1\tUno\tMensa \"nuova\"\t0125 1\n\na2\tUno\tEmporio\t0125 2\n", NULL);
    ck_assert_int_eq(i.n_same, 2);
    i = import(h, folder, "ELENCO\n\nCodice\tEnte\tServizio\tTel\na1\tUno\tMensa\t0125 1\n\na2\tUno\tEmporio\tvedi sito\n", NULL);
    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert_int_eq(i.n_refused, 1);
    ck_assert_int_eq(i.problems.list[0].row, 6);
    feeds_testing_drop(folder);
    harness_free(h);
}
END_TEST

START_TEST(test_feeds_xlsx__what_is_missing_is_named)
{
    struct harness *h = harness_new();
    const char *folder = feeds_testing_folder(h->mem);
    struct feeds_import i = import(h, folder, "Codice\tEnte\tTel\na1\tUno\t0125 1\n", NULL);

    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "base.csv-no-column", -1));
    i = import(h, folder, "Codice\tEnte\tServizio\tTel\na1\tUno\tMensa\t0125 1\n", "Altro");
    ck_assert_int_eq(i.st, ST_INVALID);
    ck_assert(feeds_import_has(&i, "base.xlsx-no-sheet", -1));
    feeds_testing_drop(folder);
    harness_free(h);
}
END_TEST

UNIT_MAIN("feeds_xlsx", test_feeds_xlsx__rows_keep_the_numbers_of_the_sheet, test_feeds_xlsx__what_is_missing_is_named)
