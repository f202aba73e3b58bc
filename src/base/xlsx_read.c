/* xlsx_read.c - opens a spreadsheet, and its sheet row by row. */
#include "xlsx_read.h"
#include "base/date.h"
#include "base/macros.h"
#include "xlsx_part.h"
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST_ENTRIES = 2000,
    ROW_MOST_BYTES = 1024 * 1024, /* of text written in place */
    SERIAL_1970 = 25569,          /* 1970-01-01 in the calendar that begins in 1900 */
    DAYS_1904 = 1462              /* the other calendar begins later */
};

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_ERROR, CELL_ISO };

struct queued {
    struct xlsx_row row;
    struct queued *next;
};

struct xlsx_reader {
    struct arena *mem;   /* as long as the reader */
    struct arena *row;   /* text of the row being read */
    struct arena *ready; /* rows read and not yet given */
    struct unzip *zip;
    struct xlsx_workbook book;
    unsigned char *styles;
    int n_styles;
    struct xlsx_shared *shared;
    struct xlsx_part *part;
    struct queued *first, **last;
    bool is_over;
    struct xlsx_notes notes;
    /* the row being read */
    struct str cells[XLSX_MAX_COLUMNS];
    bool is_own[XLSX_MAX_COLUMNS]; /* its text is in `row` */
    int64_t row_no;
    bool is_row_hidden, is_in_row;
    int n_cells;
    /* the cell being read */
    enum cell_type type;
    int column, style;
    bool is_in_value, is_in_sound;
    size_t n_value;
    char value[XLSX_MAX_CELL + 8];
    bool is_cut;
};

/* ---- what a number says ---- */

static int whole_days(double serial, bool is_1904)
{
    const double days = floor(serial);

    if (is_1904)
        return (int)days + DAYS_1904 - SERIAL_1970;
    return (int)days - SERIAL_1970 + (days < 60 ? 1 : 0); /* that calendar has a 29 February 1900 */
}

static struct str put_day(struct xlsx_reader *r, double serial, int kind)
{
    int minutes = (int)lround((serial - floor(serial)) * 1440);
    int day = whole_days(serial, r->book.is_1904);

    if (minutes == 1440) {
        minutes = 0;
        day++;
    }
    if (kind == XLSX_IS_TIME && serial < 1)
        return str_fmt(r->row, "%02d:%02d", minutes / 60, minutes % 60);
    const struct str iso = day_iso(r->row, day);

    if (minutes == 0)
        return iso;
    return str_fmt(r->row, "%.*sT%02d:%02d", (int)iso.n, iso.p, minutes / 60, minutes % 60);
}

static bool is_plain(const char *z)
{
    const size_t n = strlen(z);

    return n > 0 && n <= 15 && strspn(z, "-0123456789.") == n;
}

static struct str put_number(struct xlsx_reader *r)
{
    const int kind = r->style >= 0 && r->style < r->n_styles ? r->styles[r->style] : XLSX_IS_NUMBER;
    char *end = NULL;
    const double v = strtod(r->value, &end);

    if (*end != '\0' || !isfinite(v))
        return str_copy(r->row, str_of(r->value));
    if (kind != XLSX_IS_NUMBER && v >= 0 && v < 2958466)
        return put_day(r, v, kind);
    if (is_plain(r->value))
        return str_copy(r->row, str_of(r->value));
    return fabs(v) < 1e15 && v == floor(v) ? str_fmt(r->row, "%.0f", v) : str_fmt(r->row, "%.15g", v);
}

/* ---- elements of a sheet ---- */

/* "AB12" -> 27; -1: none. */
static int column_of(struct str ref)
{
    int v = 0;
    size_t i = 0;

    for (; i < ref.n && i < 4 && ref.p[i] >= 'A' && ref.p[i] <= 'Z'; i++)
        v = v * 26 + ref.p[i] - 'A' + 1;
    return i == 0 || i > 3 ? -1 : v - 1;
}

static enum cell_type type_of(struct str t)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED}, {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT}, {"b", CELL_BOOL}, {"e", CELL_ERROR}, {"d", CELL_ISO}};

    for (int i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq_z(t, types[i].name))
            return types[i].type;
    return CELL_NUMBER;
}

