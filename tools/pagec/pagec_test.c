/* Templates that compile: the C that comes of them. What the C then writes: tests/pages. */
#include "pagec.h"
#include "unit.h"
#include <string.h>

static struct pagec_made compile(struct arena *mem, const char *text)
{
    struct pagec_made made;
    const struct pagec_file file = {"pages/p.html", str_of(text)};
    const struct pagec_job job = {mem, "test", "features/test", "test_pages.h", &file, 1};

    ck_assert_msg(pagec_compile(&job, &made), "%s\n%.*s", text, (int)made.errors.n, made.errors.p);
    return made;
}

static void wants(const char *body, const char *c)
{
    struct arena *const mem = arena_new(0);
    const struct pagec_made made = compile(mem, str_fmt(mem, "{{page p struct v *v}}\n%s", body).p);

    ck_assert_msg(strstr(str_z(mem, made.c), c) != NULL, "%s\n  gave\n%.*s\n  wanted %s", body,
                  (int)made.c.n, made.c.p, c);
    arena_free(mem);
}

START_TEST(test_pagec__places)
{
    wants("<p>{{v.x}}</p>", "PAGE_PUT(w, PAGE_TEXT, v->x);");
    wants("<title>{{v.x}}</title>", "PAGE_PUT_IN(w, PAGE_TEXT, v->x);"); /* no markup in a title */
    wants("<textarea>{{v.x}}</textarea>", "PAGE_PUT_IN(w, PAGE_TEXT, v->x);");
    wants("<p title=\"{{v.x}}\">a</p>", "PAGE_PUT_IN(w, PAGE_ATTR, v->x);");
    wants("<p id='{{v.x.y}}'>a</p>", "PAGE_PUT_IN(w, PAGE_NUMBER, v->x.y);");
    wants("<a href=\"{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_LINK, v->x);");
    wants("<a hreflang=\"en\" href=\"{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_URL, v->x);");
    wants("<img src=\"{{v.x}}\" alt=\"\">", "PAGE_PUT_IN(w, PAGE_URL, v->x);");
    wants("<a href=\"/a/{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("<a href=\"?q={{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("<a href=\"{{v.x}}?q={{v.y}}\">a</a>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->y);");
    wants("<a href=\"java{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("<a href=\"https://a.it/{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("<a href=\"tel:{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_TEL, v->x);");
    wants("<a href=\"mailto:{{v.x}}\">a</a>", "PAGE_PUT_IN(w, PAGE_MAIL, v->x);");
    wants("<a href=\"mailto:{{v.x}}?subject={{v.y}}\">a</a>",
          "PAGE_PUT_IN(w, PAGE_SEGMENT, v->y);");
    wants("<svg><use href=\"#{{v.x}}\"/></svg>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("<link rel=\"canonical\" href=\"{{v.x}}\">", "PAGE_PUT_IN(w, PAGE_URL, v->x);");
    wants("<div hx-get=\"/a?b={{v.x}}\"></div>", "PAGE_PUT_IN(w, PAGE_SEGMENT, v->x);");
    wants("{{plain v.year}}", "PAGE_PUT_IN(w, PAGE_NUMBER, v->year);");
}
END_TEST

START_TEST(test_pagec__a_path_takes_the_language)
{
    wants("<a href=\"/a\">b</a>",
          "buf_put(o_, \"<a href=\\\"\", 9);\n#line 2 \"pages/p.html\"\n    page_prefix(w);\n"
          "    buf_put(o_, \"/a\\\">b</a>\", 9);");
    wants("<form action=\"/a\"></form>", "page_prefix(w);");
    wants("<a href=\"/\">b</a>", "page_home(w);\n    buf_put(o_, \"\\\">b</a>\", 7);");
    wants("<a href=\"/assets/a.png\">b</a>",
          "buf_put(o_, \"<a href=\\\"/assets/a.png\\\">b</a>\", ");
    wants("<a href=\"/api/v1\">b</a>", "buf_put(o_, \"<a href=\\\"/api/v1\\\">b</a>\", ");
    wants("<a href=\"/dati/a.csv\">b</a>", "buf_put(o_, \"<a href=\\\"/dati/a.csv\\\">b</a>\", ");
    wants("<img src=\"/a.png\" alt=\"\">",
          "buf_put(o_, \"<img src=\\\"/a.png\\\" alt=\\\"\\\">\", ");
    wants("<a href=\"#a\">b</a>", "buf_put(o_, \"<a href=\\\"#a\\\">b</a>\", ");
    wants("<a href=\"https://a.it/b\">b</a>",
          "buf_put(o_, \"<a href=\\\"https://a.it/b\\\">b</a>\", ");
    wants("<a lang=\"it\" hreflang=\"it\" href=\"/a\">b</a>",
          "hreflang=\\\"it\\\" href=\\\"/a\\\"");
}
END_TEST

