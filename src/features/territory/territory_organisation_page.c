/* territory_organisation_page.c - an organisation that is no managing body, with what it offers. */
#include "base/slug.h"
#include "core/bodies/organisations.h"
#include "features/albo/albo.h"
#include "territory_feature.h"
#include "territory_pages.h"
#include "territory_view.h"

static struct str kind_words(struct ctx *c, enum organisation_kind kind)
{
    return text_get(c->lang, str_fmt(c->mem, "bodies.kind-%s", organisations_kind_name(kind)).p);
}

/* GET /enti/:slug, when no managing body has the address; one that is a body leads to its page. */
enum status territory_organisation_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    const struct str slug = web_path_value(w, "slug");
    struct organisation o;
    struct service *list;
    int n = 0;
    enum status st = organisations_by_slug(c, slug, &o);

    if (st != ST_OK)
        return st;
    const struct str own = o.body_id != 0 && o.body_slug.n > 0 ? o.body_slug : o.slug;

    if (!str_eq(own, slug)) {
        const struct str path = str_fmt(c->mem, "/enti/%.*s", (int)own.n, own.p);

        /* Another organisation altogether: the one it was joined to. */
        return str_eq(slug_code_of(slug), slug_code_of(o.slug)) ? web_redirect(w, path)
                                                                : web_moved(w, path);
    }
    st = catalogue_of_organisation(c, o.organisation_id, &list, &n);
    if (st != ST_OK)
        return st;
    struct territory_organisation_view v = {.frame = frame_new(w, o.name),
                                            .name = o.name,
                                            .alternate_name = o.alternate_name,
                                            .kind = kind_words(c, o.kind),
                                            .description = o.description,
                                            .path = web_path(w),
                                            .phone = o.phone,
                                            .email = o.email,
                                            .website = o.website,
                                            .services = territory_service_lines(c, list, n),
                                            .is_demo = o.is_demo,
                                            .is_gone = o.state == ORGANISATION_GONE};

    if (o.comune_slug.n > 0)
        v.comune = (struct territory_link){.label = o.comune_name,
                                           .path = str_fmt(c->mem, "/territorio/comune/%.*s",
                                                           (int)o.comune_slug.n, o.comune_slug.p)};
    st = albo_entry_words(c, o.organisation_id, &v.albo);
    if (st != ST_OK)
        return st;
    v.frame->is_hidden = v.is_gone;
    frame_crumb(w, v.frame, text_get(c->lang, "territory.title"), STR("/territorio"));
    frame_crumb(w, v.frame, text_get(c->lang, "territory.bodies-title"), STR("/enti"));
    return html_territory_organisation(w, &v);
}
