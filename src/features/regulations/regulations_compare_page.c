/* regulations_compare_page.c - regulations side by side. */
#include "regulations_feature.h"
#include "regulations_pages.h"
#include "regulations_view.h"

/* GET /regolamenti */
enum status regulations_compare_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct regulations_compare_view v = {.frame = frame_new(w, text_get(c->lang, "regulations.title"))};

    return html_regulations_compare(w, &v);
}