START_TEST(test_pagec__white_space_that_means_nothing_is_not_sent)
{
    wants("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n",
          "buf_put(o_, \"<ul><li>a</li><li>b</li></ul>\", ");
    wants("<p>a\n  <b>b</b>\n  <i>c</i>\n</p>", "\"<p>a <b>b</b> <i>c</i></p>\"");
    wants("<p>\n  a  b\n</p>", "\"<p>a b</p>\"");
    wants("<pre>\n a\n  b</pre>", "\"<pre>\\n a\\n  b</pre>\"");
    wants("<textarea> a\n b </textarea>", "\"<textarea>\\n a\\n b </textarea>\"");
    wants("<p   class=\"a\"\n   id=\"b\"  >c</p >", "\"<p class=\\\"a\\\" id=\\\"b\\\">c</p>\"");
    wants("<br /><img alt=\"\"/>", "\"<br><img alt=\\\"\\\">\"");
    wants("<svg><path d=\"M0\"/></svg>", "\"<svg><path d=\\\"M0\\\"/></svg>\"");
    wants("<p>a<!-- not sent -->b</p>", "\"<p>ab</p>\"");
    wants("<p>{{v.x}} {{v.y}}</p>", "buf_put(o_, \" \", 1);");
}
END_TEST

START_TEST(test_pagec__conditions)
{
    wants("{{#if v.x}}a{{/if}}", "if (PAGE_TRUE(v->x)) {");
    wants("{{#if !v.x}}a{{/if}}", "if (!PAGE_TRUE(v->x)) {");
    wants("{{#if v.x == KIND_A}}a{{/if}}", "if (v->x == KIND_A) {");
    wants("{{#if v.x >= -3}}a{{/if}}", "if (v->x >= -3) {");
    wants("{{#if v.x != v.y}}a{{/if}}", "if (v->x != v->y) {");
    wants("{{#if v.x == \"a\"}}a{{/if}}", "if (PAGE_IS(v->x, \"a\")) {");
    wants("{{#if v.x != \"a\"}}a{{/if}}", "if (!PAGE_IS(v->x, \"a\")) {");
    wants("{{#if v.x and !v.y}}a{{/if}}", "if (PAGE_TRUE(v->x) && !PAGE_TRUE(v->y)) {");
    wants("{{#if v.p != NULL}}{{v.p->x}}{{/if}}", "v->p->x");
    wants("{{#if v.x}}a{{else if v.y}}b{{else}}c{{/if}}", "} else if (PAGE_TRUE(v->y)) {");
}
END_TEST

START_TEST(test_pagec__lists)
{
    wants("{{#each v.rows as r}}{{r.x}}{{/each}}",
          "r_n_ = (int64_t)(v->n_rows); r_i_ < r_n_; r_i_++) {");
    wants("{{#each v.rows as r}}{{r.x.y}}{{/each}}", "PAGE_PUT(w, PAGE_TEXT, r->x.y);");
    wants("{{#each v.rows as r}}{{r}}{{/each}}", "PAGE_PUT(w, PAGE_TEXT, (*r));");
    wants("{{#each v.a.rows as r}}{{#each r.cells as d}}{{d.x}}{{/each}}{{/each}}",
          "(int64_t)(r->n_cells)");
    wants("{{#each v.a.rows as r}}{{#if !r@last}}, {{/if}}{{/each}}",
          "!PAGE_TRUE((r_i_ == r_n_ - 1))");
}
END_TEST

