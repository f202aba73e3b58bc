/* sheets_test.c - lists as bodies keep them: what is read, mended, left. */
#include "base/buf.h"
#include "base/macros.h"
#include "base/xlsx_testing.h"
#include "sheets_private.h"
#include "tests/support/cases.h"
#include "tests/support/harness.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* ---- hours ---- */

/* "\\n" in a case is a line end. */
static struct str with_lines(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        const bool is_end = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';

        buf_char(&b, is_end ? '\n' : s.p[i]);
        i += is_end;
    }
    return buf_view(&b);
}

static enum status read_hours(struct ctx *c, void *arg)
{
    struct arena *mem = c->mem;
    struct sheets *s;
    struct cases x = cases_read(mem, "sheets/cases/hours.tsv");
    int *n_wrong = arg;

    ck_assert_int_eq(sheets_open(c, &s), ST_OK);
    for (int i = 0; i < x.n_rows; i++) {
        const struct str wanted = cases_cell(&x, i, "reads");
        struct sheet_cell_read cell = {.typed = with_lines(mem, cases_cell(&x, i, "typed"))}, meant = {.typed = wanted};
        const struct hours_rule *rules;
        int n = 0;

        sheets_hours(s, mem, &cell, &rules, &n);
        if (wanted.p[0] == '!') {
            if (cell.state != CELL_NOT_READ || !str_eq_z(str_from(wanted, 1), cell.key)) {
                fprintf(stderr, "%.*s: %s %.*s\n", (int)cell.typed.n, cell.typed.p, cell.key == NULL ? "read" : cell.key, (int)cell.text.n,
                        cell.text.p);
                ++*n_wrong;
            }
            continue;
        }
        sheets_hours(s, mem, &meant, &rules, &n);
        if (cell.text.n == 0 || !str_eq(cell.text, meant.text)) {
            fprintf(stderr, "%.*s: [%.*s] not [%.*s] %s\n", (int)cell.typed.n, cell.typed.p, (int)cell.text.n, cell.text.p, (int)meant.text.n,
                    meant.text.p, cell.key == NULL ? "" : cell.key);
            ++*n_wrong;
        }
    }
    return ST_OK;
}

START_TEST(test_sheets__hours_as_people_write_them)
{
    struct harness *h = harness_new();
    int n_wrong = 0;

    ck_assert_int_eq(harness_read(h, read_hours, &n_wrong), ST_OK);
    ck_assert_int_eq(n_wrong, 0);
    harness_free(h);
}
END_TEST

/* ---- columns ---- */

START_TEST(test_sheets__columns_by_the_names_people_give_them)
{
    struct arena *mem = arena_new(0);
    struct cases x = cases_read(mem, "sheets/cases/columns.tsv");
    int n_wrong = 0;

    for (int i = 0; i < x.n_rows; i++) {
        const struct str name = cases_cell(&x, i, "name"), wanted = cases_cell(&x, i, "field");
        bool is_person = false;
        int weight = 0;
        const enum sheet_field f = sheets_of_name(mem, name, &is_person, &weight);
        const bool is_right = str_eq_z(wanted, "!person") ? is_person : !is_person && str_eq_z(wanted, sheet_field_name(f));

        if (!is_right)
            fprintf(stderr, "%.*s: %s\n", (int)name.n, name.p, sheet_field_name(f));
        n_wrong += !is_right;
    }
    ck_assert_int_eq(n_wrong, 0);
    arena_free(mem);
}
END_TEST

/* ---- whole lists ---- */

struct reading {
    struct ctx *c;
    struct sheets *s;
    struct sheet_grid g;
    struct sheet_columns k;
    struct sheet_row r;
};

static struct reading *open_list(struct ctx *c, const char *text)
{
    struct reading *x = ARENA_NEW(c->mem, struct reading);
    struct sheet_trouble why;
    struct str clean;

    x->c = c;
    ck_assert_msg(sheets_text(c->mem, str_of(text), &clean, &why) == ST_OK, "%s", why.key);
    ck_assert_msg(sheets_grid(c->mem, clean, &x->g, &why) == ST_OK, "%s", why.key);
    ck_assert_int_eq(sheets_open(c, &x->s), ST_OK);
    sheets_guess(x->s, c, &x->g, &x->k);
    return x;
}

