/* unzip_test.c - honest zips are read to the last byte; the others are refused before they cost anything. */
#include "base/buf.h"
#include "base/unzip.h"
#include "base/macros.h"
#include "unit.h"
#include <string.h>
#include <zlib.h>

struct made {
    struct buf file, rows;
    int n;
};

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

struct odd {
    unsigned flags, method, mode;
    uint32_t size_said; /* 0: the true one */
    bool is_stored;
    uint32_t head_at; /* 0: its own */
};

static void add(struct arena *mem, struct made *m, const char *name, struct str data, struct odd odd)
{
    z_stream zs = {.zalloc = Z_NULL};
    uLong room = compressBound(data.n) + 100;
    unsigned char *packed = arena_alloc(mem, room);
    const uint32_t at = odd.head_at != 0 ? odd.head_at - 1 : (uint32_t)m->file.n;
    const uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)data.p, (uInt)data.n);

    deflateInit2(&zs, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    zs.next_in = (unsigned char *)data.p;
    zs.avail_in = (uInt)data.n;
    zs.next_out = packed;
    zs.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&zs, Z_FINISH), Z_STREAM_END);
    const struct str bytes = odd.is_stored ? data : (struct str){(char *)packed, zs.total_out};
    const uint32_t size = odd.size_said != 0 ? odd.size_said : (uint32_t)data.n;
    const unsigned method = odd.method != 0 ? odd.method : odd.is_stored ? 0 : 8;

    deflateEnd(&zs);
    if (odd.head_at == 0) {
        buf_put(&m->file, "PK\3\4", 4);
        u16(&m->file, 20), u16(&m->file, odd.flags), u16(&m->file, method), u32(&m->file, 0);
        u32(&m->file, crc), u32(&m->file, (uint32_t)bytes.n), u32(&m->file, size);
        u16(&m->file, (unsigned)strlen(name)), u16(&m->file, 0);
        buf_z(&m->file, name);
        buf_str(&m->file, bytes);
    }
    buf_put(&m->rows, "PK\1\2", 4);
    u16(&m->rows, 3 << 8 | 20), u16(&m->rows, 20), u16(&m->rows, odd.flags), u16(&m->rows, method), u32(&m->rows, 0);
    u32(&m->rows, crc), u32(&m->rows, (uint32_t)bytes.n), u32(&m->rows, size);
    u16(&m->rows, (unsigned)strlen(name)), u16(&m->rows, 0), u16(&m->rows, 0), u16(&m->rows, 0), u16(&m->rows, 0);
    u32(&m->rows, odd.mode << 16), u32(&m->rows, at);
    buf_z(&m->rows, name);
    m->n++;
}

static struct made fresh(struct arena *mem)
{
    return (struct made){buf_new(mem, 256), buf_new(mem, 256), 0};
}

static struct str done(struct made *m)
{
    const uint32_t at = (uint32_t)m->file.n, n = (uint32_t)m->rows.n;

    buf_str(&m->file, buf_view(&m->rows));
    buf_put(&m->file, "PK\5\6\0\0\0\0", 8);
    u16(&m->file, (unsigned)m->n), u16(&m->file, (unsigned)m->n), u32(&m->file, n), u32(&m->file, at), u16(&m->file, 0);
    return buf_view(&m->file);
}

static const char *refusal(struct arena *mem, struct str bytes, const struct unzip_limits *limits)
{
    struct unzip_trouble t = {.key = NULL};
    struct unzip *z;
    enum status st = unzip_open(mem, NULL, bytes, limits, &z, &t);
    struct str whole;

    if (st == ST_OK)
        st = unzip_whole(z, 0, mem, 1 << 20, &whole, &t);
    unzip_close(st == ST_NOT_FOUND ? NULL : z);
    return st == ST_OK ? "" : t.key;
}

static struct str repeated(struct arena *mem, const char *text, int times)
{
    struct buf b = buf_new(mem, 1024);

    for (int i = 0; i < times; i++)
        buf_z(&b, text);
    return buf_view(&b);
}

START_TEST(test_unzip__entries_are_read_whole)
{
    struct arena *mem = arena_new(0);
    struct made m = fresh(mem);
    struct unzip_trouble t;
    struct unzip *z;
    struct str whole;
    const struct str text = repeated(mem, "ciao, ", 30000);

    add(mem, &m, "pack/", STR(""), (struct odd){.is_stored = true});
    add(mem, &m, "pack/services.csv", text, (struct odd){.flags = 0});
    add(mem, &m, "stored.txt", STR("as it is"), (struct odd){.is_stored = true});
    ck_assert_int_eq(unzip_open(mem, NULL, done(&m), NULL, &z, &t), ST_OK);
    ck_assert_int_eq(unzip_count(z), 2);
    ck_assert_int_eq(unzip_find(z, "services.csv"), 0);
    ck_assert_int_eq(unzip_find(z, "ervices.csv"), -1);
    ck_assert_int_eq(unzip_whole(z, 0, mem, 1 << 20, &whole, &t), ST_OK);
    ck_assert(str_eq(whole, text));
    ck_assert_int_eq(unzip_whole(z, 1, mem, 1 << 20, &whole, &t), ST_OK);
    ck_assert(str_eq_z(whole, "as it is"));
    ck_assert_int_eq(unzip_whole(z, 0, mem, 1000, &whole, &t), ST_INVALID);
    unzip_close(z);
    arena_free(mem);
}
END_TEST