START_TEST(test_pagec__words_and_their_keys)
{
    struct arena *const mem = arena_new(0);
    const struct pagec_made made =
        compile(mem, "{{page p struct v *v}}{{t \"b.two\"}}{{tn \"a.one\" v.n name=v.x}}"
                     "<p title=\"{{t \"b.two\"}}\">{{t v.key}}</p>{{> q (t \"c.three\" x=\"1\") "
                     "\"z\" (str \"s\") &v.y 3}}");
    const char *const c = str_z(mem, made.c);

    ck_assert(strstr(c, "page_text(w, PAGE_TEXT, \"b.two\");") != NULL);
    ck_assert(strstr(c, "page_text(w, PAGE_ATTR, \"b.two\");") != NULL);
    ck_assert(strstr(c, "page_text(w, PAGE_TEXT, v->key);") != NULL);
    ck_assert(strstr(c, "page_text_with(w, PAGE_TEXT, \"a.one\", &(const int64_t){v->n}, "
                        "(const struct page_arg[]){{\"name\", PAGE_WORD(w, v->x)}}, 1);") != NULL);
    ck_assert(strstr(c, "part_test_q(w, page_words(w, \"c.three\", NULL, (const struct "
                        "page_arg[]){{\"x\", PAGE_WORD(w, "
                        "\"1\")}}, 1), \"z\", ((struct str){\"s\", 1}), (&v->y), 3);") != NULL);
    ck_assert(
        strstr(c,
               "test_page_keys[] = {\n    \"a.one\",\n    \"b.two\",\n    \"c.three\",\n    0};\n"
               "const int test_n_page_keys = 3;") != NULL);
    arena_free(mem);
}
END_TEST

START_TEST(test_pagec__functions_headers_and_lines)
{
    struct arena *const mem = arena_new(0);
    const struct pagec_made made =
        compile(mem, "{{! about }}\n{{part row struct r *r, int n, struct str s}}\n"
                     "{{include \"test.h\"}}{{include \"core/a/a.h\"}}\n"
                     "{{r.x}}{{n}}{{s}}{{s.n}}\n{{> web.frame_top r s}}\n"
                     "{{page all}}\n<p>a</p>\n");
    const char *const c = str_z(mem, made.c), *const h = str_z(mem, made.h);

    ck_assert(strstr(h, "#include \"features/test/test.h\"\n#include \"core/a/a.h\"\n") != NULL);
    ck_assert(strstr(h, "void part_test_row(struct web *w, const struct r *r, const int n, const "
                        "struct str s);\n") != NULL);
    ck_assert(strstr(h, "enum status html_test_all(struct web *w);\n") != NULL);
    ck_assert(strstr(c, "#include \"web_pages.h\"\n") != NULL);
    ck_assert(strstr(c, "#line 4 \"pages/p.html\"\n    PAGE_PUT(w, PAGE_TEXT, r->x);") != NULL);
    ck_assert(strstr(c, "PAGE_PUT(w, PAGE_TEXT, s.n);") != NULL);
    ck_assert(strstr(c, "#line 5 \"pages/p.html\"\n    part_web_frame_top(w, r, s);") != NULL);
    arena_free(mem);
}
END_TEST

START_TEST(test_pagec__attributes_that_come_and_go)
{
    wants("<p{{#if v.x}} hidden{{/if}}>a</p>", "buf_put(o_, \" hidden\", 7);");
    wants("<p {{#if v.x}}hidden{{/if}}>a</p>", "buf_put(o_, \" hidden\", 7);");
    wants("<p class=\"a{{#if v.x}} b{{/if}}\">a</p>", "buf_put(o_, \" b\", 2);");
    wants("<p{{#if v.x}} class=\"a\"{{else}} class=\"b\"{{/if}} id=\"c\">a</p>",
          "\" id=\\\"c\\\">a</p>\"");
    wants("{{#if v.x}}<a href=\"/a\">{{else}}<span>{{/if}}a{{#if v.x}}</a>{{else}}</span>{{/if}}",
          "\"</span>\"");
    wants("<a href=\"{{#if v.x}}/a{{else}}/b{{/if}}?q={{v.y}}\">a</a>", "PAGE_SEGMENT");
}
END_TEST

UNIT_MAIN("pagec", test_pagec__places, test_pagec__a_path_takes_the_language,
          test_pagec__white_space_that_means_nothing_is_not_sent, test_pagec__conditions,
          test_pagec__lists, test_pagec__words_and_their_keys,
          test_pagec__functions_headers_and_lines, test_pagec__attributes_that_come_and_go)
