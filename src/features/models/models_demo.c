/* models_demo.c - one invented model, of the body whose key to approve the demo tells, and two copies, one with words of its own;
 * the same twice adds nothing. */
#include "core/bodies/organisations.h"
#include "core/links/links.h"
#include "models.h"
#include "models_feature.h"

/* Two invented bodies copy it; the first says it in its own words. */
static enum status copy_twice(struct ctx *c, struct str code)
{
    const struct edit_who who = {.how = EDIT_BY_DESK, .by = STR("demo")};
    struct edit_change own = {.field = EDIT_SUMMARY, .text = STR("Un pasto caldo a casa, da lunedì a venerdì."), .has_was = true};
    struct edit_outcome outcome;
    struct service s;
    struct str slug = STR("");
    int64_t *ids, body = 0;
    int n = 0;
    bool is_new = false;
    enum status st = links_demo_body(c, &body);

    if (st != ST_OK || body == 0)
        return st;
    st = models_copy(c, code, body, STR("demo"), &slug, &is_new);
    if (st == ST_OK)
        st = catalogue_service_by_slug(c, slug, &s);
    own.was_sum = st == ST_OK ? catalogue_edit_sum(catalogue_edit_text(c->mem, EDIT_SUMMARY, &s)) : 0;
    if (st == ST_OK)
        st = catalogue_edit(c, s.service_id, s.change_no, &own, 1, &who, &outcome);
    if (st == ST_OK)
        st = organisations_of_source(c, STR("demo"), &ids, &n);
    for (int i = 0; st == ST_OK && i < n; i++)
        if (ids[i] != body)
            return models_copy(c, code, ids[i], STR("demo"), &slug, &is_new);
    return st;
}

/* 0, the Region's, when no body looks after the invented ones. */
static enum status demo_owner(struct ctx *c, int64_t *out)
{
    int64_t body = 0;
    const enum status st = links_demo_body(c, &body);

    *out = 0;
    return st == ST_OK && body != 0 ? links_manager(c, body, out) : st;
}

enum status models_load_demo(struct ctx *c)
{
    struct models_put p = {.by = STR("demo"), .is_demo = true};
    struct models_model *list;
    struct str code;
    int n = 0, n_followed = 0;
    enum status st = models_list(c, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        if (list[i].is_demo)
            return ST_OK;
    p.texts[EDIT_NAME] = STR("Pasti a domicilio (modello di prova)");
    p.texts[EDIT_SUMMARY] = STR("Un pasto caldo portato a casa a chi non può cucinare.");
    p.texts[EDIT_DESCRIPTION] = STR("Chi è solo o non può cucinare riceve un pasto al giorno a casa. Il menù segue le diete. "
                                    "Chi porta il pasto si ferma due parole e avvisa se qualcosa non va.");
    p.texts[EDIT_KIND] = STR("service");
    p.texts[EDIT_TARGETS] = STR("anziani");
    p.texts[EDIT_FEE] = STR("by-isee");
    p.texts[EDIT_APPLICATION] = STR("Chiama lo sportello sociale del tuo Comune.");
    p.texts[EDIT_DOCUMENTS] = STR("ISEE");
    if (st == ST_OK)
        st = demo_owner(c, &p.organisation_id);
    if (st == ST_OK)
        st = models_put(c, &p, &code, &n_followed);
    return st == ST_OK ? copy_twice(c, code) : st;
}
