/* publish_query.c - the query of a file is that of the results page, read by the same reader. */
#include "publish_query.h"
#include "features/finder/finder_ask.h"

enum status publish_read_query(struct web *w, struct search_ask **out)
{
    struct ctx *c = web_ctx(w);
    struct finder_ask *a = ARENA_NEW(c->mem, struct finder_ask);
    const enum status st = finder_read_ask(w, "/trova", a);

    *out = NULL;
    if (st != ST_OK)
        return st;
    if (a->where.typed.n > 0 && !a->where.is_found) {
        problems_add(&c->problems, "dove",
                     a->where.n_hits > 0 ? "publish.several-comuni" : "publish.no-comune",
                     a->where.typed);
        return ST_INVALID;
    }
    if (a->is_need_unknown) {
        problems_add(&c->problems, "bisogno", "publish.no-need", web_query(w, "bisogno"));
        return ST_INVALID;
    }
    a->ask.choices = a->choices;
    if (!finder_asks_nothing(a) || a->ask.n_choices > 0)
        *out = &a->ask;
    return ST_OK;
}
