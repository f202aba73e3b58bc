/* sheets_grid.c - a text into rows and columns: the mark between cells, the row of names, headings. */
#include "base/macros.h"
#include "sheets_private.h"
#include <ctype.h>
#include <string.h>

enum { LINES_LOOKED_AT = 40, ROWS_ABOVE = 15, SLACK = 100, NAME_MOST = 80 };

struct rows {
    struct arena *mem;
    char separator;
    struct str *cells;
    int64_t n_cells, room_cells;
    struct row_at {
        int64_t first, line;
        int n;
    } list[SHEET_MOST_ROWS + SLACK];
    int n, n_columns, n_cut;
};

static enum status refuse(struct sheet_trouble *why, enum status st, const char *key, struct str value)
{
    *why = (struct sheet_trouble){.key = key, .value = value};
    return st;
}

/* ---- the mark between cells ---- */

/* In how many of the first lines it stands, outside quotes; *out_same: in how many as often as in the first. */
static int lines_with(struct str text, char mark, int *out_lines, int *out_same)
{
    int n = 0, usual = -1;

    *out_lines = *out_same = 0;
    while (text.n > 0 && *out_lines < LINES_LOOKED_AT) {
        bool is_quoted = false;
        int here = 0;
        size_t i = 0;

        for (; i < text.n && (text.p[i] != '\n' || (is_quoted && i < SHEET_MOST_CELL)); i++) {
            is_quoted ^= text.p[i] == '"';
            here += !is_quoted && text.p[i] == mark;
        }
        if (str_trim(str_head(text, i)).n > 0) {
            ++*out_lines;
            n += here > 0;
            if (here > 0 && usual < 0)
                usual = here;
            *out_same += here > 0 && here == usual;
        }
        text = str_from(text, i + 1);
    }
    return n;
}

/* A tab is meant as one; the others stand in sentences too, so they must come as often in most lines. */
static char separator_of(struct str text)
{
    static const char marks[] = {';', '|', ','};
    int n_lines = 0, n_same = 0;

    if (lines_with(text, '\t', &n_lines, &n_same) * 3 >= n_lines && n_same > 0)
        return '\t';
    for (int i = 0; i < ARRAY_LEN(marks); i++) {
        const int n = lines_with(text, marks[i], &n_lines, &n_same);

        if (n > 0 && n * 10 >= n_lines * 7 && n_same * 10 >= n * 6)
            return marks[i];
    }
    return '\t';
}

/* ---- cells ---- */

/* A cell in quotes, doubled inside; false: the quote is only a character. */
static bool take_quoted(struct rows *r, struct str *rest, struct str *out)
{
    size_t i = 1, n = 0;
    bool is_doubled = false;

    for (; i < rest->n && i < 8 * SHEET_MOST_CELL; i++) {
        if (rest->p[i] != '"')
            continue;
        if (i + 1 < rest->n && rest->p[i + 1] == '"') {
            is_doubled = true;
            i++;
            continue;
        }
        break;
    }
    if (i >= rest->n || rest->p[i] != '"')
        return false;
    const char after = i + 1 < rest->n ? rest->p[i + 1] : '\n';

    if (after != r->separator && after != '\n')
        return false;
    *out = (struct str){rest->p + 1, i - 1};
    if (is_doubled) {
        char *p = arena_alloc(r->mem, out->n + 1);

        for (size_t k = 0; k < out->n; k++) {
            p[n++] = out->p[k];
            k += out->p[k] == '"';
        }
        *out = (struct str){p, n};
    }
    *rest = str_from(*rest, i + 1);
    return true;
}

static void add_cell(struct rows *r, struct str cell)
{
    cell = str_trim(cell);
    if (cell.n > SHEET_MOST_CELL) {
        size_t n = SHEET_MOST_CELL;

        while (n > 0 && ((unsigned char)cell.p[n] & 0xc0) == 0x80)
            n--;
        cell = str_head(cell, n);
        r->n_cut++;
    }
    if (r->n_cells == r->room_cells) {
        const int64_t room = r->room_cells * 2 + 1024;

        r->cells = arena_grow(r->mem, r->cells, (size_t)r->room_cells * sizeof *r->cells, (size_t)room * sizeof *r->cells);
        r->room_cells = room;
    }
    r->cells[r->n_cells++] = cell;
}