static const struct sheet_row *row(struct reading *x, int i)
{
    ck_assert_int_eq(sheets_row(x->s, x->c, &x->g, &x->k, i, &x->r), ST_OK);
    return &x->r;
}

static bool reads(const struct sheet_row *r, enum sheet_field f, enum cell_state state, const char *text)
{
    if (r->cells[f].state == state && str_eq_z(r->cells[f].text, text))
        return true;
    fprintf(stderr, "%s: %d [%.*s] %s\n", sheet_field_name(f), r->cells[f].state, (int)r->cells[f].text.n, r->cells[f].text.p,
            r->cells[f].key == NULL ? "" : r->cells[f].key);
    return false;
}

static bool says(const struct sheet_row *r, enum sheet_field f, const char *key)
{
    return r->cells[f].key != NULL && strcmp(r->cells[f].key, key) == 0;
}

static enum status read_list(struct ctx *c, void *arg)
{
    struct reading *x = open_list(c, "ELENCO DEI SERVIZI 2026\n\n"
                                     "Ente\tServizio\tTipologia\tTel.\tMail\tOrario\tIndirizzo\tComune\tCosto\tReferente\n"
                                     "Consorzio\tMensa serale\tPasto caldo\t125550188\tinfo@ente.example\tlun-ven 9-12\tvia Roma 1\tIvrea\tgratis\tX Y\n"
                                     "AREA ANZIANI\n"
                                     "Consorzio\tSportello\t\tvedi sito\tmario.rossi@posta.example\tlun/ven 9-12\tvia Po 2, Cuorgnè\tTorrino\tISEE\t\n"
                                     "Consorzio\t\"Casa\ndi giorno\"\tAnziani\t333 5550100 (Maria Rossi)\t\tsu appuntamento\t\tSan Giorgio\t\t\n"
                                     "Consorzio\tMENSA SERALE\t\t0125 550188\t\t\t\tIvrea\t\t\n"
                                     "Ente\tServizio\tTipologia\tTel.\tMail\tOrario\tIndirizzo\tComune\tCosto\tReferente\n"
                                     "\t\t\t0125 1\t\t\t\t\t\t\n");
    const struct sheet_row *r;

    (void)arg;
    ck_assert(x->g.has_names);
    ck_assert_int_eq(x->g.n_above, 1);
    ck_assert_int_eq(x->g.n_sections, 1);
    ck_assert_int_eq(x->g.n_rows, 5);
    ck_assert(x->k.is_person[9]);
    ck_assert_int_eq(x->k.of[9], SHEET_LEFT_OUT);
    r = row(x, 0);
    ck_assert_int_eq(r->line, 4);
    ck_assert(reads(r, SHEET_PHONES, CELL_MENDED, "0125550188") && says(r, SHEET_PHONES, "sheets.zero-lost"));
    ck_assert(reads(r, SHEET_COMUNE, CELL_FINE, "Ivrea") && r->has_point && r->comune_id > 0);
    ck_assert(reads(r, SHEET_EMAIL, CELL_FINE, "info@ente.example"));
    ck_assert_int_eq(r->n_hours, 1);
    ck_assert(r->n_needs > 0 && str_eq_z(r->needs[0], "pasto-caldo"));
    r = row(x, 1);
    ck_assert(str_eq_z(x->g.sections[1], "AREA ANZIANI"));
    ck_assert(reads(r, SHEET_PHONES, CELL_NOT_READ, "") && says(r, SHEET_PHONES, "sheets.no-phone"));
    ck_assert(reads(r, SHEET_COMUNE, CELL_MENDED, "Torino") && says(r, SHEET_COMUNE, "sheets.comune-read"));
    ck_assert(says(r, SHEET_EMAIL, "sheets.persons-mail") && says(r, SHEET_HOURS, "sheets.hours-slash"));
    r = row(x, 2);
    ck_assert(str_eq_z(r->cells[SHEET_NAME].text, "Casa\ndi giorno"));
    ck_assert(says(r, SHEET_PHONES, "sheets.persons-phone") && r->n_phones == 1);
    ck_assert(says(r, SHEET_COMUNE, "sheets.comune-several") && r->comune_id == 0);
    ck_assert(r->n_hours == 1 && r->hours[0].kind == HOURS_BY_APPOINTMENT);
    r = row(x, 3);
    ck_assert_int_eq(r->same_as, 4);
    r = row(x, 4);
    ck_assert(!r->has_name || r->cells[SHEET_NAME].text.n > 0);
    return ST_OK;
}

