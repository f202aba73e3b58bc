/*
 * Reads a compiled catalogue of gettext. Layout: GNU gettext manual, "The format of GNU MO files":
 * magic, revision, number of texts, offset of the table of originals, of translations; each row a
 * length and an offset; every text is followed by a NUL that the length does not count.
 */
#include "base/plural.h"
#include "embed.h"
#include <string.h>

struct image {
    struct str bytes;
    bool is_swapped;
};

static bool word_at(const struct image *im, size_t at, uint32_t *out)
{
    uint32_t v;

    if (im->bytes.n < 4 || at > im->bytes.n - 4)
        return false;
    memcpy(&v, im->bytes.p + at, 4);
    *out = im->is_swapped ? __builtin_bswap32(v) : v;
    return true;
}

/* The i-th text of the table at this offset. */
static bool text_at(const struct image *im, uint32_t table, uint32_t i, struct str *out)
{
    uint32_t n, at;
    const size_t row = (size_t)table + (size_t)i * 8;

    if (!word_at(im, row, &n) || !word_at(im, row + 4, &at))
        return false;
    if (at >= im->bytes.n || n >= im->bytes.n - at || im->bytes.p[at + n] != '\0')
        return false;
    *out = (struct str){im->bytes.p + at, n};
    return true;
}

/* The value of one line of the header, "Plural-Forms: ...". */
static struct str header_line(struct str header, const char *name)
{
    while (header.n > 0) {
        struct str line = str_cut(&header, '\n');
        const struct str key = str_cut(&line, ':');

        if (str_eq_z(key, name))
            return str_trim(line);
    }
    return (struct str){"", 0};
}

static bool read_header(struct arena *mem, struct str header, struct mo *out, struct str *why)
{
    const struct str type = header_line(header, "Content-Type");

    if (!str_ends(type, STR("charset=UTF-8")) && !str_ends(type, STR("charset=utf-8"))) {
        *why = str_fmt(mem, "the header does not say charset=UTF-8");
        return false;
    }
    if (!plural_header(header_line(header, "Plural-Forms"), &out->n_plurals, &out->plural)) {
        *why = str_fmt(mem, "the header has no Plural-Forms that can be read");
        return false;
    }
    for (uint64_t n = 0; n < 1000; n++) {
        uint64_t form;

        if (!plural_form(out->plural, n, &form) || form >= (uint64_t)out->n_plurals) {
            *why = str_fmt(mem, "the plural rule gives no form for %d", (int)n);
            return false;
        }
    }
    return true;
}

static bool read_word(struct arena *mem, struct str id, struct str words, struct mo *out,
                      struct str *why)
{
    struct mo_word w = {.key = str_cut(&id, '\0')};
    const bool is_plural = id.n > 0;
    const int want = is_plural ? out->n_plurals : 1;

    if (!str_is_utf8(w.key) || str_index(w.key, '\4') >= 0) {
        *why = str_fmt(mem, "a key has a context or is not UTF-8");
        return false;
    }
    for (; w.n_forms < 6 && (w.n_forms == 0 || words.n > 0); w.n_forms++) {
        w.forms[w.n_forms] = str_cut(&words, '\0');
        if (w.forms[w.n_forms].n == 0 || !str_is_utf8(w.forms[w.n_forms])) {
            *why = str_fmt(mem, "%.*s: words are missing or not UTF-8", (int)w.key.n, w.key.p);
            return false;
        }
    }
    if (w.n_forms != want) {
        *why = str_fmt(mem, "%.*s: %d forms, not %d", (int)w.key.n, w.key.p, w.n_forms, want);
        return false;
    }
    out->words[out->n_words++] = w;
    return true;
}

bool mo_read(struct arena *mem, struct str bytes, struct mo *out, struct str *why)
{
    struct image im = {bytes, false};
    uint32_t magic, revision, n, originals, translations;
    struct str id, words;

    *out = (struct mo){0};
    *why = STR("not a compiled catalogue");
    if (!word_at(&im, 0, &magic) || (magic != 0x950412deu && magic != 0xde120495u))
        return false;
    im.is_swapped = magic == 0xde120495u;
    if (!word_at(&im, 4, &revision) || revision >> 16 > 1 || !word_at(&im, 8, &n) ||
        !word_at(&im, 12, &originals) || !word_at(&im, 16, &translations) || n > bytes.n / 16)
        return false;
    if (n == 0 || !text_at(&im, originals, 0, &id) || id.n != 0 ||
        !text_at(&im, translations, 0, &words)) {
        *why = STR("a catalogue without a header");
        return false;
    }
    if (!read_header(mem, words, out, why))
        return false;
    out->words = ARENA_ARRAY(mem, struct mo_word, n);
    for (uint32_t i = 1; i < n; i++) {
        if (!text_at(&im, originals, i, &id) || !text_at(&im, translations, i, &words)) {
            *why = str_fmt(mem, "text %u lies outside the file", i);
            return false;
        }
        if (!read_word(mem, id, words, out, why))
            return false;
    }
    return true;
}
