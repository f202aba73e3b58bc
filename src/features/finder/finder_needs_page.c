/* finder_needs_page.c - all the needs, group by group, in ten languages. */
#include "base/macros.h"
#include "finder_feature.h"
#include "finder_needs_view.h"
#include "finder_pages.h"

/* Each language by its own name; the order of UI.md. */
static const char *const tongue_names[NEED_LANGUAGE_COUNT] = {
    [NEED_IT] = "Italiano", [NEED_FACILE] = "Lettura facile",
    [NEED_EN] = "English",  [NEED_FR] = "Français",
    [NEED_RO] = "Română",   [NEED_AR] = "العربية",
    [NEED_SQ] = "Shqip",    [NEED_ES] = "Español",
    [NEED_ZH] = "中文",     [NEED_UK] = "Українська",
};

const char *finder_dir(enum need_language in)
{
    return in == NEED_AR ? "rtl" : "ltr";
}

enum need_language finder_language_asked(struct web *w)
{
    const struct str code = web_query(w, "in");

    for (int i = 0; i < NEED_LANGUAGE_COUNT; i++)
        if (str_eq_z(code, need_language_code[i]))
            return (enum need_language)i;
    return finder_language(web_lang(w));
}

static void fill_tongues(struct ctx *c, enum need_language in, struct finder_needs_view *v)
{
    v->n_tongues = NEED_LANGUAGE_COUNT;
    v->tongues = ARENA_ARRAY(c->mem, struct finder_tongue_view, NEED_LANGUAGE_COUNT);
    for (int i = 0; i < NEED_LANGUAGE_COUNT; i++)
        v->tongues[i] = (struct finder_tongue_view){
            .name = str_of(tongue_names[i]),
            .path = str_fmt(c->mem, "/bisogni?in=%s", need_language_code[i]),
            .lang = i == NEED_FACILE ? "it" : need_language_code[i],
            .dir = finder_dir((enum need_language)i),
            .current = i == (int)in ? "true" : "false"};
}

static void fill_reviewed(struct finder_needs_view *v)
{
    int n = 0, n_unreviewed = 0;

    for (int g = 0; g < v->groups.n_groups; g++)
        for (int i = 0; i < v->groups.groups[g].n_needs; i++) {
            n++;
            n_unreviewed += v->groups.groups[g].needs[i].is_unreviewed;
        }
    v->is_unreviewed = n_unreviewed == n;
    v->is_partly = n_unreviewed > 0 && n_unreviewed < n;
}

/* GET /bisogni - the sentences in the language of the page, or in the one asked with ?in=. */
enum status finder_needs_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const enum need_language in = finder_language_asked(w);
    struct finder_needs_view v = {.frame = frame_new(w, text_get(c->lang, "finder.needs-title")),
                                  .groups = finder_fill_groups(c, finder_needs(c), in, true),
                                  .dir = finder_dir(in),
                                  .is_facile = in == NEED_FACILE};

    v.frame->description = text_get(c->lang, "finder.needs-description");
    fill_tongues(c, in, &v);
    fill_reviewed(&v);
    return html_finder_needs(w, &v);
}
