/* Compiled templates asked with hostile values in every place. */
#include "base/macros.h"
#include "escape_pages.h"
#include "unit.h"
#include <string.h>

/* The least of a request that the runtime of pages asks for. */
struct web {
    struct buf out;
    enum lang lang;
};

struct buf *web_out(struct web *w)
{
    return &w->out;
}

enum lang web_lang(struct web *w)
{
    return w->lang;
}

const char *web_asset(const char *name)
{
    return strcmp(name, "app.css") == 0 ? "/assets/app.1a2b3c4d.css" : "/assets/icons.5e6f7a8b.svg";
}

struct str web_form_token(struct web *w)
{
    (void)w;
    return STR("abc\"<&");
}

typedef enum status (*page_fn)(struct web *w, const struct escape_view *v);

static struct str render_in(struct arena *mem, enum lang lang, page_fn page,
                            const struct escape_view *v)
{
    struct web w = {buf_new(mem, 256), lang};

    ck_assert_int_eq(page(&w, v), ST_OK);
    return buf_view(&w.out);
}

static struct str render(struct arena *mem, page_fn page, struct str x)
{
    const struct escape_view v = {.x = x, .z = str_z(mem, x), .n = 2};

    return render_in(mem, LANG_IT, page, &v);
}

static const struct {
    const char *name;
    page_fn page;
} places[] = {
    {"text", html_escape_text},
    {"text_z", html_escape_text_z},
    {"title", html_escape_title},
    {"textarea", html_escape_textarea},
    {"people", html_escape_people},
    {"program", html_escape_program},
    {"single", html_escape_single},
    {"css_class", html_escape_css_class},
    {"link", html_escape_link},
    {"url", html_escape_url},
    {"foreign", html_escape_foreign},
    {"segment", html_escape_segment},
    {"first", html_escape_first},
    {"query", html_escape_query},
    {"after", html_escape_after},
    {"fragment", html_escape_fragment},
    {"tel", html_escape_tel},
    {"mail", html_escape_mail},
    {"words", html_escape_words},
    {"words_attr", html_escape_words_attr},
    {"words_query", html_escape_words_query},
    {"words_part", html_escape_words_part},
    {"words_plural", html_escape_words_plural},
    {"words_key", html_escape_words_key},
    {"drawing", html_escape_drawing},
    {"an_icon", html_escape_an_icon},
};

static const struct str hostile[] = {
    STR("<script>alert(1)</script>"),
    STR("\"><img src=x onerror=alert(1)>"),
    STR("' onmouseover='alert(1)"),
    STR("\" autofocus onfocus=\"alert(1)"),
    STR("</textarea><script>alert(1)</script>"),
    STR("</title><svg/onload=alert(1)>"),
    STR("--><script>alert(1)</script><!--"),
    STR("]]><script>alert(1)</script>"),
    STR("javascript:alert(1)"),
    STR("JaVaScRiPt:alert(1)"),
    STR(" javascript:alert(1)"),
    STR("\tjavascript:alert(1)"),
    STR("java\nscript:alert(1)"),
    STR("java\tscript:alert(1)"),
    STR("\001javascript:alert(1)"),
    STR("javascript&colon;alert(1)"),
    STR("&#106;avascript:alert(1)"),
    STR("vbscript:msgbox(1)"),
    STR("data:text/html,<script>alert(1)</script>"),
    STR("data:image/svg+xml;base64,PHN2Zz4="),
    STR("blob:https://evil.example/1"),
    STR("file:///etc/passwd"),
    STR("//evil.example/"),
    STR("/\\evil.example/"),
    STR("\\\\evil.example/"),
    STR("/\t/evil.example/"),
    STR("\t//evil.example/"),
    STR("/\n/evil.example/"),
    STR("http:evil.example"),
    STR("https:/\\evil.example"),
    STR("../../admin"),
    STR(".."),
    STR("%2e%2e"),
    STR("`${alert(1)}`"),
    STR("{{v.x}}{name}"),
    STR("&lt;script&gt;"),
    STR("&quot;&#39;&gt;"),
    STR("a=b onclick=alert(1)"),
    STR("x' y\" z<"),
    STR("\xe2\x80\xa8\xe2\x80\xae<b>"),
};

static int count(struct str s, char c)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* No value adds a tag, ends an attribute or begins one. */
START_TEST(test_page__no_value_changes_the_markup)
{
    struct arena *const mem = arena_new(0);

    for (int p = 0; p < ARRAY_LEN(places); p++) {
        const struct str quiet = render(mem, places[p].page, STR("quiet"));

        for (int h = 0; h < ARRAY_LEN(hostile); h++) {
            const struct str out = render(mem, places[p].page, hostile[h]);

            for (const char *c = "<>\"'"; *c != '\0'; c++)
                ck_assert_msg(count(out, *c) == count(quiet, *c), "%s: %.*s\n%.*s", places[p].name,
                              (int)hostile[h].n, hostile[h].p, (int)out.n, out.p);
        }
    }
    arena_free(mem);
}
END_TEST

