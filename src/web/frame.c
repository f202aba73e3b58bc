/* frame.c - gathers what stands around a page from the site, the menu and the request. */
#include "web/frame.h"
#include "base/date.h"
#include "base/macros.h"
#include "web_pages.h"
#include <string.h>

/* The address of this page in a language: the Italian one has no prefix (decision 0003). */
static struct str address_in(struct web *w, enum lang lang, bool with_query)
{
    const struct str origin = web_origin(w), path = web_path(w), query = web_query_string(w);
    struct buf b = buf_new(web_ctx(w)->mem, origin.n + path.n + query.n + 8);

    buf_str(&b, origin);
    if (lang != LANG_IT) {
        buf_char(&b, '/');
        buf_z(&b, lang_code[lang]);
    }
    if (lang == LANG_IT || path.n > 1)
        buf_str(&b, path);
    if (with_query && query.n > 0) {
        buf_char(&b, '?');
        buf_str(&b, query);
    }
    return buf_view(&b);
}

static void fill_langs(struct web *w, struct frame *f)
{
    f->langs = ARENA_ARRAY(web_ctx(w)->mem, struct frame_link, LANG_COUNT);
    f->n_langs = LANG_COUNT;
    for (int i = 0; i < LANG_COUNT; i++)
        f->langs[i] = (struct frame_link){.label = str_of(lang_name[i]),
                                          .path = address_in(w, (enum lang)i, true),
                                          .lang = lang_code[i],
                                          .current = (enum lang)i == web_lang(w) ? "true" : "false"};
}

/* A page below an entry belongs to it: /territorio/comune/ivrea to /territorio; only "/" itself to "/". */
static bool is_under(struct str path, const char *entry)
{
    const size_t n = strlen(entry);

    return str_eq_z(path, entry) ||
           (n > 1 && path.n > n && memcmp(path.p, entry, n) == 0 && path.p[n] == '/');
}

/* Where we are is the entry that covers most of the path: /aiuto/scrivi, not /aiuto. */
static size_t longest_over(struct str path, const struct menu_entry *e, int n)
{
    size_t longest = 0;

    for (int i = 0; i < n; i++)
        if (is_under(path, e[i].path) && strlen(e[i].path) > longest)
            longest = strlen(e[i].path);
    return longest;
}

static struct str entry_path(struct web *w, const struct menu_entry *e)
{
    if (!e->tells_page || web_is_address_secret(w))
        return str_of(e->path);
    struct buf b = buf_new(web_ctx(w)->mem, 64);

    buf_z(&b, e->path);
    buf_z(&b, "?pagina=");
    buf_url(&b, web_path(w));
    return buf_view(&b);
}

static void fill_menu(struct web *w, struct frame *f)
{
    int n = 0;
    const struct menu_entry *e = web_menu(w, &n);
    struct arena *mem = web_ctx(w)->mem;
    const size_t longest = longest_over(web_path(w), e, n);

    f->menu = ARENA_ARRAY(mem, struct frame_link, (size_t)n);
    f->foot_help = ARENA_ARRAY(mem, struct frame_link, (size_t)n);
    f->foot_rules = ARENA_ARRAY(mem, struct frame_link, (size_t)n);
    for (int i = 0; i < n; i++, e++) {
        struct frame_link link = {.label = text_get(web_lang(w), e->key),
                                  .path = entry_path(w, e),
                                  .icon = e->icon,
                                  .current = "false"};

        if (is_under(web_path(w), e->path) && strlen(e->path) == longest)
            link.current = "page";
        if (e->order < MENU_FOOT_HELP)
            f->menu[f->n_menu++] = link;
        else if (e->order < MENU_FOOT_RULES)
            f->foot_help[f->n_foot_help++] = link;
        else
            f->foot_rules[f->n_foot_rules++] = link;
    }
}

/* The only logo the policy of contents lets through is one inside the page or on this site. */
static struct html logo_of(struct web *w, const char *url)
{
    if (url == NULL || *url == '\0')
        return (struct html){{0}};
    struct buf b = buf_new(web_ctx(w)->mem, 128);

    buf_z(&b, "<img class=\"w-mark\" alt=\"\" src=\"");
    buf_html(&b, str_of(url));
    buf_z(&b, "\">");
    return (struct html){buf_view(&b)};
}

struct frame *frame_new(struct web *w, struct str title)
{
    struct ctx *c = web_ctx(w);
    const struct site *site = web_site(w);
    struct frame *f = ARENA_NEW(c->mem, struct frame);

