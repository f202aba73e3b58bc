/* finder_preview_page.c - a service as it would be shown: the same sheet, with a way back to its form. */
#include "finder_feature.h"
#include "finder_pages.h"
#include "finder_preview.h"
#include "finder_service.h"

enum status finder_show_preview(struct web *w, const struct service *s, const struct finder_preview *p)
{
    struct ctx *c = web_ctx(w);
    struct finder_service_view sheet = {.is_gone = false};
    struct finder_preview_view v = {.sheet = &sheet, .back = p->back, .is_hidden_in_part = p->is_hidden_in_part};

    finder_service_texts(c, s, &sheet);
    const enum status st = finder_service_areas(c, s, &sheet);

    if (st != ST_OK)
        return st;
    finder_service_reach(c, s, &sheet);
    sheet.organisation = (struct finder_link){
        s->organisation_name, str_fmt(c->mem, "/enti/%.*s", (int)s->organisation_slug.n, s->organisation_slug.p)};
    sheet.path = p->back;
    sheet.is_preview = true;
    sheet.frame = v.frame = frame_new(w, text_get(c->lang, "finder.preview-title"));
    v.frame->is_hidden = true;
    return html_finder_preview(w, &v);
}