START_TEST(test_unzip__what_is_not_plain_is_refused)
{
    static const struct {
        const char *name;
        struct odd odd;
        const char *key;
    } cases[] = {
        {"fine.csv", {0}, ""},
        {"../up.csv", {0}, "base.zip-name"},
        {"/etc/passwd", {0}, "base.zip-name"},
        {"a/../../b", {0}, "base.zip-name"},
        {"C:\\x", {0}, "base.zip-name"},
        {"line\nend", {0}, "base.zip-name"},
        {"", {0}, "base.zip-name"},
        {"locked.csv", {.flags = 1}, "base.zip-locked"},
        {"lzma.csv", {.method = 14}, "base.zip-method"},
        {"link", {.mode = 0120777}, "base.zip-link"},
        {"liar.csv", {.size_said = 3}, "base.zip-ratio"},
        {"short.csv", {.size_said = 4000}, "base.zip-broken"},
        {"big.csv", {.size_said = 0xffffffff}, "base.zip-64"},
    };
    struct arena *mem = arena_new(0);

    for (int i = 0; i < ARRAY_LEN(cases); i++) {
        struct made m = fresh(mem);

        add(mem, &m, cases[i].name, STR("some text that is not short"), cases[i].odd);
        ck_assert_str_eq(refusal(mem, done(&m), NULL), cases[i].key);
    }
    arena_free(mem);
}
END_TEST

START_TEST(test_unzip__bombs_are_refused_unopened)
{
    struct arena *mem = arena_new(0);
    struct made ratio = fresh(mem), overlap = fresh(mem), many = fresh(mem), large = fresh(mem), twice = fresh(mem);
    const struct str zeros = repeated(mem, "0000000000000000", 1 << 18);

    add(mem, &ratio, "bomb.csv", zeros, (struct odd){0});
    ck_assert_str_eq(refusal(mem, done(&ratio), NULL), "base.zip-ratio");
    add(mem, &overlap, "a.csv", STR("the same bytes for all"), (struct odd){0});
    add(mem, &overlap, "b.csv", STR("the same bytes for all"), (struct odd){.head_at = 1});
    ck_assert_str_eq(refusal(mem, done(&overlap), NULL), "base.zip-overlap");
    for (int i = 0; i < 30; i++)
        add(mem, &many, str_fmt(mem, "%d", i).p, STR("x"), (struct odd){0});
    ck_assert_str_eq(refusal(mem, done(&many), &(struct unzip_limits){.max_entries = 29}), "base.zip-many");
    add(mem, &large, "a.csv", zeros, (struct odd){.is_stored = true});
    ck_assert_str_eq(refusal(mem, done(&large), &(struct unzip_limits){.max_bytes = 1000}), "base.zip-large");
    add(mem, &twice, "a.csv", STR("one"), (struct odd){0});
    add(mem, &twice, "a.csv", STR("two"), (struct odd){0});
    ck_assert_str_eq(refusal(mem, done(&twice), NULL), "base.zip-twice");
    arena_free(mem);
}
END_TEST

START_TEST(test_unzip__every_cut_and_every_changed_byte_ends_in_words)
{
    struct arena *mem = arena_new(0);
    struct made m = fresh(mem);

    add(mem, &m, "a.csv", STR("id,name\n1,uno\n"), (struct odd){0});
    const struct str bytes = done(&m);

    for (size_t n = 0; n < bytes.n; n++)
        ck_assert_str_ne(refusal(mem, str_copy(mem, str_head(bytes, n)), NULL), "");
    for (size_t i = 0; i < bytes.n; i++) {
        const struct str other = str_copy(mem, bytes);

        ((char *)other.p)[i] ^= 0x15;
        refusal(mem, other, NULL); /* any answer, no harm: the sanitizers look */
    }
    arena_free(mem);
}
END_TEST

UNIT_MAIN("unzip", test_unzip__entries_are_read_whole, test_unzip__what_is_not_plain_is_refused,
          test_unzip__bombs_are_refused_unopened, test_unzip__every_cut_and_every_changed_byte_ends_in_words)