    *f = (struct frame){.title = title,
                        .description = text_get(c->lang, "web.description"),
                        .is_home = str_eq_z(web_path(w), "/"),
                        .lang = lang_code[c->lang],
                        .lang_label = lang_name[c->lang],
                        .portal_name = site->portal_name,
                        .region_name = site->region_name,
                        .phone = site->phone,
                        .phone_hours = site->phone_hours,
                        .logo = logo_of(w, site->logo_url),
                        .licence = site->licence,
                        .is_hidden = web_is_address_secret(w),
                        /* what a sheet of paper shows of the page it was printed from */
                        .canonical = web_is_address_secret(w) ? web_origin(w) : address_in(w, c->lang, false),
                        .today = text_day(c->mem, c->lang, c->today),
                        .is_demo = site->is_demo};
    fill_langs(w, f);
    fill_menu(w, f);
    return f;
}

void frame_crumb(struct web *w, struct frame *f, struct str title, struct str path)
{
    struct arena *mem = web_ctx(w)->mem;
    const size_t old = (size_t)f->n_crumbs * sizeof(struct crumb);
    struct crumb *list = arena_alloc(mem, old + sizeof(struct crumb));

    if (old > 0)
        memcpy(list, f->crumbs, old);
    list[f->n_crumbs] = (struct crumb){title, path};
    f->crumbs = list;
    f->n_crumbs++;
}

/* ---- what went wrong ---- */

static const struct trouble {
    int code;
    const char *title, *happened, *to_do;
} troubles[] = {
    {400, "web.e400-title", "web.e400-happened", "web.e400-do"},
    {403, "web.e403-title", "web.e403-happened", "web.e403-do"},
    {404, "web.e404-title", "web.e404-happened", "web.e404-do"},
    {405, "web.e405-title", "web.e405-happened", "web.e405-do"},
    {408, "web.e408-title", "web.e408-happened", "web.e408-do"},
    {410, "web.e410-title", "web.e410-happened", "web.e410-do"},
    {409, "web.e409-title", "web.e409-happened", "web.e409-do"},
    {413, "web.e413-title", "web.e413-happened", "web.e413-do"},
    {429, "web.e503-title", "web.e503-happened", "web.e503-do"},
    {500, "web.e500-title", "web.e500-happened", "web.e500-do"},
    {503, "web.e503-title", "web.e503-happened", "web.e503-do"},
    {504, "web.e408-title", "web.e408-happened", "web.e408-do"},
};

/* A code without words of its own speaks as the first of its hundred. */
static const struct trouble *trouble_of(int code)
{
    const int general = code >= 500 ? 500 : 400;
    const struct trouble *found = &troubles[0];

    for (int i = 0; i < ARRAY_LEN(troubles); i++) {
        if (troubles[i].code == code)
            return &troubles[i];
        if (troubles[i].code == general)
            found = &troubles[i];
    }
    return found;
}

/* Words of what a handler said with fail(): only those about the whole. */
static struct str words_of(struct ctx *c)
{
    const struct problem *p = problems_of(&c->problems, "");

    if (p == NULL || !text_has(c->lang, p->key))
        return (struct str){"", 0};
    const struct text_arg value = {"value", p->value};

    return text_fill(c->mem, text_get(c->lang, p->key), &value, 1);
}

enum status frame_error(struct web *w, int code)
{
    struct ctx *c = web_ctx(w);
    const struct trouble *t = trouble_of(code);
    struct frame_error_view v = {.frame = frame_new(w, text_get(c->lang, t->title)),
                                 .title = text_get(c->lang, t->title),
                                 .happened = text_get(c->lang, t->happened),
                                 .to_do = text_get(c->lang, t->to_do),
                                 .words = words_of(c),
                                 .code = str_fmt(c->mem, "%d", code)};

    v.frame->is_hidden = true;
    v.frame->is_home = false;
    return html_web_error(w, &v);
}

enum status frame_waiting(struct web *w, int retry_after_s)
{
    const struct site *site = web_site(w);
    const struct frame_waiting_view v = {.lang = lang_code[web_lang(w)],
                                         .portal_name = site->portal_name,
                                         .phone = site->phone,
                                         .again = address_in(w, web_lang(w), true),
                                         .retry_after_s = retry_after_s};

    return html_web_waiting(w, &v);
}