/* The value of the attribute that begins with this. */
static struct str value_of(struct str out, const char *attribute)
{
    const char *const at = memmem(out.p, out.n, attribute, strlen(attribute));

    ck_assert(at != NULL);
    struct str rest = str_from(out, (size_t)(at - out.p) + strlen(attribute));

    return str_cut(&rest, '"');
}

static bool is_address_allowed(struct str a)
{
    if (str_starts(a, STR("//")) || str_starts(a, STR("/\\")))
        return false;
    return str_starts(a, STR("/")) || str_starts(a, STR("#")) || str_starts(a, STR("?")) ||
           str_starts(a, STR("http://")) || str_starts(a, STR("https://")) ||
           str_starts(a, STR("tel:")) || str_starts(a, STR("mailto:"));
}

START_TEST(test_page__no_value_changes_the_scheme_or_the_host)
{
    struct arena *const mem = arena_new(0);

    for (int h = 0; h < ARRAY_LEN(hostile); h++) {
        static const struct {
            page_fn page;
            const char *attribute;
        } whole[] = {{html_escape_link, "href=\""},
                     {html_escape_url, "src=\""},
                     {html_escape_foreign, "href=\""},
                     {html_escape_first, "href=\""},
                     {html_escape_segment, "href=\""}};

        for (int p = 0; p < ARRAY_LEN(whole); p++) {
            const struct str a =
                value_of(render(mem, whole[p].page, hostile[h]), whole[p].attribute);

            ck_assert_msg(is_address_allowed(a), "%.*s\ngave %.*s", (int)hostile[h].n, hostile[h].p,
                          (int)a.n, a.p);
            for (size_t i = 0; i < a.n; i++)
                ck_assert_msg((unsigned char)a.p[i] > 0x20 && a.p[i] != '\\',
                              "a blank or a backslash in %.*s", (int)a.n, a.p);
        }
        const struct str after = value_of(render(mem, html_escape_after, hostile[h]), "href=\"");

        ck_assert_msg(str_index(after, ':') < 0 && str_starts(after, STR("abc")), "%.*s",
                      (int)after.n, after.p);
    }
    arena_free(mem);
}
END_TEST

static void same(struct str got, const char *want)
{
    ck_assert_msg(str_eq_z(got, want), "\n%.*s\nis not\n%s", (int)got.n, got.p, want);
}

START_TEST(test_page__exact_forms)
{
    struct arena *const mem = arena_new(0);
    const struct str x = STR("a<&\"'> è");

    same(render(mem, html_escape_text, x), "<p>a&lt;&amp;&#34;&#39;&gt; è</p>");
    same(render(mem, html_escape_textarea, STR("\na")),
         "<textarea name=\"t\">\n\na</textarea>"); /* nothing typed is lost */
    same(render(mem, html_escape_segment, x), "<a href=\"/a/a%3C%26%22%27%3E%20%C3%A8/b\">a</a>");
    same(render(mem, html_escape_segment, STR("..")), "<a href=\"/a/-/b\">a</a>");
    same(render(mem, html_escape_query, x),
         "<a href=\"?q=a%3C%26%22%27%3E%20%C3%A8&amp;r=1\">a</a>");
    same(render(mem, html_escape_tel, STR("+39 011.432-1111 <b>")),
         "<a href=\"tel:+390114321111\">a</a>");
    same(render(mem, html_escape_mail, STR("a+b@c.it")),
         "<a href=\"mailto:a%2Bb@c.it?subject=a%2Bb%40c.it\">a</a>");
    same(render(mem, html_escape_link, STR("/a?b=1&c=\"è")),
         "<a href=\"/a?b=1&amp;c=%22%C3%A8\">a</a>");
    same(render(mem, html_escape_link, STR("")), "<a href=\"#\">a</a>");
    same(render(mem, html_escape_link, STR("HTTPS://a.it/")), "<a href=\"HTTPS://a.it/\">a</a>");
    same(render(mem, html_escape_words, STR("<b>{name}")), "<p>Ciao &lt;b&gt;{name}, come va?</p>");
    same(render(mem, html_escape_words_plural, STR("x")), "<p>2 cose x</p>");
    same(render(mem, html_escape_words_key, STR("no.key<")), "<p>no.key&lt;</p>");
    same(render(mem, html_escape_css_class, STR("")), "<p class=\"a\">a</p>");
    same(render(mem, html_escape_an_icon, STR("")), "");
    same(render(mem, html_escape_text_z, STR("")), "<p></p>");
    arena_free(mem);
}
END_TEST

