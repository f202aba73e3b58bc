/* finder_misses.c - what people looked for and nobody answers: numbers for who plans. */
#include "finder_misses.h"
#include "core/places/places.h"
#include "features/search/search_misses.h"
#include "features/search/search.h"
#include "finder_sheet_words.h"

enum { MOST_LINES = 100 };

static enum status where_of(struct ctx *c, const struct miss *m, struct str *out)
{
    struct area a;

    if (m->area_id == 0) {
        *out = text_get(c->lang, "finder.misses-anywhere");
        return ST_OK;
    }
    const enum status st = places_area(c, m->area_id, &a);

    if (st != ST_OK)
        return st;
    *out = m->is_rest ? finder_say(c, "finder.misses-rest", "name", a.name) : a.name;
    return ST_OK;
}

enum status finder_misses_fill(struct ctx *c, int64_t area_id, struct finder_misses *out)
{
    const struct needs *const all = needs_of(c);
    struct miss *list;
    int n = 0;
    enum status st = search_misses(c, area_id, &list, &n);

    *out = (struct finder_misses){.least = MISSES_LEAST, .list = ARENA_ARRAY(c->mem, struct finder_miss_line, MOST_LINES)};
    for (int i = 0; st == ST_OK && i < n && i < MOST_LINES; i++) {
        const struct need *const need = need_by_id(all, list[i].need);
        struct finder_miss_line *const l = &out->list[out->n_list++];

        *l = (struct finder_miss_line){
            .month = text_month(c->mem, c->lang, list[i].year, list[i].month),
            .need = need == NULL ? text_get(c->lang, "finder.misses-not-understood") : finder_need_label(c, need),
            .n = list[i].n};
        st = where_of(c, &list[i], &l->where);
    }
    return st;
}
