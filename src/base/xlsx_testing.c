/* xlsx_testing.c - spreadsheets made part by part. */
#include "base/xlsx_testing.h"
#include "base/buf.h"
#include "base/log.h"
#include <string.h>
#include <zlib.h>

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

static struct str packed(struct arena *mem, struct str text)
{
    z_stream z = {.zalloc = Z_NULL};
    const uLong room = compressBound(text.n) + 100;
    unsigned char *to = arena_alloc(mem, room);

    if (deflateInit2(&z, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        bug("no deflate");
    z.next_in = (unsigned char *)text.p;
    z.avail_in = (uInt)text.n;
    z.next_out = to;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        bug("no deflate");
    deflateEnd(&z);
    return (struct str){(char *)to, z.total_out};
}

struct str xlsx_testing_zip(struct arena *mem, const struct xlsx_testing_part *parts, int n)
{
    struct buf file = buf_new(mem, 4096), rows = buf_new(mem, 1024);

    for (int i = 0; i < n; i++) {
        const struct str bytes = packed(mem, parts[i].text);
        const uint32_t at = (uint32_t)file.n, crc = (uint32_t)crc32(0, (const unsigned char *)parts[i].text.p, (uInt)parts[i].text.n);
        const unsigned n_name = (unsigned)strlen(parts[i].name);

        buf_put(&file, "PK\3\4", 4);
        buf_put(&rows, "PK\1\2", 4);
        u16(&rows, 20);
        for (int k = 0; k < 2; k++) { /* the same words in both places */
            struct buf *b = k == 0 ? &file : &rows;

            u16(b, 20), u16(b, 0), u16(b, 8), u32(b, 0), u32(b, crc), u32(b, (uint32_t)bytes.n), u32(b, (uint32_t)parts[i].text.n);
            u16(b, n_name), u16(b, 0);
        }
        buf_z(&file, parts[i].name);
        buf_str(&file, bytes);
        u16(&rows, 0), u16(&rows, 0), u16(&rows, 0), u32(&rows, 0), u32(&rows, at);
        buf_z(&rows, parts[i].name);
    }
    const uint32_t at = (uint32_t)file.n, n_rows = (uint32_t)rows.n;

    buf_str(&file, buf_view(&rows));
    buf_put(&file, "PK\5\6", 4);
    u16(&file, 0), u16(&file, 0), u16(&file, (unsigned)n), u16(&file, (unsigned)n), u32(&file, n_rows), u32(&file, at), u16(&file, 0);
    return buf_view(&file);
}

#define PREFIX "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

static const char *z(const char *s)
{
    return s == NULL ? "" : s;
}

struct str xlsx_testing_make(struct arena *mem, const struct xlsx_testing *t)
{
    struct xlsx_testing_part parts[6] = {
        {"_rels/.rels", STR(PREFIX "<Relationships " PACKAGE "><Relationship Id=\"rId1\" Type=\"" LINKS
                                   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
        {"xl/workbook.xml", str_fmt(mem, PREFIX "<workbook " MAIN " xmlns:r=\"" LINKS "\">%s<sheets>%s</sheets></workbook>", z(t->book),
                                    t->sheets == NULL ? "<sheet name=\"Foglio1\" sheetId=\"1\" r:id=\"rId1\"/>" : t->sheets)},
        {"xl/_rels/workbook.xml.rels",
         STR(PREFIX "<Relationships " PACKAGE "><Relationship Id=\"rId1\" Type=\"" LINKS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                    "<Relationship Id=\"rId2\" Type=\"" LINKS "/styles\" Target=\"styles.xml\"/>"
                    "<Relationship Id=\"rId3\" Type=\"" LINKS "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                    "<Relationship Id=\"rId9\" Type=\"" LINKS "/worksheet\" Target=\"../../../../etc/passwd\"/>"
                    "<Relationship Id=\"rId8\" Type=\"" LINKS "/worksheet\" TargetMode=\"External\" Target=\"http://a.example/b.xml\"/>"
                    "</Relationships>")},
        {"xl/worksheets/sheet1.xml", str_fmt(mem, PREFIX "%s<worksheet " MAIN "><sheetData>%s</sheetData>%s</worksheet>", z(t->type),
                                             z(t->rows), z(t->after))},
    };
    int n = 4;

    if (t->shared != NULL)
        parts[n++] = (struct xlsx_testing_part){"xl/sharedStrings.xml", str_fmt(mem, PREFIX "<sst " MAIN ">%s</sst>", t->shared)};
    if (t->styles != NULL)
        parts[n++] = (struct xlsx_testing_part){"xl/styles.xml", str_fmt(mem, PREFIX "<styleSheet " MAIN ">%s</styleSheet>", t->styles)};
    return xlsx_testing_zip(mem, parts, n);
}

struct str xlsx_testing_of_text(struct arena *mem, const char *text)
{
    struct str rest = str_of(text);
    struct buf b = buf_new(mem, 4096);

    for (int row = 1; rest.n > 0; row++) {
        struct str line = str_cut(&rest, '\n');

        buf_fmt(&b, "<row r=\"%d\">", row);
        for (int column = 0; column < 26 && line.n > 0; column++) {
            buf_fmt(&b, "<c r=\"%c%d\" t=\"inlineStr\"><is><t>", 'A' + column, row);
            buf_html(&b, str_cut(&line, '\t'));
            buf_z(&b, "</t></is></c>");
        }
        buf_z(&b, "</row>");
    }
    return xlsx_testing_make(mem, &(struct xlsx_testing){.rows = str_z(mem, buf_view(&b))});
}
