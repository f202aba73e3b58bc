/* csv.c - libcsv fed with pieces of a file; names, limits and refusals are ours. */
#include "base/csv.h"
#include <csv.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
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
    int64_t row_at, fed; /* bytes of the file: where the row begins, how far the parser was fed */
    char separator;
    const char *row_wrong;
    bool was_1252;
    bool has_names, is_stopped, is_refused;
};

struct str csv_cell(const struct csv_row *row, const char *name)
{
    for (int i = 0; i < row->reader->n_names && i < row->n_cells; i++)
        if (str_eq_z(row->reader->names[i], name))
            return row->cells[i];
    return STR("");
}

int csv_column(const struct csv_row *row, const char *name)
{
    for (int i = 0; i < row->reader->n_names; i++)
        if (str_eq_z(row->reader->names[i], name))
            return i;
    return -1;
}

char csv_separator(const struct csv_row *row)
{
    return row->reader->separator;
}

struct str csv_name_like(const struct csv_row *row, const char *name)
{
    const size_t n = strlen(name);

    for (int i = 0; i < row->reader->n_names; i++)
        if (row->reader->names[i].n == n && strncasecmp(row->reader->names[i].p, name, n) == 0)
            return row->reader->names[i];
    return STR("");
}

static void refuse(struct csv_reader *r, int64_t line, const char *key, struct str value)
{
    if (r->is_refused)
        return; /* the first trouble is the one that explains the others */
    r->is_refused = true;
    *r->trouble = (struct csv_trouble){line, key, str_copy(r->mem, value)};
}

/* The letters of Windows-1252 from 0x80 to 0x9f; the others are those of Unicode. */
static struct str from_windows_1252(struct arena *mem, struct str s)
{
    static const uint16_t middle[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    char *p = arena_alloc(mem, s.n * 3 + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];
        const unsigned cp = ch >= 0x80 && ch < 0xa0 ? middle[ch - 0x80] : ch;

        if (cp < 0x80) {
            p[n++] = (char)cp;
        } else if (cp < 0x800) {
            p[n++] = (char)(0xc0 | cp >> 6);
            p[n++] = (char)(0x80 | (cp & 0x3f));
        } else {
            p[n++] = (char)(0xe0 | cp >> 12);
            p[n++] = (char)(0x80 | (cp >> 6 & 0x3f));
            p[n++] = (char)(0x80 | (cp & 0x3f));
        }
    }
    return (struct str){p, n};
}

static void on_cell(void *bytes, size_t n, void *arg)
{
    struct csv_reader *r = arg;
    struct str raw = {bytes == NULL ? "" : bytes, n};

    if (r->is_stopped || r->is_refused)
        return;
    for (size_t i = 0; i < n; i++)
        r->line += raw.p[i] == '\n';
    r->row_bytes += n + 1;
    if (r->o->is_windows_1252)
        raw = from_windows_1252(r->cells, raw);
    if (r->o->mends_1252 && !str_is_utf8(raw)) {
        raw = from_windows_1252(r->cells, raw);
        r->was_1252 = true;
    }
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
                          .at = r->row_at,
                          .n_bytes = r->fed - r->row_at,
                          .wrong = r->row_wrong,
                          .was_1252 = r->was_1252,
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
    r->row_at = r->fed;
    r->row_bytes = 0;
    r->row_wrong = NULL;
    r->was_1252 = false;
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

    /* Line by line, so that the place where a row ends is known. */
    for (size_t done = 0; done < n && !r->is_refused;) {
        const char *newline = memchr(bytes + done, '\n', n - done);
        const size_t k = newline == NULL ? n - done : (size_t)(newline - bytes) + 1 - done;

        r->fed += (int64_t)k;
        if (csv_parse(p, bytes + done, k, on_cell, on_row, r) != k)
            refuse(r, r->row_line, "base.csv-quote", STR(""));
        done += k;
    }
    if (r->row_line != rows_before)
        *open_since = at;
    if (at + (int64_t)n - *open_since > CSV_MAX_ROW_BYTES + PIECE ||
        r->row_bytes > CSV_MAX_ROW_BYTES)
        refuse(r, r->row_line, p->quoted ? "base.csv-quote-open" : "base.csv-row-too-long", STR("1 MB"));
}

struct source {
    int fd;           /* -1: bytes */
    struct str bytes; /* what is left of them */
    int64_t total;
};

/* The next piece; 0 at the end, -1 when it cannot be read. */
static ssize_t next_piece(struct source *from, char *room, const char **out)
{
    if (from->fd >= 0) {
        *out = room;
        return read(from->fd, room, PIECE);
    }
    const size_t n = from->bytes.n < PIECE ? from->bytes.n : PIECE;

    *out = from->bytes.p;
    from->bytes = str_from(from->bytes, n);
    return (ssize_t)n;
}

