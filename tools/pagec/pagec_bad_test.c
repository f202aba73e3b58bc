/* Templates that must not compile: what is said, and where. */
#include "pagec.h"
#include "unit.h"
#include <string.h>

struct refusal {
    const char *body; /* after the line {{page p struct v *v}} */
    const char *at;   /* "line:col" in the file; the body begins at line 2 */
    const char *says;
};

static struct pagec_made compile(struct arena *mem, const char *text)
{
    struct pagec_made made;
    const struct pagec_file file = {"pages/p.html", str_of(text)};
    const struct pagec_job job = {mem, "test", NULL, "test_pages.h", &file, 1};

    pagec_compile(&job, &made);
    return made;
}

static void check_all(const struct refusal *list, int n)
{
    struct arena *const mem = arena_new(0);

    for (int i = 0; i < n; i++) {
        const char *const text = str_fmt(mem, "{{page p struct v *v}}\n%s", list[i].body).p;
        const struct pagec_made made = compile(mem, text);
        const char *const errors = str_z(mem, made.errors);
        const char *const want = str_fmt(mem, "pages/p.html:%s: error: ", list[i].at).p;

        ck_assert_msg(made.errors.n > 0, "compiles, and must not: %s", list[i].body);
        ck_assert_msg(strncmp(errors, want, strlen(want)) == 0, "%s\n  said  %s  wanted at %s",
                      list[i].body, errors, list[i].at);
        ck_assert_msg(strstr(errors, list[i].says) != NULL, "%s\n  said  %s  wanted %s",
                      list[i].body, errors, list[i].says);
    }
    arena_free(mem);
}
#define CHECK_ALL(list) check_all(list, ARRAY_LEN(list))

START_TEST(test_pagec__no_value_where_none_is_safe)
{
    static const struct refusal list[] = {
        {"<script>{{v.x}}</script>", "2:11", "no value inside <script>"},
        {"<style>{{v.x}}</style>", "2:10", "no value inside <style>"},
        {"<!-- {{v.x}} -->", "2:8", "no value inside a comment"},
        {"<!doctype {{v.x}}>", "2:13", "no value can stand here"},
        {"<p class={{v.x}}>a</p>", "2:12", "must stand in quotes"},
        {"<p {{v.x}}>a</p>", "2:6", "cannot be an attribute"},
        {"<p data-{{v.x}}=\"1\">a</p>", "2:11", "cannot be an attribute"},
        {"<{{v.x}}>a</p>", "2:4", "cannot be the name of an element"},
        {"<h{{v.x}}>a</h1>", "2:5", "cannot be the name of an element"},
        {"<p>a</{{v.x}}>", "2:9", "cannot be the name of an element"},
        {"<p onclick=\"{{v.x}}\">a</p>", "2:4", "no code in attributes"},
        {"<p OnClick='{{v.x}}'>a</p>", "2:4", "no code in attributes"},
        {"<p style=\"width:{{v.x}}\">a</p>", "2:4", "use a class"},
        {"<iframe srcdoc=\"{{v.x}}\"></iframe>", "2:9", "srcdoc"},
        {"<iframe src=\"{{v.x}}\"></iframe>", "2:16", "named in the template"},
        {"<script src=\"{{v.x}}\"></script>", "2:16", "named in the template"},
        {"<object data=\"{{v.x}}\"></object>", "2:17", "named in the template"},
        {"<embed src=\"{{v.x}}\">", "2:15", "named in the template"},
        {"<base href=\"{{v.x}}\">", "2:15", "named in the template"},
        {"<link rel=\"stylesheet\" href=\"{{v.x}}\">", "2:32", "fits href of <link> only"},
        {"<link href=\"{{v.x}}\" rel=\"canonical\">", "2:15", "fits href of <link> only"},
        {"<meta http-equiv=\"refresh\" content=\"0;url={{v.x}}\">", "2:45", "order to the browser"},
        {"<meta content=\"0;url={{v.x}}\" http-equiv=\"refresh\">", "2:31", "may not hold a value"},
        {"<img srcset=\"{{v.x}} 2x\">", "2:16", "decides what others mean"},
        {"<a ping=\"{{v.x}}\" href=\"/a\">a</a>", "2:12", "decides what others mean"},
        {"<div hx-vals=\"{{v.x}}\"></div>", "2:17", "program for htmx"},
        {"<div data-hx-on:click=\"{{v.x}}\"></div>", "2:6", "no code in attributes"},
        {"<svg><animate values=\"{{v.x}}\"/></svg>", "2:25", "animation"},
        {"<svg><set to=\"{{v.x}}\"/></svg>", "2:17", "animation"},
        {"<textarea></text{{v.x}}</textarea>", "2:11", "write &lt;"},
    };
    CHECK_ALL(list);
}
END_TEST

