/* sheet_test.c - CSV in and out. */
#include "base/sheet.h"
#include "tests/unit.h"

static struct sheet read_ok(struct arena *mem, const char *text)
{
    struct sheet s;
    struct str why = STR("");

    if (sheet_read(mem, str_of(text), &s, &why) != ST_OK)
        ck_abort_msg("%.*s", (int)why.n, why.p);
    return s;
}

static void is_cell(const struct sheet *s, int row, const char *name, const char *want)
{
    const struct str cell = sheet_cell(s, row, name);

    if (!str_eq_z(cell, want))
        ck_abort_msg("row %d %s is \"%.*s\", not \"%s\"", row, name, (int)cell.n, cell.p, want);
}

static void is_refused(const char *text, const char *want)
{
    struct arena *mem = arena_new(0);
    struct sheet s;
    struct str why = STR("");

    ck_assert_int_eq(sheet_read(mem, str_of(text), &s, &why), ST_INVALID);
    if (!str_eq_z(why, want))
        ck_abort_msg("says \"%.*s\", not \"%s\"", (int)why.n, why.p, want);
    arena_free(mem);
}

START_TEST(test_sheet__cells_are_found_by_name)
{
    struct arena *mem = arena_new(0);
    const struct sheet s = read_ok(mem, "\xEF\xBB\xBF"
                                        "istat,name,n\r\n001001,\"Agli\xC3\xA8\",7\r\n"
                                        "\n001002,\"a \"\"b\"\", c\"\n001003,\"two\nlines\",-1");
    int64_t n = 0;

    ck_assert_int_eq(s.n_rows, 3);
    is_cell(&s, 0, "istat", "001001");
    is_cell(&s, 0, "name", "Agli\xC3\xA8");
    is_cell(&s, 1, "name", "a \"b\", c");
    is_cell(&s, 1, "n", "");
    is_cell(&s, 2, "name", "two\nlines");
    is_cell(&s, 2, "no such", "");
    ck_assert(sheet_int(&s, 2, "n", &n));
    ck_assert_int_eq(n, -1);
    ck_assert(!sheet_int(&s, 1, "n", &n));
    ck_assert_int_eq(s.lines[0], 2);
    ck_assert_int_eq(s.lines[1], 4);
    ck_assert_int_eq(s.lines[2], 6);
    arena_free(mem);
}
END_TEST

START_TEST(test_sheet__semicolons_of_an_italian_spreadsheet_are_read)
{
    struct arena *mem = arena_new(0);
    const struct sheet s = read_ok(mem, "istat;name\n001001;\"a, b\"\n");

    is_cell(&s, 0, "name", "a, b");
    arena_free(mem);
}
END_TEST

START_TEST(test_sheet__broken_files_say_where)
{
    is_refused("a,b\n1,2\n1,2,3\n", "line 3 has more cells than the first row has names");
    is_refused("a,a\n", "line 1 gives one name to two columns");
    is_refused("", "line 1 has no names of columns");
    is_refused("a,b\n1,\"open\n", "line 2 has a quote that is not closed");
    is_refused("a,b\n1,x\"y\n", "line 2 has a quote in the middle of a cell");
    is_refused("a\n\xFF\n", "the file is not text in UTF-8");
}
END_TEST

/* T23 of the threat table: no cell of ours is run by a spreadsheet; numbers stay numbers. */
START_TEST(test_sheet__formulas_are_written_as_text)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 0);

    sheet_put(&b, STR("=1+1"));
    sheet_put(&b, STR("@x"));
    sheet_put(&b, STR("+39 011"));
    sheet_put(&b, STR("-a"));
    sheet_put(&b, STR("\tx"));
    sheet_put_int(&b, -5);
    sheet_end_row(&b);
    sheet_put(&b, STR("say \"hi\""));
    sheet_put(&b, STR(""));
    sheet_end_row(&b);
    const struct str got = buf_view(&b);

    ck_assert(str_eq_z(got, "\"'=1+1\",\"'@x\",\"'+39 011\",\"'-a\",\"'\tx\",-5\r\n"
                            "\"say \"\"hi\"\"\",\"\"\r\n"));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("sheet", test_sheet__cells_are_found_by_name,
          test_sheet__semicolons_of_an_italian_spreadsheet_are_read,
          test_sheet__broken_files_say_where, test_sheet__formulas_are_written_as_text)