static void in_portal(enum status (*job)(struct ctx *c, void *arg))
{
    struct harness *h = harness_new();

    ck_assert_int_eq(harness_read(h, job, NULL), ST_OK);
    harness_free(h);
}

START_TEST(test_sheets__a_list_as_it_is)
{
    in_portal(read_list);
}
END_TEST

/* No row of names: what stands in the cells says what they are. */
static enum status read_bare(struct ctx *c, void *arg)
{
    struct reading *x = open_list(c, "Mensa di San Rocco;0125 555010;via Roma 1;Ivrea;info@a.example\n"
                                     "Emporio;0125 555011;via Po 2;Cuorgnè;info@b.example\n"
                                     "Sportello casa;0125 555012;piazza Vittorio 3;Torino;info@c.example\n");

    (void)arg;
    ck_assert(!x->g.has_names);
    ck_assert_int_eq(x->k.of[0], SHEET_NAME);
    ck_assert_int_eq(x->k.of[1], SHEET_PHONES);
    ck_assert_int_eq(x->k.of[2], SHEET_ADDRESS);
    ck_assert_int_eq(x->k.of[3], SHEET_COMUNE);
    ck_assert_int_eq(x->k.of[4], SHEET_EMAIL);
    ck_assert(!x->k.is_sure[3]);
    ck_assert(reads(row(x, 1), SHEET_COMUNE, CELL_FINE, "Cuorgnè"));
    return ST_OK;
}

START_TEST(test_sheets__without_names_the_cells_speak)
{
    in_portal(read_bare);
}
END_TEST

/* What the row says of an entry, in the fields and texts of catalogue_edit.h. */
static enum status read_changes(struct ctx *c, void *arg)
{
    struct reading *x = open_list(c, "Servizio\tIndirizzo\tCAP\tComune\tLuogo\tCosto\tDocumenti\tLunedì\tGiovedì\n"
                                     "Mensa\tvia Roma 1\t10015\tIvrea\tCasa del quartiere\tgratuito\tISEE, tessera\t9-12\t14-17\n");
    struct edit_change list[EDIT_FIELD_COUNT];
    const struct sheet_row *r = row(x, 0);
    const int n = sheets_changes(c->mem, r, list);
    struct service s;
    int n_seen = 0;

    (void)arg;
    for (int i = 0; i < n; i++) {
        n_seen += list[i].field == EDIT_NAME && str_eq_z(list[i].text, "Mensa");
        n_seen += list[i].field == EDIT_PLACES && str_eq_z(list[i].text, "Casa del quartiere: via Roma 1, 10015 Ivrea (TO)");
        n_seen += list[i].field == EDIT_FEE && str_eq_z(list[i].text, "free");
        n_seen += list[i].field == EDIT_DOCUMENTS && str_eq_z(list[i].text, "ISEE\ntessera");
        n_seen += list[i].field == EDIT_HOURS;
    }
    ck_assert_int_eq(n_seen, 5);
    sheets_service(c->mem, r, c->today, &s);
    ck_assert(s.n_ats == 1 && s.ats[0].location->n_addresses == 1 && s.fee == FEE_FREE && s.n_documents == 2);
    ck_assert_int_eq(s.n_schedules, 2);
    return ST_OK;
}

START_TEST(test_sheets__a_row_as_changes_of_an_entry)
{
    in_portal(read_changes);
}
END_TEST

/* ---- texts ---- */

static struct str text_of(struct arena *mem, struct str bytes, const char *wanted_key)
{
    struct sheet_trouble why;
    struct str out = {"", 0};
    const enum status st = sheets_text(mem, bytes, &out, &why);