START_TEST(test_pagec__addresses_keep_their_host)
{
    static const struct refusal list[] = {
        {"<a href=\"javascript:{{v.x}}\">a</a>", "2:20", "not among the addresses"},
        {"<a href=\"JavaScript:alert(1)\">a</a>", "2:20", "not among the addresses"},
        {"<a href=\"data:text/html,x\">a</a>", "2:14", "not among the addresses"},
        {"<a href=\"//{{v.x}}/\">a</a>", "2:14", "choose the host"},
        {"<a href=\"https://{{v.x}}/\">a</a>", "2:20", "choose the host"},
        {"<a href=\"https://a.{{v.x}}\">a</a>", "2:22", "choose the host"},
        {"<a href=\"/\\{{v.x}}\">a</a>", "2:14", "choose the host"},
        {"<a href=\"/{{v.x}}/b\">a</a>", "2:18", "another host"},
        {"<a href=\"/{{v.x}}/{{v.y}}\">a</a>", "2:18", "another host"},
        {"<a href=\"{{v.x}}/b\">a</a>", "2:17", "only ? or #"},
        {"<a href=\"{{v.x}}{{v.y}}\">a</a>", "2:19", "but ? or #"},
        {"<a href=\"{{#if v.x}}/a{{/if}}{{v.y}}\">a</a>", "2:32", "begins differently"},
        {"<a href=\"{{#if v.x}}/a{{/if}}/b\">a</a>", "2:30", "begins differently"},
        {"<a href=\"{{#each v.x as r}}/{{r}}{{/each}}\">a</a>", "2:36", "cannot grow"},
        {"<a href=\"{{t \"a.b\"}}\">a</a>", "2:12", "words cannot be an address"},
    };
    CHECK_ALL(list);
}
END_TEST

START_TEST(test_pagec__elements_are_balanced)
{
    static const struct refusal list[] = {
        {"<ul>\n<li>a\n</ul>", "4:3", "</ul> here, but <li> of line 3 is still open"},
        {"<div>\n<p>a</p>", "2:2", "<div> is not closed"},
        {"a</div>", "1:8", "closed that was not opened here"},
        {"<br></br>", "2:7", "has no end"},
        {"<div/>", "2:6", "does not close itself"},
        {"{{#if v.x}}<b>{{/if}}a</b>", "2:17", "leave different elements open"},
        {"{{#each v.x as r}}<li>{{/each}}", "2:25", "leave different elements open"},
        {"<p>a < b</p>", "2:6", "write &lt;"},
        {"<p class=a>b</p>", "2:10", "must stand in quotes"},
        {"<p class=\"a\"id=\"b\">c</p>", "2:13", "a space must stand"},
        {"<p {{#if v.x}}hidden{{/if}}lang=\"it\">c</p>", "2:28", "a space must stand"},
        {"<p class=\"a{{#if v.x}}\">{{/if}}b</p>", "2:27", "end in different places"},
        {"<p class=\"a", "1:8", "middle of a tag"},
        {"<script>let a = 1;</script>", "2:9", "with a content"},
        {"<form method=\"post\" action=\"/a\"><p>a</p></form>", "2:2", "no {{form_token}}"},
        {"<div {{> part}}></div>", "2:8", "only stand between tags"},
        {"<div class=\"{{icon \"a\"}}\"></div>", "2:15", "only stand between tags"},
    };
    CHECK_ALL(list);
}
END_TEST

