/* finder_needs_page.c - the needs, group by group. */
#include "features/catalogue/catalogue_needs.h"
#include "finder_feature.h"
#include "finder_needs_view.h"
#include "finder_pages.h"

static void fill_group(struct ctx *c, const struct needs *all, enum need_language in,
                       const struct need_group *g, struct finder_group_view *out)
{
    *out = (struct finder_group_view){.id = g->id,
                                      .icon = g->icon,
                                      .label = g->label[in].text,
                                      .help = g->label[in].help,
                                      .n_needs = g->n};
    out->needs = ARENA_ARRAY(c->mem, struct finder_need_view, (size_t)g->n);
    for (int i = 0; i < g->n; i++) {
        const struct need *n = needs_at(all, g->first + i);

        out->needs[i] = (struct finder_need_view){n->id, n->label[in].text, n->label[in].help};
    }
}

/* GET /bisogni - all of them. */
enum status finder_needs_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct needs *all = needs_open(c->mem);
    struct finder_needs_view v = {.frame = frame_new(w, text_get(c->lang, "finder.needs-title")),
                                  .n_groups = needs_n_groups(all)};

    v.groups = ARENA_ARRAY(c->mem, struct finder_group_view, (size_t)v.n_groups);
    for (int i = 0; i < v.n_groups; i++)
        fill_group(c, all, c->lang == LANG_EN ? NEED_EN : NEED_IT, needs_group(all, i), &v.groups[i]);
    return html_finder_needs(w, &v);
}
