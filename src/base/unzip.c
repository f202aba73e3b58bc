/* unzip.c - the directory at the end of a zip is read and judged; entries are inflated bit by bit. */
#include "base/unzip.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { END_BYTES = 22, MOST_COMMENT = 65535, HEAD_BYTES = 30, ROW_BYTES = 46, MAX_NAME = 255, CHUNK = 64 * 1024 };
enum { MAX_DIRECTORY = 4 * 1024 * 1024, FREE_BYTES = 1024 * 1024 };

struct entry {
    struct str name;
    int64_t packed, size, head_at, end_at; /* from its local header to its last byte */
    uint32_t crc;
    int method;
};

struct unzip {
    struct arena *mem, *work; /* work: of the open entry */
    int fd;
    struct str bytes;
    int64_t n_file;
    struct unzip_limits limits;
    struct entry *entries;
    int n_entries;
    /* the open entry */
    struct entry *open;
    z_stream zs;
    bool has_stream;
    int64_t at, left, n_out; /* next packed byte, packed bytes left, unpacked so far */
    uint32_t crc;
    unsigned char *in;
    bool is_at_end;
};

static enum status refuse(struct unzip *z, struct unzip_trouble *t, const char *key, struct str value)
{
    *t = (struct unzip_trouble){key, str_is_utf8(value) ? str_copy(z->mem, str_head(value, 80)) : STR("?")};
    if (!str_is_utf8(t->value))
        t->value = STR("?");
    return ST_INVALID;
}

static int u16(const unsigned char *p)
{
    return p[0] | p[1] << 8;
}

