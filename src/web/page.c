#include "web/page.h"
#include "base/log.h"
#include "web/asset.h"
#include <string.h>
#include <strings.h>

static struct arena *mem_of(struct web *w)
{
    return web_out(w)->mem;
}

/* ---- addresses ---- */

static bool starts_any_case(struct str s, const char *prefix)
{
    const size_t n = strlen(prefix);

    return s.n >= n && strncasecmp(s.p, prefix, n) == 0;
}

/* A path of this site: not "//host", nor "/\host", which browsers take for the same. */
static bool is_own_path(struct str s)
{
    return s.n > 0 && s.p[0] == '/' && !(s.n > 1 && (s.p[1] == '/' || s.p[1] == '\\'));
}

static bool is_address(struct str s)
{
    static const char *const schemes[] = {"https://", "http://", "tel:", "mailto:"};

    if (is_own_path(s) || (s.n > 0 && (s.p[0] == '#' || s.p[0] == '?')))
        return true;
    for (int i = 0; i < ARRAY_LEN(schemes); i++)
        if (starts_any_case(s, schemes[i]))
            return true;
    return false;
}

/* The bytes of an address that may stand in a quoted attribute as they are. A tab or a line end is
 * dropped by browsers, a backslash read as a slash: encoded they are neither. */
static bool is_plain_in_address(unsigned char c)
{
    /* A bit for each of 0x20 to 0x7f that has to change: space " & ' < > \\ ^ ` { | } and 0x7f. */
    static const uint32_t changed[] = {0x500000C5u, 0x50000000u, 0xB8000001u};

    return c > 0x20 && c < 0x7f && !(changed[(c >> 5) - 1] >> (c & 31) & 1);
}

static void put_address(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];

        if (is_plain_in_address(c))
            continue;
        buf_put(b, s.p + from, i - from);
        from = i + 1;
        if (c == '&')
            buf_put(b, "&amp;", 5);
        else
            buf_put(b, (const char[3]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
    buf_put(b, s.p + from, s.n - from);
}

static bool is_without_language(struct str path)
{
    return str_starts(path, STR("/assets/")) || str_starts(path, STR("/api/")) ||
           str_starts(path, STR("/dati/"));
}

static void put_url(struct web *w, struct str s, bool is_link)
{
    struct buf *const b = web_out(w);

    if (!is_address(s)) {
        buf_char(b, '#');
        return;
    }
    if (is_link && s.p[0] == '/' && !is_without_language(s)) {
        if (s.n == 1 || s.p[1] == '?' || s.p[1] == '#') {
            page_home(w);
            s = str_from(s, 1);
        } else {
            page_prefix(w);
        }
    }
    put_address(b, s);
}

/* "." and ".." climb even when encoded: a segment that is only dots is written as "-". */
static void put_segment(struct buf *b, struct str s)
{
    if (str_eq(s, STR(".")) || str_eq(s, STR("..")))
        buf_char(b, '-');
    else
        buf_url(b, s);
}

static void put_tel(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] == '+' && i == 0))
            buf_char(b, s.p[i]);
}

static void put_mail(struct buf *b, struct str s)
{
    for (ptrdiff_t at; (at = str_index(s, '@')) >= 0; s = str_from(s, (size_t)at + 1)) {
        buf_url(b, str_head(s, (size_t)at));
        buf_char(b, '@');
    }
    buf_url(b, s);
}

/* ---- values ---- */

void page_put_str(struct web *w, enum page_place place, struct str s)
{
    switch (place) {
    case PAGE_TEXT:
    case PAGE_ATTR:
    case PAGE_NUMBER:
        buf_html(web_out(w), s);
        return;
    case PAGE_URL:
        put_url(w, s, false);
        return;
    case PAGE_LINK:
        put_url(w, s, true);
        return;
    case PAGE_SEGMENT:
        put_segment(web_out(w), s);
        return;
    case PAGE_TEL:
        put_tel(web_out(w), s);
        return;
    case PAGE_MAIL:
        put_mail(web_out(w), s);
        return;
    }
    bug("a page asks for the place %d", (int)place);
}

void page_put_z(struct web *w, enum page_place place, const char *z)
{
    page_put_str(w, place, str_of(z));
}

