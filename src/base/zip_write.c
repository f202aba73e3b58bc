#include "base/zip_write.h"
#include "base/date.h"
#include "base/log.h"
#include <string.h>
#include <zlib.h>

enum {
    LEVEL = 6,
    RAW_WINDOW = -15, /* no header of zlib's own */
    MEMORY = 8,
    VERSION = 20,         /* deflate */
    FLAG_SUMS_AFTER = 8,  /* crc and lengths follow the bytes */
    FLAG_UTF8 = 0x800,
    DEFLATED = 8,
    FIRST_YEAR = 1980
};

struct zip_flow {
    z_stream z;
    uint32_t crc;
    int64_t n_plain, n_packed;
};

struct zip_write_entry {
    const char *name;
    uint32_t crc;
    int64_t n_plain, n_packed, at;
    int flags;
};

/* ---- packing ---- */

static void *take(void *mem, unsigned n, unsigned size)
{
    return arena_array(mem, n, size);
}

static void give(void *mem, void *p)
{
    (void)mem; /* goes with the arena */
    (void)p;
}

struct zip_flow *zip_flow_new(struct arena *mem)
{
    struct zip_flow *f = ARENA_NEW(mem, struct zip_flow);

    f->z = (z_stream){.zalloc = take, .zfree = give, .opaque = mem};
    if (deflateInit2(&f->z, LEVEL, Z_DEFLATED, RAW_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        bug("zlib cannot begin");
    return f;
}

void zip_flow_put(struct zip_flow *f, struct buf *out, struct str bytes, bool is_last)
{
    const size_t before = out->n;

    f->crc = (uint32_t)crc32(f->crc, (const Bytef *)bytes.p, (uInt)bytes.n);
    f->n_plain += (int64_t)bytes.n;
    f->z.next_in = (Bytef *)(uintptr_t)bytes.p;
    f->z.avail_in = (uInt)bytes.n;
    do {
        buf_room(out, 1024);
        f->z.next_out = (Bytef *)out->p + out->n;
        f->z.avail_out = (uInt)(out->room - out->n);
        deflate(&f->z, is_last ? Z_FINISH : Z_NO_FLUSH);
        out->n = out->room - f->z.avail_out;
    } while (f->z.avail_out == 0);
    f->n_packed += (int64_t)(out->n - before);
}

int64_t zip_flow_packed(const struct zip_flow *f)
{
    return f->n_packed;
}

int64_t zip_flow_plain(const struct zip_flow *f)
{
    return f->n_plain;
}

/* ---- headers ---- */

static void put16(struct buf *b, unsigned v)
{
    buf_char(b, (char)(v & 0xff));
    buf_char(b, (char)(v >> 8 & 0xff));
}

static void put32(struct buf *b, uint64_t v)
{
    put16(b, (unsigned)(v & 0xffff));
    put16(b, (unsigned)(v >> 16 & 0xffff));
}

static void put_when(struct buf *b, const struct zip_write *z)
{
    const struct ymd d = day_to_ymd(z->day);
    const int year = d.year < FIRST_YEAR ? 0 : d.year - FIRST_YEAR;

    put16(b, (unsigned)(z->minutes / 60 << 11 | z->minutes % 60 << 5));
    put16(b, (unsigned)(year << 9 | d.month << 5 | d.day));
}

/* What the header before the bytes and the list at the end have in common. */
static void put_common(struct buf *b, const struct zip_write *z, const struct zip_write_entry *e, bool is_local)
{
    const bool is_later = is_local && (e->flags & FLAG_SUMS_AFTER) != 0;

    put16(b, VERSION);
    put16(b, (unsigned)e->flags);
    put16(b, DEFLATED);
    put_when(b, z);
    put32(b, is_later ? 0 : e->crc);
    put32(b, is_later ? 0 : (uint64_t)e->n_packed);
    put32(b, is_later ? 0 : (uint64_t)e->n_plain);
    put16(b, (unsigned)strlen(e->name));
    put16(b, 0);
}

struct zip_write zip_write_new(struct arena *mem, int day, int minutes)
{
    return (struct zip_write){.mem = mem, .day = day, .minutes = minutes};
}

static void begin(struct zip_write *z, struct buf *out, const char *name, const struct zip_flow *f)
{
    if (z->n == z->room) {
        const int room = z->room == 0 ? 32 : z->room * 2;

        z->list = arena_grow(z->mem, z->list, (size_t)z->room * sizeof *z->list, (size_t)room * sizeof *z->list);
        z->room = room;
    }
    struct zip_write_entry *e = &z->list[z->n++];
    const size_t before = out->n;

    *e = (struct zip_write_entry){.name = name, .at = z->at, .flags = FLAG_UTF8 | (f == NULL ? FLAG_SUMS_AFTER : 0)};
    if (f != NULL) {
        e->crc = f->crc;
        e->n_plain = f->n_plain;
        e->n_packed = f->n_packed;
    }
    put32(out, 0x04034b50);
    put_common(out, z, e, true);
    buf_z(out, name);
    z->at += (int64_t)(out->n - before) + e->n_packed;
}

void zip_write_open(struct zip_write *z, struct buf *out, const char *name)
{
    begin(z, out, name, NULL);
}

void zip_write_whole(struct zip_write *z, struct buf *out, const char *name, const struct zip_flow *f)
{
    begin(z, out, name, f);
}

void zip_write_close(struct zip_write *z, struct buf *out, const struct zip_flow *f)
{
    struct zip_write_entry *e = &z->list[z->n - 1];

    e->crc = f->crc;
    e->n_plain = f->n_plain;
    e->n_packed = f->n_packed;
    put32(out, 0x08074b50);
    put32(out, e->crc);
    put32(out, (uint64_t)e->n_packed);
    put32(out, (uint64_t)e->n_plain);
    z->at += e->n_packed + 16;
}

void zip_write_end(struct zip_write *z, struct buf *out)
{
    const size_t before = out->n;

    for (int i = 0; i < z->n; i++) {
        const struct zip_write_entry *e = &z->list[i];

        put32(out, 0x02014b50);
        put16(out, VERSION);
        put_common(out, z, e, false);
        put16(out, 0); /* comment, disk, kind of text */
        put16(out, 0);
        put16(out, 0);
        put32(out, 0); /* the system's own marks */
        put32(out, (uint64_t)e->at);
        buf_z(out, e->name);
    }
    const uint64_t n = out->n - before;

    put32(out, 0x06054b50);
    put16(out, 0);
    put16(out, 0);
    put16(out, (unsigned)z->n);
    put16(out, (unsigned)z->n);
    put32(out, n);
    put32(out, (uint64_t)z->at);
    put16(out, 0);
}

bool zip_write_is_full(const struct zip_write *z)
{
    for (int i = 0; i < z->n; i++)
        if (z->list[i].n_plain > UINT32_MAX)
            return true;
    return z->at > UINT32_MAX;
}