/* Returns how many line ends it took. */
static int take_row(struct rows *r, struct str *rest)
{
    const struct str whole = *rest;
    int n_lines = 0;

    for (bool is_last = false; !is_last;) {
        struct str cell;

        if (rest->n == 0 || rest->p[0] != '"' || !take_quoted(r, rest, &cell)) {
            size_t n = 0;

            while (n < rest->n && rest->p[n] != r->separator && rest->p[n] != '\n')
                n++;
            cell = str_head(*rest, n);
            *rest = str_from(*rest, n);
        }
        add_cell(r, cell);
        is_last = rest->n == 0 || rest->p[0] == '\n';
        *rest = str_from(*rest, 1);
    }
    for (size_t i = 0; i < whole.n - rest->n; i++) /* the rest may stand elsewhere once it is empty */
        n_lines += whole.p[i] == '\n';
    return n_lines > 0 ? n_lines : 1;
}

static enum status split(struct rows *r, struct str text, struct sheet_trouble *why)
{
    int64_t line = 1;

    while (text.n > 0) {
        const int64_t first = r->n_cells, at = line;
        int n = 0;

        line += take_row(r, &text);
        for (int64_t i = first; i < r->n_cells; i++)
            n = r->cells[i].n > 0 ? (int)(i - first) + 1 : n;
        r->n_cells = first + n;
        if (n == 0)
            continue;
        if (n > SHEET_MOST_COLUMNS)
            return refuse(why, ST_TOO_LARGE, "sheets.columns-many", str_fmt(r->mem, "%d", SHEET_MOST_COLUMNS));
        if (r->n == SHEET_MOST_ROWS + SLACK)
            return refuse(why, ST_TOO_LARGE, "sheets.rows-many", str_fmt(r->mem, "%d", SHEET_MOST_ROWS));
        r->list[r->n++] = (struct row_at){first, at, n};
        r->n_columns = n > r->n_columns ? n : r->n_columns;
    }
    return r->n > 0 ? ST_OK : refuse(why, ST_INVALID, "sheets.empty", STR(""));
}

/* ---- the row of names ---- */

static struct str cell_of(const struct rows *r, int row, int column)
{
    return column < r->list[row].n ? r->cells[r->list[row].first + column] : STR("");
}

static bool looks_like_value(struct str s)
{
    return s.n > NAME_MOST || memchr(s.p, '@', s.n) != NULL || sheets_count_digits(s) >= 5 || str_starts(s, STR("http")) ||
           str_starts(s, STR("www."));
}

/* How many cells of the row are names that are known; -1: some cell is no name of a column. */
static int names_known(const struct rows *r, int row)
{
    int n = 0, n_filled = 0;

    for (int i = 0; i < r->list[row].n; i++) {
        const struct str cell = cell_of(r, row, i);
        bool is_person = false;
        int weight = 0;

        if (cell.n == 0)
            continue;
        if (looks_like_value(cell))
            return -1;
        n_filled++;
        n += sheets_of_name(r->mem, cell, &is_person, &weight) != SHEET_LEFT_OUT || is_person;
    }
    return n_filled <= 1 && r->n_columns > 1 ? -1 : n;
}

/* Names that nobody knows: short, all different, above columns of numbers and addresses. */
static bool are_unknown_names(const struct rows *r)
{
    int n_values = 0;

    if (r->n < 3 || r->list[0].n < 2 || r->list[0].n < r->n_columns)
        return false;
    for (int i = 0; i < r->list[0].n; i++) {
        const struct str name = cell_of(r, 0, i);
        int n = 0;

        if (name.n == 0 || looks_like_value(name) || sheets_count_digits(name) > 0)
            return false;
        for (int k = 1; k < r->n && k < 20; k++)
            n += looks_like_value(cell_of(r, k, i)) && cell_of(r, k, i).n <= NAME_MOST;
        n_values += n * 2 > (r->n < 20 ? r->n : 20) - 1;
    }
    return n_values > 0;
}

