/* Any bytes as a spreadsheet: as the whole file, and as its sheet, shared texts and styles inside a good one. */
#include "base/buf.h"
#include "base/xlsx_read.h"
#include <stdlib.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void u16(struct buf *b, unsigned v)
{
    buf_char(b, (char)(v & 255));
    buf_char(b, (char)(v >> 8 & 255));
}

static void u32(struct buf *b, uint32_t v)
{
    u16(b, v & 65535);
    u16(b, v >> 16);
}

struct zip {
    struct buf file, rows;
    int n;
};

/* Stored, not packed. */
static void add(struct zip *z, const char *name, struct str data)
{
    const uint32_t at = (uint32_t)z->file.n, crc = (uint32_t)crc32(0, (const unsigned char *)data.p, (uInt)data.n);

    buf_put(&z->file, "PK\3\4", 4);
    buf_put(&z->rows, "PK\1\2", 4);
    u16(&z->rows, 20);
    for (int k = 0; k < 2; k++) {
        struct buf *b = k == 0 ? &z->file : &z->rows;

        u16(b, 20), u16(b, 0), u16(b, 0), u32(b, 0), u32(b, crc), u32(b, (uint32_t)data.n), u32(b, (uint32_t)data.n);
        u16(b, (unsigned)strlen(name)), u16(b, 0);
    }
    buf_z(&z->file, name);
    buf_str(&z->file, data);
    u16(&z->rows, 0), u16(&z->rows, 0), u16(&z->rows, 0), u32(&z->rows, 0), u32(&z->rows, at);
    buf_z(&z->rows, name);
    z->n++;
}

#define LINK(id, kind, target) "<Relationship Id=\"" id "\" Type=\"x/" kind "\" Target=\"" target "\"/>"

static struct str around(struct arena *mem, struct str part)
{
    struct zip z = {buf_new(mem, 4096), buf_new(mem, 1024), 0};

    add(&z, "xl/workbook.xml", STR("<workbook><sheets><sheet name=\"A\" id=\"a\"/></sheets></workbook>"));
    add(&z, "xl/_rels/workbook.xml.rels", STR("<Relationships>" LINK("a", "worksheet", "s.xml") LINK("b", "sharedStrings", "t.xml")
                                              LINK("c", "styles", "y.xml") "</Relationships>"));
    add(&z, "xl/s.xml", part);
    if (str_starts(part, STR("<sst")))
        add(&z, "xl/t.xml", part);
    if (str_starts(part, STR("<styleSheet")))
        add(&z, "xl/y.xml", part);
    const uint32_t at = (uint32_t)z.file.n, n = (uint32_t)z.rows.n;

    buf_str(&z.file, buf_view(&z.rows));
    buf_put(&z.file, "PK\5\6", 4);
    u16(&z.file, 0), u16(&z.file, 0), u16(&z.file, (unsigned)z.n), u16(&z.file, (unsigned)z.n), u32(&z.file, n), u32(&z.file, at), u16(&z.file, 0);
    return buf_view(&z.file);
}

static void read_all(struct arena *mem, struct str bytes)
{
    const struct xlsx_options o = {.max_bytes = 16 << 20};
    struct xlsx_reader *r = NULL;
    struct xlsx_trouble why;
    struct xlsx_row row;

    if (xlsx_open_bytes(mem, bytes, &o, &r, &why) != ST_OK) {
        if (why.key == NULL)
            abort();
        return;
    }
    for (int n = 0; n < 100000 && xlsx_next_row(r, &row, &why); n++)
        for (int i = 0; i < row.n_cells; i++)
            if (row.n_cells > XLSX_MAX_COLUMNS || row.cells[i].n > XLSX_MAX_CELL || !str_is_utf8(row.cells[i]))
                abort();
    xlsx_close(r);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new(0);
    const struct str bytes = {(const char *)data, size};

    read_all(mem, bytes);
    read_all(mem, around(mem, bytes));
    arena_free(mem);
    return 0;
}
