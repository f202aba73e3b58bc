/* xlsx_read_test.c - what stands in a spreadsheet, and what only pretends to be one. */
#include "base/xlsx_read.h"
#include "base/buf.h"
#include "base/macros.h"
#include "base/xlsx_testing.h"
#include "unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct xlsx_reader *open_made(struct arena *mem, const struct xlsx_testing *t)
{
    struct xlsx_options o = {.max_bytes = 0};
    struct xlsx_reader *r = NULL;
    struct xlsx_trouble why;

    ck_assert_msg(xlsx_open_bytes(mem, xlsx_testing_make(mem, t), &o, &r, &why) == ST_OK, "%s", why.key);
    return r;
}

/* "a|b|c" of the next row; "end" when there is none, "!key" when it ended otherwise. */
static const char *next(struct arena *mem, struct xlsx_reader *r)
{
    struct xlsx_trouble why;
    struct xlsx_row x;
    struct buf b = buf_new(mem, 100);

    if (!xlsx_next_row(r, &x, &why))
        return why.key == NULL ? "end" : str_z(mem, str_fmt(mem, "!%s", why.key));
    for (int i = 0; i < x.n_cells; i++) {
        buf_z(&b, i == 0 ? "" : "|");
        buf_str(&b, x.cells[i]);
    }
    return str_z(mem, buf_view(&b));
}

#define STYLES                                                                                                                     \
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"[$-410]h:mm;@\"/>"          \
    "<numFmt numFmtId=\"166\" formatCode=\"0.00&quot; d&quot;\"/><numFmt numFmtId=\"167\" formatCode=\"d\\-m\\-yy\\ h:mm\"/></numFmts>" \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                                                           \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/>"           \
    "<xf numFmtId=\"167\"/></cellXfs>"

START_TEST(test_xlsx_read__each_kind_of_cell)
{
    struct arena *mem = arena_new(0);
    struct xlsx_reader *r = open_made(
        mem, &(struct xlsx_testing){
                 .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>0</v></c><c r=\"D1\" t=\"s\"><v>99</v></c></row>"
                         "<row r=\"2\" hidden=\"1\"><c t=\"inlineStr\"><is><r><t>ri</t></r><r><t xml:space=\"preserve\">cco </t></r>"
                         "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c><c><v>11122233</v></c><c><v>1.25</v></c><c><v>1.1E3</v></c>"
                         "<c><v>0.1</v></c><c><v>12.300000000000001</v></c></row>"
                         "<row r=\"5\"><c r=\"A5\" s=\"1\"><v>46347</v></c><c r=\"B5\" s=\"2\"><v>1</v></c><c r=\"C5\" s=\"3\"><v>0.395833333333</v></c>"
                         "<c r=\"D5\" s=\"4\"><v>3</v></c><c r=\"E5\" s=\"5\"><v>46347.999999</v></c><c r=\"F5\" s=\"5\"><v>46347.5</v></c></row>"
                         "<row r=\"6\"><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/D</v></c><c t=\"str\"><f>A1&amp;B1</f><v>a&amp;b</v></c>"
                         "<c t=\"d\"><v>2026-11-21</v></c><c t=\"inlineStr\"><is><t>a_x000D_\nb_x0041__xZZZZ_</t></is></c></row><row r=\"7\"/>"
                         "<row><c><v>8</v></c></row>",
                 .after = "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>",
                 .shared = "<si><t>zero</t></si><si><t>uno</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>",
                 .styles = STYLES});

    ck_assert_str_eq(next(mem, r), "uno||zero");
    ck_assert_str_eq(next(mem, r), "ricco |11122233|1.25|1100|0.1|12.3");
    ck_assert_str_eq(next(mem, r), "2026-11-21|1900-01-01|09:30|3|2026-11-22|2026-11-21T12:00");
    ck_assert_str_eq(next(mem, r), "1||a&b|2026-11-21|a\nbA_xZZZZ_");
    ck_assert_str_eq(next(mem, r), "");
    ck_assert_str_eq(next(mem, r), "8");
    ck_assert_str_eq(next(mem, r), "end");
    ck_assert_int_eq(xlsx_notes(r)->n_hidden_rows, 1);
    ck_assert_int_eq(xlsx_notes(r)->n_errors, 1);
    ck_assert_int_eq(xlsx_notes(r)->n_merged, 1);
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_read__the_other_calendar)
{
    struct arena *mem = arena_new(0);
    struct xlsx_reader *r = open_made(mem, &(struct xlsx_testing){.book = "<workbookPr date1904=\"1\"/>",
                                                                  .rows = "<row><c s=\"1\"><v>44885</v></c></row>",
                                                                  .styles = STYLES});

    ck_assert_str_eq(next(mem, r), "2026-11-21");
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

#define SHEET(name, more) "<sheet name=\"" name "\" sheetId=\"1\" r:id=\"rId1\" " more "/>"

START_TEST(test_xlsx_read__the_sheet_that_is_meant)
{
    struct arena *mem = arena_new(0);
    struct xlsx_testing t = {.rows = "<row><c><v>1</v></c></row>",
                             .sheets = SHEET("Note", "state=\"hidden\"") SHEET("Elenco", "") SHEET("Altro", "state=\"visible\"")};
    struct xlsx_options o = {.max_bytes = 0};
    struct xlsx_reader *r = open_made(mem, &t);
    struct xlsx_trouble why;

    ck_assert(str_eq_z(xlsx_sheet_name(r), "Elenco"));
    ck_assert_int_eq(xlsx_notes(r)->n_sheets, 3);
    ck_assert_int_eq(xlsx_notes(r)->n_hidden_sheets, 1);
    xlsx_close(r);
    o.sheet = STR("Note"); /* asked by name, a hidden one is read */
    ck_assert_int_eq(xlsx_open_bytes(mem, xlsx_testing_make(mem, &t), &o, &r, &why), ST_OK);
    ck_assert(str_eq_z(xlsx_sheet_name(r), "Note"));
    xlsx_close(r);
    o.sheet = STR("Manca");
    ck_assert_int_eq(xlsx_open_bytes(mem, xlsx_testing_make(mem, &t), &o, &r, &why), ST_INVALID);
    ck_assert_str_eq(why.key, "base.xlsx-no-sheet");
    ck_assert(str_eq_z(why.value, "Manca"));
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_read__what_is_too_wide_or_long_is_left_out_and_counted)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 100000);

    buf_z(&b, "<row><c r=\"A1\" t=\"inlineStr\"><is><t>");
    for (int i = 0; i < 20000; i++)
        buf_z(&b, "è");
    buf_z(&b, "</t></is></c><c r=\"SF1\"><v>500</v></c><c r=\"SG1\"><v>501</v></c><c r=\"XFD1\"><v>9</v></c></row>");
    struct xlsx_reader *r = open_made(mem, &(struct xlsx_testing){.rows = str_z(mem, buf_view(&b))});
    struct xlsx_trouble why;
    struct xlsx_row x;

    ck_assert(xlsx_next_row(r, &x, &why));
    ck_assert_int_eq(x.n_cells, 500);
    ck_assert(str_eq_z(x.cells[499], "500"));
    ck_assert(str_is_utf8(x.cells[0]) && x.cells[0].n > 32000 && x.cells[0].n <= XLSX_MAX_CELL);
    ck_assert_int_eq(xlsx_notes(r)->n_cut, 1);
    ck_assert_int_eq(xlsx_notes(r)->n_columns_left, 16384 - 500);
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

