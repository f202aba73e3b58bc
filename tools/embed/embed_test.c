#include "embed.h"
#include "unit.h"
#include <brotli/decode.h>
#include <sodium.h>
#include <string.h>
#include <zlib.h>

/* ---- catalogues: a small MO file made here, so that it can be bent ---- */

struct entry {
    struct str id, words;
};

static const char header[] =
    "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n";

static void put32(char *at, uint32_t v)
{
    memcpy(at, &v, 4);
}

static struct str make_mo(struct arena *mem, const struct entry *entries, uint32_t n)
{
    char *const p = arena_alloc(mem, 4096);
    uint32_t at = 28 + n * 16;

    put32(p, 0x950412deu);
    put32(p + 8, n);
    put32(p + 12, 28);
    put32(p + 16, 28 + n * 8);
    for (uint32_t i = 0; i < n * 2; i++) {
        const struct str s = i < n ? entries[i].id : entries[i - n].words;

        put32(p + 28 + i * 8, (uint32_t)s.n);
        put32(p + 28 + i * 8 + 4, at);
        memcpy(p + at, s.p, s.n);
        at += (uint32_t)s.n + 1;
    }
    return (struct str){p, at};
}

static const struct entry good[] = {
    {STR(""), {header, sizeof header - 1}},
    {STR("a.one"), STR("uno")},
    {STR("a.things\0a.things"), STR("{n} cosa\0{n} cose")},
};

START_TEST(test_mo__words_and_plurals)
{
    struct arena *const mem = arena_new(0);
    struct mo m;
    struct str why;

    ck_assert_msg(mo_read(mem, make_mo(mem, good, 3), &m, &why), "%.*s", (int)why.n, why.p);
    ck_assert_int_eq(m.n_words, 2);
    ck_assert_int_eq(m.n_plurals, 2);
    ck_assert(str_eq_z(m.plural, "(n != 1)"));
    ck_assert(str_eq_z(m.words[0].key, "a.one") && str_eq_z(m.words[0].forms[0], "uno"));
    ck_assert(str_eq_z(m.words[1].key, "a.things") && m.words[1].n_forms == 2);
    ck_assert(str_eq_z(m.words[1].forms[1], "{n} cose"));
    arena_free(mem);
}
END_TEST

static void refused(struct arena *mem, const struct entry *entries, uint32_t n, const char *says)
{
    struct mo m;
    struct str why;

    ck_assert_msg(!mo_read(mem, make_mo(mem, entries, n), &m, &why), "accepted; should say %s",
                  says);
    ck_assert_msg(strstr(str_z(mem, why), says) != NULL, "says %.*s, not %s", (int)why.n, why.p,
                  says);
}

START_TEST(test_mo__refusals_say_why)
{
    struct arena *const mem = arena_new(0);
    struct entry e[3];

#define BENT(i, field, value) (memcpy(e, good, sizeof e), e[i].field = STR(value), e)
    refused(mem, BENT(0, words, "Content-Type: text/plain; charset=ISO-8859-1\n"), 3, "UTF-8");
    refused(mem, BENT(0, words, "Content-Type: text/plain; charset=UTF-8\n"), 3, "Plural-Forms");
    refused(mem,
            BENT(0, words, "Content-Type: x; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n;\n"),
            3, "no form for 2");
    refused(mem, BENT(1, words, ""), 3, "words are missing");
    refused(mem, BENT(1, words, "\xff"), 3, "not UTF-8");
    refused(mem, BENT(1, words, "uno\0due"), 3, "2 forms, not 1");
    refused(mem, BENT(2, words, "{n} cosa"), 3, "1 forms, not 2");
    refused(mem, BENT(1, id, "menu\4a.one"), 3, "context");
    refused(mem, BENT(0, id, "a"), 3, "without a header");
    refused(mem, e, 0, "without a header");
    arena_free(mem);
}
END_TEST

/* Every length and every single word of the file bent: never a read outside (sanitizers), never a
 * crash. */
