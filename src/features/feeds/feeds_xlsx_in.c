/* feeds_xlsx_in.c - wecare import xlsx FILE --mapping FILE: a sheet written anew as CSV, then the importer of CSV. */
#include "base/macros.h"
#include "base/xlsx_read.h"
#include "feeds_csv_in.h"
#include "feeds_feature.h"
#include "feeds_mapping.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char feeds_xlsx_help[] =
    "services of any list as a spreadsheet (.xlsx), with a mapping that says which column is what\n\n"
    "usage: wecare import xlsx FILE --mapping FILE [--sheet NAME] [--dry-run] [--skip-refused] [--hide-gone]\n\n"
    "The first sheet that is not hidden, or the one that is named; rows above the names of the columns are passed over. The\n"
    "mapping is that of `wecare import csv`: docs/operator/import-csv.md. Days are read by their format, formulas are what\n"
    "they last gave, of merged cells the first counts. Row numbers are those of the spreadsheet.\n";

enum { SHEET_OPTION = FEEDS_OWN_OPTION + 1, NAMES_WITHIN = 30 };

const struct import_option feeds_xlsx_options[] = {
    FEEDS_OPTIONS, {"--mapping", .has_value = true, .is_required = true}, {"--sheet", .has_value = true}, {NULL}};

struct passing {
    FILE *to;
    struct xlsx_reader *from;
    const char *const *columns; /* that the mapping speaks of */
    int n_columns;
    int64_t line; /* of the CSV: the row of the spreadsheet */
    bool has_names;
};

static bool has_columns(const struct passing *p, const struct xlsx_row *row)
{
    for (int i = 0; i < p->n_columns; i++) {
        bool is_there = false;

        for (int k = 0; k < row->n_cells && !is_there; k++)
            is_there = str_eq_z(str_trim(row->cells[k]), p->columns[i]);
        if (!is_there)
            return false;
    }
    return true;
}

static void put_cell(FILE *to, struct str cell)
{
    putc('"', to);
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"')
            putc('"', to);
        putc(cell.p[i], to);
    }
    putc('"', to);
}

static void put_row(struct passing *p, const struct xlsx_row *row)
{
    for (; p->line < row->row; p->line++) /* rows that are not there keep their number */
        putc('\n', p->to);
    for (int i = 0; i < row->n_cells; i++) {
        if (i > 0)
            putc(',', p->to);
        put_cell(p->to, row->cells[i]);
    }
    putc('\n', p->to);
    p->line++;
}

/* A title stands above the names in many lists; where no row has them all, the first row is the names and the reason
 * names the column that is missing. */
static enum status pass_rows(struct passing *p, struct xlsx_trouble *why)
{
    struct xlsx_row row;

    for (int n = 0; xlsx_next_row(p->from, &row, why); n++) {
        if (row.n_cells == 0)
            continue;
        if (!p->has_names && n < NAMES_WITHIN && !has_columns(p, &row))
            continue;
        p->has_names = true;
        if (row.row >= p->line)
            put_row(p, &row);
    }
    return why->key == NULL ? ST_OK : ST_INVALID;
}

static enum status pass_all(struct import_run *run, const struct xlsx_options *o, struct passing *p, struct xlsx_trouble *why)
{
    enum status st = xlsx_open_file(run->c->mem, run->file, o, &p->from, why);

    if (st != ST_OK)
        return st;
    st = pass_rows(p, why);
    if (st == ST_OK && !p->has_names) { /* once more, from its first row */
        xlsx_close(p->from);
        p->from = NULL;
        p->has_names = true;
        st = xlsx_open_file(run->c->mem, run->file, o, &p->from, why);
        if (st == ST_OK)
            st = pass_rows(p, why);
    }
    const struct xlsx_notes *notes = p->from == NULL ? NULL : xlsx_notes(p->from);

    if (st == ST_OK && notes->n_hidden_rows > 0)
        run->say(run, str_fmt(run->c->mem, "%lld hidden rows were read too", (long long)notes->n_hidden_rows));
    if (st == ST_OK && notes->n_cut + notes->n_columns_left + notes->n_errors > 0)
        run->say(run, str_fmt(run->c->mem, "%lld cells cut at 32 KB, %lld columns past the 500th left out, %lld cells with an error of a formula",
                              (long long)notes->n_cut, (long long)notes->n_columns_left, (long long)notes->n_errors));
    xlsx_close(p->from);
    return st;
}

/* A file that has no name: it goes with its descriptor. */
static int passing_file(void)
{
    const char *folder = getenv("TMPDIR");

    return open(folder == NULL || *folder == '\0' ? "/tmp" : folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static enum status take(struct import_run *run, int fd, struct str mapping_text)
{
    const struct xlsx_options o = {.sheet = str_of(run->options[SHEET_OPTION])};
    struct passing p = {.to = fdopen(fd, "w"), .line = 1};
    struct mapping_trouble of_mapping;
    struct xlsx_trouble why = {0};
    struct feeds_mapping *mapping;

    if (p.to == NULL)
        return ST_UNAVAILABLE;
    enum status st = feeds_mapping_read(run->c->mem, mapping_text, &mapping, &of_mapping);

    if (st == ST_OK) /* a mapping that is refused is told by the importer of CSV */
        p.n_columns = feeds_mapping_columns(mapping, &p.columns);
    st = pass_all(run, &o, &p, &why);
    if (st == ST_INVALID)
        problems_add_row(&run->c->problems, why.row, "", why.key, str_copy(run->c->mem, why.value));
    if (fflush(p.to) != 0)
        st = ST_UNAVAILABLE;
    if (st == ST_OK)
        st = feeds_csv_take(run, str_fmt(run->c->mem, "/proc/self/fd/%d", fd).p, STR(""), mapping_text);
    fclose(p.to);
    return st;
}

enum status feeds_import_xlsx(struct import_run *run)
{
    struct str mapping;
    const enum status st = feeds_read_mapping_file(run, run->options[FEEDS_OWN_OPTION], &mapping);

    if (st != ST_OK)
        return st;
    const int fd = passing_file();

    return fd < 0 ? ST_UNAVAILABLE : take(run, fd, mapping);
}