void page_put_int(struct web *w, enum page_place place, int64_t v)
{
    if (place == PAGE_TEXT || place == PAGE_ATTR)
        buf_str(web_out(w), text_int(mem_of(w), web_lang(w), v));
    else
        buf_int(web_out(w), v);
}

void page_put_html(struct web *w, enum page_place place, struct html h)
{
    if (place != PAGE_TEXT)
        bug("markup in the place %d", (int)place);
    buf_str(web_out(w), h.markup);
}

bool page_true_str(struct str s)
{
    return s.n != 0;
}

bool page_true_z(const char *z)
{
    return z != NULL && z[0] != '\0';
}

bool page_true_html(struct html h)
{
    return h.markup.n != 0;
}

bool page_true_int(int64_t v)
{
    return v != 0;
}

bool page_is_str(struct str s, const char *z)
{
    return str_eq_z(s, z);
}

bool page_is_z(const char *s, const char *z)
{
    return strcmp(s == NULL ? "" : s, z) == 0;
}

struct str page_word_str(struct web *w, struct str s)
{
    (void)w;
    return s;
}

struct str page_word_z(struct web *w, const char *z)
{
    (void)w;
    return str_of(z);
}

struct str page_word_int(struct web *w, int64_t v)
{
    return text_int(mem_of(w), web_lang(w), v);
}

void page_raw(struct web *w, const char *bytes, size_t n)
{
    buf_put(web_out(w), bytes, n);
}

/* ---- words ---- */

void page_text(struct web *w, enum page_place place, const char *key)
{
    page_put_str(w, place, text_get(web_lang(w), key));
}

struct str page_words(struct web *w, const char *key, const int64_t *count,
                      const struct page_arg *args, int n_args)
{
    struct arena *const mem = mem_of(w);
    const enum lang lang = web_lang(w);
    struct text_arg *const all = ARENA_ARRAY(mem, struct text_arg, (size_t)n_args + 1);
    int n = 0;

    if (count != NULL)
        all[n++] = (struct text_arg){"n", text_int(mem, lang, *count)};
    for (int i = 0; i < n_args; i++)
        all[n++] = (struct text_arg){args[i].name, args[i].value};
    return text_fill(mem, count != NULL ? text_get_n(lang, key, *count) : text_get(lang, key), all,
                     n);
}

void page_text_with(struct web *w, enum page_place place, const char *key, const int64_t *count,
                    const struct page_arg *args, int n_args)
{
    page_put_str(w, place, page_words(w, key, count, args, n_args));
}

/* ---- what every page has ---- */

void page_prefix(struct web *w)
{
    const enum lang lang = web_lang(w);

    if (lang == LANG_IT)
        return;
    buf_char(web_out(w), '/');
    buf_z(web_out(w), lang_code[lang]);
}

void page_home(struct web *w)
{
    if (web_lang(w) == LANG_IT)
        buf_char(web_out(w), '/');
    else
        page_prefix(w);
}

void page_asset(struct web *w, const char *name)
{
    const char *const address = web_asset(name);

    if (address == NULL)
        bug("no asset is called \"%s\"", name);
    buf_z(web_out(w), address); /* made by the build: nothing in it needs another form */
}

void page_icon(struct web *w, const char *name, const char *css_class)
{
    struct buf *const b = web_out(w);

    if (!page_true_z(name))
        return;
    buf_str(b, STR("<svg class=\"icon"));
    if (page_true_z(css_class)) {
        buf_char(b, ' ');
        buf_html(b, str_of(css_class));
    }
    buf_str(b, STR("\" aria-hidden=\"true\" focusable=\"false\"><use href=\""));
    page_asset(w, "icons.svg");
    buf_char(b, '#');
    buf_url(b, str_of(name));
    buf_str(b, STR("\"></use></svg>"));
}

void page_form_token(struct web *w)
{
    const struct str token = web_form_token(w);
    struct buf *const b = web_out(w);

    buf_z(b, "<input type=\"hidden\" name=\"" PAGE_TOKEN_FIELD "\" value=\"");
    buf_html(b, token);
    buf_z(b, "\">");
}