START_TEST(test_mo__trusts_no_offset)
{
    struct arena *const mem = arena_new(0);
    const struct str whole = make_mo(mem, good, 3);
    static const uint32_t bends[] = {0, 1, 0x7fffffffu, 0xffffffffu, 0xfffffff0u, 0x80000000u};
    struct mo m;
    struct str why;

    for (size_t n = 0; n < whole.n; n++) {
        char *const exact = malloc(n + (n == 0)); /* so that one byte too far is seen */

        memcpy(exact, whole.p, n);
        ck_assert_msg(!mo_read(mem, (struct str){exact, n}, &m, &why),
                      "%zu bytes of %zu are enough", n, whole.n);
        free(exact);
    }
    for (size_t at = 0; at + 4 <= 28 + 3 * 16; at += 4)
        for (int i = 0; i < ARRAY_LEN(bends); i++) {
            char *const bent = malloc(whole.n);

            memcpy(bent, whole.p, whole.n);
            put32(bent + at, bends[i]);
            mo_read(mem, (struct str){bent, whole.n}, &m, &why);
            free(bent);
        }
    arena_free(mem);
}
END_TEST

/* ---- assets ---- */

static struct str assets(struct arena *mem, const struct embed_file *files, int n, struct buf *blob,
                         bool *is_well)
{
    struct buf c = buf_new(mem, 4096);
    struct str why = {"", 0};

    ck_assert_int_ge(sodium_init(), 0);
    *blob = buf_new(mem, 4096);
    *is_well = embed_assets(mem, files, n, "a.bin", &c, blob, &why);
    return *is_well ? buf_view(&c) : why;
}

static struct str long_css(struct arena *mem, const char *font)
{
    struct buf b = buf_new(mem, 8192);

    for (int i = 0; i < 100; i++)
        buf_fmt(&b, ".a%d{color:red}", i);
    buf_fmt(&b,
            "@font-face{src:url(%s)}.b{background:url(\"data:image/svg+xml,%%3Cg "
            "fill='hsl(1)'/%%3E\")}.c{fill:url(#d)}",
            font);
    return buf_view(&b);
}

START_TEST(test_assets__a_style_sheet_names_the_fingerprinted_file)
{
    struct arena *const mem = arena_new(0);
    bool is_well;
    struct buf blob, other;
    struct embed_file files[] = {{"app.css", long_css(mem, "../fonts/x.woff2")},
                                 {"x.woff2", STR("font")},
                                 {"README.md", STR("no")}};
    const char *const c = str_z(mem, assets(mem, files, 3, &blob, &is_well));

    ck_assert_msg(is_well, "%s", c);
    const char *const font = strstr(c, "/assets/x.");

    ck_assert(font != NULL && strstr(c, "README") == NULL);
    const char *const name =
        str_fmt(mem, "url(%.16s)", font + 8).p; /* x. and 8 digits and .woff2 */

    ck_assert_msg(memmem(blob.p, blob.n, name, strlen(name)) != NULL,
                  "%s is not in the style sheet", name);
    ck_assert(memmem(blob.p, blob.n, "url(\"data:image/svg+xml,%3Cg fill='hsl(1)'/%3E\")}", 49) !=
              NULL);
    ck_assert(memmem(blob.p, blob.n, "url(#d)", 7) != NULL);

    /* Another font: another address of the font, and of the style sheet that names it. */
    files[1].bytes = STR("fonT");
    const char *const c2 = str_z(mem, assets(mem, files, 3, &other, &is_well));

    ck_assert(strncmp(font, strstr(c2, "/assets/x."), 24) != 0);
    ck_assert(strncmp(strstr(c, "/assets/app."), strstr(c2, "/assets/app."), 24) != 0);
    arena_free(mem);
}
END_TEST