static void begin_row(struct xlsx_reader *r, const struct xlsx_attributes *a)
{
    const struct str hidden = xlsx_attribute(a, "hidden");
    int64_t no = 0;

    if (!str_to_int(xlsx_attribute(a, "r"), &no) || no < 1 || no > XLSX_MAX_ROWS)
        no = r->row_no + 1;
    for (int i = 0; i < r->n_cells; i++)
        r->cells[i] = STR("");
    arena_reset(r->row);
    r->row_no = no;
    r->is_row_hidden = str_eq_z(hidden, "1") || str_eq_z(hidden, "true");
    r->is_in_row = true;
    r->n_cells = 0;
    r->column = -1;
}

static void begin_cell(struct xlsx_reader *r, const struct xlsx_attributes *a)
{
    const int column = column_of(xlsx_attribute(a, "r"));
    int64_t style = -1;

    r->column = column >= 0 ? column : r->column + 1;
    r->type = type_of(xlsx_attribute(a, "t"));
    r->style = str_to_int(xlsx_attribute(a, "s"), &style) && style >= 0 && style < 65536 ? (int)style : -1;
    r->n_value = 0;
    r->is_cut = false;
}

static void on_begin(void *arg, struct str name, const struct xlsx_attributes *a)
{
    struct xlsx_reader *r = arg;

    if (str_eq_z(name, "c") && r->is_in_row)
        begin_cell(r, a);
    else if (str_eq_z(name, "row"))
        begin_row(r, a);
    else if (str_eq_z(name, "v") || str_eq_z(name, "t"))
        r->is_in_value = r->is_in_row && !r->is_in_sound;
    else if (str_eq_z(name, "rPh"))
        r->is_in_sound = true;
    else if (str_eq_z(name, "mergeCell"))
        r->notes.n_merged++;
}

static void on_text(void *arg, struct str text)
{
    struct xlsx_reader *r = arg;
    const size_t room = XLSX_MAX_CELL - r->n_value, n = text.n < room ? text.n : room;

    if (!r->is_in_value)
        return;
    r->is_cut |= n < text.n;
    if (n > 0)
        memcpy(r->value + r->n_value, text.p, n);
    r->n_value += n;
}

static struct str cell_text(struct xlsx_reader *r, bool *out_is_own)
{
    struct str out = {"", 0};
    int64_t i = 0;

    *out_is_own = true;
    if (r->type == CELL_SHARED) {
        *out_is_own = false;
        if (str_to_int((struct str){r->value, r->n_value}, &i))
            xlsx_shared_at(r->shared, i, &out);
        return out;
    }
    r->n_value = xlsx_clean(r->value, r->n_value);
    r->value[r->n_value] = '\0';
    if (r->type == CELL_ERROR) {
        r->notes.n_errors++;
        return out;
    }
    if (r->type == CELL_NUMBER && r->n_value > 0)
        return put_number(r);
    return str_copy(r->row, (struct str){r->value, r->n_value});
}

static void end_cell(struct xlsx_reader *r)
{
    bool is_own = true;

    if (r->n_value == 0)
        return;
    r->notes.n_cut += r->is_cut;
    if (r->column >= XLSX_MAX_COLUMNS) {
        r->notes.n_columns_left = r->notes.n_columns_left > r->column - XLSX_MAX_COLUMNS ? r->notes.n_columns_left
                                                                                         : r->column - XLSX_MAX_COLUMNS + 1;
        return;
    }
    const struct str text = cell_text(r, &is_own);

    if (text.n == 0)
        return;
    r->cells[r->column] = text;
    r->is_own[r->column] = is_own;
    if (r->column >= r->n_cells)
        r->n_cells = r->column + 1;
    if (arena_used(r->row) > ROW_MOST_BYTES)
        xlsx_part_refuse(r->part, "base.csv-row-too-long", STR("1 MB"));
}

