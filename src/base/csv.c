/* csv.c - libcsv fed with pieces of a file; names, limits and refusals are ours. */
#include "base/csv.h"
#include <csv.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

struct csv_reader {
    struct arena *mem;   /* of the names and of the trouble */
    struct arena *cells; /* emptied after each row */
    const struct csv_options *o;
    struct csv_trouble *trouble;
    struct str names[CSV_MAX_COLUMNS];
    int n_names;
    struct str row[CSV_MAX_COLUMNS];
    int n_row; /* may count past the array: too many */
    size_t row_bytes;
    int64_t line, row_line;
    const char *row_wrong;
    bool has_names, is_stopped, is_refused;
};

struct str csv_cell(const struct csv_row *row, const char *name)
{
    for (int i = 0; i < row->reader->n_names && i < row->n_cells; i++)
        if (str_eq_z(row->reader->names[i], name))
            return row->cells[i];
    return STR("");
}

static void refuse(struct csv_reader *r, int64_t line, const char *key, struct str value)
{
    if (r->is_refused)
        return; /* the first trouble is the one that explains the others */
    r->is_refused = true;
    *r->trouble = (struct csv_trouble){line, key, str_copy(r->mem, value)};
}

static void on_cell(void *bytes, size_t n, void *arg)
{
    struct csv_reader *r = arg;
    const struct str raw = {bytes == NULL ? "" : bytes, n};

    if (r->is_stopped || r->is_refused)
        return;
    for (size_t i = 0; i < n; i++)
        r->line += raw.p[i] == '\n';
    r->row_bytes += n + 1;
    if (!str_is_utf8(raw))
        r->row_wrong = "base.csv-not-utf8";
    if (r->n_row < CSV_MAX_COLUMNS)
        r->row[r->n_row] = str_trim(str_copy(r->cells, raw));
    r->n_row++;
}

static bool has_name(const struct csv_reader *r, const char *name)
{
    for (int i = 0; i < r->n_names; i++)
        if (str_eq_z(r->names[i], name))
            return true;
    return false;
}

static void take_names(struct csv_reader *r)
{
    if (r->n_row > CSV_MAX_COLUMNS)
        refuse(r, r->row_line, "base.csv-too-many-columns", STR("500"));
    else if (r->row_wrong != NULL)
        refuse(r, r->row_line, r->row_wrong, STR(""));
    for (int i = 0; !r->is_refused && i < r->n_row; i++) {
        if (r->row[i].n > 0 && has_name(r, str_z(r->mem, r->row[i])))
            refuse(r, r->row_line, "base.csv-name-twice", r->row[i]);
        r->names[r->n_names++] = str_copy(r->mem, r->row[i]);
    }
    for (int i = 0; i < r->o->n_needed; i++)
        if (!has_name(r, r->o->needed[i]))
            refuse(r, r->row_line, "base.csv-no-column", str_of(r->o->needed[i]));
    r->has_names = true;
}

static void give_row(struct csv_reader *r)
{
    struct csv_row row = {.line = r->row_line,
                          .wrong = r->row_wrong,
                          .reader = r,
                          .cells = r->row,
                          .n_cells = r->n_row};

    if (r->n_row > r->n_names) {
        row.wrong = row.wrong != NULL ? row.wrong : "base.csv-too-many-cells";
        row.n_cells = r->n_names;
    }
    r->is_stopped = !r->o->each(r->o->arg, &row);
}

static void on_row(int end, void *arg)
{
    struct csv_reader *r = arg;

    if (!r->is_stopped && !r->is_refused && r->n_row > 0) {
        if (r->has_names)
            give_row(r);
        else
            take_names(r);
    }
    r->n_row = 0;
    r->row_bytes = 0;
    r->row_wrong = NULL;
    arena_reset(r->cells);
    r->line += end == '\n'; /* CR LF calls twice */
    r->row_line = r->line;
}

/* By the first row: the mark that comes most often outside of quotes. */
static unsigned char delimiter_of(struct str head)
{
    static const char marks[] = ",;\t";
    int counts[3] = {0}, best = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < head.n && (is_quoted || head.p[i] != '\n'); i++) {
        is_quoted ^= head.p[i] == '"';
        for (int k = 0; k < 3; k++)
            counts[k] += !is_quoted && head.p[i] == marks[k];
    }
    for (int k = 1; k < 3; k++)
        if (counts[k] > counts[best])
            best = k;
    return (unsigned char)marks[best];
}

/* libcsv keeps the open cell; how long it has become only we can tell. */
static void parse_piece(struct csv_reader *r, struct csv_parser *p, const char *bytes, size_t n,
                        int64_t *open_since, int64_t at)
{
    const int64_t rows_before = r->row_line;

    if (csv_parse(p, bytes, n, on_cell, on_row, r) != n)
        refuse(r, r->row_line, "base.csv-quote", STR(""));
    if (r->row_line != rows_before)
        *open_since = at;
    if (at + (int64_t)n - *open_since > CSV_MAX_ROW_BYTES + PIECE ||
        r->row_bytes > CSV_MAX_ROW_BYTES)
        refuse(r, r->row_line, "base.csv-row-too-long", STR("1 MB"));
}

static enum status read_pieces(struct csv_reader *r, int fd, int64_t total)
{
    char *piece = arena_alloc(r->mem, PIECE);
    struct csv_parser p;
    int64_t done = 0, open_since = 0;
    ssize_t n = 0;

    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return ST_UNAVAILABLE;
    while (!r->is_stopped && !r->is_refused && (n = read(fd, piece, PIECE)) > 0) {
        const char *bytes = piece;
        size_t n_bytes = (size_t)n;

        if (done == 0) {
            if (n >= 3 && memcmp(piece, "\xEF\xBB\xBF", 3) == 0) {
                bytes += 3;
                n_bytes -= 3;
            }
            csv_set_delim(&p, delimiter_of((struct str){bytes, n_bytes}));
        }
        parse_piece(r, &p, bytes, n_bytes, &open_since, done);
        done += n;
        if (r->o->progress != NULL)
            r->o->progress(r->o->arg, done, total);
    }
    if (!r->is_stopped && !r->is_refused && csv_fini(&p, on_cell, on_row, r) != 0)
        refuse(r, r->row_line, "base.csv-quote-open", STR(""));
    csv_free(&p);
    if (!r->is_refused && !r->has_names)
        refuse(r, 1, "base.csv-empty", STR(""));
    return r->is_refused ? ST_INVALID : n < 0 ? ST_UNAVAILABLE : ST_OK;
}

enum status csv_read_file(struct arena *mem, const char *file, const struct csv_options *o,
                          struct csv_trouble *trouble)
{
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct csv_reader *r = ARENA_NEW(mem, struct csv_reader);
    struct stat about;

    *trouble = (struct csv_trouble){0};
    if (fd < 0)
        return ST_NOT_FOUND;
    r->mem = mem;
    r->cells = arena_new(0);
    r->o = o;
    r->trouble = trouble;
    r->line = r->row_line = 1;
    const enum status st = fstat(fd, &about) != 0 ? ST_UNAVAILABLE : read_pieces(r, fd, about.st_size);

    arena_free(r->cells);
    close(fd);
    return st;
}