START_TEST(test_assets__a_name_that_leads_nowhere_is_refused)
{
    struct arena *const mem = arena_new(0);
    bool is_well;
    struct buf blob;
    const struct embed_file files[] = {{"app.css", long_css(mem, "gone.woff2")}};
    const char *const why = str_z(mem, assets(mem, files, 1, &blob, &is_well));

    ck_assert(!is_well);
    ck_assert_msg(strstr(why, "gone.woff2, which is not among the assets") != NULL, "%s", why);
    arena_free(mem);
}
END_TEST

/* Reads "{wecare_assets_blob + AT, N}" number i of the C. */
static struct str body(struct arena *mem, const char *c, const struct buf *blob, int i)
{
    const char *p = strstr(c, "asset_all[]");
    unsigned long at, n;

    for (; i >= 0; i--) {
        p = strstr(p + 1, "{wecare_assets_blob + ");
        ck_assert(p != NULL);
    }
    ck_assert_int_eq(sscanf(p, "{wecare_assets_blob + %lu, %lu}", &at, &n), 2);
    ck_assert(at + n <= blob->n);
    return str_copy(mem, (struct str){blob->p + at, n});
}

START_TEST(test_assets__compressed_bodies_open_to_the_plain_one)
{
    struct arena *const mem = arena_new(0);
    bool is_well;
    struct buf blob;
    const struct embed_file files[] = {
        {"app.css", long_css(mem, "#x")},
        {"x.woff2", STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")}};
    const char *const c = str_z(mem, assets(mem, files, 2, &blob, &is_well));
    const struct str plain = body(mem, c, &blob, 0), br = body(mem, c, &blob, 1),
                     gz = body(mem, c, &blob, 2);
    unsigned char out[8192];
    size_t n = sizeof out;
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)gz.p,
                  .avail_in = (uInt)gz.n,
                  .next_out = out,
                  .avail_out = sizeof out};

    ck_assert(str_eq(plain, files[0].bytes));
    ck_assert(br.n < gz.n && gz.n < plain.n);
    ck_assert(BrotliDecoderDecompress(br.n, (const uint8_t *)br.p, &n, out) ==
              BROTLI_DECODER_RESULT_SUCCESS);
    ck_assert(str_eq((struct str){(char *)out, n}, plain));
    ck_assert_int_eq(inflateInit2(&z, 31), Z_OK);
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    ck_assert(str_eq((struct str){(char *)out, z.total_out}, plain));
    inflateEnd(&z);
    ck_assert(str_eq(body(mem, c, &blob, 3), files[1].bytes));
    ck_assert(strstr(strstr(c, "x.woff2"), "{0, 0}, {0, 0}}") !=
              NULL); /* a font has its plain body only */
    arena_free(mem);
}
END_TEST

START_TEST(test_tables__bytes_are_those_of_the_file)
{
    struct arena *const mem = arena_new(0);
    struct buf c = buf_new(mem, 256), blob = buf_new(mem, 256);
    const struct embed_file files[] = {
        {"README.md", STR("no")}, {"a/b.csv", STR("x,y\n1,2\n")}, {"c.csv", STR("")}};

    embed_tables(files, 3, "t.bin", &c, &blob);
    const char *const z = str_z(mem, buf_view(&c));

    ck_assert(strstr(z, "{\"a/b.csv\", {wecare_tables_blob + 0, 8}},") != NULL);
    ck_assert(strstr(z, "{\"c.csv\", {wecare_tables_blob + 16, 0}},") != NULL);
    ck_assert(strstr(z, "n_tables = 2;") != NULL && strstr(z, "README") == NULL);
    ck_assert(memcmp(blob.p, "x,y\n1,2\n", 8) == 0);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("embed", test_mo__words_and_plurals, test_mo__refusals_say_why, test_mo__trusts_no_offset,
          test_assets__a_style_sheet_names_the_fingerprinted_file,
          test_assets__a_name_that_leads_nowhere_is_refused,
          test_assets__compressed_bodies_open_to_the_plain_one,
          test_tables__bytes_are_those_of_the_file)