/* A byte-order mark is taken off, and the separator seen. */
static void begin(struct csv_reader *r, struct csv_parser *p, const char **bytes, size_t *n)
{
    if (*n >= 3 && memcmp(*bytes, "\xEF\xBB\xBF", 3) == 0) {
        *bytes += 3;
        *n -= 3;
        r->fed = r->row_at = 3;
    }
    r->separator = r->o->separator != 0 ? r->o->separator : (char)delimiter_of((struct str){*bytes, *n});
    csv_set_delim(p, (unsigned char)r->separator);
}

static enum status read_pieces(struct csv_reader *r, struct source *from)
{
    char *room = arena_alloc(r->mem, PIECE);
    struct csv_parser p;
    int64_t done = 0, open_since = 0;
    const char *bytes;
    ssize_t n = 0;

    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return ST_UNAVAILABLE;
    while (!r->is_stopped && !r->is_refused && (n = next_piece(from, room, &bytes)) > 0) {
        size_t n_bytes = (size_t)n;

        if (done == 0)
            begin(r, &p, &bytes, &n_bytes);
        parse_piece(r, &p, bytes, n_bytes, &open_since, done);
        done += n;
        if (r->o->progress != NULL)
            r->o->progress(r->o->arg, done, from->total);
    }
    if (!r->is_stopped && !r->is_refused && csv_fini(&p, on_cell, on_row, r) != 0)
        refuse(r, r->row_line, "base.csv-quote-open", STR(""));
    csv_free(&p);
    if (!r->is_refused && !r->has_names)
        refuse(r, 1, "base.csv-empty", STR(""));
    return r->is_refused ? ST_INVALID : n < 0 ? ST_UNAVAILABLE : ST_OK;
}

static enum status read_source(struct arena *mem, struct source *from, const struct csv_options *o, struct csv_trouble *trouble)
{
    struct csv_reader *r = ARENA_NEW(mem, struct csv_reader);

    r->mem = mem;
    r->cells = arena_new(0);
    r->o = o;
    r->trouble = trouble;
    r->line = r->row_line = 1;
    const enum status st = read_pieces(r, from);

    arena_free(r->cells);
    return st;
}

enum status csv_read_file(struct arena *mem, const char *file, const struct csv_options *o,
                          struct csv_trouble *trouble)
{
    struct source from = {.fd = open(file, O_RDONLY | O_CLOEXEC)};
    struct stat about;

    *trouble = (struct csv_trouble){0};
    if (from.fd < 0)
        return ST_NOT_FOUND;
    enum status st = fstat(from.fd, &about) == 0 ? ST_OK : ST_UNAVAILABLE;

    from.total = about.st_size;
    if (st == ST_OK)
        st = read_source(mem, &from, o, trouble);
    close(from.fd);
    return st;
}

enum status csv_read_bytes(struct arena *mem, struct str bytes, const struct csv_options *o,
                           struct csv_trouble *trouble)
{
    struct source from = {.fd = -1, .bytes = bytes, .total = (int64_t)bytes.n};

    *trouble = (struct csv_trouble){0};
    return read_source(mem, &from, o, trouble);
}

/* The cell that begins at *at, which is left on the separator or the end. */
static struct str split_cell(struct arena *mem, struct str s, size_t *at, char separator)
{
    const size_t from = *at;

    if (from >= s.n || s.p[from] != '"') {
        while (*at < s.n && s.p[*at] != separator && s.p[*at] != '\n' && s.p[*at] != '\r')
            ++*at;
        return str_trim((struct str){s.p + from, *at - from});
    }
    char *p = arena_alloc(mem, s.n - from);
    size_t n = 0;

    for (*at = from + 1; *at < s.n; ++*at) {
        if (s.p[*at] == '"') {
            if (*at + 1 == s.n || s.p[*at + 1] != '"')
                break;
            ++*at;
        }
        p[n++] = s.p[*at];
    }
    while (*at < s.n && s.p[*at] != separator && s.p[*at] != '\n' && s.p[*at] != '\r')
        ++*at;
    return str_trim((struct str){p, n});
}

int csv_split_row(struct arena *mem, struct str bytes, char separator, struct str *cells, int most)
{
    size_t at = 0;
    int n = 0;

    while (n < most) {
        cells[n] = split_cell(mem, bytes, &at, separator);
        if (!str_is_utf8(cells[n]))
            cells[n] = from_windows_1252(mem, cells[n]);
        n++;
        if (at >= bytes.n || bytes.p[at] != separator)
            break;
        at++;
    }
    return n;
}
