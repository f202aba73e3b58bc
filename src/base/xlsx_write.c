/* xlsx_write.c - a spreadsheet by libxlsxwriter, each row gone from memory when the next begins. */
#include "xlsx_write.h"
#include "base/date.h"
#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    MOST_CHARACTERS = 32767, /* of a cell */
    NAME_CHARACTERS = 31,    /* of a sheet */
    USUAL_WIDTH = 18,
    MOST_WIDTH = 100,
    SERIAL_1970 = 25569, /* 1970-01-01 in the calendar of spreadsheets */
    FIRST_DAY = -25508   /* 1900-03-01: before it that calendar has a day too many */
};

struct writing {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *day, *label, *text;
    struct arena *row; /* of one row */
    int fd;            /* of the finished file, in memory */
};

static bool is_control(unsigned char ch)
{
    return (ch < 0x20 && ch != '\t' && ch != '\n') || ch == 0x7f;
}

/* "_x0041_" in a cell would be read as "A": its underscore is written so. */
static bool is_escape(struct str s)
{
    if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return false;
    for (int i = 2; i < 6; i++)
        if (strchr("0123456789abcdefABCDEF", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return true;
}

/* What a cell may hold, ended by a NUL. Characters above U+FFFF count twice, as in spreadsheets. */
static const char *clean(struct arena *mem, struct str s, int most)
{
    char *p = arena_alloc(mem, s.n + 8 * (s.n / 7) + 8);
    size_t n = 0, last = 0;
    int count = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];
        const bool begins = (ch & 0xc0) != 0x80;

        if (is_control(ch) || (ch == 0xef && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xbf &&
                               (unsigned char)s.p[i + 2] >= 0xbe)) {
            i += ch == 0xef ? 2 : 0; /* U+FFFE and U+FFFF */
            continue;
        }
        count += begins ? ch >= 0xf0 ? 2 : 1 : 0;
        if (count > most) {
            n = last;
            memcpy(p + n, "…", 3);
            n += 3;
            break;
        }
        if (begins && count <= most)
            last = n;
        if (is_escape(str_from(s, i))) {
            memcpy(p + n, "_x005F", 6);
            n += 6;
            count += 6;
        }
        p[n++] = (char)ch;
    }
    p[n] = '\0';
    return p;
}

static const char *sheet_name(struct arena *mem, struct str name)
{
    char *p = (char *)clean(mem, name, NAME_CHARACTERS);
    const size_t n = strlen(p);

    for (size_t i = 0; i < n; i++)
        if (strchr("[]:*?/\\\n\t", p[i]) != NULL || (p[i] == '\'' && (i == 0 || i == n - 1)))
            p[i] = ' ';
    return n == 0 ? "Elenco" : p;
}

static enum status status_of(lxw_error e)
{
    return e == LXW_NO_ERROR                                ? ST_OK
           : e == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ? ST_TOO_LARGE
                                                            : ST_UNAVAILABLE;
}

static enum status put_cell(struct writing *w, lxw_row_t row, int column, const struct xlsx_cell *x)
{
    const lxw_col_t col = (lxw_col_t)column;

    switch (x->kind) {
    case XLSX_TEXT:
        if (x->text.n == 0)
            return ST_OK;
        return status_of(worksheet_write_string(w->sheet, row, col,
                                                clean(w->row, x->text, MOST_CHARACTERS), w->text));
    case XLSX_NUMBER:
        return status_of(worksheet_write_number(w->sheet, row, col, x->number, NULL));
    case XLSX_DAY:
        if (x->day == DAY_NONE || x->day < FIRST_DAY)
            return ST_OK;
        return status_of(
            worksheet_write_number(w->sheet, row, col, x->day + (double)SERIAL_1970, w->day));
    default:
        return ST_OK;
    }
}

static void set_up_formats(struct writing *w)
{
    w->head = workbook_add_format(w->book);
    format_set_bold(w->head);
    format_set_bg_color(w->head, 0xE6EDF2);
    format_set_bottom(w->head, LXW_BORDER_THIN);
    format_set_align(w->head, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(w->head);
    w->day = workbook_add_format(w->book);
    format_set_num_format(w->day, "yyyy-mm-dd");
    format_set_align(w->day, LXW_ALIGN_LEFT);
    w->text = workbook_add_format(w->book);
    format_set_num_format(w->text, "@"); /* typed over, it stays a text */
    w->label = workbook_add_format(w->book);
    format_set_bold(w->label);
    format_set_align(w->label, LXW_ALIGN_VERTICAL_TOP);
}

static enum status put_names(struct writing *w, const struct xlsx_book *b)
{
    enum status st = ST_OK;

    for (int i = 0; i < b->n_columns && st == ST_OK; i++) {
        const int asked = b->columns[i].width;
        const int width = asked <= 0 ? USUAL_WIDTH : asked > MOST_WIDTH ? MOST_WIDTH : asked;

        st = status_of(worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL));
    }
    for (int i = 0; i < b->n_columns && st == ST_OK; i++)
        st = status_of(worksheet_write_string(
            w->sheet, 0, (lxw_col_t)i, clean(w->row, b->columns[i].name, MOST_CHARACTERS), w->head));
    worksheet_freeze_panes(w->sheet, 1, 0);
    worksheet_repeat_rows(w->sheet, 0, 0);
    worksheet_set_landscape(w->sheet);
    worksheet_set_paper(w->sheet, 9); /* A4 */
    return st;
}

