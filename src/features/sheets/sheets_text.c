/* sheets_text.c - a file's bytes as the text that a spreadsheet puts on the clipboard. */
#include "base/macros.h"
#include "base/xlsx_read.h"
#include "sheets_private.h"
#include <string.h>

enum { UNPACKED_MOST = 64 * 1024 * 1024, GAP_MOST = 100, ROWS_LOOKED_AT = SHEET_MOST_ROWS + 100 };

static enum status refuse(struct sheet_trouble *why, enum status st, const char *key, struct str value)
{
    *why = (struct sheet_trouble){.key = key, .value = value};
    return st;
}

/* ---- spreadsheets ---- */

struct filling {
    char *p;
    size_t n, room;
    bool is_full;
};

static void put(struct filling *f, const char *bytes, size_t n)
{
    if (f->is_full || f->room - f->n < n) {
        f->is_full = true;
        return;
    }
    memcpy(f->p + f->n, bytes, n);
    f->n += n;
}

static void put_cell(struct filling *f, struct str cell)
{
    const bool is_quoted = memchr(cell.p, '\t', cell.n) != NULL || memchr(cell.p, '\n', cell.n) != NULL || cell.p[0] == '"';

    if (!is_quoted) {
        put(f, cell.p, cell.n);
        return;
    }
    put(f, "\"", 1);
    for (size_t i = 0; i < cell.n; i++)
        put(f, cell.p[i] == '"' ? "\"\"" : cell.p + i, cell.p[i] == '"' ? 2 : 1);
    put(f, "\"", 1);
}

static void put_row(struct filling *f, const struct xlsx_row *row)
{
    for (int i = 0; i < row->n_cells; i++) {
        if (i > 0)
            put(f, "\t", 1);
        if (row->cells[i].n > 0)
            put_cell(f, row->cells[i]);
    }
    put(f, "\n", 1);
}

/* All memory is taken before the reader is opened: nothing jumps out while it is. */
static enum status of_xlsx(struct arena *mem, struct str bytes, struct str *out, struct sheet_trouble *why)
{
    const struct xlsx_options o = {.max_bytes = UNPACKED_MOST};
    struct filling f = {.p = arena_alloc(mem, SHEET_MOST_BYTES + 1), .room = SHEET_MOST_BYTES};
    struct xlsx_trouble trouble = {0};
    struct xlsx_reader *r = NULL;
    struct xlsx_row row;
    int64_t last = 0, n = 0;

    if (xlsx_open_bytes(mem, bytes, &o, &r, &trouble) != ST_OK)
        return refuse(why, ST_INVALID, trouble.key, trouble.value);
    while (!f.is_full && n <= ROWS_LOOKED_AT && xlsx_next_row(r, &row, &trouble)) {
        if (row.n_cells == 0)
            continue;
        for (int64_t gap = row.row - last - 1; last > 0 && gap > 0 && row.row - last <= GAP_MOST; gap--)
            put(&f, "\n", 1); /* so that lines are numbered as the spreadsheet does */
        put_row(&f, &row);
        last = row.row;
        n++;
    }
    xlsx_close(r);
    if (trouble.key != NULL)
        return refuse(why, ST_INVALID, strcmp(trouble.key, "base.xlsx-broken") == 0 ? trouble.key : "base.xlsx-broken", STR(""));
    if (f.is_full)
        return refuse(why, ST_TOO_LARGE, "sheets.bytes-many", STR("2 MB"));
    if (n > ROWS_LOOKED_AT)
        return refuse(why, ST_TOO_LARGE, "sheets.rows-many", str_fmt(mem, "%d", SHEET_MOST_ROWS));
    if (n == 0)
        return refuse(why, ST_INVALID, "sheets.empty", STR(""));
    *out = (struct str){f.p, f.n};
    return ST_OK;
}

/* ---- text files ---- */

static size_t put_code(char *to, unsigned code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xe0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 63));
        to[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    to[0] = (char)(0xf0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 63));
    to[2] = (char)(0x80 | (code >> 6 & 63));
    to[3] = (char)(0x80 | (code & 63));
    return 4;
}

static struct str of_utf16(struct arena *mem, struct str s, bool is_big)
{
    char *to = arena_alloc(mem, s.n * 2 + 4);
    size_t n = 0;