static uint32_t u32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool read_at(const struct unzip *z, int64_t at, void *to, size_t n)
{
    if (at < 0 || at > z->n_file || (int64_t)n > z->n_file - at)
        return false;
    if (z->fd < 0) {
        memcpy(to, z->bytes.p + at, n);
        return true;
    }
    for (size_t done = 0; done < n;) {
        const ssize_t got = pread(z->fd, (char *)to + done, n - done, (off_t)(at + (int64_t)done));

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

/* ---- the directory ---- */

/* No folder of ours is left by that name, on any system. */
static bool is_good_name(struct str name)
{
    struct str rest = name;

    if (name.n == 0 || name.n > MAX_NAME || !str_is_utf8(name) || name.p[0] == '/')
        return false;
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == '\\' || name.p[i] == ':')
            return false;
    while (rest.n > 0)
        if (str_eq_z(str_cut(&rest, '/'), ".."))
            return false;
    return true;
}

static bool is_link(const unsigned char *row)
{
    enum { MADE_ON_UNIX = 3 };

    return row[5] == MADE_ON_UNIX && S_ISLNK((mode_t)(u32(row + 38) >> 16));
}

static enum status judge(struct unzip *z, const unsigned char *row, struct str name, struct unzip_trouble *t)
{
    enum { ENCRYPTED = 1, STRONG = 64, MASKED = 8192 };
    const int flags = u16(row + 8), method = u16(row + 10);

    if (!is_good_name(name))
        return refuse(z, t, "base.zip-name", name);
    if ((flags & (ENCRYPTED | STRONG | MASKED)) != 0)
        return refuse(z, t, "base.zip-locked", name);
    if (method != 0 && method != Z_DEFLATED)
        return refuse(z, t, "base.zip-method", name);
    if (is_link(row))
        return refuse(z, t, "base.zip-link", name);
    if (u32(row + 20) == UINT32_MAX || u32(row + 24) == UINT32_MAX || u32(row + 42) == UINT32_MAX || u16(row + 34) != 0)
        return refuse(z, t, "base.zip-64", name);
    if (method == 0 && u32(row + 20) != u32(row + 24))
        return refuse(z, t, "base.zip-broken", name);
    return ST_OK;
}

static enum status judge_size(struct unzip *z, const struct entry *e, int64_t *total, struct unzip_trouble *t)
{
    *total += e->size;
    if (e->size > z->limits.max_entry_bytes || *total > z->limits.max_bytes)
        return refuse(z, t, "base.zip-large", e->name);
    if (e->size > FREE_BYTES && e->size / z->limits.max_ratio > e->packed)
        return refuse(z, t, "base.zip-ratio", e->name);
    return ST_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;

    return (x->head_at > y->head_at) - (x->head_at < y->head_at);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp((*(struct entry *const *)a)->name, (*(struct entry *const *)b)->name);
}

/* Entries that share bytes make much of little; two of one name are read one way here and another there. */
static enum status judge_all(struct unzip *z, int64_t directory_at, struct unzip_trouble *t)
{
    struct entry **order = ARENA_ARRAY(z->mem, struct entry *, (size_t)z->n_entries + 1);

    for (int i = 0; i < z->n_entries; i++)
        order[i] = &z->entries[i];
    if (z->n_entries > 1)
        qsort(order, (size_t)z->n_entries, sizeof *order, by_place);
    for (int i = 0; i < z->n_entries; i++) {
        const int64_t next = i + 1 < z->n_entries ? order[i + 1]->head_at : directory_at;
        unsigned char head[HEAD_BYTES];

        if (!read_at(z, order[i]->head_at, head, sizeof head) || memcmp(head, "PK\3\4", 4) != 0)
            return refuse(z, t, "base.zip-broken", order[i]->name);
        order[i]->end_at = order[i]->head_at + HEAD_BYTES + u16(head + 26) + u16(head + 28) + order[i]->packed;
        if (order[i]->end_at > next)
            return refuse(z, t, "base.zip-overlap", order[i]->name);
    }
    if (z->n_entries > 1)
        qsort(order, (size_t)z->n_entries, sizeof *order, by_name);
    for (int i = 1; i < z->n_entries; i++)
        if (str_eq(order[i]->name, order[i - 1]->name))
            return refuse(z, t, "base.zip-twice", order[i]->name);
    return ST_OK;
}

static enum status read_rows(struct unzip *z, const unsigned char *rows, int64_t n_bytes, int n, struct unzip_trouble *t)
{
    int64_t at = 0, total = 0;

    for (int i = 0; i < n; i++) {
        const unsigned char *row = rows + at;

        if (n_bytes - at < ROW_BYTES || memcmp(row, "PK\1\2", 4) != 0)
            return refuse(z, t, "base.zip-broken", STR(""));
        const int n_name = u16(row + 28);
        const int64_t n_row = (int64_t)ROW_BYTES + n_name + u16(row + 30) + u16(row + 32);

        if (n_bytes - at < n_row)
            return refuse(z, t, "base.zip-broken", STR(""));
        const struct str name = {(const char *)row + ROW_BYTES, (size_t)n_name};
        enum status st = judge(z, row, name, t);

        if (st != ST_OK)
            return st;
        at += n_row;
        if (name.p[name.n - 1] == '/')
            continue; /* a folder */
        struct entry *e = &z->entries[z->n_entries++];

        *e = (struct entry){.name = str_copy(z->mem, name), .packed = u32(row + 20), .size = u32(row + 24),
                            .head_at = u32(row + 42), .crc = u32(row + 16), .method = u16(row + 10)};
        st = judge_size(z, e, &total, t);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* The end record stands last but for a comment. NULL: there is none. */
static const unsigned char *find_end(struct unzip *z, int64_t *out_at)
{
    const int64_t n = z->n_file < END_BYTES + MOST_COMMENT ? z->n_file : END_BYTES + MOST_COMMENT;
    unsigned char *tail = arena_alloc(z->work, (size_t)n);

    if (n < END_BYTES || !read_at(z, z->n_file - n, tail, (size_t)n))
        return NULL;
    for (int64_t i = n - END_BYTES; i >= 0; i--)
        if (memcmp(tail + i, "PK\5\6", 4) == 0 && i + END_BYTES + u16(tail + i + 20) == n) {
            *out_at = z->n_file - n + i;
            return tail + i;
        }
    return NULL;
}

static enum status read_directory(struct unzip *z, struct unzip_trouble *t)
{
    int64_t end_at = 0;
    const unsigned char *end = find_end(z, &end_at);

    if (end == NULL)
        return refuse(z, t, "base.zip-none", STR(""));
    const int n = u16(end + 10);
    const int64_t n_bytes = u32(end + 12), at = u32(end + 16);

    if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != n || n == 65535 || at == UINT32_MAX)
        return refuse(z, t, "base.zip-64", STR(""));
    if (n > z->limits.max_entries || n_bytes > MAX_DIRECTORY)
        return refuse(z, t, "base.zip-many", str_fmt(z->work, "%d", z->limits.max_entries));
    if (at + n_bytes > end_at)
        return refuse(z, t, "base.zip-broken", STR(""));
    unsigned char *rows = arena_alloc(z->work, (size_t)n_bytes);

    if (!read_at(z, at, rows, (size_t)n_bytes))
        return refuse(z, t, "base.zip-broken", STR(""));
    z->entries = ARENA_ARRAY(z->mem, struct entry, (size_t)n + 1);
    const enum status st = read_rows(z, rows, n_bytes, n, t);

    return st == ST_OK ? judge_all(z, at, t) : st;
}

enum status unzip_open(struct arena *mem, const char *file, struct str bytes, const struct unzip_limits *limits,
                       struct unzip **out, struct unzip_trouble *trouble)
{
    struct unzip *z = ARENA_NEW(mem, struct unzip);
    struct stat about;

    *out = NULL;
    *trouble = (struct unzip_trouble){"base.zip-none", STR("")};
    z->mem = mem;
    z->bytes = bytes;
    z->n_file = (int64_t)bytes.n;
    z->fd = file == NULL ? -1 : open(file, O_RDONLY | O_CLOEXEC);
    if (file != NULL && (z->fd < 0 || fstat(z->fd, &about) != 0)) {
        if (z->fd >= 0)
            close(z->fd);
        return ST_NOT_FOUND;
    }
    if (file != NULL)
        z->n_file = S_ISREG(about.st_mode) ? about.st_size : 0;
    if (limits != NULL)
        z->limits = *limits;
    if (z->limits.max_entries == 0)
        z->limits.max_entries = 200;
    if (z->limits.max_bytes == 0)
        z->limits.max_bytes = (int64_t)2 << 30;
    if (z->limits.max_entry_bytes == 0)
        z->limits.max_entry_bytes = z->limits.max_bytes;
    if (z->limits.max_ratio == 0)
        z->limits.max_ratio = 200;
    z->work = arena_new(0);
    const enum status st = read_directory(z, trouble);

    if (st != ST_OK) {
        unzip_close(z);
        return st;
    }
    arena_reset(z->work);
    *out = z;
    return ST_OK;
}

static void let_go(struct unzip *z)
{
    if (z->has_stream)
        inflateEnd(&z->zs);
    z->has_stream = false;
    z->open = NULL;
    arena_reset(z->work);
}

void unzip_close(struct unzip *z)
{
    if (z == NULL)
        return;
    let_go(z);
    arena_free(z->work);
    if (z->fd >= 0)
        close(z->fd);
    z->fd = -1;
}

/* ---- names ---- */

int unzip_count(const struct unzip *z)
{
    return z->n_entries;
}

struct str unzip_name(const struct unzip *z, int i)
{
    return z->entries[i].name;
}

int64_t unzip_size(const struct unzip *z, int i)
{
    return z->entries[i].size;
}

int unzip_find(const struct unzip *z, const char *name)
{
    const struct str wanted = str_of(name);
    int found = -1;

    for (int i = 0; i < z->n_entries; i++) {
        const struct str n = z->entries[i].name;

        if (str_eq(n, wanted))
            return i;
        if (found < 0 && n.n > wanted.n && n.p[n.n - wanted.n - 1] == '/' && str_ends(n, wanted))
            found = i;
    }
    return found;
}

/* ---- one entry ---- */

static voidpf z_alloc(voidpf arg, uInt n, uInt size)
{
    return arena_array(arg, n, size);
}

static void z_free(voidpf arg, voidpf p)
{
    (void)arg;
    (void)p; /* goes with the arena */
}

enum status unzip_entry(struct unzip *z, int i, struct unzip_trouble *trouble)
{
    struct entry *e = &z->entries[i];

    let_go(z);
    z->at = e->end_at - e->packed;
    z->left = e->packed;
    z->n_out = 0;
    z->crc = (uint32_t)crc32(0, NULL, 0);
    z->is_at_end = false;
    z->in = arena_alloc(z->work, CHUNK);
    if (e->method == Z_DEFLATED) {
        z->zs = (z_stream){.zalloc = z_alloc, .zfree = z_free, .opaque = z->work};
        if (inflateInit2(&z->zs, -MAX_WBITS) != Z_OK)
            return refuse(z, trouble, "base.zip-broken", e->name);
        z->has_stream = true;
    }
    z->open = e;
    return ST_OK;
}

static size_t next_packed(struct unzip *z, void *to, size_t n)
{
    const size_t take = z->left < (int64_t)n ? (size_t)z->left : n;

    if (take == 0 || !read_at(z, z->at, to, take))
        return 0;
    z->at += (int64_t)take;
    z->left -= (int64_t)take;
    return take;
}

/* Unpacks into `to`; false: broken. */
static bool inflate_some(struct unzip *z, void *to, size_t n, size_t *out_n)
{
    z->zs.next_out = to;
    z->zs.avail_out = (uInt)n;
    while (z->zs.avail_out > 0 && !z->is_at_end) {
        if (z->zs.avail_in == 0) {
            z->zs.next_in = z->in;
            z->zs.avail_in = (uInt)next_packed(z, z->in, CHUNK);
        }
        const int rc = inflate(&z->zs, Z_NO_FLUSH);

        z->is_at_end = rc == Z_STREAM_END;
        if (rc != Z_OK && rc != Z_STREAM_END)
            return false; /* Z_BUF_ERROR: it ends before its end */
    }
    *out_n = n - z->zs.avail_out;
    return true;
}

enum status unzip_read(struct unzip *z, void *to, size_t n, size_t *out_n, struct unzip_trouble *trouble)
{
    const struct entry *e = z->open;

    *out_n = 0;
    if (e == NULL)
        return refuse(z, trouble, "base.zip-broken", STR(""));
    n = n > CHUNK ? CHUNK : n;
    if (e->method == 0)
        *out_n = next_packed(z, to, n);
    else if (!inflate_some(z, to, n, out_n))
        return refuse(z, trouble, "base.zip-broken", e->name);
    z->n_out += (int64_t)*out_n;
    z->crc = (uint32_t)crc32(z->crc, to, (uInt)*out_n);
    /* It says one size in the directory and has another: whoever believed the directory is deceived. */
    if (z->n_out > e->size || (*out_n == 0 && (z->n_out != e->size || z->crc != e->crc)))
        return refuse(z, trouble, z->n_out > e->size ? "base.zip-ratio" : "base.zip-broken", e->name);
    return ST_OK;
}

enum status unzip_whole(struct unzip *z, int i, struct arena *mem, int64_t max_bytes, struct str *out,
                        struct unzip_trouble *trouble)
{
    const int64_t n = z->entries[i].size;
    enum status st = unzip_entry(z, i, trouble);

    if (n > max_bytes)
        return refuse(z, trouble, "base.zip-large", z->entries[i].name);
    char *p = arena_alloc(mem, (size_t)n + 1);
    char past[1];
    size_t at = 0, got = 1;

    while (st == ST_OK && got > 0) {
        const bool is_full = (int64_t)at == n;

        st = unzip_read(z, is_full ? past : p + at, is_full ? 1 : (size_t)n - at, &got, trouble);
        at += is_full ? 0 : got;
    }
    *out = (struct str){p, at};
    return st;
}

enum status unzip_to_file(struct unzip *z, int i, const char *file, struct unzip_trouble *trouble)
{
    const int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum status st = fd < 0 ? ST_UNAVAILABLE : unzip_entry(z, i, trouble);
    struct arena *mem = arena_new(0);
    char *chunk = arena_alloc(mem, CHUNK);

    for (size_t got = 1; st == ST_OK && got > 0;) {
        st = unzip_read(z, chunk, CHUNK, &got, trouble);
        for (size_t done = 0; st == ST_OK && done < got;) {
            const ssize_t w = write(fd, chunk + done, got - done);

            if (w < 0 && errno != EINTR)
                st = ST_UNAVAILABLE;
            done += w > 0 ? (size_t)w : 0;
        }
    }
    if (fd >= 0 && close(fd) != 0 && st == ST_OK)
        st = ST_UNAVAILABLE;
    if (fd >= 0 && st != ST_OK)
        unlink(file);
    arena_free(mem);
    return st;
}

bool unzip_is_zip(struct str first)
{
    return first.n >= 4 && (memcmp(first.p, "PK\3\4", 4) == 0 || memcmp(first.p, "PK\5\6", 4) == 0);
}