/* The reason why bytes are refused, or how their reading ends. */
static const char *refusal(struct arena *mem, struct str bytes)
{
    struct xlsx_options o = {.max_bytes = 0};
    struct xlsx_reader *r = NULL;
    struct xlsx_trouble why;
    const char *end = "0";

    if (xlsx_open_bytes(mem, bytes, &o, &r, &why) != ST_OK)
        return why.key;
    while (*end != '!' && strcmp(end, "end") != 0)
        end = next(mem, r);
    xlsx_close(r);
    return *end == '!' ? end + 1 : end;
}

START_TEST(test_xlsx_read__what_it_is_instead_is_said)
{
    static const struct {
        const char *name, *reason;
    } kinds[] = {{"xl/workbook.bin", "base.xlsx-binary"},
                 {"word/document.xml", "base.xlsx-document"},
                 {"Index/Document.iwa", "base.xlsx-numbers"},
                 {"readme.txt", "base.xlsx-not"}};
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(kinds); i++) {
        const struct xlsx_testing_part part = {kinds[i].name, STR("x")};

        ck_assert_str_eq(refusal(mem, xlsx_testing_zip(mem, &part, 1)), kinds[i].reason);
    }
    static const struct xlsx_testing_part ods[] = {{"mimetype", STR("x")}, {"content.xml", STR("x")}, {"META-INF/manifest.xml", STR("x")}};

    ck_assert_str_eq(refusal(mem, xlsx_testing_zip(mem, ods, 3)), "base.xlsx-ods");
    ck_assert_str_eq(refusal(mem, STR("nome;telefono\na;b\n")), "base.xlsx-not");
    ck_assert_str_eq(refusal(mem, STR("")), "base.xlsx-not");
    ck_assert_str_eq(refusal(mem, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W o r k b o o k")), "base.xlsx-old");
    ck_assert_str_eq(refusal(mem, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1  E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")), "base.xlsx-locked");
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_read__traps_are_refused)
{
    struct arena *mem = arena_new(0);
    struct buf deep = buf_new(mem, 10000);
    const struct str good = xlsx_testing_make(mem, &(struct xlsx_testing){.rows = "<row><c><v>1</v></c></row>"});

    ck_assert_str_eq(refusal(mem, good), "end");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.type = "<!DOCTYPE x [<!ENTITY a \"b\">]>"})), "base.xlsx-entity");
    ck_assert_str_eq(
        refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.type = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">"})), "base.xlsx-entity");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.rows = "<row><c><v>&mine;</v></c></row>"})), "base.xlsx-broken");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.rows = "<row><c></row>"})), "base.xlsx-broken");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.rows = "<row>\xff</row>"})), "base.xlsx-broken");
    for (int i = 0; i < 100; i++)
        buf_z(&deep, "<x>");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.rows = str_z(mem, buf_view(&deep))})), "base.xlsx-deep");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.sheets = SHEET("A", "state=\"veryHidden\"")})), "base.xlsx-all-hidden");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.sheets = "<sheet name=\"A\" r:id=\"rId9\"/>"})), "base.xlsx-no-sheet");
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.sheets = "<sheet name=\"A\" r:id=\"rId8\"/>"})), "base.xlsx-no-sheet");
    for (size_t n = 4; n < good.n; n += 7)
        ck_assert_str_ne(refusal(mem, str_head(good, n)), "end");
    arena_free(mem);
}
END_TEST