static int find_names(const struct rows *r)
{
    int best = -1, most = 0;

    for (int i = 0; i < r->n && i < ROWS_ABOVE; i++) {
        const int n = names_known(r, i);

        if (n > most) {
            most = n;
            best = i;
        }
    }
    if (most >= 2 || (most == 1 && r->n_columns <= 2 && best == 0))
        return best;
    return are_unknown_names(r) ? 0 : -1;
}

/* ---- rows that are none ---- */

static bool is_capital(struct str s)
{
    bool has_small = false;

    for (size_t i = 0; i < s.n; i++)
        has_small |= islower((unsigned char)s.p[i]) != 0;
    return !has_small && sheets_count_letters(s) >= 4 && sheets_count_digits(s) == 0;
}

/* A heading in capitals, alone in its row. */
static bool is_section(const struct rows *r, int row)
{
    int n = 0, at = 0;

    for (int i = 0; i < r->list[row].n; i++)
        if (cell_of(r, row, i).n > 0) {
            n++;
            at = i;
        }
    return n == 1 && r->n_columns >= 3 && is_capital(cell_of(r, row, at));
}

static struct str only_cell(const struct rows *r, int row)
{
    for (int i = 0; i < r->list[row].n; i++)
        if (cell_of(r, row, i).n > 0)
            return cell_of(r, row, i);
    return STR("");
}

/* The names again, as on each printed page. */
static bool is_same_row(const struct rows *r, int a, int b)
{
    for (int i = 0; i < r->n_columns; i++)
        if (!str_eq(cell_of(r, a, i), cell_of(r, b, i)))
            return false;
    return true;
}

static enum status fill(const struct rows *r, int names, struct sheet_grid *out, struct sheet_trouble *why)
{
    const int first = names + 1, most = r->n - first;
    struct str *cells = ARENA_ARRAY(r->mem, struct str, (size_t)most * (size_t)r->n_columns + 1),
               *head = ARENA_ARRAY(r->mem, struct str, (size_t)r->n_columns), *sections = ARENA_ARRAY(r->mem, struct str, (size_t)most + 1);
    int64_t *lines = ARENA_ARRAY(r->mem, int64_t, (size_t)most + 1);
    struct str section = STR("");

    *out = (struct sheet_grid){.cells = cells, .lines = lines, .names = head, .sections = sections, .n_columns = r->n_columns,
                               .has_names = names >= 0, .n_above = names > 0 ? names : 0, .n_cut = r->n_cut};
    for (int i = 0; i < r->n_columns; i++)
        head[i] = names >= 0 ? cell_of(r, names, i) : STR("");
    for (int row = first; row < r->n; row++) {
        if (names >= 0 && is_same_row(r, row, names))
            continue;
        if (is_section(r, row)) {
            section = only_cell(r, row);
            out->n_sections++;
            continue;
        }
        if (out->n_rows == SHEET_MOST_ROWS)
            return refuse(why, ST_TOO_LARGE, "sheets.rows-many", str_fmt(r->mem, "%d", SHEET_MOST_ROWS));
        for (int i = 0; i < r->n_columns; i++)
            cells[(size_t)out->n_rows * (size_t)r->n_columns + (size_t)i] = cell_of(r, row, i);
        sections[out->n_rows] = section;
        lines[out->n_rows++] = r->list[row].line;
    }
    return out->n_rows > 0 ? ST_OK : refuse(why, ST_INVALID, "sheets.only-names", STR(""));
}

enum status sheets_grid(struct arena *mem, struct str text, struct sheet_grid *out, struct sheet_trouble *why)
{
    struct rows *r = ARENA_NEW(mem, struct rows);

    *why = (struct sheet_trouble){0};
    r->mem = mem;
    if (text.n > SHEET_MOST_BYTES)
        return refuse(why, ST_TOO_LARGE, "sheets.bytes-many", STR("2 MB"));
    r->separator = separator_of(text);
    const enum status st = split(r, text, why);

    return st == ST_OK ? fill(r, find_names(r), out, why) : st;
}