START_TEST(test_pagec__tags_are_checked)
{
    static const struct refusal list[] = {
        {"{{x.y}}", "2:3", "nothing is called \"x\" here; there is: v"},
        {"perché {{x.y}}", "2:10",
         "nothing is called \"x\""}, /* a column is a letter, not a byte */
        {"{{#each v.x as v}}a{{/each}}", "2:16", "already a name"},
        {"{{#each v.x as r}}a{{/each}}{{r.y}}", "2:31", "nothing is called \"r\""},
        {"{{#each v.x}}a{{/each}}", "2:12", "names its row"},
        {"{{#each v.x as r}}a{{else}}b{{/each}}", "2:22", "belongs to {{#if}}"},
        {"{{#if v.x}}a", "2:3", "{{#if}} is not closed"},
        {"{{#if v.x}}a{{/each}}", "2:15", "the {{#if}} of line 2 is still open"},
        {"{{/if}}", "2:3", "without its beginning"},
        {"{{else}}", "2:3", "without its beginning"},
        {"{{#if v.x}}{{else}}{{else}}{{/if}}", "2:22", "a second {{else}}"},
        {"{{#if v.x == }}a{{/if}}", "2:13", "a name must stand here"},
        {"{{#if v.x y}}a{{/if}}", "2:11", "too much after the condition"},
        {"{{#if v.x and v.y or v.z}}a{{/if}}", "2:19", "\"and\" with \"or\""},
        {"{{#if v.x > \"a\"}}a{{/if}}", "2:11", "compared with == and !="},
        {"{{v.x y}}", "2:7", "too much after the value"},
        {"{{v.}}", "2:4", "name of a member"},
        {"{{t \"\"}}", "2:6", "the key is empty"},
        {"{{t \"a.b\" x}}", "2:11", "name=value"},
        {"{{t \"a.b}}", "2:1", "not closed by }}"},
        {"{{v.x", "2:1", "not closed by }}"},
        {"{{}}", "2:3", "nothing between the braces"},
        {"{{include places.h}}", "2:11", "header in quotes"},
        {"{{include \"a b.h\"}}", "2:13", "letters, digits"},
        {"{{page p struct v *v}}", "2:8", "another template is called"},
        {"{{part q int}}", "2:10", "a C type and a name"},
        {"{{part q int (*f)(int)}}", "2:10", "a C type and a name"},
        {"{{part q int w}}", "2:14", "taken by the compiler"},
        {"<img src=\"a{{asset \"b.png\"}}\" alt=\"\">", "2:14", "whole address"},
        {"{{asset \"app.css\"}}", "2:3", "quoted attribute"},
    };
    CHECK_ALL(list);
}
END_TEST

START_TEST(test_pagec__a_file_without_page_is_told)
{
    struct arena *const mem = arena_new(0);

    ck_assert(strstr(str_z(mem, compile(mem, "<p>a</p>").errors),
                     "pages/p.html:1:1: error: a template begins") != NULL);
    ck_assert(strstr(str_z(mem, compile(mem, "\n{{! nothing }}\n").errors),
                     "no {{page}} and no {{part}}") != NULL);
    ck_assert(strstr(str_z(mem, compile(mem, "{{v.x}}").errors), "a template begins with") != NULL);
    arena_free(mem);
}
END_TEST

START_TEST(test_pagec__each_file_tells_its_own_trouble)
{
    struct arena *const mem = arena_new(0);
    struct pagec_made made;
    const struct pagec_file files[] = {
        {"a.html", STR("{{page a}}\n<p>")},
        {"b.html", STR("{{page b}}<p>ok</p>")},
        {"c.html", STR("{{page c}}\n\n{{x}}")},
    };
    const struct pagec_job job = {mem, "test", NULL, "t.h", files, 3};

    ck_assert(!pagec_compile(&job, &made));
    const char *const errors = str_z(mem, made.errors);

    ck_assert(strstr(errors, "a.html:2:2: ") != NULL);
    ck_assert(strstr(errors, "b.html") == NULL);
    ck_assert(strstr(errors, "c.html:3:3: ") != NULL);
    arena_free(mem);
}
END_TEST

UNIT_MAIN("pagec_bad", test_pagec__no_value_where_none_is_safe,
          test_pagec__addresses_keep_their_host, test_pagec__elements_are_balanced,
          test_pagec__tags_are_checked, test_pagec__a_file_without_page_is_told,
          test_pagec__each_file_tells_its_own_trouble)
