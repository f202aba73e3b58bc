/* finder_sheet_words.c - small words that several sheets say. */
#include "finder_sheet_words.h"
#include "base/buf.h"

struct str finder_need_label(const struct ctx *c, const struct need *n)
{
    return n->label[finder_language(c->lang)].text;
}

struct str finder_results_path(struct ctx *c, struct str need, struct str comune_slug)
{
    struct buf b = buf_new(c->mem, 96);

    buf_z(&b, "/trova?bisogno=");
    buf_url(&b, need);
    if (comune_slug.n > 0) {
        buf_z(&b, "&dove=");
        buf_url(&b, comune_slug);
    }
    return buf_view(&b);
}