START_TEST(test_page__paths_follow_the_language)
{
    struct arena *const mem = arena_new(0);
    struct escape_view v = {.x = STR("/enti")};

    same(render_in(mem, LANG_EN, html_escape_link, &v), "<a href=\"/en/enti\">a</a>");
    same(render_in(mem, LANG_IT, html_escape_link, &v), "<a href=\"/enti\">a</a>");
    same(render_in(mem, LANG_EN, html_escape_foreign, &v),
         "<a hreflang=\"en\" href=\"/enti\">a</a>");
    v.x = STR("/");
    same(render_in(mem, LANG_EN, html_escape_link, &v), "<a href=\"/en\">a</a>");
    same(render_in(mem, LANG_IT, html_escape_link, &v), "<a href=\"/\">a</a>");
    same(render_in(mem, LANG_EN, html_escape_home, &v),
         "<a href=\"/en\">a</a><a href=\"/en?b=%2F\">b</a>");
    same(render_in(mem, LANG_IT, html_escape_home, &v),
         "<a href=\"/\">a</a><a href=\"/?b=%2F\">b</a>");
    v.x = STR("/?a=1");
    same(render_in(mem, LANG_EN, html_escape_link, &v), "<a href=\"/en?a=1\">a</a>");
    v.x = STR("/dati/a.csv");
    same(render_in(mem, LANG_EN, html_escape_link, &v), "<a href=\"/dati/a.csv\">a</a>");
    v.x = STR("https://a.it/b");
    same(render_in(mem, LANG_EN, html_escape_link, &v), "<a href=\"https://a.it/b\">a</a>");
    v.x = STR("x");
    same(render_in(mem, LANG_EN, html_escape_segment, &v), "<a href=\"/en/a/x/b\">a</a>");
    arena_free(mem);
}
END_TEST

static const struct escape_row rows[] = {{STR("Bra & Alba"), 1180}, {STR("<Ivrea>"), 1}};

START_TEST(test_page__whole_page)
{
    struct arena *const mem = arena_new(0);
    const struct escape_view v = {
        .x = STR("Bra"),
        .z = "si",
        .markup = {STR("<em>ok</em>")},
        .n = 1180,
        .year = 2026,
        .is_on = true,
        .rows = rows,
        .n_rows = 2,
        .one = &rows[1],
    };

    same(render_in(mem, LANG_IT, html_escape_whole, &v),
         "<!doctype html><html lang=\"it\"><head><title>Titolo</title></head><body><main>"
         "<h1>Bra</h1><ul class=\"a\">"
         "<li class=\"first\"><a href=\"/enti/Bra%20%26%20Alba\">Bra &amp; Alba</a> 1.180 cose "
         "{name} (1)</li>"
         "<li class=\"last\"><a href=\"/enti/%3CIvrea%3E\">&lt;Ivrea&gt;</a> 1 cosa {name} (2)</li>"
         "</ul><p>&lt;Ivrea&gt;</p><p><em>ok</em> uguale</p>"
         "<form method=\"post\" action=\"/scrivi\"><input type=\"hidden\" name=\"form_token\" "
         "value=\"abc&#34;&lt;&amp;\">"
         "<input value=\"1180\" title=\"1.180\"></form>"
         "<link rel=\"stylesheet\" href=\"/assets/app.1a2b3c4d.css\">"
         "<svg class=\"icon big\" aria-hidden=\"true\" focusable=\"false\"><use "
         "href=\"/assets/icons.5e6f7a8b.svg#phone\"></use></svg>"
         "<p><b>uno</b> <i>due</i> <i>tre</i></p></main></body></html>");
    arena_free(mem);
}
END_TEST

START_TEST(test_page__the_other_ways_of_a_condition)
{
    struct arena *const mem = arena_new(0);
    struct escape_view v = {.x = STR("Alba"), .z = NULL, .year = 2026, .rows = rows, .n_rows = 2};
    const struct str dated = render_in(mem, LANG_EN, html_escape_whole, &v);

    ck_assert(memmem(dated.p, dated.n, "<p>Anno 2026, 2,026</p>", 23) != NULL);
    ck_assert(memmem(dated.p, dated.n, "<p> diverso!</p>", 16) != NULL);
    v.year = 0;
    const struct str none = render_in(mem, LANG_EN, html_escape_whole, &v);

    ck_assert(memmem(none.p, none.n, "<p>Niente</p>", 13) != NULL);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("page_escape", test_page__no_value_changes_the_markup,
          test_page__no_value_changes_the_scheme_or_the_host, test_page__exact_forms,
          test_page__paths_follow_the_language, test_page__whole_page,
          test_page__the_other_ways_of_a_condition)
