/* xlsx_write_test.c - spreadsheets that go out: read again by our own reader and looked at as bytes. */
#include "base/xlsx_write.h"
#include "base/buf.h"
#include "base/xlsx_read.h"
#include "unit.h"
#include <dirent.h>
#include <string.h>

static const struct xlsx_column columns[] = {{STR("Nome"), 30}, {STR("Posti"), 0}, {STR("Giorno"), 0}};
static const struct xlsx_info info[] = {{STR("Fonte"), STR("il portale")}, {STR("Licenza"), STR("CC BY 4.0")}};

struct rows {
    const char *const *names;
    int n, at;
    enum status st;
    struct arena *mem;
    bool springs;
};

static bool row(void *arg, struct xlsx_cell *cells, enum status *st)
{
    struct rows *r = arg;

    if (r->springs && r->at == 1)
        arena_alloc(r->mem, (size_t)1 << 40);
    if (r->at == r->n) {
        *st = r->st;
        return false;
    }
    cells[0] = (struct xlsx_cell){.kind = XLSX_TEXT, .text = str_of(r->names[r->at++])};
    cells[1] = (struct xlsx_cell){.kind = XLSX_NUMBER, .number = r->at + 0.5};
    cells[2] = (struct xlsx_cell){.kind = XLSX_DAY, .day = 20778}; /* 2026-11-21 */
    return true;
}

static struct str write_names(struct arena *mem, const char *const *names, int n)
{
    struct rows r = {.names = names, .n = n};
    const struct xlsx_book book = {.sheet = STR("Servizi [di prova]: 2026 / e un nome fin troppo lungo"),
                                   .columns = columns, .n_columns = 3, .info = info, .n_info = 2, .made_on = 20778,
                                   .row = row, .arg = &r};
    struct str out = {"", 0};

    ck_assert_int_eq(xlsx_write(mem, &book, &out), ST_OK);
    return out;
}

static struct xlsx_row next(struct xlsx_reader *r)
{
    struct xlsx_trouble why = {0};
    struct xlsx_row out;

    ck_assert_msg(xlsx_next_row(r, &out, &why), "%s", why.key == NULL ? "ended" : why.key);
    return out;
}

static struct xlsx_reader *open_bytes(struct arena *mem, struct str bytes, const char *sheet)
{
    struct xlsx_options o = {.sheet = str_of(sheet)};
    struct xlsx_reader *r = NULL;
    struct xlsx_trouble why = {0};

    ck_assert_msg(xlsx_open_bytes(mem, bytes, &o, &r, &why) == ST_OK, "%s", why.key);
    return r;
}

START_TEST(test_xlsx_write__what_goes_out_reads_back)
{
    static const char *const names[] = {"=1+2",   "+39 011", "-", "@SUM(A1)", "http://a.example/", " spazi ",
                                        "a\nb\tc", "<b>&amp;", "_x0041_", "perché 🙂", "\x01uno\x02", "mailto:a@b.it"};
    static const char *const back[] = {"=1+2",   "+39 011", "-", "@SUM(A1)", "http://a.example/", " spazi ",
                                       "a\nb\tc", "<b>&amp;", "_x0041_", "perché 🙂", "uno", "mailto:a@b.it"};
    struct arena *mem = arena_new(0);
    struct xlsx_reader *r = open_bytes(mem, write_names(mem, names, 12), "");

    ck_assert_str_eq(str_z(mem, xlsx_sheet_name(r)), "Servizi  di prova   2026   e u…");
    ck_assert_uint_eq(str_length(xlsx_sheet_name(r)), 31);
    struct xlsx_row x = next(r);

    ck_assert_int_eq(x.n_cells, 3);
    ck_assert(str_eq_z(x.cells[0], "Nome"));
    for (int i = 0; i < 12; i++) {
        x = next(r);
        ck_assert_int_eq(x.row, i + 2);
        ck_assert_msg(str_eq_z(x.cells[0], back[i]), "%d: %.*s", i, (int)x.cells[0].n, x.cells[0].p);
        ck_assert(str_eq(x.cells[1], str_fmt(mem, "%d.5", i + 1)));
        ck_assert(str_eq_z(x.cells[2], "2026-11-21"));
    }
    struct xlsx_trouble why = {0};

    ck_assert(!xlsx_next_row(r, &x, &why));
    ck_assert_ptr_null(why.key);
    xlsx_close(r);
    r = open_bytes(mem, write_names(mem, names, 1), "Informazioni");
    x = next(r);
    ck_assert(str_eq_z(x.cells[0], "Fonte") && str_eq_z(x.cells[1], "il portale"));
    x = next(r);
    ck_assert(str_eq_z(x.cells[0], "Licenza") && str_eq_z(x.cells[1], "CC BY 4.0"));
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_write__a_cell_too_long_is_cut_whole_characters)
{
    struct arena *mem = arena_new(0);
    struct buf b = buf_new(mem, 100000);
    const char *names[2];

    for (int i = 0; i < 32767; i++)
        buf_z(&b, "è");
    names[0] = str_z(mem, buf_view(&b));
    buf_z(&b, "è");
    names[1] = str_z(mem, buf_view(&b));
    struct xlsx_reader *r = open_bytes(mem, write_names(mem, names, 2), "");

    next(r);
    struct xlsx_row x = next(r);

    /* what comes in is cut at 32 KB: enough to see that both came */
    ck_assert_uint_ge(x.cells[0].n, 32760);
    x = next(r);
    ck_assert_uint_ge(x.cells[0].n, 32760);
    xlsx_close(r);
    arena_free(mem);
}
END_TEST

START_TEST(test_xlsx_write__same_rows_same_day_same_bytes)
{
    static const char *const names[] = {"Mensa", "Sportello"};
    struct arena *mem = arena_new(0);
    const struct str a = write_names(mem, names, 2), b = write_names(mem, names, 2);

    ck_assert(str_eq(a, b));
    ck_assert(str_starts(a, STR("PK\3\4")));
    arena_free(mem);
}
END_TEST

static int n_descriptors(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;

    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

START_TEST(test_xlsx_write__what_fails_lets_go_of_everything)
{
    static const char *const names[] = {"Mensa", "Sportello"};
    struct arena *mem = arena_new(1 << 20);
    const int before = n_descriptors();

    for (int i = 0; i < 20; i++) {
        struct rows r = {.names = names, .n = 2, .st = ST_BUSY, .mem = mem, .springs = i % 2 == 1};
        const struct xlsx_book book = {.sheet = STR("x"), .columns = columns, .n_columns = 3, .row = row, .arg = &r};
        struct str out;
        jmp_buf trap;

        arena_trap(mem, &trap);
        if (setjmp(trap) == 0) {
            ck_assert_int_eq(xlsx_write(mem, &book, &out), ST_BUSY);
            ck_assert(!r.springs);
        }
        ck_assert_ptr_eq(arena_trap(mem, NULL), &trap);
        arena_reset(mem);
    }
    ck_assert_int_eq(n_descriptors(), before);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("xlsx_write", test_xlsx_write__what_goes_out_reads_back, test_xlsx_write__a_cell_too_long_is_cut_whole_characters,
          test_xlsx_write__same_rows_same_day_same_bytes, test_xlsx_write__what_fails_lets_go_of_everything)