    for (size_t i = 0; i + 1 < s.n; i += 2) {
        const unsigned char *p = (const unsigned char *)s.p + i;
        unsigned code = is_big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];

        if (code >= 0xd800 && code < 0xdc00 && i + 3 < s.n) {
            const unsigned low = is_big ? (unsigned)p[2] << 8 | p[3] : (unsigned)p[3] << 8 | p[2];

            if (low >= 0xdc00 && low < 0xe000) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        n += put_code(to + n, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
    }
    return (struct str){to, n};
}

/* What Excel writes on an Italian Windows. */
static struct str of_1252(struct arena *mem, struct str s)
{
    static const unsigned short upper[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                             0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                             0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    char *to = arena_alloc(mem, s.n * 3 + 4);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];

        n += put_code(to + n, ch >= 0x80 && ch < 0xa0 ? upper[ch - 0x80] : ch);
    }
    return (struct str){to, n};
}

/* Controls out, line ends as \n, spaces that do not break as spaces. In place. */
static struct str tidy(struct str s, int *out_controls)
{
    char *p = (char *)s.p; /* ours: made above */
    size_t n = 0;

    *out_controls = 0;
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char ch = (unsigned char)s.p[i];

        if (ch == '\r') {
            p[n++] = '\n';
            i += i + 1 < s.n && s.p[i + 1] == '\n';
        } else if (ch == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0xa0) {
            p[n++] = ' ';
            i++;
        } else if (ch == 0xe2 && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80 && (unsigned char)s.p[i + 2] >= 0x8b &&
                   (unsigned char)s.p[i + 2] <= 0x8f) {
            i += 2; /* of no width */
        } else if ((ch < 0x20 && ch != '\t' && ch != '\n') || ch == 0x7f ||
                   (ch == 0xc2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xa0)) {
            i += ch == 0xc2;
            ++*out_controls;
        } else {
            p[n++] = (char)ch;
        }
    }
    return (struct str){p, n};
}

static bool is_utf8_but_controls(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        const unsigned char ch = (unsigned char)s.p[i];
        const size_t n = ch < 0x80 ? 1 : ch >= 0xf0 ? 4 : ch >= 0xe0 ? 3 : 2;

        if (n == 1) {
            i++;
            continue;
        }
        if (i + n > s.n || (!str_is_utf8((struct str){s.p + i, n}) && !(ch == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0)))
            return false;
        i += n;
    }
    return true;
}

static enum status of_file(struct arena *mem, struct str bytes, struct str *out, struct sheet_trouble *why)
{
    struct str text;
    int n_controls = 0;

    if (str_starts(bytes, STR("%PDF")) || str_starts(bytes, STR("{\\rtf")))
        return refuse(why, ST_INVALID, "sheets.document", STR(""));
    if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")))
        text = of_utf16(mem, str_from(bytes, 2), bytes.p[0] == '\xfe');
    else if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        text = str_copy(mem, str_from(bytes, 3));
    else
        text = is_utf8_but_controls(bytes) ? str_copy(mem, bytes) : of_1252(mem, bytes);
    if (!is_utf8_but_controls(text))
        text = of_1252(mem, text);
    text = tidy(text, &n_controls);
    if ((size_t)n_controls * 50 > bytes.n)
        return refuse(why, ST_INVALID, "sheets.not-text", STR(""));
    if (text.n > SHEET_MOST_BYTES)
        return refuse(why, ST_TOO_LARGE, "sheets.bytes-many", STR("2 MB"));
    if (str_trim(text).n == 0)
        return refuse(why, ST_INVALID, "sheets.empty", STR(""));
    *out = text;
    return ST_OK;
}

enum status sheets_text(struct arena *mem, struct str bytes, struct str *out, struct sheet_trouble *why)
{
    *why = (struct sheet_trouble){0};
    if (bytes.n > SHEET_MOST_BYTES)
        return refuse(why, ST_TOO_LARGE, "sheets.bytes-many", STR("2 MB"));
    return xlsx_is_meant(bytes) ? of_xlsx(mem, bytes, out, why) : of_file(mem, bytes, out, why);
}