static void end_row(struct xlsx_reader *r)
{
    struct queued *q = ARENA_NEW(r->ready, struct queued);
    struct str *cells = ARENA_ARRAY(r->ready, struct str, (size_t)r->n_cells);

    for (int i = 0; i < r->n_cells; i++)
        cells[i] = r->is_own[i] && r->cells[i].n > 0 ? str_copy(r->ready, r->cells[i]) : r->cells[i];
    q->row = (struct xlsx_row){.row = r->row_no, .is_hidden = r->is_row_hidden, .cells = cells, .n_cells = r->n_cells};
    *r->last = q;
    r->last = &q->next;
    r->notes.n_hidden_rows += r->is_row_hidden;
    r->is_in_row = false;
}

static void on_end(void *arg, struct str name)
{
    struct xlsx_reader *r = arg;

    if (str_eq_z(name, "v") || str_eq_z(name, "t"))
        r->is_in_value = false;
    else if (str_eq_z(name, "rPh"))
        r->is_in_sound = false;
    else if (str_eq_z(name, "c") && r->is_in_row)
        end_cell(r);
    else if (str_eq_z(name, "row") && r->is_in_row)
        end_row(r);
}

static const struct xlsx_handler sheet_handler = {on_begin, on_end, on_text};

bool xlsx_next_row(struct xlsx_reader *r, struct xlsx_row *out, struct xlsx_trouble *why)
{
    *why = (struct xlsx_trouble){0};
    if (r->first == NULL) {
        arena_reset(r->ready);
        r->last = &r->first;
    }
    while (r->first == NULL && !r->is_over) {
        const enum status st = xlsx_part_step(r->part, &r->is_over, why);

        if (st != ST_OK) {
            r->is_over = true;
            why->row = r->row_no;
            r->first = NULL;
            return false;
        }
    }
    if (r->first == NULL)
        return false;
    *out = r->first->row;
    r->first = r->first->next;
    return true;
}

/* ---- opening ---- */

static bool has_bytes(struct str s, const char *bytes, size_t n)
{
    return s.n >= n && memmem(s.p, s.n, bytes, n) != NULL;
}

/* "EncryptedPackage" as an old container writes names: two bytes a letter. */
static bool is_locked(struct str s)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    return has_bytes(s, name, sizeof name - 1);
}

bool xlsx_is_meant(struct str s)
{
    return unzip_is_zip(s) || str_starts(s, STR("\xD0\xCF\x11\xE0"));
}

static bool ends_with(const struct unzip *zip, const char *name)
{
    const struct str end = str_of(name);

    for (int i = 0; i < unzip_count(zip); i++)
        if (str_ends(unzip_name(zip, i), end))
            return true;
    return false;
}

/* A zip that is something else: the reason says what. */
static const char *other_kind(const struct unzip *zip)
{
    if (ends_with(zip, "xl/workbook.bin"))
        return "base.xlsx-binary";
    if (ends_with(zip, "content.xml") && ends_with(zip, "META-INF/manifest.xml"))
        return "base.xlsx-ods";
    if (ends_with(zip, "word/document.xml") || ends_with(zip, "ppt/presentation.xml"))
        return "base.xlsx-document";
    if (ends_with(zip, "Index.zip") || ends_with(zip, "Index/Document.iwa"))
        return "base.xlsx-numbers";
    return NULL;
}

static enum status refuse(struct xlsx_trouble *why, const char *key)
{
    *why = (struct xlsx_trouble){.key = key, .value = STR("")};
    return ST_INVALID;
}

static enum status open_zip(struct xlsx_reader *r, const char *file, struct str bytes, struct str head,
                            const struct xlsx_options *o, struct xlsx_trouble *why)
{
    const struct unzip_limits limits = {.max_entries = MOST_ENTRIES, .max_bytes = o->max_bytes};
    struct unzip_trouble of_zip = {0};

    if (str_starts(head, STR("\xD0\xCF\x11\xE0")))
        return refuse(why, is_locked(head) ? "base.xlsx-locked" : "base.xlsx-old");
    if (!unzip_is_zip(head))
        return refuse(why, "base.xlsx-not");
    const enum status st = unzip_open(r->mem, file, bytes, &limits, &r->zip, &of_zip);

    if (st == ST_INVALID)
        *why = (struct xlsx_trouble){.key = of_zip.key, .value = of_zip.value};
    if (st == ST_INVALID && strcmp(of_zip.key, "base.zip-none") == 0)
        return refuse(why, "base.xlsx-broken");
    return st;
}

