/* Assets: fingerprint, type, compressed bodies; style sheets name the fingerprinted files. */
#include "embed.h"
#include <brotli/encode.h>
#include <sodium.h>
#include <string.h>
#include <zlib.h>

struct kind {
    const char *ending, *type;
    bool is_text; /* worth compressing */
};

static const struct kind kinds[] = {
    {".css", "text/css; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".svg", "image/svg+xml", true},
    {".json", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".ico", "image/vnd.microsoft.icon", true},
    {".woff2", "font/woff2", false},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".webp", "image/webp", false},
};

struct made {
    const char *name, *address;
    const struct kind *kind;
    struct str plain, brotli, gzip;
};

static const struct kind *kind_of(const char *name)
{
    for (int i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_ends(str_of(name), str_of(kinds[i].ending)))
            return &kinds[i];
    return NULL;
}

static struct str compress_brotli(struct arena *mem, struct str s)
{
    size_t n = BrotliEncoderMaxCompressedSize(s.n);
    uint8_t *const out = arena_alloc(mem, n + 16);

    if (!BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.p, &n, out))
        return (struct str){"", 0};
    return (struct str){(const char *)out, n};
}

/* No name and no time in the gzip header: the same input gives the same bytes. */
static struct str compress_gzip(struct arena *mem, struct str s)
{
    z_stream z = {0};

    if (deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return (struct str){"", 0};
    const size_t room = deflateBound(&z, s.n) + 32;
    unsigned char *const out = arena_alloc(mem, room);

    z.next_in = (unsigned char *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    const bool is_whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    const size_t n = z.total_out;

    deflateEnd(&z);
    return (struct str){(const char *)out, is_whole ? n : 0};
}

/* /assets/STEM.FINGERPRINT.EXT */
static const char *address_of(struct arena *mem, const char *name, struct str bytes)
{
    unsigned char hash[crypto_generichash_BYTES];
    const char *const dot = strrchr(name, '.');

    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    return str_fmt(mem, "/assets/%.*s.%02x%02x%02x%02x%s", (int)(dot - name), name, hash[0],
                   hash[1], hash[2], hash[3], dot)
        .p;
}

static const struct made *find(const struct made *list, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(name, list[i].name))
            return &list[i];
    return NULL;
}

static struct str unquoted(struct str s)
{
    s = str_trim(s);
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        s = (struct str){s.p + 1, s.n - 2};
    return s;
}

/* Where the bracket of url( closes; inside quotes a bracket is an ordinary character, as in a data:
 * picture. -1 when it never closes. */
static ptrdiff_t end_of_address(struct str s)
{
    size_t at = 0;

    if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
        const ptrdiff_t quote = str_index(str_from(s, 1), s.p[0]);

        if (quote < 0)
            return -1;
        at = (size_t)quote + 2;
    }
    const ptrdiff_t close = str_index(str_from(s, at), ')');

    return close < 0 ? -1 : (ptrdiff_t)at + close;
}

/* url(x.woff2) becomes url(x.1a2b3c4d.woff2): both stand under /assets/. */
static bool rewrite_css(struct arena *mem, struct made *m, const struct made *list, int n,
                        struct str *why)
{
    struct buf b = buf_new(mem, m->plain.n + 256);
    struct str rest = m->plain;

    for (const char *at; rest.n > 4 && (at = memmem(rest.p, rest.n, "url(", 4)) != NULL;) {
        const size_t before = (size_t)(at - rest.p) + 4;
        struct str after = str_from(rest, before);
        const ptrdiff_t close = end_of_address(after);

        if (close < 0)
            break;
        const struct str target = unquoted(str_head(after, (size_t)close));
        struct str base = target;

        for (ptrdiff_t slash; (slash = str_index(base, '/')) >= 0;)
            base = str_from(base, (size_t)slash + 1);
        const struct made *const other = find(list, n, base);
        const bool is_left =
            target.n == 0 || target.p[0] == '#' || str_starts(target, STR("data:"));

        if (!is_left && other == NULL) {
            *why = str_fmt(mem, "%s names %.*s, which is not among the assets", m->name,
                           (int)target.n, target.p);
            return false;
        }
        buf_str(&b, str_head(rest, before));
        if (is_left)
            buf_str(&b, str_head(after, (size_t)close));
        else
            buf_z(&b, strrchr(other->address, '/') + 1);
        rest = str_from(after, (size_t)close);
    }
    buf_str(&b, rest);
    m->plain = buf_view(&b);
    return true;
}

static void compress_bodies(struct arena *mem, struct made *m)
{
    if (!m->kind->is_text)
        return;
    m->brotli = compress_brotli(mem, m->plain);
    m->gzip = compress_gzip(mem, m->plain);
    if (m->brotli.n >= m->plain.n)
        m->brotli.n = 0;
    if (m->gzip.n >= m->plain.n)
        m->gzip.n = 0;
}

static void put_body(struct buf *c, struct buf *blob, struct str body)
{
    if (body.n == 0)
        buf_z(c, ", {0, 0}");
    else
        buf_fmt(c, ",\n     {wecare_assets_blob + %zu, %zu}", embed_blob_add(blob, body), body.n);
}

static void put_code(const struct made *list, int n, const char *blob_path, struct buf *c,
                     struct buf *blob)
{
    buf_z(c, "/* The assets of ui/dist: made by embed, not to be edited. */\n#include "
             "\"web/asset.h\"\n\n");
    embed_blob_code(c, "wecare_assets_blob", blob_path);
    buf_z(c, "\nconst struct asset asset_all[] = {\n");
    for (int i = 0; i < n; i++) {
        buf_z(c, "    {");
        embed_c_string(c, str_of(list[i].name));
        buf_z(c, ", ");
        embed_c_string(c, str_of(list[i].address));
        buf_z(c, ", ");
        embed_c_string(c, str_of(list[i].kind->type));
        put_body(c, blob, list[i].plain);
        put_body(c, blob, list[i].brotli);
        put_body(c, blob, list[i].gzip);
        buf_z(c, "},\n");
    }
    buf_fmt(c, "    {0, 0, 0, {0, 0}, {0, 0}, {0, 0}}};\nconst int n_assets = %d;\n", n);
}

bool embed_assets(struct arena *mem, const struct embed_file *files, int n_files,
                  const char *blob_path, struct buf *c, struct buf *blob, struct str *why)
{
    struct made *const list = ARENA_ARRAY(mem, struct made, (size_t)n_files + 1);
    int n = 0;

    for (int i = 0; i < n_files; i++) {
        const struct kind *const kind = kind_of(files[i].name);

        if (kind != NULL)
            list[n++] = (struct made){.name = files[i].name, .kind = kind, .plain = files[i].bytes};
    }
    for (int i = 0; i < n; i++)
        if (list[i].kind != &kinds[0])
            list[i].address = address_of(mem, list[i].name, list[i].plain);
    for (int i = 0; i < n; i++) {
        if (list[i].kind == &kinds[0]) { /* a style sheet is named by what it says at last */
            if (!rewrite_css(mem, &list[i], list, n, why))
                return false;
            list[i].address = address_of(mem, list[i].name, list[i].plain);
        }
        compress_bodies(mem, &list[i]);
    }
    put_code(list, n, blob_path, c, blob);
    return true;
}
