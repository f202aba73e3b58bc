/* sheet.c - CSV through libcsv, with names, lines and refusals of our own. */
#include "base/sheet.h"
#include "base/log.h"
#include "base/tables.h"
#include <csv.h>
#include <string.h>

struct reading {
    struct arena *mem;
    struct sheet *s;
    int room_cells, n_cells; /* of all rows but the names */
    int room_lines;
    int n_in_row;
    int64_t line; /* of the row being read */
    bool has_names;
    const char *wrong; /* first trouble; NULL: none */
};

static void *more(struct arena *mem, void *old, size_t size, int n, int *room)
{
    const int wider = *room == 0 ? 64 : *room * 2;

    if (n < *room)
        return old;
    old = arena_grow(mem, old, (size_t)*room * size, (size_t)wider * size);
    *room = wider;
    return old;
}

static void put_cell(struct reading *r, struct str cell)
{
    struct sheet *s = r->s;

    s->cells = more(r->mem, s->cells, sizeof *s->cells, r->n_cells, &r->room_cells);
    s->cells[r->n_cells++] = cell;
}

static void put_name(struct reading *r, struct str name)
{
    if (r->s->n_names == SHEET_MAX_COLUMNS) {
        r->wrong = "has more than 500 columns";
        return;
    }
    for (int i = 0; i < r->s->n_names; i++)
        if (name.n > 0 && str_eq(r->s->names[i], name))
            r->wrong = "gives one name to two columns";
    r->s->names[r->s->n_names++] = name;
}

static void on_cell(void *p, size_t n, void *arg)
{
    struct reading *r = arg;
    const struct str cell = str_copy(r->mem, (struct str){p == NULL ? "" : p, n});

    if (r->wrong != NULL)
        return;
    for (size_t i = 0; i < cell.n; i++)
        r->line += cell.p[i] == '\n';
    if (!r->has_names) {
        put_name(r, str_trim(cell));
    } else if (r->n_in_row == r->s->n_names) {
        r->wrong = "has more cells than the first row has names";
    } else {
        put_cell(r, cell);
    }
    r->n_in_row++;
}

static void on_row(int end, void *arg)
{
    struct reading *r = arg;

    if (r->wrong != NULL)
        return;
    if (r->n_in_row > 0 && !r->has_names) {
        r->has_names = true;
    } else if (r->n_in_row > 0) {
        while (r->n_in_row++ < r->s->n_names)
            put_cell(r, STR(""));
        r->s->lines = more(r->mem, r->s->lines, sizeof *r->s->lines, r->s->n_rows, &r->room_lines);
        r->s->lines[r->s->n_rows++] = r->line;
    }
    r->n_in_row = 0;
    r->line += end == '\n'; /* CR LF calls twice */
}

static unsigned char delimiter_of(struct str bytes)
{
    const struct str first = str_cut(&bytes, '\n');

    return str_index(first, ';') >= 0 && str_index(first, ',') < 0 ? ';' : ',';
}

enum status sheet_read(struct arena *mem, struct str bytes, struct sheet *out, struct str *why)
{
    struct reading r = {.mem = mem, .s = out, .line = 1};
    struct csv_parser p;

    *out = (struct sheet){.names = ARENA_ARRAY(mem, struct str, SHEET_MAX_COLUMNS)};
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    if (!str_is_utf8(bytes)) {
        *why = STR("the file is not text in UTF-8");
        return ST_INVALID;
    }
    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return ST_UNAVAILABLE;
    csv_set_delim(&p, delimiter_of(bytes));
    if (csv_parse(&p, bytes.p, bytes.n, on_cell, on_row, &r) != bytes.n && r.wrong == NULL)
        r.wrong = "has a quote in the middle of a cell";
    if (csv_fini(&p, on_cell, on_row, &r) != 0 && r.wrong == NULL)
        r.wrong = "has a quote that is not closed";
    csv_free(&p);
    if (r.wrong == NULL && !r.has_names)
        r.wrong = "has no names of columns";
    if (r.wrong == NULL)
        return ST_OK;
    *why = str_fmt(mem, "line %lld %s", (long long)r.line, r.wrong);
    return ST_INVALID;
}

int sheet_column(const struct sheet *s, const char *name)
{
    for (int i = 0; i < s->n_names; i++)
        if (str_eq_z(s->names[i], name))
            return i;
    return -1;
}

struct str sheet_cell(const struct sheet *s, int row, const char *name)
{
    const int column = sheet_column(s, name);

    if (column < 0)
        return STR("");
    return str_trim(s->cells[(size_t)row * (size_t)s->n_names + (size_t)column]);
}

bool sheet_int(const struct sheet *s, int row, const char *name, int64_t *out)
{
    return str_to_int(sheet_cell(s, row, name), out);
}

bool sheet_double(const struct sheet *s, int row, const char *name, double *out)
{
    return str_to_double(sheet_cell(s, row, name), out);
}

struct sheet sheet_of_table(struct arena *mem, const char *name)
{
    const struct table_file *f = table_find(name);
    struct sheet s;
    struct str why = STR("");

    if (f == NULL)
        bug("no table %s is built in", name);
    if (sheet_read(mem, f->bytes, &s, &why) != ST_OK)
        bug("table %s: %.*s", name, (int)why.n, why.p);
    return s;
}

/* The cells of a row are joined when it ends: a comma goes before each but the first. */
static void put_comma(struct buf *b)
{
    if (b->n > 0 && b->p[b->n - 1] != '\n')
        buf_char(b, ',');
}

static bool looks_like_formula(struct str s)
{
    return s.n > 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL;
}

void sheet_put(struct buf *b, struct str cell)
{
    put_comma(b);
    buf_char(b, '"');
    if (looks_like_formula(cell))
        buf_char(b, '\'');
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, cell.p[i]);
    }
    buf_char(b, '"');
}

void sheet_put_int(struct buf *b, int64_t v)
{
    put_comma(b);
    buf_int(b, v);
}

void sheet_end_row(struct buf *b)
{
    buf_z(b, "\r\n");
}