static enum status open_parts(struct xlsx_reader *r, const struct xlsx_options *o, struct xlsx_trouble *why)
{
    const char *other = other_kind(r->zip);

    if (other != NULL)
        return refuse(why, other);
    enum status st = xlsx_find(r->mem, r->zip, o->sheet, &r->book, why);

    if (st == ST_OK && r->book.styles >= 0)
        st = xlsx_styles(r->mem, r->zip, r->book.styles, &r->styles, &r->n_styles, why);
    if (st == ST_OK && r->book.shared >= 0)
        st = xlsx_shared_read(r->mem, r->zip, r->book.shared, &r->shared, why);
    if (st == ST_OK)
        st = xlsx_part_open(r->mem, r->zip, r->book.sheet, &sheet_handler, r, &r->part, why);
    r->notes.n_sheets = r->book.n_sheets;
    r->notes.n_hidden_sheets = r->book.n_hidden_sheets;
    return st;
}

static struct xlsx_reader *new_reader(void)
{
    struct arena *mem = arena_new(0);
    struct xlsx_reader *r = ARENA_NEW(mem, struct xlsx_reader);

    r->mem = mem;
    r->row = arena_new(0);
    r->ready = arena_new(0);
    r->last = &r->first;
    return r;
}

void xlsx_close(struct xlsx_reader *r)
{
    if (r == NULL)
        return;
    xlsx_part_close(r->part);
    unzip_close(r->zip);
    arena_free(r->row);
    arena_free(r->ready);
    arena_free(r->mem);
}

static enum status open_reader(struct arena *mem, const char *file, struct str bytes, struct str head,
                               const struct xlsx_options *o, struct xlsx_reader **out, struct xlsx_trouble *why)
{
    struct xlsx_reader *r = new_reader();

    *why = (struct xlsx_trouble){0};
    enum status st = open_zip(r, file, bytes, head, o, why);

    if (st == ST_OK)
        st = open_parts(r, o, why);
    if (st == ST_OK) {
        *out = r;
        return ST_OK;
    }
    char value[200]; /* the caller's arena may spring its trap: the reader is let go before */
    const size_t n = why->value.n < sizeof value ? why->value.n : sizeof value;

    if (n > 0)
        memcpy(value, why->value.p, n);
    xlsx_close(r);
    why->value = str_copy(mem, (struct str){value, n});
    return st;
}

/* The head, and the directory of an old container, which may stand anywhere. */
static struct str read_head(const char *file, char *to, size_t room, bool *out_is_there)
{
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    size_t n = 0;

    *out_is_there = fd >= 0;
    if (fd < 0)
        return STR("");
    for (ssize_t got = 1; got > 0 && n < room; n += got > 0 ? (size_t)got : 0)
        got = read(fd, to + n, room - n);
    close(fd);
    return (struct str){to, n};
}

enum status xlsx_open_file(struct arena *mem, const char *file, const struct xlsx_options *o, struct xlsx_reader **out,
                           struct xlsx_trouble *why)
{
    enum { LOOKED_AT = 64 * 1024 };
    char *head = arena_alloc(mem, LOOKED_AT);
    bool is_there = false;
    const struct str read = read_head(file, head, LOOKED_AT, &is_there);

    *why = (struct xlsx_trouble){0};
    return is_there ? open_reader(mem, file, STR(""), read, o, out, why) : ST_NOT_FOUND;
}

enum status xlsx_open_bytes(struct arena *mem, struct str bytes, const struct xlsx_options *o, struct xlsx_reader **out,
                            struct xlsx_trouble *why)
{
    return open_reader(mem, NULL, bytes, bytes, o, out, why);
}

const struct xlsx_notes *xlsx_notes(const struct xlsx_reader *r)
{
    return &r->notes;
}

struct str xlsx_sheet_name(const struct xlsx_reader *r)
{
    return r->book.sheet_name;
}