/* Texts that are not there are no texts; a number of rows costs no memory. */
START_TEST(test_xlsx_read__memory_does_not_grow_with_the_rows)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 4 << 20);
    struct rusage before, after;
    int n = 0;

    for (int i = 1; i <= 60000; i++)
        buf_fmt(&b, "<row r=\"%d\"><c t=\"inlineStr\"><is><t>Sportello %d</t></is></c><c><v>%d</v></c></row>", i, i * 7919 % 10007, i);
    struct xlsx_reader *r = open_made(mem, &(struct xlsx_testing){.rows = str_z(mem, buf_view(&b))});
    struct xlsx_trouble why;
    struct xlsx_row x;

    ck_assert(xlsx_next_row(r, &x, &why));
    getrusage(RUSAGE_SELF, &before);
    for (n = 1; xlsx_next_row(r, &x, &why); n++)
        ck_assert_int_eq(x.row, n + 1);
    getrusage(RUSAGE_SELF, &after);
    ck_assert_int_eq(n, 60000);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* which keep what was freed */
    ck_assert_int_le(after.ru_maxrss - before.ru_maxrss, 2048);
#endif
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_read__more_texts_than_it_keeps_are_refused)
{
    struct arena *mem = arena_new(0);
    struct buf block = buf_new(mem, 80000), b = buf_new(mem, 40 << 20);
    unsigned seed = 1;

    while (block.n < 64 * 1024) { /* longer than what a packer looks back: no bomb, only large */
        buf_z(&block, "<si><t>");
        for (int i = 0; i < 200; i++) {
            seed = seed * 1103515245u + 12345u;
            buf_fmt(&block, "%08x", seed >> 4);
        }
        buf_z(&block, "</t></si>");
    }
    while (b.n < (size_t)36 << 20)
        buf_str(&b, buf_view(&block));
    ck_assert_str_eq(refusal(mem, xlsx_testing_make(mem, &(struct xlsx_testing){.shared = str_z(mem, buf_view(&b))})), "base.xlsx-shared-large");
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_read__from_a_file)
{
    struct arena *mem = arena_new(0);
    const struct str bytes = xlsx_testing_of_text(mem, "Nome\tTelefono\nMensa\t011 1\n");
    struct xlsx_options o = {.max_bytes = 0};
    struct xlsx_reader *r = NULL;
    struct xlsx_trouble why;
    char path[] = "/tmp/wecare-xlsx-XXXXXX";
    const int fd = mkstemp(path);

    ck_assert_int_eq(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    ck_assert_int_eq(xlsx_open_file(mem, path, &o, &r, &why), ST_OK);
    ck_assert_str_eq(next(mem, r), "Nome|Telefono");
    ck_assert_str_eq(next(mem, r), "Mensa|011 1");
    xlsx_close(r);
    unlink(path);
    ck_assert_int_eq(xlsx_open_file(mem, path, &o, &r, &why), ST_NOT_FOUND);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("xlsx_read", test_xlsx_read__each_kind_of_cell, test_xlsx_read__the_other_calendar, test_xlsx_read__the_sheet_that_is_meant,
          test_xlsx_read__what_is_too_wide_or_long_is_left_out_and_counted, test_xlsx_read__what_it_is_instead_is_said,
          test_xlsx_read__traps_are_refused, test_xlsx_read__memory_does_not_grow_with_the_rows,
          test_xlsx_read__more_texts_than_it_keeps_are_refused, test_xlsx_read__from_a_file)
