/* recognition_page.c - Qualità del riconoscimento: what everybody reads. */
#include "recognition_feature.h"
#include "recognition_pages.h"
#include "recognition_view.h"

/* GET /riconoscimento - the judgement of the model in use. */
enum status recognition_quality_page(struct web *w)
{
    struct ctx *c = web_ctx(w);
    struct recognition_page_view v = {.frame = frame_new(w, text_get(c->lang, "recognition.title"))};
    struct recognition_model m;
    const enum status st = recognition_used(c, &m);

    if (st != ST_OK)
        return st;
    v.frame->description = text_get(c->lang, "recognition.lead");
    recognition_say(c, &m, &v.said);
    return html_recognition_quality(w, &v);
}