static enum status put_rows(struct writing *w, const struct xlsx_book *b, struct xlsx_cell *cells)
{
    enum status st = ST_OK;

    for (lxw_row_t row = 1; st == ST_OK; row++) {
        for (int i = 0; i < b->n_columns; i++)
            cells[i] = (struct xlsx_cell){.kind = XLSX_EMPTY};
        arena_reset(w->row);
        if (!b->row(b->arg, cells, &st) || st != ST_OK)
            break;
        if (row >= LXW_ROW_MAX)
            return ST_TOO_LARGE;
        for (int i = 0; i < b->n_columns && st == ST_OK; i++)
            st = put_cell(w, row, i, &cells[i]);
    }
    return st;
}

static enum status put_info(struct writing *w, const struct xlsx_book *b)
{
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, "Informazioni");
    lxw_format *wrap = workbook_add_format(w->book);
    enum status st = sheet == NULL ? ST_UNAVAILABLE : ST_OK;

    if (st != ST_OK)
        return st;
    format_set_text_wrap(wrap);
    format_set_align(wrap, LXW_ALIGN_VERTICAL_TOP);
    worksheet_set_column(sheet, 0, 0, 28, NULL);
    worksheet_set_column(sheet, 1, 1, 80, NULL);
    arena_reset(w->row);
    for (int i = 0; i < b->n_info && st == ST_OK; i++) {
        const char *label = clean(w->row, b->info[i].label, MOST_CHARACTERS),
                   *text = clean(w->row, b->info[i].text, MOST_CHARACTERS);

        st = status_of(worksheet_write_string(sheet, (lxw_row_t)i, 0, label, w->label));
        if (st == ST_OK)
            st = status_of(worksheet_write_string(sheet, (lxw_row_t)i, 1, text, wrap));
    }
    return st;
}

static enum status take_file(struct arena *mem, int fd, struct str *out)
{
    struct stat is;
    size_t n = 0;

    if (fstat(fd, &is) != 0 || is.st_size <= 0)
        return ST_UNAVAILABLE;
    char *p = arena_alloc(mem, (size_t)is.st_size);

    while (n < (size_t)is.st_size) {
        const ssize_t got = pread(fd, p + n, (size_t)is.st_size - n, (off_t)n);

        if (got <= 0)
            return ST_UNAVAILABLE;
        n += (size_t)got;
    }
    *out = (struct str){p, n};
    return ST_OK;
}

static enum status begin_book(struct writing *w, const struct xlsx_book *b)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties about = {.created = (time_t)b->made_on * 86400};

    w->fd = memfd_create("xlsx", MFD_CLOEXEC);
    if (w->fd < 0)
        return ST_UNAVAILABLE;
    w->book = workbook_new_opt(str_z(w->row, str_fmt(w->row, "/proc/self/fd/%d", w->fd)), &options);
    if (w->book == NULL)
        return ST_UNAVAILABLE;
    workbook_set_properties(w->book, &about);
    w->sheet = workbook_add_worksheet(w->book, sheet_name(w->row, b->sheet));
    if (w->sheet == NULL)
        return ST_UNAVAILABLE;
    set_up_formats(w);
    return put_names(w, b);
}

static void let_go(struct writing *w)
{
    if (w->book != NULL)
        workbook_close(w->book); /* freeing it alone would leave its passing files open */
    if (w->fd >= 0)
        close(w->fd);
    arena_free(w->row);
}

static enum status write_all(struct writing *w, struct arena *mem, const struct xlsx_book *b,
                             struct xlsx_cell *cells, struct str *out)
{
    enum status st = begin_book(w, b);

    if (st == ST_OK)
        st = put_rows(w, b, cells);
    if (st == ST_OK)
        st = put_info(w, b);
    if (st == ST_OK) {
        lxw_workbook *book = w->book;

        w->book = NULL; /* closing lets it go, whatever comes of it */
        st = status_of(workbook_close(book));
    }
    return st == ST_OK ? take_file(mem, w->fd, out) : st;
}

/* The caller's arena may spring its trap while a row is filled: what the library holds is let go first. */
enum status xlsx_write(struct arena *mem, const struct xlsx_book *b, struct str *out)
{
    struct xlsx_cell *cells = ARENA_ARRAY(mem, struct xlsx_cell, (size_t)b->n_columns + 1);
    struct writing *w = ARENA_NEW(mem, struct writing);
    jmp_buf here, *was;

    *w = (struct writing){.row = arena_new(0), .fd = -1};
    was = arena_trap(mem, &here);
    if (was == NULL)
        arena_trap(mem, NULL);
    if (setjmp(here) != 0) {
        let_go(w);
        arena_trap(mem, was);
        longjmp(*was, 1);
    }
    const enum status st = write_all(w, mem, b, cells, out);

    arena_trap(mem, was);
    let_go(w);
    return st;
}
