/* finder_view.c - needs made ready to be read, for every page of the slice. */
#include "finder_view.h"
#include "base/macros.h"
#include "features/search/search.h"

/* Colours of the tiles in the order of the home; none says anything by itself. */
static const char *const tile_css[] = {"w-t1", "w-t2", "w-t3", "w-t6", "w-t5", "w-t2",
                                       "w-t4", "w-t3", "w-t1", "w-t6", "w-t5", "w-t4"};

static const char violence_group[] = "violenza";

enum need_language finder_language(enum lang lang)
{
    return lang == LANG_EN ? NEED_EN : NEED_IT;
}

bool finder_is_violence(const struct needs *all, const struct need *n)
{
    return str_eq_z(needs_group(all, n->group)->id, violence_group);
}

struct str finder_need_path(struct ctx *c, const struct needs *all, const struct need *n)
{
    return str_fmt(c->mem, "/%s/%.*s", finder_is_violence(all, n) ? "violenza" : "bisogni",
                   (int)n->id.n, n->id.p);
}

struct str finder_group_path(struct ctx *c, const struct need_group *g)
{
    if (str_eq_z(g->id, violence_group))
        return STR("/violenza");
    return str_fmt(c->mem, "/bisogni/%.*s", (int)g->id.n, g->id.p);
}

/* "facile" is Italian in easy words. */
static const char *html_lang(const struct need_label *l, enum need_language in)
{
    return l->is_italian || in == NEED_FACILE ? "it" : need_language_code[in];
}

struct finder_need_view finder_fill_need(struct ctx *c, const struct needs *all,
                                         const struct need *n, enum need_language in)
{
    const struct need_label *l = &n->label[in];

    struct str path = finder_need_path(c, all, n);

    if (in != finder_language(c->lang))
        path = str_fmt(c->mem, "%.*s?in=%s", (int)path.n, path.p, need_language_code[in]);
    return (struct finder_need_view){.id = n->id,
                                     .path = path,
                                     .label = l->text,
                                     .help = l->help,
                                     .lang = html_lang(l, in),
                                     .is_unreviewed = in != NEED_IT && l->reviewer.n == 0};
}

struct finder_groups finder_fill_groups(struct ctx *c, const struct needs *all,
                                        enum need_language in, bool with_needs)
{
    struct finder_groups v = {.n_groups = needs_n_groups(all)};

    v.groups = ARENA_ARRAY(c->mem, struct finder_group_view, (size_t)v.n_groups);
    for (int i = 0; i < v.n_groups; i++) {
        const struct need_group *g = needs_group(all, i);
        const struct need_label *l = &g->label[in];

        v.groups[i] = (struct finder_group_view){.id = g->id,
                                                 .icon = str_z(c->mem, g->icon),
                                                 .path = finder_group_path(c, g),
                                                 .label = l->text,
                                                 .help = l->help,
                                                 .lang = html_lang(l, in),
                                                 .css = tile_css[i % ARRAY_LEN(tile_css)]};
        if (!with_needs)
            continue;
        v.groups[i].n_needs = g->n;
        v.groups[i].needs = ARENA_ARRAY(c->mem, struct finder_need_view, (size_t)g->n);
        for (int k = 0; k < g->n; k++)
            v.groups[i].needs[k] = finder_fill_need(c, all, needs_at(all, g->first + k), in);
    }
    return v;
}

const struct needs *finder_needs(struct ctx *c)
{
    return needs_of(c);
}

/* An entry of the menu is the proof that the slice behind it is in the program. */
bool finder_has_entry(struct web *w, const char *path)
{
    int n = 0;
    const struct menu_entry *e = web_menu(w, &n);

    for (int i = 0; i < n; i++)
        if (str_eq_z(str_of(path), e[i].path))
            return true;
    return false;
}