    if (wanted_key == NULL)
        ck_assert_msg(st == ST_OK, "%s", why.key);
    else
        ck_assert_str_eq(st == ST_OK ? "read" : why.key, wanted_key);
    return out;
}

START_TEST(test_sheets__files_of_any_encoding)
{
    struct arena *mem = arena_new(0);

    ck_assert(str_eq_z(text_of(mem, STR("\xEF\xBB\xBF" "caff\xc3\xa8;1\r\n"), NULL), "caffè;1\n"));
    ck_assert(str_eq_z(text_of(mem, STR("caff\xe8;\x80\r"), NULL), "caffè;€\n"));
    ck_assert(str_eq_z(text_of(mem, STR("\xff\xfe" "c\0\xe8\0;\0001\0"), NULL), "cè;1"));
    ck_assert(str_eq_z(text_of(mem, STR("\xfe\xff\0c\0\xe8"), NULL), "cè"));
    ck_assert(str_eq_z(text_of(mem, STR("nome\xc2\xa0" "del servizio e poi il telefono, la via e il comune\x01"), NULL), "nome del servizio e poi il telefono, la via e il comune"));
    text_of(mem, STR("%PDF-1.4 ..."), "sheets.document");
    text_of(mem, STR("\0\1\2\3\4\5\6\7"), "sheets.not-text");
    text_of(mem, STR(" \n\t\n"), "sheets.empty");
    text_of(mem, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....."), "base.xlsx-old");
    ck_assert(str_eq_z(text_of(mem, xlsx_testing_of_text(mem, "Nome\tTel\n\n\"x\"\t1\n"), NULL), "Nome\tTel\n\n\"\"\"x\"\"\"\t1\n"));
    arena_free(mem);
}
END_TEST

static const char *grid_refusal(struct arena *mem, struct str text)
{
    struct sheet_trouble why;
    struct sheet_grid g;

    return sheets_grid(mem, text, &g, &why) == ST_OK ? "read" : why.key;
}

START_TEST(test_sheets__limits_are_told)
{
    struct arena *mem = arena_new(0);
    struct buf rows = buf_new(mem, 100000), wide = buf_new(mem, 1000), cell = buf_new(mem, 10000);
    struct sheet_trouble why;
    struct sheet_grid g;

    buf_z(&rows, "Nome\tTelefono\n");
    for (int i = 0; i < SHEET_MOST_ROWS; i++)
        buf_fmt(&rows, "n%d\t011 %d\n", i, i);
    ck_assert_str_eq(grid_refusal(mem, buf_view(&rows)), "read");
    buf_z(&rows, "n\t1\n");
    ck_assert_str_eq(grid_refusal(mem, buf_view(&rows)), "sheets.rows-many");
    for (int i = 0; i < SHEET_MOST_COLUMNS; i++)
        buf_z(&wide, "a\t");
    buf_z(&wide, "b");
    ck_assert_str_eq(grid_refusal(mem, buf_view(&wide)), "sheets.columns-many");
    ck_assert_str_eq(grid_refusal(mem, STR("Nome\tTelefono\n")), "sheets.only-names");
    for (int i = 0; i < 5000; i++)
        buf_z(&cell, "è");
    ck_assert_int_eq(sheets_grid(mem, str_fmt(mem, "Nome\tTel\n%s\t1\n", str_z(mem, buf_view(&cell))), &g, &why), ST_OK);
    ck_assert(g.n_cut == 1 && g.cells[0].n <= SHEET_MOST_CELL && str_is_utf8(g.cells[0]));
    ck_assert_int_eq(sheets_grid(mem, STR("Nome;Note\n\"a;b\nc\";\"un \"\"detto\"\"\"\n"), &g, &why), ST_OK);
    ck_assert(str_eq_z(g.cells[0], "a;b\nc") && str_eq_z(g.cells[1], "un \"detto\""));
    arena_free(mem);
}
END_TEST

UNIT_MAIN("sheets", test_sheets__hours_as_people_write_them, test_sheets__columns_by_the_names_people_give_them, test_sheets__a_list_as_it_is,
          test_sheets__without_names_the_cells_speak, test_sheets__a_row_as_changes_of_an_entry, test_sheets__files_of_any_encoding,
          test_sheets__limits_are_told)
